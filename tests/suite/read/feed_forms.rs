//! Feeds of all versions and of many programs, whole and broken.

use super::{Reading, read_source};
use offprint::Code;
use offprint::model::{Entry, Markup, WrittenTime};
use offprint::reader::{Confidence, Feed, MemorySource, ReadOptions, Source};
use proptest::prelude::*;

fn reading(bytes: &[u8]) -> Reading {
    let source = MemorySource::new("feed.xml", bytes);
    read_source(&Feed::default(), &source, ReadOptions::default())
}

fn only(text: &str) -> Entry {
    let mut reading = reading(text.as_bytes());
    assert_eq!(reading.entries.len(), 1, "{reading:?}");
    reading.entries.remove(0)
}

/// The item of a feed of RSS.
fn rss(item: &str) -> Entry {
    only(&format!(
        "<rss><channel><title>Harbour</title><item>{item}</item></channel></rss>"
    ))
}

/// The entry of a feed of Atom.
fn atom(entry: &str) -> Entry {
    only(&format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title><entry>{entry}</entry></feed>"
    ))
}

fn messages(bytes: &[u8]) -> Vec<String> {
    let reading = reading(bytes);
    assert!(reading.entries.is_empty());
    reading
        .warnings
        .into_iter()
        .map(|warning| warning.message)
        .collect()
}

#[test]
fn feeds_of_all_versions_are_told_and_read() {
    let item = "<title>Lamp</title><link>https://a.example/lamp</link>";
    let rdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'";
    for feed in [
        format!("<rdf:RDF {rdf} xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/><item>{item}</item></rdf:RDF>"),
        format!("<rdf:RDF {rdf} xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'/><item rdf:about='https://a.example/lamp'><title>Lamp</title></item></rdf:RDF>"),
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:rss='http://purl.org/rss/1.0/'><rss:item><rss:title>Lamp</rss:title><rss:link>https://a.example/lamp</rss:link></rss:item></r:RDF>".to_owned(),
        format!("<rss version='0.91'><channel><item>{item}</item></channel></rss>"),
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>Lamp</TITLE><LINK>https://a.example/lamp</LINK></ITEM></CHANNEL></RSS>".to_owned(),
        format!("<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel><item>{item}</item></channel></rss>"),
        format!("<channel><title>x</title><item>{item}</item></channel>"),
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>Lamp</title><link rel='alternate' href='https://a.example/lamp'/></entry></feed>".to_owned(),
        "<feed><entry><title>Lamp</title><id>https://a.example/lamp</id></entry></feed>".to_owned(),
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>Lamp</a:title><a:link href='https://a.example/lamp'/></a:entry></a:feed>".to_owned(),
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>Lamp</title><link href='https://a.example/lamp'/></entry>".to_owned(),
        "<CHANNEL HREF='https://a.example/'><ITEM HREF='https://a.example/lamp'><TITLE>Lamp</TITLE><ABSTRACT>x</ABSTRACT></ITEM></CHANNEL>".to_owned(),
        "{\"version\": \"http://jsonfeed.org/version/1\", \"items\": [{\"id\": 1, \"url\": \"https://a.example/lamp\", \"title\": \"Lamp\"}]}".to_owned(),
        "{\"feed_url\": \"https://a.example/f\", \"items\": [{\"url\": \"https://a.example/lamp\", \"title\": \"Lamp\"}]}".to_owned(),
        "{\"items\": [{\"id\": 1, \"url\": \"https://a.example/lamp\", \"title\": \"Lamp\"}], \"title\": \"T\", \"version\": \"https://jsonfeed.org/version/1.1\"}".to_owned(),
    ] {
        assert_eq!(super::sniff(&Feed::default(), feed.as_bytes(), "x"), Confidence::Certain, "{feed}");
        let head = only(&feed).head;
        assert_eq!(head.title.as_deref(), Some("Lamp"), "{feed}");
        assert_eq!(head.address.as_deref(), Some("https://a.example/lamp"), "{feed}");
    }
    let other =
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><x:item/></rdf:RDF>";
    assert_eq!(super::sniff(&Feed::default(), other, "x"), Confidence::No);
}

