//! Hostile inputs as far as they concern feeds. The numbers are those of the test names elsewhere.

use super::publish::{Archive, Published};
use super::reading;
use super::samples::{article, at, paragraph, text};
use offprint::model::{Address, Article, ArticleId, Block, Body, CleanText, Inline, Link, Target};

fn publish(articles: Vec<Article>) -> Published {
    Archive::of(articles).publish()
}

/// The titles in the three formats, which have to be the same.
fn titles(published: &Published) -> Vec<String> {
    let rss = reading::rss(published.file("rss.xml")).1;
    let atom = reading::atom(published.file("atom.xml")).1;
    let json = reading::json(published.file("feed.json")).1;
    let titles = |seen: Vec<reading::Seen>| seen.into_iter().map(|item| item.title).collect();
    let titles: [Vec<String>; 3] = [titles(rss), titles(atom), titles(json)];
    assert_eq!(titles[0], titles[1]);
    assert_eq!(titles[0], titles[2]);
    titles[0].clone()
}

const PAGE: &str = "https://morning.example/1";
const DAY: &str = "2021-04-05T00:00:00Z";

#[test]
fn hostile_11_characters_that_xml_forbids_are_gone_and_invisible_ones_stay_in_texts() {
    let mut hostile = article(PAGE, "a\u{0}\u{8}\u{FFFE}\u{200B}b", DAY);
    hostile.body = Body::new(vec![paragraph("c\u{0}\u{1F}\u{200B}\u{2028}\u{FEFF}d")]).unwrap();
    hostile.tags = vec![CleanText::line("e\u{FFFF}f")];
    let published = publish(vec![hostile]);
    assert_eq!(titles(&published), ["ab"]);
    let (rss, atom, json) = (
        reading::rss(published.file("rss.xml")).1,
        reading::atom(published.file("atom.xml")).1,
        reading::json(published.file("feed.json")).1,
    );
    for mut items in [rss, atom, json] {
        let item = items.remove(0);
        let (_, text) = reading::elements(&item.html.unwrap());
        assert_eq!(text, "c\u{200B}\u{2028}\u{FEFF}d");
        assert_eq!(item.tags, ["ef"]);
    }
    for text in published.files.values() {
        assert!(text.chars().all(offprint::model::is_xml_character));
        assert!(!text.contains('\u{2028}'));
    }
}

#[test]
fn hostile_13_dates_at_the_ends_of_what_is_allowed_are_written_right() {
    let mut oldest = article(PAGE, "1601", DAY);
    (oldest.published, oldest.updated) = (Some(at("1601-01-01T00:00:00Z")), None);
    let mut last = article("https://morning.example/2", "9999", DAY);
    (last.published, last.updated) = (Some(at("9999-12-31T23:59:59.999Z")), None);
    let published = publish(vec![oldest, last]);
    assert!(
        published
            .file("rss.xml")
            .contains("<pubDate>Mon, 01 Jan 1601 00:00:00 +0000<")
    );
    assert!(
        published
            .file("atom.xml")
            .contains("<published>9999-12-31T23:59:59Z<")
    );
    assert_eq!(titles(&published), ["9999", "1601"]);
}

#[test]
fn hostile_14_a_date_far_ahead_moves_no_date_of_the_feed() {
    let ahead = article(PAGE, "ahead", "2131-01-01T00:00:00Z");
    let newest = article("https://morning.example/2", "newest", DAY);
    let older = article("https://morning.example/3", "older", "2021-04-04T00:00:00Z");
    let published = publish(vec![ahead, older, newest]);
    assert_eq!(titles(&published), ["ahead", "newest", "older"]);
    let (channel, _) = reading::rss(published.file("rss.xml"));
    assert_eq!(
        channel.last_build_date(),
        Some("Mon, 05 Apr 2021 00:00:00 +0000")
    );
    let (feed, _) = reading::atom(published.file("atom.xml"));
    assert_eq!(feed.updated().to_rfc3339(), "2021-04-05T00:00:00+00:00");
}

#[test]
fn hostile_16_an_article_without_a_date_comes_last_and_has_none() {
    let mut undated = article(PAGE, "undated", DAY);
    (undated.published, undated.updated) = (None, None);
    let dated = article("https://morning.example/2", "dated", "1970-01-02T00:00:00Z");
    let published = publish(vec![undated, dated]);
    assert_eq!(titles(&published), ["dated", "undated"]);
    let (channel, _) = reading::rss(published.file("rss.xml"));
    assert_eq!(channel.items()[1].pub_date(), None);
    let (feed, _) = reading::json(published.file("feed.json"));
    assert!(feed["items"][1].get("date_published").is_none());
    assert!(feed["items"][1].get("date_modified").is_none());
    assert!(
        published
            .file("atom.xml")
            .contains("<updated>1970-01-01T00:00:00Z</updated>")
    );
}

