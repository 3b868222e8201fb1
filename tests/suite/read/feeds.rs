//! Feeds as input: where items lie, and what they say.

use super::{Reading, read_source};
use offprint::Code;
use offprint::model::{Address, Entry, Markup, WrittenTime};
use offprint::reader::{
    Confidence, Feed, Item, MOST_BYTES, MemorySource, Probe, ReadOptions, Reader, Source,
};
use proptest::prelude::*;

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/">
  <channel>
    <title>Harbour</title>
    <item>
      <title>The lamp &amp; the fog</title>
      <link>https://a.example/lamp</link>
      <guid isPermaLink="true">https://a.example/lamp</guid>
      <pubDate>Fri, 31 Dec 2021 01:47:06 +0000</pubDate>
      <description>Short.</description>
      <c:encoded><![CDATA[<p>It <b>shines</b>.</p>]]></c:encoded>
      <dc:creator>Ada Keeper</dc:creator>
      <category>lights</category>
      <source url="https://a.example/feed">The Lighthouse</source>
    </item>
    <item><description>&lt;p&gt;Only this.&lt;/p&gt;</description><guid>17</guid></item>
  </channel>
</rss>
"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>tag:a.example,2020:feed</id>
<entry><title>A &amp;amp; B</title><id>tag:a.example,2020:1</id><link rel="alternate" href="https://a.example/1"/>
<link rel="enclosure" href="https://a.example/1.jpg"/><published>2021-12-31T01:44:25Z</published>
<updated>2022-02-01T00:00:00Z</updated><author><name>Ada</name></author><author><name>Bo</name></author>
<category term="one"/><source><title>Elsewhere</title><id>x</id></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>shines</em>.</p></div></content></entry>
<entry><title type="html">&lt;i&gt;slanted&lt;/i&gt;</title><id>https://a.example/2</id><summary>Plain &lt; text</summary></entry>
</feed>"#;

const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The \"items\": [ of it", "more": {"items": [{"id": "no"}]},
"items": [
 {"id": "https://a.example/1", "url": "https://a.example/1", "title": "A & B", "content_html": "<p>{[\"]}<\/p>",
  "date_published": "2021-12-31T01:44:25Z", "authors": [{"name": "Ada"}], "tags": ["one"], "_x": {"items": [1, {"a": "]"}]}},
 {"id": 17, "content_text": "one\ntwo\n\nthree"}
], "end": {"id": "no item"}}"#;

fn reading(text: &str) -> Reading {
    read_source(
        &Feed::default(),
        &MemorySource::new("feed.xml", text.as_bytes()),
        ReadOptions::default(),
    )
}

fn items(text: &str) -> Vec<Item> {
    let source = MemorySource::new("feed.xml", text.as_bytes());
    let mut items = Vec::new();
    Feed::default().scan(&source, &ReadOptions::default(), &mut |item| {
        items.push(item)
    });
    items
}

fn sniff(text: &str) -> Confidence {
    super::sniff(&Feed::default(), text.as_bytes(), "x")
}

fn time(text: &str) -> Option<WrittenTime> {
    WrittenTime::parse(text)
}

fn only(text: &str) -> Entry {
    let mut reading = reading(text);
    assert_eq!(reading.entries.len(), 1, "{reading:?}");
    reading.entries.remove(0)
}

#[test]
fn an_item_of_rss_is_an_article() {
    let reading = reading(RSS);
    assert!(reading.warnings.is_empty());
    let [first, second] = reading.entries.as_slice() else {
        panic!("two items");
    };
    let head = &first.head;
    assert_eq!(head.title.as_deref(), Some("The lamp & the fog"));
    assert_eq!(head.address.as_deref(), Some("https://a.example/lamp"));
    assert_eq!(head.published, time("2021-12-31T01:47:06Z"));
    assert_eq!(head.authors, ["Ada Keeper"]);
    assert_eq!(head.tags, ["lights"]);
    assert_eq!(head.source.as_deref(), Some("The Lighthouse"));
    assert_eq!((head.item, head.path.as_str()), (Some(1), "feed.xml"));
    assert_eq!(
        first.markup,
        Markup::Article("<p>It <b>shines</b>.</p>".into())
    );
    assert_eq!(first.body_line, 11);
    assert_eq!(second.markup, Markup::Article("<p>Only this.</p>".into()));
    // A number is an id within its feed only.
    assert_eq!(second.head.id.as_deref(), Some("Harbour 17"));
    assert_eq!((second.head.item, second.body_line), (Some(2), 16));
}

