//! The forms in which sites and scripts write times.

use super::WrittenTime;
use chrono::{FixedOffset, NaiveDate, NaiveTime};

/// A value and the text after it.
type Parsed<'text, T> = Option<(T, &'text str)>;

/// The longest text that can be a time, in bytes: `Thu Jul 16 2020 … (China Standard Time)` and
/// some room.
const LONGEST: usize = 120;

/// The English names of months, of which the first three letters stand for all.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Names of offsets in minutes: RFC 2822 (section 4.3) and those of sites in East Asia and Europe.
/// CST is not among them, for it is China's as well as Chicago's.
const OFFSETS: [(&str, i32); 18] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("hkt", 480),
    ("jst", 540),
    ("kst", 540),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("eest", 180),
];

/// Half of a day, where the clock has twelve hours.
#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// Reads a text that is a time and nothing else.
pub(super) fn parse(text: &str) -> Option<WrittenTime> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let plain = with_plain_characters(without_org_brackets(text));
    let rest = skip_weekday(&plain);
    let (date, rest) = year_first(rest)
        .or_else(|| day_first(rest))
        .or_else(|| compact(rest))
        .or_else(|| named_month(rest))?;
    let rest = skip_weekday(skip_joint(rest));
    let (time, rest) = match time_of_day(rest) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, rest),
    };
    let (offset, rest) = offset(rest.trim_start());
    if !is_comment(rest.trim()) {
        return None;
    }
    Some(WrittenTime {
        local: date.and_time(time.unwrap_or(NaiveTime::MIN)),
        offset,
        precise: time.is_some(),
    })
}

/// What stands in the brackets of Org mode's timestamps: `<2020-07-16 Thu 10:51>`,
/// `[2020-07-16 Thu]`.
fn without_org_brackets(text: &str) -> &str {
    let between = |start, end| text.strip_prefix(start)?.strip_suffix(end);
    between('<', '>')
        .or_else(|| between('[', ']'))
        .unwrap_or(text)
}

/// Full-width digits, punctuation and spaces become those of ASCII.
fn with_plain_characters(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => u32::from(c)
                .checked_sub(0xFEE0)
                .and_then(char::from_u32)
                .unwrap_or(c),
            '\u{2013}' | '\u{2014}' | '\u{2212}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
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

/// A word of ASCII letters, in lower case.
fn word(text: &str) -> (String, &str) {
    let count = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = text.split_at_checked(count).unwrap_or((text, ""));
    (word.to_ascii_lowercase(), rest)
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| *year > 0)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `2020-07-06`, `2020/7/6`, `2020.07.06`, `2020年 7月 6日`.
fn year_first(text: &str) -> Parsed<'_, NaiveDate> {
    let (year, rest) = digits(text, 4, 4)?;
    let rest = rest.trim_start().strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = digits(rest.trim_start(), 1, 2)?;
    let rest = rest.trim_start().strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = digits(rest.trim_start(), 1, 2)?;
    let day_mark = rest.trim_start().strip_prefix(['日', '号', '號']);
    Some((date(year, month, day)?, day_mark.unwrap_or(rest)))
}

/// `06/07/2020`: day, month, year.
fn day_first(text: &str) -> Parsed<'_, NaiveDate> {
    let (day, rest) = digits(text, 1, 2)?;
    let (month, rest) = digits(rest.strip_prefix(['-', '/', '.'])?, 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix(['-', '/', '.'])?, 4, 4)?;
    Some((date(year, month, day)?, rest))
}

/// `20200706`, the basic format of ISO 8601.
fn compact(text: &str) -> Parsed<'_, NaiveDate> {
    let (number, rest) = digits(text, 8, 8)?;
    let day = date(number / 10_000, number / 100 % 100, number % 100)?;
    Some((day, rest))
}

/// `6 Jul 2020` and `Jul 6, 2020`.
fn named_month(text: &str) -> Parsed<'_, NaiveDate> {
    let (month, day, rest) = match digits(text, 1, 2) {
        Some((day, rest)) => {
            let (month, rest) = month_name(rest.trim_start_matches([' ', '-']))?;
            (month, day, rest)
        }
        None => {
            let (month, rest) = month_name(text)?;
            let (day, rest) = digits(rest.trim_start(), 1, 2)?;
            (month, day, rest)
        }
    };
    let rest = rest.trim_start_matches([' ', '-', ',', '.']);
    let (year, rest) = digits(rest, 4, 4).or_else(|| short_year(rest))?;
    Some((date(year, month, day)?, rest))
}

/// Two digits, by RFC 2822, section 4.3.
fn short_year(text: &str) -> Parsed<'_, u32> {
    let (year, rest) = digits(text, 2, 2)?;
    Some((if year < 50 { year + 2000 } else { year + 1900 }, rest))
}