#[test]
fn hostile_19_titles_with_markup_are_shown_literally() {
    let given = [
        "中方\"反制\"",
        "A&lt;b&gt;",
        "<八十年代>",
        "x ]]> y",
        "<script>1</script>",
    ];
    let articles = given.iter().zip(0..).map(|(title, number)| {
        let mut article = article(&format!("https://morning.example/{number}"), title, DAY);
        article.summary = CleanText::line(title);
        article
    });
    let published = publish(articles.collect());
    assert_eq!(titles(&published), given);
    let (channel, _) = reading::rss(published.file("rss.xml"));
    assert_eq!(channel.items()[2].description(), Some("&lt;八十年代&gt;"));
}

#[test]
fn hostile_20_long_and_odd_titles_are_kept_whole() {
    let long = "长".repeat(10_000);
    let given = [long.as_str(), "=cmd|' /C calc'!A0", "👩‍👩‍👧 家"];
    let articles = given
        .iter()
        .zip(0..)
        .map(|(title, number)| article(&format!("https://morning.example/{number}"), title, DAY));
    assert_eq!(titles(&publish(articles.collect())), given);
}

#[test]
fn hostile_22_ids_are_kept_as_archived_and_links_are_addresses() {
    let given = [
        "https://h.example/%e7%89%b9",
        "https://h.example/特",
        "https://h.example:443/a#",
        "http://a b/",
    ];
    let articles = given.iter().map(|page| article(page, "t", DAY)).collect();
    let published = publish(articles);
    let (channel, seen) = reading::rss(published.file("rss.xml"));
    for page in given {
        let id = ArticleId::new(Some(page), b"");
        let item = seen.iter().position(|item| item.id == id.as_str());
        let item = &channel.items()[item.unwrap_or_else(|| panic!("{page} is not there"))];
        let guid = item.guid().unwrap();
        assert_eq!(
            guid.is_permalink(),
            id.is_permalink() && page.is_ascii(),
            "{page}"
        );
        assert!(item.link().is_none_or(|link| link.is_ascii()));
    }
}

#[test]
fn hostile_23_no_link_runs_anything() {
    let hostile = [
        "javascript:alert(1)",
        "JaVa\tscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ];
    assert!(hostile.iter().all(|link| Address::parse(link).is_none()));
    let link = Inline::Link(Link {
        target: Target::Address(Address::parse("https://a.example/\"onclick='x'").unwrap()),
        content: vec![text("a")],
    });
    let mut odd = article(PAGE, "t", DAY);
    odd.body = Body::new(vec![Block::Paragraph(vec![link])]).unwrap();
    let published = publish(vec![odd]);
    let (channel, _) = reading::rss(published.file("rss.xml"));
    let html = channel.items()[0].content().unwrap();
    let (elements, _) = reading::elements(html);
    let names: Vec<&String> = elements.iter().flat_map(|e| e.attributes.keys()).collect();
    assert_eq!(names, ["href"]);
}

#[test]
fn hostile_37_cdata_comments_and_instructions_in_a_text_are_text() {
    let odd = "]]> <!-- a -- b --> <![CDATA[x]]> <?php ?> </item></entry>";
    let mut hostile = article(PAGE, "t", DAY);
    hostile.body = Body::new(vec![paragraph(odd)]).unwrap();
    let published = publish(vec![hostile]);
    for html in [
        reading::rss(published.file("rss.xml")).1.remove(0).html,
        reading::atom(published.file("atom.xml")).1.remove(0).html,
        reading::json(published.file("feed.json")).1.remove(0).html,
    ] {
        assert_eq!(reading::elements(&html.unwrap()).1, odd);
    }
}

#[test]
fn hostile_56_an_edit_keeps_the_guid_and_moves_only_the_change_date() {
    let first = article(PAGE, "first", DAY);
    let mut edited = first.clone();
    edited.title = CleanText::line("second");
    edited.updated = Some(at("2021-04-06T00:00:00Z"));
    let (one, other) = (publish(vec![first]), publish(vec![edited]));
    let (_, one) = reading::rss(one.file("rss.xml"));
    let (channel, other) = reading::rss(other.file("rss.xml"));
    assert_eq!(
        (&one[0].id, &one[0].published),
        (&other[0].id, &other[0].published)
    );
    assert_eq!(
        channel.last_build_date(),
        Some("Tue, 06 Apr 2021 00:00:00 +0000")
    );
}
