//! In which formats a tool gives a skill: found by asking it for a few items, once, and kept in memory.

use crate::Chalkbox;
use crate::ports::RunError;
use chalkbox_domain::ids::{PackHash, SkillId};
use chalkbox_domain::item::Ask;
use chalkbox_domain::model::format::FormatFacts;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Items that a tool is asked for at a step of difficulty, to see its formats.
const LOOKS: u32 = 8;
/// After a failure the tool is asked again when so much time has gone by.
const AGAIN_AFTER_MS: u64 = 60_000;

/// What is known of the tools' formats. Each place has a lock of its own: who comes while a tool is being asked waits
/// for that answer and does not ask it too.
#[derive(Default)]
pub(crate) struct FormsByStep(BTreeMap<(PackHash, SkillId, u8), Arc<Mutex<Known>>>);

impl FormsByStep {
    /// Forgets everything: for another set of tools.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[derive(Default)]
enum Known {
    /// Nobody asked yet, or a tool had no place free.
    #[default]
    Nothing,
    /// Every look gave an item.
    Whole(Arc<Vec<FormatFacts>>),
    /// Some looks failed: what the others gave, until it is tried again.
    Part { found: Arc<Vec<FormatFacts>>, again_ms: u64 },
}

/// The formats that a tool gives.
#[derive(Debug, Clone)]
pub(crate) struct Forms {
    /// Each once, the first one seen first.
    pub list: Arc<Vec<FormatFacts>>,
    /// Whether a tool that could have given another one failed.
    pub in_doubt: bool,
}

impl Chalkbox {
    /// The formats that a tool gives for a skill at a step.
    ///
    /// # Errors
    /// [`RunError::Busy`] when the tool has no place free: nothing was found out and nothing is kept.
    pub(crate) fn forms_of(&self, plugin: PackHash, skill: &SkillId, step: u8) -> Result<Forms, RunError> {
        let place = {
            let mut all = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.0.entry((plugin, skill.clone(), step)).or_default())
        };
        let mut known = place.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock().mono_ms();
        match &*known {
            Known::Whole(list) => return Ok(Forms { list: Arc::clone(list), in_doubt: false }),
            Known::Part { found, again_ms } if now < *again_ms => {
                return Ok(Forms { list: Arc::clone(found), in_doubt: true });
            }
            Known::Part { .. } | Known::Nothing => {}
        }
        let (list, failed) = self.look_at(plugin, skill, step)?;
        let list = Arc::new(list);
        let in_doubt = match failed {
            None => {
                *known = Known::Whole(Arc::clone(&list));
                false
            }
            // A tool that is off or does not know the skill gives no other format either.
            Some(RunError::Quarantined | RunError::Unknown(_) | RunError::UnknownSkill) => false,
            Some(failure) => {
                tracing::warn!(%plugin, %skill, step, error = %failure, "a tool does not show its formats");
                *known = Known::Part { found: Arc::clone(&list), again_ms: now + AGAIN_AFTER_MS };
                true
            }
        };
        Ok(Forms { list, in_doubt })
    }

    /// Asks a tool for some items; the formats, and the last failure.
    fn look_at(
        &self,
        plugin: PackHash,
        skill: &SkillId,
        step: u8,
    ) -> Result<(Vec<FormatFacts>, Option<RunError>), RunError> {
        let library = self.library();
        let Some(no) = library.map().find(skill) else { return Ok((Vec::new(), None)) };
        let locale = library.item_locale(plugin, self.locales.first().map_or("en", String::as_str));
        let mut ask = Ask {
            skill: skill.clone(),
            difficulty: f32::from(step) / 4.0,
            seed: 0,
            context: library.context(&locale).0.clone(),
            locale,
        };
        let mut forms: Vec<FormatFacts> = Vec::new();
        let mut failed = None;
        for look in 0..LOOKS {
            ask.seed = look.wrapping_mul(0x9e37_79b9);
            match self.plugins.generate(plugin, &ask) {
                Ok(item) => {
                    let facts = FormatFacts::of(library.map(), no, &item);
                    if !forms.iter().any(|f| f.format == facts.format) {
                        forms.push(facts);
                    }
                }
                Err(RunError::Busy) => return Err(RunError::Busy),
                Err(failure) => failed = Some(failure),
            }
        }
        Ok((forms, failed))
    }

    /// Whether some tool gives this skill in a format that cannot be guessed: only then may mastery ask for one. While a
    /// tool fails it is taken to: no failure makes mastery cheaper.
    ///
    /// # Errors
    /// [`RunError::Busy`].
    pub(crate) fn gives_unguessable(&self, skill: &SkillId) -> Result<bool, RunError> {
        let mut in_doubt = false;
        for plugin in self.library().tools_of(skill) {
            for step in 0..=4 {
                let forms = self.forms_of(plugin, skill, step)?;
                if forms.list.iter().any(|f| !f.chances.guess_fixed) {
                    return Ok(true);
                }
                in_doubt |= forms.in_doubt;
            }
        }
        Ok(in_doubt)
    }
}
