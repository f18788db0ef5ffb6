//! The box makes itself known by multicast DNS: `chalkbox.local` for people, `_http._tcp` for programs that list what is there.
//!
//! The name is probed for before it is used, and watched afterwards: where another machine has it, the box takes
//! `chalkbox-2.local` on all its interfaces at once. Addresses that come and go are followed. IPv4 only: tablets that
//! speak IPv6 alone do not exist, and a name whose two kinds of address disagree would lead to two boxes.
//!
//! One thread of its own, because names can be lost at any moment. It shares port 5353 with another responder (avahi on a
//! laptop). Never here: what is served under the name.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use mdns_sd::{DaemonEvent, HostnameResolutionEvent, IfKind, Receiver, ScopedIp, ServiceDaemon, ServiceInfo};

use crate::addresses;
use crate::host_name::{self, Number};

const SERVICE: &str = "_http._tcp.local.";

/// How often events are looked at.
const TICK: Duration = Duration::from_millis(200);
/// How often the network is asked who else has our name. Two switches joined by a cable cause no event.
const WATCH_EVERY: Duration = Duration::from_secs(60);
/// How long the machine with the lower address may take to give way before we do.
const GIVE_WAY_AFTER: Duration = Duration::from_secs(20);
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long to wait after the network refused us.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// What is made known.
#[derive(Clone, Debug)]
pub struct Advertisement {
    /// The school's name: the service is listed under it. Shortened to 63 bytes.
    pub school: String,
    /// The port that the box serves on.
    pub port: u16,
    /// The version of the program, for people who look after several boxes.
    pub version: String,
    /// A file that keeps which name was taken, so that a box keeps its name over restarts. `None`: it starts from the first.
    pub memory: Option<PathBuf>,
}

/// Why the box cannot make itself known.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    /// No socket for multicast DNS.
    #[error("multicast DNS could not be started on port 5353")]
    Start(#[source] mdns_sd::Error),
    /// The service's record was refused.
    #[error("the service {instance:?} on port {port} could not be announced")]
    Register {
        /// Its name.
        instance: String,
        /// Its port.
        port: u16,
        /// Why.
        #[source]
        source: mdns_sd::Error,
    },
    /// The system gave no thread.
    #[error("no thread for multicast DNS")]
    Thread(#[source] std::io::Error),
}

enum Command {
    School(String),
    Stop,
}

/// What others may know about the announcement.
struct State {
    number: Number,
    is_announced: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A state of two plain fields is whole even after a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, number: Number, is_announced: bool) {
        *self.lock() = State { number, is_announced };
        self.changed.notify_all();
    }
}

/// A running announcement. Dropping it says goodbye to the network and ends its thread.
pub struct Announcement {
    commands: Sender<Command>,
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Announcement {
    /// Begins to make the box known; returns before the name is taken (about a second later).
    ///
    /// # Errors
    /// When multicast DNS cannot be used at all. A network that is missing is no error: it is waited for.
    pub fn start(advertisement: Advertisement) -> Result<Self, AnnounceError> {
        let number = advertisement.memory.as_deref().map_or(Number::FIRST, host_name::remembered);
        let responder = Responder::start(&advertisement, number)?;
        let shared =
            Arc::new(Shared { state: Mutex::new(State { number, is_announced: false }), changed: Condvar::new() });
        let (commands, received) = mpsc::channel();
        let keeper = Keeper {
            advertisement,
            number,
            responder: Some(responder),
            contested_since: None,
            own_addresses: BTreeSet::new(),
            shared: Arc::clone(&shared),
        };
        let thread = thread::Builder::new()
            .name("mdns".into())
            .spawn(move || keeper.keep(&received))
            .map_err(AnnounceError::Thread)?;
        Ok(Self { commands, shared, thread: Mutex::new(Some(thread)) })
    }

    /// The name that people type, `chalkbox.local` or `chalkbox-2.local`; it can change while the box runs.
    pub fn host_name(&self) -> String {
        self.shared.lock().number.host_name()
    }

    /// Whether the name was probed for and is ours on some network.
    pub fn is_announced(&self) -> bool {
        self.shared.lock().is_announced
    }

    /// Waits until the name is ours, at most so long; returns whether it is. Without any network it never is.
    pub fn wait_until_announced(&self, at_most: Duration) -> bool {
        let waited = self.shared.changed.wait_timeout_while(self.shared.lock(), at_most, |state| !state.is_announced);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_announced
    }

    /// Lists the service under another name from now on (the school was named or renamed).
    pub fn set_school(&self, school: &str) {
        // Only a keeper that has ended does not receive; then there is nothing to rename.
        let _ended = self.commands.send(Command::School(school.to_owned()));
    }

    /// Says goodbye, so that tablets forget the name at once, and ends the thread. A second call does nothing.
    pub fn stop(&self) {
        let _ended = self.commands.send(Command::Stop);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("the mDNS thread ended by a panic");
        }
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        self.stop();
    }
}

