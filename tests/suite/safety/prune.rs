//! `--prune` removes what this publication made here, and nothing else.

use crate::faults::place::{Ended, Place, run};
use offprint::{Code, Registry, Settings, Unobserved, convert};
use serde_json::Value;
use std::fs;
use twox_hash::XxHash3_128;

/// A build in silence; how it ended and its report.
fn report(place: &Place, arguments: &[&str]) -> (Ended, Value) {
    let mut command = place.build(arguments);
    let ended = run(command.args(["-q", "--report", "report.json"])).with(0);
    let report = fs::read(place.path().join("report.json")).unwrap();
    (ended, serde_json::from_slice(&report).unwrap())
}

fn removed(report: &Value) -> Vec<&str> {
    let removed = report["removed"].as_array().unwrap();
    removed.iter().map(|path| path.as_str().unwrap()).collect()
}

fn warned(report: &Value, code: &str) -> Vec<String> {
    let warnings = report["warnings"].as_array().unwrap().iter();
    let of_code = warnings.filter(|warning| warning["code"] == code);
    let text = |warning: &Value| format!("{} {}", warning["path"], warning["message"]);
    of_code.map(text).collect()
}

fn names(place: &Place) -> Vec<String> {
    place.outputs().into_keys().collect()
}

#[test]
fn fault_1_prune_takes_only_what_this_publication_made_here() {
    let place = Place::with_archive(8);
    run(&mut place.build(&["--name", "news-2021", "-t", "epub"])).with(0);
    let news = ["--name", "news", "-t"];
    let everything = [
        "epub,rss,atom",
        "--feed-archive",
        "month",
        "--split",
        "month",
    ];
    run(place.build(&news).args(everything)).with(0);
    let foreign = [
        "archive/rss-2019-01.xml",
        "archive/rss-my-notes.xml",
        "news-2020.epub",
        "news-cover.jpg",
        "source/x/rss.xml",
    ];
    for name in foreign {
        place.write(&format!("out/{name}"), "the user's own");
    }
    let (_, report) = report(&place, &["--name", "news", "-t", "rss", "--prune"]);
    let mut expected: Vec<&str> = foreign.to_vec();
    expected.extend(["news-2021-cover.jpg", "news-2021.epub", "rss.xml"]);
    expected.sort_unstable();
    assert_eq!(names(&place), expected);
    let removed = removed(&report);
    assert!(removed.contains(&"out/news-2021-12.epub"), "{removed:?}");
    assert!(removed.contains(&"out/atom.xml"), "{removed:?}");
    assert!(
        removed.contains(&"out/archive/rss-2021-12.xml"),
        "{removed:?}"
    );
    assert!(removed.is_sorted());
    // What only looks like an output is named; the other publication's is not even that.
    let stale = warned(&report, "output-stale").join("\n");
    assert!(
        stale.contains("rss-my-notes.xml") && stale.contains("left alone"),
        "{stale}"
    );
    assert!(!stale.contains("news-2021.epub"), "{stale}");
    // Each publication still knows what it made.
    let mut other = place.build(&["--name", "news-2021", "-t", "atom", "--prune"]);
    run(&mut other)
        .with(0)
        .saying(&["out/news-2021.epub  removed"]);
    for name in foreign {
        assert_eq!(place.outputs()[name], b"the user's own");
    }
}

#[test]
fn fault_1_what_was_edited_or_replaced_is_kept_and_named() {
    let place = Place::with_archive(4);
    run(&mut place.build(&["-t", "epub,atom,rss,json"])).with(0);
    // As long as before, longer, and a link.
    let atom = place.path().join("out/atom.xml");
    let mut bytes = fs::read(&atom).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&atom, &bytes).unwrap();
    place.write("out/rss.xml", "mine now");
    let json = place.path().join("out/feed.json");
    fs::rename(&json, place.path().join("elsewhere.json")).unwrap();
    std::os::unix::fs::symlink("../elsewhere.json", &json).unwrap();
    for _ in 0..2 {
        let (_, report) = report(&place, &["-t", "epub", "--prune"]);
        assert_eq!(removed(&report), Vec::<&str>::new());
        let stale = warned(&report, "output-stale").join("\n");
        for name in ["out/atom.xml", "out/rss.xml", "out/feed.json"] {
            assert!(stale.contains(name), "{name} in {stale}");
        }
        assert_eq!(fs::read(&atom).unwrap(), bytes);
        assert_eq!(place.outputs()["rss.xml"], b"mine now");
        assert!(json.is_symlink() && place.path().join("elsewhere.json").is_file());
    }
}

#[test]
fn fault_1_what_was_made_stays_noted_whatever_changes_meanwhile() {
    let place = Place::with_archive(4);
    run(&mut place.build(&["-t", "epub,atom", "--split", "month"])).with(0);
    run(&mut place.build(&["-t", "atom", "--items", "2"])).with(0);
    run(&mut place.build(&["-t", "json", "--base-url", "https://tide.example/"])).with(0);
    run(&mut place.build(&["-t", "json", "--dry-run"])).with(0);
    // What the state holds beside counts for nothing.
    let state = place.path().join("cache/state");
    let state = fs::read_dir(state)
        .unwrap()
        .map(|item| item.unwrap().path());
    let mut state = state.filter(|path| path.extension().is_none());
    fs::remove_file(state.next().unwrap()).unwrap();
    let (_, report) = report(&place, &["-t", "rss", "--prune"]);
    assert_eq!(names(&place), ["rss.xml"]);
    assert!(removed(&report).len() > 4, "{report}");
}

