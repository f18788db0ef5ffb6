//! Words in the two languages that the bundled tools speak: numbers, places in a row, small grammar. Never here: sentences of a tool.

use crate::Thing;

/// A language that the SDK has words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English, also for every language not known here.
    En,
    /// French.
    Fr,
}

impl Lang {
    /// The language of a BCP 47 tag: its first part decides.
    pub fn of(locale: &str) -> Self {
        match locale.split(['-', '_']).next() {
            Some(first) if first.eq_ignore_ascii_case("fr") => Self::Fr,
            _ => Self::En,
        }
    }

    /// Takes the text of this language.
    pub fn pick<T>(self, en: T, fr: T) -> T {
        match self {
            Self::En => en,
            Self::Fr => fr,
        }
    }
}

/// "1 mango", "3 mangoes"; in French 0 and 1 take the singular.
pub fn counted(lang: Lang, n: i64, thing: &Thing) -> String {
    let single = match lang {
        Lang::En => n == 1,
        Lang::Fr => n.abs() < 2,
    };
    format!("{n} {}", if single { &thing.one } else { &thing.many })
}

/// French "de" before a word: "de mangues", "d'oranges", "de haricots".
pub fn de(word: &str) -> String {
    const ASPIRATED: [&str; 13] = [
        "haricot",
        "hibou",
        "héron",
        "hache",
        "hamac",
        "hérisson",
        "hanche",
        "hangar",
        "homard",
        "houe",
        "hutte",
        "hyène",
        "onze",
    ];
    let lower = word.to_lowercase();
    let vowel =
        lower.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h', 'â', 'à', 'é', 'è', 'ê', 'ë', 'î', 'ï', 'ô', 'œ', 'û']);
    let glide = ["ya", "ye", "yo", "yu"].iter().any(|start| lower.starts_with(start));
    if vowel && !glide && !ASPIRATED.iter().any(|start| lower.starts_with(start)) {
        format!("d'{word}")
    } else {
        format!("de {word}")
    }
}

/// Makes the space before French double marks unbreakable, so that no line begins with one.
#[inline(never)]
pub fn french_spaces(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + 4);
    let mut rest = written.chars().peekable();
    while let Some(c) = rest.next() {
        let before_mark = matches!(rest.peek(), Some('?' | '!' | ':' | ';' | '»'));
        out.push(if c == ' ' && (before_mark || out.ends_with('«')) { '\u{a0}' } else { c });
    }
    out
}

/// A line of mathematics for the voice: signs become words, a blank becomes "what", brackets fall away.
pub fn spoken_math(lang: Lang, line: &str) -> String {
    let say = |token: &str| match token {
        "+" => "plus".to_owned(),
        "−" => lang.pick("minus", "moins").to_owned(),
        "×" => lang.pick("times", "fois").to_owned(),
        "÷" => lang.pick("divided by", "divisé par").to_owned(),
        "=" => lang.pick("equals", "égale").to_owned(),
        "_" => lang.pick("what", "combien").to_owned(),
        other => other.replace(['(', ')'], ""),
    };
    line.split_whitespace().map(say).collect::<Vec<_>>().join(" ")
}

/// A number in words, 0 to 999 999; further numbers and negatives come back in digits.
pub fn number_words(lang: Lang, n: i64) -> String {
    if !(0..1_000_000).contains(&n) {
        return n.to_string();
    }
    match lang {
        Lang::En => english(n),
        Lang::Fr => french(n, true),
    }
}

const EN_SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn english(n: i64) -> String {
    let below_hundred = |n: i64| match (n / 10, n % 10) {
        _ if n < 20 => EN_SMALL[n as usize].to_owned(),
        (tens, 0) => EN_TENS[tens as usize].to_owned(),
        (tens, ones) => format!("{}-{}", EN_TENS[tens as usize], EN_SMALL[ones as usize]),
    };
    if n < 100 {
        return below_hundred(n);
    }
    if n < 1000 {
        let hundreds = format!("{} hundred", EN_SMALL[(n / 100) as usize]);
        return if n % 100 == 0 { hundreds } else { format!("{hundreds} and {}", below_hundred(n % 100)) };
    }
    let thousands = format!("{} thousand", english(n / 1000));
    match n % 1000 {
        0 => thousands,
        rest if rest < 100 => format!("{thousands} and {}", english(rest)),
        rest => format!("{thousands} {}", english(rest)),
    }
}

