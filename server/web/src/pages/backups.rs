//! Backups, for the technologist: what was saved when, saving, checking, trying, and bringing one back. Long work runs
//! beside the pages; they look again by themselves.

use super::context::{PageContext, TokenForm, go};
use crate::body::{Form, PATIENCE_SECONDS};
use crate::error::WebError;
use crate::guard::{Guarded, Member, TechnologistOnly};
use crate::translator::Words;
use crate::upload::{FormPieces, Piece};
use crate::views::backups::{BackupsPage, RecoveryKeyPage, StickLine};
use crate::views::paths;
use crate::words::backups::{deed_lines, due_words, fault_words_at, free_words, holds_words, job_line};
use crate::words::date_words;
use actix_web::http::header;
use actix_web::rt::task::spawn_blocking;
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_service::Chalkbox;
use chalkbox_service::safekeeping::{At, Holdings, Job, JobState, SafekeepingError};
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Seconds after which a page of running work looks again.
const LOOK_AGAIN: u16 = 2;

type Door = Guarded<TechnologistOnly>;

pub(super) fn trouble_words(t: &Words, error: &SafekeepingError) -> String {
    match error {
        SafekeepingError::Running => t.msg("backups-running"),
        SafekeepingError::NoSuchStick => t.msg("backups-no-stick"),
        SafekeepingError::NothingLookedAt => t.msg("backups-nothing-looked-at"),
        SafekeepingError::NotEmpty => t.msg("backups-not-empty"),
        SafekeepingError::NoRoom { .. } => t.msg("backups-no-room"),
        SafekeepingError::KeyMade => t.msg("key-made"),
        // Only of a download is told at once what went wrong with it; other work has its own place on the page.
        SafekeepingError::Fault(fault) => fault_words_at(t, "device", fault),
        SafekeepingError::Random(_) | SafekeepingError::Io { .. } => t.msg("backups-disk"),
    }
}

async fn page(door: &Door, context: &PageContext, trouble: String) -> Result<HttpResponse, WebError> {
    // Whoever asks again and again how far it is must not make a slow stick be read each time.
    let only_work = context.looks_again && door.chalkbox().job().is_some_and(|job| job.state == JobState::Running);
    let view = move |c: &Chalkbox| if only_work { c.backups_at_work() } else { c.backups() };
    let (view, now_ms) =
        door.run(move |c, _| -> Result<_, SafekeepingError> { Ok((view(c), c.box_info().time_ms)) }).await?;
    let t = &context.t;
    let chalkbox = door.chalkbox();
    let mut page = context.page();
    // Only the page's own address can be asked for again.
    if trouble.is_empty() && view.job.as_ref().is_some_and(|job| job.state == JobState::Running) {
        page.refresh_seconds = LOOK_AGAIN;
    }
    let date = |ms| date_words(t, chalkbox.local_date(ms));
    let sticks: Vec<StickLine> = view
        .sticks
        .iter()
        .map(|stick| StickLine {
            id: stick.id.clone(),
            name: stick.name.clone(),
            free: stick.free_bytes.map(|bytes| free_words(t, bytes)).unwrap_or_default(),
            is_own_disk: stick.is_own_disk,
            sets: stick.sets.iter().map(|set| (set.id.clone(), set.name.clone())).collect(),
        })
        .collect();
    let mut sets = Vec::new();
    if view.record.saved_on_card.is_some() {
        sets.push((CARD.to_owned(), t.msg("backup-on-card")));
    }
    for stick in &sticks {
        let named = |(id, name): &(String, String)| (id.clone(), format!("{} · {name}", stick.name));
        sets.extend(stick.sets.iter().map(named));
    }
    let mut to_look = sets.clone();
    if view.uploaded {
        to_look.push((UPLOAD.to_owned(), t.msg("backup-uploaded")));
    }
    let (holds, new) = view.looked_at.as_ref().map(|held| holds_words(t, held, date)).unwrap_or_default();
    context.show(&BackupsPage {
        t: t.clone(),
        page,
        due: if view.is_due() { due_words(t, view.away) } else { String::new() },
        deeds: deed_lines(t, &view, now_ms),
        sticks,
        sets,
        to_look,
        locked: view.has_key,
        key_mark: view.key_mark,
        job: view.job.as_ref().map(|job| job_line(t, job)),
        holds,
        new,
        brings_new: view.looked_at.as_ref().is_some_and(|held| held.new_events > 0),
        other_school: is_other_school(view.looked_at.as_ref()),
        trouble,
    })
}

