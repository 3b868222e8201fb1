//! Random inputs for the suite: many, short ones mostly, and the same ones in each run, so that a
//! commit fails for what it changes and not for what is drawn.

use crate::numbers::Numbers;
use std::cell::Cell;
use std::panic::{catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// What a target says of an input: nothing, or it panics.
type Target = fn(&[u8]);

/// Gives so many inputs to a target. One that breaks a property is made as small as it goes, and
/// printed as it would be kept.
pub fn inputs(count: u64, holds: Target) {
    let seed = seed();
    for number in 0..count {
        let input = drawn(seed ^ (number << 20));
        if fails(&input, holds) {
            let small = smallest(input, holds);
            eprintln!("the input, as for printf: {}", small.escape_ascii());
            holds(&small);
        }
    }
}

fn seed() -> u64 {
    std::env::var("OFFPRINT_TEST_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
}

/// Bytes of a length below a power of two that is drawn first, up to 2,048.
fn drawn(seed: u64) -> Vec<u8> {
    let mut numbers = Numbers(seed);
    numbers.below(1);
    let bound = 1 << (3 + numbers.below(9));
    let length = numbers.below(bound);
    (0..length).map(|_| numbers.pick(256) as u8).collect()
}

thread_local! {
    /// Whether this thread's panics are looked for, and not news.
    static TRIES: Cell<bool> = const { Cell::new(false) };
}

/// Whether an input breaks a property; says nothing of it.
fn fails(input: &[u8], holds: Target) -> bool {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |panic| {
            if !TRIES.get() {
                told(panic);
            }
        }));
    });
    TRIES.set(true);
    let failed = catch_unwind(|| holds(input)).is_err();
    TRIES.set(false);
    failed
}

/// An input that breaks a property too, but none of whose parts can be left out.
fn smallest(mut input: Vec<u8>, holds: Target) -> Vec<u8> {
    let mut part = input.len().next_power_of_two();
    while part > 0 {
        let before = input.len();
        let mut at = 0;
        while at < input.len() {
            let end = (at + part).min(input.len());
            let without = [&input[..at], &input[end..]].concat();
            if fails(&without, holds) {
                input = without;
            } else {
                at = end;
            }
        }
        if part > 1 || input.len() == before {
            part /= 2;
        }
    }
    input
}
