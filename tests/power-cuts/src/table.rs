//! Tables in Markdown.

/// Prints a table: a heading for each column, then the rows.
pub fn print<const N: usize>(headings: [&str; N], rows: &[[String; N]]) {
    println!("| {} |", headings.join(" | "));
    println!("|---|{}", "--:|".repeat(N - 1));
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
}

/// A count with commas between thousands.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