#[test]
fn an_entry_of_atom_is_an_article() {
    let reading = reading(ATOM);
    let [first, second] = reading.entries.as_slice() else {
        panic!("two entries");
    };
    let head = &first.head;
    // Titles are read as HTML, so that what is plain text is escaped.
    assert_eq!(head.title.as_deref(), Some("A &amp;amp; B"));
    assert_eq!(head.address.as_deref(), Some("https://a.example/1"));
    assert_eq!(head.id.as_deref(), Some("tag:a.example,2020:1"));
    assert_eq!(head.published, time("2021-12-31T01:44:25Z"));
    assert_eq!(head.updated, time("2022-02-01T00:00:00Z"));
    assert_eq!(head.authors, ["Ada", "Bo"]);
    assert_eq!(head.tags, ["one"]);
    assert_eq!(head.source.as_deref(), Some("Elsewhere"));
    assert!(first.markup.as_str().contains("<p>It <em>shines</em>.</p>"));
    assert_eq!(second.head.title.as_deref(), Some("slanted"));
    assert_eq!(second.head.address.as_deref(), Some("https://a.example/2"));
    assert_eq!(second.markup, Markup::Text("Plain < text".into()));
}

#[test]
fn an_item_of_a_json_feed_is_an_article() {
    let reading = reading(JSON);
    let [first, second] = reading.entries.as_slice() else {
        panic!("two items: {reading:?}");
    };
    assert_eq!(first.head.title.as_deref(), Some("A &amp; B"));
    assert_eq!(first.head.authors, ["Ada"]);
    assert_eq!(first.markup, Markup::Article("<p>{[\"]}</p>".into()));
    assert_eq!(second.markup, Markup::Text("one\ntwo\n\nthree".into()));
    assert!(
        second
            .head
            .id
            .as_deref()
            .is_some_and(|id| id.ends_with(" 17"))
    );
}

#[test]
fn feeds_are_told_from_other_files() {
    for feed in [
        RSS,
        ATOM,
        JSON,
        &format!("\u{FEFF}{ATOM}"),
        &format!("<!-- a > b -->\n{RSS}"),
    ] {
        assert_eq!(sniff(feed), Confidence::Certain);
    }
    for other in [
        "<opml><body/></opml>",
        "<html><body>rss</body></html>",
        "<!--1640915226000-->\n[Title](https://a.example/)\n------\n<rss>",
        "{\"version\": \"1\"}",
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:o='http://opds-spec.org/2010/catalog'/>",
        "",
    ] {
        assert_eq!(sniff(other), Confidence::No, "{other}");
    }
}

#[test]
fn what_only_looks_like_an_item_is_none() {
    let text = "<rss><channel><!-- <item> --><title><![CDATA[<item></item>]]></title>\
                <item><title a='</item>'>x</title><description><![CDATA[</item>]]>y</description></item>\
                <itemised/><items/></channel></rss>";
    let entry = only(text);
    assert_eq!(entry.head.title.as_deref(), Some("x"));
    assert_eq!(entry.markup.as_str(), "</item>y");
}

#[test]
fn an_item_that_is_not_closed_ends_where_the_next_begins() {
    let text = RSS.replacen("</item>", "", 1);
    let reading = reading(&text);
    let titles: Vec<_> = reading
        .entries
        .iter()
        .map(|entry| entry.head.title.as_deref())
        .collect();
    assert_eq!(titles, [Some("The lamp & the fog"), None]);
    assert!(reading.entries[0].markup.as_str().contains("shines"));
}

#[test]
fn a_feed_that_breaks_off_gives_what_is_whole() {
    for (text, whole) in [(RSS, "</item>"), (ATOM, "</entry>")] {
        let first = text.find(whole).unwrap() + whole.len();
        let second = text.rfind(whole).unwrap();
        for end in (first..second + whole.len()).filter(|&end| text.is_char_boundary(end)) {
            let reading = reading(&text[..end]);
            // Of the second, what there is counts once it says which one it is.
            let count = reading.entries.len();
            assert!((1..=2).contains(&count), "{end}");
            let codes = reading.warnings.iter().map(|warning| warning.code);
            let codes: Vec<_> = codes.collect();
            assert_eq!(codes, [Code::FeedBroken], "{end}");
        }
        let last = reading(&text[..second + whole.len()]);
        assert_eq!((last.entries.len(), last.warnings.len()), (2, 1));
    }
    let end = JSON.find("three").unwrap();
    let reading = reading(&JSON[..end]);
    assert_eq!(reading.entries.len(), 2);
    let lines: Vec<_> = reading
        .warnings
        .iter()
        .map(|warning| warning.line)
        .collect();
    assert_eq!(lines, [Some(5)]);
}

#[test]
fn a_feed_without_items_says_so() {
    for text in [
        "<rss><channel><title>x</title></channel></rss>",
        "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}",
    ] {
        let reading = reading(text);
        assert!(reading.entries.is_empty());
        assert_eq!(reading.warnings[0].code, Code::FeedBroken);
    }
}

