//! Two runs at once, one of them on a folder inside the other's.

use crate::faults::place::{Ended, Place, files, run, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A host of pictures that answers when it is told to.
struct Host {
    address: String,
    asked: Receiver<TcpStream>,
}

impl Host {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (send, asked) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if send.send(stream).is_err() {
                    return;
                }
            }
        });
        Host { address, asked }
    }

    /// A run that has written much of its book and waits for the picture of its last article.
    fn hold(&self, place: &Place, out: &str) -> (Child, TcpStream) {
        let mut build = build(place, out);
        build.stderr(Stdio::piped()).stdout(Stdio::null());
        let run = build.spawn().unwrap();
        let stream = self.asked.recv().unwrap();
        wait_until("the run writes its book", || {
            !temporary(place, out).is_empty()
        });
        (run, stream)
    }
}

fn build(place: &Place, out: &str) -> Command {
    let mut build = place.build(&["-t", "epub,atom", "--allow-private-network", "--out", out]);
    build.env("OFFPRINT_OFFLINE", "false");
    build
}

fn temporary(place: &Place, folder: &str) -> Vec<String> {
    let names = files(&place.path().join(folder)).into_keys();
    names.filter(|name| name.ends_with(".tmp")).collect()
}

fn archive(host: &Host) -> Place {
    let place = Place::new();
    for number in 0..400 {
        let picture = if number == 399 {
            format!("<img src=\"http://{}/last.png\">", host.address)
        } else {
            String::new()
        };
        let millis = 1_638_400_000_000_u64 + number * 60_000;
        let text = format!(
            "<!--{millis}-->\n[Tale {number}](https://tide.example/{number})\n------\n\n\
             <p>What the tide brought in.</p>{picture}\n"
        );
        place.write(&format!("articles/{number:04}.txt"), text);
    }
    place.write("few/1.txt", crate::faults::place::article(1, "found"));
    place
}

fn answer(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 4096]);
    let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
}

#[test]
fn fault_5_runs_at_once_on_a_folder_and_one_inside_it_both_finish() {
    for (held, other) in [
        ("site/books", "site"),
        ("site/archive", "site"),
        ("site", "site/books"),
    ] {
        let host = Host::start();
        let place = archive(&host);
        let (child, stream) = host.hold(&place, held);
        let before = temporary(&place, held);
        let mut command = place.offprint(&["build", "few", "--prune", "--out", other]);
        run(command.args(["--feed-archive", "month"])).with(0);
        assert_eq!(temporary(&place, held), before, "{held} beside {other}");
        answer(stream);
        Ended::from(child.wait_with_output().unwrap()).with(0);
        assert_eq!(temporary(&place, "site"), [""; 0]);
        for folder in [held, other] {
            assert!(place.path().join(folder).join("archive.epub").exists());
        }
    }
}

#[test]
fn fault_5_a_run_removes_what_a_killed_one_left_in_its_own_folder_only() {
    let host = Host::start();
    let place = archive(&host);
    for folder in ["site", "site/books"] {
        let (mut child, _) = host.hold(&place, folder);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let left = temporary(&place, "site");
    let inner = temporary(&place, "site/books");
    assert!(left.len() > inner.len() && !inner.is_empty(), "{left:?}");
    run(&mut place.offprint(&["build", "few", "--out", "site"])).with(0);
    assert_eq!(temporary(&place, "site/books"), inner);
    assert_eq!(temporary(&place, "site").len(), inner.len());
    run(&mut place.offprint(&["build", "few", "--out", "./site/../site/books/"])).with(0);
    assert_eq!(temporary(&place, "site"), [""; 0]);
}

#[test]
fn fault_25_an_interrupted_run_takes_its_temporary_files_along_and_says_so() {
    for signal in [Signal::INT, Signal::TERM] {
        let host = Host::start();
        let place = archive(&host);
        let (child, _) = host.hold(&place, "site");
        kill_process(Pid::from_child(&child), signal).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.signal(), Some(signal.as_raw()));
        Ended::from(ended).saying(&["interrupted"]);
        assert_eq!(temporary(&place, "site"), [""; 0]);
        // And those of pictures on their way, and of what is noted of the run.
        assert!(files(&place.path().join("cache/v1/tmp")).is_empty());
        assert_eq!(temporary(&place, "cache/state"), [""; 0]);
    }
}
