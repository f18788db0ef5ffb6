//! The one thread that writes: it gathers what waits, checks it for duplicates, puts it on the medium with one sync,
//! applies it to the engine, and only then answers. A second thread makes the engine durable now and then.

use crate::apply::{Applier, CHECKPOINT_EVERY, Stored};
use crate::ballast;
use crate::build::Builder;
use crate::clock::Stamper;
use crate::codec::{decode_event, encode_event};
use crate::current::Current;
use crate::duplicates::{self, Batch};
use crate::error::{StoreError, SubmitError};
use crate::journal::format::MAX_PAYLOAD;
use crate::journal::{Journal, JournalError, MAX_BATCH_BYTES, MAX_BATCH_EVENTS};
use crate::keeper::{Swap, Why, Work};
use crate::notice::Notice;
use crate::read::Reader;
use crate::reply::{Asked, reply};
use crate::store::Ack;
use crate::year::{YearClosing, YearError};
use chalkbox_domain::event::{Actor, BoxRange, ClockTrust, Event, EventBody, EventDraft, Hlc};
use chalkbox_domain::ids::{BoxId, EventId};
use chalkbox_domain::item::Response;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The engine is made durable so often while something changes.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(60);
/// After so many events the engine catches up with what waits in memory for it.
const CATCH_UP_EVERY: u64 = 1_000;

pub(crate) type Reply = Result<Vec<Ack>, SubmitError>;

/// What the writing thread is sent.
pub(crate) enum Message {
    Submit {
        drafts: Vec<EventDraft>,
        reply: Asked,
    },
    /// Puts another engine in use.
    Swap(Box<Swap>),
    /// Closes the journal file in use; the number from which on the new one is.
    Roll {
        done: SyncSender<Result<u64, StoreError>>,
    },
    /// Closes a school year: nothing comes between the rows and the event that says so.
    CloseYear {
        name: String,
        done: SyncSender<Result<YearClosing, YearError>>,
    },
    Stop,
}

/// What the threads tell everybody.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Nothing more is stored.
    pub read_only: AtomicBool,
    /// The last event was refused because the disk is full.
    pub full: AtomicBool,
    /// The store is being closed.
    pub stopping: AtomicBool,
    /// So many events were applied to the engine since it was last made durable.
    pub unsettled: AtomicU64,
    pub batches: AtomicU64,
    pub checkpoints: AtomicU64,
    pub failed_checkpoints: AtomicU64,
}

pub(crate) struct Writer {
    pub journal: Journal,
    pub applier: Applier,
    pub reader: Reader,
    pub builder: Builder,
    pub stamper: Arc<Mutex<Stamper>>,
    pub boot: u64,
    pub shared: Arc<Shared>,
    /// Wakes the thread that has the engine catch up and makes it durable.
    pub checkpoint: SyncSender<()>,
}

struct Waiting {
    reply: Asked,
    result: Reply,
}

impl Writer {
    /// Works until it is told to stop or everybody is gone.
    pub fn run(mut self, inbox: &Receiver<Message>) {
        let mut carried = None;
        loop {
            let Some(first) = carried.take().or_else(|| inbox.recv().ok()) else { return };
            self.say_corrected();
            let mut batch = Batch::default();
            let mut waiting = Vec::new();
            let mut next = Some(first);
            let mut then = None;
            while let Some(message) = next {
                let Message::Submit { drafts, reply } = message else {
                    then = Some(message);
                    break;
                };
                // Half the room may be needed by one more event of the largest size, so gathering ends early.
                let full =
                    batch.events.len() + drafts.len() > MAX_BATCH_EVENTS || batch.bytes + MAX_PAYLOAD > MAX_BATCH_BYTES;
                if full && !batch.events.is_empty() {
                    carried = Some(Message::Submit { drafts, reply });
                    break;
                }
                let result = self.admit(drafts, &mut batch);
                waiting.push(Waiting { reply, result });
                next = inbox.try_recv().ok();
            }
            self.write(batch, waiting);
            self.look_if_stale();
            match then {
                Some(Message::Stop) => return,
                Some(Message::Swap(swap)) => self.swap(*swap),
                Some(Message::Roll { done }) => {
                    let _ = done.send(self.journal.roll().map_err(StoreError::from));
                }
                Some(Message::CloseYear { name, done }) => {
                    let _ = done.send(self.close_year(name));
                    self.journal.prepare();
                }
                Some(Message::Submit { .. }) | None => {}
            }
        }
    }

