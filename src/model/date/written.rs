//! The forms in which sites and scripts write times: a date, a time of day and an offset in one of
//! a few orders, with words between them that say nothing. What differs between languages is in
//! tables ([`vocabulary`]).

mod calendar;
mod clock;
mod fold;
mod plain;
#[cfg(test)]
mod tests;
mod vocabulary;
mod zone;

use super::{Timestamp, WrittenTime};
use chrono::{NaiveDate, NaiveTime, Offset, TimeDelta, Utc};
use fold::{folded, numeral, with_digits};
use vocabulary::{JOINT, LABEL, READING, TRAILING, WEEKDAY, WEEKDAY_LETTERS, is_unspaced};
use zone::ZoneMark;

pub(crate) use vocabulary::names_month;

/// A value and the text after it.
type Parsed<'text, T> = Option<(T, &'text str)>;

/// The longest text that can be a time, in bytes: eighty letters of Thai, of three bytes each.
const LONGEST: usize = 240;

/// The most words that stand before a time or between its parts.
const MOST_WORDS: usize = 12;

/// What a text says of how its numbers are meant.
#[derive(Clone, Copy)]
struct Manner {
    /// `12/31/2021, 1:44 AM`: the capitals are those of the United States, where the month comes
    /// first; others who have a clock of twelve hours write `am`.
    is_american: bool,
    /// Years are those of the Buddhist era.
    is_thai: bool,
    /// A year of two digits comes first.
    is_korean: bool,
    /// `ET` and its like are written with capitals, and are no words.
    is_seasonal: bool,
}

impl Manner {
    fn of(text: &str) -> Self {
        let has = |from, to| {
            text.chars()
                .any(|character| (from..=to).contains(&character))
        };
        Manner {
            is_american: text.ends_with("AM") || text.ends_with("PM"),
            is_thai: has('\u{0E00}', '\u{0E7F}'),
            is_korean: has('\u{AC00}', '\u{D7AF}'),
            is_seasonal: zone::names_seasonal(text),
        }
    }
}

/// Reads a text that is a time and nothing else.
pub(super) fn parse(text: &str) -> Option<WrittenTime> {
    let text = text.trim();
    plain::parse(text).or_else(|| of_any_form(text))
}

fn of_any_form(text: &str) -> Option<WrittenTime> {
    let is_number = |character: char| character.is_numeric() || numeral(character).is_some();
    if text.len() > LONGEST || !text.contains(is_number) {
        return None;
    }
    let plain = match org_timestamp(text) {
        Some(inside) => with_digits(&folded(&inside)),
        None => with_digits(&folded(text)),
    };
    let plain = plain.trim();
    epoch(plain.strip_prefix('@').unwrap_or(plain))
        .or_else(|| compact(plain))
        .or_else(|| whole(plain, Manner::of(text)))
}

/// What stands in the brackets of Org mode's timestamps (Org manual, section 8.1):
/// `<2020-07-16 Thu 10:51>`, `[2020-07-16 Thu]`. Of a range it is the beginning; what repeats or
/// warns of an appointment is left out.
fn org_timestamp(text: &str) -> Option<String> {
    let is_active = text.starts_with('<');
    let end = if is_active { '>' } else { ']' };
    let (inside, after) = text.strip_prefix(['<', '['])?.split_once(end)?;
    if !(after.is_empty() || after.starts_with("--")) {
        return None;
    }
    let repeats = |word: &&str| {
        word.trim_start_matches(['+', '-', '.']).len() < word.len()
            && word.ends_with(['h', 'd', 'w', 'm', 'y'])
    };
    let words = inside.split_whitespace().filter(|word| !repeats(word));
    let first_hour = |word: &str| match word.split_once('-') {
        Some((hour, _)) if hour.contains(':') => hour.to_owned(),
        _ => word.to_owned(),
    };
    Some(words.map(first_hour).collect::<Vec<_>>().join(" "))
}

