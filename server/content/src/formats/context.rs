//! `context/<COUNTRY>.toml`: names, money and things of a place, for stories in every language of the pack (C5.4).

use crate::diagnostic::{Diagnostic, Mistake};
use crate::notes::{self, Notes, Table};
use chalkbox_domain::item::{LocalContext, Thing};
use std::collections::BTreeMap;

/// Bytes of a context, at most.
pub const MOST_BYTES: usize = 256 << 10;
/// Characters of a name or a word, at most.
const WORD: usize = 60;
/// How many names, things or coins there may be.
const LIST: std::ops::RangeInclusive<usize> = 3..=100;
/// Coins and notes, at least and at most.
const COINS: std::ops::RangeInclusive<usize> = 3..=40;

/// Things of a place in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Things {
    /// Countable foods.
    pub foods: Vec<Thing>,
    /// Animals.
    pub animals: Vec<Thing>,
    /// Small things to count.
    pub objects: Vec<Thing>,
}

/// A place, in all languages of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceContext {
    /// ISO 3166-1 alpha-2, `XX` for no country.
    pub country: String,
    /// Its name by locale.
    pub title: BTreeMap<String, String>,
    /// ISO 4217, `XXX` for play money.
    pub currency: String,
    /// Its time zone, such as `Africa/Accra`: what a new school there is offered first. None: it has several, or none.
    pub zone: Option<String>,
    /// Coins and notes in the smallest unit, rising.
    pub coins: Vec<u32>,
    /// First names.
    pub names: Vec<String>,
    /// Things by locale.
    pub things: BTreeMap<String, Things>,
}

impl PlaceContext {
    /// The context as tools get it, in that language or in the language without its region; none if the place has no
    /// words in it.
    pub fn local(&self, locale: &str) -> Option<LocalContext> {
        let plain = locale.split('-').next().unwrap_or(locale);
        let things = self.things.get(locale).or_else(|| self.things.get(plain))?;
        Some(LocalContext {
            names: self.names.clone(),
            foods: things.foods.clone(),
            animals: things.animals.clone(),
            objects: things.objects.clone(),
            currency: self.currency.clone(),
            coins: self.coins.clone(),
        })
    }
}

/// Reads a place; none if anything is wrong with it. `locales`: the pack's, all of which it needs.
pub fn read_context(file: &str, bytes: &[u8], locales: &[String]) -> (Option<PlaceContext>, Vec<Diagnostic>) {
    let text = match notes::text(file, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(wrong) => return (None, vec![*wrong]),
    };
    let mut notes = Notes::new(file, text, 0);
    let Some(table) = notes::parse(&mut notes, text) else { return (None, notes.found) };
    let mut top = Table::new(table.get_ref(), 0);
    let mut place = PlaceContext::default();
    let capitals = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_uppercase());
    if let Some(country) = top.text(&mut notes, "country", 2) {
        let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
        if !capitals(&country.value, 2) {
            let expected = "a country of two capitals such as “GH”";
            notes.error(country.at, Mistake::NotA { text: country.value.clone(), expected });
        } else if country.value != name {
            notes.error(country.at, Mistake::NameDiffers { says: country.value.clone(), name: name.to_owned() });
        }
        place.country = country.value;
    }
    if let Some(currency) = top.text(&mut notes, "currency", 3) {
        if !capitals(&currency.value, 3) {
            let expected = "a currency of three capitals such as “GHS”";
            notes.error(currency.at, Mistake::NotA { text: currency.value.clone(), expected });
        }
        place.currency = currency.value;
    }
    if let Some(zone) = top.take("zone").and_then(|value| notes::text_of(&mut notes, "zone", value, WORD)) {
        if !is_zone(&zone.value) {
            let expected = "a time zone such as “Africa/Accra”";
            notes.error(zone.at, Mistake::NotA { text: zone.value.clone(), expected });
        }
        place.zone = Some(zone.value);
    }
    if let Some(mut titles) = top.table(&mut notes, "title") {
        place.title = localized(&mut notes, &mut titles, "title", locales);
    }
    place.coins = coins(&mut notes, &mut top);
    let names = top.texts(&mut notes, "names", WORD);
    count(&mut notes, top.at, "names", names.len(), LIST);
    for (at, name) in names.iter().enumerate() {
        if names[..at].iter().any(|n| n.value == name.value) {
            notes.error(name.at, Mistake::Doubled { key: "names".to_owned(), value: name.value.clone() });
        }
    }
    place.names = names.into_iter().map(|n| n.value).collect();
    for (locale, value) in top.rest() {
        if !locales.iter().any(|l| l == locale.value) {
            let known = ["country", "title", "currency", "zone", "coins", "names"];
            let what = if notes::is_locale(locale.value) && value.get_ref().is_table() {
                Mistake::UnknownLocale { locale: locale.value.to_owned() }
            } else {
                let nearest = chalkbox_domain::near::nearest(locale.value, known.into_iter());
                let nearest = known.into_iter().find(|k| nearest.as_deref() == Some(*k));
                Mistake::UnknownKey { key: locale.value.chars().take(40).collect(), nearest }
            };
            notes.error(locale.at, what);
        } else if let Some(mut table) = Table::of(&mut notes, locale.value, value) {
            let foods = things(&mut notes, &mut table, "foods");
            let animals = things(&mut notes, &mut table, "animals");
            let objects = things(&mut notes, &mut table, "objects");
            table.done(&mut notes);
            place.things.insert(locale.value.to_owned(), Things { foods, animals, objects });
        }
    }
    for locale in locales.iter().filter(|l| !place.things.contains_key(*l)) {
        notes.error(0, Mistake::MissingLocale { key: "foods, animals, objects".to_owned(), locale: locale.clone() });
    }
    (Some(place).filter(|_| !notes.has_error()), notes.found)
}