/// Whether a word is an English name of a month, or its first three letters.
pub(crate) fn names_month(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut months = MONTHS.iter();
    months.any(|month| *month == word || short(month) == word)
}

fn short(month: &str) -> &str {
    month.get(..3).unwrap_or(month)
}

/// The number of a month by its English name or the first letters of it.
fn month_name(text: &str) -> Parsed<'_, u32> {
    let (name, rest) = word(text);
    let mut months = MONTHS.iter();
    let position = months.position(|month| name.starts_with(short(month)))?;
    Some((u32::try_from(position).ok()? + 1, rest))
}

/// What follows a day of the week; the text itself where none stands there.
fn skip_weekday(text: &str) -> &str {
    let (name, rest) = word(text);
    if WEEKDAYS.iter().any(|day| name.starts_with(day)) {
        return rest.trim_start_matches([' ', ',']);
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    ["星期", "礼拜", "週", "周"]
        .iter()
        .find_map(|name| {
            let rest = inner.strip_prefix(name)?;
            rest.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天'])
        })
        .map_or(text, |rest| {
            rest.strip_prefix(')').unwrap_or(rest).trim_start()
        })
}

/// What follows the characters that stand between date and time.
fn skip_joint(text: &str) -> &str {
    let joined = text.trim_start_matches([' ', ',', '|', '、']);
    // The T of ISO 8601 stands before a digit; another begins `Thu` or `Tuesday`.
    let is_clock = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let joined = joined
        .strip_prefix(['T', 't'])
        .filter(is_clock)
        .unwrap_or(joined);
    match joined.strip_prefix("- ") {
        Some(rest) => rest.trim_start(),
        None => joined,
    }
}

/// `14:42`, `14:42:54.123`, `下午2:42`, `2:42 PM`, `14时42分`, `144254`.
fn time_of_day(text: &str) -> Parsed<'_, NaiveTime> {
    if let Some((number, rest)) = digits(text, 6, 6) {
        let time = NaiveTime::from_hms_opt(number / 10_000, number / 100 % 100, number % 100)?;
        return Some((time, rest));
    }
    let (before, text) = chinese_half(text);
    let (hour, rest) = digits(text, 1, 2)?;
    let rest = rest.strip_prefix([':', '时', '時', '点', '點'])?;
    let (minute, rest) = digits(rest, 1, 2)?;
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let (second, rest) = seconds(rest).unwrap_or((0, rest));
    let (nanosecond, rest) = fraction(rest).unwrap_or((0, rest));
    let (after, rest) = english_half(rest);
    let hour = match before.or(after) {
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    // A leap second is written as 60, which no output has.
    let second = if second == 60 { 59 } else { second };
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?;
    Some((time, rest))
}

fn seconds(text: &str) -> Parsed<'_, u32> {
    match text.strip_prefix(':') {
        Some(rest) => digits(rest, 2, 2),
        None => {
            let (second, rest) = digits(text, 1, 2)?;
            Some((second, rest.strip_prefix('秒')?))
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

fn chinese_half(text: &str) -> (Option<Half>, &str) {
    for (name, half) in [
        ("上午", Half::Morning),
        ("凌晨", Half::Morning),
        ("下午", Half::Afternoon),
        ("晚上", Half::Afternoon),
    ] {
        if let Some(rest) = text.strip_prefix(name) {
            return (Some(half), rest.trim_start());
        }
    }
    (None, text)
}

fn english_half(text: &str) -> (Option<Half>, &str) {
    let (name, rest) = word(text.trim_start());
    match name.as_str() {
        "am" => (Some(Half::Morning), rest),
        "pm" => (Some(Half::Afternoon), rest),
        _ => (None, text),
    }
}

/// `Z`, `GMT`, `+08:00`, `+0800`, `UTC+8`. A name that is no offset of ours is passed over where it
/// is known to be ambiguous, and left where it stands otherwise.
fn offset(text: &str) -> (Option<FixedOffset>, &str) {
    let (name, after_name) = word(text);
    if name == "cst" {
        return (None, after_name);
    }
    let named = OFFSETS.iter().find(|(known, _)| *known == name);
    let rest = if named.is_some() { after_name } else { text };
    if let Some((minutes, rest)) = signed_offset(rest.trim_start()) {
        return (FixedOffset::east_opt(minutes * 60), rest);
    }
    match named {
        Some((_, minutes)) => (FixedOffset::east_opt(minutes * 60), after_name),
        None => (None, text),
    }
}

/// An offset in minutes, less than a day.
fn signed_offset(text: &str) -> Parsed<'_, i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest = text.strip_prefix(['+', '-'])?;
    let (hours, minutes, rest) = match digits(rest, 4, 4) {
        Some((number, rest)) => (number / 100, number % 100, rest),
        None => {
            let (hours, rest) = digits(rest, 1, 2)?;
            match rest.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)) {
                Some((minutes, rest)) => (hours, minutes, rest),
                None => (hours, 0, rest),
            }
        }
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours < 24 && minutes < 60).then_some((sign * total, rest))
}

