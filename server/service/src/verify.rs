//! Proves the log: every response is scored again by the same version of the same tool, every state is folded again
//! from nothing, and both are compared with what was acknowledged. Reads only; may run beside a server.

use crate::ports::{PluginRunner, RunError};
use crate::views::{Rules, item_key};
use chalkbox_content::hash::context_hash;
use chalkbox_domain::event::{Answered, BoxRange, Event, EventBody};
use chalkbox_domain::ids::{BoxId, ContextHash, EventId, ItemKey, LearnerId, SkillId};
use chalkbox_domain::item::{Ask, LocalContext};
use chalkbox_domain::links::Links;
use chalkbox_domain::model::state::{ItemRecord, SkillRecord};
use chalkbox_store::journal::Log;
use chalkbox_store::{Projection, ViewKey, ViewPrefix, ViewReader, ViewWrites, link_in};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

/// What a check of the log found.
#[derive(Debug, Default)]
pub struct VerifyReport {
    /// Boxes whose events were read.
    pub boxes: u64,
    /// Events read.
    pub events: u64,
    /// Responses among them.
    pub responses: u64,
    /// Responses that the tool truly scored again.
    pub rescored: u64,
    /// Learners whose states were folded.
    pub learners: u64,
    /// Everything that differs; empty when the log is sound.
    pub differences: Vec<Difference>,
}

impl VerifyReport {
    /// Takes in what was found of another box.
    pub fn add(&mut self, other: Self) {
        self.boxes += other.boxes;
        self.events += other.events;
        self.responses += other.responses;
        self.rescored += other.rescored;
        self.learners = self.learners.max(other.learners);
        self.differences.extend(other.differences);
    }
}

/// One thing that is not as it was acknowledged.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Difference {
    /// Numbers of the box that are missing.
    #[error("events {from} to {to} of the box are missing")]
    Gap {
        /// First missing.
        from: u64,
        /// Last missing.
        to: u64,
    },
    /// The tool gives another score now.
    #[error("event {event}: acknowledged with the score {acknowledged:?}, now {now:?}")]
    Score {
        /// Which.
        event: EventId,
        /// As stored.
        acknowledged: Option<f32>,
        /// As computed again.
        now: Option<f32>,
    },
    /// The fold gives another belief.
    #[error("event {event}: acknowledged with {what} {acknowledged}, the fold gives {now}")]
    Fold {
        /// Which.
        event: EventId,
        /// Which figure.
        what: &'static str,
        /// As stored.
        acknowledged: String,
        /// As computed again.
        now: String,
    },
    /// The response cannot be scored again.
    #[error("event {event}: cannot be scored again: {reason}")]
    CannotScore {
        /// Which.
        event: EventId,
        /// Why.
        reason: String,
    },
    /// Two responses to one item.
    #[error("event {event}: a second response to one item, the first is {first}")]
    Twice {
        /// The second.
        event: EventId,
        /// The first.
        first: EventId,
    },
}

/// Rows in memory, folded as the store folds them.
#[derive(Default)]
struct Rows {
    rows: BTreeMap<ViewKey, Vec<u8>>,
    /// Boxes whose first events were let go with closed years, and the rows that their next closing carries, so far: until
    /// it comes nobody can tell what they knew.
    late: BTreeMap<BoxId, BTreeMap<ViewKey, Vec<u8>>>,
    /// Which ids are one child, as the box had it from its first event on.
    links: Links,
}

impl Rows {
    fn new(late: &[BoxId], links: Links) -> Self {
        Self { rows: BTreeMap::new(), late: late.iter().map(|id| (*id, BTreeMap::new())).collect(), links }
    }

    fn fold(&mut self, event: &Event) {
        if let Some(carried) = self.late.get_mut(&event.id.box_id) {
            match &event.body {
                EventBody::Carried(more) => {
                    carried.extend(more.rows.iter().map(|(key, row)| (ViewKey::from_bytes(key.clone()), row.clone())));
                }
                EventBody::YearClosed(_) => {
                    self.rows.append(carried);
                    self.late.remove(&event.id.box_id);
                    self.join_carried();
                }
                _ => {}
            }
            return;
        }
        let mut out = ViewWrites::default();
        match event.learner.map(|learner| (learner, self.links.one(learner))) {
            Some((learner, one)) if learner != one => {
                Rules.project(&Event { learner: Some(one), ..event.clone() }, self, &mut out);
            }
            _ => Rules.project(event, self, &mut out),
        }
        self.write(&out);
    }

