//! Steps of cleaning that no output shows alone.

use super::*;
use crate::model::{Block, EmbedKind, Markup, WrittenTime};
use proptest::prelude::*;

const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. \
                     In the end, however, the members agreed on nearly everything.";

/// The part of a page of a title that is its article.
fn article_part(page: &str, title: &str) -> String {
    let entry = Entry {
        head: Head {
            title: Some(title.to_owned()),
            ..Head::default()
        },
        markup: Markup::Page(page.to_owned()),
        ..Entry::default()
    };
    ParsedEntry::of(&entry).article_part(&Settings::default())
}

#[test]
fn the_head_alone_gives_the_same_dates() {
    let settings = Settings {
        sites: Sites::builtin(),
        ..Settings::default()
    };
    let header = chrono::DateTime::parse_from_rfc3339("2020-07-06T08:00:00Z").expect("a time");
    let mut head = Entry {
        head: Head {
            path: "articles/a.md".to_owned(),
            title: Some("t".to_owned()),
            address: Some("https://cn.nytimes.com/x/".to_owned()),
            header_time: Timestamp::from_datetime(header.to_utc()),
            ..Head::default()
        },
        body_line: 5,
        ..Entry::default()
    };
    head.head.byline.time = WrittenTime::parse("2020-07-06 14:42:54");
    let whole = Entry {
        markup: Markup::Article("<p>whole</p>".to_owned()),
        ..head.clone()
    };
    let listed = dates(&head.head, &settings).published;
    let article = clean(&whole, &settings).article;
    assert_eq!(listed.map(|(time, _)| time), article.published);
    assert!(article.published.is_some());
    assert_eq!(id(&head), article.id);
    assert_eq!(source(&head.head, &settings), article.source);
}

#[test]
fn the_article_of_a_page_can_be_had_as_html() {
    let html = "<html><head><title>T</title><base href='/news/'></head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
                <article><p>{} &lt;tag&gt;</p><figure><img src=a.jpg alt='\"x\"'><figcaption>Harbour</figcaption></figure>\
                <p>{}<br>{}</p><pre><code>a &amp;&amp; b</code></pre></article><script>x()</script><footer>About us</footer>";
    let part = article_part(&html.replace("{}", PROSE), "Council agrees");
    assert_eq!(
        part,
        format!(
            "<base href=\"/news/\"><article><p>{PROSE} &lt;tag&gt;</p><figure><img alt=\"&quot;x&quot;\" src=\"a.jpg\">\
             <figcaption>Harbour</figcaption></figure><p>{PROSE}<br>{PROSE}</p><pre><code>a &amp;&amp; b</code></pre></article>"
        )
    );
    assert_eq!(article_part(&part, ""), part);
}

/// The addresses of the frames of other pages in a text.
fn frames(html: &str) -> Vec<String> {
    let entry = Entry {
        markup: Markup::Article(html.to_owned()),
        ..Entry::default()
    };
    let body = clean(&entry, &Settings::default()).article.body;
    let frame = |block: &Block| match block {
        Block::Embed(embed) if embed.kind == EmbedKind::Frame => Some(embed.address.to_string()),
        _ => None,
    };
    body.blocks().iter().filter_map(frame).collect()
}

#[test]
fn a_listing_that_a_script_writes_stays_in_the_part_of_a_page() {
    let prose = "<p>The council met on Monday, and it took three hours, as everyone had feared it would.</p>".repeat(6);
    for script in [
        "https://gist.github.com/user/abcdef.js?file=x.py",
        "//gist.github.com/user/4a5b6c.js",
    ] {
        let page = format!(
            "<body><nav>Home</nav><article>{prose}<script src='{script}'></script>{prose}<script src='/app.js'></script></article></body>"
        );
        let part = article_part(&page, "T");
        let shown = frames(&part);
        let is_listing = |address: &String| address.starts_with("https://gist.github.com/user/");
        assert!(shown.iter().any(is_listing), "{shown:?} {part}");
        assert!(
            !part.contains("<script") && !part.contains("app.js"),
            "{part}"
        );
    }
}

/// Two paragraphs of words that no other number has.
fn prose(number: u64) -> String {
    let words = (0..40).map(|at| {
        let hash = blake3::hash(format!("{number} {at}").as_bytes());
        let letter = |byte: &u8| char::from(b'a' + byte % 26);
        hash.as_bytes()
            .iter()
            .take(7)
            .map(letter)
            .collect::<String>()
    });
    let words: Vec<String> = words.collect();
    let (first, second) = words.split_at(20);
    format!("<p>{}.</p><p>{}.</p>", first.join(" "), second.join(" "))
}

fn tale(number: u64, closing: &str) -> Entry {
    Entry {
        head: Head {
            path: format!("{number}.txt"),
            title: Some(format!("Tale {number}")),
            ..Head::default()
        },
        markup: Markup::Article(format!("{}<p>{closing}</p>", prose(number))),
        ..Entry::default()
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_stays_and_what_is_reported_as_removed_are_the_whole_text(
        closing in "[a-z]{3,9}( [a-z]{3,9}){2,12}",
        count in 5u64..20,
    ) {
        let settings = Settings::default();
        let entries: Vec<Entry> = (0..count).map(|number| tale(number, &closing)).collect();
        let learnt: Vec<_> = entries.iter().map(|entry| ParsedEntry::of(entry).ends(&settings)).collect();
        let mut reversed = learnt.clone();
        reversed.reverse();
        let learnt = Boilerplate::learn(&learnt);
        prop_assert_eq!(&learnt, &Boilerplate::learn(&reversed));
        for entry in &entries {
            let whole = clean(entry, &settings);
            let cut = ParsedEntry::of(entry).clean_without(&settings, &learnt);
            let removed: Vec<&str> = cut.removed.iter().map(|removed| removed.text.as_str()).collect();
            prop_assert_eq!(&removed, &[closing.as_str()]);
            prop_assert!(cut.removed.iter().all(|removed| removed.rule == "boilerplate"));
            let kept = cut.article.body.plain_text() + &removed.concat();
            prop_assert_eq!(letters(&kept), letters(&whole.article.body.plain_text()));
        }
    }
}
