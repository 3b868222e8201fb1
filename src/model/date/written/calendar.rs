//! Dates: year first, day first, with the name of a month, and in eras.

use super::vocabulary::{ERA, JOINT, MONTH, ORDINAL, RECKONING};
use super::{Manner, Parsed, digits};
use chrono::NaiveDate;

/// A date in one of the forms that sites write.
pub(super) fn date(text: &str, manner: Manner) -> Parsed<'_, NaiveDate> {
    week_date(text)
        .or_else(|| year_first(text, manner))
        .or_else(|| in_era(text))
        .or_else(|| in_numbers(text, manner))
        .or_else(|| compact(text))
        .or_else(|| named_month(text, manner))
}

pub(super) fn of(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| *year > 0)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `2020-W13-3` and `2020-085`: week dates and ordinal dates of ISO 8601.
fn week_date(text: &str) -> Parsed<'_, NaiveDate> {
    let (year, rest) = digits(text, 4, 4)?;
    let year = i32::try_from(year).ok()?;
    let rest = rest.strip_prefix('-')?;
    if let Some(rest) = rest.strip_prefix('w') {
        let (week, rest) = digits(rest, 2, 2)?;
        let (weekday, rest) = digits(rest.strip_prefix('-')?, 1, 1)?;
        let weekday =
            chrono::Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
        return Some((NaiveDate::from_isoywd_opt(year, week, weekday)?, rest));
    }
    let (day, rest) = digits(rest, 3, 3)?;
    Some((NaiveDate::from_yo_opt(year, day)?, rest))
}

/// `2020-07-06`, `2020/7/6`, `2020.07.06`, `2020年 7月 6日`, `2021. 12. 31.`, `2021. december 31.`
fn year_first(text: &str, manner: Manner) -> Parsed<'_, NaiveDate> {
    let (year, rest) = year(text, manner).or_else(|| short_korean_year(text, manner))?;
    let rest = rest.trim_start();
    if let Some(found) = rest
        .strip_prefix(['-', '/', '.', '年', '년'])
        .and_then(|rest| month_and_day_after(rest.trim_start(), year))
    {
        return Some(found);
    }
    let rest = rest.trim_start_matches(['-', '/', '.', ',', ' ']);
    let ((month, day), rest) = month_and_day(rest)?;
    Some((of(year, month, day)?, rest))
}

fn short_korean_year(text: &str, manner: Manner) -> Parsed<'_, u32> {
    let (year, rest) = digits(text, 2, 2).filter(|_| manner.is_korean)?;
    rest.starts_with(['.', '년'])
        .then_some((century(year), rest))
}

fn month_and_day_after(text: &str, year: u32) -> Parsed<'_, NaiveDate> {
    let (month, rest) = digits(text, 1, 2)?;
    let rest = rest
        .trim_start()
        .strip_prefix(['-', '/', '.', '月', '월'])?;
    let (day, rest) = digits(rest.trim_start(), 1, 2)?;
    let day_mark = rest.trim_start().strip_prefix(['日', '号', '號', '일']);
    Some((of(year, month, day)?, day_mark.unwrap_or(rest)))
}

/// `令和3年12月31日`, `R3.12.31`, `民國110年12月31日`.
fn in_era(text: &str) -> Parsed<'_, NaiveDate> {
    let (years, rest) = ERA.strip(text).or_else(|| short_era(text))?;
    let (year, rest) = digits(rest.trim_start(), 1, 3)?;
    let year = i64::from(year) + i64::from(years);
    let rest = rest.trim_start().strip_prefix(['年', '.', '/', '-'])?;
    month_and_day_after(rest.trim_start(), u32::try_from(year).ok()?)
}

/// The letter that stands for an era of Japan, right before a number.
fn short_era(text: &str) -> Parsed<'_, i32> {
    let first = text.get(..1)?;
    let (years, _) = ERA.strip(first)?;
    text.get(1..).map(|rest| (years, rest))
}

/// A year of four digits, by the reckoning that is written before it.
fn year(text: &str, manner: Manner) -> Parsed<'_, u32> {
    let (years, rest) = match RECKONING.strip(text) {
        Some((years, rest)) => (Some(years), rest.trim_start_matches([' ', '.'])),
        None => (None, text),
    };
    let (year, rest) = digits(rest, 4, 4)?;
    let is_buddhist = manner.is_thai && BUDDHIST.contains(&year);
    let years = years.unwrap_or(if is_buddhist { -543 } else { 0 });
    Some((year.checked_add_signed(years)?, rest))
}

/// The years of the Buddhist era from 1857 to 2156.
const BUDDHIST: std::ops::Range<u32> = 2400..2700;

