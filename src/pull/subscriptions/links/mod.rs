//! Reading lists: exports of programs that keep addresses, whose pages are to be fetched.

mod json;
mod table;

use crate::model::{Address, Timestamp, WrittenTime};
use crate::pull::markup::references::decoded;
use crate::pull::markup::{plain_text, tags};

/// From which number on a time is in milliseconds: in seconds it would lie after the year 5000.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// From which number on it is in microseconds, as Firefox has it, for the same reason.
const FIRST_MICROSECONDS: i64 = 100_000_000_000_000;

/// From which number on they are counted since 1601, as Chromium has it: since 1970 they would lie after
/// the year 2280.
const FIRST_SINCE_1601: i64 = 10_000_000_000_000_000;

/// The milliseconds from 1601 to 1970.
const FROM_1601: i64 = 11_644_473_600_000;

/// An address of a reading list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pull) struct Link {
    pub address: Address,
    pub title: Option<String>,
    /// When it was put on the list.
    pub time: Option<Timestamp>,
    pub tags: Vec<String>,
}

/// The addresses of a list, in its order, each once: of Pocket, Instapaper, Readwise, Matter,
/// Karakeep, Linkwarden, Raindrop, browsers, or lines of addresses.
pub(in crate::pull) fn links(text: &str) -> Vec<Link> {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut links = if text.starts_with(['{', '[']) {
        json::links(text)
    } else if is_page(text) {
        bookmarks(text)
    } else {
        table::links(text).unwrap_or_else(|| lines(text))
    };
    let mut seen = std::collections::HashSet::new();
    links.retain(|link| seen.insert(link.address.comparison_key()));
    links
}

fn is_page(text: &str) -> bool {
    let start: String = text.chars().take(200).collect();
    let start = start.to_ascii_lowercase();
    ["<!doctype", "<html", "<dl", "<ul", "<li"]
        .iter()
        .any(|tag| start.contains(tag))
}

/// Bookmarks in the form that Netscape began, and Pocket's older export.
fn bookmarks(html: &str) -> Vec<Link> {
    let all: Vec<_> = tags(html).collect();
    let mut links = Vec::new();
    for (position, tag) in all.iter().enumerate() {
        if tag.name != "a" || tag.is_end {
            continue;
        }
        let end = all
            .get(position + 1..)
            .unwrap_or_default()
            .iter()
            .find(|next| next.name == "a")
            .map_or(html.len(), |next| next.range.start);
        let title = plain_text(html.get(tag.range.end..end).unwrap_or_default());
        let time = tag.value("time_added").or_else(|| tag.value("add_date"));
        links.extend(link(
            &tag.value("href").unwrap_or_default(),
            Some(title),
            time.as_deref(),
            words(&tag.value("tags").unwrap_or_default(), &[',']),
        ));
    }
    links
}

/// The first address of each line. A line may begin with what marks a list.
fn lines(text: &str) -> Vec<Link> {
    let address = |line: &str| {
        let start = line.find("http://").or_else(|| line.find("https://"))?;
        let rest = line.get(start..)?;
        let end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"');
        let word = rest.split(end).next()?;
        let is_alone = word.len() == line.len();
        link(without_signs(word, is_alone), None, None, Vec::new())
    };
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.filter_map(address).collect()
}

/// An address without the signs of the sentence that it stands in: a bracket that was opened before it, a
/// comma. One that stands alone in its line may end with a full stop.
fn without_signs(mut word: &str, is_alone: bool) -> &str {
    let signs: &[char] = if is_alone {
        &[',', ';']
    } else {
        &[',', ';', '.', ':', '!', '?', '*', '\'']
    };
    loop {
        let count = |sign: char| word.matches(sign).count();
        let is_closed = |open, close| word.ends_with(close) && count(close) > count(open);
        if word.ends_with(signs) || is_closed('(', ')') || is_closed('[', ']') {
            // All of these are one byte long.
            word = word.get(..word.len() - 1).unwrap_or_default();
        } else {
            return word;
        }
    }
}

/// A link of what a list says; none where its address is none of the web.
fn link(
    address: &str,
    title: Option<String>,
    time: Option<&str>,
    tags: Vec<String>,
) -> Option<Link> {
    let address = Address::parse(address).filter(Address::is_web)?;
    let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    // Programs write the address where they know no title.
    let title = title.filter(|title| !title.is_empty() && Address::parse(title).is_none());
    Some(Link {
        address,
        title,
        time: time.and_then(self::time),
        tags,
    })
}

/// A time as lists have it: seconds or milliseconds since 1970, or a date.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    match text.parse::<i64>() {
        Ok(0) => None,
        Ok(number) if number < FIRST_MILLISECONDS => {
            Timestamp::from_millis(number.checked_mul(1000)?)
        }
        Ok(number) if number < FIRST_MICROSECONDS => Timestamp::from_millis(number),
        Ok(number) if number < FIRST_SINCE_1601 => Timestamp::from_millis(number / 1000),
        Ok(number) => Timestamp::from_millis(number / 1000 - FROM_1601),
        Err(_) => WrittenTime::parse(text)?.in_zone(chrono_tz::UTC),
    }
}

/// The words of a list of tags: parted by signs, or a list of texts as programs print it.
fn words(text: &str, signs: &[char]) -> Vec<String> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let parts = text.split(|c| signs.contains(&c));
    let word = |part: &str| decoded(part.trim().trim_matches(['"', '\'']).trim());
    parts.map(word).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests;
