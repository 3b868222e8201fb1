//! Archive documents (RFC 5005): what is in them, how they are chained, and that they stay.

use super::publish::{Archive, Published};
use super::reading;
use super::samples::article;
use offprint::model::{Article, Zone};
use offprint::settings::{FeedArchive, FeedSettings};
use std::collections::BTreeMap;

fn by_month(articles: Vec<Article>) -> Archive {
    let mut archive = Archive::of(articles);
    archive.settings.get_mut::<FeedSettings>().archive = FeedArchive::Month;
    archive
}

fn on(number: usize, day: &str) -> Article {
    article(
        &format!("https://morning.example/{number}"),
        &format!("第{number}篇"),
        day,
    )
}

fn three_months() -> Vec<Article> {
    let days = [
        "2021-11-30T23:00:00Z",
        "2021-12-01T00:00:00Z",
        "2021-12-31T23:59:59Z",
        "2022-01-01T00:00:00Z",
    ];
    days.iter()
        .zip(0..)
        .map(|(day, number)| on(number, day))
        .collect()
}

fn links(published: &Published, name: &str) -> BTreeMap<String, String> {
    let base = "https://me.example/clippings/";
    let (feed, _) = reading::atom(published.file(name));
    let own = |link: &&atom_syndication::Link| link.href().ends_with(".xml");
    let links = feed.links().iter().filter(own);
    links
        .map(|link| {
            (
                link.rel().to_owned(),
                link.href().trim_start_matches(base).to_owned(),
            )
        })
        .collect()
}

fn relations<const N: usize>(given: [(&str, &str); N]) -> BTreeMap<String, String> {
    given
        .map(|(name, file)| (name.to_owned(), file.to_owned()))
        .into()
}

#[test]
fn archive_documents_that_nothing_can_lead_to_are_told_of() {
    let mut archive = by_month(three_months());
    assert!(archive.publish().warnings.is_empty());
    archive.publication.base = None;
    let published = archive.publish();
    let told = published
        .warnings
        .iter()
        .map(|warning| (warning.code.name(), warning.message.as_str()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (
                "feed-archive-unlinked",
                "rss.xml does not lead to its archive documents"
            ),
            (
                "feed-archive-unlinked",
                "atom.xml does not lead to its archive documents"
            ),
        ]
    );
}

#[test]
fn closed_months_are_chained_from_the_subscription_back() {
    let published = by_month(three_months()).publish();
    assert_eq!(
        links(&published, "atom.xml"),
        relations([
            ("self", "atom.xml"),
            ("prev-archive", "archive/atom-2021-12.xml")
        ])
    );
    assert_eq!(
        links(&published, "archive/atom-2021-12.xml"),
        relations([
            ("self", "archive/atom-2021-12.xml"),
            ("current", "atom.xml"),
            ("prev-archive", "archive/atom-2021-11.xml"),
        ])
    );
    assert_eq!(
        links(&published, "archive/atom-2021-11.xml"),
        relations([
            ("self", "archive/atom-2021-11.xml"),
            ("current", "atom.xml"),
            ("next-archive", "archive/atom-2021-12.xml"),
        ])
    );
    assert!(!published.files.contains_key("archive/atom-2022-01.xml"));
    let (_, december) = reading::rss(published.file("archive/rss-2021-12.xml"));
    let ids: Vec<&str> = december.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(
        ids,
        ["https://morning.example/2", "https://morning.example/1"]
    );
}

#[test]
fn archives_are_marked_and_a_feed_that_is_whole_says_so() {
    let published = by_month(three_months()).publish();
    for name in ["archive/atom-2021-12.xml", "archive/rss-2021-12.xml"] {
        assert!(published.file(name).contains("<fh:archive></fh:archive>"));
    }
    for name in ["atom.xml", "rss.xml"] {
        assert!(!published.file(name).contains("fh:"), "{name}");
    }
    let whole = Archive::of(three_months()).publish();
    assert!(
        whole
            .file("rss.xml")
            .contains("<fh:complete></fh:complete>")
    );
    let mut partial = Archive::of(three_months());
    partial.settings.get_mut::<FeedSettings>().items = Some(2);
    assert!(!partial.publish().file("atom.xml").contains("fh:complete"));
}

#[test]
fn months_are_those_of_the_publication_zone() {
    let mut archive = by_month(three_months());
    archive.publication.zone = Zone::Asia__Shanghai;
    let published = archive.publish();
    let archived = published
        .files
        .keys()
        .filter(|name| name.starts_with("archive/atom"));
    assert_eq!(archived.collect::<Vec<_>>(), ["archive/atom-2021-12.xml"]);
    assert_eq!(
        reading::atom(published.file("archive/atom-2021-12.xml"))
            .1
            .len(),
        2
    );
}

#[test]
fn years_are_periods_too() {
    let mut archive = by_month(three_months());
    archive.settings.get_mut::<FeedSettings>().archive = FeedArchive::Year;
    let published = archive.publish();
    assert_eq!(
        reading::atom(published.file("archive/atom-2021.xml"))
            .1
            .len(),
        3
    );
}