    /// Who was one child when a year was closed is so still, and what was carried of either belongs to the child.
    fn join_carried(&mut self) {
        let carried: Vec<_> = self.rows.iter().filter_map(|(key, row)| link_in(key.as_bytes(), row)).collect();
        for (from, to) in carried {
            self.links.join(from, to);
        }
        let pairs: Vec<_> = self.links.pairs().map(|(from, _)| (from, self.links.one(from))).collect();
        for (from, to) in pairs.into_iter().filter(|(from, to)| from != to) {
            let mut out = ViewWrites::default();
            Rules.join(from, to, self, &mut out);
            self.write(&out);
        }
    }

    fn write(&mut self, writes: &ViewWrites) {
        for (key, value) in writes.rows() {
            match value {
                Some(bytes) => self.rows.insert(key.clone(), bytes.clone()),
                None => self.rows.remove(key),
            };
        }
    }

    /// What is known of a skill of a child.
    fn skill(&self, learner: LearnerId, skill: &SkillId) -> Option<SkillRecord> {
        let key = ViewKey::skill(self.links.one(learner), skill);
        self.get(&key).and_then(|bytes| SkillRecord::from_bytes(&bytes).ok())
    }
}

impl ViewReader for Rows {
    fn get(&self, key: &ViewKey) -> Option<Vec<u8>> {
        self.rows.get(key).cloned()
    }
    fn list(&self, prefix: &ViewPrefix) -> Vec<(ViewKey, Vec<u8>)> {
        self.rows
            .iter()
            .filter(|(k, _)| k.as_bytes().starts_with(prefix.as_bytes()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    }
}

/// Answers to one item that may be on their way to the disk together: more than tablets in a school.
const AT_THE_SAME_MOMENT: usize = 64;

/// How often a tool that answers too late is asked once more.
const PATIENCE: u32 = 3;

/// Answers that were decided before events of other boxes counted, and stored after: more than may be on their way at once.
const ON_THEIR_WAY: u32 = 64;

/// Checks the events of one box, in the order of their numbers. Feed it all, then take the report.
pub struct Verifier<'a> {
    log: &'a Log,
    of: BoxId,
    /// Numbers that are missing because their learners are erased.
    erased: &'a BTreeSet<EventId>,
    /// Up to which number the box's events were let go with closed years.
    dropped: u64,
    /// All boxes of which some were.
    late: Vec<BoxId>,
    /// What of other boxes has come in so far.
    known: Vec<BoxRange>,
    /// The rows as they were before the last events of other boxes came in, and for how many answers they are still good.
    former: Option<(Rows, u32)>,
    /// Whether every answer is there that moved the difficulties of items.
    complete: bool,
    contexts: PathBuf,
    plugins: &'a dyn PluginRunner,
    rows: Rows,
    known_contexts: HashMap<ContextHash, Option<LocalContext>>,
    learners: HashSet<LearnerId>,
    answered: HashMap<(LearnerId, ItemKey), EventId>,
    recent: HashMap<ViewKey, VecDeque<f64>>,
    last: Option<EventId>,
    report: VerifyReport,
}

impl<'a> Verifier<'a> {
    /// A check of one box's part of the log in a data folder, with the tools that lie there. `erased` are the numbers whose
    /// learners are erased.
    pub fn new(
        data: &Path,
        plugins: &'a dyn PluginRunner,
        log: &'a Log,
        of: BoxId,
        erased: &'a BTreeSet<EventId>,
    ) -> Self {
        // What cannot be read is told where the events are.
        let dropped = |of| log.dropped(of).unwrap_or(0);
        let late: Vec<BoxId> = log.boxes().unwrap_or_default().into_iter().filter(|id| dropped(*id) > 0).collect();
        Self {
            log,
            of,
            erased,
            dropped: dropped(of),
            rows: Rows::new(&late, Links::default()),
            late,
            known: Vec::new(),
            former: None,
            complete: true,
            contexts: data.join("contexts"),
            plugins,
            known_contexts: HashMap::new(),
            learners: HashSet::new(),
            answered: HashMap::new(),
            recent: HashMap::new(),
            last: None,
            report: VerifyReport::default(),
        }
    }

