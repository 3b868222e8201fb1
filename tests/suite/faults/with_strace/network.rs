//! Faults while pictures are downloaded.

use super::trace::{Fate, Fault, calls, plan, suffer, without};
use crate::faults::place::{Files, Place, files, run};
use crate::images::samples;
use crate::images::server::{Server, body};
use std::fs;
use std::process::Command;

const PICTURES: u32 = 3;

fn server() -> Server {
    let answer = |number: u32| body("image/jpeg", &samples::jpeg(40 + number, 30));
    Server::start((0..PICTURES).map(|number| (format!("/{number}"), vec![answer(number)])))
}

/// Articles with pictures that lie on the server.
fn place(server: &Server) -> Place {
    let place = Place::new();
    for number in 0..PICTURES {
        let picture = server.address(&format!("/{number}"));
        place.write(
            &format!("articles/{number}.txt"),
            format!(
                "<!--{}-->\n[Flotsam {number}](https://tide.example/{number})\n------\n\n\
                 <p>What the tide brought in.</p><img src=\"{picture}\">\n",
                1_640_000_000_000 + u64::from(number) * 60_000,
            ),
        );
    }
    fs::create_dir(place.path().join("tmp")).unwrap();
    place
}

fn build(place: &Place) -> Command {
    let mut command = place.build(&["-t", "epub", "--strict", "--allow-private-network"]);
    command.args(["--jobs", "1"]).env_remove("OFFPRINT_OFFLINE");
    command.env("TMPDIR", place.path().join("tmp"));
    command
}

fn expected(server: &Server) -> Files {
    let place = place(server);
    run(&mut build(&place)).with(0);
    place.outputs()
}

/// Where there are no more threads, pictures are got one after the other.
#[test]
fn pictures_come_without_threads_of_their_own() {
    let server = server();
    let expected = expected(&server);
    let place = place(&server);
    // The first threads are the one that waits for an interruption and the one that works.
    without(&place, &build(&place), "clone3", "EAGAIN", 2 + 1).with(0);
    assert!(place.outputs() == expected);
}

/// A disk that refuses is not the server's fault: the next run asks again.
#[test]
fn what_the_disk_refuses_the_next_run_gets() {
    let server = server();
    let expected = expected(&server);
    let first = place(&server);
    let writes = ["openat", "write", "mkdir", "rename", "renameat"];
    let faults: Vec<Fault> = plan(&calls(&first, &build(&first)))
        .into_iter()
        .filter(|fault| fault.fate != Fate::Kill && writes.contains(&fault.call.as_str()))
        .collect();
    let step = match std::env::var("OFFPRINT_TEST_FAULTS").as_deref() {
        Ok("all") => 1,
        _ => (faults.len() / 4) | 1,
    };
    for fault in faults.iter().step_by(step) {
        let place = place(&server);
        let (ended, hit) = suffer(&place, &build(&place), fault);
        let wrong = format!("{fault:?}\n{hit}\n{}", ended.stderr);
        assert!(matches!(ended.status, Some(0..=2)), "{wrong}");
        assert!(!ended.stderr.contains("panicked"), "{wrong}");
        if ended.status == Some(0) {
            assert!(place.outputs() == expected, "{wrong}");
        }
        let again = run(&mut build(&place));
        assert_eq!(again.status, Some(0), "{wrong}\nthen {}", again.stderr);
        assert!(place.outputs() == expected, "{wrong}");
        let mut names = files(place.path()).into_keys();
        let left = names.find(|name| name.contains(".tmp") || name.contains("tmp/"));
        assert_eq!(left, None, "{wrong}");
    }
}
