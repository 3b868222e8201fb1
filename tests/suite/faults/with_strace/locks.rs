//! Systems that refuse locks.

use super::trace::{Fate, Fault, suffer, without};
use crate::faults::place::{Place, run};
use std::fs::{self, File};

/// A file system that knows no locks is no reason to stop.
#[test]
fn where_nothing_can_be_locked_a_run_goes_on_with_a_warning() {
    let place = Place::with_archive(2);
    let build = place.build(&["-t", "atom", "--strict"]);
    let ended = without(&place, &build, "flock", "ENOLCK", 1).with(0);
    ended.saying(&["lock-missing", "hint:", "one run at a time"]);
    let atom = place.outputs();
    run(&mut place.build(&["-t", "atom", "--strict"])).with(0);
    assert!(place.outputs() == atom);
}

/// A folder that can't be locked, as on some network file systems: the file beside the cache stands
/// for it.
#[test]
fn where_a_folder_can_not_be_locked_a_file_stands_for_it() {
    let place = Place::with_archive(2);
    let build = place.build(&["-t", "atom"]);
    let fault = Fault {
        call: "flock".to_owned(),
        fate: Fate::Error("EBADF"),
        when: 1,
        path: None,
    };
    suffer(&place, &build, &fault).0.with(0);
    let locks = fs::read_dir(place.path().join("cache/locks")).unwrap();
    let lock = locks.map(|lock| lock.unwrap().path()).next().unwrap();
    let held = File::open(lock).unwrap();
    held.lock().unwrap();
    let (ended, _) = suffer(&place, &build, &fault);
    ended.with(2).saying(&["another run"]);
}
