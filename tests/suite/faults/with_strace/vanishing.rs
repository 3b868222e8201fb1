//! Files that vanish, change or turn out damaged while they are in use.

use super::trace::{Fate, Fault, suffer};
use crate::faults::place::{Ended, Place, run};

/// What a run says and writes when the second look at a file fails.
fn second_look(options: &[&str], path: &str, error: &'static str) -> (Place, Ended) {
    let place = Place::with_archive(5);
    run(&mut place.build(&["-t", "atom"])).with(0);
    let mut command = place.build(options);
    command.args(["--jobs", "1", "--strict", "--image-cache", "new"]);
    let fault = Fault {
        call: "openat".to_owned(),
        fate: Fate::Error(error),
        when: 2,
        path: Some(path.to_owned()),
    };
    let (ended, hit) = suffer(&place, &command, &fault);
    assert!(hit.contains(path), "{hit}");
    (place, ended)
}

#[test]
fn an_article_that_vanishes_between_two_looks_costs_a_warning() {
    let (place, ended) = second_look(&["-t", "rss,atom"], "articles/0002.txt", "ENOENT");
    ended
        .with(1)
        .saying(&["articles/0002.txt", "file-unreadable"]);
    let atom = place.outputs().remove("atom.xml").unwrap();
    let atom = String::from_utf8(atom).unwrap();
    assert!(atom.contains("Flotsam 3") && !atom.contains("Flotsam 2"));
}

/// An archive that is moved away between two looks leaves the outputs as they were.
#[test]
fn an_archive_that_vanishes_between_two_looks_empties_no_output() {
    let place = Place::with_archive(1);
    run(&mut place.build(&["-t", "atom"])).with(0);
    let before = place.outputs();
    place.article(0, "as it was found again");
    let mut command = place.build(&["-t", "atom,rss", "--jobs", "1"]);
    command.args(["--image-cache", "new"]);
    let fault = Fault {
        call: "openat".to_owned(),
        fate: Fate::Error("ENOENT"),
        when: 2,
        path: Some("articles/0000.txt".to_owned()),
    };
    let (ended, _) = suffer(&place, &command, &fault);
    ended.with(2).saying(&[
        "no article could be read a second time: articles/0000.txt",
        "hint: the archive changed during the run",
    ]);
    assert_eq!(place.outputs(), before);
}

/// The only article of January: its volume is not made, and no empty one either.
#[test]
fn a_volume_whose_articles_vanish_is_not_made() {
    let options = ["-t", "epub", "--split", "month"];
    let (place, ended) = second_look(&options, "articles/0004.txt", "EIO");
    ended
        .with(1)
        .saying(&["articles/0004.txt", "file-unreadable"]);
    run(&mut place.offprint(&["check", "out"])).with(0);
    let names: Vec<String> = place.outputs().into_keys().collect();
    assert!(
        names.contains(&"archive-2021-12.epub".to_owned()),
        "{names:?}"
    );
}
