//! A file that a run reads is neither replaced nor removed by it.

use crate::faults::place::{Place, article, run};
use std::fs;

fn feed(count: usize) -> String {
    let items: String = (0..count)
        .map(|number| {
            format!(
                "<item><title>Tale {number}</title><link>https://tide.example/{number}</link>\
                 <description>The boats of pier {number} came in at dawn.</description></item>"
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Tide</title>{items}</channel></rss>")
}

fn bytes(place: &Place, name: &str) -> Vec<u8> {
    fs::read(place.path().join(name)).unwrap()
}

#[test]
fn an_output_is_not_put_in_the_place_of_what_the_run_reads() {
    // An output that is named as the input, a folder that is both, and a way around.
    for (input, out, output, format) in [
        ("out/atom.xml", "out", "out/atom.xml", "atom"),
        ("out/rss.xml", "out", "out/rss.xml", "rss"),
        ("archive", "archive", "archive/rss.xml", "rss,atom"),
        (
            "archive/rss.xml",
            "archive/../archive",
            "archive/rss.xml",
            "rss",
        ),
    ] {
        let place = Place::new();
        place.write(output, feed(60));
        let before = bytes(&place, output);
        for more in [&[][..], &["--dry-run"], &["--prune"]] {
            let mut command = place.offprint(&["build", input, "-o", out, "-t", format]);
            let ended = run(command.args(more)).with(2);
            assert!(
                ended.stderr.contains("is read by this run"),
                "{}",
                ended.stderr
            );
            assert!(
                ended.stderr.contains("hint: name another folder"),
                "{}",
                ended.stderr
            );
            assert_eq!(bytes(&place, output), before, "{input} {more:?}");
            let names = fs::read_dir(place.path().join(out)).unwrap().count();
            assert_eq!(names, 1, "{input}: nothing else is written");
        }
    }
}

#[test]
fn what_a_run_reads_is_not_pruned() {
    for input in ["out/atom.xml", "out/../out/atom.xml"] {
        let place = Place::with_archive(3);
        run(&mut place.build(&["-t", "atom,rss"])).with(0);
        let before = bytes(&place, "out/atom.xml");
        let arguments = ["build", input, "-o", "out", "-t", "rss", "--prune"];
        let ended = run(&mut place.offprint(&arguments)).with(0);
        assert_eq!(bytes(&place, "out/atom.xml"), before);
        assert!(
            ended.stderr.contains("is read by it: left alone"),
            "{}",
            ended.stderr
        );
    }
}

#[test]
fn a_folder_that_is_input_and_output_is_read_without_what_was_made_in_it() {
    let place = Place::with_archive(3);
    let arguments = ["build", "articles", "-o", "articles", "-t", "rss,epub"];
    let first = run(&mut place.offprint(&arguments)).with(0);
    assert!(first.stderr.contains("3 read"), "{}", first.stderr);
    let made = bytes(&place, "articles/rss.xml");
    for _ in 0..2 {
        let again = run(&mut place.offprint(&arguments)).with(0);
        assert!(
            again.stderr.contains("3 read, 3 written"),
            "{}",
            again.stderr
        );
        assert_eq!(bytes(&place, "articles/rss.xml"), made);
    }
}

#[test]
fn nothing_is_pruned_while_a_file_stands_where_a_folder_of_articles_was() {
    for content in ["", "not an article", "\u{0}\u{0}\u{0}"] {
        let place = Place::with_archive(2);
        place.write("articles/sub/late.txt", article(9, "late"));
        let month = ["-t", "epub", "--split", "month"];
        run(&mut place.build(&month)).with(0);
        let before = place.outputs();
        fs::remove_dir_all(place.path().join("articles/sub")).unwrap();
        place.write("articles/sub", content);
        let ended = run(place.build(&month).arg("--prune")).with(0);
        assert!(
            ended.stderr.contains("nothing was removed"),
            "{}",
            ended.stderr
        );
        assert_eq!(place.outputs().len(), before.len());
    }
}

#[test]
fn files_that_were_no_input_before_are_not_said_to_have_held_articles() {
    let place = Place::with_archive(3);
    place.write("articles/notes.bin", [0, 1, 2, 0]);
    place.write("articles/picture.png", [0x89, b'P', b'N', b'G']);
    run(&mut place.offprint(&["build", "articles/0000.txt", "-t", "epub,rss"])).with(0);
    for _ in 0..2 {
        let ended = run(&mut place.build(&["-t", "rss", "--prune"])).with(0);
        for wrong in ["an earlier run read an article", "nothing was removed"] {
            assert!(!ended.stderr.contains(wrong), "{}", ended.stderr);
        }
        assert!(!place.outputs().contains_key("archive.epub"));
    }
    // But where the file itself is what was read, it is told.
    let place = Place::with_archive(1);
    let single = ["build", "articles/0000.txt", "-t", "rss"];
    run(&mut place.offprint(&single)).with(0);
    place.write("articles/0000.txt", "nothing");
    let ended = run(&mut place.offprint(&single));
    assert!(
        ended.stderr.contains("no article found"),
        "{}",
        ended.stderr
    );
}

#[test]
fn nothing_is_pruned_while_a_folder_that_was_read_stands_empty() {
    for position in [0, 1] {
        let place = Place::with_archive(2);
        place.write("disk/sub/late.txt", article(9, "late"));
        let mut inputs = ["articles", "disk"];
        inputs.swap(0, position);
        let build = |more: &[&str]| {
            let mut command = place.offprint(&["build", inputs[0], inputs[1]]);
            command.args(["-t", "epub", "--split", "month"]).args(more);
            run(&mut command).with(0)
        };
        build(&[]);
        let before = place.outputs();
        let away = place.path().join("away");
        fs::rename(place.path().join("disk/sub"), &away).unwrap();
        for _ in 0..2 {
            let ended = build(&["--prune"]);
            assert!(
                ended.stderr.contains("nothing was removed: disk"),
                "{}",
                ended.stderr
            );
            assert_eq!(place.outputs().len(), before.len());
        }
        fs::rename(away, place.path().join("disk/sub")).unwrap();
        build(&["--prune"]);
        assert_eq!(place.outputs(), before);
        // What is really gone with its folder is no longer asked for.
        fs::remove_dir_all(place.path().join("disk")).unwrap();
        let mut command = place.offprint(&["build", "articles", "-t", "epub", "--split", "month"]);
        run(command.arg("--prune")).with(0);
        assert!(place.outputs().len() < before.len());
    }
}

#[test]
fn a_file_of_somebody_else_in_an_outputs_place_is_told_of() {
    for names in [
        &["rss.xml"][..],
        &["archive.epub", "atom.xml"],
        &["feed.json"],
        &["archive-cover.jpg"],
    ] {
        let place = Place::with_archive(3);
        for name in names {
            place.write(&format!("out/{name}"), "somebody's own");
        }
        let dry = run(&mut place.build(&["--dry-run"])).with(0);
        let first = run(&mut place.build(&[])).with(0);
        let second = run(&mut place.build(&[])).with(0);
        place.article(9, "and nothing else");
        let grown = run(&mut place.build(&[])).with(0);
        for (ended, told) in [(dry, true), (first, true), (second, false), (grown, false)] {
            for name in [
                "rss.xml",
                "atom.xml",
                "feed.json",
                "feeds.opml",
                "archive.epub",
            ] {
                let line = format!("out/{name}: no earlier run is noted");
                let is_told = told && names.contains(&name);
                assert_eq!(
                    ended.stderr.contains(&line),
                    is_told,
                    "{line}: {}",
                    ended.stderr
                );
            }
        }
    }
}

fn pipe(path: &std::path::Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_pipe_beside_the_articles_or_in_an_outputs_place_is_not_waited_for() {
    for arguments in [&["-v"][..], &["-v", "--dry-run"], &[]] {
        let place = Place::with_archive(3);
        pipe(&place.path().join("articles/beside"));
        std::os::unix::fs::symlink("beside", place.path().join("articles/link")).unwrap();
        pipe(&place.path().join("out/feed.json"));
        let mut command = place.command("timeout");
        command.arg("60").arg(env!("CARGO_BIN_EXE_offprint"));
        command.args(["build", "articles", "-o", "out", "--offline", "-t", "json"]);
        run(command.args(arguments)).with(0);
        let is_file = fs::metadata(place.path().join("out/feed.json"))
            .unwrap()
            .is_file();
        assert_eq!(is_file, !arguments.contains(&"--dry-run"));
    }
}

#[test]
fn a_large_file_of_a_name_that_exports_use_is_not_read_whole() {
    for name in ["posts.csv", "profile/profile.html", "index.json"] {
        let place = Place::with_archive(3);
        let path = place.path().join("articles").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = fs::File::create(&path).unwrap();
        file.set_len(3 << 30).unwrap();
        // No more memory than that may be had.
        let limited = "ulimit -v 1500000; exec \"$0\" build articles -o out --offline -t json";
        let mut command = place.command("sh");
        command.args(["-c", limited, env!("CARGO_BIN_EXE_offprint")]);
        run(&mut command).with(0);
    }
}
