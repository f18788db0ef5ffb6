//! Things to count: dots, ten-frames, blocks of ten, equal groups, rows of pictures.

use super::canvas::Canvas;
use crate::drawing::pictures;
use chalkbox_domain::item::Layout;

/// Most dots of one figure.
pub(super) const MOST_DOTS: u16 = 100;
/// Most blocks of a size.
pub(super) const MOST_BLOCKS: u8 = 20;
/// Most groups, and things in one.
pub(super) const MOST_GROUPS: (u8, u8) = (12, 20);
/// Most pictures of a row.
pub(super) const MOST_PICTURES: usize = 40;

/// Where the spots of a die face lie, in a box of 60.
pub(super) fn die(count: u16) -> &'static [(f64, f64)] {
    const ONE: &[(f64, f64)] = &[(30.0, 30.0)];
    const TWO: &[(f64, f64)] = &[(17.0, 17.0), (43.0, 43.0)];
    const THREE: &[(f64, f64)] = &[(15.0, 15.0), (30.0, 30.0), (45.0, 45.0)];
    const FOUR: &[(f64, f64)] = &[(17.0, 17.0), (43.0, 17.0), (17.0, 43.0), (43.0, 43.0)];
    const FIVE: &[(f64, f64)] = &[(15.0, 15.0), (45.0, 15.0), (30.0, 30.0), (15.0, 45.0), (45.0, 45.0)];
    const SIX: &[(f64, f64)] = &[(17.0, 14.0), (43.0, 14.0), (17.0, 30.0), (43.0, 30.0), (17.0, 46.0), (43.0, 46.0)];
    match count {
        0 => &[],
        1 => ONE,
        2 => TWO,
        3 => THREE,
        4 => FOUR,
        5 => FIVE,
        _ => SIX,
    }
}

/// How a number is split over dice: one up to 6, then fives and the rest, as hands would show it.
pub(super) fn dice_faces(count: u16) -> Vec<u16> {
    if count <= 6 {
        return vec![count];
    }
    let mut faces = vec![5; usize::from(count / 5)];
    if !count.is_multiple_of(5) {
        faces.push(count % 5);
    }
    faces
}

/// How many dots of so many are drawn, and how many are left out.
pub(super) fn capped(count: u16, most: u16) -> (u16, usize) {
    (count.min(most), usize::from(count.saturating_sub(most)))
}

pub(super) fn dots(count: u16, layout: Layout, seed: u32) -> Canvas {
    let (shown, left_out) = capped(count, MOST_DOTS);
    let mut canvas = match layout {
        Layout::Line => line_of_dots(shown),
        Layout::Dice => dice(shown),
        Layout::Scattered => scattered(shown, seed),
    };
    canvas.left_out(left_out);
    canvas
}

fn line_of_dots(count: u16) -> Canvas {
    let columns = count.clamp(1, 10);
    let rows = count.div_ceil(10).max(1);
    let mut canvas = Canvas::new(f64::from(columns) * 34.0 + 8.0, f64::from(rows) * 34.0 + 8.0);
    for k in 0..count {
        canvas.circle("d1", f64::from(k % 10) * 34.0 + 21.0, f64::from(k / 10) * 34.0 + 21.0, 12.0);
    }
    canvas
}

fn dice(count: u16) -> Canvas {
    let faces = dice_faces(count);
    let columns = faces.len().min(5);
    let rows = faces.len().div_ceil(5);
    let mut canvas = Canvas::new(columns as f64 * 72.0 + 4.0, rows as f64 * 72.0 + 4.0);
    for (k, face) in faces.iter().enumerate() {
        let (x, y) = ((k % 5) as f64 * 72.0 + 4.0, (k / 5) as f64 * 72.0 + 4.0);
        canvas.rect("fp", (x, y), (66.0, 66.0), 12.0);
        for (dx, dy) in die(*face) {
            canvas.circle("d1", x + 3.0 + dx, y + 3.0 + dy, 7.5);
        }
    }
    canvas
}

