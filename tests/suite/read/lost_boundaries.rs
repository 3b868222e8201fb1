//! Containers of which a few bytes are damaged: an article may be lost, but not in silence.

use super::exports::epub::zipped;
use super::{Reading, read_source};
use crate::command::Place;
use offprint::Code;
use offprint::reader::Reader;
use offprint::reader::{
    EpubReader, Evernote, Feed, MemorySource, ReadOptions, ReaderJson, Wallabag, WordPress,
};
use std::fmt::Write as _;

const COUNT: usize = 6;

/// Texts that are unlike one another.
fn text(number: usize) -> String {
    let word = ["ash", "birch", "cedar", "date", "elm", "fir"][number];
    format!("The {word} stands by the harbour of the town number {number}, {word} by {word}.")
}

fn of_items(head: &str, item: impl Fn(usize) -> String, between: &str, tail: &str) -> String {
    let items: Vec<String> = (0..COUNT).map(item).collect();
    format!("{head}{}{tail}", items.join(between))
}

fn rss() -> String {
    let item = |n| {
        format!(
            "<item><title>T{n}</title><link>https://a.example/{n}</link><guid isPermaLink=\"false\">g{n}</guid>\
             <pubDate>1{n} Jan 2022 10:00:00 GMT</pubDate><description>&lt;p&gt;{}&lt;/p&gt;</description></item>",
            text(n)
        )
    };
    let head = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>F</title><link>https://a.example/</link>\n";
    of_items(head, item, "\n", "\n</channel></rss>\n")
}

fn atom() -> String {
    let item = |n| {
        format!(
            "<entry><title>T{n}</title><id>https://a.example/{n}</id><link href=\"https://a.example/{n}\"/>\
             <updated>2022-01-1{n}T10:00:00Z</updated><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\
             <p>{}</p></div></content></entry>",
            text(n)
        )
    };
    let head = "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title><id>https://a.example/</id>\n";
    of_items(head, item, "\n", "\n</feed>\n")
}

fn wordpress() -> String {
    let item = |n| {
        format!(
            "<item>\n<title>T{n}</title><link>https://b.example/{n}/</link><guid isPermaLink=\"false\">https://b.example/?p={n}</guid>\n\
             <content:encoded><![CDATA[<p>{}</p>]]></content:encoded>\n<wp:post_id>{n}</wp:post_id>\
             <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\n</item>",
            text(n)
        )
    };
    let head = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
                xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>B</title><wp:wxr_version>1.2</wp:wxr_version>\n";
    of_items(head, item, "\n", "\n</channel></rss>\n")
}

fn evernote() -> String {
    let item = |n| {
        format!(
            "<note><title>T{n}</title><created>2022011{n}T100000Z</created><note-attributes>\
             <source-url>https://e.example/{n}</source-url></note-attributes>\
             <content><![CDATA[<en-note><p>{}</p></en-note>]]></content></note>",
            text(n)
        )
    };
    let head = "<?xml version=\"1.0\"?>\n<en-export export-date=\"20220120T000000Z\">\n";
    of_items(head, item, "\n", "\n</en-export>\n")
}

fn json_feed() -> String {
    let item = |n| {
        format!(
            "  {{\n   \"id\": \"g{n}\", \"title\": \"T{n}\", \"tags\": [\"a\", \"b\"],\n   \"authors\": [{{\"name\": \"Ada\"}}],\n   \
             \"content_html\": \"<p>{}</p>\"\n  }}",
            text(n)
        )
    };
    let head =
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"F\",\n \"items\": [\n";
    of_items(head, item, ",\n", "\n ]\n}\n")
}

fn wallabag() -> String {
    let item = |n| {
        format!(
            " {{\"is_archived\": 0, \"tags\": [], \"id\": {n}, \"title\": \"T{n}\", \"url\": \"https://w.example/{n}\",\n  \
             \"content\": \"<p>{}</p>\", \"annotations\": [], \"domain_name\": \"w.example\"}}",
            text(n)
        )
    };
    of_items("[\n", item, ",\n", "\n]\n")
}

fn reader_json() -> String {
    let item = |n| {
        format!(
            " {{\"id\": \"tag:google.com,2005:reader/item/{n}\", \"title\": \"T{n}\", \"canonical\": [{{\"href\": \"https://g.example/{n}\"}}],\n  \
             \"summary\": {{\"content\": \"<p>{}</p>\"}}}}",
            text(n)
        )
    };
    of_items(
        "{\"id\": \"user/-/state/com.google/starred\", \"items\": [\n",
        item,
        ",\n",
        "\n], \"updated\": 1}\n",
    )
}

