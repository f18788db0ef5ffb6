//! Blocks of a tool or lesson (text, sums, figures, tables, pictures, sounds) as HTML, and as words for the voice.
//! The only place that turns what a tool says into HTML: everything is escaped here.

use super::{Markup, Words};
use crate::drawing::figures::{self, Setting};
use crate::drawing::markup::escape;
use chalkbox_domain::item::Block;
use std::fmt::Write as _;

/// What is asked: the first line of text stands on top, everything else on paper below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The question; never empty if the item says or shows anything in words.
    pub heading: Markup,
    /// The rest.
    pub body: Markup,
    /// All of it, to hear.
    pub speak: String,
}

/// Splits an item's body into its question and the rest. An item that has no text takes its first sum as the question;
/// one without either is headed "Look".
pub fn asked(blocks: &[Block], setting: &Setting<'_>) -> Asked {
    let text = blocks.iter().position(|b| matches!(b, Block::Text { .. }));
    let head = text.or_else(|| blocks.iter().position(|b| matches!(b, Block::Math { .. })));
    let mut rest: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut heading = Markup(escape(&setting.t.msg("ask-look")));
    for (k, block) in blocks.iter().enumerate() {
        match block {
            Block::Text { text } if Some(k) == head => {
                let (first, more) = text.split_once('\n').unwrap_or((text, ""));
                heading = Markup(escape(first));
                if !more.trim().is_empty() {
                    rest.push(Block::Text { text: more.to_owned() });
                }
            }
            Block::Math { text } if Some(k) == head => heading = math(text, setting.t),
            other => rest.push(other.clone()),
        }
    }
    Asked { heading, body: render(&rest, setting), speak: speech(blocks, setting.t) }
}

/// Blocks one below the other. Spoken-only blocks are left out; `speech` has them.
pub fn render(blocks: &[Block], setting: &Setting<'_>) -> Markup {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Text { text } => {
                for line in text.lines().filter(|l| !l.trim().is_empty()) {
                    // A letter, a word or a number alone is what the child looks at: large.
                    let short = line.trim().chars().count() <= 12 && !line.trim().ends_with(['.', '?', '!']);
                    let class = if short { " class=\"bigw\"" } else { "" };
                    let _ = write!(out, "<p{class}>{}</p>", escape(line));
                }
            }
            Block::Speech { .. } => {}
            Block::Math { text } => {
                let _ = write!(out, "<p class=\"sum\">{}</p>", math(text, setting.t));
            }
            Block::Image(media) => {
                let (path, alt) = (escape(&media.path), escape(&media.alt));
                let _ = write!(out, "<img class=\"pict\" src=\"{path}\" alt=\"{alt}\">");
            }
            Block::Audio(media) => {
                let (path, alt) = (escape(&media.path), escape(&media.alt));
                let _ = write!(out, "<audio controls preload=\"none\" src=\"{path}\" aria-label=\"{alt}\"></audio>");
            }
            Block::Figure { figure } => {
                let _ = write!(out, "<div class=\"fig\">{}</div>", figures::figure(figure, setting));
            }
            Block::Table { rows } => table(&mut out, rows),
        }
    }
    Markup(out)
}

fn table(out: &mut String, rows: &[Vec<String>]) {
    out.push_str("<table class=\"tab\">");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", escape(cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
}

/// What the voice says of these blocks: text, spoken text, sums in words. Figures have their own label.
pub fn speech(blocks: &[Block], t: &Words) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Text { text } | Block::Speech { text } => parts.push(text.replace('\n', " ").trim().to_owned()),
            Block::Math { text } => parts.push(spoken_math(text, t)),
            Block::Image(media) => parts.push(media.alt.trim().to_owned()),
            Block::Audio(_) | Block::Figure { .. } | Block::Table { .. } => {}
        }
    }
    parts.retain(|p| !p.is_empty());
    parts.dedup();
    parts.join(" ")
}

/// One line of plain words, for a list entry or a label.
pub fn plain(blocks: &[Block], setting: &Setting<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Text { text } | Block::Math { text } => parts.push(text.replace('\n', " ")),
            Block::Figure { figure } => parts.push(figures::label(figure, setting)),
            Block::Image(media) | Block::Audio(media) => parts.push(media.alt.clone()),
            Block::Table { rows } => parts.push(rows.iter().map(|r| r.join(" ")).collect::<Vec<_>>().join("; ")),
            Block::Speech { .. } => {}
        }
    }
    parts.join(" ")
}

