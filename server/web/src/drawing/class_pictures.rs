//! Twelve pictures by which a child finds its class, each with one strong shape and a ground of its own colour.

use super::markup::Markup;

/// How many there are; numbers beyond begin again.
pub const CLASS_PICTURES: u8 = 12;

/// Keys of their names, for choosing one.
pub const NAME_KEYS: [&str; 12] = [
    "class-baobab",
    "class-kingfisher",
    "class-mango",
    "class-river",
    "class-drum",
    "class-kite",
    "class-tortoise",
    "class-sunflower",
    "class-moon",
    "class-pot",
    "class-butterfly",
    "class-fish",
];

const PICTURES: [&str; 12] = [
    "<path fill=\"#f3d9a2\" d=\"M0 0h120v84H0z\"/><circle cx=\"92\" cy=\"26\" r=\"13\" fill=\"#e7842f\"/><path fill=\"#c9a05c\" d=\"M0 62c40-9 80 5 120-4v26H0z\"/><path fill=\"#6d432c\" d=\"M44 70c4-14 2-24-6-32l3-3c4 4 8 6 10 5 1-7-1-12-4-17l4-2c3 5 5 9 8 10 3-4 3-8 2-13h4c1 8 1 12 4 14 4-1 7-4 9-8l3 2c-3 8-9 10-10 18-1 9 0 17 5 26z\"/><path fill=\"#3f7a3f\" d=\"M28 37c-4-8 6-13 12-9 0-9 12-11 16-4 4-9 17-7 17 1 8-4 16 3 11 10-3 5-12 3-13-1-5 5-11 3-13-2-4 5-11 4-13-1-3 8-14 11-17 6z\"/>",
    "<path fill=\"#cfe3d2\" d=\"M0 0h120v84H0z\"/><path fill=\"#7fb4b0\" d=\"M0 66c30-6 60 6 120-2v20H0z\"/><path d=\"M6 58c34-8 64 2 110-12\" stroke=\"#6d432c\" stroke-width=\"5\" fill=\"none\" stroke-linecap=\"round\"/><path fill=\"#1f6f97\" d=\"M48 52c-7-16 0-34 17-36 11-1 16 6 16 13-2 12-12 21-33 23z\"/><path fill=\"#d97b34\" d=\"M58 50c14-2 22-9 23-21-8 3-20 8-23 21z\"/><path fill=\"#17343a\" d=\"M80 24l26 3-26 6z\"/><circle cx=\"73\" cy=\"24\" r=\"2.6\" fill=\"#fff\"/><path fill=\"#0f4a6a\" d=\"M48 52c-8 5-10 12-11 18 7-3 12-9 16-18zM50 46c-2-10 3-18 11-21 2 9-1 17-11 21z\"/>",
    "<path fill=\"#d9e2b5\" d=\"M0 0h120v84H0z\"/><path d=\"M60 0c0 10-2 16-6 22M62 4c8 6 20 8 28 6\" stroke=\"#6d432c\" stroke-width=\"3.5\" fill=\"none\"/><path fill=\"#2c7140\" d=\"M88 10c12-8 24-2 30 6-12 6-24 4-30-6zM52 8C40-2 24 2 16 12c14 8 28 6 36-4z\"/><path fill=\"#f0a52f\" d=\"M54 20c18-2 28 14 22 32-5 15-22 22-34 13-14-10-6-42 12-45z\"/><path fill=\"#d9542b\" d=\"M54 20c-18 3-26 35-12 45-2-16 0-32 12-45z\"/>",
    "<path fill=\"#f2cfc0\" d=\"M0 0h120v84H0z\"/><path fill=\"#c98c6c\" d=\"M0 40l26-22 22 20 18-14 30 20 24-12v52H0z\"/><path fill=\"#7d9a58\" d=\"M0 50c40-8 80 4 120-4v38H0z\"/><path fill=\"#3f89ad\" d=\"M70 46c-10 6 14 10 0 18-9 5-22 10-24 20h52c-4-9 4-14 0-22-3-6-18-8-28-16z\"/><path fill=\"#fff\" opacity=\".7\" d=\"M70 60c6-2 12-2 16 0-5 2-11 2-16 0zM62 74c6-2 14-2 18 0-6 2-12 2-18 0z\"/><path fill=\"#8e2f55\" d=\"M18 60h24l-5 8H23zM30 40v18H20z\"/>",
    "<path fill=\"#e5c9b0\" d=\"M0 0h120v84H0z\"/><path fill=\"#b8735a\" d=\"M0 68h120v16H0z\"/><path fill=\"#8c3b2a\" d=\"M40 28l8 46h26l8-46z\"/><ellipse cx=\"61\" cy=\"28\" rx=\"21\" ry=\"8\" fill=\"#fff3d0\"/><path d=\"M42 38l10 28 9-26 9 26 10-28\" fill=\"none\" stroke=\"#f0b03a\" stroke-width=\"3\" stroke-linejoin=\"round\"/><path d=\"M22 22l26 6M100 20l-24 8\" stroke=\"#4f3226\" stroke-width=\"4\" stroke-linecap=\"round\"/><circle cx=\"20\" cy=\"21\" r=\"4.5\" fill=\"#1c4740\"/><circle cx=\"102\" cy=\"19\" r=\"4.5\" fill=\"#1c4740\"/>",
    "<path fill=\"#d5e3ee\" d=\"M0 0h120v84H0z\"/><path fill=\"#fff\" opacity=\".8\" d=\"M10 30c2-9 16-10 19-2 8-3 15 6 8 9H15c-6 0-8-4-5-7zM84 60c2-7 12-8 15-2 7-2 12 5 6 8H88c-5 0-6-3-4-6z\"/><path fill=\"#c2452f\" d=\"M64 8l24 20-18 28-22-24z\"/><path fill=\"#f0b03a\" d=\"M64 8l6 48-22-24z\"/><path d=\"M70 56c2 10-10 8-10 16s10 4 8 12\" fill=\"none\" stroke=\"#1c4740\" stroke-width=\"2.5\"/><path fill=\"#2c7140\" d=\"M56 64l8 5-8 4z\"/>",
    "<path fill=\"#e9dcae\" d=\"M0 0h120v84H0z\"/><path fill=\"#b9c07a\" d=\"M0 60c34-8 84 6 120-2v26H0z\"/><path fill=\"#8a9a4a\" d=\"M34 64l-6 12h12l4-9zM74 67l4 9h12l-6-12zM88 52c4-12 20-10 21-1 0 7-8 11-20 12z\"/><path fill=\"#4d6b35\" d=\"M24 64c0-30 20-42 37-42s36 12 36 42z\"/><path d=\"M42 60c1-14 6-24 12-30M80 60c-1-14-6-24-12-30M30 48h62\" stroke=\"#c6d493\" stroke-width=\"3.5\" fill=\"none\"/><circle cx=\"102\" cy=\"49\" r=\"2.2\" fill=\"#17120f\"/>",
    "<path fill=\"#cfe0ea\" d=\"M0 0h120v84H0z\"/><path fill=\"#8fae5d\" d=\"M0 74c40-5 80 4 120-2v12H0z\"/><path d=\"M60 44v36\" stroke=\"#2c7140\" stroke-width=\"5\"/><path fill=\"#2c7140\" d=\"M60 70c-6-12-20-12-28-8 6 10 18 14 28 8zM60 64c6-11 18-11 26-7-6 9-16 13-26 7z\"/><g fill=\"#f0b03a\"><path d=\"M60 4l7 15h-14zM60 66l7-15h-14zM29 35l15-7v14zM91 35l-15-7v14zM38 13l15 6-9 9zM82 13l-6 15-9-9zM38 57l6-15 9 9zM82 57l-15-6 9-9z\"/><circle cx=\"60\" cy=\"35\" r=\"19\"/></g><circle cx=\"60\" cy=\"35\" r=\"12\" fill=\"#6d432c\"/>",
    "<path fill=\"#2c3f5f\" d=\"M0 0h120v84H0z\"/><path fill=\"#f7e3a4\" d=\"M70 10a25 25 0 1 0 14 42A29 29 0 0 1 70 10z\"/><g fill=\"#fff\"><path d=\"M22 14l2 4 4 2-4 2-2 4-2-4-4-2 4-2zM98 20l1.5 3.5 3.5 1.5-3.5 1.5-1.5 3.5-1.5-3.5-3.5-1.5 3.5-1.5zM34 44l1.5 3 3 1.5-3 1.5-1.5 3-1.5-3-3-1.5 3-1.5z\"/></g><path fill=\"#1a2840\" d=\"M0 66c20-14 44-10 58-2s40 8 62-6v26H0z\"/>",
    "<path fill=\"#f1d6df\" d=\"M0 0h120v84H0z\"/><path fill=\"#c9a7b0\" d=\"M0 70h120v14H0z\"/><path fill=\"#a9532f\" d=\"M46 16h28l-4 10c22 8 24 38 4 50H46c-20-12-18-42 4-50z\"/><path fill=\"#7c3a20\" d=\"M43 12h34v7H43z\"/><path d=\"M34 44l7 7 7-7 7 7 7-7 7 7 7-7 7 7 4-4\" fill=\"none\" stroke=\"#f3d9a2\" stroke-width=\"3.5\" stroke-linejoin=\"round\"/><path d=\"M38 60h46\" stroke=\"#f3d9a2\" stroke-width=\"3\"/>",
    "<path fill=\"#dfe9d0\" d=\"M0 0h120v84H0z\"/><path fill=\"#c2452f\" d=\"M58 44C46 14 20 8 16 20c-3 14 12 28 42 28zM62 44c12-30 38-36 42-24 3 14-12 28-42 28z\"/><path fill=\"#d97b34\" d=\"M58 48C36 48 24 60 32 70c8 8 22-2 27-20zM62 48c22 0 34 12 26 22-8 8-22-2-27-20z\"/><g fill=\"#fbe3a4\"><circle cx=\"32\" cy=\"26\" r=\"5\"/><circle cx=\"88\" cy=\"26\" r=\"5\"/><circle cx=\"42\" cy=\"62\" r=\"4\"/><circle cx=\"78\" cy=\"62\" r=\"4\"/></g><path d=\"M60 34v36M60 34c-2-8-8-12-12-13M60 34c2-8 8-12 12-13\" stroke=\"#2b1c14\" stroke-width=\"4\" stroke-linecap=\"round\" fill=\"none\"/>",
    "<path fill=\"#bcdde0\" d=\"M0 0h120v84H0z\"/><path fill=\"#8fc2c9\" d=\"M0 58c30-10 60 8 120-4v30H0z\"/><path fill=\"#e0802f\" d=\"M16 42c16-26 50-28 68-6l22-16c-3 14-3 28 0 42L84 48c-18 22-52 20-68-6z\"/><path d=\"M52 24c8 12 8 24 0 36M64 26c7 10 7 22 0 32\" stroke=\"#fff3d0\" stroke-width=\"4\" fill=\"none\"/><circle cx=\"34\" cy=\"38\" r=\"4\" fill=\"#fff\"/><circle cx=\"34\" cy=\"38\" r=\"1.8\" fill=\"#17120f\"/>",
];

/// The picture of a class, hidden from the voice since the class's name is written below it.
pub fn class_picture(number: u8) -> Markup {
    let body = PICTURES[usize::from(number % CLASS_PICTURES)];
    Markup(format!("<svg viewBox=\"0 0 120 84\" aria-hidden=\"true\">{body}</svg>"))
}
