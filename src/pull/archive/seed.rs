//! The archive's file of one article: how it is written, and what is read of it to know it again.
//!
//! ```text
//! <!--1640915226000-->
//! [Title](https://example.org/address)
//! ------
//!
//! <div><i>AUTHORS<br>TIME</i></div>TEXT
//! ```
//!
//! The header has no place for tags. Where they are wanted they stand before it, in front matter as
//! archives have it that site generators read.

use crate::model::{Address, Head, Markup, Timestamp, WrittenTime};
use crate::pull::markup::absolute;

/// How far from its beginning the header of a file is looked for, in bytes.
const HEADER: usize = 32 * 1024;

/// The most tags of an article, and the longest of them, in characters: some feeds name every word.
const TAGS: usize = 50;
const TAG: usize = 100;

/// The longest byline, in bytes; a longer first `<div>` is text.
const BYLINE: usize = 2000;

/// An article as it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pull) struct Seed {
    /// What stands before the header: front matter, or nothing.
    pub front: String,
    /// When the article appeared.
    pub time: Timestamp,
    /// As markup, on one line.
    pub title: String,
    pub address: Option<Address>,
    /// The first `<div>`.
    pub byline: String,
    /// The text, with absolute addresses.
    pub body: String,
}

impl Seed {
    /// The bytes of the file.
    pub fn text(&self) -> String {
        let address = self.address.as_ref().map_or("", Address::as_str);
        // Of the header's line, the last of these parts the title from the address.
        let address = address.replace("](", "%5D(");
        format!(
            "{}<!--{}-->\n[{}]({address})\n------\n\n{}{}\n",
            self.front,
            self.time.millis(),
            self.title,
            self.byline,
            self.body
        )
    }
}

/// Front matter with tags; nothing where there are none.
pub(in crate::pull) fn front(tags: &[String]) -> String {
    let mut listed: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| title(tag)) {
        let tag: String = tag.chars().take(TAG).collect();
        let is_new = !tag.is_empty() && !listed.contains(&tag);
        if is_new && listed.len() < TAGS {
            listed.push(tag);
        }
    }
    if listed.is_empty() {
        return String::new();
    }
    // A text of JSON is one of YAML.
    let quoted = listed
        .iter()
        .map(|tag| serde_json::Value::from(tag.as_str()).to_string());
    let quoted: Vec<String> = quoted.collect();
    format!("---\ntags: [{}]\n---\n", quoted.join(", "))
}

/// A title as it can stand in the header: on one line. What the archive's reader takes off again is
/// white space only, so brackets and parentheses stay as they are.
pub(in crate::pull) fn title(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let visible = |c: char| !c.is_control() && c != '\u{FEFF}';
    words.join(" ").chars().filter(|c| visible(*c)).collect()
}

/// The byline: who wrote it, and when it was published as its source says.
pub(in crate::pull) fn byline(authors: &[String], published: Option<WrittenTime>) -> String {
    let authors: Vec<String> = authors.iter().map(|name| name_as_text(name)).collect();
    let authors = authors.join(", ");
    let time = published.map(written).unwrap_or_default();
    if authors.is_empty() && time.is_empty() {
        return "<div></div>".to_owned();
    }
    let byline = format!("<div><i>{authors}<br>{time}</i></div>");
    if byline.len() > BYLINE {
        return format!("<div><i><br>{time}</i></div>");
    }
    byline
}

/// A name on one line and without tags of its own.
fn name_as_text(name: &str) -> String {
    title(name).replace('<', "&lt;").replace('>', "&gt;")
}

/// A time as the seed format has it: an instant, or the day where no more is known.
fn written(time: WrittenTime) -> String {
    if !time.precise {
        return time.local.format("%Y-%m-%d").to_string();
    }
    match time.in_zone(chrono_tz::UTC) {
        Some(instant) => {
            let form = "%Y-%m-%dT%H:%M:%S%.3fZ";
            instant.datetime().format(form).to_string()
        }
        None => String::new(),
    }
}

/// The instant that a time stands for in the header. A day is its noon in UTC: that lies behind the
/// day's beginning in all zones from which the byline may be read, so that the day stays the date.
pub(in crate::pull) fn instant(time: WrittenTime) -> Option<Timestamp> {
    let instant = time.in_zone(chrono_tz::UTC)?;
    if time.precise {
        return Some(instant);
    }
    Timestamp::from_millis(instant.millis().checked_add(12 * 60 * 60 * 1000)?)
}