    /// Checks the next event.
    pub fn check(&mut self, event: &Event) {
        self.report.events += 1;
        self.check_order(event);
        if let (EventBody::Answered(answered), Some(learner)) = (&event.body, event.learner) {
            self.report.responses += 1;
            self.learners.insert(learner);
            let first = *self.answered.entry((learner, answered.item)).or_insert(event.id);
            if first != event.id && first.box_id == event.id.box_id {
                self.report.differences.push(Difference::Twice { event: event.id, first });
            }
            self.check_score(event.id, answered);
            if self.can_tell() {
                self.check_item(event.id, answered);
            }
        }
        match &event.body {
            EventBody::Imported { ranges } => self.came_in(event.id.seq, ranges),
            EventBody::Linked { .. } | EventBody::Unlinked { .. } => self.fold_anew(event.id.seq, Some(&event.body)),
            _ => {}
        }
        if self.counted(event) {
            self.rows.fold(event);
            if let Some((former, answers)) = &mut self.former {
                former.fold(event);
                *answers -= u32::from(matches!(event.body, EventBody::Answered(_)));
            }
            self.former = self.former.take().filter(|(_, answers)| *answers > 0);
        }
        if let (EventBody::Answered(answered), Some(learner)) = (&event.body, event.learner)
            && self.can_tell()
        {
            self.check_belief(event.id, learner, answered);
        }
    }

    /// Whether it is known what the box knew: behind dropped years, that is so from the next closing on.
    fn can_tell(&self) -> bool {
        !self.rows.late.contains_key(&self.of)
    }

    /// All that was found.
    pub fn finish(mut self) -> VerifyReport {
        self.report.boxes = 1;
        self.report.learners = self.learners.len() as u64;
        self.report
    }

    /// Whether an answer counts: of those to one item on several boxes, the first does.
    fn counted(&self, event: &Event) -> bool {
        let (EventBody::Answered(answered), Some(learner)) = (&event.body, event.learner) else { return true };
        self.counted_id(event.id, learner, answered)
    }

    /// From here on events of other boxes count: everything so far is folded anew, together with them.
    fn came_in(&mut self, seq: u64, ranges: &[BoxRange]) {
        for range in ranges {
            self.known.retain(|known| known.box_id != range.box_id);
            self.known.push(*range);
        }
        self.fold_anew(seq, None);
    }

    /// Folds everything before a number of the box from nothing, as the box did when it wrote what stands there.
    fn fold_anew(&mut self, seq: u64, said: Option<&EventBody>) {
        let mut links = Links::default();
        for event in self.log.folded(self.of, seq, &self.known).flatten() {
            links.follow(&event.body);
        }
        if let Some(said) = said {
            links.follow(said);
        }
        let former = std::mem::replace(&mut self.rows, Rows::new(&self.late, links));
        self.answered.clear();
        for event in self.log.folded(self.of, seq, &self.known).flatten() {
            if let (EventBody::Answered(answered), Some(learner)) = (&event.body, event.learner) {
                self.answered.entry((learner, answered.item)).or_insert(event.id);
            }
            if self.counted(&event) {
                self.rows.fold(&event);
            }
        }
        if self.dropped > 0 {
            // What came in may be older than the rows that were carried, and then its place is not where it is read.
            self.rows.late.insert(self.of, BTreeMap::new());
        }
        self.recent.clear();
        self.former = Some((former, ON_THEIR_WAY));
    }

    fn check_order(&mut self, event: &Event) {
        let expected = self.last.map_or(self.dropped + 1, |last| last.seq + 1);
        let box_id = event.id.box_id;
        if event.id.seq > expected {
            self.complete = false;
            let mut next = expected;
            let jumped = EventId { box_id, seq: expected }..event.id;
            for seq in self.erased.range(jumped).map(|id| id.seq).chain([event.id.seq]) {
                if seq > next {
                    self.report.differences.push(Difference::Gap { from: next, to: seq - 1 });
                }
                next = seq + 1;
            }
        }
        self.last = Some(event.id);
    }

