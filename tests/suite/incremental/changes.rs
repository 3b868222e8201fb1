//! Runs over an archive in which something changed.

use super::archive::{Archive, BEGINNING, DAY};
use offprint::settings::BookSettings;
use std::collections::BTreeSet;
use std::fs;

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Outputs of a month, but for its cover, which an edit of a text leaves alone.
fn of_month(month: &str) -> BTreeSet<String> {
    names(&[
        &format!("archive-{month}.epub"),
        &format!("archive/atom-{month}.xml"),
        &format!("archive/rss-{month}.xml"),
    ])
}

#[test]
fn an_edit_in_a_closed_month_touches_that_month_only() {
    let archive = Archive::of(400);
    archive.run();
    archive.article(10, BEGINNING + 10 * DAY / 4, "with one more word");
    let ran = archive.run();
    assert_eq!(ran.changed(), of_month("2021-01"));
    // January's articles; those of the other months are neither read nor opened.
    assert_eq!(ran.bodies, 124);
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn a_new_article_touches_the_subscriptions_and_its_month() {
    let archive = Archive::of(390);
    archive.run();
    archive.article(390, BEGINNING + 390 * DAY / 4, "brand new");
    let ran = archive.run();
    let mut expected = names(&["rss.xml", "atom.xml", "feed.json", "feeds.opml", "opds.xml"]);
    expected.extend(names(&[
        "archive-2021-04.epub",
        "archive/rss-2021-04-open.xml",
        "archive/atom-2021-04-open.xml",
    ]));
    assert_eq!(ran.changed(), expected);
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn the_first_article_of_a_month_closes_the_one_before() {
    let archive = Archive::of(124);
    archive.run();
    archive.article(124, BEGINNING + 124 * DAY / 4, "in February");
    let ran = archive.run();
    let changed = ran.changed();
    for name in [
        "archive/rss-2021-01.xml",
        "archive/atom-2021-01.xml",
        "archive-2021-02.epub",
        "archive-2021-02-cover.jpg",
        "opds.xml",
    ] {
        assert!(changed.contains(name), "{name} of {changed:?}");
    }
    assert!(!changed.contains("archive-2021-01.epub"));
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn a_deleted_article_leaves_every_document() {
    let archive = Archive::of(400);
    archive.run();
    fs::remove_file(archive.path("articles/0020.txt")).unwrap();
    let ran = archive.run();
    let changed = ran.changed();
    assert!(changed.is_superset(&of_month("2021-01")), "{changed:?}");
    assert!(!changed.contains("archive-2021-02.epub"), "{changed:?}");
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn a_deleted_month_leaves_the_catalogue_of_books() {
    let archive = Archive::of(400);
    archive.run();
    for number in 0..124 {
        fs::remove_file(archive.path(&format!("articles/{number:04}.txt"))).unwrap();
    }
    let ran = archive.run();
    assert!(!archive.path("out/archive-2021-01.epub").exists());
    assert!(ran.changed().contains("opds.xml"));
    // No book is opened for it, and no article read but for the feeds that name a neighbour.
    assert!(!ran.changed().contains("archive-2021-02.epub"));
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn the_newest_month_gone_gives_the_icon_to_the_one_before() {
    let archive = Archive::of(130);
    archive.run();
    for number in 124..130 {
        fs::remove_file(archive.path(&format!("articles/{number:04}.txt"))).unwrap();
    }
    let ran = archive.run();
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn an_article_that_moves_to_another_month_leaves_the_first() {
    let archive = Archive::of(400);
    archive.run();
    archive.article(10, BEGINNING + 40 * DAY, "dated anew");
    let ran = archive.run();
    let changed = ran.changed();
    assert!(changed.is_superset(&of_month("2021-01")), "{changed:?}");
    assert!(changed.is_superset(&of_month("2021-02")), "{changed:?}");
    assert!(!changed.contains("archive-2021-03.epub"), "{changed:?}");
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn a_second_file_of_an_article_counts() {
    let archive = Archive::of(200);
    archive.run();
    // Saved again a day later: the text is the newer one's, the id and the date stay.
    let text = format!(
        "<!--{}-->\n[Tale 10](https://letters.example/10)\n------\n\n<p>Saved once more.</p>\n",
        BEGINNING + 11 * DAY / 4 + DAY
    );
    archive.file("again.txt", &text);
    let ran = archive.run();
    assert!(ran.changed().contains("archive-2021-01.epub"));
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn editions_of_an_article_are_compared_once() {
    let archive = Archive::of(20);
    let edition = |address: &str, minutes: u64| {
        let millis = BEGINNING + 50 * DAY + minutes * 60_000;
        let story = "The lamp was lit at dusk, as on every evening since the tower was built.";
        format!(
            "<!--{millis}-->\n[The lamp](https://letters.example/{address})\n------\n\n<p>{story}</p>\n"
        )
    };
    archive.file("lamp-1.txt", &edition("lamp-1", 0));
    archive.file("lamp-2.txt", &edition("lamp-2", 5));
    let first = archive.run();
    assert_eq!(first.report.articles.duplicates, 1);
    let second = archive.run();
    assert_eq!((second.bodies, second.report.articles.duplicates), (0, 1));
}

#[test]
fn a_renamed_file_changes_no_output() {
    let archive = Archive::of(60);
    archive.run();
    fs::rename(
        archive.path("articles/0010.txt"),
        archive.path("articles/moved.txt"),
    )
    .unwrap();
    let ran = archive.run();
    assert_eq!(ran.changed(), BTreeSet::new());
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn an_output_that_somebody_touched_is_made_again() {
    let archive = Archive::of(200);
    archive.run();
    let outputs = archive.outputs();
    for name in outputs.keys() {
        let path = archive.path("out").join(name);
        fs::write(&path, "not ours").unwrap();
        let ran = archive.run();
        assert!(archive.outputs() == outputs, "{name}");
        assert!(ran.changed().contains(name), "{name}");
        fs::remove_file(&path).unwrap();
        archive.run();
        assert!(archive.outputs() == outputs, "{name} removed");
    }
    let ran = archive.run();
    assert_eq!((ran.bodies, ran.changed().len()), (0, 0));
}

#[test]
fn an_article_without_a_date_has_a_volume_of_its_own() {
    let archive = Archive::of(130);
    archive.run();
    archive.file(
        "undated.txt",
        "<!--NaN-->\n[Whenever](https://letters.example/whenever)\n------\n\n<p>Some day.</p>\n",
    );
    let ran = archive.run();
    assert!(ran.changed().contains("archive-undated.epub"));
    assert!(!ran.changed().contains("archive-2021-01.epub"));
    archive.check_against_a_fresh_run(&ran);
}

#[test]
fn volumes_cut_by_size_are_kept_and_made_by_period() {
    let archive = Archive::of(400);
    let small = |settings: &mut offprint::Settings| {
        settings.write.get_mut::<BookSettings>().max_size = Some(60_000);
    };
    archive.run_with(small);
    assert!(archive.path("out/archive-2021-01-part-02.epub").exists());
    archive.article(
        200,
        BEGINNING + 200 * DAY / 4,
        "a little longer than before",
    );
    let ran = archive.run_with(small);
    let changed = ran.changed();
    assert!(
        !changed
            .iter()
            .any(|name| name.starts_with("archive-2021-01")),
        "{changed:?}"
    );
    assert!(
        changed
            .iter()
            .any(|name| name.starts_with("archive-2021-02")),
        "{changed:?}"
    );
    archive.check_against_a_fresh_run_with(&ran, small);
}