/// One registration under one name. Another name is another responder: nothing of the old one lingers.
struct Responder {
    daemon: ServiceDaemon,
    host: String,
    full_name: String,
    events: Receiver<DaemonEvent>,
    watch: Receiver<HostnameResolutionEvent>,
    watched_at: Instant,
}

impl Responder {
    fn start(advertisement: &Advertisement, number: Number) -> Result<Self, AnnounceError> {
        let daemon = ServiceDaemon::new().map_err(AnnounceError::Start)?;
        let prepare = || -> mdns_sd::Result<_> {
            daemon.disable_interface(vec![IfKind::IPv6, IfKind::LoopbackV4])?;
            let host = format!("{}.", number.host_name());
            let events = daemon.monitor()?;
            let watch = daemon.resolve_hostname(&host, None)?;
            Ok((host, events, watch))
        };
        let (host, events, watch) = prepare().map_err(AnnounceError::Start)?;
        let instance = number.instance(&advertisement.school);
        let text = [("path", "/"), ("version", advertisement.version.as_str())];
        let registered = ServiceInfo::new(SERVICE, &instance, &host, "", advertisement.port, &text[..])
            .map(ServiceInfo::enable_addr_auto)
            .and_then(|info| {
                let full_name = info.get_fullname().to_owned();
                daemon.register(info).map(|()| full_name)
            });
        match registered {
            Ok(full_name) => Ok(Self { daemon, host, full_name, events, watch, watched_at: Instant::now() }),
            Err(source) => Err(AnnounceError::Register { instance, port: advertisement.port, source }),
        }
    }

    /// Asks the network again who has our name.
    fn watch_again(&mut self) {
        self.watched_at = Instant::now();
        match self.daemon.resolve_hostname(&self.host, None) {
            Ok(watch) => self.watch = watch,
            Err(error) => tracing::debug!(%error, "cannot ask for our own name"),
        }
    }

    fn goodbye(self) {
        if let Ok(done) = self.daemon.unregister(&self.full_name) {
            let _late = done.recv_timeout(GOODBYE);
        }
        if let Ok(done) = self.daemon.shutdown() {
            let _late = done.recv_timeout(GOODBYE);
        }
    }
}

/// What the responder's events say about the name.
#[derive(Debug, PartialEq, Eq)]
enum Standing {
    Unchanged,
    Announced,
    Taken,
}

/// The thread's own state.
struct Keeper {
    advertisement: Advertisement,
    number: Number,
    /// `None` while the network refuses us.
    responder: Option<Responder>,
    /// Since when another machine uses our name and should give way.
    contested_since: Option<Instant>,
    /// Every address that this box had since it started: an answer with one of them is our own echo.
    own_addresses: BTreeSet<Ipv4Addr>,
    shared: Arc<Shared>,
}