#[test]
fn an_item_that_cannot_be_parsed_costs_itself_alone() {
    let text = JSON.replace("\"id\": 17,", "\"id\": 17 17,");
    let reading = reading(&text);
    assert_eq!(reading.entries.len(), 1);
    let warning = &reading.warnings[0];
    assert_eq!((warning.item, warning.line), (Some(2), Some(5)));
    assert!(warning.to_string().starts_with("feed.xml item 2, line 5: "));
}

/// A file of zeros behind the beginning of a feed, as large as it is asked to be.
struct Zeros(Vec<u8>, u64);

impl Source for Zeros {
    fn path(&self) -> &str {
        "zeros.xml"
    }

    fn name(&self) -> &str {
        "zeros.xml"
    }

    fn folders(&self) -> &[String] {
        &[]
    }

    fn length(&self) -> u64 {
        self.1
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.1 - position.min(self.1)).unwrap_or(usize::MAX);
        let count = buffer.len().min(left);
        for (at, byte) in (position..).zip(&mut buffer[..count]) {
            *byte = usize::try_from(at)
                .ok()
                .and_then(|at| self.0.get(at))
                .copied()
                .unwrap_or(0);
        }
        Ok(count)
    }
}

#[test]
fn fault_3_an_item_without_end_is_not_held() {
    let length = MOST_BYTES + 1_000_000;
    let mut begin = b"<rss><channel><item><title>x</title></item><item><title>".to_vec();
    let source = Zeros(begin.clone(), length);
    let reading = read_source(&Feed::default(), &source, ReadOptions::default());
    assert_eq!(reading.entries.len(), 1);
    assert_eq!(reading.warnings[0].code, Code::FeedBroken);
    // One that ends is too large.
    begin.resize(usize::try_from(length).unwrap(), b' ');
    begin.extend_from_slice(b"</title></item></channel></rss>");
    let whole = MemorySource::new("feed.xml", begin);
    let reading = read_source(&Feed::default(), &whole, ReadOptions::default());
    assert_eq!(reading.entries.len(), 1);
    assert_eq!(reading.warnings[0].code, Code::FileUnreadable);
    assert_eq!(reading.warnings[0].item, Some(2));
}

#[test]
fn a_feed_is_probed_by_both_its_ends() {
    let source = MemorySource::new("a/feed.xml", RSS.as_bytes());
    let probe = Probe::new(&source).unwrap();
    assert!(!probe.is_cut());
    assert!(probe.last().ends_with(b"</rss>\n"));
    assert_eq!(probe.length(), RSS.len() as u64);
    assert!(!probe.has_neighbour("other.xml"));
}

#[test]
fn an_ampersand_that_nobody_escaped_costs_nothing() {
    let entry = only(
        "<rss><channel><item><title>AT&T rises</title><description>AT&T said & more.</description>\
         <link>https://a.example/?a=1&b=2</link><pubDate>Fri, 31 Dec 2021 01:47:06 +0000</pubDate></item></channel></rss>",
    );
    assert_eq!(entry.head.title.as_deref(), Some("AT&T rises"));
    assert_eq!(entry.markup.as_str(), "AT&T said & more.");
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://a.example/?a=1&b=2")
    );
    assert_eq!(entry.head.published, time("2021-12-31T01:47:06Z"));
}

#[test]
fn a_feed_is_read_in_the_charset_that_it_declares() {
    for (label, encoding) in [
        ("gb2312", encoding_rs::GBK),
        ("big5", encoding_rs::BIG5),
        ("Shift_JIS", encoding_rs::SHIFT_JIS),
        ("iso-2022-kr", encoding_rs::EUC_KR),
        ("windows-1251", encoding_rs::WINDOWS_1251),
    ] {
        let title = match label {
            "windows-1251" => "Маяк горит",
            "iso-2022-kr" => "등대",
            _ => "灯台の光",
        };
        let title = if label == "big5" || label == "gb2312" {
            "燈台"
        } else {
            title
        };
        let label = if label == "iso-2022-kr" {
            "euc-kr"
        } else {
            label
        };
        let text = format!(
            "<?xml version=\"1.0\" encoding='{label}'?>\n<rss><channel><title>{title}</title>\
             <item><title>{title}</title><guid>1</guid></item></channel></rss>"
        );
        let (bytes, _, lossy) = encoding.encode(&text);
        assert!(!lossy);
        let source = MemorySource::new("feed.xml", bytes.as_ref());
        let reading = read_source(&Feed::default(), &source, ReadOptions::default());
        assert_eq!(
            reading.entries[0].head.title.as_deref(),
            Some(title),
            "{label}"
        );
        assert!(reading.warnings.is_empty());
    }
}

