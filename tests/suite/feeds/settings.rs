//! What the settings of feeds do.

use super::publish::{Archive, Published};
use super::reading;
use super::samples::{self, address, article};
use offprint::Code;
use offprint::model::Article;
use offprint::settings::{FeedContent, FeedSettings, ImageAddresses};

fn articles(count: usize) -> Vec<Article> {
    (0..count)
        .map(|number| {
            let page = format!("https://morning.example/{number}");
            let mut article = article(&page, &format!("第{number}篇"), "2021-04-05T00:00:00Z");
            let day = samples::at("2021-04-05T00:00:00Z").millis() + number as i64 * 86_400_000;
            article.published = offprint::model::Timestamp::from_millis(day);
            article.updated = article.published;
            let text = "正文很长。".repeat(200);
            article.body = offprint::model::Body::new(vec![samples::paragraph(&text)]).unwrap();
            article
        })
        .collect()
}

fn titles(published: &Published, name: &str) -> Vec<String> {
    let items = reading::atom(published.file(name)).1;
    items.into_iter().map(|item| item.title).collect()
}

#[test]
fn the_subscription_holds_the_articles_changed_last_in_order_of_publication() {
    let mut articles = articles(5);
    articles[0].updated = Some(samples::at("2022-01-01T00:00:00Z"));
    let mut archive = Archive::of(articles);
    archive.settings.get_mut::<FeedSettings>().items = Some(3);
    assert_eq!(
        titles(&archive.publish(), "atom.xml"),
        ["第4篇", "第3篇", "第0篇"]
    );
}

#[test]
fn summaries_only() {
    let mut archive = Archive::of(articles(2));
    archive.settings.get_mut::<FeedSettings>().content = FeedContent::Summary;
    let published = archive.publish();
    for (name, text) in &published.files {
        assert!(!text.contains("正文很长"), "{name}");
    }
    let (channel, items) = reading::rss(published.file("rss.xml"));
    assert_eq!(items[0].summary.as_deref(), Some("第1篇的摘要。"));
    assert!(!channel.namespaces().contains_key("content"));
    let (feed, _) = reading::json(published.file("feed.json"));
    assert_eq!(feed["items"][0]["content_text"], "第1篇的摘要。");
}

#[test]
fn a_feed_too_large_loses_its_oldest_texts_first_then_its_oldest_articles() {
    let full = Archive::of(articles(10)).publish();
    let mut archive = Archive::of(articles(10));
    let bound = full.file("rss.xml").len() as u64 / 2;
    archive.settings.get_mut::<FeedSettings>().max_bytes = Some(bound);
    let published = archive.publish();
    assert!(published.file("rss.xml").len() as u64 <= bound);
    let (_, items) = reading::rss(published.file("rss.xml"));
    assert_eq!(items.len(), 10);
    assert!(items[0].html.is_some() && items[9].html.is_none());
    assert!(
        published
            .warnings
            .iter()
            .all(|warning| warning.code == Code::FeedShortened)
    );
    assert_eq!(published.warnings.len(), 3);
    archive.settings.get_mut::<FeedSettings>().max_bytes = Some(3_000);
    let published = archive.publish();
    assert!(published.file("atom.xml").len() <= 3_000);
    let titles = titles(&published, "atom.xml");
    assert!((1..10).contains(&titles.len()) && titles[0] == "第9篇");
    assert!(!published.file("atom.xml").contains("fh:complete"));
}

#[test]
fn what_no_item_that_is_left_uses_is_not_declared() {
    let mut archive = Archive::of(articles(10));
    let whole = archive.publish();
    assert!(whole.file("rss.xml").contains("xmlns:content="));
    archive.settings.get_mut::<FeedSettings>().max_bytes = Some(1);
    let published = archive.publish();
    let (channel, items) = reading::rss(published.file("rss.xml"));
    assert_eq!(items.len(), 1);
    let namespaces: Vec<&String> = channel.namespaces().keys().collect();
    assert_eq!(namespaces, ["atom", "dc"]);
    let said = published.warnings[0].message.as_str();
    assert!(
        said.contains("the oldest 9 are left out and 1 more are summaries there"),
        "{said}"
    );
}

#[test]
fn summaries_that_are_too_many_lose_the_oldest() {
    let mut archive = Archive::of(articles(10));
    archive.settings.get_mut::<FeedSettings>().content = FeedContent::Summary;
    archive.settings.get_mut::<FeedSettings>().max_bytes = Some(2_500);
    let published = archive.publish();
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        assert!(published.file(name).len() <= 2_500, "{name}");
        assert!(!published.file(name).contains("fh:complete"), "{name}");
    }
    for warning in &published.warnings {
        let said = warning.message.as_str();
        assert!(
            said.contains("are left out") && !said.contains("summaries"),
            "{said}"
        );
    }
    assert_eq!(titles(&published, "atom.xml")[0], "第9篇");
}

