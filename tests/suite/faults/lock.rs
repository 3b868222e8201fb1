//! One run at a time on an output folder.

use super::place::{EVERYTHING, Ended, Place, article, run, wait_until};
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};

/// A run that holds the output folder until it has read an article from its standard input.
struct Holder(Child);

impl Holder {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        // Whoever looks whether it is held holds it for a moment.
        let mut command = place.offprint(&["build", "-", "--wait", "600"]);
        command.args(arguments).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let holder = Holder(command.spawn().unwrap());
        let out = place.path().join("out");
        wait_until("the run holds its output folder", || is_held(&out));
        holder
    }

    fn finish(mut self) -> Ended {
        let mut input = self.0.stdin.take().unwrap();
        input.write_all(article(7, "last").as_bytes()).unwrap();
        drop(input);
        self.0.wait_with_output().unwrap().into()
    }

    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn is_held(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| {
        let tried = folder.try_lock();
        matches!(tried, Err(TryLockError::WouldBlock))
    })
}

#[test]
fn hostile_60_a_second_run_on_the_same_folder_leaves_at_once() {
    let place = Place::with_archive(2);
    let holder = Holder::start(&place, &[]);
    let second = run(&mut place.build(&[])).with(2);
    second.saying(&["another run is writing to out", "hint:", "--wait SECONDS"]);
    assert!(place.outputs().is_empty());
    holder.finish().with(0);
    run(&mut place.build(&[])).with(0);
}

/// The image cache, the name of the folder and the way to it make no difference.
#[test]
fn the_folder_is_locked_and_not_its_name() {
    let place = Place::with_archive(2);
    fs::create_dir(place.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", place.path().join("link")).unwrap();
    let holder = Holder::start(&place, &["--out", "link/../out"]);
    for arguments in [
        &["--image-cache", "another"][..],
        &["--out", "./out/"],
        &["--out", "real/../out"],
    ] {
        run(&mut place.build(arguments))
            .with(2)
            .saying(&["another run"]);
    }
    run(&mut place.build(&["--out", "real"])).with(0);
    holder.finish().with(0);
}

#[test]
fn a_killed_run_leaves_no_lock() {
    let place = Place::with_archive(2);
    Holder::start(&place, &[]).kill();
    run(&mut place.build(&[])).with(0);
}

/// What a run writes after it waited is what it finds then, not what it found before.
#[test]
fn a_run_that_waits_reads_after_waiting() {
    let place = Place::with_archive(2);
    let holder = Holder::start(&place, &[]);
    let mut command = place.build(&["--wait", "600", "-t", "atom"]);
    let waiting = command.stderr(Stdio::piped()).spawn().unwrap();
    // Time for it to come to the lock; were it slower, it would still read afterwards.
    std::thread::sleep(std::time::Duration::from_millis(300));
    place.article(2, "late");
    holder.finish().with(0);
    Ended::from(waiting.wait_with_output().unwrap()).with(0);
    let atom = place.outputs().remove("atom.xml").unwrap();
    assert!(String::from_utf8(atom).unwrap().contains("Flotsam 2"));
}

#[test]
fn a_run_may_wait_for_ever() {
    let place = Place::with_archive(1);
    place.write("offprint.toml", format!("[run]\nwait = {}\n", i64::MAX));
    run(&mut place.build(&[])).with(0);
}

/// A folder that a run made is gone again where nothing came into it.
#[test]
fn a_run_without_outputs_leaves_no_folder() {
    let place = Place::with_archive(1);
    place.write("empty/notes.md", "# No article\n");
    run(&mut place.offprint(&["build", "empty"])).with(2);
    run(&mut place.offprint(&["build", "nowhere"])).with(2);
    run(&mut place.build(&["--since", "2030"])).with(0);
    run(place.build(&EVERYTHING).arg("--dry-run")).with(0);
    assert!(!place.path().join("out").exists());
}
