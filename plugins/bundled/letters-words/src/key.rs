//! The order of dictionaries; `build.rs` shares this file. Never here: anything that needs the tables.

/// A word as dictionaries order it: small letters without marks, œ as oe.
pub fn dictionary_key(word: &str) -> String {
    let mut key = String::new();
    for c in word.to_lowercase().chars() {
        match c {
            'é' | 'è' | 'ê' | 'ë' => key.push('e'),
            'à' | 'â' => key.push('a'),
            'î' | 'ï' => key.push('i'),
            'ô' => key.push('o'),
            'û' | 'ù' => key.push('u'),
            'ç' => key.push('c'),
            'œ' => key.push_str("oe"),
            plain => key.push(plain),
        }
    }
    key
}