/// Whether a text has the shape of a zone's name. Whether there is such a zone only the school's clock knows.
fn is_zone(text: &str) -> bool {
    let part =
        |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'));
    (2..=3).contains(&text.split('/').count()) && text.split('/').all(part)
}

/// Texts by locale, one for each locale of the pack.
pub(crate) fn localized(
    notes: &mut Notes,
    table: &mut Table,
    key: &str,
    locales: &[String],
) -> BTreeMap<String, String> {
    let at = table.at;
    let mut texts = BTreeMap::new();
    for (locale, value) in table.rest() {
        if !locales.iter().any(|l| l == locale.value) {
            notes.error(locale.at, Mistake::UnknownLocale { locale: locale.value.chars().take(40).collect() });
        } else if let Some(text) = notes::text_of(notes, key, value, 500) {
            texts.insert(locale.value.to_owned(), text.value);
        } else {
            texts.insert(locale.value.to_owned(), String::new());
        }
    }
    for locale in locales.iter().filter(|l| !texts.contains_key(*l)) {
        notes.error(at, Mistake::MissingLocale { key: key.to_owned(), locale: locale.clone() });
    }
    texts
}

fn coins(notes: &mut Notes, top: &mut Table) -> Vec<u32> {
    let mut coins: Vec<u32> = Vec::new();
    for value in top.list(notes, "coins") {
        let Some(coin) = notes::whole_of(notes, "coins", value, 1..=i64::from(u32::MAX)) else { continue };
        if coins.last().is_some_and(|last| i64::from(*last) >= coin) {
            notes.error(value.span().start, Mistake::NotRising { key: "coins".to_owned(), value: coin });
        }
        coins.push(coin as u32);
    }
    count(notes, top.at, "coins", coins.len(), COINS);
    coins
}

fn count(notes: &mut Notes, at: usize, key: &str, count: usize, range: std::ops::RangeInclusive<usize>) {
    if !range.contains(&count) {
        let (least, most) = (*range.start(), *range.end());
        notes.error(at, Mistake::Count { key: key.to_owned(), count, least, most });
    }
}

fn things(notes: &mut Notes, table: &mut Table, key: &'static str) -> Vec<Thing> {
    let mut things: Vec<Thing> = Vec::new();
    for value in table.list(notes, key) {
        let Some(mut thing) = Table::of(notes, key, value) else { continue };
        let mut form = |key| thing.text(notes, key, WORD).map(|t| t.value);
        let forms = (form("one"), form("many"), form("indefinite"), form("definite"), form("some"));
        thing.done(notes);
        if let (Some(one), Some(many), Some(indefinite), Some(definite), Some(some)) = forms {
            if things.iter().any(|t| t.one == one) {
                notes.error(value.span().start, Mistake::Doubled { key: key.to_owned(), value: one.clone() });
            }
            things.push(Thing { one, many, indefinite, definite, some });
        }
    }
    count(notes, table.at, key, things.len(), LIST);
    things
}
