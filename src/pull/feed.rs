//! What a feed's document says of itself: its title, when to ask again, where more of it is.

use super::markup::plain_text;
use super::markup::references::decoded;
use crate::model::{Address, Timestamp};
use chrono::{Datelike, Timelike};
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// The longest time that a feed may ask to be left alone: some say a year, and mean nothing by it.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub title: Option<String>,
    /// The page that the feed is of, as written.
    pub home: Option<String>,
    pub rhythm: Rhythm,
    /// The document with what came before (RFC 5005; JSON Feed, `next_url`), as written.
    pub earlier: Option<String>,
}

/// How often a feed wants to be asked (RSS 2.0). It stays as its last document said while there is no
/// new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Rhythm {
    /// How long it stays as it is (`ttl`).
    ttl: Option<Duration>,
    /// Hours of the day, in UTC, in which it is not to be asked.
    skip_hours: Vec<u32>,
    /// Days of the week in which it is not to be asked, in lower case.
    skip_days: Vec<String>,
}

impl Facts {
    /// Reads a document as far as it is one.
    pub fn of(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        if text.starts_with('{') {
            Facts::of_json(text)
        } else {
            Facts::of_xml(text)
        }
    }

    fn of_json(text: &str) -> Self {
        let feed: Value = serde_json::from_str(text).unwrap_or_default();
        let string = |key: &str| feed.get(key).and_then(Value::as_str).map(str::to_owned);
        Facts {
            title: string("title"),
            home: string("home_page_url"),
            earlier: string("next_url"),
            ..Facts::default()
        }
    }

    fn of_xml(text: &str) -> Self {
        let mut facts = Facts::default();
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        // The names of the elements that are open, of which items and what is in them are passed over.
        let mut open: Vec<String> = Vec::new();
        let mut words = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Eof) | Err(_) => return facts,
                Ok(Event::Start(start)) => {
                    let name = local(&start);
                    if matches!(name.as_str(), "item" | "entry") {
                        if reader.read_to_end(start.name()).is_err() {
                            return facts;
                        }
                        continue;
                    }
                    facts.add_link(&start, &name, &open);
                    open.push(name);
                    words.clear();
                }
                Ok(Event::End(_)) => {
                    let name = open.pop().unwrap_or_default();
                    facts.add(&name, &open, words.trim());
                    words.clear();
                }
                Ok(Event::Text(part)) => words.push_str(&String::from_utf8_lossy(&part)),
                Ok(Event::CData(part)) => words.push_str(&String::from_utf8_lossy(&part)),
                Ok(Event::GeneralRef(part)) => {
                    words.push_str(&format!("&{};", String::from_utf8_lossy(&part)));
                }
                Ok(_) => {}
            }
        }
    }

    /// The links of Atom, in feeds of both kinds (RFC 5005, sections 3 and 4). Where a feed names an
    /// archive, that is preferred to a page, whose content moves on.
    fn add_link(&mut self, start: &BytesStart<'_>, name: &str, open: &[String]) {
        if name != "link" || open.len() > 2 {
            return;
        }
        let (relation, href) = (attribute(start, "rel"), attribute(start, "href"));
        match relation.as_deref() {
            Some("prev-archive") => self.earlier = href.or(self.earlier.take()),
            Some("next") => self.earlier = self.earlier.take().or(href),
            None | Some("alternate") => self.home = self.home.take().or(href),
            Some(_) => {}
        }
    }

    fn add(&mut self, name: &str, open: &[String], words: &str) {
        let parent = open.last().map_or("", String::as_str);
        if words.is_empty() {
            return;
        }
        let in_channel = matches!(parent, "channel" | "feed");
        match (name, parent) {
            ("title", _) if in_channel => {
                self.title.get_or_insert_with(|| title(words));
            }
            ("link", "channel") => {
                self.home.get_or_insert_with(|| decoded(words));
            }
            ("ttl", _) if in_channel => {
                let minutes = words.parse::<u64>().ok();
                self.rhythm.ttl =
                    minutes.map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
            }
            ("hour", "skipHours") => {
                self.rhythm
                    .skip_hours
                    .extend(words.parse::<u32>().ok().map(|hour| hour % 24));
            }
            ("day", "skipDays") => self.rhythm.skip_days.push(words.to_ascii_lowercase()),
            _ => {}
        }
    }
}

