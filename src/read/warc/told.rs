//! What one record tells: a page, something that pages show, where one leads to, or why it is not read.

use super::http::{Answer, kind};
use super::record::{Met, Start};
use crate::model::{Address, Digest};
use crate::read::mhtml::Fields;

/// What a record tells.
pub(super) struct Told {
    /// An address whose content is that of another, or that leads on to it.
    pub same: Option<(Digest, Digest)>,
    /// A page that stayed as it was, and the address whose content it has.
    pub unchanged: Option<(Digest, Option<Digest>)>,
    pub is_first_segment: bool,
    /// Why it can't be read though it may be a page.
    pub strange: Option<String>,
    pub left_out: Option<LeftOut>,
    pub held: Option<Held>,
}

/// What is not read, and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LeftOut {
    /// A page that has no address in the web.
    Elsewhere,
    /// The text that a program took from a page.
    Text,
    /// A page that tells of an error.
    Error,
}

/// A record that holds something, and where it begins.
pub(super) struct Held {
    pub start: Start,
    pub content: Content,
}

/// What a record holds.
pub(super) enum Content {
    /// A page, with its time as written.
    Page {
        address: String,
        date: String,
        /// Whether a program made it of what was saved.
        is_converted: bool,
    },
    /// What may be shown, by the hash of its address.
    Shown(Digest),
}

impl Told {
    pub fn of(met: Met) -> Self {
        let record = record_type(&met.fields);
        let answer = Answer::of(&met.head).filter(|_| record == "response" || record == "revisit");
        let answer = answer.as_ref();
        let segment = met.fields.value("warc-segment-number");
        let mut told = Told {
            same: None,
            unchanged: None,
            is_first_segment: segment.is_some_and(|number| number.trim() == "1"),
            strange: None,
            left_out: None,
            held: None,
        };
        match record.as_str() {
            "response" | "resource" | "conversion" => {
                told.same = moved(&met, answer);
                told.strange = without_status(&met, &record, answer);
                if told.strange.is_none() {
                    told.hold(&met, &record, answer);
                }
            }
            "revisit" => {
                told.same = alias(&met);
                told.unchanged = unchanged(&met, answer);
            }
            "warcinfo" | "request" | "metadata" | "continuation" => {}
            // Those are all that WARC 1.1 (section 5.5) knows.
            other => {
                told.strange = Some(format!(
                    "the record at byte {} is left out: its type is {other:?}",
                    met.start.at
                ));
            }
        }
        told
    }

    /// Takes what a record holds itself.
    fn hold(&mut self, met: &Met, record: &str, answer: Option<&Answer>) {
        let kind = content_type(met, answer);
        let is_page = is_page(&kind);
        match answer.map_or(200, |answer| answer.status) {
            // The second is what a server between changed (RFC 9110, section 15.3.4).
            200 | 203 => {}
            400.. if is_page => return self.left_out = Some(LeftOut::Error),
            _ => return,
        }
        let is_shown =
            kind.starts_with("image/") || kind == "application/octet-stream" || kind.is_empty();
        let Some(address) = address(&met.fields, "warc-target-uri") else {
            let message = format!(
                "the page at byte {} is left out: its record names no address",
                met.start.at
            );
            self.strange = is_page.then_some(message);
            return;
        };
        let is_web = Address::parse(&address).is_some_and(|address| address.is_web());
        let content = match (is_page, is_shown) {
            (true, _) if is_web => Content::Page {
                address,
                date: met.fields.value("warc-date").unwrap_or_default().to_owned(),
                is_converted: record == "conversion",
            },
            (true, _) => return self.left_out = Some(LeftOut::Elsewhere),
            (false, true) if is_web && record != "conversion" => Content::Shown(name(&address)),
            _ if record == "conversion" && kind == "text/plain" => {
                return self.left_out = Some(LeftOut::Text);
            }
            _ => return,
        };
        let start = met.start;
        self.held = Some(Held { start, content });
    }
}

/// A record's type, in lower case.
pub(super) fn record_type(fields: &Fields) -> String {
    let named = fields.value("warc-type").unwrap_or_default();
    named.trim().to_ascii_lowercase()
}