#[test]
fn pictures_are_named_as_archived_or_by_their_own_address() {
    let (articles, pictures) = samples::archive();
    let mut archive = Archive::of(articles);
    archive.pictures = pictures;
    let proxy = "https://proxy.example/?url=pictures.example/harvest.jpg&w=600";
    for (addresses, proxied, shown) in [
        (ImageAddresses::Archived, true, proxy),
        (
            ImageAddresses::Origin,
            false,
            "https://pictures.example/harvest.jpg",
        ),
    ] {
        archive.settings.get_mut::<FeedSettings>().image_addresses = addresses;
        let published = archive.publish();
        for text in published
            .files
            .values()
            .filter(|text| text.contains("kettle.jpg"))
        {
            assert_eq!(text.contains("proxy.example"), proxied, "{text}");
        }
        // Whatever names the picture names it by the address that the text shows it at.
        let (channel, items) = reading::rss(published.file("rss.xml"));
        let html = items[0].html.as_deref().unwrap();
        let source = shown.replace('&', "&amp;");
        assert!(html.contains(&format!("<img src=\"{source}\"")), "{html}");
        let enclosure = channel.items()[0].enclosure().unwrap();
        assert_eq!(enclosure.url(), shown);
        let media = &channel.items()[0].extensions()["media"];
        for name in ["content", "thumbnail"] {
            assert_eq!(media[name][0].attrs["url"], shown, "{name}");
        }
        let (feed, _) = reading::atom(published.file("atom.xml"));
        let links = feed.entries()[0].links();
        let link = links.iter().find(|link| link.rel() == "enclosure");
        assert_eq!(link.unwrap().href(), shown);
        let (feed, _) = reading::json(published.file("feed.json"));
        assert_eq!(feed["items"][0]["image"], shown);
        assert_eq!(feed["items"][0]["attachments"][0]["url"], shown);
        assert_eq!(
            (enclosure.length(), enclosure.mime_type()),
            ("34567", "image/jpeg")
        );
    }
}

#[test]
fn captions_are_titles_of_pictures_where_a_program_would_take_them_for_the_text() {
    let (articles, pictures) = samples::archive();
    let mut archive = Archive::of(articles);
    archive.pictures = pictures;
    let full = archive.publish();
    assert!(
        full.file("rss.xml")
            .contains("<media:description type=\"plain\">采茶人")
    );
    archive.settings.get_mut::<FeedSettings>().content = FeedContent::Summary;
    let short = archive.publish();
    assert!(
        short
            .file("rss.xml")
            .contains("<media:title type=\"plain\">采茶人")
    );
    assert!(!short.file("rss.xml").contains("media:description"));
}

#[test]
fn without_bytes_there_is_no_enclosure_and_no_media_namespace() {
    let published = Archive::of(samples::archive().0).publish();
    let (channel, _) = reading::rss(published.file("rss.xml"));
    assert!(
        channel
            .items()
            .iter()
            .all(|item| item.enclosure().is_none())
    );
    assert!(!channel.namespaces().contains_key("media"));
    assert!(!published.file("feed.json").contains("attachments"));
    assert!(!published.file("atom.xml").contains("enclosure"));
}

#[test]
fn hubs_are_named_in_every_format() {
    let mut archive = Archive::of(articles(1));
    archive.settings.get_mut::<FeedSettings>().hubs = vec![address("https://hub.example/")];
    let published = archive.publish();
    assert!(
        published
            .file("rss.xml")
            .contains("<atom:link href=\"https://hub.example/\" rel=\"hub\"")
    );
    assert!(
        published
            .file("atom.xml")
            .contains("<link href=\"https://hub.example/\" rel=\"hub\"/>")
    );
    let (feed, _) = reading::json(published.file("feed.json"));
    assert_eq!(feed["hubs"][0]["url"], "https://hub.example/");
}

#[test]
fn language_and_rights_are_those_that_the_articles_agree_on() {
    let mut given = articles(3);
    given[0].language = offprint::model::Language::new("en");
    for article in &mut given {
        article.rights = Some("© 晨报".into());
    }
    let published = Archive::of(given.clone()).publish();
    let (channel, _) = reading::rss(published.file("rss.xml"));
    assert_eq!(
        (channel.language(), channel.copyright()),
        (Some("zh-Hans"), Some("© 晨报"))
    );
    given[1].rights = None;
    let published = Archive::of(given).publish();
    let (channel, _) = reading::rss(published.file("rss.xml"));
    assert_eq!(channel.copyright(), None);
}

#[test]
fn feeds_of_sources_are_subscriptions_of_their_own() {
    let mut given = articles(4);
    given[3].source.name = "../../晚报".into();
    let mut archive = Archive::of(given);
    archive.settings.get_mut::<FeedSettings>().by_source = true;
    archive.settings.get_mut::<FeedSettings>().items = Some(2);
    let published = archive.publish();
    assert_eq!(
        titles(&published, "source/晨报/atom.xml"),
        ["第2篇", "第1篇"]
    );
    let (main, _) = reading::atom(published.file("atom.xml"));
    let (own, _) = reading::atom(published.file("source/晨报/atom.xml"));
    assert_ne!(main.id(), own.id());
    let link = own
        .links()
        .iter()
        .find(|link| link.rel() == "self")
        .unwrap();
    let address = "https://me.example/clippings/source/%E6%99%A8%E6%8A%A5/atom.xml";
    assert_eq!(link.href(), address);
    assert!(published.file("feeds.opml").contains(address));
    assert!(published.files.keys().all(|name| !name.contains("..")));
}
