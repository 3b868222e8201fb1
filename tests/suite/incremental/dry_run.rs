//! What a dry run says would change, and why.

use super::archive::{Archive, BEGINNING, DAY, Ran};
use crate::images::samples;
use offprint::Reason;
use std::fs;

fn dry(archive: &Archive) -> Ran {
    let before = archive.outputs();
    let ran = archive.run_with(|settings| settings.dry_run = true);
    assert!(archive.outputs() == before, "a dry run wrote something");
    ran
}

fn reason(ran: &Ran, name: &str) -> Option<Reason> {
    let mut outputs = ran.report.outputs.iter();
    let output = outputs.find(|output| output.path.ends_with(name));
    output.expect(name).reason.clone()
}

#[test]
fn reasons_are_told_output_by_output() {
    let archive = Archive::of(400);
    fs::create_dir_all(archive.path("out")).unwrap();
    let never = dry(&archive);
    assert_eq!(reason(&never, "rss.xml"), Some(Reason::Unknown));
    archive.run();
    let same = dry(&archive);
    assert!(
        same.report
            .outputs
            .iter()
            .all(|output| !output.changed && output.reason.is_none())
    );

    archive.article(10, BEGINNING + 10 * DAY / 4, "edited");
    archive.article(400, BEGINNING + 11 * DAY / 4, "come late");
    fs::remove_file(archive.path("articles/0140.txt")).unwrap();
    archive.picture(9, samples::jpeg(9, 9));
    let ran = dry(&archive);
    let articles = |added, edited, removed| {
        Some(Reason::Articles {
            added,
            edited,
            removed,
        })
    };
    assert_eq!(reason(&ran, "out/archive-2021-01.epub"), articles(1, 1, 0));
    assert_eq!(
        reason(&ran, "out/archive/rss-2021-02.xml"),
        articles(0, 0, 1)
    );
    assert_eq!(reason(&ran, "out/archive-2021-03.epub"), None);

    archive.run();
    fs::remove_file(archive.path("out/atom.xml")).unwrap();
    let ran = dry(&archive);
    let gone = Reason::Output {
        name: "atom.xml".to_owned(),
    };
    assert_eq!(reason(&ran, "out/atom.xml"), Some(gone));
    archive.picture(0, samples::jpeg(77, 7));
    let ran = dry(&archive);
    assert!(matches!(
        reason(&ran, "out/archive-2021-03.epub"),
        Some(Reason::Pictures { .. })
    ));
}

#[test]
fn a_dry_run_leaves_the_state_as_it_was() {
    let archive = Archive::of(30);
    archive.run();
    archive.article(3, BEGINNING, "edited");
    let (first, second) = (dry(&archive), dry(&archive));
    assert_eq!(first.changed(), second.changed());
    assert!(!first.changed().is_empty());
    assert_eq!(archive.run().changed(), first.changed());
}

#[test]
fn the_command_says_it_in_words() {
    let place = crate::images::place::Place::new();
    for number in 0..3 {
        place.article(number, &[]);
    }
    place.report(&["--offline"]);
    place.write(
        "articles/0001.txt",
        "<!--1640000060000-->\n[Flotsam 1](https://tide.example/1)\n------\n\n<p>Another text.</p>\n",
    );
    let ended = crate::images::place::run(place.build(&["--offline"]).arg("--dry-run"));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let said = ended.stdout + &ended.stderr;
    assert!(said.contains("would change: articles: 1 edited"), "{said}");
    assert!(said.contains("this was a dry run"), "{said}");
}