    /// Brings a new engine to the end of the journal and puts it in use.
    fn swap(&mut self, swap: Swap) {
        let Swap { mut applier, number, announce, saying, done } = swap;
        let outcome = self.take_over(&mut applier, number, saying);
        if outcome.is_ok() {
            let ready = self.reader.current.exchange(applier.engine(), None);
            let before = std::mem::replace(&mut self.applier, applier);
            drop((ready, before));
            if !announce.is_empty() {
                self.say_imported(announce);
            }
        }
        self.look_if_stale();
        let _ = done.send(outcome);
    }

    /// Nothing comes between what is said and the engine that is right by it.
    fn take_over(&mut self, applier: &mut Applier, number: u32, saying: Option<EventDraft>) -> Result<(), StoreError> {
        if let Some(draft) = saying {
            let mut batch = Batch::default();
            let stored = self
                .admit(vec![draft], &mut batch)
                .and_then(|_| if self.put(batch) { Ok(()) } else { Err(SubmitError::ReadOnly) });
            stored.map_err(|error| StoreError::NotSaid(Box::new(error)))?;
        }
        let rest = self.reader.journal(applier.applied() + 1);
        applier.replay(rest, |_| {}, |_| Ok(()))?;
        applier.engine().checkpoint()?;
        self.builder.shelf.mark(number).map_err(|error| StoreError::Folder(Box::new(error)))
    }

    /// Who is one child is in the views from the first event on or not at all: another engine is built when that has changed.
    fn look_if_stale(&mut self) {
        if self.applier.takes_stale() {
            self.reader.current.ask_keeper(Work::Build { why: Why::Linked, done: None });
        }
    }

    /// Notes in the log from where on events of other boxes count.
    fn say_imported(&mut self, ranges: Vec<BoxRange>) {
        if !self.say(EventBody::Imported { ranges }) {
            tracing::error!("that events came in could not be noted; the next opening tries again");
        }
    }

    /// Notes in the log by how much the times were off that were guessed in this start, once the true time is known.
    fn say_corrected(&mut self) {
        let correction = self.stamper.lock().unwrap_or_else(PoisonError::into_inner).correction();
        let Some(offset_ms) = correction else { return };
        if self.say(EventBody::ClockCorrected { boot: self.boot, offset_ms }) {
            self.stamper.lock().unwrap_or_else(PoisonError::into_inner).is_corrected();
        }
    }