impl Rhythm {
    /// When the feed may be asked again, that was read just now and may be kept so long; 0 where that is
    /// at once, so that nothing of a feed without news is other than before.
    pub fn not_before(&self, now: Timestamp, max_age: Option<Duration>) -> i64 {
        let wait = self.ttl.into_iter().chain(max_age).max();
        let wait = wait.unwrap_or_default().min(LONGEST_WAIT);
        let wait = i64::try_from(wait.as_millis()).unwrap_or_default();
        let time = self.behind_skipped(now.millis().saturating_add(wait));
        if time > now.millis() { time } else { 0 }
    }

    /// The first time from one on that lies in no hour and no day in which the feed is not to be asked.
    /// One that names all of them means nothing by it.
    fn behind_skipped(&self, from: i64) -> i64 {
        const HOUR: i64 = 60 * 60 * 1000;
        let mut time = from;
        for _ in 0..24 * 8 {
            let Some(instant) = Timestamp::from_millis(time) else {
                return from;
            };
            let instant = instant.datetime();
            let day = instant.weekday().to_string().to_ascii_lowercase();
            let is_skipped = self.skip_hours.contains(&instant.hour())
                || self
                    .skip_days
                    .iter()
                    .any(|skipped| skipped.starts_with(&day));
            if !is_skipped {
                return time;
            }
            time = (time / HOUR + 1) * HOUR;
        }
        from
    }
}

/// A title as it is written, which may be markup in markup, as a text on one line.
fn title(written: &str) -> String {
    let text = plain_text(&decoded(written));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn local(start: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(start.local_name().into_inner()).into_owned()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = String::from_utf8_lossy(&attribute.value);
    let value = unescape_with(&value, resolve_predefined_entity).ok()?;
    Some(value.into_owned())
}

/// The base of what a feed's items leave relative: its page, else itself.
pub(super) fn base(facts: &Facts, document: &Address) -> Address {
    let home = facts.home.as_deref().and_then(|home| document.join(home));
    home.filter(Address::is_web)
        .unwrap_or_else(|| document.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_says_when_to_ask_again_and_where_more_is() {
        let facts = Facts::of(
            "<?xml version='1.0'?><rss><channel><title>A &amp;amp; B</title><link>https://a.example/</link>\
             <atom:link rel='next' href='/p2?a=1&amp;b'/><atom:link rel='prev-archive' href='/old'/>\
             <ttl>90</ttl><skipHours><hour>24</hour><hour>1</hour></skipHours>\
             <item><title>No</title><link>no</link><ttl>1</ttl></item>\
             <image><title>No</title><link>no</link></image></channel></rss>",
        );
        assert_eq!(facts.title.as_deref(), Some("A & B"));
        assert_eq!(facts.home.as_deref(), Some("https://a.example/"));
        assert_eq!(facts.earlier.as_deref(), Some("/old"));
        assert_eq!(facts.rhythm.ttl, Some(Duration::from_secs(5400)));
        assert_eq!(facts.rhythm.skip_hours, [0, 1]);
        let at = |text: &str| {
            let time = crate::model::WrittenTime::parse(text).unwrap();
            time.in_zone(chrono_tz::UTC).unwrap()
        };
        // 22:40 and ninety minutes lie in the hour 0, which is skipped as the hour 1 is.
        let next = facts.rhythm.not_before(at("2021-12-30T22:40:00Z"), None);
        assert_eq!(next, at("2021-12-31T02:00:00Z").millis());
        let json = Facts::of("{\"title\": \"J\", \"next_url\": \"x\"}");
        assert_eq!(json.earlier.as_deref(), Some("x"));
        assert_eq!(Facts::of("<rss><channel><title>cut").title, None);
    }
}
