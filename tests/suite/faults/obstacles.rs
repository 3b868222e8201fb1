//! What stands in the way of outputs, of the report and of what is printed.

use super::place::{EVERYTHING, Ended, Place, article, run};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

/// The command in a shell that does something to it first: `$@` is the command.
fn in_shell(place: &Place, script: &str, command: &Command) -> Command {
    let mut shell = place.command("sh");
    shell.args(["-c", script, "sh"]);
    shell.arg(command.get_program()).args(command.get_args());
    shell
}

#[test]
fn a_file_in_the_place_of_the_folder_stays() {
    let place = Place::with_archive(1);
    place.write("out", "kept");
    let ended = run(&mut place.build(&[])).with(2);
    ended.saying(&["cannot write out", "hint: a file stands", "--out DIR"]);
    assert_eq!(fs::read(place.path().join("out")).unwrap(), b"kept");
    let ended = run(&mut place.build(&["--out", "out/deeper"])).with(2);
    ended.saying(&["cannot write out/deeper", "hint: a file stands"]);
}

/// It is noticed before any output is put into place.
#[test]
fn hostile_59_a_folder_in_the_place_of_a_file_leaves_all_outputs_as_they_were() {
    let place = Place::with_archive(2);
    run(&mut place.build(&EVERYTHING)).with(0);
    fs::remove_file(place.path().join("out/feed.json")).unwrap();
    place.write("out/feed.json/mine", "kept");
    let before = place.outputs();
    place.article(5, "late");
    let ended = run(&mut place.build(&EVERYTHING)).with(2);
    ended.saying(&[
        "cannot write out/feed.json",
        "hint: a folder stands",
        "untouched",
    ]);
    assert!(place.outputs() == before);
}

#[test]
fn an_output_folder_may_be_a_link() {
    let place = Place::with_archive(1);
    fs::create_dir(place.path().join("elsewhere")).unwrap();
    symlink("elsewhere", place.path().join("out")).unwrap();
    run(&mut place.build(&[])).with(0);
    assert!(place.path().join("elsewhere/atom.xml").is_file());
    let place = Place::with_archive(1);
    symlink("nowhere", place.path().join("out")).unwrap();
    let ended = run(&mut place.build(&[])).with(2);
    ended.saying(&["cannot write out", "hint:"]);
}

/// A run has far more outputs than it may have open files.
#[test]
fn outputs_are_not_kept_open() {
    let place = Place::new();
    for number in 0..40 {
        place.article(number * 4, "one in a month at most");
    }
    let build = place.build(&["-t", "rss,atom", "--feed-archive", "month"]);
    run(&mut in_shell(&place, "ulimit -n 40; exec \"$@\"", &build)).with(0);
    assert!(place.outputs().len() > 70);
}

#[test]
fn outputs_have_the_permissions_that_the_umask_leaves() {
    let place = Place::with_archive(1);
    let mode = |out: &str| {
        let output = fs::metadata(place.path().join(out).join("atom.xml")).unwrap();
        output.permissions().mode() & 0o777
    };
    for (umask, expected) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let build = place.build(&["-t", "atom", "--out", umask]);
        let script = format!("umask {umask}; exec \"$@\"");
        run(&mut in_shell(&place, &script, &build)).with(0);
        assert_eq!(mode(umask), expected);
    }
}

#[test]
fn what_is_no_longer_made_goes_with_its_folder() {
    let place = Place::with_archive(8);
    run(&mut place.build(&EVERYTHING)).with(0);
    assert!(place.path().join("out/archive").exists());
    // Without archive documents their folder goes too.
    run(&mut place.build(&["-t", "rss,atom", "--prune"])).with(0);
    assert!(!place.path().join("out/archive").exists());
}

#[test]
fn a_folder_is_no_report() {
    let place = Place::with_archive(1);
    fs::create_dir(place.path().join("report")).unwrap();
    let ended = run(&mut place.build(&["--report", "report"])).with(2);
    ended.saying(&["report", "hint:"]);
    assert!(place.outputs().is_empty());
}

#[test]
fn a_report_that_can_not_be_written_is_told_of_when_the_outputs_stand() {
    let place = Place::with_archive(1);
    let ended = run(&mut place.build(&["--report", "/dev/full"])).with(2);
    ended.saying(&["/dev/full", "hint: the outputs are written"]);
    assert!(!place.outputs().is_empty());
    let build = place.build(&["--report", "-"]);
    let ended = run(&mut in_shell(&place, "exec \"$@\" >/dev/full", &build)).with(2);
    ended.saying(&["standard output", "hint:"]);
}

#[test]
fn a_report_keeps_the_link_that_leads_to_it() {
    let place = Place::with_archive(1);
    place.write("logs/report.json", "an earlier one");
    symlink("logs/report.json", place.path().join("report.json")).unwrap();
    run(&mut place.build(&["--report", "report.json"])).with(0);
    let link = fs::symlink_metadata(place.path().join("report.json")).unwrap();
    assert!(link.is_symlink());
    let report = fs::read(place.path().join("logs/report.json")).unwrap();
    assert!(report.starts_with(b"{") && report.ends_with(b"}\n"));
}

/// A reader that went away is no error; a full disk is.
#[test]
fn what_is_printed_is_printed_or_told_of() {
    let place = Place::with_archive(2);
    run(&mut place.build(&[])).with(0);
    for arguments in [
        &["formats"][..],
        &["man"],
        &["completions", "bash"],
        &["cache"],
        &["check", "--rules"],
        &["inspect", "articles/0000.txt"],
        &["inspect", "--json", "articles"],
    ] {
        let command = place.offprint(arguments);
        let full = run(&mut in_shell(&place, "exec \"$@\" >/dev/full", &command)).with(2);
        full.saying(&["cannot write standard output", "hint:"]);
        run(&mut in_shell(&place, "exec \"$@\" >&-", &command)).with(0);
        let script = "{ \"$@\"; echo $? >status; } | true; exit $(cat status)";
        run(&mut in_shell(&place, script, &command)).with(0);
    }
    let build = place.build(&["--report", "-"]);
    let script = "{ \"$@\"; echo $? >status; } | true; exit $(cat status)";
    run(&mut in_shell(&place, script, &build)).with(0);
}

#[test]
fn nobody_needs_to_listen() {
    let place = Place::with_archive(1);
    let build = place.build(&[]);
    for script in [
        "exec \"$@\" 2>/dev/full",
        "exec \"$@\" 2>&-",
        "exec \"$@\" <&- >&- 2>&-",
    ] {
        run(&mut in_shell(&place, script, &build)).with(0);
    }
}

/// Half an article at the end of a pipe that breaks off is what there is to read.
#[test]
fn standard_input_may_end_anywhere() {
    let place = Place::new();
    let text = article(3, "from a pipe");
    for length in [0, 10, text.len() / 2] {
        let mut command = place.offprint(&["build", "-"]);
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(&text.as_bytes()[..length]).unwrap();
        drop(input);
        let ended = Ended::from(child.wait_with_output().unwrap());
        assert!(matches!(ended.status, Some(0 | 2)), "{}", ended.stderr);
    }
}

#[test]
fn init_writes_whole_files_or_none() {
    let place = Place::with_archive(1);
    // A file where the workflow's folder has to be.
    place.write(".github", "mine");
    let ended = run(&mut place.offprint(&["init"])).with(2);
    ended.saying(&["cannot write .github/workflows", "hint:"]);
    assert!(!place.path().join("offprint.toml").exists());
}
