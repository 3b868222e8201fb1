//! Amounts as people write them: `50MB`, `30d`.

use std::time::Duration;

/// Bytes: a number, with `B`, `kB`, `MB`, `GB` (powers of 1000) or `KiB`, `MiB`, `GiB`.
///
/// ```
/// use offprint::config::bytes;
/// assert_eq!(bytes("50MB"), Some(50_000_000));
/// assert_eq!(bytes("1.5 MiB"), Some(1_572_864));
/// ```
pub fn bytes(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let factor: u32 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    whole(number * f64::from(factor))
}

/// A duration: a number with `s`, `m` (minutes), `h`, `d`, `w`; without a unit, seconds.
///
/// ```
/// use offprint::config::duration;
/// use std::time::Duration;
/// assert_eq!(duration("30d"), Some(Duration::from_secs(30 * 86_400)));
/// ```
pub fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text)?;
    let factor: u32 = match unit {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    Duration::try_from_secs_f64(number * f64::from(factor)).ok()
}

fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, unit.trim()))
}

/// The number without its fraction, if it fits.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked before"
)]
fn whole(number: f64) -> Option<u64> {
    (0.0..9e18).contains(&number).then_some(number as u64)
}