/// A sum: never broken, always left to right, fractions stacked, powers raised, blanks as an empty box.
pub fn math(text: &str, t: &Words) -> Markup {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::from("<span class=\"n\">");
    let mut at = 0;
    while at < letters.len() {
        let run = operand(&letters, at);
        if run > at {
            let under = if letters.get(run) == Some(&'/') { operand(&letters, run + 1) } else { run };
            if under > run + 1 {
                out.push_str("<span class=\"over\"><span>");
                operand_html(&mut out, &letters[at..run], t);
                out.push_str("</span><i class=\"vh\">/</i><span>");
                operand_html(&mut out, &letters[run + 1..under], t);
                out.push_str("</span></span>");
                at = under;
            } else {
                operand_html(&mut out, &letters[at..run], t);
                at = run;
            }
        } else if letters[at] == '^' && operand(&letters, at + 1) > at + 1 {
            let end = operand(&letters, at + 1);
            out.push_str("<sup>");
            operand_html(&mut out, &letters[at + 1..end], t);
            out.push_str("</sup>");
            at = end;
        } else {
            out.push_str(&escape(&letters[at].to_string()));
            at += 1;
        }
    }
    out.push_str("</span>");
    Markup(out)
}

/// Where the run of digits, letters and blanks that begins at `from` ends.
fn operand(letters: &[char], from: usize) -> usize {
    let run = letters.get(from..).unwrap_or_default().iter();
    from + run.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '?')).count()
}

fn operand_html(out: &mut String, letters: &[char], t: &Words) {
    for letter in letters {
        if *letter == '_' {
            let _ =
                write!(out, "<span class=\"gap\" role=\"img\" aria-label=\"{}\"></span>", escape(&t.msg("math-blank")));
        } else {
            out.push_str(&escape(&letter.to_string()));
        }
    }
}

/// A sum in words, for voices that swallow signs.
pub fn spoken_math(text: &str, t: &Words) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        let word = match letter {
            '+' => t.msg("math-plus"),
            '−' | '-' => t.msg("math-minus"),
            '×' => t.msg("math-times"),
            '÷' => t.msg("math-divided"),
            '=' => t.msg("math-equals"),
            '<' => t.msg("math-less"),
            '>' => t.msg("math-greater"),
            '/' => t.msg("math-over"),
            '^' => t.msg("math-power"),
            '_' | '?' => t.msg("math-blank"),
            other => {
                out.push(other);
                continue;
            }
        };
        let _ = write!(out, " {word} ");
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::figures::Spoken;
    use crate::translator::Translator;

    fn words() -> Words {
        Translator::new().expect("embedded words parse").words("en")
    }

    #[test]
    fn sums_are_laid_out_and_spoken() {
        let t = words();
        assert_eq!(math("8 + 5 = ?", &t).0, "<span class=\"n\">8 + 5 = ?</span>");
        assert!(
            math("3/4", &t).0.contains("<span class=\"over\"><span>3</span><i class=\"vh\">/</i><span>4</span></span>")
        );
        assert!(math("10^2", &t).0.contains("10<sup>2</sup>"));
        assert!(math("_ < 3", &t).0.contains("class=\"gap\"") && math("_ < 3", &t).0.contains("&lt;"));
        assert_eq!(math("/^/", &t).0, "<span class=\"n\">/^/</span>");
        assert_eq!(spoken_math("8 − _ = 3", &t), "8 minus blank equals 3");
    }

    #[test]
    fn the_first_text_is_the_question() {
        let t = words();
        let setting = Setting { t: &t, spoken: Spoken::Plain, seed: 1, minor_digits: 2 };
        let blocks = [
            Block::Math { text: "8 + 5".into() },
            Block::Text { text: "How <many>?\nCount on.".into() },
            Block::Speech { text: "Listen.".into() },
        ];
        let asked = asked(&blocks, &setting);
        assert_eq!(asked.heading.0, "How &lt;many&gt;?");
        assert!(asked.body.0.contains("<p>Count on.</p>") && asked.body.0.contains("class=\"sum\""));
        assert_eq!(asked.speak, "8 plus 5 How <many>? Count on. Listen.");
        assert_eq!(super::asked(&[], &setting).heading.0, "Look");
    }
}
