//! Where a run finds itself makes no difference to what it writes: home, terminal, language, clock,
//! folder, and names in any bytes.

use super::place::{EVERYTHING, Files, Place, run};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Feeds show the same as books do, and sooner.
const FORMATS: &str = "rss,atom,json";

/// What a run writes in ordinary surroundings.
fn expected(place: &Place) -> Files {
    run(build(place).args(["--out", "expected"])).with(0);
    super::place::files(&place.path().join("expected"))
}

fn build(place: &Place) -> Command {
    place.build(&["-t", FORMATS, "--image-mirror", "mirror", "--strict"])
}

#[test]
fn languages_zones_and_terminals_change_nothing() {
    let place = Place::with_archive(2);
    let expected = expected(&place);
    for (name, value) in [
        ("LC_ALL", "C"),
        ("LC_ALL", "POSIX"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "C"),
        ("TZ", "Asia/Pyongyang"),
        ("TZ", ":/nowhere"),
        ("TERM", "dumb"),
        ("COLUMNS", "0"),
    ] {
        let _ = fs::remove_dir_all(place.path().join("out"));
        run(build(&place).env(name, value)).with(0);
        assert!(place.outputs() == expected, "{name}={value}");
    }
}

#[test]
fn an_empty_environment_is_enough() {
    let place = Place::with_archive(2);
    let expected = expected(&place);
    let mut command = build(&place);
    run(command
        .env_clear()
        .args(["--image-cache", "cache", "--offline"]))
    .with(0);
    assert!(place.outputs() == expected);
}

/// Without a home there is no cache: everything is done, nothing is remembered.
#[test]
fn no_home_costs_the_memory_only() {
    let place = Place::with_archive(2);
    let expected = expected(&place);
    place.write("file", "no folder");
    let temporary = place.path().join("temporary");
    fs::create_dir(&temporary).unwrap();
    for home in ["/nowhere/at/all", "/dev/null", "file"] {
        let _ = fs::remove_dir_all(place.path().join("out"));
        let mut command = build(&place);
        command.env_remove("OFFPRINT_IMAGE_CACHE");
        // A user whose home does not exist: root could make one.
        command.env("XDG_CACHE_HOME", place.path().join("file/cache"));
        run(command.env("HOME", home).env("TMPDIR", &temporary)).with(0);
        assert!(place.outputs() == expected, "{home}");
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "{home}");
    }
}

/// What killed runs left among the temporary files for want of a cache goes with the next run; what
/// a run holds stays.
#[test]
fn caches_of_killed_runs_are_removed() {
    let place = Place::with_archive(1);
    let abandoned = |name: &str| {
        let lock = place.write(&format!("temporary/{name}/v1/lock"), "");
        place.write(&format!("temporary/{name}/v1/blobs/ab/cd"), "bytes");
        let folder = fs::File::open(place.path().join("temporary").join(name)).unwrap();
        let hour = std::time::Duration::from_secs(3600);
        folder
            .set_modified(std::time::SystemTime::now() - hour)
            .unwrap();
        fs::File::open(lock).unwrap()
    };
    abandoned("offprint-cache-killed");
    let held = abandoned("offprint-cache-held");
    held.lock_shared().unwrap();
    abandoned("another");
    place.write("file", "no folder");
    let mut command = build(&place);
    command.args(["--image-cache", "file", "-t", "atom"]);
    run(command.env("TMPDIR", place.path().join("temporary"))).with(0);
    let left = fs::read_dir(place.path().join("temporary")).unwrap();
    let mut left: Vec<_> = left.map(|item| item.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["another", "offprint-cache-held"]);
}

/// Nor is a folder for temporary files needed.
#[test]
fn no_folder_for_temporary_files_is_no_reason_to_stop() {
    let place = Place::with_archive(2);
    let expected = expected(&place);
    place.write("file", "no folder");
    for cache in ["cache", "file"] {
        let _ = fs::remove_dir_all(place.path().join("out"));
        let mut command = build(&place);
        run(command
            .args(["--image-cache", cache])
            .env("TMPDIR", "/nowhere"))
        .with(0);
        assert!(place.outputs() == expected, "{cache}");
    }
}