fn read(reader: &dyn Reader, text: &str) -> Reading {
    let source = MemorySource::new("archive", text.as_bytes());
    read_source(reader, &source, ReadOptions::default())
}

/// The places of what tells where articles begin and end, and the lengths of it.
fn marks(text: &str, is_json: bool) -> Vec<(usize, usize)> {
    if is_json {
        return text
            .match_indices(['{', '}', '[', ']', '"'])
            .map(|(at, mark)| (at, mark.len()))
            .collect();
    }
    let mut marks = Vec::new();
    for (at, _) in text.match_indices('<') {
        let length = text[at..].find('>').map_or(1, |end| end + 1);
        marks.push((at, length));
        // Two tags in one hole, as where an item ends and the next begins.
        let rest = &text[at + length..];
        if let Some(next) = rest.trim_start().strip_prefix('<') {
            let end = next.find('>').unwrap_or_default();
            marks.push((at, text.len() - at - next.len() + end + 1));
        }
    }
    marks.extend(
        text.match_indices(['"', '<', '>'])
            .map(|(at, mark)| (at, mark.len())),
    );
    marks.extend(text.match_indices("]]>").map(|(at, mark)| (at, mark.len())));
    marks
}

#[test]
fn whatever_mark_of_a_container_is_lost_no_article_is_lost_in_silence() {
    let formats: [(&str, &dyn Reader, String); 7] = [
        ("rss", &Feed::default(), rss()),
        ("atom", &Feed::default(), atom()),
        ("json feed", &Feed::default(), json_feed()),
        ("wordpress", &WordPress::default(), wordpress()),
        ("evernote", &Evernote, evernote()),
        ("wallabag", &Wallabag, wallabag()),
        ("reader-json", &ReaderJson, reader_json()),
    ];
    let mut silent = String::new();
    for (name, reader, whole) in formats {
        let reading = read(reader, &whole);
        assert_eq!(reading.entries.len(), COUNT, "{name}");
        assert!(
            reading.warnings.is_empty(),
            "{name}: {:?}",
            reading.warnings
        );
        // The head, which all articles need, is not meant.
        let first = whole.find("T0").unwrap().saturating_sub(60);
        for (at, length) in marks(&whole, whole.starts_with(['{', '['])) {
            if at < first {
                continue;
            }
            for with in ["", "\0\0\0"] {
                let damaged = format!("{}{with}{}", &whole[..at], &whole[at + length..]);
                let reading = read(reader, &damaged);
                let is_told = reading
                    .warnings
                    .iter()
                    .any(|warning| matches!(warning.code, Code::FeedBroken | Code::ExportBroken));
                if reading.entries.len() < COUNT && !is_told {
                    let _ = writeln!(
                        silent,
                        "{name}, {with:?} for {:?} at {at}",
                        &whole[at..at + length]
                    );
                }
            }
        }
    }
    assert!(silent.is_empty(), "{silent}");
}

#[test]
fn a_fault_between_articles_is_told_with_its_line() {
    for number in 1..COUNT {
        let whole = rss();
        let item = format!("<item><title>T{number}");
        let line = whole[..whole.find(&item).unwrap()].lines().count() + 1;
        for with in ["", "\0\0\0\0\0\0"] {
            let damaged = whole.replace(&item, &format!("{with}<title>T{number}"));
            let reading = read(&Feed::default(), &damaged);
            assert_eq!(reading.entries.len(), COUNT - 1);
            let [warning] = &reading.warnings[..] else {
                panic!("{:?}", reading.warnings);
            };
            assert_eq!(
                (warning.code, warning.line),
                (Code::FeedBroken, u32::try_from(line).ok())
            );
        }
    }
}

#[test]
fn a_quotation_mark_that_is_lost_costs_no_other_article() {
    for number in 0..COUNT {
        let whole = rss();
        let guid = format!("=\"false\">g{number}<");
        for lost in ["=\"false>", "=false\">"] {
            let damaged = whole.replace(&guid, &format!("{lost}g{number}<"));
            let reading = read(&Feed::default(), &damaged);
            assert_eq!(reading.entries.len(), COUNT, "{number}, {lost}");
            // The last such mark has none behind it that it could be taken for the partner of.
            assert!(!reading.warnings.is_empty(), "{number}, {lost}");
        }
        let damaged =
            json_feed().replace(&format!("\"T{number}\""), &format!("\"T \"{number}\" T\""));
        let reading = read(&Feed::default(), &damaged);
        assert_eq!(reading.entries.len(), COUNT - 1, "{number}");
        assert_eq!(
            reading.warnings.len(),
            1,
            "{number}: {:?}",
            reading.warnings
        );
    }
}