#[test]
fn fault_1_a_volume_that_is_no_longer_made_goes_and_comes_back() {
    let place = Place::with_archive(8);
    let options = ["-t", "epub", "--split", "month", "--prune"];
    run(&mut place.build(&options)).with(0);
    let whole = place.outputs();
    let first = fs::read(place.path().join("articles/0000.txt")).unwrap();
    for number in 0..4 {
        fs::remove_file(place.path().join(format!("articles/{number:04}.txt"))).unwrap();
    }
    let (_, report) = report(&place, &options);
    assert_eq!(
        removed(&report),
        ["out/archive-2021-12-cover.jpg", "out/archive-2021-12.epub"]
    );
    place.write("articles/0000.txt", first);
    for number in 1..4 {
        place.article(number, "as it was found");
    }
    run(&mut place.build(&options)).with(0);
    assert!(place.outputs() == whole);
}

#[test]
fn fault_1_every_removal_is_named_and_a_dry_run_removes_nothing() {
    let place = Place::with_archive(4);
    run(&mut place.build(&["-t", "epub,atom"])).with(0);
    let before = place.outputs();
    let gone = ["out/archive-cover.jpg", "out/archive.epub"];
    let (silent, dry) = report(&place, &["-t", "atom", "--prune", "--dry-run"]);
    assert_eq!((silent.stderr.as_str(), removed(&dry)), ("", gone.to_vec()));
    run(&mut place.build(&["-t", "atom", "--prune", "--dry-run"]))
        .with(0)
        .saying(
            &gone
                .map(|path| format!("{path}  would be removed"))
                .each_ref()
                .map(String::as_str),
        );
    assert!(place.outputs() == before);
    // Without the option they are named as well, and stay.
    run(&mut place.build(&["-t", "atom"])).with(0).saying(&gone);
    assert!(place.outputs() == before);
    run(&mut place.build(&["-t", "atom", "--prune"]))
        .with(0)
        .saying(
            &gone
                .map(|path| format!("{path}  removed"))
                .each_ref()
                .map(String::as_str),
        );
    assert_eq!(names(&place), ["atom.xml"]);
    let (_, report) = report(&place, &["-t", "atom", "--prune"]);
    assert_eq!(removed(&report), Vec::<&str>::new());
}

#[test]
fn fault_1_where_nothing_is_noted_nothing_is_pruned_and_it_says_why() {
    let place = Place::with_archive(4);
    let mut settings = Settings::for_inputs([place.path().join("articles")]);
    settings.out = place.path().join("out");
    settings.prune = true;
    for (formats, outputs) in [(["atom", "epub"], 3), (["atom", "json"], 4)] {
        settings.formats = formats.map(str::to_owned).to_vec();
        let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
        assert_eq!(report.removed, Vec::<String>::new());
        let mut skipped = report.warnings.iter();
        let skipped = skipped
            .find(|warning| warning.code == Code::PruneSkipped)
            .unwrap();
        assert!(skipped.message.contains("image cache"), "{skipped}");
        assert_eq!(names(&place).len(), outputs);
    }
}

#[test]
fn fault_1_notes_that_are_damaged_or_lead_elsewhere_remove_nothing() {
    let place = Place::with_archive(4);
    run(&mut place.build(&["-t", "epub,atom"])).with(0);
    let outside = place.write("precious.txt", "precious");
    let notes = fs::read_dir(place.path().join("cache/state")).unwrap();
    let mut notes = notes.map(|item| item.unwrap().path());
    let notes = notes.find(|path| path.extension().is_some()).unwrap();
    let text = fs::read_to_string(&notes).unwrap();
    let mut stored: Value = serde_json::from_str(&text).unwrap();
    let outputs = stored["publications"][0]["outputs"].as_array_mut().unwrap();
    let precious = format!("{:032x}", XxHash3_128::oneshot(b"precious"));
    for name in [
        "../precious.txt",
        outside.to_str().unwrap(),
        "x/../../precious.txt",
    ] {
        outputs.push(serde_json::json!({"name": name, "bytes": 8, "checksum": precious}));
    }
    fs::write(&notes, stored.to_string()).unwrap();
    run(&mut place.build(&["-t", "epub", "--prune"])).with(0);
    assert!(outside.exists() && !place.path().join("out/atom.xml").exists());
    fs::write(&notes, &text[..text.len() / 2]).unwrap();
    let (_, report) = report(&place, &["-t", "atom", "--prune"]);
    assert_eq!(removed(&report), Vec::<&str>::new());
    assert_eq!(warned(&report, "prune-skipped").len(), 1, "{report}");
    assert!(place.path().join("out/archive.epub").exists());
}
