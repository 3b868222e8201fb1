//! The cache: two runs at once, runs that were killed, pruning.

use super::server::{Server, body, status};
use super::*;
use super::{Cache, Prune, Summary};
use std::fs;
use std::time::SystemTime;

/// A server with some pictures, one that has to be converted and one that is not there.
fn gallery() -> (Server, Vec<Wanted>) {
    let mut answers = vec![
        ("/gone".to_owned(), vec![status(404, "")]),
        (
            "/webp".to_owned(),
            vec![body("image/webp", &samples::webp(80, 60))],
        ),
    ];
    for number in 1..6 {
        let picture = samples::jpeg(40 + number, 30);
        answers.push((format!("/{number}"), vec![body("image/jpeg", &picture)]));
    }
    let paths: Vec<String> = answers.iter().map(|(path, _)| path.clone()).collect();
    let server = Server::start(answers);
    let wanted = paths
        .iter()
        .map(|path| wanted(source(&server.address(path))))
        .collect();
    (server, wanted)
}

#[test]
fn hostile_60_two_runs_at_once_share_a_cache() {
    let cache = tempfile::tempdir().unwrap();
    let (_server, wanted) = gallery();
    let libraries = [open(settings(cache.path())), open(settings(cache.path()))];
    std::thread::scope(|scope| {
        for store in &libraries {
            scope.spawn(|| {
                let had = store.get(&wanted, Purpose::Embed);
                assert_eq!(had.warnings.len(), 1);
                for wanted in &wanted[1..] {
                    let _ = pixels(had.pictures.rendition(&wanted.source).unwrap());
                }
            });
        }
    });
}

#[test]
fn hostile_59_what_a_killed_run_left_does_no_harm() {
    let cache = tempfile::tempdir().unwrap();
    let (server, wanted) = gallery();
    let _ = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    let requests = server.requests();
    // Records and pictures cut off at every length that matters, and a temporary file of long ago.
    for (number, file) in files_below(&cache.path().join("v1")).iter().enumerate() {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() * (number % 4) / 4]).unwrap();
    }
    let stale = cache.path().join("v1/tmp/.tmp123");
    fs::write(&stale, b"half").unwrap();
    let file = fs::File::options().write(true).open(&stale).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let had = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    assert_eq!(had.warnings.len(), 1);
    for wanted in &wanted[1..] {
        let _ = pixels(had.pictures.rendition(&wanted.source).unwrap());
    }
    assert!(server.requests() > requests);
    assert!(!stale.exists());
}

#[test]
fn a_finished_run_leaves_no_temporary_file() {
    let cache = tempfile::tempdir().unwrap();
    let (_server, wanted) = gallery();
    let _ = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    assert_eq!(
        files_below(&cache.path().join("v1/tmp")),
        Vec::<PathBuf>::new()
    );
    assert!(cache.path().join("CACHEDIR.TAG").exists());
}

#[test]
fn the_summary_counts_what_is_there() {
    let cache = tempfile::tempdir().unwrap();
    let (_server, wanted) = gallery();
    let _ = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    let summary = Cache::open(cache.path()).unwrap().summary().unwrap();
    let Summary {
        pictures,
        addresses,
        failures,
        bytes,
        oldest_use,
        newest_use,
    } = summary;
    assert_eq!((pictures, addresses, failures), (7, 6, 1));
    assert!(bytes > 0);
    assert!(oldest_use.is_some() && oldest_use <= newest_use);
}

#[test]
fn pruning_by_size_takes_the_longest_unused_first() {
    let cache = tempfile::tempdir().unwrap();
    let (server, wanted) = gallery();
    let _ = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    for file in files_below(&cache.path().join("v1/blobs")) {
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
    // A run that uses one picture notes it.
    let kept = wanted.last().unwrap();
    let _ = open(settings(cache.path())).get(std::slice::from_ref(kept), Purpose::Embed);
    let requests = server.requests();
    // The picture, and the record of its address.
    let size = samples::jpeg(45, 30).len() as u64 + 500;
    let pruned = Cache::open(cache.path())
        .unwrap()
        .prune(Prune::DownTo(size))
        .unwrap();
    assert!(pruned.files >= 6 && pruned.bytes > size, "{pruned:?}");
    let had = open(settings(cache.path())).get(std::slice::from_ref(kept), Purpose::Embed);
    assert_eq!((had.warnings.len(), server.requests()), (0, requests));
    let summary = Cache::open(cache.path()).unwrap().summary().unwrap();
    assert_eq!((summary.pictures, summary.addresses), (1, 1));
}

#[test]
fn pruning_by_age_keeps_what_is_in_use() {
    let cache = tempfile::tempdir().unwrap();
    let (_server, wanted) = gallery();
    let _ = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    let prune = |age| {
        Cache::open(cache.path())
            .unwrap()
            .prune(Prune::UnusedFor(age))
            .unwrap()
    };
    assert_eq!(prune(Duration::from_secs(3600)).files, 0);
    assert!(prune(Duration::ZERO).files >= 7);
    let summary = Cache::open(cache.path()).unwrap().summary().unwrap();
    assert_eq!(summary, Summary::default());
}

#[test]
fn pruning_does_not_disturb_a_run() {
    let cache = tempfile::tempdir().unwrap();
    let store = open(settings(cache.path()));
    let other = Cache::open(cache.path()).unwrap();
    let refused = other.prune(Prune::DownTo(0)).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::ResourceBusy);
    drop(store);
    assert!(
        Cache::open(cache.path())
            .unwrap()
            .prune(Prune::DownTo(0))
            .is_ok()
    );
}