const FR_SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
];
const FR_TENS: [&str; 7] = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante"];

/// `last`: nothing follows, so that "cents" and "quatre-vingts" keep their s.
fn french(n: i64, last: bool) -> String {
    match n {
        0..=16 => FR_SMALL[n as usize].to_owned(),
        17..=19 => format!("dix-{}", FR_SMALL[(n - 10) as usize]),
        20..=69 => match (FR_TENS[(n / 10) as usize], n % 10) {
            (tens, 0) => tens.to_owned(),
            (tens, 1) => format!("{tens} et un"),
            (tens, ones) => format!("{tens}-{}", FR_SMALL[ones as usize]),
        },
        71 => "soixante et onze".to_owned(),
        70..=79 => format!("soixante-{}", french(n - 60, last)),
        80 if last => "quatre-vingts".to_owned(),
        80 => "quatre-vingt".to_owned(),
        81..=99 => format!("quatre-vingt-{}", french(n - 80, last)),
        100..=999 => {
            let (hundreds, rest) = (n / 100, n % 100);
            let head = if hundreds == 1 { "cent".to_owned() } else { format!("{} cent", FR_SMALL[hundreds as usize]) };
            match rest {
                0 if hundreds > 1 && last => format!("{head}s"),
                0 => head,
                _ => format!("{head} {}", french(rest, last)),
            }
        }
        _ => {
            let (thousands, rest) = (n / 1000, n % 1000);
            let head = if thousands == 1 { "mille".to_owned() } else { format!("{} mille", french(thousands, false)) };
            if rest == 0 { head } else { format!("{head} {}", french(rest, last)) }
        }
    }
}

/// "first" to "tenth"; in French the masculine "premier", or the feminine "première". Further places come as "11th", "11e".
pub fn ordinal(lang: Lang, place: u32, feminine: bool) -> String {
    const EN: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    const FR: [&str; 10] = [
        "premier",
        "deuxième",
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "septième",
        "huitième",
        "neuvième",
        "dixième",
    ];
    let index = (place as usize).wrapping_sub(1);
    match lang {
        Lang::En => EN.get(index).map_or_else(|| format!("{place}th"), |word| (*word).to_owned()),
        Lang::Fr if place == 1 && feminine => "première".to_owned(),
        Lang::Fr => FR.get(index).map_or_else(|| format!("{place}e"), |word| (*word).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_follow_each_language() {
        let check = |n, en: &str, fr: &str| {
            assert_eq!(number_words(Lang::En, n), en);
            assert_eq!(number_words(Lang::Fr, n), fr);
        };
        check(0, "zero", "zéro");
        check(17, "seventeen", "dix-sept");
        check(21, "twenty-one", "vingt et un");
        check(71, "seventy-one", "soixante et onze");
        check(77, "seventy-seven", "soixante-dix-sept");
        check(80, "eighty", "quatre-vingts");
        check(81, "eighty-one", "quatre-vingt-un");
        check(91, "ninety-one", "quatre-vingt-onze");
        check(99, "ninety-nine", "quatre-vingt-dix-neuf");
        check(100, "one hundred", "cent");
        check(200, "two hundred", "deux cents");
        check(305, "three hundred and five", "trois cent cinq");
        check(480, "four hundred and eighty", "quatre cent quatre-vingts");
        check(1000, "one thousand", "mille");
        check(4050, "four thousand and fifty", "quatre mille cinquante");
        check(4305, "four thousand three hundred and five", "quatre mille trois cent cinq");
        check(80_200, "eighty thousand two hundred", "quatre-vingt mille deux cents");
    }

    #[test]
    fn signs_are_spoken_as_words() {
        assert_eq!(spoken_math(Lang::En, "13 − _ = (8 × 1)"), "13 minus what equals 8 times 1");
        assert_eq!(spoken_math(Lang::Fr, "12 ÷ 3 = _ + 1"), "12 divisé par 3 égale combien plus 1");
    }

    #[test]
    fn french_de_elides_before_vowels_only() {
        assert_eq!(de("oranges"), "d'oranges");
        assert_eq!(de("étoiles"), "d'étoiles");
        assert_eq!(de("herbes"), "d'herbes");
        assert_eq!(de("haricots"), "de haricots");
        assert_eq!(de("mangues"), "de mangues");
        assert_eq!(de("yaourts"), "de yaourts");
    }
}