#[test]
fn values_that_hold_what_xml_forbids_are_still_values() {
    for value in ["a < b", "<b>x</b>", "a -> b <- c", "x > y"] {
        let whole = rss().replace(
            "<guid isPermaLink",
            &format!("<source url=\"https://a.example/?{value}\">S</source><guid isPermaLink"),
        );
        let reading = read(&Feed::default(), &whole);
        assert_eq!(reading.entries.len(), COUNT, "{value}");
        assert!(
            reading.warnings.is_empty(),
            "{value}: {:?}",
            reading.warnings
        );
    }
    let long = "A".repeat(200_000);
    let whole = atom().replace(
        "<p>",
        &format!("<p><img src=\"data:image/png;base64,{long}\" alt=\"x\"/>"),
    );
    let reading = read(&Feed::default(), &whole);
    assert_eq!((reading.entries.len(), reading.warnings.len()), (COUNT, 0));
}

#[test]
fn items_behind_an_array_that_was_closed_early_are_told() {
    for number in 0..COUNT - 1 {
        for (reader, whole, closed) in [
            (
                &Feed::default() as &dyn Reader,
                json_feed(),
                ["  }]},", "  }],"],
            ),
            (&Wallabag, wallabag(), ["}]},", "}],"]),
            (&ReaderJson, reader_json(), ["}]},", "}],"]),
        ] {
            for closed in closed {
                let end = whole
                    .match_indices("},\n ")
                    .filter(|(at, _)| whole[at + 4..].trim_start().starts_with('{'))
                    .nth(number)
                    .unwrap()
                    .0;
                let damaged = format!("{}{closed}{}", &whole[..end], &whole[end + 2..]);
                let reading = read(reader, &damaged);
                assert!(!reading.warnings.is_empty(), "{closed} {number}");
                assert!(
                    reading
                        .warnings
                        .iter()
                        .all(|warning| warning.line.is_some())
                );
            }
        }
    }
}

#[test]
fn a_picture_that_a_note_shows_and_does_not_bring_is_told() {
    for shown in [
        "0123456789abcdef0123456789abcdef",
        "ffffffffffffffffffffffffffffffff",
    ] {
        let media = format!("<en-media type=\"image/png\" hash=\"{shown}\"/><p>");
        let reading = read(&Evernote, &evernote().replacen("<p>", &media, 2));
        assert_eq!(reading.entries.len(), COUNT);
        let told: Vec<_> = reading
            .warnings
            .iter()
            .map(|warning| (warning.code, warning.item))
            .collect();
        assert_eq!(
            told,
            [(Code::ImageMissing, Some(1)), (Code::ImageMissing, Some(2))]
        );
    }
}

const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path=\"b.opf\"/></rootfiles></container>";

/// A book of some chapters, with another package document and without one of its members.
fn book(package: impl Fn(String) -> String, lost: &str) -> Vec<u8> {
    let names: Vec<String> = (0..COUNT).map(|n| format!("c{n}.xhtml")).collect();
    let pages: Vec<String> = (0..COUNT)
        .map(|n| format!("<html><body><h1>T{n}</h1><p>{}</p></body></html>", text(n)))
        .collect();
    let line = |n: usize| {
        format!("<item id=\"i{n}\" href=\"c{n}.xhtml\" media-type=\"application/xhtml+xml\"/>")
    };
    let items: String = (0..COUNT).map(line).collect();
    let spine: String = (0..COUNT)
        .map(|n| format!("<itemref idref=\"i{n}\"/>"))
        .collect();
    let whole = format!(
        "<package><metadata><title>B</title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    );
    let package = package(whole);
    let mut members: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("b.opf", package.as_bytes()),
    ];
    let chapters = names.iter().zip(&pages).filter(|(name, _)| *name != lost);
    members.extend(chapters.map(|(name, page)| (name.as_str(), page.as_bytes())));
    zipped(&members)
}

#[test]
fn a_chapter_that_a_book_names_and_lacks_is_told() {
    let reading = |bytes: &[u8]| {
        let source = MemorySource::new("b.epub", bytes);
        read_source(&EpubReader::default(), &source, ReadOptions::default())
    };
    assert_eq!(reading(&book(|whole| whole, "")).entries.len(), COUNT);
    assert!(reading(&book(|whole| whole, "")).warnings.is_empty());
    for n in 0..COUNT {
        for bytes in [
            book(|whole| whole, &format!("c{n}.xhtml")),
            book(
                without(format!("href=\"c{n}.xhtml\""), "href=\"c_.xhtml\""),
                "",
            ),
            book(without(format!("idref=\"i{n}\""), "idrxf=\"i\""), ""),
            book(without(format!("idref=\"i{n}\""), "idref=\"j\""), ""),
            book(without(format!("<item id=\"i{n}\""), "<item id=\"j\""), ""),
        ] {
            let reading = reading(&bytes);
            assert_eq!(reading.entries.len(), COUNT - 1);
            let codes: Vec<_> = reading
                .warnings
                .iter()
                .map(|warning| warning.code)
                .collect();
            assert_eq!(codes, [Code::ExportBroken]);
        }
        let damaged = book(
            without(
                format!("c{n}.xhtml\" media-type=\"application/xhtml"),
                &format!("c{n}.xhtml\" media-type=\"applicatio_/xhtml"),
            ),
            "",
        );
        assert_eq!(reading(&damaged).entries.len(), COUNT);
    }
}