/// In forms, the backup on the card; others are named by their ids.
const CARD: &str = "card";
/// The file that was uploaded.
const UPLOAD: &str = "upload";

fn at(text: &str) -> At {
    match text {
        CARD => At::Card,
        UPLOAD => At::Upload,
        set => At::Set(set.to_owned()),
    }
}

/// A key that somebody has typed.
fn typed(passphrase: &str) -> Option<String> {
    Some(passphrase.trim().to_owned()).filter(|key| !key.is_empty())
}

/// Backups at a glance.
pub async fn show(door: Door, context: PageContext) -> Result<HttpResponse, WebError> {
    page(&door, &context, String::new()).await
}

/// Begins work and leads back to the page, which shows how it goes.
async fn begin(door: &Door, context: &PageContext, job: Job) -> Result<HttpResponse, WebError> {
    let chalkbox = Arc::clone(door.chalkbox());
    let begun = web::block(move || chalkbox.begin_job(job)).await.map_err(|_| WebError::Busy)?;
    match begun {
        Ok(()) => Ok(go(paths::BACKUPS)),
        Err(error) => page(door, context, trouble_words(&context.t, &error)).await,
    }
}

/// Which stick.
#[derive(Debug, Deserialize)]
pub struct StickForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    stick: String,
}

/// Saves a backup to a stick.
pub async fn to_stick(door: Door, context: PageContext, form: Form<StickForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    begin(&door, &context, Job::SaveToStick(form.stick.clone())).await
}

/// Which backup, and what for.
#[derive(Debug, Deserialize)]
pub struct CheckForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    at: String,
    #[serde(default)]
    drill: String,
    #[serde(default)]
    passphrase: String,
}

/// Reads a backup through, or restores it for a test.
pub async fn check(door: Door, context: PageContext, form: Form<CheckForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let (at, drill) = (at(&form.at), form.drill == "1");
    let job = match (typed(&form.passphrase), drill) {
        (Some(passphrase), drill) => Job::WithKey { at, passphrase, drill },
        (None, true) => Job::Drill(at),
        (None, false) => Job::Check(at),
    };
    begin(&door, &context, job).await
}

/// Which backup, and the key of a locked one.
#[derive(Debug, Deserialize)]
pub struct LookForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    at: String,
    #[serde(default)]
    passphrase: String,
}

/// Looks into a backup on a stick.
pub async fn look(door: Door, context: PageContext, form: Form<LookForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let passphrase = typed(&form.passphrase);
    begin(&door, &context, Job::Look { at: at(&form.at), passphrase }).await
}

fn is_other_school(looked_at: Option<&Holdings>) -> bool {
    looked_at.is_some_and(|held| held.comes.other_than.is_some())
}

/// That a backup of another school is meant.
#[derive(Debug, Deserialize)]
pub struct BringForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    other: String,
}

/// Brings back what was looked at.
pub async fn bring(door: Door, context: PageContext, form: Form<BringForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let looked_at = door.run(|c, _| -> Result<_, SafekeepingError> { Ok(c.backups().looked_at) }).await?;
    if is_other_school(looked_at.as_ref()) && form.other != "1" {
        return page(&door, &context, context.t.msg("bring-other-first")).await;
    }
    begin(&door, &context, Job::BringBack).await
}

/// Forgets what was looked at, and what was done last.
pub async fn forget(door: Door, context: PageContext, form: Form<TokenForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let forgotten = door
        .run(|c, _| -> Result<_, SafekeepingError> {
            c.forget_job();
            if c.job().is_some() {
                return Err(SafekeepingError::Running);
            }
            c.forget_looked_at();
            Ok(())
        })
        .await;
    match forgotten {
        Ok(()) => Ok(go(paths::BACKUPS)),
        Err(WebError::Safekeeping(error)) => page(&door, &context, trouble_words(&context.t, &error)).await,
        Err(other) => Err(other),
    }
}

/// Stops what runs.
pub async fn stop(door: Door, form: Form<TokenForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    door.chalkbox().stop_job();
    Ok(go(paths::BACKUPS))
}

/// A wish for a recovery key in place of the one that was there when the page was made.
#[derive(Debug, Deserialize)]
pub struct KeyForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    mark: String,
}

