//! Any bytes are a feed that is read as far as it goes, or are none; each item lies where it is said to.

use crate::spelling::spelled;
use offprint::model::Sites;
use offprint::parts::clean;
use offprint::reader::{Feed, MemorySource, Probe, ReadOptions, Reader, Source};
use offprint::settings::CleanSettings;

pub const WORDS: &[&str] = &[
    "<rss>",
    "<channel>",
    "<item>",
    "</item>",
    "</channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<entry>",
    "</entry>",
    "</feed>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "<link href='https://x.example/'/>",
    "<guid>",
    "</guid>",
    "<id>tag:x.example,2020:",
    "</id>",
    "<content type='xhtml'>",
    "<content>",
    "</content>",
    "<description>",
    "</description>",
    "<pubDate>Fri, 31 Dec 2021 01:47:06 +0000</pubDate>",
    "<author><name>",
    "</name></author>",
    "<source>",
    "</source>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<!DOCTYPE x [",
    "&amp;",
    "&#0;",
    "&nope;",
    "xmlns:a='",
    "a:item",
    "\"",
    "'",
    ">",
    "<",
    "/",
    "\n",
    "\r\n",
    "{\"version\": \"https://jsonfeed.org/version/1.1\", ",
    "\"items\": [",
    "{\"id\": ",
    "\"content_html\": \"",
    "\"title\": \"",
    "\\",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ": ",
    "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
    "<CHANNEL HREF='x'>",
    "<media:group>",
    "<media:content url='https://x.example/1.mp3'>",
    "<enclosure url='x' type='image/png'/>",
    "<content type='x/y' mode='base64'>",
    " xml:base='https://x.example/'",
    " xml:lang='de'",
    "<!ENTITY a 'b&a;'>",
    "&a;",
    "<blogger:type>COMMENT</blogger:type>",
    "<!doctype html><html><title>404",
    "\\ud83d",
    "\u{FEFF}",
    "字",
];

pub fn holds(bytes: &[u8]) {
    of_file(bytes);
    of_file(spelled(bytes, WORDS).as_bytes());
    for (begin, end) in [
        ("<rss><channel><item>", "</item></channel></rss>"),
        (
            "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{",
            "}]}",
        ),
    ] {
        let text = [begin, &spelled(bytes, WORDS), end].concat();
        of_file(text.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        of_file(&wide);
    }
}

fn of_file(bytes: &[u8]) {
    let source = MemorySource::new("feed.xml", bytes);
    let options = ReadOptions::default();
    let mut items = Vec::new();
    let warnings = Feed::default().scan(&source, &options, &mut |item| items.push(item));
    let is_feed =
        Feed::default().sniff(&Probe::new(&source).unwrap()) != offprint::reader::Confidence::No;
    assert!(is_feed || items.is_empty(), "items of what is no feed");
    assert!(
        !is_feed || !items.is_empty() || !warnings.is_empty(),
        "a feed is passed over in silence"
    );
    let lines = crate::spelling::lines(bytes);
    let settings = CleanSettings::new(Sites::builtin());
    let mut end = 0;
    for item in items {
        let span = item.at.span;
        assert!(span.start >= end, "items do not overlap");
        end = span.start + span.length;
        assert!(end <= source.length());
        let loaded = Feed::default().load(&source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        let line = usize::try_from(loaded.entry.body_line).unwrap();
        assert!(
            line <= lines,
            "line {line} of {lines}: {}",
            String::from_utf8_lossy(bytes)
        );
        let article = clean::clean(&loaded.entry, &settings).article;
        let text = item.text.unwrap_or_default();
        let address = clean::address(&item.head);
        assert_eq!(article.address, address);
        assert!(item.text.is_none() || text == loaded.entry.text_digest());
    }
    for warning in &warnings {
        let line = usize::try_from(warning.line.unwrap_or(1)).unwrap();
        assert!((1..=lines).contains(&line), "{warning}");
    }
}