impl Keeper {
    fn keep(mut self, commands: &mpsc::Receiver<Command>) {
        let mut refused_at: Option<Instant> = None;
        loop {
            match commands.recv_timeout(TICK) {
                Ok(Command::School(school)) => {
                    self.advertisement.school = school;
                    self.register();
                }
                Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            match self.standing() {
                Standing::Unchanged => {}
                Standing::Announced => self.announced(),
                Standing::Taken => {
                    tracing::info!(name = self.number.host_name(), "the name is taken on this network");
                    self.number = self.number.next();
                    self.register();
                }
            }
            if self.responder.is_none() {
                let since = *refused_at.get_or_insert_with(Instant::now);
                if since.elapsed() >= TRY_AGAIN_AFTER {
                    refused_at = None;
                    self.register();
                }
            }
        }
        if let Some(responder) = self.responder.take() {
            responder.goodbye();
        }
    }

    /// Takes the current number's name anew.
    fn register(&mut self) {
        if let Some(responder) = self.responder.take() {
            responder.goodbye();
        }
        self.contested_since = None;
        self.shared.set(self.number, false);
        match Responder::start(&self.advertisement, self.number) {
            Ok(responder) => self.responder = Some(responder),
            Err(error) => tracing::warn!(%error, "not on the network by name; trying again"),
        }
    }

    fn announced(&mut self) {
        if self.shared.lock().is_announced {
            return;
        }
        self.shared.set(self.number, true);
        tracing::info!(name = self.number.host_name(), "on the network");
        if let Some(path) = &self.advertisement.memory
            && let Err(error) = host_name::remember(path, self.number)
        {
            tracing::warn!(%error, "the name could not be kept for the next start");
        }
    }

    fn standing(&mut self) -> Standing {
        let Some(responder) = &mut self.responder else { return Standing::Unchanged };
        if responder.watched_at.elapsed() >= WATCH_EVERY {
            responder.watch_again();
        }
        let mut standing = Standing::Unchanged;
        for event in responder.events.try_iter() {
            match event {
                DaemonEvent::Announce(..) => standing = Standing::Announced,
                DaemonEvent::NameChange(change) => {
                    tracing::debug!(?change, "conflict while probing");
                    return Standing::Taken;
                }
                DaemonEvent::Error(error) => tracing::debug!(%error, "mDNS"),
                _ => {}
            }
        }
        let heard: Vec<HostnameResolutionEvent> = responder.watch.try_iter().collect();
        if heard.iter().any(|event| self.is_lost(event)) || self.waited_long_enough() {
            return Standing::Taken;
        }
        standing
    }

    /// Whether an answer to the question "who has our name" means that we must give it up.
    fn is_lost(&mut self, event: &HostnameResolutionEvent) -> bool {
        match event {
            HostnameResolutionEvent::AddressesFound(_, found) => {
                let own = addresses::interfaces().unwrap_or_default();
                self.own_addresses.extend(own.iter().map(|interface| interface.address));
                let strangers: Vec<(Ipv4Addr, Option<Ipv4Addr>)> = found
                    .iter()
                    .filter_map(|scoped| match scoped {
                        ScopedIp::V4(scoped) if !self.own_addresses.contains(scoped.addr()) => {
                            let heard_on = scoped.interface_ids();
                            let ours = own.iter().filter(|own| heard_on.iter().any(|heard| heard.name == own.name));
                            Some((*scoped.addr(), ours.map(|own| own.address).max()))
                        }
                        _ => None,
                    })
                    .collect();
                if strangers.is_empty() {
                    return false;
                }
                tracing::info!(?strangers, "another machine uses our name");
                self.contested_since.get_or_insert_with(Instant::now);
                strangers.iter().any(|(theirs, ours)| gives_way(*ours, *theirs))
            }
            HostnameResolutionEvent::AddressesRemoved(_, gone) => {
                let is_stranger = |scoped: &ScopedIp| match scoped {
                    ScopedIp::V4(scoped) => !self.own_addresses.contains(scoped.addr()),
                    _ => false,
                };
                if gone.iter().any(is_stranger) {
                    self.contested_since = None;
                }
                false
            }
            _ => false,
        }
    }

    fn waited_long_enough(&self) -> bool {
        self.contested_since.is_some_and(|since| since.elapsed() >= GIVE_WAY_AFTER)
    }
}

/// Who gives way, decided alike on both machines: the one with the lower address on the network where they met.
fn gives_way(ours: Option<Ipv4Addr>, theirs: Ipv4Addr) -> bool {
    ours.is_none_or(|ours| ours < theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_machines_exactly_one_gives_way() {
        let (low, high) = (Ipv4Addr::new(10, 42, 0, 1), Ipv4Addr::new(10, 42, 0, 7));
        assert!(gives_way(Some(low), high));
        assert!(!gives_way(Some(high), low));
        assert!(gives_way(None, low), "whoever cannot compare is polite");
    }

    #[test]
    fn an_announcement_starts_and_stops_without_any_network_to_speak_of() {
        let start = Instant::now();
        let announcement = Announcement::start(Advertisement {
            school: "Mto Bridge".into(),
            port: 8080,
            version: "0.1.0".into(),
            memory: None,
        })
        .unwrap();
        assert!(announcement.host_name().starts_with("chalkbox"));
        announcement.set_school("Mto Hill");
        announcement.stop();
        announcement.stop();
        assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    }
}
