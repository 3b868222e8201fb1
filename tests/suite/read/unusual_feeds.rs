//! Feeds that break off, or that say things in places where few do.

use super::{read_source, sniff};
use offprint::Code;
use offprint::model::{Entry, Markup};
use offprint::reader::{Confidence, Feed, MemorySource, ReadOptions};

fn reading(feed: &[u8]) -> super::Reading {
    let source = MemorySource::new("feed.xml", feed);
    read_source(&Feed::default(), &source, ReadOptions::default())
}

fn entries(feed: &str) -> Vec<Entry> {
    reading(feed.as_bytes()).entries
}

const RSS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
    <channel><title>Paper</title><link>https://a.example/</link>";

#[test]
fn fault_23_an_item_within_which_a_feed_breaks_off_is_read_as_far_as_it_goes() {
    let whole = "<item><title>Whole</title><link>https://a.example/1</link><description>One.</description></item>";
    let text = "The council has agreed on a bridge over the river é.";
    for body in [
        format!("<description>&lt;p&gt;{text}&lt;/p&gt;"),
        format!("<description><![CDATA[<p>{text}</p>"),
        format!("<content:encoded><![CDATA[<p>{text}</p><figure>"),
        format!("<description><p>{text}</p><p>And "),
    ] {
        let cut =
            format!("{RSS}{whole}<item><title>Cut</title><link>https://a.example/2</link>{body}");
        let from = cut.find("bridge").unwrap();
        for length in from..cut.len() {
            let reading = reading(&cut.as_bytes()[..length]);
            let [_, entry] = &reading.entries[..] else {
                panic!("{length}: {:?}", reading.warnings)
            };
            assert_eq!(entry.head.address.as_deref(), Some("https://a.example/2"));
            assert_eq!(entry.head.title.as_deref(), Some("Cut"));
            assert!(entry.markup.as_str().contains("agreed on a"));
            assert!(!entry.markup.as_str().contains('\u{FFFD}'));
            let [warning] = &reading.warnings[..] else {
                panic!("{length}: {:?}", reading.warnings)
            };
            assert_eq!((warning.code, warning.item), (Code::FeedBroken, Some(2)));
            assert!(warning.message.contains("as far as it goes"));
        }
    }
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"F\", \"items\": [{\"id\": \"1\", \"title\": \"Cut\", \
         \"content_html\": \"<p>The council \\u00e9 has agreed on a \\\"bridge\\\".</p>";
    for length in json.find("agreed").unwrap()..json.len() {
        let reading = reading(&json.as_bytes()[..length]);
        let [entry] = &reading.entries[..] else {
            panic!("{length}: {:?}", reading.warnings)
        };
        assert_eq!(entry.head.title.as_deref(), Some("Cut"));
        assert!(entry.markup.as_str().contains("council é"));
        assert_eq!(reading.warnings.len(), 1);
    }
    // Nothing tells which item it is, or it says nothing.
    for rest in [
        "<item><title>C",
        "<item><title>Cut</title><link>https://a.exam",
        "<item><guid>1</guid><ti",
    ] {
        let reading = reading(format!("{RSS}{whole}{rest}").as_bytes());
        assert_eq!(reading.entries.len(), 1, "{rest}");
        let [warning] = &reading.warnings[..] else {
            panic!("{rest}: {:?}", reading.warnings)
        };
        assert!(warning.message.contains("left out"), "{warning:?}");
    }
}

#[test]
fn fault_23_a_feed_is_known_behind_a_long_prolog() {
    let comment = format!(
        "<!-- {} -->",
        "words of a licence, <rss> and ] among them\n".repeat(400)
    );
    let entities: String = (0..400)
        .map(|number| format!("<!ENTITY e{number} \"text ]{number} of an entity\">\n"))
        .collect();
    let item = "<item><title>T</title><link>https://a.example/1</link></item></channel></rss>";
    for prolog in [comment, format!("<!DOCTYPE rss [{entities}]>")] {
        for declaration in ["", "<?xml version=\"1.0\"?>\n"] {
            let feed = format!(
                "{declaration}{prolog}<rss version=\"2.0\"><channel><title>F</title>{item}"
            );
            for name in ["feed.xml", "x"] {
                let found = sniff(&Feed::default(), feed.as_bytes(), name);
                assert_eq!(found, Confidence::Certain, "{declaration} {name}");
            }
            assert_eq!(entries(&feed).len(), 1);
            let page = feed.replace("<rss version=\"2.0\"", "<html");
            assert_eq!(
                sniff(&Feed::default(), page.as_bytes(), "x"),
                Confidence::No
            );
        }
    }
}