    /// Stores what the box itself has to say; whether it could.
    fn say(&mut self, body: EventBody) -> bool {
        let draft = EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body };
        let mut batch = Batch::default();
        self.admit(vec![draft], &mut batch).is_ok() && self.put(batch)
    }

    /// The engine failed while it was in use: people are let in and answers are taken by a small one in memory until another
    /// is built.
    fn fall_back(&mut self, error: &StoreError) {
        tracing::error!(%error, "the engine failed; another is built from the journal");
        match self.builder.early(self.journal.next_seq() - 1) {
            Ok((applier, recent)) => {
                self.reader.current.exchange(applier.engine(), Some(recent));
                self.reader.current.notice(Notice::EngineFailed);
                self.applier = applier;
                self.reader.current.ask_keeper(Work::Build { why: Why::Damaged, done: None });
            }
            Err(error) => {
                // The events are kept; without the engine the next duplicate would not be seen, so no more are taken.
                tracing::error!(%error, "nor can one in memory be made; the store takes no more events until it is opened anew");
                self.shared.read_only.store(true, Ordering::Release);
            }
        }
    }

    /// Takes all drafts of one sender into the batch, or none.
    pub(crate) fn admit(&mut self, drafts: Vec<EventDraft>, batch: &mut Batch) -> Reply {
        if self.shared.read_only.load(Ordering::Acquire) {
            return Err(SubmitError::ReadOnly);
        }
        let before = batch.events.len();
        let acks = drafts.into_iter().map(|draft| self.admit_one(draft, batch)).collect::<Result<Vec<_>, _>>();
        if acks.is_err() {
            batch.truncate(before);
        }
        acks
    }

    fn admit_one(&mut self, draft: EventDraft, batch: &mut Batch) -> Result<Ack, SubmitError> {
        if draft.send.is_some_and(|s| s.cseq == 0) {
            return Err(SubmitError::SendingZero);
        }
        let of = |learner| self.applier.is_erased(learner) || batch.erases(learner);
        let names_erased = match &draft.body {
            EventBody::ProfileSet(profile) => of(profile.id),
            EventBody::Linked { learner, to } => of(*learner) || of(*to),
            _ => false,
        };
        if draft.learner.is_some_and(of) || names_erased {
            return Err(SubmitError::Erased);
        }
        if let Some(ack) = duplicates::earlier(&draft, batch, &self.reader, &mut self.applier)? {
            return Ok(ack);
        }
        let seq = self.journal.next_seq() + batch.events.len() as u64;
        let event = self.stamped(draft, seq);
        let payload = encode_event(&event).map_err(|_| SubmitError::Unstorable)?;
        if payload.len() > MAX_PAYLOAD {
            return Err(SubmitError::TooLarge { bytes: payload.len(), max: MAX_PAYLOAD });
        }
        let ack = Ack { id: event.id, hlc: event.hlc, duplicate: false };
        batch.push(event, payload);
        Ok(ack)
    }

    fn stamped(&self, draft: EventDraft, seq: u64) -> Event {
        let stamp = self.stamper.lock().unwrap_or_else(PoisonError::into_inner).stamp();
        let mut event = Event {
            id: EventId { box_id: self.reader.box_id, seq },
            hlc: stamp.hlc,
            at: draft.at_ms.map_or(stamp.at, |ms| Hlc::from_ms(ms & (u64::MAX >> 16)).min(stamp.at)),
            boot: self.boot,
            mono_ms: stamp.mono_ms,
            clock: stamp.trust,
            send: draft.send,
            learner: draft.learner,
            actor: draft.actor,
            body: draft.body,
        };
        // An answer or a hint lies behind the moment its item was handed out, so that looking from there on finds it,
        // also when a board without a clock of its own went back to an earlier time in between.
        let asked_ms = match &event.body {
            EventBody::Answered(answered) => answered.asked_ms,
            EventBody::Hinted(hinted) => hinted.asked_ms,
            _ => 0,
        };
        event.at = event.at.max(Hlc::from_ms(asked_ms & (u64::MAX >> 16)));
        event
    }

    /// Journal, engine, answers: in this order.
    fn write(&mut self, batch: Batch, waiting: Vec<Waiting>) {
        let written = batch.events.is_empty() || self.put(batch);
        for Waiting { reply, result } in waiting {
            // A sender that has gone away has its event all the same.
            reply.give(if written { result } else { result.and(Err(SubmitError::ReadOnly)) });
        }
        self.journal.prepare();
    }

    pub(crate) fn put(&mut self, batch: Batch) -> bool {
        let Batch { events, mut payloads, .. } = batch;
        let mut events = events.into_iter();
        while !payloads.is_empty() {
            let rest = payloads.split_off(batch_end(&payloads));
            let mut appended = self.journal.append(&payloads);
            if matches!(appended, Err(JournalError::Full)) && ballast::give_up(&*self.reader.disk) {
                tracing::error!("the disk is full; the last reserve is given up, make room soon");
                self.reader.current.notice(Notice::LastReserve);
                appended = self.journal.append(&payloads);
            }
            let files = match appended {
                Ok(files) => files,
                // Only this is refused: there may be room for the next.
                Err(JournalError::Full) => {
                    self.shared.full.store(true, Ordering::Release);
                    return false;
                }
                Err(_) => {
                    self.shared.read_only.store(true, Ordering::Release);
                    return false;
                }
            };
            self.reader.synced.store(self.journal.next_seq() - 1, Ordering::Release);
            self.shared.batches.fetch_add(1, Ordering::Relaxed);
            let stored: Vec<Stored> = events
                .by_ref()
                .zip(std::mem::replace(&mut payloads, rest))
                .zip(files)
                .map(|((event, payload), file)| Stored { event, payload, file })
                .collect();
            self.shared.full.store(false, Ordering::Release);
            if let Err(error) = self.applier.apply(&stored) {
                self.fall_back(&error);
            }
            stored.iter().for_each(|stored| self.reader.current.follow(&stored.event));
            let unsettled = self.shared.unsettled.fetch_add(stored.len() as u64, Ordering::AcqRel);
            if unsettled / CATCH_UP_EVERY != (unsettled + stored.len() as u64) / CATCH_UP_EVERY {
                let _ = self.checkpoint.try_send(());
            }
        }
        true
    }
}