#[test]
fn texts_are_of_the_kind_that_their_elements_say() {
    let html = |content: &str| match atom(content).markup {
        Markup::Article(html) => html,
        other => panic!("{content}: {other:?}"),
    };
    assert_eq!(
        html("<content type='html'>&lt;p>a&lt;/p></content>"),
        "<p>a</p>"
    );
    assert_eq!(
        html("<content type='text/html' mode='base64'> PHA+YTwv\ncD4= </content>"),
        "<p>a</p>"
    );
    assert_eq!(
        html("<content type='text'>a <b>b</b></content>"),
        "a <b>b</b>"
    );
    let xhtml = "<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:a name='b'/>c</x:div></content>";
    assert!(html(xhtml).contains("<a name='b'></a>c</div>"));
    assert_eq!(
        html("<content type='image/png'>iVBO Rw0K</content>"),
        "<img src=\"data:image/png;base64,iVBORw0K\">"
    );
    let plain = |content: &str| match atom(content).markup {
        Markup::Text(text) => text,
        other => panic!("{content}: {other:?}"),
    };
    assert_eq!(plain("<content>1 &lt; 2</content>"), "1 < 2");
    assert_eq!(plain("<content type='text/plain'>&lt;b></content>"), "<b>");
    assert_eq!(
        plain("<content type='application/octet-stream'>YQ==</content>"),
        "a"
    );
    let rss = rss(
        "<xhtml:body xmlns:xhtml='http://www.w3.org/1999/xhtml'><xhtml:p>a</xhtml:p></xhtml:body><description>b</description>",
    );
    assert_eq!(rss.markup.as_str(), "<p>a</p>");
    assert_eq!(rss.head.summary.as_deref(), Some("b"));
}

#[test]
fn a_text_without_tags_keeps_its_paragraphs() {
    let entry = rss("<description>One,\ntwo.\n\nThree &amp;amp; four.</description>");
    assert_eq!(
        entry.markup.as_str(),
        "<p>One,\ntwo.\n\n<p>Three &amp; four.\n"
    );
}

#[test]
fn titles_that_are_markup_are_read_as_such() {
    let title = |item: &str| rss(item).head.title.unwrap();
    assert_eq!(
        title("<title>A &lt;b>bold&lt;/b> lamp</title>"),
        "A bold lamp"
    );
    assert_eq!(
        title("<title>A <i>slanted</i> lamp</title>"),
        "A slanted lamp"
    );
    assert_eq!(
        title("<title>Vec&lt;T> and &lt;b></title>"),
        "Vec<T> and <b>"
    );
    assert_eq!(title("<media:title>x</media:title><title>y</title>"), "y");
    let entry = atom("<title type='html'>&lt;b>1&lt;/b> &amp;lt; 2 &amp;amp; 3</title>");
    assert_eq!(entry.head.title.as_deref(), Some("1 < 2 &amp; 3"));
}

#[test]
fn relative_addresses_start_where_the_feed_says() {
    let feed = |root: &str, item: &str, content: &str| {
        only(&format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' {root}><link href='https://b.example/'/>\
             <entry {item}><link href='lamp'/><content type='html' {content}>&lt;img src='a.png'></content></entry></feed>"
        ))
    };
    let entry = feed("", "", "");
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://b.example/lamp")
    );
    assert_eq!(entry.markup.as_str(), "<img src='a.png'>");
    let entry = feed(
        "xml:base='https://c.example/x/'",
        "xml:base='y/'",
        "xml:base='/z/'",
    );
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://c.example/x/y/lamp")
    );
    assert_eq!(
        entry.markup.as_str(),
        "<base href=\"https://c.example/z/\"><img src='a.png'>"
    );
}

