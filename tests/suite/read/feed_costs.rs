//! Feeds that are made to cost much.

use super::read_source;
use offprint::reader::{Feed, MemorySource, ReadOptions};
use offprint::{Input, Registry, Settings, Unobserved, convert};
use std::time::{Duration, Instant};

/// Some hundred kilobytes of a part, within an item.
fn of(part: &str) -> String {
    let text = part.repeat(400_000 / part.len());
    format!(
        "<rss><channel><title>t</title><item><title>x</title><description>{text}</description></item></channel></rss>"
    )
}

fn seconds(text: &str) -> Duration {
    let source = MemorySource::new("feed.xml", text.as_bytes());
    let start = Instant::now();
    read_source(&Feed::default(), &source, ReadOptions::default());
    start.elapsed()
}

#[test]
fn hostile_65_a_feed_that_costs_much_takes_a_time_that_its_length_bounds() {
    for part in [
        "<a",
        "<a>",
        "</a>",
        "<a'",
        "<a x=\"",
        "<",
        "<!",
        "<![CDATA[",
        "<!--",
        "<?",
        "&",
        "&a",
        "&#",
        "<title>",
        "<description>",
        "<link><guid>",
        "<x:y xmlns:x='z'>",
        "<media:group><media:content url='x'>",
        "<iframe/>",
        "<content type='xhtml'>",
        "]",
        "\n\n",
        "<category>",
    ] {
        // Some milliseconds each; a square of the length would be minutes.
        let taken = seconds(&of(part));
        assert!(taken < Duration::from_secs(20), "{part}: {taken:?}");
    }
    for part in ["[", "{", "\"", "\\", "],", "{\"a\":", "}]},"] {
        let text = part.repeat(400_000 / part.len());
        let taken = seconds(&format!(
            "{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{text}"
        ));
        assert!(taken < Duration::from_secs(20), "{part}: {taken:?}");
    }
}

#[test]
fn hostile_65_entities_do_not_grow() {
    let entities: String = (1..200)
        .map(|number| format!("<!ENTITY e{number} '&e{};&e{};'>", number - 1, number - 1))
        .collect();
    let text = format!(
        "<!DOCTYPE rss [<!ENTITY e0 SYSTEM 'file:///etc/passwd'>{entities}]>\
         <rss><item><title>&e0; &e199;</title></item></rss>"
    );
    let source = MemorySource::new("feed.xml", text.as_bytes());
    let entry = read_source(&Feed::default(), &source, ReadOptions::default())
        .entries
        .remove(0);
    assert_eq!(entry.head.title.as_deref(), Some("&e0; &e198;&e198;"));
}

#[test]
fn items_that_are_the_same_to_the_byte_are_counted_and_take_no_room() {
    let folder = tempfile::tempdir().unwrap();
    for (item, other) in [
        ("<item/>", ""),
        (
            "<item><title>x</title></item>",
            "<item><guid>1</guid></item>",
        ),
    ] {
        let all = format!("{}{}", item.repeat(4000), other.repeat(1500));
        let feed = format!("<rss version=\"2.0\"><channel><title>t</title>{all}</channel></rss>");
        let count = all.matches("<item").count();
        let mut settings = Settings::for_inputs([Input::memory("feed.xml", feed.into_bytes())]);
        settings.out = folder.path().to_owned();
        let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
        assert_eq!(report.articles.read, count as u64);
        let named: usize = report.joined.iter().map(|one| one.others.len()).sum();
        let kinds = report.articles.written;
        assert_eq!(report.articles.duplicates, count as u64 - kinds);
        assert_eq!(named as u64, kinds * 999, "{item}");
        let kept: Vec<&str> = report.joined.iter().map(|one| &*one.kept).collect();
        assert!(kept.contains(&"feed.xml item 4000"), "{kept:?}");
    }
}