/// The next number of a small generator (splitmix); only for places, never for anything that counts.
fn next(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Dots that touch neither each other nor the edge. Each lies in a cell of its own, shaken within it, and the cells that
/// stay empty are chosen by the same dice.
fn scattered(count: u16, seed: u32) -> Canvas {
    let columns = (4..).find(|c| c * (c * 2 / 3).max(2) >= u32::from(count) + u32::from(count) / 3).unwrap_or(14);
    let rows = (columns * 2 / 3).max(2);
    let mut state = (u64::from(seed) << 16) ^ u64::from(count);
    let mut cells: Vec<(f64, u32)> = (0..columns * rows).map(|cell| (next(&mut state), cell)).collect();
    cells.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut canvas = Canvas::new(f64::from(columns) * 40.0 + 4.0, f64::from(rows) * 40.0 + 4.0);
    for (_, cell) in cells.into_iter().take(usize::from(count)) {
        let x = f64::from(cell % columns) * 40.0 + 22.0 + (next(&mut state) - 0.5) * 13.0;
        let y = f64::from(cell / columns) * 40.0 + 22.0 + (next(&mut state) - 0.5) * 13.0;
        canvas.circle("d1", x, y, 12.0);
    }
    canvas
}

/// How many frames of ten so many need: at least one.
pub(super) fn frames(count: u16) -> u16 {
    count.div_ceil(10).max(1)
}

pub(super) fn ten_frame(count: u16) -> Canvas {
    let (shown, left_out) = capped(count, MOST_DOTS);
    let frames = frames(shown);
    let columns = frames.min(2);
    let rows = frames.div_ceil(2);
    let mut canvas = Canvas::new(f64::from(columns) * 174.0 - 4.0, f64::from(rows) * 82.0 - 6.0);
    for frame in 0..frames {
        let (x, y) = (f64::from(frame % 2) * 174.0 + 3.0, f64::from(frame / 2) * 82.0 + 3.0);
        canvas.rect("fp", (x, y), (162.0, 68.0), 5.0);
        let lines = format!(
            "M{x} {}h162M{} {y}v68M{} {y}v68M{} {y}v68M{} {y}v68",
            y + 34.0,
            x + 32.5,
            x + 65.0,
            x + 97.0,
            x + 129.5
        );
        canvas.path("fk", &lines);
        for k in 0..shown.saturating_sub(frame * 10).min(10) {
            canvas.circle("d1", x + 16.2 + f64::from(k % 5) * 32.4, y + 17.0 + f64::from(k / 5) * 34.0, 11.5);
        }
    }
    canvas.left_out(left_out);
    canvas
}

pub(super) fn base_ten(hundreds: u8, tens: u8, ones: u8) -> Canvas {
    let (plates, rods, cubes) = (hundreds.min(MOST_BLOCKS), tens.min(MOST_BLOCKS), ones.min(MOST_BLOCKS));
    let left_out = usize::from(hundreds - plates) + usize::from(tens - rods) + usize::from(ones - cubes);
    let plate_columns = f64::from(plates.min(5));
    let rod_columns = f64::from(rods.min(10));
    let cube_columns = f64::from(cubes.min(5));
    let width = plate_columns * 88.0 + rod_columns * 15.0 + cube_columns * 14.0 + 32.0;
    let rows = plates.div_ceil(5).max(rods.div_ceil(10)).max(1);
    let mut canvas = Canvas::new(width, f64::from(rows) * 88.0);
    for k in 0..plates {
        let (x, y) = (f64::from(k % 5) * 88.0 + 4.0, f64::from(k / 5) * 88.0 + 4.0);
        canvas.rect("fsh", (x, y), (80.0, 80.0), 2.0);
        canvas.path("fl", &grid_lines(x, y));
    }
    for k in 0..rods {
        let x = plate_columns * 88.0 + f64::from(k % 10) * 15.0 + 10.0;
        let y = f64::from(k / 10) * 88.0 + 4.0;
        canvas.rect("fsu", (x, y), (9.0, 80.0), 1.0);
        let marks: String = (1..10).map(|n| format!("M{x} {}h9", y + f64::from(n) * 8.0)).collect();
        canvas.path("fl", &marks);
    }
    for k in 0..cubes {
        let x = plate_columns * 88.0 + rod_columns * 15.0 + f64::from(k % 5) * 14.0 + 18.0;
        let y = 74.0 - f64::from(k / 5) * 16.0;
        canvas.rect("d1 ol", (x, y), (10.0, 10.0), 1.0);
    }
    canvas.left_out(left_out);
    canvas
}

fn grid_lines(x: f64, y: f64) -> String {
    (1..10)
        .map(|n| {
            let d = f64::from(n) * 8.0;
            format!("M{x} {}h80M{} {y}v80", y + d, x + d)
        })
        .collect()
}

pub(super) fn groups(count: u8, each: u8) -> Canvas {
    let (shown, inside) = (count.min(MOST_GROUPS.0), each.min(MOST_GROUPS.1));
    let left_out = usize::from(count) * usize::from(each) - usize::from(shown) * usize::from(inside);
    let across = inside.clamp(
        1,
        if inside > 12 {
            5
        } else if inside > 4 {
            4
        } else {
            2
        },
    );
    let down = inside.div_ceil(across).max(1);
    let (w, h) = (f64::from(across) * 20.0 + 30.0, f64::from(down) * 20.0 + 26.0);
    let columns = shown.clamp(1, 4);
    let rows = shown.div_ceil(4).max(1);
    let mut canvas = Canvas::new(f64::from(columns) * (w + 8.0), f64::from(rows) * (h + 8.0));
    for group in 0..shown {
        let (x, y) = (f64::from(group % 4) * (w + 8.0) + 4.0, f64::from(group / 4) * (h + 8.0) + 4.0);
        canvas.rect("fp", (x, y), (w, h), 22.0);
        for k in 0..inside {
            let row = k / across;
            let in_row = if row + 1 == down { inside - row * across } else { across };
            let shift = f64::from(across - in_row) * 10.0;
            canvas.circle("d2", x + 25.0 + shift + f64::from(k % across) * 20.0, y + 23.0 + f64::from(row) * 20.0, 7.5);
        }
    }
    canvas.left_out(left_out);
    canvas
}

pub(super) fn row(names: &[String]) -> Canvas {
    let shown = names.len().min(MOST_PICTURES);
    let columns = shown.clamp(1, 10);
    let rows = shown.div_ceil(10).max(1);
    let mut canvas = Canvas::new(columns as f64 * 54.0, rows as f64 * 54.0);
    for (k, name) in names.iter().take(shown).enumerate() {
        canvas.raw(&pictures::placed(name, (k % 10) as f64 * 54.0 + 3.0, (k / 10) as f64 * 54.0 + 3.0));
    }
    canvas.left_out(names.len() - shown);
    canvas
}
