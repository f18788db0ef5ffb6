//! Announces a box that serves nothing, and prints the name whenever it changes: `announce SCHOOL PORT [MEMORY_FILE]`.
//! Ends with a goodbye when its standard input ends. For looking at mDNS by hand and for tests of the network.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chalkbox_appliance::announce::{Advertisement, Announcement};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, school, port, rest @ ..] = arguments.as_slice() else {
        eprintln!("announce SCHOOL PORT [MEMORY_FILE]");
        std::process::exit(2);
    };
    let advertisement = Advertisement {
        school: school.clone(),
        port: port.parse().expect("a port is a number"),
        version: env!("CARGO_PKG_VERSION").into(),
        memory: rest.first().map(Into::into),
    };
    let announcement = Announcement::start(advertisement).expect("mDNS starts");
    let is_over = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&is_over);
    std::thread::spawn(move || {
        // Any end of the input is the end.
        let _read = std::io::stdin().read_to_end(&mut Vec::new());
        ended.store(true, Ordering::Relaxed);
    });
    let mut shown = String::new();
    while !is_over.load(Ordering::Relaxed) {
        if announcement.is_announced() && announcement.host_name() != shown {
            shown = announcement.host_name();
            println!("{shown}");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    announcement.stop();
    println!("goodbye");
}
