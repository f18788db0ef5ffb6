//! Turns the language data of the foundations pack into static tables, so that the component holds no TOML parser. Never
//! here: a rule about words; this only copies fields.

use std::{env, error::Error, fmt::Write as _, fs, path::PathBuf};

use toml::{Table, Value};

#[path = "src/clues/en.rs"]
mod clues_en;
#[path = "src/clues/fr.rs"]
mod clues_fr;
#[path = "src/key.rs"]
mod key;

type Clues = [(&'static str, &'static str)];

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let language = home.join("../../../content/packs/foundations/language");
    let mut tables = String::new();
    for (code, name, clues) in [("en", "EN", clues_en::CLUES), ("fr", "FR", clues_fr::CLUES)] {
        let file = language.join(format!("{code}.toml"));
        println!("cargo:rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        tables += &data(&text.parse::<Table>()?, name, clues)?;
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("tables.rs"), tables)?;
    Ok(())
}

/// One language as a static `Data`.
fn data(language: &Table, name: &str, clues: &Clues) -> Outcome<String> {
    let mut out = format!("/// The words of one language.\npub static {name}: Data = Data {{\n");
    let mut field = |field: &str, table: &str, row: &dyn Fn(&Table) -> Outcome<String>| -> Outcome<()> {
        writeln!(out, "{field}: &[")?;
        for entry in list(language, table)? {
            writeln!(out, "{},", row(entry)?)?;
        }
        writeln!(out, "],")?;
        Ok(())
    };
    field("letters", "letters", &|row| {
        Ok(format!(
            "Letter {{ small: {:?}, capital: {:?}, looks: &{:?}, shape: {:?} }}",
            text(row, "letter")?,
            text(row, "capital")?,
            texts(row, "looks"),
            text(row, "shape")?
        ))
    })?;
    field("sounds", "sounds", &|row| {
        Ok(format!(
            "Sound {{ id: {:?}, g: {:?}, ipa: {:?}, kind: {:?}, near: &{:?} }}",
            text(row, "id")?,
            text(row, "g")?,
            text(row, "ipa")?,
            text(row, "kind")?,
            texts(row, "near")
        ))
    })?;
    field("words", "words", &|row| {
        let word = text(row, "w")?;
        Ok(format!(
            "Word {{ w: {word:?}, key: {:?}, s: &{:?}, syl: &{:?}, pattern: {:?}, set: {}, theme: {:?}, clue: {:?} }}",
            key::dictionary_key(word),
            texts(row, "s"),
            texts(row, "syl"),
            text(row, "pattern")?,
            number(row, "set"),
            text(row, "theme")?,
            clues.iter().find(|(clued, _)| *clued == word).map(|(_, clue)| clue),
        ))
    })?;
    field("irregular", "irregular", &|row| Ok(format!("{:?}", text(row, "w")?)))?;
    field("affixes", "affixes", &|row| {
        let examples = row.get("examples").and_then(Value::as_array).ok_or("an affix without examples")?;
        let examples: Vec<Vec<&str>> = examples.iter().map(|one| strings(Some(one))).collect();
        Ok(format!(
            "Affix {{ affix: {:?}, kind: {:?}, means: {:?}, level: {}, examples: &{examples:?} }}",
            text(row, "affix")?,
            text(row, "type")?,
            text(row, "means")?,
            number(row, "level")
        ))
    })?;
    for pairs in ["synonyms", "antonyms"] {
        field(pairs, pairs, &|row| {
            let pair = texts(row, "pair");
            let [first, second] = pair.as_slice() else { return Err("a pair needs two words".into()) };
            Ok(format!("({}, {first:?}, {second:?})", number(row, "level")))
        })?;
    }
    field("meanings", "meanings", &|row| {
        let senses = row.get("senses").and_then(Value::as_array).ok_or("a word without senses")?;
        let senses: Vec<Vec<&str>> = senses.iter().map(|one| strings(Some(one))).collect();
        let [first, second] = senses.as_slice() else { return Err("a word needs two senses".into()) };
        Ok(format!(
            "Meaning {{ word: {:?}, level: {}, senses: [{first:?}, {second:?}] }}",
            text(row, "word")?,
            number(row, "level")
        ))
    })?;
    field("context", "context_words", &|row| {
        Ok(format!(
            "Unknown {{ word: {:?}, kind: {:?}, text: {:?}, clue: {:?}, means: {:?}, not: &{:?} }}",
            text(row, "word")?,
            text(row, "type")?,
            text(row, "text")?,
            text(row, "clue")?,
            text(row, "a")?,
            texts(row, "not")
        ))
    })?;
    field("school", "school_words", &|row| {
        Ok(format!("({:?}, {:?}, {:?})", text(row, "word")?, text(row, "subject")?, text(row, "means")?))
    })?;
    out += "};\n";
    Ok(out)
}

fn list<'a>(language: &'a Table, table: &str) -> Outcome<Vec<&'a Table>> {
    let rows = language.get(table).and_then(|table| table.get("list")).and_then(Value::as_array);
    let rows = rows.ok_or_else(|| format!("no [{table}] with a list"))?;
    Ok(rows.iter().filter_map(Value::as_table).collect())
}

fn text<'a>(row: &'a Table, key: &str) -> Outcome<&'a str> {
    row.get(key).and_then(Value::as_str).ok_or_else(|| format!("{key} is missing in {row}").into())
}

fn texts<'a>(row: &'a Table, key: &str) -> Vec<&'a str> {
    strings(row.get(key))
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

fn number(row: &Table, key: &str) -> i64 {
    row.get(key).and_then(Value::as_integer).unwrap_or_default()
}