/// `06/07/2020`: day, month, year, unless only month, day, year can be meant, or the manner is that
/// of the United States. Two digits of a year may stand after dots and slashes.
fn in_numbers(text: &str, manner: Manner) -> Parsed<'_, NaiveDate> {
    const SIGNS: [char; 3] = ['-', '/', '.'];
    let (first, rest) = digits(text, 1, 2)?;
    let sign = rest.trim_start().chars().next()?;
    let (second, rest) = digits(after_sign(rest, &SIGNS)?, 1, 2)?;
    let rest = after_sign(rest, &SIGNS)?;
    let (year, rest) =
        year(rest, manner).or_else(|| short_year(rest, manner).filter(|_| sign != '-'))?;
    let year = if sign == '/' && BUDDHIST.contains(&year) {
        year - 543
    } else {
        year
    };
    let day_first = of(year, second, first);
    let month_first = of(year, first, second);
    let date = match sign == '/' && manner.is_american {
        true => month_first.or(day_first),
        false => day_first.or(month_first.filter(|_| sign != '.')),
    };
    Some((date?, rest))
}

fn after_sign<'text>(text: &'text str, signs: &[char]) -> Option<&'text str> {
    Some(text.trim_start().strip_prefix(signs)?.trim_start())
}

/// `20200706`, the basic format of ISO 8601.
fn compact(text: &str) -> Parsed<'_, NaiveDate> {
    let (number, rest) = digits(text, 8, 8)?;
    let day = of(number / 10_000, number / 100 % 100, number % 100)?;
    Some((day, rest))
}

/// `6 Jul 2020`, `31. Dezember 2021`, `31 de diciembre de 2021` and `Jul 6, 2020`.
fn named_month(text: &str, manner: Manner) -> Parsed<'_, NaiveDate> {
    let ((month, day), rest) = day_and_month(text).or_else(|| month_and_day(text))?;
    let rest = skip_joints(rest);
    let (year, rest) = year(rest, manner).or_else(|| short_year(rest, manner))?;
    Some((of(year, month, day)?, rest))
}

fn day_and_month(text: &str) -> Parsed<'_, (u32, u32)> {
    let (day, rest) = day(text)?;
    let (month, rest) = month(skip_joints(rest))?;
    Some(((month, day), rest))
}

/// `Dec 31`, `December 31st`.
pub(super) fn month_and_day(text: &str) -> Parsed<'_, (u32, u32)> {
    let (month, rest) = month(text)?;
    let (day, rest) = day(skip_joints(rest))?;
    Some(((month, day), rest))
}

/// A day of the month, as a number or an ordinal.
fn day(text: &str) -> Parsed<'_, u32> {
    let (day, rest) = digits(text, 1, 2)?;
    let rest = match ORDINAL.strip(rest) {
        Some(((), after)) => after,
        None => rest,
    };
    Some((day, rest))
}

/// A month by its name, by the first letters of it, by two names (`ديسمبر/كانون الأول`), or by its
/// number after the word for it (`tháng 12`).
fn month(text: &str) -> Parsed<'_, u32> {
    if let Some((month, rest)) = ["thang", "thg"].iter().find_map(|word| {
        let rest = text.strip_prefix(word)?;
        digits(rest.trim_start_matches(['.', ' ']), 1, 2)
    }) {
        return Some((month, rest));
    }
    let (month, rest) = MONTH.strip(text)?;
    let second = rest.trim_start().strip_prefix('/');
    let second = second.and_then(|rest| MONTH.strip(rest.trim_start()));
    let after = second.filter(|(other, _)| *other == month);
    Some((month, after.map_or(rest, |(_, rest)| rest)))
}

/// What follows the words and signs between the parts of a date.
fn skip_joints(text: &str) -> &str {
    let mut rest = text;
    loop {
        let plain = rest.trim_start_matches([' ', '-', ',', '.', '/', '\'', '’']);
        rest = match JOINT.strip(plain) {
            // `พ.ศ. 2564` says how the year counts.
            Some(((), after)) if RECKONING.strip(plain).is_none() => after,
            _ => return plain,
        };
    }
}

/// Two digits, by RFC 2822, section 4.3; in Thailand of the Buddhist era.
fn short_year(text: &str, manner: Manner) -> Parsed<'_, u32> {
    // `Dec 31 01:44:25 2021` has a time there.
    let (year, rest) = digits(text, 2, 2).filter(|(_, rest)| !rest.starts_with(':'))?;
    let year = match manner.is_thai {
        true => (year + 2500).saturating_sub(543),
        false => century(year),
    };
    Some((year, rest))
}

fn century(year: u32) -> u32 {
    if year < 50 { year + 2000 } else { year + 1900 }
}
