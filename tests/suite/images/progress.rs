//! What is told of a run under way: bars on a terminal, lines in a log, nothing where nothing may be
//! said.

use super::place::{Place, run};
use super::samples;
use super::server::{Server, body};

/// Two articles with three pictures, two of them the same.
fn archive() -> (Place, Server) {
    let place = Place::new();
    let server = Server::start([
        ("/1", vec![body("image/jpeg", &samples::jpeg(60, 40))]),
        ("/2", vec![body("image/jpeg", &samples::jpeg(80, 40))]),
    ]);
    place.article(1, &[server.address("/1"), server.address("/2")]);
    place.article(2, &[server.address("/2")]);
    (place, server)
}

/// The lines, without the figures that no two runs have in common.
fn without_figures(text: &str) -> Vec<String> {
    let figure = |word: &str| word.contains('.') && word.chars().any(|c| c.is_ascii_digit());
    let line = |line: &str| {
        let words = line.split_whitespace().filter(|word| !figure(word));
        words.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect()
}

#[test]
fn a_log_gets_one_line_a_stage_without_control_characters() {
    let (place, _server) = archive();
    let ended = run(place.build(&["-o", "out"]).env("CLICOLOR_FORCE", "1"));
    let lines = without_figures(&ended.stderr);
    assert_eq!(
        lines[..4],
        [
            "reading 2 files s)",
            "fetching 2 images, kB from 1 host",
            "encoding 2 articles s)",
            "writing outputs s)",
        ],
        "{}",
        ended.stderr
    );
    assert!(!lines[4..].iter().any(|line| line.starts_with("writing")));
    let control = |c: char| c.is_control() && c != '\n';
    assert!(!ended.stderr.contains(control), "{:?}", ended.stderr);
    assert_eq!(ended.stdout, "");
    // Nothing is fetched any more, and nothing is told of it.
    let ended = run(&mut place.build(&[]));
    assert!(!ended.stderr.contains("fetching"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("encoding"), "{}", ended.stderr);
}

#[test]
fn fault_17_a_log_gets_a_sign_of_life_while_it_waits() {
    let place = Place::new();
    let mut start = super::server::head("image/jpeg", "", None);
    start.extend_from_slice(&samples::jpeg(90, 90));
    let slow = super::server::Answer::Pause(start, std::time::Duration::from_millis(1_500));
    let server = Server::start([
        ("/1", vec![body("image/jpeg", &samples::jpeg(60, 40))]),
        ("/2", vec![slow]),
    ]);
    place.article(1, &[server.address("/1"), server.address("/2")]);
    let signs = |text: &str| {
        let lines = without_figures(text).into_iter();
        let signs = lines.filter(|line| line == "fetching 1 of 2 images, kB from 1 host");
        signs.count()
    };
    let ended = run(place.build(&[]).env("_OFFPRINT_SIGN_OF_LIFE", "200"));
    assert!((1..=8).contains(&signs(&ended.stderr)), "{}", ended.stderr);
    // None where nothing is waited for, and none in half a minute.
    let ended = run(place.build(&[]).env("_OFFPRINT_SIGN_OF_LIFE", "1"));
    assert!(!ended.stderr.contains("fetching"), "{}", ended.stderr);
}

#[test]
fn quiet_means_quiet() {
    let (place, _server) = archive();
    let ended = run(&mut place.build(&["--quiet"]));
    assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""));
}

#[cfg(unix)]
mod terminal {
    use super::*;
    use crate::images::server::{Answer, head};
    use std::io::Read;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    /// Runs a command whose standard error is a terminal and gives what was drawn there.
    fn drawn(command: &mut Command) -> String {
        let (status, text) = ended(command);
        assert_eq!(status, Some(0), "{text:?}");
        text
    }

    fn ended(command: &mut Command) -> (Option<i32>, String) {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        use rustix::termios::{Winsize, tcsetwinsize};
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = std::fs::File::options()
            .read(true)
            .write(true)
            .open(name.to_str().unwrap())
            .unwrap();
        let size = Winsize {
            ws_row: 24,
            ws_col: 80,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&slave, size).unwrap();
        command.env("TERM", "xterm").env_remove("NO_COLOR");
        let mut child = command.stderr(Stdio::from(slave)).spawn().unwrap();
        // The command keeps this side of the terminal open as well.
        command.stderr(Stdio::null());
        let mut text = Vec::new();
        let mut master = std::fs::File::from(master);
        let mut buffer = [0; 4096];
        // Where nobody has the other side open any more, reading fails.
        while let Ok(count @ 1..) = master.read(&mut buffer) {
            text.extend_from_slice(&buffer[..count]);
        }
        let status = child.wait().unwrap().code();
        (status, String::from_utf8(text).unwrap())
    }

    #[test]
    fn a_terminal_gets_a_bar_for_each_stage() {
        let (place, _server) = archive();
        // A picture that takes long enough to be seen on its way.
        let mut start = head("image/jpeg", "", None);
        start.extend_from_slice(&samples::jpeg(90, 90));
        let slow = Server::start([("/3", vec![Answer::Pause(start, Duration::from_millis(700))])]);
        place.article(3, &[slow.address("/3")]);
        let text = drawn(&mut place.build(&[]));
        for part in [
            "reading ",
            "encoding ",
            "fetching ",
            " 2/3 ",
            "kB  127.0.0.1",
            "writing ",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text:?}");
        }
        assert!(text.contains("\u{1b}[36m"), "{text:?}");
        // The bars are gone when the summary comes.
        let (_, end) = text.rsplit_once("articles  3 read").unwrap();
        assert!(!end.contains('━'), "{end:?}");
    }

    #[test]
    fn a_terminal_gets_no_colour_where_none_is_wanted_and_nothing_where_quiet() {
        let (place, _server) = archive();
        let text = drawn(&mut place.build(&["--color", "never"]));
        assert!(text.contains("encoding "), "{text:?}");
        assert!(!text.contains("\u{1b}[36m"), "{text:?}");
        assert_eq!(drawn(&mut place.build(&["--quiet"])), "");
    }

    #[test]
    fn an_error_stands_below_no_bar() {
        let place = Place::new();
        place.article(1, &[]);
        place.write("out", "in the way");
        let mut command = place.build(&[]);
        let (status, text) = ended(&mut command);
        assert_eq!(status, Some(2));
        let (_, end) = text.rsplit_once("error:").unwrap();
        assert!(end.contains("hint:") && !end.contains('━'), "{text:?}");
    }
}