/// How many of these payloads make one batch.
fn batch_end(payloads: &[Vec<u8>]) -> usize {
    let mut bytes = 0;
    let fit = payloads.iter().take(MAX_BATCH_EVENTS).take_while(|p| {
        bytes += p.len();
        bytes <= MAX_BATCH_BYTES
    });
    fit.count().max(1)
}

/// Has the engine catch up when asked, and makes it durable after many events and every minute, until nobody can ask any more.
pub(crate) fn run_checkpoints(current: &Current, shared: &Shared, wake: &Receiver<()>) {
    let mut last = Instant::now();
    loop {
        let engine = match wake.recv_timeout(CHECKPOINT_AFTER.saturating_sub(last.elapsed())) {
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => current.engine(),
            Ok(()) => {
                let engine = current.engine();
                // The writing thread meets the same error, and does what is to be done.
                if let Err(error) = engine.catch_up() {
                    tracing::error!(%error, "the engine does not take what was applied");
                }
                if shared.unsettled.load(Ordering::Acquire) < CHECKPOINT_EVERY && last.elapsed() < CHECKPOINT_AFTER {
                    continue;
                }
                engine
            }
        };
        last = Instant::now();
        let unsettled = shared.unsettled.swap(0, Ordering::AcqRel);
        if unsettled == 0 {
            continue;
        }
        match engine.checkpoint() {
            Ok(()) => shared.checkpoints.fetch_add(1, Ordering::Relaxed),
            Err(error) => {
                tracing::error!(%error, "the engine could not be made durable; the journal still has everything");
                shared.unsettled.fetch_add(unsettled, Ordering::AcqRel);
                shared.failed_checkpoints.fetch_add(1, Ordering::Relaxed)
            }
        };
    }
}

/// Whether an event with this content reads back as it was written. Asked in the sender's own thread, of which there are many:
/// in the one that writes, everybody would wait for it.
fn check_reads_back(draft: &EventDraft) -> Result<(), SubmitError> {
    if is_plain(&draft.body) {
        return Ok(());
    }
    let EventDraft { at_ms: _, send, learner, actor, body } = draft.clone();
    let (id, hlc) = (EventId { box_id: BoxId([1; 8]), seq: 1 }, Hlc::from_ms(1));
    let event = Event { id, hlc, at: hlc, boot: 1, mono_ms: 1, clock: ClockTrust::Trusted, send, learner, actor, body };
    let read = encode_event(&event).ok().and_then(|payload| decode_event(&payload).ok());
    if read.as_ref() == Some(&event) { Ok(()) } else { Err(SubmitError::Unstorable) }
}

/// Whether it is a child's practice with nothing odd in it: that reads back as it was written, whatever its values are
/// (`tests/formats.rs` writes and reads any). Nearly everything is, and trying costs half of what a sender does.
fn is_plain(body: &EventBody) -> bool {
    let answer = match body {
        EventBody::Hinted(_) => return true,
        EventBody::Answered(answer) => answer,
        _ => return false,
    };
    let numbers = [answer.d, answer.expected, answer.lambda, answer.guess, answer.slip, answer.learn];
    let others = [answer.mastery.unwrap_or(0.0), f64::from(answer.score.unwrap_or(0.0))];
    let words = match answer.response {
        Response::Point { .. } | Response::Custom { .. } => false,
        Response::Choice { .. } | Response::Order { .. } | Response::Pairs { .. } | Response::Text { .. } => true,
        Response::Number { .. } | Response::Count { .. } | Response::Skipped => true,
    };
    words && answer.mastery.is_some() == answer.state.is_some() && numbers.iter().chain(&others).all(|n| n.is_finite())
}

/// Waits until everything that was sent to the writing thread before is on the medium, however much waits there.
pub(crate) fn wait_for(inbox: &SyncSender<Message>) {
    let (reply, answer) = reply();
    if inbox.send(Message::Submit { drafts: Vec::new(), reply }).is_ok() {
        let _ = answer.wait();
    }
}

/// Hands drafts to the writing thread and waits for its answer.
pub(crate) fn ask(inbox: &SyncSender<Message>, drafts: Vec<EventDraft>) -> Reply {
    drafts.iter().try_for_each(check_reads_back)?;
    let (reply, answer) = reply();
    match inbox.try_send(Message::Submit { drafts, reply }) {
        Ok(()) => answer.wait(),
        Err(TrySendError::Full(_)) => Err(SubmitError::Busy),
        Err(TrySendError::Disconnected(_)) => Err(SubmitError::ReadOnly),
    }
}
