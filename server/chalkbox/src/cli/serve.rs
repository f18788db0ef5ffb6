//! `chalkbox serve`: wires the rooms, serves until it is told to stop, leaves everything on the disk.

use super::Failure;
use super::plugin::host;
use crate::bundled;
use crate::config::Config;
use anyhow::Context;
use chalkbox_appliance::addresses::{self, Address, AddressKind};
use chalkbox_appliance::announce::{Advertisement, Announcement};
use chalkbox_appliance::qr::{Code, Ink};
use chalkbox_service::Chalkbox;
use chalkbox_service::demo::DemoSignIn;
use chalkbox_service::start::Parts;
use chalkbox_service::views::Rules;
use chalkbox_store::{Store, StoreConfig, SystemClock};
use chalkbox_web::state::{Reach, WebState};
use chalkbox_web::translator::Translator;
use clap::Args;
use std::io::IsTerminal;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How to serve.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The folder that holds everything the box remembers; made when it is not there.
    #[arg(long, default_value = "chalkbox-data")]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, default_value = "0.0.0.0:8080")]
    listen: SocketAddr,
    /// Makes an invented school on the first start and prints how to sign in.
    #[arg(long)]
    demo: bool,
    /// Does not announce the box on the network.
    #[arg(long)]
    no_mdns: bool,
    /// Language of the demo school.
    #[arg(long, default_value = "en", hide = true)]
    demo_locale: String,
}

/// Room that is kept for answers on a full disk, in bytes.
const BALLAST: u64 = 16 << 20;
/// How long opening the engine may take in the probe.
const PROBE: Duration = Duration::from_secs(60);
/// How long to wait for the name on the network before the addresses are printed. Taking it lasts about a second.
const PROBING: Duration = Duration::from_secs(3);
/// How often the network and the school's name are looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// The same while the box has no name.
const LOOK_SOON: Duration = Duration::from_secs(1);

/// When the box begins to look after itself.
const UPKEEP_BEGINS: Duration = Duration::from_secs(10 * 60);
/// How often it looks whether its memory is in order.
const UPKEEP_ROUND: Duration = Duration::from_secs(2);
/// How often it looks whether something is due.
const UPKEEP_PAUSE: Duration = Duration::from_secs(30);
/// How long the end of it is waited for.
const UPKEEP_ENDS: Duration = Duration::from_secs(3);

/// Serves until a signal.
pub fn run(args: ServeArgs) -> Result<(), Failure> {
    start_log();
    std::fs::create_dir_all(&args.data)
        .with_context(|| format!("{} cannot be made; choose another --data", args.data.display()))?;
    let config = Config::read(&args.data)?;
    let listener = bind(args.listen)?;
    let chalkbox = Arc::new(open(&args.data, &config)?);
    chalkbox.set_stick_roots(config.sticks.folders.clone());
    chalkbox.let_sticks_share_a_disk(config.sticks.own_disk);
    let demo =
        if args.demo { chalkbox.make_demo(&args.demo_locale).context("the demo school cannot be made")? } else { None };
    let translator = Translator::new().context("the words of the pages are wrong")?;
    let state = chalkbox_web::server::shared(WebState::new(Arc::clone(&chalkbox), translator));
    let upkeep = Upkeep::begin(Arc::clone(&chalkbox)).context("the thread for upkeep cannot be started")?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime cannot be started")?;
    let served = runtime.block_on(async {
        let local = listener.local_addr().context("the address is gone")?;
        let server = chalkbox_web::server::serve(state.clone(), listener, &config.web)
            .context("the server cannot be started")?;
        let handle = server.handle();
        // Before anybody is told that the box serves: whoever stops it at once stops it cleanly.
        let stopped = stop_signal().context("the box cannot listen for a wish to stop")?;
        let announcement = announce(&args, local, &chalkbox);
        announced(announcement.as_ref()).await;
        let reach = reach(announcement.as_ref(), local);
        say_where(&reach, demo.as_ref(), &args.data);
        state.set_reach(reach);
        let watch = tokio::spawn(watch_reach(state.clone(), announcement, local));
        tokio::spawn(async move {
            stopped.await;
            handle.stop(true).await;
        });
        let served = server.await.context("the server stopped");
        watch.abort();
        served
    });
    upkeep.end();
    chalkbox.store().close();
    Ok(served?)
}

/// The thread in which the box looks after itself while no child is at work.
struct Upkeep {
    thread: std::thread::JoinHandle<()>,
    going: Arc<AtomicBool>,
}

impl Upkeep {
    fn begin(chalkbox: Arc<Chalkbox>) -> std::io::Result<Self> {
        let going = Arc::new(AtomicBool::new(true));
        let told = Arc::clone(&going);
        let thread = std::thread::Builder::new().name("upkeep".to_owned()).spawn(move || {
            // Whoever has just switched the box on wants to teach.
            let mut rest = UPKEEP_BEGINS;
            let goes_on = || told.load(Ordering::Acquire);
            while goes_on() {
                std::thread::park_timeout(UPKEEP_ROUND.min(rest));
                // Memory that is put in order is waited for from the first moment on.
                chalkbox.follow_readiness();
                chalkbox.follow_erasing();
                rest = rest.saturating_sub(UPKEEP_ROUND);
                if goes_on() && rest.is_zero() {
                    chalkbox.upkeep_round(&goes_on);
                    rest = UPKEEP_PAUSE;
                }
            }
        })?;
        Ok(Self { thread, going })
    }