/// A source that was fetched.
struct Fetched(MemorySource<'static>);

impl Source for Fetched {
    fn path(&self) -> &str {
        self.0.path()
    }

    fn name(&self) -> &str {
        self.0.name()
    }

    fn folders(&self) -> &[String] {
        self.0.folders()
    }

    fn address(&self) -> Option<&str> {
        Some("https://a.example/feeds/new.xml")
    }

    fn length(&self) -> u64 {
        self.0.length()
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read_at(position, buffer)
    }
}

#[test]
fn relative_addresses_start_from_where_a_feed_was_fetched() {
    let text = "<rss><channel><link>/</link><title>Harbour</title><ttl>60</ttl><language>en</language>\
                <item><link>/lamp</link><description>&lt;img src='a.png'></description></item></channel></rss>";
    let source = Fetched(MemorySource::new("feed.xml", text.as_bytes()));
    let entry = read_source(&Feed::default(), &source, ReadOptions::default())
        .entries
        .remove(0);
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://a.example/lamp")
    );
    assert!(
        entry
            .markup
            .as_str()
            .starts_with("<base href=\"https://a.example/feeds/new.xml\">")
    );
    let head = Feed::head(&source, &ReadOptions::default())
        .unwrap()
        .unwrap();
    assert_eq!(head.title.as_deref(), Some("Harbour"));
    assert_eq!(head.home.as_deref(), Some("https://a.example/"));
    assert_eq!(
        (head.time_to_live, head.language.as_deref()),
        (Some(60), Some("en"))
    );
}

#[test]
fn authors_and_languages_are_inherited() {
    let feed = |item: &str| {
        only(&format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Harbour</title>\
             <author><name>Ada</name><email>ada@a.example</email></author><entry>{item}</entry></feed>"
        ))
        .head
    };
    assert_eq!(feed("<id>x:1</id>").authors, ["Ada"]);
    assert_eq!(feed("<author><name>Bo</name></author>").authors, ["Bo"]);
    assert_eq!(
        feed("<source><title>Elsewhere</title><author><name>Cy</name></author></source>").authors,
        ["Cy"]
    );
    assert_eq!(feed("<id>x:1</id>").language.as_deref(), Some("de"));
    assert_eq!(
        feed("<content xml:lang='fr'>Le phare</content>")
            .language
            .as_deref(),
        Some("fr")
    );
    assert_eq!(feed("<content xml:lang=''>?</content>").language, None);
    let head = rss("<author>ada@a.example (Ada Keeper)</author>").head;
    assert_eq!(head.authors, ["Ada Keeper"]);
    let head = rss("<itunes:author>Ada</itunes:author><dc:creator>Bo</dc:creator>").head;
    assert_eq!(head.authors, ["Bo"]);
}

#[test]
fn what_comes_with_an_item_is_shown_once() {
    let entry = rss("<description>&lt;p>Listen.&lt;/p></description>\
         <enclosure url='https://a.example/1.mp3?a=1&amp;b=2' type='audio/mpeg' length='9'/>\
         <media:group><media:content url='https://a.example/s.mp4' type='video/mp4'/>\
         <media:content url='https://a.example/l.mp4' type='video/mp4' isDefault='true'>\
         <media:thumbnail url='https://a.example/t.jpg'/></media:content></media:group>\
         <enclosure url='https://a.example/log.pdf' type='application/pdf'/>");
    let html = entry.markup.as_str();
    assert!(
        html.contains("<audio src=\"https://a.example/1.mp3?a=1&amp;b=2\""),
        "{html}"
    );
    assert!(html.contains("l.mp4") && !html.contains("s.mp4"));
    assert!(html.contains("<a href=\"https://a.example/log.pdf\">log.pdf</a>"));
    assert_eq!(
        entry.head.picture.as_deref(),
        Some("https://a.example/t.jpg")
    );
    let named = rss(
        "<description>&lt;audio src='https://a.example/1.mp3'>&lt;/audio></description><enclosure url='https://a.example/1.mp3' type='audio/mpeg'/>",
    );
    assert_eq!(named.markup.as_str().matches("1.mp3").count(), 1);
    let photo =
        rss("<title>x</title><media:content url='https://a.example/a.jpg' medium='image'/>");
    assert_eq!(
        photo.markup.as_str(),
        "<p><img src=\"https://a.example/a.jpg\"></p>"
    );
}

