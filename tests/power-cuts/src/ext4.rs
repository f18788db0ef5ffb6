//! A real ext4 in an image file, to cut the power of.
//!
//! The cut is the file system's own shutdown call: from then on nothing in memory reaches the image, neither data nor the
//! file system's journal. What had been handed to the block device stays, as if the device had no cache of its own: a
//! system that never flushes the device's cache looks better here than on a card.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::scratch::Scratch;
use crate::system_calls;

/// Large enough for ext4's usual block size, and sparse. Bytes.
const SIZE: u64 = 1 << 30;
const IN_OWN_NAMESPACE: &str = "CHALKBOX_TRIALS_NAMESPACE";

/// Goes on in a mount name space of its own: whatever happens to this process, the mount and the loop device go with it.
///
/// # Errors
/// When this is not root, or the system does not allow it.
pub fn enter_own_namespace() -> anyhow::Result<()> {
    ensure!(system_calls::is_root(), "cutting a file system's power needs root: run this with sudo");
    if std::env::var_os(IN_OWN_NAMESPACE).is_some() {
        return Ok(());
    }
    let error = tool("unshare")
        .args(["--mount", "--propagation", "private"])
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(IN_OWN_NAMESPACE, "1")
        .exec();
    Err(error).context("cannot start unshare (Debian: util-linux)")
}

/// A program of the system's; on Debian the path of who is not root leaves some of them out.
fn tool(name: &str) -> Command {
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    path.push(":/usr/sbin:/sbin");
    let mut command = Command::new(name);
    command.env("PATH", path);
    command
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot start {name} (Debian: e2fsprogs and mount bring what is needed)"))?;
    if !output.status.success() {
        bail!("{name}: {} ({})", String::from_utf8_lossy(&output.stderr).trim(), output.status);
    }
    Ok(())
}

/// The file system; unmounted when it is dropped.
pub struct Volume {
    image: PathBuf,
    folder: PathBuf,
    mounted: bool,
}

impl Volume {
    /// Not formatted yet.
    pub fn new(scratch: &Scratch) -> anyhow::Result<Self> {
        let folder = scratch.path("mounted");
        std::fs::create_dir_all(&folder)?;
        Ok(Self { image: scratch.path("image"), folder, mounted: false })
    }

    /// Where it is mounted.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a new, empty file system and mounts it.
    pub fn format(&mut self) -> anyhow::Result<()> {
        self.unmount()?;
        File::create(&self.image)?.set_len(SIZE)?;
        run(tool("mkfs.ext4").args(["-q", "-F"]).arg(&self.image))?;
        self.mount()
    }

    fn mount(&mut self) -> anyhow::Result<()> {
        // `loop` takes a device that lets go of the image when it is unmounted.
        let mut mount = tool("mount");
        mount.args(["-t", "ext4", "-o", "loop,data=ordered"]).arg(&self.image).arg(&self.folder);
        run(&mut mount)?;
        self.mounted = true;
        Ok(())
    }

    fn unmount(&mut self) -> anyhow::Result<()> {
        let mut tries = 0;
        while self.mounted {
            match run(tool("umount").arg(&self.folder)) {
                Ok(()) => self.mounted = false,
                // The last file of a process that was just killed may still be closing.
                Err(_) if tries < 100 => std::thread::sleep(Duration::from_millis(10)),
                Err(error) => return Err(error),
            }
            tries += 1;
        }
        Ok(())
    }

    /// What [`system_calls::shut_down`] is called on.
    pub fn handle(&self) -> anyhow::Result<File> {
        Ok(File::open(&self.folder)?)
    }

    /// Mounts it again after a cut, which replays the file system's journal as a start after a power cut does; what then
    /// still needs checking is checked as Debian does it at start.
    pub fn after_a_cut(&mut self) -> anyhow::Result<()> {
        self.unmount()?;
        if self.mount().is_ok() {
            return Ok(());
        }
        // 1 means that it mended something.
        let checked = tool("e2fsck").arg("-p").arg(&self.image).output().context("cannot start e2fsck")?;
        let code = checked.status.code();
        ensure!(matches!(code, Some(0 | 1)), "e2fsck: {}", String::from_utf8_lossy(&checked.stdout));
        self.mount()
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        if let Err(error) = self.unmount() {
            eprintln!("{error:#}");
        }
    }
}
