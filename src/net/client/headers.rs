//! What the headers of a response mean.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::http::{HeaderMap, HeaderName};

/// The longest time that a header can ask for. More is as good as never, and an [`Instant`] can't
/// hold it.
///
/// [`Instant`]: std::time::Instant
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The text of a header; none where it is no text or too long to be worth anything.
pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    const LONGEST: usize = 1024;
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= LONGEST).then(|| value.to_owned())
}

/// `Retry-After` (RFC 9110, section 10.2.3): seconds or a date. What is neither says nothing.
pub(super) fn retry_after(value: &str) -> Option<Duration> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    wait(
        value,
        DateTime::from_timestamp(i64::try_from(now.as_secs()).ok()?, 0)?,
    )
}

/// `max-age` of `Cache-Control` (RFC 9111, section 5.2.2).
pub(super) fn max_age(value: &str) -> Option<Duration> {
    let directives = value.split(',').map(str::trim);
    let mut age = None;
    for directive in directives {
        let (name, argument) = directive.split_once('=').unwrap_or((directive, ""));
        match name.to_ascii_lowercase().as_str() {
            "no-cache" | "no-store" => return Some(Duration::ZERO),
            "max-age" => age = age.or_else(|| seconds(argument.trim_matches('"'))),
            _ => {}
        }
    }
    age
}

/// Whether `Last-Modified` tells a version from the next one: not where the response was made in the same
/// second, for another version may come in what is left of it (RFC 9110, section 8.8.2.2).
pub(super) fn is_settled(last_modified: &str, made: Option<&str>) -> bool {
    let made = made.and_then(|made| date(made.trim(), DateTime::UNIX_EPOCH));
    let Some(made) = made.map(|made| made.and_utc()) else {
        return true;
    };
    date(last_modified.trim(), made).is_none_or(|modified| modified.and_utc() < made)
}

fn wait(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    seconds(value).or_else(|| {
        let left = date(value, now)?.and_utc().signed_duration_since(now);
        Some(left.to_std().unwrap_or_default().min(LONGEST))
    })
}

/// A number of seconds, however long (RFC 9111, section 1.2.2: one that is too large to hold counts
/// as the largest).
fn seconds(value: &str) -> Option<Duration> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = value.parse().unwrap_or(u64::MAX);
    Some(Duration::from_secs(seconds).min(LONGEST))
}

/// A date in one of the three forms that servers send (RFC 9110, section 5.6.7). The weekday says
/// nothing that the rest doesn't, so one that is wrong does no harm.
fn date(value: &str, now: DateTime<Utc>) -> Option<NaiveDateTime> {
    let Some((_, rest)) = value.split_once(',') else {
        let (_, rest) = value.split_once(' ')?;
        return NaiveDateTime::parse_from_str(rest.trim(), "%b %e %H:%M:%S %Y").ok();
    };
    let rest = rest.trim().strip_suffix("GMT")?.trim_end();
    if !rest.contains('-') {
        return NaiveDateTime::parse_from_str(rest, "%d %b %Y %H:%M:%S").ok();
    }
    let time = NaiveDateTime::parse_from_str(rest, "%d-%b-%y %H:%M:%S").ok()?;
    let century = now.year() - now.year().rem_euclid(100);
    let time = time.with_year(century + time.year().rem_euclid(100))?;
    // A year of two digits that seems to lie more than fifty years ahead is the last one with them.
    if time.and_utc() > now.checked_add_signed(TimeDelta::days(50 * 366))? {
        return time.with_year(time.year() - 100);
    }
    Some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &str) -> Option<u64> {
        let now = DateTime::parse_from_rfc3339("1994-11-06T08:49:07Z").unwrap();
        wait(value, now.to_utc()).map(|wait| wait.as_secs())
    }

    #[test]
    fn fault_15_a_wait_of_any_length_is_a_wait_and_nonsense_is_none() {
        let longest = Some(LONGEST.as_secs());
        for (value, expected) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999", longest),
            ("18446744073709551615", longest),
            (&"9".repeat(500), longest),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("", None),
            ("soon", None),
            ("１２", None),
        ] {
            assert_eq!(asked(value), expected, "{value}");
        }
    }

    #[test]
    fn fault_15_dates_come_in_three_forms() {
        for (value, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(30)),
            ("Sun Nov  6 08:49:37 1994", Some(30)),
            ("Mon, 06 Nov 1994 08:49:37 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:48:37 GMT", Some(0)),
            ("Saturday, 06-Nov-93 08:49:37 GMT", Some(0)),
            ("Sunday, 06-Nov-74 08:49:37 GMT", Some(0)),
            ("Sat, 06 Nov 2094 08:49:37 GMT", Some(LONGEST.as_secs())),
            ("Sun, 31 Feb 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37", None),
        ] {
            assert_eq!(asked(value), expected, "{value}");
        }
    }

    #[test]
    fn an_age_is_read_among_other_directives() {
        let age = |value| max_age(value).map(|age| age.as_secs());
        assert_eq!(age("public, Max-Age=\"600\", immutable"), Some(600));
        assert_eq!(age("max-age=99999999999999999999"), Some(LONGEST.as_secs()));
        assert_eq!(age("max-age=600, no-cache"), Some(0));
        assert_eq!(age("private"), None);
        assert_eq!(age("max-age=x"), None);
    }
}