#[test]
fn fault_23_who_took_a_picture_is_no_author() {
    let item = |credit: &str| {
        let feed = format!(
            "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>F</title><item><title>T</title>\
             <link>https://a.example/1</link><media:content url=\"https://a.example/1.jpg\" medium=\"image\">{credit}</media:content></item></channel></rss>"
        );
        entries(&feed).remove(0).head.authors
    };
    assert!(item("<media:credit>Foto Man</media:credit>").is_empty());
    assert!(item("<media:credit role=\"photographer\">Foto Man</media:credit>").is_empty());
    assert_eq!(
        item("<media:credit role=\"author\">Ada</media:credit>"),
        ["Ada"]
    );
}

#[test]
fn fault_23_the_picture_of_an_item_in_json_leads_in_a_text_that_shows_others() {
    let markup = |image: &str, html: &str| {
        let feed = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "F",
            "items": [{"id": "1", "url": "https://a.example/1", "image": image, "content_html": html}]});
        entries(&feed.to_string())
            .remove(0)
            .markup
            .as_str()
            .to_owned()
    };
    let other = "<p>Text</p><img src=\"https://a.example/i/other.png\">";
    let lead = "https://a.example/i/lead.jpg";
    assert!(markup(lead, other).contains(lead));
    for same in [
        "https://a.example/i/lead.jpg",
        "/i/lead-1024x683.jpg",
        "https://cdn.example/lead.webp?w=800",
        "https://a.example/i/LEAD-scaled.jpg",
    ] {
        let html = format!("{other}<img src='{same}'>");
        assert_eq!(markup(lead, &html), html);
    }
    // A text that shows none is led in by what the item names, as for all formats.
    assert_eq!(markup(lead, "<p>Text</p>"), "<p>Text</p>");
}

#[test]
fn an_item_that_has_no_address_is_of_its_feed() {
    let item = "<item><guid isPermaLink=\"false\">1</guid><title>T</title><description>x</description></item></channel></rss>";
    let source = |feed: &str| entries(feed).remove(0).head.source;
    assert_eq!(source(&format!("{RSS}{item}")).as_deref(), Some("Paper"));
    assert_eq!(
        source(&format!("{RSS}<generator>Offprint 1</generator>{item}")),
        None
    );
    let addressed = item.replace("</title>", "</title><link>https://a.example/1</link>");
    assert_eq!(source(&format!("{RSS}{addressed}")), None);
}

#[test]
fn what_media_rss_says_of_a_film_is_plain_text() {
    let feed = |kind: &str| {
        format!(
            "<feed xmlns:media='http://search.yahoo.com/mrss/' xmlns='http://www.w3.org/2005/Atom'><title>Films</title><entry><id>yt:1</id>\
             <title>Film</title><link href='https://v.example/1'/><media:group><media:description{kind}>1 &lt; 2 &amp;amp; line\nnext\n\n&lt;p&gt;Para\
             </media:description></media:group></entry></feed>"
        )
    };
    let markup = |kind: &str| entries(&feed(kind)).remove(0).markup;
    let text = "1 < 2 &amp; line\nnext\n\n<p>Para";
    assert_eq!(markup(""), Markup::Text(text.to_owned()));
    assert_eq!(markup(" type='plain'"), Markup::Text(text.to_owned()));
    assert!(matches!(markup(" type='html'"), Markup::Article(_)));
}