/// Makes a recovery key and shows it, once.
pub async fn make_key(door: Door, context: PageContext, form: Form<KeyForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let mark = form.mark.clone();
    let made = door
        .run(move |c, _: Member| -> Result<_, SafekeepingError> {
            Ok((c.make_recovery_key_after(&mark)?, c.box_info()))
        })
        .await;
    let (key, info) = match made {
        Ok(made) => made,
        Err(WebError::Safekeeping(error)) => return page(&door, &context, trouble_words(&context.t, &error)).await,
        Err(other) => return Err(other),
    };
    context.show(&RecoveryKeyPage {
        t: context.t.clone(),
        page: context.page(),
        school: info.school,
        key,
        day: date_words(&context.t, door.chalkbox().local_date(info.time_ms)),
    })
}

/// Bytes that go out at once.
const AT_ONCE: usize = 64 * 1024;
/// Pieces that may wait for a slow device.
const PIECES: usize = 16;
/// How long a device may take nothing before it is given up.
const STALLED: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(20);

type Sent = Result<web::Bytes, SafekeepingError>;

/// What writer and answer know of each other.
#[derive(Default)]
struct UnderWay {
    /// Pieces that have left for the device.
    left: AtomicU64,
    /// Whether all was written: else the answer must not end as if it were.
    whole: AtomicBool,
}

/// Hands what is written to a device that takes it at its own pace.
struct Pipe {
    send: mpsc::Sender<Sent>,
    buffer: Vec<u8>,
    /// Pieces that were handed over.
    sent: u64,
    under_way: Arc<UnderWay>,
    /// Whether somebody has stopped the work.
    is_stopped: Box<dyn Fn() -> bool + Send>,
}

impl Pipe {
    /// Waits a moment for a device that takes nothing; gives it up in the end.
    fn wait(&self, waited: &mut Duration) -> io::Result<()> {
        if (self.is_stopped)() {
            return Err(io::Error::other("it was stopped"));
        }
        if *waited >= STALLED {
            return Err(io::ErrorKind::TimedOut.into());
        }
        std::thread::sleep(PAUSE);
        *waited += PAUSE;
        Ok(())
    }