/// An item's text as markup with absolute addresses. A picture that only its head names leads in.
pub(in crate::pull) fn body(markup: &Markup, head: &Head, base: Option<&Address>) -> String {
    let html = match markup {
        Markup::Article(html) | Markup::Page(html) => html.trim().to_owned(),
        Markup::Text(text) => paragraphs(text),
    };
    let html = match base {
        Some(base) => absolute(&html, base),
        None => html,
    };
    let lead = head
        .picture
        .as_deref()
        .filter(|_| !html.to_ascii_lowercase().contains("<img"))
        .and_then(|picture| match base {
            Some(base) => base.join(picture),
            None => Address::parse(picture),
        });
    match lead {
        Some(lead) => format!(
            "<img src=\"{}\">{html}",
            lead.as_str().replace('&', "&amp;")
        ),
        None => html,
    }
}

/// Plain text as markup: blank lines part paragraphs.
fn paragraphs(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace("\r\n", "\n");
    let mut paragraphs: Vec<String> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in escaped.lines().chain([""]) {
        if !line.trim().is_empty() {
            lines.push(line.trim());
        } else if !lines.is_empty() {
            paragraphs.push(format!("<p>{}</p>", lines.join("<br>")));
            lines.clear();
        }
    }
    paragraphs.concat()
}

/// What of a file of the archive tells which article it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pull) struct Known<'text> {
    pub title: &'text str,
    pub address: Option<Address>,
    /// In milliseconds since 1970.
    pub time: Option<i64>,
    /// The text without its byline.
    pub body: &'text str,
}

/// Reads a file of the archive, whoever wrote it: the header of the seed format, behind front matter
/// or not. None where there is no such header.
pub(in crate::pull) fn known(text: &str) -> Option<Known<'_>> {
    let bound = text.floor_char_boundary(HEADER);
    let mut position = 0;
    let mut time = None;
    let mut link: Option<&str> = None;
    for line in text.get(..bound)?.split_inclusive('\n') {
        position += line.len();
        let plain = line.trim().trim_start_matches('\u{FEFF}');
        if let Some(epoch) = plain
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
        {
            time = time.or_else(|| epoch.trim().parse().ok());
        }
        let is_rule = plain.len() >= 5 && plain.bytes().all(|byte| byte == b'-');
        if let Some(link) = link.filter(|_| is_rule) {
            let (title, address) = link.rsplit_once("](")?;
            return Some(Known {
                title,
                address: Address::parse(address.trim().replace("&amp;", "&").as_str()),
                time,
                body: without_byline(text.get(position..)?),
            });
        }
        let inner = plain
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(')'));
        link = inner
            .filter(|inner| inner.contains("]("))
            .or(link.filter(|_| plain.is_empty()));
    }
    None
}

/// What stands before the header of a file.
pub(in crate::pull) fn front_of(text: &str) -> &str {
    let is_front = text.starts_with("---\n");
    let end = text.find("\n<!--").filter(|_| is_front);
    end.and_then(|end| text.get(..=end)).unwrap_or_default()
}

fn without_byline(body: &str) -> &str {
    let body = body.trim_start();
    let Some(rest) = body.strip_prefix("<div>") else {
        return body;
    };
    let bound = rest.floor_char_boundary(BYLINE);
    let end = rest.get(..bound).and_then(|start| start.find("</div>"));
    end.and_then(|end| rest.get(end + "</div>".len()..))
        .unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_known_again() {
        let address = Address::parse("https://example.org/a(1)?b=[2]");
        let seed = Seed {
            front: front(&["a: \"b\"".to_owned(), " ".to_owned(), "a: \"b\"".to_owned()]),
            time: Timestamp::from_millis(1_640_915_226_000).unwrap(),
            title: title("A [link](x) \n in &amp; (out)"),
            address: address.clone(),
            byline: byline(
                &["Ada <b>".to_owned()],
                WrittenTime::parse("2021-12-31T01:44:25.926Z"),
            ),
            body: "<p>Text</p>".to_owned(),
        };
        let text = seed.text();
        assert!(
            text.starts_with("---\ntags: [\"a: \\\"b\\\"\"]\n---\n<!--"),
            "{text}"
        );
        let known = known(&text).unwrap();
        assert_eq!(known.title, "A [link](x) in &amp; (out)");
        assert_eq!(known.address, address);
        assert_eq!(front_of(&text), seed.front);
        assert_eq!(known.time, Some(1_640_915_226_000));
        assert_eq!(known.body.trim_end(), "<p>Text</p>");
        assert!(text.contains("<div><i>Ada &lt;b&gt;<br>2021-12-31T01:44:25.926Z</i></div><p>"));
    }

    #[test]
    fn a_file_behind_front_matter_is_known_and_a_note_is_not() {
        let text = "---\ntags: [a]\n---\n\n<!--5-->\n[T](https://a.example/1)\n------\n\nx";
        assert_eq!(known(text).unwrap().body, "x");
        assert_eq!(known("# A note\n\n[T](https://a.example/1)\n"), None);
        assert_eq!(known(""), None);
    }
}
