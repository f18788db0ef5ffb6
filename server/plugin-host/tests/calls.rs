//! Guests that do as they should, and guests that do not: what a call gives, and what it costs the guest.

mod support;

use chalkbox_domain::item::{Block, Interaction, Response};
use chalkbox_plugin_host::{PluginHost, PluginHostConfig};
use chalkbox_service::ports::{PluginRunner, RunError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use support::{Guest, ask, host, patient};

fn number(value: &str) -> Response {
    Response::Number { value: value.into() }
}

/// What `generate` of the guest ends in.
fn generate(guest: &Guest, config: &PluginHostConfig) -> RunError {
    let (_data, host) = host(config);
    let pack = host.install(&guest.pack()).expect("installs");
    host.generate(pack.hash, &ask()).expect_err("the guest is hostile")
}

fn reason(error: RunError) -> String {
    match error {
        RunError::Trapped { reason } => reason,
        other => panic!("not a trap: {other:?}"),
    }
}

#[test]
fn a_good_guest_is_heard_in_full() {
    let (_data, host) = host(&patient());
    let pack = host.install(&Guest::default().pack()).expect("installs").hash;
    let item = host.generate(pack, &ask()).expect("generates");
    assert_eq!(item.body, [Block::Text { text: "How many?".into() }]);
    assert!(matches!(item.interaction, Interaction::NumberEntry { .. }));
    assert_eq!((item.hints, item.seconds), (2, 20));
    assert_eq!(host.hint(pack, &ask(), 1).expect("hints").len(), 1);
    let solution = host.solve(pack, &ask()).expect("solves");
    assert_eq!(solution.response, number("34"));
    assert!(host.evaluate(pack, &ask(), &solution.response).expect("scores").correct());
    assert!(!host.evaluate(pack, &ask(), &number("35")).expect("scores").correct());
    let health = host.health();
    assert_eq!((health[0].calls, health[0].traps, health[0].quarantined), (5, 0, false));
    assert!(health[0].p95_us > 0);
}

#[test]
fn a_number_is_normalised_before_the_tool_sees_it() {
    let (_data, host) = host(&patient());
    let pack = host.install(&Guest::default().pack()).expect("installs").hash;
    for typed in [" 34 ", "٣٤", "३४", "+34"] {
        assert!(host.evaluate(pack, &ask(), &number(typed)).expect("scores").correct(), "{typed}");
    }
}

#[test]
fn every_call_is_a_fresh_instance() {
    let (_data, host) = host(&patient());
    // The default guest spoils its own verdict for ever when it is wrong once.
    let pack = host.install(&Guest::default().pack()).expect("installs").hash;
    assert!(!host.evaluate(pack, &ask(), &number("1")).expect("scores").correct());
    assert!(host.evaluate(pack, &ask(), &number("34")).expect("scores").correct());
}

#[test]
fn an_endless_loop_ends() {
    let guest = Guest { generate: "(loop (br 0)) unreachable".into(), ..Guest::default() };
    let began = Instant::now();
    assert_eq!(generate(&guest, &PluginHostConfig { generate_ms: 50, ..patient() }), RunError::TimedOut);
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn an_endless_start_ends() {
    let guest = Guest { more: "(func $start (loop (br 0))) (start $start)".into(), ..Guest::default() };
    assert_eq!(generate(&guest, &PluginHostConfig { generate_ms: 50, ..patient() }), RunError::TimedOut);
}

#[test]
fn memory_ends() {
    let bomb = "(loop (br_if 0 (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable";
    let said = reason(generate(&Guest { generate: bomb.into(), ..Guest::default() }, &patient()));
    assert_eq!(said, "it needs more than 16 MiB of memory");
}

#[test]
fn memory_of_all_ends_without_blame() {
    let config = PluginHostConfig { memory_mib: 16, all_memory_mib: 16, calls_at_once: 2, ..patient() };
    let (_data, host) = host(&config);
    let grow = |pages: u32| {
        format!(
            "(if (i32.eq (memory.grow (i32.const {pages})) (i32.const -1)) (then unreachable)) (loop (br 0)) unreachable"
        )
    };
    let large = Guest { generate: grow(192), ..Guest::default() }.pack();
    let pack = host.install(&large).expect("installs").hash;
    let outcomes = std::thread::scope(|scope| {
        let calls: Vec<_> =
            (0..2).map(|_| scope.spawn(|| host.generate(pack, &ask()).expect_err("loops or is refused"))).collect();
        calls.into_iter().map(|call| call.join().expect("no panic")).collect::<Vec<_>>()
    });
    assert!(outcomes.contains(&RunError::Busy) && outcomes.contains(&RunError::TimedOut), "{outcomes:?}");
    assert_eq!(host.health()[0].traps, 1, "only the loop counts");
}

#[test]
fn the_stack_ends() {
    let guest = Guest {
        generate: "(call $deep (i32.const 0))".into(),
        more: "(func $deep (param i32) (result i32) (i32.add (call $deep (local.get 0)) (i32.const 1)))".into(),
        ..Guest::default()
    };
    assert!(reason(generate(&guest, &patient())).contains("stack"));
}

#[test]
fn tables_end() {
    let guest = Guest {
        generate: "(if (i32.eq (table.grow (ref.null func) (i32.const 30000)) (i32.const -1)) (then unreachable)) i32.const 1024".into(),
        more: "(table 0 funcref)".into(),
        ..Guest::default()
    };
    assert!(reason(generate(&guest, &patient())).contains("unreachable"));
}

#[test]
fn a_trap_is_told() {
    let guest = Guest { generate: "unreachable".into(), ..Guest::default() };
    assert!(reason(generate(&guest, &patient())).contains("unreachable"));
}

#[test]
fn answers_that_lie_about_their_size_are_traps() {
    // A megabyte of zeros, which are characters; a length beyond all memory; bytes that are no text.
    let long = Guest { pages: 20, text: (65_536, 1 << 20), ..Guest::default() };
    let beyond = Guest { text: (3_072, u32::MAX), ..Guest::default() };
    let no_text = Guest { text: (7_000, 2), more: "(data (i32.const 7000) \"\\ff\\fe\")".into(), ..Guest::default() };
    for guest in [long, beyond, no_text] {
        assert!(!reason(generate(&guest, &patient())).is_empty());
    }
    let nowhere = Guest { generate: "i32.const -4".into(), ..Guest::default() };
    assert!(!reason(generate(&nowhere, &patient())).is_empty());
}

#[test]
fn nonsense_never_leaves_the_host() {
    for score in [f32::NAN, 2.0, -1.0, f32::INFINITY] {
        let (_data, host) = host(&patient());
        let pack = host.install(&Guest { score, ..Guest::default() }.pack()).expect("installs").hash;
        let error = host.evaluate(pack, &ask(), &number("34")).expect_err("no score");
        assert!(matches!(&error, RunError::Nonsense(why) if why.contains("score")), "{error:?}");
    }
    let blank = generate(&Guest { text: (3_100, 4), ..Guest::default() }, &patient());
    assert!(matches!(&blank, RunError::Nonsense(why) if why.contains("U+0000")), "{blank:?}");
}

/// A clock that the test moves, and a host that looks at it.
fn host_with_clock(config: &PluginHostConfig) -> (tempfile::TempDir, PluginHost, impl Fn(u64) + use<>) {
    let (data, host) = host(config);
    let (start, seconds) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let read = Arc::clone(&seconds);
    let host = host.with_clock(move || start + Duration::from_secs(read.load(Ordering::SeqCst)));
    let pass = move |more| {
        seconds.fetch_add(more, Ordering::SeqCst);
    };
    (data, host, pass)
}

#[test]
fn five_strikes_bring_quarantine_that_lapses_by_a_trial() {
    let (_data, host, pass) = host_with_clock(&patient());
    let pack =
        host.install(&Guest { generate: "unreachable".into(), ..Guest::default() }.pack()).expect("installs").hash;
    let good = host.install(&Guest::default().pack()).expect("installs").hash;
    for strike in 0..5 {
        assert!(matches!(host.generate(pack, &ask()), Err(RunError::Trapped { .. })), "strike {strike}");
    }
    assert_eq!(host.generate(pack, &ask()), Err(RunError::Quarantined));
    assert_eq!(host.solve(pack, &ask()), Err(RunError::Quarantined));
    assert!(host.generate(good, &ask()).is_ok(), "the others go on");
    assert!(host.health().iter().any(|health| health.plugin == pack && health.quarantined && health.traps == 5));
    pass(119);
    assert_eq!(host.solve(pack, &ask()), Err(RunError::Quarantined));
    pass(1);
    assert!(matches!(host.generate(pack, &ask()), Err(RunError::Trapped { .. })), "one trial, which fails");
    pass(239);
    assert_eq!(host.solve(pack, &ask()), Err(RunError::Quarantined), "the second rest is longer");
    pass(1);
    assert!(host.solve(pack, &ask()).is_ok());
    assert!(host.solve(pack, &ask()).is_ok());
    assert!(host.health().iter().all(|health| !health.quarantined));
}

#[test]
fn too_many_calls_are_told_to_come_again() {
    let config = PluginHostConfig { calls_at_once: 1, calls_waiting: 0, generate_ms: 1_000, ..patient() };
    let (_data, host) = host(&config);
    let slow = host
        .install(&Guest { generate: "(loop (br 0)) unreachable".into(), ..Guest::default() }.pack())
        .expect("installs")
        .hash;
    std::thread::scope(|scope| {
        // The place may be taken by the other caller at first; then this one comes again.
        let once = || Some(host.generate(slow, &ask())).filter(|call| *call != Err(RunError::Busy));
        let first = scope.spawn(move || std::iter::repeat_with(once).find_map(|call| call).expect("it gets in"));
        let until = Instant::now() + Duration::from_secs(20);
        let busy = std::iter::from_fn(|| (Instant::now() < until).then(|| host.solve(slow, &ask())))
            .any(|call| call == Err(RunError::Busy));
        assert!(busy);
        assert_eq!(first.join().expect("no panic"), Err(RunError::TimedOut));
    });
    assert!(host.solve(slow, &ask()).is_ok());
}

#[test]
fn what_is_not_there_is_unknown() {
    let (_data, host) = host(&patient());
    let nobody = chalkbox_domain::ids::PackHash([9; 32]);
    assert_eq!(host.generate(nobody, &ask()), Err(RunError::Unknown(nobody)));
    assert!(host.asset(nobody, "dot.svg").is_none());
    let pack = host.install(&Guest::default().pack()).expect("installs").hash;
    let picture = host.asset(pack, "dot.svg").expect("there");
    assert_eq!((picture.bytes.as_slice(), picture.media_type), (&b"<svg/>"[..], "image/svg+xml"));
    for path in ["../plugin.wasm", "none.svg", "", "assets/dot.svg"] {
        assert!(host.asset(pack, path).is_none(), "{path}");
    }
}