    /// Waits until every piece has left. What is under way in the network then is not known.
    fn drain(&self) -> io::Result<()> {
        let (mut waited, mut left) = (Duration::ZERO, self.under_way.left.load(Ordering::Acquire));
        while left < self.sent {
            if self.send.is_closed() {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.wait(&mut waited)?;
            let now = self.under_way.left.load(Ordering::Acquire);
            if now > left {
                waited = Duration::ZERO;
            }
            left = now;
        }
        Ok(())
    }

    fn hand_over(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::take(&mut self.buffer);
        self.push(Ok(piece.into()))?;
        self.sent += 1;
        Ok(())
    }

    fn push(&self, mut piece: Sent) -> io::Result<()> {
        let mut waited = Duration::ZERO;
        loop {
            match self.send.try_send(piece) {
                Ok(()) => return Ok(()),
                Err(mpsc::error::TrySendError::Closed(_)) => return Err(io::ErrorKind::BrokenPipe.into()),
                Err(mpsc::error::TrySendError::Full(back)) => piece = back,
            }
            self.wait(&mut waited)?;
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= AT_ONCE {
            self.hand_over()?;
        }
        Ok(bytes.len())
    }

    /// Lasts until all of it has left for the device.
    fn flush(&mut self) -> io::Result<()> {
        self.hand_over()?;
        self.drain()
    }
}

/// What is handed over, as the body of an answer. A piece has left when the next one is asked for.
fn leaving(
    first: web::Bytes,
    pieces: mpsc::Receiver<Sent>,
    under_way: Arc<UnderWay>,
) -> impl Stream<Item = Result<web::Bytes, actix_web::Error>> {
    let rest = futures_util::stream::unfold(Some(pieces), move |pieces| {
        let under_way = Arc::clone(&under_way);
        async move {
            let mut pieces = pieces?;
            under_way.left.fetch_add(1, Ordering::AcqRel);
            let cut = match pieces.recv().await {
                Some(Ok(piece)) => return Some((Ok(piece), Some(pieces))),
                Some(Err(error)) => error.to_string(),
                None if under_way.whole.load(Ordering::Acquire) => return None,
                None => "the backup was not written to its end".to_owned(),
            };
            Some((Err(actix_web::error::ErrorServiceUnavailable(cut)), None))
        }
    });
    futures_util::stream::once(async move { Ok::<_, actix_web::Error>(first) }).chain(rest)
}

/// Saves a backup to the device that asks, as one file. A file that could not be written to its end is cut off, so that the
/// browser says so.
pub async fn download(door: Door, context: PageContext, form: Form<TokenForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let (send, mut pieces) = mpsc::channel::<Sent>(PIECES);
    let chalkbox = Arc::clone(door.chalkbox());
    let (year, month, day) = chalkbox.local_date(chalkbox.box_info().time_ms);
    let under_way = Arc::new(UnderWay::default());
    let known = Arc::clone(&under_way);
    spawn_blocking(move || {
        let asked = Arc::clone(&chalkbox);
        let is_stopped = Box::new(move || asked.is_job_stopped());
        let mut pipe = Pipe { send, buffer: Vec::with_capacity(2 * AT_ONCE), sent: 0, under_way: known, is_stopped };
        match chalkbox.pour_backup(&mut pipe) {
            Ok(()) => pipe.under_way.whole.store(true, Ordering::Release),
            // Nobody may be there any more to hear it.
            Err(error) => drop(pipe.push(Err(error))),
        }
    });
    // The first piece is there before the answer begins, so that what is wrong has a page of its own.
    let first = match pieces.recv().await {
        Some(Ok(first)) => first,
        Some(Err(error)) => return page(&door, &context, trouble_words(&context.t, &error)).await,
        None => return Err(WebError::Busy),
    };
    let name = format!("attachment; filename=\"chalkbox-backup-{year:04}-{month:02}-{day:02}.tar\"");
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/x-tar"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .streaming(leaving(first, pieces, under_way)))
}

/// Takes a backup as a file, and looks into it.
pub async fn upload(
    door: Door,
    context: PageContext,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let mut began = false;
    let received = receive(&door, &request, payload, &mut began).await;
    if received.is_err() && began {
        // What came of it is a part of a whole school.
        door.run(|c, _| -> Result<(), SafekeepingError> {
            c.forget_looked_at();
            Ok(())
        })
        .await?;
    }
    match received {
        Ok(passphrase) => begin(&door, &context, Job::Look { at: At::Upload, passphrase }).await,
        Err(WebError::Safekeeping(error)) => page(&door, &context, trouble_words(&context.t, &error)).await,
        Err(other) => Err(other),
    }
}

fn wrong(message: &str) -> WebError {
    WebError::Wrong { field: "file".to_owned(), message: message.to_owned() }
}

/// Bytes of the form beside the file, at most.
const FORM: u64 = 64 * 1024;

/// Writes the file of the form to the disk and says whether it `began` to; the key that was typed, if any. The form's token
/// stands before the file.
async fn receive(
    door: &Door,
    request: &HttpRequest,
    mut payload: web::Payload,
    began: &mut bool,
) -> Result<Option<String>, WebError> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut form = FormPieces::new(content_type).ok_or_else(|| wrong("a form with a file"))?;
    let (mut passphrase, mut checked, mut taking) = (None, false, None);
    let mut taken = false;
    loop {
        let chunk = tokio::time::timeout(Duration::from_secs(PATIENCE_SECONDS), payload.next()).await;
        let chunk = chunk.map_err(|_| WebError::TooSlow { seconds: PATIENCE_SECONDS })?;
        let bytes = chunk.ok_or_else(|| wrong("the file did not arrive whole; send it again"))?;
        let bytes = bytes.map_err(|_| wrong("the file did not arrive whole; send it again"))?;
        for piece in form.feed(&bytes).map_err(|error| wrong(error.0))? {
            match piece {
                Piece::Field { name, value } if name == "token" => {
                    door.check_form(&value)?;
                    checked = true;
                }
                Piece::Field { name, value } if name == "passphrase" => {
                    passphrase = typed(&value);
                }
                Piece::Field { .. } => {}
                Piece::File { .. } if !checked => return Err(WebError::FormToken),
                Piece::File { .. } if taken => return Err(wrong("one file at a time")),
                Piece::File { .. } => {
                    let begun = Taking::begin(door).await?;
                    *began = true;
                    // Known at once, instead of after an hour.
                    if length.is_some_and(|length| length.saturating_sub(FORM) > begun.room) {
                        return Err(SafekeepingError::NoRoom { room: begun.room }.into());
                    }
                    taking = Some(begun);
                    taken = true;
                }
                Piece::Bytes(bytes) => {
                    if let Some(taking) = &mut taking {
                        taking.take(bytes).await?;
                    }
                }
                Piece::FileEnd => {
                    if let Some(taking) = taking.take() {
                        taking.end().await?;
                    }
                }
                Piece::End if taken => return Ok(passphrase),
                Piece::End => return Err(wrong("choose a file first")),
            }
        }
    }
}

/// A file that arrives, and the thread that writes it.
struct Taking {
    send: mpsc::Sender<Vec<u8>>,
    /// Whether all of it has come; else it is removed again.
    whole: Arc<AtomicBool>,
    written: actix_web::rt::task::JoinHandle<io::Result<()>>,
    room: u64,
    left: u64,
}

impl Taking {
    async fn begin(door: &Door) -> Result<Self, WebError> {
        let (mut file, room) = door.run(|c, _| c.begin_upload()).await?;
        let (send, mut pieces) = mpsc::channel::<Vec<u8>>(PIECES);
        let whole = Arc::new(AtomicBool::new(false));
        let is_whole = Arc::clone(&whole);
        let written = spawn_blocking(move || {
            while let Some(piece) = pieces.blocking_recv() {
                file.write_all(&piece)?;
            }
            if is_whole.load(Ordering::Acquire) { file.sync_all() } else { Ok(()) }
        });
        Ok(Self { send, whole, written, room, left: room })
    }

    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), WebError> {
        let length = bytes.len() as u64;
        self.left = self.left.checked_sub(length).ok_or(SafekeepingError::NoRoom { room: self.room })?;
        // A thread that is gone has said why; it is asked at the end.
        let _ = self.send.send(bytes).await;
        Ok(())
    }