#[test]
fn undated_articles_are_the_beginning_of_the_chain() {
    let mut articles = three_months();
    (articles[0].published, articles[0].updated) = (None, None);
    let published = by_month(articles).publish();
    let (_, undated) = reading::atom(published.file("archive/atom-undated.xml"));
    assert_eq!(undated.len(), 1);
    let next = links(&published, "archive/atom-undated.xml").remove("next-archive");
    assert_eq!(next.as_deref(), Some("archive/atom-2021-12.xml"));
}

/// An archive whose last month has 19 articles, and a subscription of three.
fn busy_month() -> Archive {
    let mut articles = three_months();
    articles.extend((10..28).map(|n| on(n, &format!("2022-01-{n}T00:00:00Z"))));
    let mut archive = by_month(articles);
    archive.settings.get_mut::<FeedSettings>().items = Some(3);
    archive
}

#[test]
fn what_has_left_the_subscription_of_the_open_month_stands_in_a_document_of_its_own() {
    let published = busy_month().publish();
    let (_, newest) = reading::atom(published.file("atom.xml"));
    assert_eq!(newest.len(), 3);
    let (_, earlier) = reading::atom(published.file("archive/atom-2022-01-open.xml"));
    assert_eq!(earlier.len(), 16);
    assert!(!earlier.iter().any(|item| newest.contains(item)));
    assert_eq!(
        links(&published, "atom.xml"),
        relations([
            ("self", "atom.xml"),
            ("prev-archive", "archive/atom-2022-01-open.xml")
        ])
    );
    assert_eq!(
        links(&published, "archive/atom-2022-01-open.xml"),
        relations([
            ("self", "archive/atom-2022-01-open.xml"),
            ("current", "atom.xml"),
            ("prev-archive", "archive/atom-2021-12.xml"),
        ])
    );
    let next = links(&published, "archive/atom-2021-12.xml").remove("next-archive");
    assert_eq!(next.as_deref(), Some("archive/atom-2022-01-open.xml"));
}

#[test]
fn what_a_subscription_of_few_bytes_leaves_out_stands_in_the_archive() {
    let mut archive = busy_month();
    let settings = archive.settings.get_mut::<FeedSettings>();
    (settings.items, settings.max_bytes) = (Some(50), Some(1500));
    let published = archive.publish();
    let (_, newest) = reading::atom(published.file("atom.xml"));
    assert!(newest.len() < 19);
    let (_, month) = reading::atom(published.file("archive/atom-2022-01-open.xml"));
    assert_eq!(month.len(), 19);
}

#[test]
fn weeks_and_days_are_periods_too() {
    for (period, names) in [
        (FeedArchive::Week, &["2021-W48", "2021-W52-open"][..]),
        (
            FeedArchive::Day,
            &["2021-11-30", "2021-12-01", "2021-12-31", "2022-01-01-open"],
        ),
    ] {
        let mut archive = by_month(three_months());
        archive.articles.push(on(4, "2022-01-01T12:00:00Z"));
        let settings = archive.settings.get_mut::<FeedSettings>();
        (settings.archive, settings.items) = (period, Some(1));
        let published = archive.publish();
        let names = names.iter().map(|name| format!("archive/rss-{name}.xml"));
        let archived = published.files.keys().cloned();
        let archived = archived.filter(|name| name.starts_with("archive/rss"));
        assert_eq!(archived.collect::<Vec<_>>(), names.collect::<Vec<_>>());
    }
}

/// Nothing that a browser shows stands in the output folder.
#[test]
fn the_page_of_a_feed_is_the_one_that_is_named_and_never_the_output_folder() {
    let mut archive = Archive::of(three_months());
    let published = archive.publish();
    let own = published.file("rss.xml");
    assert!(own.contains("<link>https://me.example/clippings/rss.xml</link>"));
    for (name, link) in [
        ("atom.xml", "rel=\"alternate\" type=\"text/html\""),
        ("feed.json", "home_page_url"),
        ("feeds.opml", "htmlUrl"),
    ] {
        let head = published.file(name).split("<entry>").next().unwrap();
        assert!(!head.contains(link), "{name}: {head}");
    }
    archive.publication.homepage = offprint::model::Address::parse("https://me.example/about");
    let published = archive.publish();
    for (name, link) in [
        ("rss.xml", "<link>https://me.example/about</link>"),
        (
            "atom.xml",
            "href=\"https://me.example/about\" rel=\"alternate\"",
        ),
        (
            "feed.json",
            "\"home_page_url\": \"https://me.example/about\"",
        ),
        ("feeds.opml", "htmlUrl=\"https://me.example/about\""),
    ] {
        let text = published.file(name);
        assert!(text.contains(link), "{name}: {text}");
    }
}

#[test]
fn without_a_base_address_there_are_no_links_between_documents() {
    let mut archive = by_month(three_months());
    archive.publication.base = None;
    archive.settings.get_mut::<FeedSettings>().hubs =
        vec![super::samples::address("https://hub.example/")];
    let published = archive.publish();
    assert!(!published.files.contains_key("feeds.opml"));
    let (feed, _) = reading::atom(published.file("archive/atom-2021-12.xml"));
    let relations: Vec<&str> = feed.links().iter().map(|link| link.rel()).collect();
    assert_eq!(relations, ["alternate"]);
    assert_eq!(feed.links()[0].href(), "https://morning.example/");
}