/// What makes of a text one in which something is replaced.
fn without(text: String, with: &str) -> impl Fn(String) -> String + use<'_> {
    move |whole| whole.replace(&text, with)
}

/// Replaces some bytes wherever they stand.
fn replaced(bytes: &[u8], text: &[u8], with: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(text))
        .collect();
    for at in places {
        bytes[at..at + text.len()].copy_from_slice(with);
    }
    bytes
}

#[test]
fn members_that_a_directory_hides_are_told() {
    let pages: Vec<String> = (0..3)
        .map(|n| {
            format!(
                "<!--164091522600{n}-->\n[T{n}](https://a.example/{n})\n------\n<p>{}</p>\n",
                text(n)
            )
        })
        .collect();
    let names = ["a.html", "b.html", "c.html"];
    let members: Vec<(&str, &[u8])> = names
        .into_iter()
        .zip(pages.iter().map(String::as_bytes))
        .collect();
    let whole = zipped(&members);
    let end = whole.len() - 22;
    let mut one_less = whole.clone();
    one_less[end + 8] = 2;
    one_less[end + 10] = 2;
    for (bytes, read, told) in [
        (whole.clone(), 3, 0),
        (replaced(&whole, b"b.html", b"a.html"), 3, 0),
        (replaced(&whole, b"c.html", b"a.html"), 3, 0),
        (one_less, 2, 1),
    ] {
        let place = Place::empty();
        place.write("articles/a.zip", bytes);
        let report = place.report(&["-t", "json"]);
        assert_eq!(report["articles"]["read"], read, "{report}");
        let warnings = report["warnings"].as_array().unwrap();
        let unreadable = warnings
            .iter()
            .filter(|warning| warning["code"] == "file-unreadable");
        assert_eq!(unreadable.count(), told, "{report}");
    }
}

#[test]
fn what_freshrss_keeps_as_markup_is_read_once_and_recordings_are_shown() {
    for (written, shown) in [
        ("Q&amp;A", "Q&amp;A"),
        ("&lt;b&gt; &quot;x&quot;", "&lt;b&gt; \"x\""),
        ("plain", "plain"),
    ] {
        let text = format!(
            r#"{{"id": "user/-/state/org.freshrss/starred", "items": [{{"id": "tag:google.com,2005:reader/item/1", "guid": "g", "title": "{written}",
            "canonical": [{{"href": "https://g.example/1"}}], "origin": {{"title": "{written}"}}, "summary": {{"content": "<p>One</p>"}},
            "enclosure": [{{"href": "https://g.example/1.mp3", "type": "audio/mpeg"}}]}}]}}"#
        );
        let reading = read(&ReaderJson, &text);
        let entry = &reading.entries[0];
        assert_eq!(entry.head.title.as_deref(), Some(shown));
        assert_eq!(entry.head.source.as_deref(), Some(shown));
        assert!(entry.markup.as_str().contains("https://g.example/1.mp3"));
    }
    let miniflux = r#"{"entries": [{"feed_id": 1, "hash": "h", "url": "https://m.example/1", "title": "T", "content": "<p>One</p>",
        "enclosures": [{"url": "https://m.example/1.mp3", "mime_type": "audio/mpeg"}]}]}"#;
    let entry = &read(&ReaderJson, miniflux).entries[0];
    assert!(entry.markup.as_str().contains("https://m.example/1.mp3"));
}

#[test]
fn the_authors_that_items_have_from_their_feed_are_bounded() {
    for count in [3, 100, 500] {
        let authors: String = (0..count)
            .map(|n| format!("<author><name>A{n}</name></author>"))
            .collect();
        let text = atom().replace(
            "</title><id>https://a.example/</id>",
            &format!("</title><id>https://a.example/</id>{authors}"),
        );
        for entry in read(&Feed::default(), &text).entries {
            assert_eq!(entry.head.authors.len(), count.min(100));
        }
    }
}
