//! Archive documents (RFC 5005): what is in them, how they are chained, and that they stay.

use super::publish::{Archive, Published};
use super::reading;
use super::samples::{article, at};
use offprint::model::{Article, CleanText, Timestamp, Zone};
use offprint::write::FeedArchive;
use std::collections::{BTreeMap, BTreeSet};

fn by_month(articles: Vec<Article>) -> Archive {
    let mut archive = Archive::of(articles);
    archive.settings.feeds.archive = FeedArchive::Month;
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
    partial.settings.feeds.items = Some(2);
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
    archive.settings.feeds.archive = FeedArchive::Year;
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

#[test]
fn the_subscription_holds_the_open_month_even_beyond_its_number_of_items() {
    let mut archive = by_month((1..20).map(|n| on(n, "2022-01-01T00:00:00Z")).collect());
    archive.settings.feeds.items = Some(3);
    assert_eq!(
        reading::atom(archive.publish().file("atom.xml")).1.len(),
        19
    );
}

#[test]
fn without_a_base_address_there_are_no_links_between_documents() {
    let mut archive = by_month(three_months());
    archive.publication.base = None;
    archive.settings.feeds.hubs = vec![super::samples::address("https://hub.example/")];
    let published = archive.publish();
    assert!(!published.files.contains_key("feeds.opml"));
    let (feed, _) = reading::atom(published.file("archive/atom-2021-12.xml"));
    let relations: Vec<&str> = feed.links().iter().map(|link| link.rel()).collect();
    assert_eq!(relations, ["alternate"]);
    assert_eq!(feed.links()[0].href(), "https://morning.example/");
}

/// A subscriber that polls after each change, and remembers.
#[derive(Default)]
struct Subscriber {
    seen: BTreeSet<String>,
}

impl Subscriber {
    fn poll(&mut self, published: &Published) {
        let (_, items) = reading::atom(published.file("atom.xml"));
        self.seen.extend(items.into_iter().map(|item| item.id));
    }
}

/// What a reader that starts now and follows the chain finds, each id once with its newest title.
fn walk_the_chain(published: &Published) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut name = Some("atom.xml".to_owned());
    while let Some(at) = name {
        for item in reading::atom(published.file(&at)).1 {
            found.entry(item.id).or_insert(item.title);
        }
        name = links(published, &at).remove("prev-archive");
    }
    found
}

/// A small generator of numbers, so that the replay is the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }
}

const HOUR: i64 = 3_600_000;

/// One step in the life of an archive. Returns the months whose articles it touched.
fn live(articles: &mut Vec<Article>, step: usize, numbers: &mut Numbers) -> BTreeSet<String> {
    let now = at("2021-01-01T00:00:00Z").millis() + i64::try_from(step).unwrap() * 13 * HOUR;
    let moment = |millis| Timestamp::from_millis(millis).unwrap();
    let month = |article: &Article| {
        article
            .published
            .unwrap()
            .rfc3339()
            .chars()
            .take(7)
            .collect()
    };
    let mut touched = BTreeSet::new();
    match numbers.below(10) {
        0 if articles.len() > 5 => {
            let at = numbers.pick(articles.len());
            touched.insert(month(&articles.remove(at)));
        }
        1 | 2 if !articles.is_empty() => {
            let at = numbers.pick(articles.len());
            let article = &mut articles[at];
            article.title = CleanText::line(&format!("{}改", article.title));
            article.updated = article.updated.max(Some(moment(now)));
            touched.insert(month(article));
        }
        kind => {
            let mut new = on(step, "2021-01-01T00:00:00Z");
            let (late, ahead) = (kind == 3, kind == 4 && numbers.below(8) == 0);
            let published = now - if late { 24 * HOUR * 60 } else { HOUR };
            let updated = now + if ahead { 24 * HOUR * 365 } else { 0 };
            new.published = Some(moment(if ahead { updated } else { published }));
            new.updated = Some(moment(updated));
            touched.insert(month(&new));
            articles.push(new);
        }
    }
    touched
}

#[test]
fn a_subscriber_of_many_years_misses_nothing() {
    let mut numbers = Numbers(7);
    let (mut articles, mut subscriber) = (Vec::new(), Subscriber::default());
    let mut before: Option<Published> = None;
    for step in 0..220 {
        let touched = live(&mut articles, step, &mut numbers);
        let mut archive = by_month(articles.clone());
        archive.settings.feeds.items = Some(10);
        let published = archive.publish();
        subscriber.poll(&published);
        let expected: BTreeMap<String, String> = articles
            .iter()
            .map(|article| (article.id.as_str().to_owned(), article.title.to_string()))
            .collect();
        assert!(
            expected.keys().all(|id| subscriber.seen.contains(id)),
            "step {step}"
        );
        assert_eq!(walk_the_chain(&published), expected, "step {step}");
        if let Some(before) = &before {
            check_closed_documents(before, &published, &touched, step);
        }
        before = Some(published);
    }
}

/// A closed document that is there before and after is the same but for its links to neighbours,
/// unless an article of its period changed.
fn check_closed_documents(
    before: &Published,
    after: &Published,
    touched: &BTreeSet<String>,
    step: usize,
) {
    for (name, text) in &before.files {
        let period = name
            .strip_prefix("archive/")
            .and_then(|rest| rest.split_once('-'));
        let Some((_, period)) = period else { continue };
        let Some(now) = after.files.get(name) else {
            continue;
        };
        if !touched.contains(period.trim_end_matches(".xml")) {
            assert_eq!(
                without_links(text),
                without_links(now),
                "{name} at step {step}"
            );
        }
    }
}

fn without_links(document: &str) -> String {
    let lines = document.lines().filter(|line| !line.contains("-archive\""));
    lines.collect::<Vec<_>>().join("\n")
}
