//! Pictures that change while the articles stay.

use super::archive::{Archive, BEGINNING, DAY, set_time};
use crate::images::samples;
use crate::images::server::{Server, body, status};
use crate::images::{Cache, Prune};
use offprint::Code;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

fn books(changed: &BTreeSet<String>) -> Vec<&str> {
    let books = changed.iter().filter(|name| name.ends_with(".epub"));
    books.map(String::as_str).collect()
}

#[test]
fn a_picture_of_the_mirror_that_is_replaced_changes_the_books_that_show_it() {
    let archive = Archive::of(200);
    // Shown once, in January.
    archive.file(
        "own.txt",
        &format!(
            "<!--{BEGINNING}-->\n[Own](https://letters.example/own)\n------\n\n\
             <img src=\"https://pictures.example/9.jpg\"><p>A picture of its own.</p>\n"
        ),
    );
    archive.picture(9, samples::jpeg(60, 40));
    archive.run();
    let before = archive.outputs();
    for change in ["other", "gone", "back"] {
        match change {
            "other" => drop(archive.picture(9, samples::jpeg(61, 40))),
            "gone" => fs::remove_file(archive.path("mirror/pictures.example/9.jpg")).unwrap(),
            _ => drop(archive.picture(9, samples::jpeg(60, 40))),
        }
        let ran = archive.run();
        assert_eq!(books(&ran.changed()), ["archive-2021-01.epub"], "{change}");
        archive.check_against_a_fresh_run(&ran);
    }
    assert!(archive.outputs() == before);
}

