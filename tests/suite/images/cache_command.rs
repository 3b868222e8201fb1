//! `offprint cache`: what it shows and what it removes.

use super::Cache;
use super::ImageStore;
use super::place::{Place, run};
use super::server::{Server, body, status};
use super::{samples, settings};
use std::fs;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

/// A place whose cache holds two pictures and a failure.
fn filled() -> (Place, Server) {
    let place = Place::new();
    let server = Server::start([
        ("/1", vec![body("image/jpeg", &samples::jpeg(60, 40))]),
        ("/2", vec![body("image/jpeg", &samples::jpeg(80, 40))]),
        ("/gone", vec![status(404, "")]),
    ]);
    let addresses = ["/1", "/2", "/gone"].map(|path| server.address(path));
    place.article(1, &addresses);
    let report = place.report(&["-t", "epub"]);
    assert_eq!(report["images"]["fetched"], 2);
    (place, server)
}

fn shown(place: &Place, arguments: &[&str]) -> String {
    let ended = run(place.command(&["cache"]).args(arguments));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    ended.stdout
}

fn refused(place: &Place, arguments: &[&str]) -> String {
    let ended = run(place.command(&["cache"]).args(arguments));
    assert_eq!(ended.status, Some(2), "{}", ended.stdout);
    assert!(ended.stderr.contains("hint:"), "{}", ended.stderr);
    ended.stderr
}

#[test]
fn the_cache_is_shown() {
    let (place, _server) = filled();
    let text = shown(&place, &[]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], format!("cache      {}", place.cache().display()));
    assert_eq!(lines[1], "pictures   2 for 2 addresses");
    assert_eq!(
        lines[2],
        "failures   1 address that is not asked for a while"
    );
    assert!(
        lines[3].starts_with("size       ") && lines[3].ends_with(" kB"),
        "{text}"
    );
    let today = chrono::DateTime::<chrono::Utc>::from(SystemTime::now());
    assert!(
        lines[4].ends_with(&today.format("%Y-%m-%d").to_string()),
        "{text}"
    );
    assert_eq!(lines.len(), 5);
}

#[test]
fn a_cache_that_is_not_there_is_shown_as_empty_and_not_made() {
    let place = Place::new();
    assert!(shown(&place, &[]).contains("pictures   0 for 0 addresses"));
    let ended = run(&mut place.command(&["cache", "--prune", "0B"]));
    assert_eq!(ended.status, Some(0));
    assert!(ended.stderr.contains("removed 0 files"), "{}", ended.stderr);
    assert!(!place.cache().exists());
}

#[test]
fn the_folder_comes_from_the_line_then_the_environment_then_the_file() {
    let place = Place::new();
    place.write("offprint.toml", "[images]\ncache = \"filed\"\n");
    let mut command = place.command(&["cache"]);
    assert!(
        run(command.env_remove("OFFPRINT_IMAGE_CACHE"))
            .stdout
            .contains("filed\n")
    );
    assert!(shown(&place, &[]).contains(&format!("{}\n", place.cache().display())));
    assert!(shown(&place, &["--image-cache", "named"]).contains("cache      named\n"));
    place.write("other.toml", "[images]\ncache = \"elsewhere\"\n");
    let mut command = place.command(&["cache", "--config", "other.toml"]);
    assert!(
        run(command.env_remove("OFFPRINT_IMAGE_CACHE"))
            .stdout
            .contains("elsewhere\n")
    );
}

#[test]
fn pruning_by_size_leaves_no_more_than_that() {
    let (place, server) = filled();
    let requests = server.requests();
    let ended = run(&mut place.command(&["cache", "--prune", "1GB"]));
    assert!(
        ended
            .stderr
            .contains("removed 0 files, 0 B; pictures left: 2"),
        "{}",
        ended.stderr
    );
    let ended = run(&mut place.command(&["cache", "--prune", "0B"]));
    assert!(
        ended.stderr.contains("pictures left: 0, 0 B"),
        "{}",
        ended.stderr
    );
    assert!(shown(&place, &[]).contains("size       0 B"));
    // Nothing is remembered, so the next run asks again.
    let report = place.report(&["-t", "epub"]);
    assert_eq!(report["images"]["fetched"], 2);
    assert_eq!(server.requests(), 2 * requests);
}

#[test]
fn pruning_by_age_keeps_what_was_used_since() {
    let (place, _server) = filled();
    let month_ago = SystemTime::now() - Duration::from_secs(31 * 86_400);
    let blobs = fs::read_dir(place.cache().join("v1/blobs")).unwrap();
    let first = fs::read_dir(blobs.flatten().next().unwrap().path()).unwrap();
    let path = first.flatten().next().unwrap().path();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(month_ago).unwrap();
    let ended = run(&mut place.command(&["cache", "--prune", "30d"]));
    assert!(
        ended.stderr.contains("pictures left: 1"),
        "{}",
        ended.stderr
    );
    assert!(!path.exists());
    let quiet = run(&mut place.command(&["cache", "-q", "--prune", "30d"]));
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn what_is_neither_an_age_nor_a_size_is_refused() {
    let (place, _server) = filled();
    for text in ["", "30", "30m", "many", "-1d", "30 days ago"] {
        assert!(refused(&place, &[&format!("--prune={text}")]).contains(&format!("{text:?}")));
    }
    assert!(shown(&place, &[]).contains("pictures   2"));
}

#[test]
fn pruning_beside_a_run_is_refused_and_looking_is_not() {
    let (place, _server) = filled();
    let run = ImageStore::open(settings(&place.cache())).unwrap();
    assert!(shown(&place, &[]).contains("pictures   2"));
    assert!(refused(&place, &["--prune", "0B"]).contains("a run is using it"));
    assert!(shown(&place, &[]).contains("pictures   2"));
    drop(run);
}

#[test]
fn a_run_waits_for_pruning_to_end() {
    let (place, _server) = filled();
    let lock = fs::File::options()
        .write(true)
        .open(place.cache().join("v1/lock"))
        .unwrap();
    lock.lock().unwrap();
    let (cache, ended) = (place.cache(), AtomicBool::new(false));
    let begun = Barrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            begun.wait();
            let opened = Cache::open(&cache);
            assert!(ended.load(Ordering::SeqCst) && opened.is_ok());
        });
        begun.wait();
        // Time to go wrong in; too little of it could only hide a fault.
        std::thread::sleep(Duration::from_millis(50));
        ended.store(true, Ordering::SeqCst);
        lock.unlock().unwrap();
    });
}

#[test]
fn a_cache_that_cannot_be_opened_is_told_of() {
    let place = Place::new();
    place.write("cache/v1/blobs", "in the way");
    assert!(refused(&place, &[]).contains("cannot use the image cache"));
}