#[test]
fn bytes_that_are_no_characters_are_told_with_item_and_line() {
    let text = RSS.replace("lights", "li\u{1}ghts").into_bytes();
    let bytes: Vec<u8> = text
        .into_iter()
        .map(|byte| if byte == 1 { 0xFF } else { byte })
        .collect();
    let source = MemorySource::new("feed.xml", bytes);
    let reading = read_source(&Feed::default(), &source, ReadOptions::default());
    let warning = &reading.warnings[0];
    assert_eq!(warning.code, Code::BytesReplaced);
    assert_eq!((warning.item, warning.line), (Some(1), Some(13)));
}

#[test]
fn a_declaration_of_entities_stands_before_some_feeds() {
    let doctype = "<!DOCTYPE rss [\n<!ENTITY nbsp \"&#160;\">\n<!ENTITY more 'a > b'>\n]>\n";
    let text = RSS.replacen("?>\n", &format!("?>\n{doctype}"), 1);
    assert_eq!(sniff(&text), Confidence::Certain);
    assert_eq!(reading(&text).entries.len(), 2);
}

#[test]
fn an_id_spelled_as_the_page_was_archived_is_the_address() {
    let entry = |id: &str, link: &str| {
        only(&format!(
            "<rss><item><guid>{id}</guid><link>{link}</link></item></rss>"
        ))
        .head
    };
    let same = entry("https://a.example/特", "https://a.example/%E7%89%B9");
    assert_eq!(same.address.as_deref(), Some("https://a.example/特"));
    assert_eq!(same.id, None);
    let other = entry("https://a.example/?p=1", "https://a.example/lamp");
    assert_eq!(other.address.as_deref(), Some("https://a.example/lamp"));
    assert_eq!(other.id.as_deref(), Some("https://a.example/?p=1"));
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

proptest! {
    #[test]
    fn spans_and_lines_are_those_of_the_items(
        texts in prop::collection::vec("[a-z<>&\"'\\]\n字{}\\[]{0,30}", 1..8),
        gaps in prop::collection::vec("[ \n]{0,4}", 8),
        windows in any::<bool>(),
    ) {
        let mut text = "<rss><channel><title>t</title>".to_owned();
        for (part, gap) in texts.iter().zip(&gaps) {
            text += gap;
            text += &format!("<item>\n<title>{}</title><link>https://a.example/{}</link></item>", escaped(part), text.len());
        }
        text += "</channel></rss>";
        if windows {
            text = text.replace('\n', "\r\n");
        }
        let items = items(&text);
        prop_assert_eq!(items.len(), texts.len());
        for (item, part) in items.iter().zip(&texts) {
            let start = usize::try_from(item.at.span.start).unwrap();
            let end = start + usize::try_from(item.at.span.length).unwrap();
            prop_assert!(text[start..end].starts_with("<item>"));
            prop_assert!(text[start..end].ends_with("</item>"));
            let line = 1 + text[..start].matches('\n').count();
            prop_assert_eq!(usize::try_from(item.at.line).unwrap(), line);
            let title = item.head.title.clone().unwrap_or_default();
            prop_assert_eq!(title, part.trim());
        }
    }

    #[test]
    fn the_items_of_json_are_found_among_any_strings(
        texts in prop::collection::vec("\\PC{0,20}", 1..8),
        key in "\\PC{0,10}",
    ) {
        let items: Vec<_> = texts.iter().enumerate().map(|(number, text)| serde_json::json!({
            "id": format!("https://a.example/{number}"), "title": text, key.clone(): {"items": [text, {}]},
            "content_text": text,
        })).collect();
        let feed = serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1", "title": texts[0], "home_page_url": key, "items": items,
        });
        for text in [feed.to_string(), serde_json::to_string_pretty(&feed).unwrap()] {
            let reading = reading(&text);
            prop_assert_eq!(reading.entries.len(), texts.len());
            for (entry, text) in reading.entries.iter().zip(&texts) {
                let shown = if text.trim().is_empty() { "" } else { text.as_str() };
                prop_assert_eq!(entry.markup.as_str(), shown);
                let address = entry.head.address.as_deref().and_then(Address::parse);
                prop_assert!(address.is_some());
            }
        }
    }

    #[test]
    fn a_feed_cut_or_damaged_anywhere_makes_nothing_panic(
        at in 0_usize..2_000,
        byte in any::<u8>(),
        which in 0_usize..3,
    ) {
        let text = [RSS, ATOM, JSON][which];
        let cut = text.floor_char_boundary(at.min(text.len()));
        reading(&text[..cut]);
        let mut bytes = text.as_bytes().to_vec();
        let place = at % bytes.len();
        bytes[place] = byte;
        let source = MemorySource::new("feed.xml", bytes);
        read_source(&Feed::default(), &source, ReadOptions::default());
    }
}