/// What an address is known by: without its fragment and its scheme, since pages may name it by either.
pub(super) fn name(address: &str) -> Digest {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    Digest::of(address.as_bytes())
}

/// The address in a field: some programs put it in angle brackets.
pub(super) fn address(fields: &Fields, field: &str) -> Option<String> {
    let text = fields.value(field)?.trim();
    let text = text.strip_prefix('<').unwrap_or(text);
    let text = text.strip_suffix('>').unwrap_or(text).trim();
    (!text.is_empty()).then(|| text.replace(' ', "%20"))
}

/// A record that says that an address has the content of another.
fn alias(met: &Met) -> Option<(Digest, Digest)> {
    let own = address(&met.fields, "warc-target-uri")?;
    let other = address(&met.fields, "warc-refers-to-target-uri")?;
    (own != other).then(|| (name(&own), name(&other)))
}

/// An answer that leads on to another address.
fn moved(met: &Met, answer: Option<&Answer>) -> Option<(Digest, Digest)> {
    let answer = answer.filter(|answer| (300..400).contains(&answer.status))?;
    let own = address(&met.fields, "warc-target-uri")?;
    let other = Address::parse(&own)?.join(answer.fields.value("location")?.trim())?;
    let (own, other) = (name(&own), name(other.as_str()));
    (own != other).then_some((own, other))
}

/// A page that stayed as it was, and the address whose content it has.
fn unchanged(met: &Met, answer: Option<&Answer>) -> Option<(Digest, Option<Digest>)> {
    let own = address(&met.fields, "warc-target-uri")?;
    let is_page = match answer {
        Some(answer) => matches!(answer.status, 200 | 304) && is_page(&answer.kind()),
        None => may_be_page(&own),
    };
    let other = address(&met.fields, "warc-refers-to-target-uri");
    is_page.then(|| (name(&own), other.map(|other| name(&other))))
}

/// Whether an address is one as pages have them, where nothing else tells.
fn may_be_page(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    match last.rsplit_once('.') {
        None => address.starts_with("http"),
        Some((_, ending)) => ["html", "htm", "xhtml", "php"].contains(&ending),
    }
}

fn is_page(kind: &str) -> bool {
    [
        "text/html",
        "application/xhtml+xml",
        "application/vnd.wap.xhtml+xml",
    ]
    .contains(&kind)
}

/// The type of what a record holds; where nothing names it, a page is known by its first bytes.
fn content_type(met: &Met, answer: Option<&Answer>) -> String {
    let named = match answer {
        Some(answer) => answer.kind(),
        None => kind(met.fields.value("content-type").unwrap_or_default()),
    };
    let is_unknown =
        ["", "application/unknown", "unknown/unknown", "*/*"].contains(&named.as_str());
    let body = answer.map_or(0, |answer| answer.body);
    match is_unknown && begins_page(met.head.get(body..).unwrap_or_default()) {
        true => "text/html".to_owned(),
        false => named,
    }
}

/// Whether a text whose type is not named is a page by its first bytes.
fn begins_page(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let first = body.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"].iter().any(|begin| {
        first
            .get(..begin.len())
            .is_some_and(|first| first.eq_ignore_ascii_case(begin))
    })
}

/// What to say of an answer whose status can't be read. Those of other protocols have none.
fn without_status(met: &Met, record: &str, answer: Option<&Answer>) -> Option<String> {
    let is_answer = record == "response"
        && address(&met.fields, "warc-target-uri")
            .is_some_and(|address| address.starts_with("http"))
        && match kind(met.fields.value("content-type").unwrap_or_default()).as_str() {
            "" => !begins_page(&met.head),
            kind => kind == "application/http",
        };
    let number = met
        .fields
        .value("warc-segment-number")
        .unwrap_or("1")
        .trim();
    (is_answer && answer.is_none() && number == "1").then(|| {
        format!(
            "the record at byte {} is left out: the status of the answer can't be read",
            met.start.at
        )
    })
}
