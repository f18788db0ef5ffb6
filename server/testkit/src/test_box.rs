//! A box of its own: the real program on a folder of its own, killed at the end or whenever a test says so.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// Copies a folder with all below it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

/// How the folder of a school is called, beside the program that made it; `tests/browser` looks for the same.
const SCHOOL: &str = "demo-school-";

/// A data folder with a demo school that this program made within the hour: its lessons lie in a past that is counted
/// from then.
fn school(program: &Path) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one_makes_it = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    let built = since(program.metadata().and_then(|m| m.modified()).expect("a program")).as_millis();
    let hour = since(SystemTime::now()).as_secs() / 3600;
    let beside = program.parent().expect("a folder");
    let school = beside.join(format!("{SCHOOL}{built}-{hour}"));
    if !school.is_dir() {
        let data = TempDir::with_prefix_in("school-", beside).expect("a folder for the school");
        let mut made = TestBox::on(program.to_str().expect("a plain path"), data);
        made.stop();
        forget_schools(beside, hour);
        // Were another test faster, its school is as good.
        let _ = std::fs::rename(made.data(), &school);
    }
    school
}

/// Removes schools of earlier hours; one that is being copied is not that old.
fn forget_schools(beside: &Path, hour: u64) {
    for entry in std::fs::read_dir(beside).expect("a folder").flatten() {
        let name = entry.file_name();
        let made = name.to_str().and_then(|n| n.strip_prefix(SCHOOL)?.rsplit_once('-')?.1.parse::<u64>().ok());
        if made.is_some_and(|made| made + 1 < hour) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// A running (or killed) box with its data folder.
pub struct TestBox {
    program: PathBuf,
    data: TempDir,
    child: Option<Child>,
    port: u16,
    demo: bool,
}

impl TestBox {
    /// Starts the program on a demo school of its own, and waits until it serves. The school is a copy of one that was
    /// made before: making one compiles every tool.
    pub fn demo(program: &str) -> Self {
        let data = TempDir::new().expect("a folder for the test");
        copy_folder(&school(Path::new(program)), data.path());
        Self::on(program, data)
    }

    /// The same from nothing: the program's first start ever.
    pub fn first_start(program: &str) -> Self {
        Self::on(program, TempDir::new().expect("a folder for the test"))
    }

    /// A box with an empty folder that does not run yet, such as for a restore.
    pub fn idle(program: &str) -> Self {
        Self {
            program: program.into(),
            data: TempDir::new().expect("a folder for the test"),
            child: None,
            port: 0,
            demo: true,
        }
    }

    /// A box that belongs to nobody yet, with these settings. It has the tools of another: making them takes long.
    pub fn empty(like: &Self, settings: &str) -> Self {
        let data = TempDir::new().expect("a folder for the test");
        copy_folder(&like.data().join("plugins"), &data.path().join("plugins"));
        std::fs::write(data.path().join("chalkbox.toml"), settings).expect("settings");
        let mut started = Self { program: like.program.clone(), data, child: None, port: 0, demo: false };
        started.start();
        started
    }

    fn on(program: &str, data: TempDir) -> Self {
        let mut started = Self { program: program.into(), data, child: None, port: 0, demo: true };
        started.start();
        started
    }

    /// Starts the program again on the same folder.
    pub fn start(&mut self) {
        assert!(self.child.is_none(), "the box runs already");
        let mut child = Command::new(&self.program)
            .args(["serve", "--listen", "127.0.0.1:0", "--no-mdns"])
            .args(self.demo.then_some("--demo"))
            .arg("--data")
            .arg(self.data.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        self.port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.trim().strip_prefix("http://")?.rsplit_once(':')?.1.parse().ok())
            .expect("the program says where it serves");
        // The rest is read away, so that the program never waits for a full pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        self.child = Some(child);
    }

    /// SIGTERM, and waits for the end: everything is where it belongs.
    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            Command::new("kill").arg(child.id().to_string()).status().expect("it can be told to stop");
            child.wait().expect("it ends");
        }
    }

    /// SIGKILL, as a cut of the power to this program.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process while it runs.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs another command of the program to its end.
    pub fn command(&self, words: &[&str]) -> Output {
        Command::new(&self.program).args(words).output().expect("the program starts")
    }

    /// A command that takes `--data`, on this box's folder.
    pub fn command_on_data(&self, words: &[&str]) -> Output {
        let data = self.data.path().to_str().expect("a plain path");
        self.command(&[words, &["--data", data]].concat())
    }

    /// How to sign in at the demo school.
    pub fn sign_ins(&self) -> Value {
        let text = std::fs::read(self.data.path().join("demo-sign-in.json")).expect("the demo's sign-ins");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// Waits until a condition holds, at most so long; says whether it did.
    pub fn wait(at_most: Duration, mut holds: impl FnMut() -> bool) -> bool {
        let start = Instant::now();
        while !holds() {
            if start.elapsed() > at_most {
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        true
    }
}

impl Drop for TestBox {
    fn drop(&mut self) {
        self.kill();
    }
}
