//! Times of day.

use super::vocabulary::{HALF, HOUR, Half, MINUTE};
use super::{Parsed, digits};
use chrono::{NaiveTime, TimeDelta};

/// `14:42`, `14:42:54.123`, `下午2:42`, `2:42 PM`, `14时42分`, `20h44`, `4.44`, `9 pm`, `144254`,
/// since midnight.
pub(super) fn time(text: &str) -> Parsed<'_, TimeDelta> {
    if let Some(found) = compact(text) {
        return Some(found);
    }
    let (before, text) = half(text);
    let (hour, rest) = digits(text, 1, 2)?;
    let ((minute, second, nanosecond), rest) = match after_hour(rest) {
        Some(found) => found,
        None => ((0, 0, 0), hour_alone(rest, before)?),
    };
    let (after, rest) = half(rest.trim_start());
    let rest = if after.is_none() {
        rest
    } else {
        rest.trim_start_matches('.')
    };
    let hour = match before.or(after) {
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        Some(Half::Noon) if hour < 4 => hour + 12,
        _ => hour,
    };
    // A leap second is written as 60, which no output has.
    let second = if second == 60 { 59 } else { second };
    Some((since_midnight(hour, minute, second, nanosecond)?, rest))
}

/// `24:00` is the end of the day (ISO 8601-1:2019, section 5.3.1.1).
fn since_midnight(hour: u32, minute: u32, second: u32, nanosecond: u32) -> Option<TimeDelta> {
    if (hour, minute, second, nanosecond) == (24, 0, 0, 0) {
        return Some(TimeDelta::hours(24));
    }
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?;
    Some(time.signed_duration_since(NaiveTime::MIN))
}

/// The time after the T of ISO 8601, where minutes may end the basic format.
pub(super) fn after_t(text: &str) -> Parsed<'_, TimeDelta> {
    let short = || {
        let (number, rest) = digits(text, 4, 4)?;
        Some((since_midnight(number / 100, number % 100, 0, 0)?, rest))
    };
    short().or_else(|| time(text))
}

fn compact(text: &str) -> Parsed<'_, TimeDelta> {
    let (number, rest) = digits(text, 6, 6)?;
    let time = since_midnight(number / 10_000, number / 100 % 100, number % 100, 0)?;
    Some((time, rest))
}

/// Minutes, seconds and nanoseconds.
fn after_hour(text: &str) -> Parsed<'_, (u32, u32, u32)> {
    let text = text.trim_start();
    let sign = text.chars().next()?;
    let (least, rest) = match text.strip_prefix([':', '.']) {
        Some(rest) => (if sign == '.' { 2 } else { 1 }, rest),
        None => after_unit(text)?,
    };
    if let Some(rest) = rest.strip_prefix('半') {
        return Some(((30, 0, 0), rest));
    }
    let (minute, rest) = digits(rest, least, 2)?;
    let rest = MINUTE
        .strip(rest.trim_start())
        .map_or(rest, |((), after)| after);
    let (second, rest) = seconds(rest, sign).unwrap_or((0, rest));
    let (nanosecond, rest) = fraction(rest).unwrap_or((0, rest));
    Some(((minute, second, nanosecond), rest))
}

/// What follows the unit of an hour, and how many digits its minutes have at least: `14h30`,
/// `14 heures 5`, `14 horas e 30`.
fn after_unit(text: &str) -> Parsed<'_, usize> {
    let ((), rest) = HOUR.strip(text)?;
    let rest = rest.trim_start();
    let joint = ["e ", "et ", "y ", "en ", "und "]
        .iter()
        .find_map(|joint| rest.strip_prefix(joint));
    let is_letter = text.len() - rest.len() <= 2 && text.starts_with(|c: char| c.is_ascii());
    Some((if is_letter { 2 } else { 1 }, joint.unwrap_or(rest)))
}

/// What follows an hour without minutes: a unit, or a half of the day.
fn hour_alone(text: &str, before: Option<Half>) -> Option<&str> {
    let plain = text.trim_start();
    if let Some(((), rest)) = HOUR.strip(plain) {
        return Some(rest.strip_prefix('整').unwrap_or(rest));
    }
    let is_half = before.is_some() || half(plain).0.is_some();
    is_half.then_some(text)
}

fn seconds(text: &str, sign: char) -> Parsed<'_, u32> {
    let sign = if sign == '.' { '.' } else { ':' };
    match text.strip_prefix(sign) {
        Some(rest) => digits(rest, 2, 2),
        None => {
            let (second, rest) = digits(text.trim_start(), 1, 2)?;
            Some((second, rest.trim_start().strip_prefix(['秒', '초'])?))
        }
    }
}

/// A fraction of a second, in nanoseconds; further digits are passed over.
fn fraction(text: &str) -> Parsed<'_, u32> {
    let rest = text.strip_prefix(['.', ','])?;
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at_checked(count)?;
    let mut nanoseconds = 0;
    let mut unit = 100_000_000;
    for digit in number.bytes() {
        nanoseconds += u32::from(digit - b'0') * unit;
        unit /= 10;
    }
    (count > 0).then_some((nanoseconds, rest))
}

/// The half of the day that a text begins with, and what follows it.
fn half(text: &str) -> (Option<Half>, &str) {
    match HALF.strip(text) {
        Some((half, rest)) => (Some(half), rest.trim_start()),
        None => (None, text),
    }
}