#[test]
fn the_surest_of_several_times_counts() {
    let head = rss("<dc:date>2021-12-31T00:00:00Z</dc:date><pubDate>no date</pubDate>").head;
    assert_eq!(head.published, WrittenTime::parse("2021-12-31T00:00:00Z"));
    let head = atom("<issued>2020-01-01</issued><published>2021-01-01</published><modified>2022-01-01</modified>").head;
    assert_eq!(head.published, WrittenTime::parse("2021-01-01"));
    assert_eq!(head.updated, WrittenTime::parse("2022-01-01"));
}

#[test]
fn of_a_time_that_stands_twice_the_last_counts() {
    for (element, is_published) in [
        ("published", true),
        ("created", true),
        ("issued", true),
        ("updated", false),
        ("modified", false),
    ] {
        let head = atom(&format!(
            "<{element}>2022-01-01T00:00:00Z</{element}><{element}>2021-01-01T00:00:00Z</{element}><{element}>soon</{element}>"
        ))
        .head;
        let time = if is_published {
            head.published
        } else {
            head.updated
        };
        assert_eq!(
            time,
            WrittenTime::parse("2021-01-01T00:00:00Z"),
            "{element}"
        );
    }
}

#[test]
fn an_id_that_is_no_address_says_so() {
    let head = rss("<guid isPermaLink='false'>https://a.example/?p=1</guid>").head;
    assert_eq!(
        (head.address, head.id.as_deref()),
        (None, Some("https://a.example/?p=1"))
    );
    let head = rss("<link>https://proxy.example/x</link><feedburner:origLink>https://a.example/1</feedburner:origLink>").head;
    assert_eq!(head.address.as_deref(), Some("https://a.example/1"));
    // Nothing but the text tells two such items apart, and it tells the same at every reading.
    let text = "<rss><item><description>one</description></item><item><description>two</description></item></rss>";
    let digests: Vec<_> = reading(text.as_bytes())
        .entries
        .iter()
        .map(Entry::text_digest)
        .collect();
    assert_ne!(digests[0], digests[1]);
    assert_eq!(
        digests,
        reading(text.as_bytes())
            .entries
            .iter()
            .map(Entry::text_digest)
            .collect::<Vec<_>>()
    );
}

#[test]
fn blogger_backups_hold_posts_among_other_things() {
    let kind = |kind: &str, more: &str| {
        format!(
            "<entry><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>\
             <category scheme='http://www.blogger.com/atom/ns#' term='lights'/><title>{kind}</title>{more}</entry>"
        )
    };
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#' xmlns:blogger='http://schemas.google.com/blogger/2018'>\
         <link href='https://a.example/'/>{}{}{}{}\
         <entry><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><blogger:filename>/2021/lamp.html</blogger:filename><title>Takeout</title><link/></entry>\
         <entry><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status></entry></feed>",
        kind("post", ""),
        kind("comment", ""),
        kind("settings", ""),
        kind(
            "post",
            "<app:control><app:draft>yes</app:draft></app:control>"
        ),
    );
    let reading = reading(feed.as_bytes());
    let titles: Vec<_> = reading
        .entries
        .iter()
        .map(|entry| entry.head.title.as_deref().unwrap())
        .collect();
    assert_eq!(titles, ["post", "Takeout"]);
    assert_eq!(reading.entries[0].head.tags, ["lights"]);
    assert_eq!(
        reading.entries[1].head.address.as_deref(),
        Some("https://a.example/2021/lamp.html")
    );
    let told: Vec<_> = reading
        .warnings
        .iter()
        .map(|warning| (warning.code, warning.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [(
            Code::ItemsLeftOut,
            "passed over: 2 drafts, 1 comment and 1 setting or template"
        )]
    );
}