/// Seconds since 1970 in ten digits, milliseconds in thirteen or microseconds in sixteen, from
/// September 2001 to 2099; a fraction may follow the seconds.
fn epoch(text: &str) -> Option<WrittenTime> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (number, fraction) = match text.split_once('.') {
        Some((number, fraction)) if number.len() == 10 && is_digits(fraction) => (number, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let value: i64 = number.parse().ok().filter(|_| is_digits(number))?;
    let millis = match number.len() {
        10 => value.checked_mul(1000)?,
        13 => value,
        16 => value / 1000,
        _ => return None,
    };
    let fraction = fraction.chars().chain("000".chars()).take(3);
    let millis = millis + fraction.collect::<String>().parse::<i64>().ok()?;
    if !(1_000_000_000_000..4_070_908_800_000).contains(&millis) {
        return None;
    }
    let time = Timestamp::from_millis(millis)?;
    Some(WrittenTime {
        local: time.datetime().naive_utc(),
        offset: Some(Utc.fix()),
        precise: true,
    })
}

/// `20220505130506` and `202205051305`: a date and a time of day without anything between.
fn compact(text: &str) -> Option<WrittenTime> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits || !matches!(text.len(), 12 | 14) {
        return None;
    }
    let (date, time) = text.split_at_checked(8)?;
    let (number, _) = digits(date, 8, 8)?;
    let date = calendar::of(number / 10_000, number / 100 % 100, number % 100)?;
    let (time, _) = clock::after_t(time)?;
    Some(written(date, Some(time), None))
}

/// A text without anything but a time in it; of several, each with its own label, the first.
fn whole(text: &str, manner: Manner) -> Option<WrittenTime> {
    let (time, rest) = words_before(text, |text| date_first(text, manner))
        .or_else(|| words_before(text, |text| time_first(text, manner)))?;
    is_end(rest, manner).then_some(time)
}

/// What can be read after as few words that say nothing as possible.
fn words_before<'text, T>(
    text: &'text str,
    read: impl Fn(&'text str) -> Parsed<'text, T>,
) -> Parsed<'text, T> {
    let mut rest = text.trim_start();
    for _ in 0..MOST_WORDS {
        // `Mar` is March as well as mardi: what can be read comes before what can be passed over.
        if let Some(found) = read(rest) {
            return Some(found);
        }
        rest = skip_label(rest).or_else(|| skip_word(rest))?;
    }
    None
}

/// Date, time and offset; the time may be missing, and the year may come last.
fn date_first(text: &str, manner: Manner) -> Parsed<'_, WrittenTime> {
    if let Some((date, rest)) = calendar::date(text, manner) {
        let (time, rest) = match time_after(rest) {
            Some((time, rest)) => (Some(time), rest),
            None => (None, rest),
        };
        let (offset, rest) = zone::place(rest.trim_start(), manner.is_seasonal);
        return Some((written(date, time, offset), rest));
    }
    // `Dec 31 01:44:25 UTC 2021`, as C and Unix print.
    let ((month, day), rest) = calendar::month_and_day(text)?;
    let (time, rest) = clock::time(rest.trim_start())?;
    let (offset, rest) = zone::place(rest.trim_start(), manner.is_seasonal);
    let (year, rest) = digits(rest.trim_start(), 4, 4)?;
    Some((
        written(calendar::of(year, month, day)?, Some(time), offset),
        rest,
    ))
}

/// `01:44, 31 December 2021`.
fn time_first(text: &str, manner: Manner) -> Parsed<'_, WrittenTime> {
    let (time, rest) = clock::time(text)?;
    let (offset, rest) = zone::place(rest.trim_start(), manner.is_seasonal);
    let (date, rest) = words_before(rest, |text| calendar::date(text, manner))?;
    let (offset, rest) = match offset {
        Some(_) => (offset, rest),
        None => zone::place(rest.trim_start(), manner.is_seasonal),
    };
    Some((written(date, Some(time), offset), rest))
}

/// A time of day is counted from the midnight that the day begins with: `24:00` ends it.
fn written(date: NaiveDate, time: Option<TimeDelta>, place: Option<ZoneMark>) -> WrittenTime {
    let midnight = date.and_time(NaiveTime::MIN);
    let local = time.and_then(|time| midnight.checked_add_signed(time));
    let offset = match (place, local) {
        // A day is that of its place, and begins with no hour.
        (Some(ZoneMark::In(_)), None) | (None, _) => None,
        (Some(place), local) => place.offset_at(local.unwrap_or(midnight)),
    };
    WrittenTime {
        local: local.unwrap_or(midnight),
        offset,
        precise: time.is_some(),
    }
}

