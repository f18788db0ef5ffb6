//! Is there room for answers?

use super::{Check, Finding, Ground};
use crate::safekeeping::disk_room;

pub struct Space;

/// Under so many hundredths somebody should make room.
const LITTLE_PERCENT: u64 = 5;
/// Under so many hundredths answers are in danger.
const FULL_PERCENT: u64 = 1;
const REMEDY: &str = "remove content that is not used, or put in a larger card; answers are kept until nothing is left";

impl Check for Space {
    fn name(&self) -> &'static str {
        "space"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let Some(room) = disk_room(&ground.data) else {
            let remedy = "look whether the card is in and mounted";
            return vec![Finding::look(self, "the system does not say how much room is left", &ground.data, remedy)];
        };
        let what = format!("{} MB of {} MB are free", room.free_bytes / 1_000_000, room.total_bytes / 1_000_000);
        vec![match room.free_percent() {
            0..FULL_PERCENT => Finding::wrong(self, what, &ground.data, REMEDY),
            FULL_PERCENT..LITTLE_PERCENT => Finding::look(self, what, &ground.data, REMEDY),
            _ => Finding::ok(self, what, &ground.data),
        }]
    }
}