#[test]
fn pages_in_the_place_of_feeds_are_told_apart() {
    for (page, message) in [
        ("", "the file is empty"),
        (
            "<rss><channel><title>x</title></channel></rss>",
            "the feed has no items",
        ),
        (
            "<!DOCTYPE html><html><head><title>404 Not Found</title>",
            "this is a page that tells of an error, not a feed",
        ),
        (
            "<html><title>Welcome</title><form><input type=\"password\">",
            "this is a page to log in on, not a feed",
        ),
        (
            "<!doctype html>\n<html><title>Harbour news</title>",
            "this is a web page, not a feed",
        ),
        ("plain words", "this is no feed"),
    ] {
        assert_eq!(messages(page.as_bytes()), [message]);
        let is_page = page.to_lowercase().contains("<html");
        let confidence = super::sniff(&Feed::default(), page.as_bytes(), "new.rss");
        assert_eq!(
            confidence != Confidence::No,
            is_page || page.is_empty() || page.contains("<rss"),
            "{page}"
        );
        if is_page {
            assert_eq!(
                super::sniff(&Feed::default(), page.as_bytes(), "new.html"),
                Confidence::No
            );
        }
    }
}

#[test]
fn what_is_not_well_formed_is_read_as_far_as_it_goes() {
    let warning = "<b>Warning</b>: headers already sent in x.php on line 3\n";
    let text = format!(
        "{warning}<?xml version='1.0'?><rss><channel><item><title>Lamp</title></item></channel></rss>"
    );
    assert_eq!(
        super::sniff(&Feed::default(), text.as_bytes(), "feed.xml"),
        Confidence::Maybe
    );
    assert_eq!(
        super::sniff(&Feed::default(), text.as_bytes(), "notes.md"),
        Confidence::No
    );
    assert_eq!(only(&text).head.title.as_deref(), Some("Lamp"));
    let entry = rss(
        "<title>1 < 2 & x<link>https://a.example/lamp</link><description>a <b>b</description><guid>x:1</guid>",
    );
    assert_eq!(entry.head.title.as_deref(), Some("1 < 2 & x"));
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://a.example/lamp")
    );
    assert_eq!(entry.head.id.as_deref(), Some("x:1"));
    let entry = only("<rss><item><title a=\"x>Lamp</title><link>https://a.example/lamp</link></item><item></item></rss>".replace("<item></item>", "").as_str());
    assert_eq!(entry.head.title.as_deref(), Some("Lamp"));
    let entry = only(
        "<!DOCTYPE rss [<!ENTITY lamp 'the lamp'>]><rss><item><title>&lamp; &nbsp;&eacute;&nope;</title></item></rss>",
    );
    assert_eq!(entry.head.title.as_deref(), Some("the lamp \u{A0}é&nope;"));
}

#[test]
fn feeds_in_utf_16_and_utf_32_are_read() {
    let text = "<?xml version='1.0'?><rss><channel><title>t</title>\n<item><title>Phare é 字</title></item><item><title>🗼</title></item></channel></rss>";
    let json = "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 1, \"title\": \"字\"}, {\"id\": 2, \"title\": \"é\"}]}";
    for (text, titles) in [(text, ["Phare é 字", "🗼"]), (json, ["字", "é"])] {
        for mark in ["", "\u{FEFF}"] {
            let text = format!("{mark}{text}");
            let big = text
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect::<Vec<u8>>();
            let little = text
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>();
            let wide = text
                .chars()
                .flat_map(|c| u32::from(c).to_be_bytes())
                .collect::<Vec<u8>>();
            for bytes in [big, little, wide] {
                let reading = reading(&bytes);
                let found: Vec<_> = reading
                    .entries
                    .iter()
                    .map(|entry| entry.head.title.as_deref().unwrap())
                    .collect();
                assert_eq!(found, titles);
                assert!(reading.warnings.is_empty(), "{reading:?}");
            }
        }
    }
}

