//! What GitHub Pages takes.

use super::github;
use super::summary::size;
use offprint::Report;
use std::path::Path;

/// The largest that a site may be, in bytes.
const MOST: u64 = 1_000_000_000;
/// From here on it is told how large the outputs are.
const NEAR: u64 = MOST / 10 * 9;

/// A line for whoever publishes with Pages, where the outputs come near its limit.
pub fn note(report: &Report) -> Option<String> {
    let published = github::is_workflow() || Path::new(".github/workflows/offprint.yml").exists();
    let bytes = report.outputs.iter().map(|output| output.bytes).sum();
    note_of(bytes).filter(|_| published)
}

fn note_of(bytes: u64) -> Option<String> {
    let verb = match bytes {
        0..NEAR => return None,
        NEAR..=MOST => "comes near",
        _ => "exceeds",
    };
    let size = size(bytes);
    Some(format!(
        "the outputs are {size} together, which {verb} the limit of GitHub Pages (1 GB): --profile kindle makes books smaller, --since leaves old articles out\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_that_come_near_the_limit_are_told_of() {
        assert_eq!(note_of(899_999_999), None);
        assert!(
            note_of(900_000_000)
                .is_some_and(|note| note.contains("900.0 MB together, which comes near"))
        );
        assert!(
            note_of(1_200_000_000)
                .is_some_and(|note| note.contains("1.2 GB together, which exceeds"))
        );
    }
}