#[test]
fn a_mirror_checked_out_anew_changes_nothing() {
    let archive = Archive::of(60);
    archive.run();
    for picture in 0..5 {
        let path = archive.path(&format!("mirror/pictures.example/{picture}.jpg"));
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    let ran = archive.run();
    assert_eq!((ran.bodies, ran.changed().len()), (0, 0));
}

#[test]
fn a_picture_without_its_end_is_told_of_by_each_run_though_its_book_is_kept() {
    let archive = Archive::of(60);
    let whole = samples::jpeg(160, 160);
    // Articles 0 and 35 show it.
    archive.picture(0, whole[..whole.len() * 90 / 100].to_vec());
    archive.age();
    let cut = |ran: &super::archive::Ran| {
        let warnings = ran.report.warnings.iter();
        let cut = warnings.filter(|warning| warning.code == Code::ImageCut);
        cut.map(ToString::to_string).collect::<Vec<_>>()
    };
    let first = archive.run();
    assert_eq!(cut(&first).len(), 1, "{:?}", first.report.warnings);
    let kept = archive.run();
    assert_eq!((kept.bodies, kept.changed().len()), (0, 0));
    assert_eq!(cut(&kept), cut(&first));
    archive.check_against_a_fresh_run(&kept);
    archive.picture(0, whole);
    let whole = archive.run();
    assert_eq!(books(&whole.changed()), ["archive-2021-01.epub"]);
    assert!(cut(&whole).is_empty());
}

/// An archive of one article a month whose pictures lie on a server.
fn on_a_server(server: &Server, paths: &[&str]) -> Archive {
    let archive = Archive::of(0);
    for (path, number) in paths.iter().zip(0..) {
        let millis = BEGINNING + number * 40 * DAY;
        let address = server.address(path);
        archive.file(
            &format!("{number}.txt"),
            &format!(
                "<!--{millis}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n\
                 <img src=\"{address}\"><p>Number {number}.</p>\n"
            ),
        );
    }
    archive
}

fn online(settings: &mut offprint::Settings) {
    settings.images.offline = false;
    settings.images.allow_private_network = true;
}

/// Asks again at every run.
fn asking(settings: &mut offprint::Settings) {
    online(settings);
    settings.images.revalidate = Duration::ZERO;
}

#[test]
fn pictures_that_are_asked_for_again_and_are_the_same_cost_no_body() {
    let picture = body("image/jpeg", &samples::jpeg(50, 40));
    let server = Server::start([("/a", vec![picture.clone()]), ("/b", vec![picture])]);
    let archive = on_a_server(&server, &["/a", "/b"]);
    archive.run_with(asking);
    let asked = server.requests();
    let ran = archive.run_with(asking);
    assert!(server.requests() > asked);
    assert_eq!((ran.bodies, ran.changed().len()), (0, 0));
}

#[test]
fn a_picture_that_the_server_replaces_changes_its_volume_only() {
    let (old, new) = (samples::jpeg(50, 40), samples::jpeg(51, 40));
    let server = Server::start([
        ("/a", vec![body("image/jpeg", &old)]),
        (
            "/b",
            vec![body("image/jpeg", &old), body("image/jpeg", &new)],
        ),
    ]);
    let archive = on_a_server(&server, &["/a", "/b"]);
    archive.run_with(asking);
    let ran = archive.run_with(asking);
    assert_eq!(books(&ran.changed()), ["archive-2021-02.epub"]);
    archive.check_against_a_fresh_run_with(&ran, asking);
}

#[test]
fn a_missing_picture_is_asked_for_when_it_is_time_and_not_before() {
    let picture = body("image/jpeg", &samples::jpeg(50, 40));
    let server = Server::start([
        ("/a", vec![picture.clone()]),
        ("/b", vec![status(404, ""), status(404, ""), picture]),
    ]);
    let archive = on_a_server(&server, &["/a", "/b"]);
    let first = archive.run_with(online);
    assert_eq!((first.report.images.missing, server.requests()), (1, 2));
    // A 404 holds for days.
    let second = archive.run_with(online);
    assert_eq!((second.bodies, server.requests()), (0, 2));
    assert_eq!(second.report.images.missing, 1);
    // When they are over it is asked for, without a body being read while it stays missing.
    expire(&archive.path("cache/v1/index"));
    let third = archive.run_with(online);
    assert_eq!((third.bodies, server.requests()), (0, 3));
    assert_eq!(third.report.images.missing, 1);
    expire(&archive.path("cache/v1/index"));
    let fourth = archive.run_with(online);
    assert_eq!(books(&fourth.changed()), ["archive-2021-02.epub"]);
    assert_eq!((fourth.report.images.missing, server.requests()), (0, 4));
}

#[test]
fn pictures_of_kept_outputs_are_in_use() {
    let server = Server::start([
        ("/a", vec![body("image/jpeg", &samples::jpeg(50, 40))]),
        ("/b", vec![body("image/webp", &samples::webp(50, 40))]),
    ]);
    let archive = on_a_server(&server, &["/a", "/b"]);
    archive.run_with(online);
    let long_ago = SystemTime::now() - Duration::from_secs(100 * 24 * 3600);
    for path in files(&archive.path("cache/v1/blobs")) {
        set_time(&path, long_ago);
    }
    // Nothing is made, and yet the pictures are used; so they are by a run that makes everything.
    for state in ["kept", "gone"] {
        assert_eq!(archive.run_with(online).changed().len(), 0, "{state}");
        let cache = || Cache::open(&archive.path("cache")).unwrap();
        let age = Duration::from_secs(90 * 24 * 3600);
        // A program that another test starts holds this one's files, and their locks, for a moment.
        let mut attempts = 0..100;
        while let Err(busy) = cache().prune(Prune::UnusedFor(age)) {
            assert!(attempts.next().is_some(), "{busy}");
            std::thread::sleep(Duration::from_millis(20));
        }
        fs::remove_dir_all(archive.path("cache/state")).unwrap();
    }
    archive.run_with(online);
    assert_eq!(server.requests(), 2);
}

/// Makes the cache's records of failures look as if their time were over.
fn expire(folder: &Path) {
    for path in files(folder) {
        let mut record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if record["outcome"]["failed"].is_object() {
            record["asked_at"] = 1.into();
            record["not_before"] = 2.into();
            fs::write(&path, record.to_string()).unwrap();
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().path());
    let below = |path: PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    items.flat_map(below).collect()
}
