//! Are the files of the log that never change any more, packed ones and those of other boxes among them, whole?

use super::{Check, Finding, Ground};
use chalkbox_store::journal::segments;

pub struct Volumes;

const REMEDY: &str =
    "keep the file, bring back the newest backup (page Backups, or `chalkbox backup restore`), and look again";

impl Check for Volumes {
    fn name(&self) -> &'static str {
        "volumes"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let place = ground.data.join(chalkbox_store::journal::FOLDER);
        let segments = match segments(&ground.data) {
            Ok(segments) => segments,
            Err(error) => return vec![Finding::wrong(self, error.to_string(), &place, REMEDY)],
        };
        let closed: Vec<_> = segments.iter().filter(|segment| segment.closed).collect();
        let damaged: Vec<Finding> = closed
            .iter()
            .filter_map(|segment| segment.records(&ground.data).err().map(|error| (segment, error)))
            .map(|(segment, error)| Finding::wrong(self, format!("a file is damaged: {error}"), &segment.path, REMEDY))
            .collect();
        if !damaged.is_empty() {
            return damaged;
        }
        let others = segments.iter().filter(|segment| !segment.own).count();
        vec![Finding::ok(self, format!("{} closed files, {others} from other boxes, all whole", closed.len()), &place)]
    }
}
