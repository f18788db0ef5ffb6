//! The nine pictures of the picture code. Their numbers are fixed for ever: a stored code means these things. They
//! differ in shape and in colour.

use super::markup::Markup;

/// Keys of the pictures' names in the locales; picture 1 comes first.
pub const NAME_KEYS: [&str; 9] =
    ["code-sun", "code-fish", "code-key", "code-cup", "code-leaf", "code-boat", "code-bird", "code-drum", "code-house"];

const PICTURES: [&str; 9] = [
    // 1 sun
    "<g stroke=\"#8a5a00\" stroke-width=\"4\" stroke-linecap=\"round\"><path d=\"M32 5v7M32 52v7M5 32h7M52 32h7M13 13l5 5M46 46l5 5M51 13l-5 5M18 46l-5 5\"/></g><circle cx=\"32\" cy=\"32\" r=\"15\" fill=\"#f6bd3f\" stroke=\"#8a5a00\" stroke-width=\"2.5\"/>",
    // 2 fish
    "<path d=\"M4 32c10-17 31-18 42-3l13-10c-2 9-2 17 0 26L46 35C35 50 14 49 4 32z\" fill=\"#2f7fa8\"/><path d=\"M27 21c5 7 5 15 0 22\" fill=\"none\" stroke=\"#fff\" stroke-width=\"3\"/><circle cx=\"16\" cy=\"29\" r=\"3\" fill=\"#fff\"/>",
    // 3 key
    "<g fill=\"none\" stroke=\"#7a4a2e\" stroke-width=\"7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"><circle cx=\"19\" cy=\"32\" r=\"12\"/><path d=\"M32 32h26v10M46 32v9\"/></g>",
    // 4 cup
    "<path d=\"M10 16h36l-4 36c-9 4-19 4-28 0z\" fill=\"#c2452f\"/><path d=\"M46 22c14-3 14 18-2 17\" fill=\"none\" stroke=\"#c2452f\" stroke-width=\"5\"/><path d=\"M12 26h33\" stroke=\"#fbe3a4\" stroke-width=\"4\"/>",
    // 5 leaf
    "<path d=\"M32 4c22 14 24 38 0 54C8 42 10 18 32 4z\" fill=\"#2c7140\"/><path d=\"M32 12v50M32 28l10-7M32 28l-10-7M32 42l11-8M32 42l-11-8\" fill=\"none\" stroke=\"#d3e6c4\" stroke-width=\"3\" stroke-linecap=\"round\"/>",
    // 6 boat
    "<path d=\"M5 42h54l-9 15H15z\" fill=\"#6d432c\"/><path d=\"M34 5v32h22z\" fill=\"#f0b03a\"/><path d=\"M30 12v25H11z\" fill=\"#c2452f\"/><path d=\"M32 3v39\" stroke=\"#6d432c\" stroke-width=\"3\"/>",
    // 7 bird
    "<path d=\"M5 40c12 2 12-22 28-22 10 0 14 6 15 12l11 4-11 3c-2 12-12 17-22 15-8-1-16-5-21-12z\" fill=\"#8e2f55\"/><path d=\"M20 37c8-7 15-5 19 1-5 6-12 7-19-1z\" fill=\"#f1d6df\"/><circle cx=\"40\" cy=\"27\" r=\"2.5\" fill=\"#fff\"/><path d=\"M28 52v8M34 52v8\" stroke=\"#8e2f55\" stroke-width=\"3\"/>",
    // 8 drum
    "<path d=\"M10 18v28c8 10 36 10 44 0V18z\" fill=\"#d97b34\"/><ellipse cx=\"32\" cy=\"18\" rx=\"22\" ry=\"10\" fill=\"#fff3d0\" stroke=\"#7a4a2e\" stroke-width=\"3\"/><path d=\"M11 28l10 24 11-20 11 20 10-24\" fill=\"none\" stroke=\"#7a4a2e\" stroke-width=\"3\" stroke-linejoin=\"round\"/>",
    // 9 house
    "<path d=\"M12 29h40v30H12z\" fill=\"#efd9ad\"/><path d=\"M4 32L32 6l28 26z\" fill=\"#1c4740\"/><path d=\"M26 59V41h12v18z\" fill=\"#7a4a2e\"/>",
];

pub(super) fn body(number: &str) -> Option<&'static str> {
    let number: usize = number.parse().ok()?;
    PICTURES.get(number.checked_sub(1)?).copied()
}

/// The key of a picture's name; none outside 1 to 9.
pub fn name_key(number: u8) -> Option<&'static str> {
    NAME_KEYS.get(usize::from(number).checked_sub(1)?).copied()
}

/// Picture 1 to 9, hidden from the voice since its name is written or spoken beside it. Empty outside 1 to 9.
pub fn code_picture(number: u8) -> Markup {
    if name_key(number).is_none() {
        return Markup::default();
    }
    Markup(format!("<svg viewBox=\"0 0 64 64\" aria-hidden=\"true\"><use href=\"#c-{number}\"/></svg>"))
}
