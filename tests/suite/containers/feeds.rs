//! Feeds that a run wrote are read by the next one: the same articles, the same bytes.

use crate::incremental::archive::{Archive, Ran, outputs, run};
use offprint::Settings;
use offprint::settings::FeedSettings;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn all_feeds(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    let mut settings = archive.settings();
    settings.formats = ["rss", "atom", "json"].map(str::to_owned).to_vec();
    let feeds = settings.write.get_mut::<FeedSettings>();
    (feeds.items, feeds.archive) = (None, offprint::settings::FeedArchive::None);
    settings.out = archive.path("feeds");
    run(&settings);
    outputs(&settings.out)
}

fn from(archive: &Archive, input: &str, out: &str) -> (Ran, BTreeMap<String, Vec<u8>>) {
    let mut settings = archive.settings();
    settings.inputs = vec![archive.path(input).into()];
    settings.out = archive.path(out);
    (run(&settings), outputs(&settings.out))
}

#[test]
fn an_archive_that_went_through_a_feed_gives_the_same_books_and_feeds() {
    let archive = Archive::of(130);
    archive.file(
        "odd.txt",
        "<!--1609459200000-->\n[AT&amp;amp;T &lt;b&gt; “特”](https://tales.example/特?a=1&amp;b=2)\n------\n\n\
         <div><i>Ada, Bo<br>2020-12-31T23:00:00.000Z</i></div><h2>One</h2><p>a &lt;b&gt; <code>x &amp;&amp; y</code></p>\
         <table><tr><th>a<td>b</table><ul><li>c<li>d</ul><p><em>© 2021 Tales</em></p>",
    );
    archive.file(
        "no-address.txt",
        "<!--1609459300000-->\n[Nowhere]()\n------\n\n<p>A text that stands nowhere on the web.</p>",
    );
    archive.file(
        "no-iri.txt",
        "<!--1609459400000-->\n[Odd address](http://tales.example/a b|c)\n------\n\n<p>Its address has a space.</p>",
    );
    archive.file(
        "undated.txt",
        "[Undated](https://tales.example/undated)\n------\n\n<p>No date.</p>",
    );
    archive.age();
    archive.run();
    let expected = archive.outputs();
    all_feeds(&archive);
    for feed in ["feeds/atom.xml", "feeds/feed.json"] {
        let out = feed.replace(['/', '.'], "-");
        let (ran, found) = from(&archive, feed, &out);
        assert_eq!(ran.report.articles.read, 134);
        assert_same(&expected, &found, feed);
    }
}

/// Feeds hold times in whole seconds, and so do those that are compared.
fn assert_same(
    expected: &BTreeMap<String, Vec<u8>>,
    found: &BTreeMap<String, Vec<u8>>,
    feed: &str,
) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(expected), names(found), "{feed}");
    for (name, bytes) in expected {
        let is_same = found.get(name) == Some(bytes);
        assert!(is_same, "{feed}: {name} is other");
    }
}

#[test]
fn what_stands_in_several_feeds_is_one_article() {
    let archive = Archive::of(40);
    all_feeds(&archive);
    let (ran, _) = from(&archive, "feeds", "again");
    let counts = ran.report.articles;
    assert_eq!(
        (counts.read, counts.duplicates, counts.written),
        (120, 80, 40)
    );
}

/// Puts an entry before all others of a feed.
fn add_at_top(feed: &Path) {
    let text = std::fs::read_to_string(feed).unwrap();
    let (head, rest) = text.split_once("<entry>").unwrap();
    let entry = "<entry>\n    <title>The newest</title>\n    <id>https://tales.example/newest</id>\n    \
                 <updated>2021-02-02T00:00:00Z</updated>\n    <published>2021-02-02T00:00:00Z</published>\n    \
                 <link href=\"https://tales.example/newest\"/>\n    \
                 <content type=\"html\">&lt;p&gt;Just in.&lt;/p&gt;</content>\n  </entry>\n  ";
    std::fs::write(feed, format!("{head}{entry}<entry>{rest}")).unwrap();
}

#[test]
fn an_entry_added_at_the_top_remakes_its_own_volume_alone() {
    // Articles of January and February.
    let archive = Archive::of(150);
    all_feeds(&archive);
    let feed: PathBuf = archive.path("feeds/atom.xml");
    let books = |settings: &mut Settings| {
        settings.inputs = vec![feed.clone().into()];
        settings.formats = vec!["epub".to_owned()];
    };
    archive.run_with(books);
    let unchanged = archive.run_with(books);
    assert_eq!(unchanged.bodies, 0, "nothing changed");
    add_at_top(&feed);
    let ran = archive.run_with(books);
    let changed: Vec<String> = ran.changed().into_iter().collect();
    assert!(
        changed.iter().any(|name| name == "archive-2021-02.epub"),
        "{changed:?}"
    );
    assert!(
        !changed.iter().any(|name| name == "archive-2021-01.epub"),
        "{changed:?}"
    );
    // Of 151 only February's 27 were read, moved as they all are; the new one perhaps also to learn
    // what its source puts at the ends of its articles.
    assert!((27..=28).contains(&ran.bodies), "{}", ran.bodies);
    archive.check_against_a_fresh_run_with(&ran, books);
}

#[test]
fn warnings_of_items_that_moved_name_their_new_places() {
    let archive = Archive::of(2);
    // The first two lie in January, the third in February.
    let days = ["01-01", "01-26", "02-20"];
    let entry = |number: usize| {
        format!(
            "<entry><id>https://tales.example/{number}</id><updated>2021-{}T00:00:00Z</updated>\
             <link href=\"https://tales.example/{number}\"/></entry>\n",
            days[number - 1]
        )
    };
    let feed = |numbers: &[usize]| {
        let entries: String = numbers.iter().map(|&number| entry(number)).collect();
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>x</id>\n{entries}</feed>")
    };
    let path = archive.path("feed.xml");
    let told = |ran: &Ran| -> Vec<String> {
        ran.report
            .warnings
            .iter()
            .map(|warning| {
                assert_eq!(warning.path.as_deref(), path.to_str());
                format!("{} {:?} {:?}", warning.code, warning.item, warning.line)
            })
            .collect()
    };
    let only_feed = |settings: &mut Settings| {
        settings.inputs = vec![path.clone().into()];
        settings.formats = vec!["epub".to_owned()];
    };
    std::fs::write(&path, feed(&[2, 1])).unwrap();
    let first = archive.run_with(only_feed);
    assert_eq!(
        told(&first),
        ["body-empty Some(2) Some(3)", "body-empty Some(1) Some(2)"]
    );
    std::fs::write(&path, feed(&[3, 2, 1])).unwrap();
    let second = archive.run_with(only_feed);
    assert_eq!(
        told(&second),
        [
            "body-empty Some(3) Some(4)",
            "body-empty Some(2) Some(3)",
            "body-empty Some(1) Some(2)"
        ]
    );
    assert_eq!(second.bodies, 1, "what was not read again is told again");
}