    fn check_score(&mut self, event: EventId, answered: &Answered) {
        let Some(context) = self.context(answered.context) else {
            let reason = format!("its local context {} is not in the data folder", answered.context);
            self.report.differences.push(Difference::CannotScore { event, reason });
            return;
        };
        let ask = Ask {
            skill: answered.skill.clone(),
            difficulty: f32::from(answered.step) / 4.0,
            seed: answered.seed,
            locale: answered.locale.clone(),
            context,
        };
        let mut late = 0;
        let verdict = loop {
            match self.plugins.evaluate(answered.plugin, &ask, &answered.response) {
                Err(RunError::Busy) => std::thread::yield_now(),
                // A server beside us may take the processor away for a while.
                Err(RunError::TimedOut) if late < PATIENCE => late += 1,
                other => break other,
            }
        };
        self.report.rescored += u64::from(verdict.is_ok());
        match (verdict, answered.score) {
            (Ok(verdict), Some(score))
                if verdict.score.to_bits() == score.to_bits() && verdict.misconception == answered.misconception => {}
            // The tool failed then, and the child was told so; that it answers now changes nothing that was acknowledged.
            (Ok(_), None) => {}
            (Ok(verdict), acknowledged) => {
                self.report.differences.push(Difference::Score { event, acknowledged, now: Some(verdict.score) });
            }
            // A tool that failed then may fail again; a response that was scored must be scored again.
            (Err(_), None) => {}
            (Err(reason), Some(_)) => {
                self.report.differences.push(Difference::CannotScore { event, reason: reason.to_string() })
            }
        }
    }

    /// An item's difficulty is read before the answer has its place in the log, and learners who answer the same item
    /// at the same moment read the same one. So it must be one that the fold has given within the last answers to that
    /// item, and not always the very last. Making them wait for one another would cost a write to the disk for each.
    fn check_item(&mut self, event: EventId, answered: &Answered) {
        // It was taken unseen: the fold, and nothing else, says what it means.
        let unseen = !answered.decided();
        let key = item_key(answered.plugin, &answered.skill, answered.step, &answered.format);
        let row = self.rows.get(&key).and_then(|b| ItemRecord::from_bytes(&b).ok());
        let now = row.unwrap_or_else(|| ItemRecord::start(answered.step)).d;
        let recent = self.recent.entry(key).or_default();
        if recent.len() == AT_THE_SAME_MOMENT {
            recent.pop_front();
        }
        recent.push_back(now);
        // Where answers of erased learners are gone, what they did to an item cannot be found again; nor is it known which
        // of the difficulties before and after others' events came in was meant.
        let known = self.complete && self.former.is_none();
        if !unseen && known && !recent.iter().any(|d| d.to_bits() == answered.d.to_bits()) {
            self.compare(event, "item difficulty", answered.d, now);
        }
    }

    fn check_belief(&mut self, event: EventId, learner: LearnerId, answered: &Answered) {
        let former = self.former.as_ref().and_then(|(rows, _)| rows.skill(learner, &answered.skill));
        let as_told = |r: &SkillRecord| answered.mastery.is_some_and(|told| told.to_bits() == r.p.to_bits());
        if former.is_some_and(|record| as_told(&record)) || !self.counted_id(event, learner, answered) {
            return;
        }
        let Some(record) = self.rows.skill(learner, &answered.skill) else {
            self.report.differences.push(Difference::Fold {
                event,
                what: "record",
                acknowledged: "there".into(),
                now: "none".into(),
            });
            return;
        };
        let (Some(mastery), Some(acknowledged)) = (answered.mastery, answered.state) else { return };
        self.compare(event, "mastery", mastery, record.p);
        if let Some(state) = record.status.state()
            && state != acknowledged
        {
            let words = |s| crate::classes::state_name(s).to_owned();
            self.report.differences.push(Difference::Fold {
                event,
                what: "state",
                acknowledged: words(acknowledged),
                now: words(state),
            });
        }
    }

    fn counted_id(&self, event: EventId, learner: LearnerId, answered: &Answered) -> bool {
        self.answered.get(&(learner, answered.item)).is_none_or(|first| *first == event)
    }

    fn compare(&mut self, event: EventId, what: &'static str, acknowledged: f64, now: f64) {
        if acknowledged.to_bits() != now.to_bits() {
            self.report.differences.push(Difference::Fold {
                event,
                what,
                acknowledged: acknowledged.to_string(),
                now: now.to_string(),
            });
        }
    }

    fn context(&mut self, hash: ContextHash) -> Option<LocalContext> {
        let path = self.contexts.join(format!("{hash}.json"));
        let known = self.known_contexts.entry(hash).or_insert_with(|| {
            let context: LocalContext = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
            (context_hash(&context) == hash).then_some(context)
        });
        known.clone()
    }
}