#[test]
fn a_charset_that_nobody_or_a_wrong_one_declares_is_guessed_once_for_all_items() {
    let items = "<item><title>Caf\u{E9} \u{2019}s</title></item><item><title>\u{FC}ber \u{E4}ltere \u{D6}fen, sch\u{F6}n</title></item>";
    for declaration in [
        "",
        "<?xml version='1.0' encoding='utf-8'?>",
        "<?xml version='1.0' encoding='utf-16'?>",
    ] {
        let text = format!("{declaration}<rss><channel>{items}</channel></rss>");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        let reading = reading(&bytes);
        let titles: Vec<_> = reading
            .entries
            .iter()
            .map(|entry| entry.head.title.as_deref().unwrap())
            .collect();
        assert_eq!(
            titles,
            ["Café ’s", "über ältere Öfen, schön"],
            "{declaration}"
        );
        assert!(
            reading
                .warnings
                .iter()
                .all(|warning| warning.code == Code::EncodingGuessed)
        );
    }
}

#[test]
fn a_feed_that_says_nothing_of_its_items_language_does_not_lend_it() {
    let feed = |generator: &str| {
        only(&format!(
            "<rss><channel><language>en</language><generator>{generator}</generator><item><guid>x:1</guid></item></channel></rss>"
        ))
    };
    assert_eq!(feed("Offprint 0.1.0").head.language, None);
    assert_eq!(feed("Other").head.language.as_deref(), Some("en"));
}

#[test]
fn texts_in_a_bag_in_markdown_and_beside_a_picture_elsewhere_are_read() {
    let bag = |inner: &str| {
        only(&format!(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' \
             xmlns:content='http://purl.org/rss/1.0/modules/content/'><item rdf:about='https://f.example/a'><title>a</title>\
             <content:items><rdf:Bag><rdf:li><content:item>{inner}</content:item></rdf:li></rdf:Bag></content:items></item></rdf:RDF>"
        ))
    };
    for value in [
        "<![CDATA[<p>It shines.</p>]]>",
        "&lt;p>It shines.&lt;/p>",
        "<p>It shines.</p>",
    ] {
        let entry = bag(&format!(
            "<content:format rdf:resource='http://www.w3.org/1999/xhtml'/><rdf:value>{value}</rdf:value>"
        ));
        assert_eq!(
            entry.markup,
            Markup::Article("<p>It shines.</p>".to_owned())
        );
    }
    let marked = "<source:markdown>It *shines*.</source:markdown>";
    let entry = rss(&format!("<guid>x:1</guid>{marked}"));
    assert_eq!(entry.markup.as_str().trim(), "<p>It <em>shines</em>.</p>");
    let entry = rss(&format!(
        "<guid>x:1</guid><description>b</description>{marked}"
    ));
    assert!(entry.markup.as_str().contains("shines"), "{entry:?}");
    let entry = atom(
        "<id>x:1</id><summary>It shines.</summary><content type='image/png' src='https://f.example/lamp.png'/>",
    );
    assert!(entry.markup.as_str().contains("It shines."), "{entry:?}");
    assert_eq!(
        entry.head.picture.as_deref(),
        Some("https://f.example/lamp.png")
    );
    assert_eq!(entry.head.address, None);
}

proptest! {
    /// Markup that is broken anywhere costs at most the item in which it is.
    #[test]
    fn a_broken_item_costs_no_other(broken in "[a-z<>&\"'/!\\[\\] =]{0,60}") {
        let broken = broken.replace("<!", "< ").replace("item", "x");
        let text = format!(
            "<rss><channel><item><title>first</title></item>\
             <item><title>x</title><description>{broken}</description></item>{}\
             <item><title>last</title></item></channel></rss>",
            // As far as a lone quotation mark is looked for its partner.
            " ".repeat(33_000),
        );
        let entries = reading(text.as_bytes()).entries;
        prop_assert_eq!(entries[0].head.title.as_deref(), Some("first"));
        prop_assert_eq!(entries.last().and_then(|entry| entry.head.title.as_deref()), Some("last"));
    }
}
