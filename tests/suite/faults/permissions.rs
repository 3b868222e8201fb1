//! Folders and files that a user may not write, or not read.

use super::place::{Place, run};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::Command;

/// The command as a user for whom permissions count. Root becomes nobody, since to root they mean
/// nothing.
pub fn as_user(place: &Place, arguments: &[&str]) -> Command {
    let mut build = place.build(arguments);
    if fs::metadata(place.path()).unwrap().uid() != 0 {
        return build;
    }
    mode(place, ".", 0o755);
    // Where the program lies nobody may go.
    let program = place.path().join("program");
    let original = env!("CARGO_BIN_EXE_offprint");
    if !program.exists() && fs::hard_link(original, &program).is_err() {
        fs::copy(original, &program).unwrap();
    }
    let mut command = place.command("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    command.arg(program).args(build.get_args());
    build = command;
    build
}

pub fn mode(place: &Place, name: &str, mode: u32) {
    fs::set_permissions(place.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
}

/// A folder that anybody may write.
pub fn open_folder(place: &Place, name: &str) {
    fs::create_dir_all(place.path().join(name)).unwrap();
    mode(place, name, 0o777);
}

/// Takes the right to write from a folder and all that is in it, or gives it back.
fn read_only(place: &Place, name: &str, is: bool) {
    let change = if is { "a-w,a+rX" } else { "u+w" };
    let status = place.command("chmod").args(["-R", change, name]).status();
    assert!(status.unwrap().success());
}

#[test]
fn a_memory_that_can_only_be_read_is_read() {
    let place = Place::with_archive(4);
    let options = ["-t", "atom,epub", "--strict"];
    run(place.build(&options).args(["--image-mirror", "mirror"])).with(0);
    // What is converted is in the cache, and pictures as they came are, too, where a run fetched
    // them; here the mirror stands in for the network.
    let expected = place.outputs();
    fs::remove_dir_all(place.path().join("out")).unwrap();
    open_folder(&place, "out");
    open_folder(&place, "temporary");
    read_only(&place, "cache", true);
    let mut command = as_user(&place, &options);
    command.args(["--image-mirror", "mirror"]);
    let ended = run(command.env("TMPDIR", place.path().join("temporary")));
    let left = fs::read_dir(place.path().join("temporary"))
        .unwrap()
        .count();
    read_only(&place, "cache", false);
    ended
        .with(0)
        .saying(&["can't be written", "--image-cache DIR"]);
    assert!(place.outputs() == expected);
    assert_eq!(left, 0);
}

#[test]
fn a_folder_that_may_not_be_written_stays_as_it_is() {
    let place = Place::with_archive(2);
    run(&mut place.build(&["-t", "atom"])).with(0);
    let before = place.outputs();
    place.article(2, "new");
    open_folder(&place, "cache");
    mode(&place, "out", 0o555);
    let ended = run(&mut as_user(&place, &["-t", "atom"]));
    mode(&place, "out", 0o755);
    ended.with(2).saying(&[
        "cannot write out/atom.xml",
        "Permission denied",
        "hint:",
        "--out DIR",
    ]);
    assert!(place.outputs() == before);
    // One that would have to be made is no better.
    mode(&place, "articles", 0o555);
    let ended = run(&mut as_user(
        &place,
        &["-t", "atom", "--out", "articles/out"],
    ));
    mode(&place, "articles", 0o755);
    ended
        .with(2)
        .saying(&["cannot write articles/out", "hint:", "--out DIR"]);
}

#[test]
fn articles_that_may_not_be_read_cost_a_warning_each() {
    let place = Place::with_archive(3);
    place.write(
        "articles/locked/0009.txt",
        super::place::article(9, "behind a door"),
    );
    open_folder(&place, "out");
    open_folder(&place, "cache");
    mode(&place, "articles/0001.txt", 0o000);
    mode(&place, "articles/locked", 0o000);
    let ended = run(&mut as_user(&place, &["-t", "atom", "--strict"]));
    mode(&place, "articles/locked", 0o755);
    ended
        .with(1)
        .saying(&["articles/0001.txt", "articles/locked", "file-unreadable"]);
    let mut atom = place.outputs();
    let atom = String::from_utf8(atom.remove("atom.xml").unwrap()).unwrap();
    assert!(atom.contains("Flotsam 0") && !atom.contains("Flotsam 1<"));
    mode(&place, "articles", 0o000);
    let ended = run(&mut as_user(&place, &["-t", "atom"]));
    mode(&place, "articles", 0o755);
    ended.with(2).saying(&["cannot read articles", "hint:"]);
}

/// The report's folder may not be written, but the report that stands in it may.
#[test]
fn a_report_may_be_all_that_may_be_written() {
    let place = Place::with_archive(1);
    open_folder(&place, "out");
    open_folder(&place, "cache");
    place.write(
        "logs/report.json",
        "an earlier one, and a longer one than this run's ".repeat(99),
    );
    mode(&place, "logs/report.json", 0o666);
    mode(&place, "logs", 0o555);
    let options = ["-t", "atom", "--report", "logs/report.json"];
    let ended = run(&mut as_user(&place, &options));
    mode(&place, "logs", 0o755);
    ended.with(0);
    let report = fs::read(place.path().join("logs/report.json")).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&report).is_ok());
}
