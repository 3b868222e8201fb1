//! Any text is a time or none; a time lies within what every output can write, and reads back.

use crate::spelling::spelled;
use chrono::{DateTime, Datelike};
use offprint::model::{Timestamp, WrittenTime, Zone};

const WORDS: &[&str] = &[
    "2020",
    "07",
    "6",
    "06",
    "31",
    "29",
    "12",
    "0",
    "00",
    "59",
    "60",
    "24",
    "9999",
    "0001",
    "1",
    "-",
    "/",
    ":",
    ".",
    ",",
    " ",
    "T",
    "t",
    "Z",
    "+08:00",
    "-0500",
    "+0000",
    "+14:00",
    "-2359",
    "年",
    "月",
    "日",
    "号",
    "时",
    "點",
    "分",
    "秒",
    "上午",
    "下午",
    "凌晨",
    "AM",
    "pm",
    "Mon",
    "Mon, ",
    "Thursday",
    "星期四",
    "周五",
    "Jul",
    "February",
    "Sept",
    "GMT",
    "UTC",
    "CST",
    "(CST)",
    "EDT",
    "JST",
    "(China Standard Time)",
    "20200706",
    "144254",
    "．",
    "２０２０",
    "\u{2013}",
    "\u{3000}",
    "，",
    "|",
    " - ",
    ".123",
    "1640915226000",
    "0099",
];

const ZONES: [Zone; 8] = [
    Zone::UTC,
    Zone::Asia__Shanghai,
    Zone::Asia__Kathmandu,
    Zone::Europe__Paris,
    Zone::America__New_York,
    Zone::Pacific__Apia,
    Zone::Pacific__Kiritimati,
    Zone::Africa__Monrovia,
];

pub fn holds(bytes: &[u8]) {
    let text = spelled(bytes, WORDS);
    if let Ok(millis) = text.trim().parse::<i64>() {
        of_epoch(millis);
    }
    let Some(time) = WrittenTime::parse(&text) else {
        return;
    };
    assert_eq!(
        WrittenTime::parse(&format!(" {text}\n")),
        Some(time),
        "spaces around it"
    );
    assert!((1..=9999).contains(&time.local.year()), "{time:?}");
    assert!(time.precise || time.local.time() == chrono::NaiveTime::MIN);
    check_order(&text, time);
    let instants = ZONES.map(|zone| time.in_zone(zone));
    for instant in instants.into_iter().flatten() {
        reads_back(instant);
    }
    if time.offset.is_some() {
        assert!(
            instants.iter().all(|instant| *instant == instants[0]),
            "{text}"
        );
    } else if let (Some(here), Some(there)) = (instants[0], instants[1]) {
        // Shanghai was never more than nine hours and six minutes ahead.
        let apart = here.millis() - there.millis();
        assert!(
            (28_800_000..=32_760_000).contains(&apart),
            "{text}: {apart}"
        );
    }
}

/// `d/m/y` and `y-m-d`, never `m/d/y`.
fn check_order(text: &str, time: WrittenTime) {
    let digits: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let numbers: Vec<u32> = digits.iter().filter_map(|part| part.parse().ok()).collect();
    let plain = text
        .trim()
        .bytes()
        .all(|b| b.is_ascii_digit() || b"/-.".contains(&b));
    if !plain || numbers.len() != 3 || digits.len() != 3 {
        return;
    }
    let local = [
        time.local.day(),
        time.local.month(),
        time.local.year().unsigned_abs(),
    ];
    if digits[0].len() == 4 {
        assert_eq!(numbers, [local[2], local[1], local[0]], "{text}");
    } else {
        assert_eq!(numbers, local, "{text}");
    }
}

/// An epoch is a time between the years 1 and 9999, or none.
fn of_epoch(millis: i64) {
    match Timestamp::from_millis(millis) {
        Some(time) => {
            assert_eq!(time.millis(), millis);
            reads_back(time);
        }
        None => assert!(!(-62_135_596_800_000..=253_402_300_799_999).contains(&millis)),
    }
}

/// What outputs write of a time is read as the same second by chrono and by our own reader.
fn reads_back(time: Timestamp) {
    let second = time.millis().div_euclid(1000);
    let (atom, rss) = (time.rfc3339(), time.rfc2822());
    assert_eq!(
        DateTime::parse_from_rfc3339(&atom).unwrap().timestamp(),
        second,
        "{atom}"
    );
    assert_eq!(
        DateTime::parse_from_rfc2822(&rss).unwrap().timestamp(),
        second,
        "{rss}"
    );
    for written in [atom, rss] {
        let read = WrittenTime::parse(&written).and_then(|read| read.in_zone(Zone::Asia__Tokyo));
        let read = read.unwrap_or_else(|| panic!("{written} does not read back"));
        assert_eq!(read.millis().div_euclid(1000), second, "{written}");
    }
}