#[test]
fn a_text_that_was_escaped_twice_is_markup() {
    let text = |written: &str| {
        let item = format!(
            "<item><title>T</title><link>https://a.example/1</link><description>{written}</description></item>"
        );
        let markup = entries(&format!("{RSS}{item}</channel></rss>"))
            .remove(0)
            .markup;
        markup.as_str().to_owned()
    };
    assert_eq!(
        text(
            " &amp;lt;p class=&amp;quot;x&amp;quot;&amp;gt;One &amp;amp;amp; two&amp;lt;/p&amp;gt; "
        ),
        "<p class=\"x\">One &amp; two</p>"
    );
    // Texts that speak of markup.
    for kept in [
        "Use &amp;lt;p&amp;gt;",
        "&amp;lt;p&amp;gt; is a paragraph",
        "&lt;p&gt;&amp;lt;b&amp;gt;x&amp;lt;/b&amp;gt;&lt;/p&gt;",
        "&amp;lt;item&amp;gt;x&amp;lt;/item&amp;gt;",
    ] {
        assert!(text(kept).contains("&lt;"), "{kept}");
    }
}

#[test]
fn users_that_are_named_by_their_place_have_their_names() {
    let authors = |name: &str| {
        let feed = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><id>t3_1</id><title>T</title><link href='https://r.example/1'/>\
             <author><name>{name}</name></author></entry></feed>"
        );
        entries(&feed).remove(0).head.authors
    };
    assert_eq!(authors("/u/ada"), ["ada"]);
    assert_eq!(authors("/user/ada/"), ["ada"]);
    assert_eq!(authors("Ada"), ["Ada"]);
}

#[test]
fn the_first_day_of_a_calendar_is_no_time() {
    for (written, is_time) in [
        ("0001-01-01T00:00:00Z", false),
        ("Mon, 01 Jan 0001 00:00:00 +0000", false),
        ("2022-01-01T00:00:00Z", true),
    ] {
        let item = format!(
            "<item><title>T</title><link>https://a.example/1</link><pubDate>{written}</pubDate></item>"
        );
        let entry = entries(&format!("{RSS}{item}</channel></rss>")).remove(0);
        assert_eq!(entry.head.published.is_some(), is_time, "{written}");
    }
}

#[test]
fn an_invitation_to_read_on_is_not_the_text() {
    let long = "The council of the town has agreed on a bridge over the river. ".repeat(4);
    let shown = |content: &str, description: &str| {
        let item = format!(
            "<item><title>T</title><link>https://a.example/1</link><content:encoded><![CDATA[{content}]]></content:encoded>\
             <description><![CDATA[{description}]]></description></item>"
        );
        let entry = entries(&format!("{RSS}{item}</channel></rss>")).remove(0);
        (entry.markup.as_str().to_owned(), entry.head.summary)
    };
    assert_eq!(shown("<p>Read more…</p>", &long), (long.clone(), None));
    for content in [
        long.clone(),
        "<p>Look:</p><img src=\"https://a.example/1.png\">".to_owned(),
        format!("<p>{}</p>", &long[..120]),
    ] {
        let (text, summary) = shown(&content, &long);
        assert_eq!((text, summary.is_some()), (content, true));
    }
    assert_eq!(shown("<p>Yes.</p>", "A word.").0, "<p>Yes.</p>");
}

#[test]
fn the_markup_of_a_category_is_no_part_of_its_name() {
    let item = "<item><title>T</title><link>https://a.example/1</link><category><![CDATA[<b>Sea &amp; land</b>]]></category>\
                <category>x &lt; y</category></item></channel></rss>";
    let tags = entries(&format!("{RSS}{item}")).remove(0).head.tags;
    assert_eq!(tags, ["Sea &amp; land", "x < y"]);
}

#[test]
fn who_is_called_as_the_feed_is_stands_somewhere() {
    let entry = |feed: &str, author: &str, link: &str| {
        let feed = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{feed}</title><entry><id>x:1</id><title>T</title>{link}\
             <updated>2022-01-01T00:00:00Z</updated><author><name>{author}</name></author></entry></feed>"
        );
        entries(&feed).remove(0).head
    };
    let link = "<link href=\"https://video.example/watch?v=1\"/>";
    for name in ["Sea Channel", "The Times"] {
        // The address tells the source.
        assert_eq!(entry(name, name, link).authors, [name]);
        let head = entry(name, name, "");
        assert_eq!(head.source.as_deref(), Some(name));
        assert!(head.authors.is_empty(), "{head:?}");
        assert_eq!(entry(name, "Ada", "").authors, ["Ada"]);
    }
}