#[test]
fn a_folder_that_is_gone_is_no_place_to_stand() {
    let place = Place::with_archive(2);
    let expected = expected(&place);
    let script = "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"";
    let at = |name: &str| place.path().join(name);
    let in_gone = |arguments: &[&OsStr]| {
        let mut command = place.command("sh");
        command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_offprint"), "build"]);
        command.args(arguments);
        command
    };
    let nothing = run(&mut in_gone(&["articles".as_ref()])).with(2);
    nothing.saying(&["error:", "hint:"]);
    let mut absolute = in_gone(&[
        at("articles").as_ref(),
        "--out".as_ref(),
        at("out").as_ref(),
    ]);
    absolute.args(["-t", FORMATS]);
    absolute.args(["--image-mirror".as_ref(), at("mirror").as_os_str()]);
    run(absolute.env("OFFPRINT_IMAGE_CACHE", at("cache"))).with(0);
    assert!(place.outputs() == expected);
}

/// A name that is not UTF-8.
fn bytes(name: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(name))
}

#[test]
fn names_may_be_any_bytes() {
    let place = Place::with_archive(3);
    let expected = expected(&place);
    let path = |name: &[u8]| place.path().join(bytes(name));
    fs::rename(place.path().join("articles"), path(b"\xE9crits")).unwrap();
    let articles = path(b"\xE9crits");
    fs::rename(
        articles.join("0001.txt"),
        articles.join(bytes(b"\xFF\xFE.txt")),
    )
    .unwrap();
    fs::rename(
        articles.join("0002.txt"),
        articles.join(bytes(b"\x80\n.txt")),
    )
    .unwrap();
    fs::create_dir(articles.join(bytes(b"caf\xE9"))).unwrap();
    fs::rename(place.path().join("mirror"), path(b"mirr\xF6r")).unwrap();
    fs::write(
        articles.join(bytes(b"caf\xE9/broken\xC0.txt")),
        "<!--1640000000000-->\n[No end](\n",
    )
    .unwrap();
    let mut command = place.offprint(&["build"]);
    let options: [(&str, PathBuf); 4] = [
        ("--image-mirror", path(b"mirr\xF6r")),
        ("--image-cache", path(b"c\xE4che")),
        ("--report", path(b"r\xE9port")),
        ("--out", path(b"\xF8ut")),
    ];
    command.arg(&articles);
    for (option, path) in &options {
        command.arg(option).arg(path);
    }
    let ended = run(&mut command).with(0);
    ended.saying(&["caf\u{FFFD}/broken\u{FFFD}.txt"]);
    let outputs = super::place::files(&path(b"\xF8ut"));
    for name in ["atom.xml", "rss.xml", "feed.json"] {
        assert!(outputs[name] == expected[name], "{name}");
    }
    let report = fs::read(path(b"r\xE9port")).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&report).is_ok());
    let mut check = place.offprint(&["check"]);
    run(check.arg(path(b"\xF8ut"))).with(0);
}

/// Years back and years ahead, also in turn, with what was remembered under another clock.
#[test]
fn with_faketime_a_wrong_clock_changes_no_byte() {
    let place = Place::with_archive(3);
    let build = |time: &str| {
        let mut command = place.command("faketime");
        command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        command.args([
            time,
            env!("CARGO_BIN_EXE_offprint"),
            "build",
            "articles",
            "--strict",
        ]);
        command.args(EVERYTHING);
        command
    };
    run(&mut place.build(&EVERYTHING)).with(0);
    let expected = place.outputs();
    for time in ["1971-01-01", "2038-02-01", "2001-01-01", "2099-12-31"] {
        place.article(1, "as it was found");
        let missing = "faketime can't be run: install it (Debian: apt-get install faketime), or leave \
             this test out with `cargo test -- --skip with_faketime`";
        let output = build(time).output().expect(missing);
        super::place::Ended::from(output).with(0);
        assert!(place.outputs() == expected, "{time}");
        // And with the memory lost under that clock.
        fs::remove_dir_all(place.path().join("cache")).unwrap();
        fs::remove_dir_all(place.path().join("out")).unwrap();
        run(&mut build(time)).with(0);
        assert!(place.outputs() == expected, "{time}");
    }
}