/// The time of day after a date.
fn time_after(text: &str) -> Parsed<'_, TimeDelta> {
    let text = text.strip_prefix(['.', '_', ':']).unwrap_or(text);
    if let Some(found) = text.strip_prefix('t').and_then(clock::after_t) {
        return Some(found);
    }
    let mut rest = text.trim_start();
    for _ in 0..MOST_WORDS {
        if let Some(found) = clock::time(rest) {
            return Some(found);
        }
        rest = skip_word(rest)?;
    }
    None
}

/// What follows a word or a sign that says nothing.
fn skip_word(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let after_weekday = WEEKDAY
        .strip(inner)
        .or_else(|| letter_of_weekday(inner).filter(|_| inner != text));
    if let Some(((), rest)) = after_weekday {
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let rest = match text.starts_with('(') {
            true => rest.strip_prefix(')')?,
            false => rest,
        };
        return Some(rest.trim_start());
    }
    if let Some(((), rest)) = JOINT.strip(text) {
        // Hebrew joins its words to a number with a hyphen.
        return Some(rest.trim_start_matches(['.', ' ', ':', '-', '־']));
    }
    let rest = text
        .strip_prefix([' ', ',', '|', '、', '·', '•', '@', '/', '\'', '’', '.'])
        .or_else(|| text.strip_prefix("- "))?;
    Some(rest.trim_start())
}

fn letter_of_weekday(text: &str) -> Parsed<'_, ()> {
    let rest = text.strip_prefix(|first| WEEKDAY_LETTERS.contains(first))?;
    rest.starts_with(')').then_some(((), rest))
}

/// What follows a word that says what a time is the time of.
fn skip_label(text: &str) -> Option<&str> {
    if let Some(rest) = skip_reading_time(text) {
        return Some(rest.trim_start_matches([' ', '|', '·', '•', '-', ',']));
    }
    let text = text.trim_start_matches(['(', '[', '【', '/']);
    let ((), rest) = LABEL.strip(text)?;
    Some(rest.trim_start_matches([' ', ':', '=', ']', '】']))
}

/// What follows the time that a text takes to read: `5 min read`.
fn skip_reading_time(text: &str) -> Option<&str> {
    let (_, rest) = digits(text.trim_start_matches(['~', '(']), 1, 3)?;
    let ((), rest) = READING.strip(rest.trim_start())?;
    Some(rest.trim_start_matches(['.', ')']))
}

/// Whether nothing follows a time that could make it a part of something else.
fn is_end(rest: &str, manner: Manner) -> bool {
    let mut rest = rest.trim();
    for _ in 0..MOST_WORDS {
        if rest.is_empty() || is_comment(rest) {
            return true;
        }
        let label = skip_label(rest);
        if label.is_some_and(|after| whole(after, manner).is_some()) {
            return true;
        }
        // `2021年12月31日 公開`: where words are not parted by spaces, the label may come last.
        let last = label.filter(|_| rest.starts_with(is_unspaced));
        let Some(after) = last.or_else(|| skip_trailing(rest)) else {
            return false;
        };
        rest = after.trim_start();
    }
    false
}

/// What follows a sign, a weekday or a unit of the clock after a time.
fn skip_trailing(rest: &str) -> Option<&str> {
    let signs = rest.strip_prefix(['.', ',', '|', '·', '•', ';', '/', ')']);
    signs
        .or_else(|| rest.strip_prefix("- "))
        .or_else(|| skip_reading_time(rest))
        .or_else(|| TRAILING.strip(rest).map(|((), after)| after))
        .or_else(|| {
            skip_word(rest).filter(|_| WEEKDAY.strip(rest).is_some() || rest.starts_with('('))
        })
}

/// Whether the rest is a remark in parentheses as RFC 2822 allows (section 3.2.3), or the name of a
/// zone in brackets (RFC 9557).
fn is_comment(rest: &str) -> bool {
    (rest.starts_with('(') && rest.ends_with(')')) || (rest.starts_with('[') && rest.ends_with(']'))
}

/// A number of so many digits.
fn digits(text: &str, least: usize, most: usize) -> Parsed<'_, u32> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&count) {
        return None;
    }
    let (number, rest) = text.split_at_checked(count)?;
    Some((number.parse().ok()?, rest))
}
