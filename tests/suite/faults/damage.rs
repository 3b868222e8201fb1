//! What is damaged on the disk, or changes while it is read.

use super::place::{Files, Place, article, files, run};
use std::fs;
use std::path::Path;

/// Cut, emptied, overwritten, replaced by folders: a cache is made again, and no output changes.
#[test]
fn a_damaged_memory_changes_no_byte() {
    let place = Place::with_archive(4);
    let build = || {
        place.build(&[
            "-t",
            "rss,atom,json,epub",
            "--image-mirror",
            "mirror",
            "--strict",
        ])
    };
    run(&mut build()).with(0);
    let expected = place.outputs();
    type Damage = fn(&Path, Vec<u8>);
    let damages: [Damage; 5] = [
        |path, bytes| fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
        |path, _| fs::write(path, "").unwrap(),
        |path, bytes| {
            fs::write(
                path,
                bytes.iter().map(|byte| byte ^ 0x55).collect::<Vec<_>>(),
            )
            .unwrap()
        },
        |path, _| fs::remove_file(path).unwrap(),
        |path, _| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        },
    ];
    let cache = place.path().join("cache");
    for damage in damages {
        for (name, bytes) in files(&cache) {
            damage(&cache.join(name), bytes);
        }
        run(&mut build()).with(0);
        assert!(place.outputs() == expected);
    }
}

/// A file in the place of the cache, or of a part of it, costs a warning and the memory.
#[test]
fn a_file_in_the_place_of_the_cache_costs_a_warning() {
    for part in ["cache", "cache/v1", "cache/v1/blobs", "cache/state"] {
        let place = Place::with_archive(2);
        place.write(part, "in the way");
        let mut command = place.build(&["-t", "atom"]);
        let ended = run(command.env_remove("OFFPRINT_OFFLINE").arg("--strict"));
        ended
            .with(0)
            .saying(&["warning:", "hint:", "--image-cache"]);
        assert_eq!(place.outputs().len(), 1);
    }
}

/// Articles that are written while they are read: half of one is an article or a warning.
#[test]
fn articles_may_change_while_they_are_read() {
    let place = Place::with_archive(3);
    let writer = place.path().join("articles/0001.txt");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let text = article(1, "written again and again");
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                fs::write(&writer, &text[..text.len() / 3]).unwrap();
                fs::write(&writer, &text).unwrap();
            }
        });
        for _ in 0..5 {
            let ended = run(&mut place.build(&["-t", "rss,atom,json"])).with(0);
            drop(ended);
            run(&mut place.offprint(&["check", "out"])).with(0);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    run(&mut place.build(&["-t", "rss,atom,json", "--strict"])).with(0);
    let settled: Files = place.outputs();
    assert!(String::from_utf8_lossy(&settled["atom.xml"]).contains("again and again"));
}