    /// Ends between two things; what cannot be ended is not waited for: it leaves everything whole.
    fn end(self) {
        self.going.store(false, Ordering::Release);
        self.thread.thread().unpark();
        let until = Instant::now() + UPKEEP_ENDS;
        while !self.thread.is_finished() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("CHALKBOX_LOG").unwrap_or_else(|_| EnvFilter::new("warn,chalkbox=info"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|error| {
        let remedy = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program listens there; choose another --listen",
            std::io::ErrorKind::PermissionDenied => "ports under 1024 need a privilege; choose another --listen",
            _ => "choose another --listen",
        };
        Failure::Cannot(anyhow::Error::new(error).context(format!("cannot listen on {address}: {remedy}")))
    })
}

/// Opens store, sandbox and school of a data folder.
fn open(data: &Path, settings: &Config) -> anyhow::Result<Chalkbox> {
    let mut config = StoreConfig::new(data, Arc::new(Rules));
    config.engine = settings.store.engine();
    config.ballast_bytes = BALLAST;
    let program = std::env::current_exe().context("the program does not know its own file")?;
    let probe = move |folder: &Path| {
        let mut command = Command::new(&program);
        command.arg("probe-engine").arg(folder);
        command
    };
    config.probe = Some(chalkbox_store::probe_by(probe, PROBE));
    let (store, notices) = Store::open(config).context("the data folder cannot be opened")?;
    for notice in notices {
        tracing::warn!(?notice, "while opening the store");
    }
    let host = host(data)?;
    let parts = Parts {
        data: data.to_owned(),
        store,
        plugins: Arc::new(host),
        clock: Arc::new(SystemClock::new()),
        content: bundled::content(),
        packs: bundled::packs(),
        locales: vec!["en".to_owned(), "fr".to_owned()],
    };
    Chalkbox::start(parts).context("the box cannot start")
}

fn announce(args: &ServeArgs, local: SocketAddr, chalkbox: &Chalkbox) -> Option<Announcement> {
    if args.no_mdns || local.ip().is_loopback() {
        return None;
    }
    let info = chalkbox.box_info();
    let school = if info.school.is_empty() { "Chalkbox".to_owned() } else { info.school };
    match Announcement::start(Advertisement {
        school,
        port: local.port(),
        version: info.version.to_owned(),
        memory: Some(args.data.join("host-name")),
    }) {
        Ok(announcement) => Some(announcement),
        Err(error) => {
            tracing::warn!(%error, "the box is not announced on the network; its number still works");
            None
        }
    }
}

/// Waits until the name is ours: before that it may be another box's, and a poster would lead to the other class.
async fn announced(announcement: Option<&Announcement>) {
    let Some(announcement) = announcement else { return };
    let until = Instant::now() + PROBING;
    while !announcement.is_announced() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// How the box is reached at this moment; by name only while the name is announced.
fn reach(announcement: Option<&Announcement>, local: SocketAddr) -> Reach {
    let host_name = announcement.filter(|a| a.is_announced()).map(Announcement::host_name);
    let mut found = addresses::addresses(local, host_name.as_deref()).unwrap_or_else(|error| {
        tracing::warn!(%error, "the box does not know its own addresses");
        vec![Address { url: format!("http://{local}"), kind: AddressKind::ThisMachineOnly }]
    });
    // A number works on every tablet; names come second.
    found.sort_by_key(|a| a.kind != AddressKind::Number);
    Reach { addresses: found.into_iter().map(|a| a.url).collect(), host_name }
}

/// Keeps the poster true when the network changes, and the name on the network when the school is named.
async fn watch_reach(state: chalkbox_web::server::Shared, announcement: Option<Announcement>, local: SocketAddr) {
    let mut named = state.chalkbox.box_info().school;
    loop {
        let probing = announcement.as_ref().is_some_and(|a| !a.is_announced());
        tokio::time::sleep(if probing { LOOK_SOON } else { LOOK_AGAIN }).await;
        let school = state.chalkbox.box_info().school;
        if let Some(announcement) = &announcement
            && school != named
        {
            announcement.set_school(&school);
            named = school;
        }
        state.set_reach(reach(announcement.as_ref(), local));
    }
}

fn say_where(reach: &Reach, demo: Option<&DemoSignIn>, data: &Path) {
    println!("Chalkbox serves at:");
    for address in &reach.addresses {
        println!("  {address}");
    }
    if let Some(first) = reach.addresses.first()
        && let Ok(code) = Code::new(first)
    {
        let ink = if std::io::stdout().is_terminal() { Ink::Ansi } else { Ink::Plain };
        println!("{}", code.terminal(ink));
    }
    if let Some(demo) = demo {
        println!("The demo school. Staff sign in at /staff:");
        for member in &demo.staff {
            println!("  {:13} name {:13} password {}", member.role, member.username, member.password);
        }
        if let Some(learner) = demo.learners.first() {
            println!(
                "  Children touch their class, their face and three pictures; the first child's are {:?}.",
                learner.pictures
            );
        }
    }
    let file = data.join(chalkbox_service::demo::FILE);
    if file.exists() {
        println!("All sign-ins of the demo school: {}", file.display());
    }
    println!("Stop with Ctrl+C; pulling the plug is fine too.");
}

/// Listens from the call on for a wish to stop; the future ends with the first.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_announced_is_not_told() {
        for local in ["127.0.0.1:8080", "0.0.0.0:8080"] {
            let reach = reach(None, local.parse().expect("an address"));
            assert_eq!(reach.host_name, None);
            assert!(!reach.addresses.is_empty() && reach.addresses.iter().all(|a| !a.contains(".local")), "{reach:?}");
        }
    }
}