    async fn end(self) -> Result<(), WebError> {
        self.whole.store(true, Ordering::Release);
        drop(self.send);
        let written = self.written.await.map_err(|_| WebError::Busy)?;
        written.map_err(|source| SafekeepingError::Io { path: "upload".into(), source })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipe(send: mpsc::Sender<Sent>, under_way: &Arc<UnderWay>) -> Pipe {
        Pipe { send, buffer: Vec::new(), sent: 0, under_way: Arc::clone(under_way), is_stopped: Box::new(|| false) }
    }

    #[test]
    fn a_download_has_arrived_only_when_all_of_it_has_left() {
        let (send, mut pieces) = mpsc::channel::<Sent>(PIECES);
        let under_way = Arc::new(UnderWay::default());
        let mut out = pipe(send, &under_way);
        let writer = std::thread::spawn(move || -> io::Result<()> {
            out.write_all(&vec![7; 3 * AT_ONCE + 5])?;
            out.flush()?;
            out.under_way.whole.store(true, Ordering::Release);
            Ok(())
        });
        actix_web::rt::System::new().block_on(async {
            let first = pieces.recv().await.expect("a piece").expect("bytes");
            std::thread::sleep(5 * PAUSE);
            assert!(!writer.is_finished(), "the device has taken nothing yet");
            let sent: Vec<_> = leaving(first, pieces, under_way).collect().await;
            let lengths = sent.into_iter().map(|piece| piece.expect("bytes").len());
            assert_eq!(lengths.sum::<usize>(), 3 * AT_ONCE + 5);
        });
        writer.join().expect("no panic").expect("all has left");
    }

    #[test]
    fn a_download_that_is_cut_is_no_backup_and_does_not_end_like_one() {
        let (send, mut pieces) = mpsc::channel::<Sent>(PIECES);
        let under_way = Arc::new(UnderWay::default());
        let mut out = pipe(send, &under_way);
        let writer = std::thread::spawn(move || {
            out.write_all(&vec![7; 2 * AT_ONCE])?;
            out.flush()
        });
        actix_web::rt::System::new().block_on(async {
            let _ = pieces.recv().await;
        });
        drop(pieces);
        assert!(writer.join().expect("no panic").is_err(), "the device has gone");

        let (send, pieces) = mpsc::channel::<Sent>(PIECES);
        drop(send);
        let ended: Vec<_> =
            actix_web::rt::System::new().block_on(leaving(web::Bytes::from_static(b"x"), pieces, under_way).collect());
        assert!(ended.last().expect("pieces").is_err(), "the writer ended in the middle");
    }
}