/// Whether the rest is nothing, or a remark in parentheses as RFC 2822 allows (section 3.2.3).
fn is_comment(rest: &str) -> bool {
    rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match parse(text) {
            Some(time) => format!(
                "{} {}{}",
                time.local,
                time.offset.map_or("-".to_owned(), |o| o.to_string()),
                if time.precise { "" } else { " day" }
            ),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn iso_8601() {
        assert_eq!(
            read("2021-12-31T01:44:25.926Z"),
            "2021-12-31 01:44:25.926 +00:00"
        );
        assert_eq!(read("2020-07-20T00:37:26"), "2020-07-20 00:37:26 -");
        assert_eq!(
            read("2014-04-02T13:05:38+02:00"),
            "2014-04-02 13:05:38 +02:00"
        );
        assert_eq!(
            read("2020-05-13 03:55:28 +0800"),
            "2020-05-13 03:55:28 +08:00"
        );
        assert_eq!(read("20200716T105100Z"), "2020-07-16 10:51:00 +00:00");
        assert_eq!(read("20200716"), "2020-07-16 00:00:00 - day");
        assert_eq!(read("2020-07-16"), "2020-07-16 00:00:00 - day");
        assert_eq!(
            read("2020-07-16T10:51:00.1234567890123Z"),
            "2020-07-16 10:51:00.123456789 +00:00"
        );
    }

    #[test]
    fn rfc_2822_and_english() {
        let expected = "2020-07-20 14:01:49 +00:00";
        assert_eq!(read("Mon, 20 Jul 2020 14:01:49 GMT"), expected);
        assert_eq!(read("20 Jul 2020 14:01:49 +0000 (UTC)"), expected);
        assert_eq!(read("20 Jul 20 14:01:49 UT"), expected);
        assert_eq!(read("July 20, 2020 2:01 PM"), "2020-07-20 14:01:00 -");
        let printed = "Mon Jul 20 2020 14:01:49 GMT+0800 (China Standard Time)";
        assert_eq!(read(printed), "2020-07-20 14:01:49 +08:00");
    }

    #[test]
    fn fault_13_a_weekday_in_t_may_stand_before_the_time() {
        for weekday in ["Tue", "Thu", "Tuesday", "thursday", "Thu,", "Wed"] {
            let expected = "2020-07-16 10:51:00 -";
            assert_eq!(read(&format!("2020-07-16 {weekday} 10:51")), expected);
            assert_eq!(read(&format!("<2020-07-16 {weekday} 10:51>")), expected);
            let day = "2020-07-16 00:00:00 - day";
            assert_eq!(read(&format!("[2020-07-16 {weekday}]")), day);
        }
        assert_eq!(read("2020-07-16T10:51"), "2020-07-16 10:51:00 -");
        assert_eq!(read("2020-07-16 T"), "none");
        assert_eq!(read("<2020-07-16 Thu 10:51"), "none");
    }

    #[test]
    fn slashes_are_day_month_year() {
        assert_eq!(read("15/07/2020 - 10:51"), "2020-07-15 10:51:00 -");
        assert_eq!(read("03/04/2020"), "2020-04-03 00:00:00 - day");
        assert_eq!(read("07/15/2020"), "none");
        assert_eq!(read("2020/07/16"), "2020-07-16 00:00:00 - day");
    }

    #[test]
    fn chinese() {
        assert_eq!(read("2020年 7月 16日"), "2020-07-16 00:00:00 - day");
        assert_eq!(read("2020年7月16日 10:51"), "2020-07-16 10:51:00 -");
        assert_eq!(
            read("2020年7月16日（星期四）下午3点05分"),
            "2020-07-16 15:05:00 -"
        );
        assert_eq!(
            read("２０２０年７月１６日　１０：５１"),
            "2020-07-16 10:51:00 -"
        );
        assert_eq!(read("2020-07-16 10:51:00 CST"), "2020-07-16 10:51:00 -");
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "undefined",
            "NaN",
            "2020",
            "2020-13-01",
            "2020-02-30",
            "0000-01-01",
            "2020-07-16 25:00",
            "2020-07-16 10:51 updated",
            "-",
            "Jul",
            "1/2",
            "2020-07-16 10:61",
            "12345-01-01",
            "2020-07-16T10:51+99:00",
            "1640915226000",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
    }
}
