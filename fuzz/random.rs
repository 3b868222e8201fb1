//! Random inputs for the suite: many, short ones mostly, and the same ones in each run, so that a
//! commit fails for what it changes and not for what is drawn.

use crate::numbers::Numbers;

/// Gives so many inputs to a target. An input that breaks a property is printed as it would be kept.
pub fn inputs(count: u64, holds: fn(&[u8])) {
    for number in 0..count {
        let input = Input(drawn(seed() ^ (number << 20)));
        holds(&input.0);
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

/// An input that tells what it was when its target panics.
struct Input(Vec<u8>);

impl Drop for Input {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input, as for printf: {}", self.0.escape_ascii());
        }
    }
}
