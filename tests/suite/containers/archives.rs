//! Files within ZIP archives and gzip.

use crate::command::Place;
use crate::images::samples;
use crate::read::exports::epub::zipped;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::io::Write as _;

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn article(number: u32) -> Vec<u8> {
    format!(
        "<!--164091522600{number}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n<p>A text of its own, the {number}th of all.</p>"
    )
    .into_bytes()
}

fn codes(report: &Value) -> Vec<(String, String)> {
    let warnings = report["warnings"].as_array().unwrap().iter();
    warnings
        .map(|warning| {
            let text = |key: &str| warning[key].as_str().unwrap_or_default().to_owned();
            (text("code"), text("path"))
        })
        .collect()
}

#[test]
fn a_zip_is_read_as_the_folder_that_it_was_made_of() {
    let place = Place::empty();
    let post =
        "---\ntitle: The lamp\ndate: 2021-12-31\n---\nIt shines.\n\n![A lamp](images/lamp.jpg)\n";
    let picture = samples::jpeg(40, 30);
    let broken = b"<!--1640915226000-->\nno header\n".to_vec();
    place.write(
        "articles/export.zip",
        zipped(&[
            ("blog/images/lamp.jpg", &picture),
            ("blog/lamp.md", post.as_bytes()),
            ("blog/.hidden/x.txt", &article(1)),
            ("__MACOSX/._x.txt", &article(2)),
            ("tales/3.txt", &article(3)),
            ("tales/broken.txt", &broken),
        ]),
    );
    let report = place.report(&["-t", "epub"]);
    assert_eq!(report["articles"]["written"], 2, "{report}");
    assert_eq!(report["images"]["embedded"], 1, "{report}");
    assert!(
        codes(&report).contains(&(
            "header-missing".to_owned(),
            "articles/export.zip!tales/broken.txt".to_owned()
        )),
        "{report}"
    );
}

/// They are told, and nothing that was made before is kept on their account.
#[test]
fn members_whose_names_lead_out_of_their_archive_are_told() {
    for name in [
        "../out.txt",
        "/etc/out.txt",
        "a/../../out.txt",
        "C:\\out.txt",
    ] {
        let place = Place::empty();
        place.write(
            "articles/export.zip",
            zipped(&[(name, &article(1)), ("tales/2.txt", &article(2))]),
        );
        place.write("articles/3.txt", article(3));
        let build = || place.report(&["-t", "epub", "--split", "day", "--prune"]);
        let report = build();
        assert_eq!(report["articles"]["written"], 2, "{name}: {report}");
        let told = (
            "items-left-out".to_owned(),
            "articles/export.zip".to_owned(),
        );
        assert!(codes(&report).contains(&told), "{name}: {report}");
        std::fs::remove_file(place.path().join("articles/3.txt")).unwrap();
        let codes = codes(&build());
        assert!(
            codes.iter().all(|(code, _)| code != "prune-skipped"),
            "{name}: {codes:?}"
        );
    }
}

#[test]
fn what_a_folder_and_a_zip_hold_alike_gives_the_same_bytes() {
    let (folder, archive) = (Place::empty(), Place::empty());
    let members: Vec<(String, Vec<u8>)> = (1..5)
        .map(|number| (format!("tales/{number}.txt"), article(number)))
        .collect();
    for (name, bytes) in &members {
        folder.write(&format!("articles/{name}"), bytes);
    }
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    archive.write("articles/all.zip", zipped(&members));
    folder.build(&["-t", "rss,epub"]).success();
    archive.build(&["-t", "rss,epub"]).success();
    assert_eq!(folder.outputs("out"), archive.outputs("out"));
}

#[test]
fn containers_are_opened_two_levels_deep_and_no_deeper() {
    let place = Place::empty();
    let third = zipped(&[("3.txt", &article(3))]);
    let second = zipped(&[
        ("2.txt", &article(2)),
        ("third.zip", &third),
        ("4.txt.gz", &gzipped(&article(4))),
    ]);
    place.write(
        "articles/first.zip",
        zipped(&[
            ("1.txt", &article(1)),
            ("second.zip", &second),
            ("5.txt.gz", &gzipped(&article(5))),
        ]),
    );
    let report = place.report(&["-t", "json"]);
    assert_eq!(report["articles"]["written"], 3, "{report}");
    // A ZIP and a file of gzip in the innermost are passed over.
    assert_eq!(report["articles"]["passed_over"], 2, "{report}");
}

#[test]
fn what_gzip_packed_is_read_through() {
    let place = Place::empty();
    place.write("articles/1.txt.gz", gzipped(&article(1)));
    let two = [
        gzipped(b"<!--1640915226002-->\n[Tale 2](https://tales.example/2)\n------\n\n"),
        gzipped(b"<p>In two members.</p>"),
    ]
    .concat();
    place.write("articles/2.TXT.GZ", two);
    let broken = gzipped(b"<!--1640915226000-->\nno header\n");
    place.write("articles/3.txt.gz", broken);
    let report = place.report(&["-t", "json"]);
    assert_eq!(report["articles"]["written"], 2, "{report}");
    assert!(
        codes(&report).contains(&("header-missing".to_owned(), "articles/3.txt.gz".to_owned())),
        "{report}"
    );
}

#[test]
fn an_archive_named_as_the_input_is_read_and_an_unchanged_one_makes_no_work() {
    let place = Place::empty();
    place.write(
        "export.zip",
        zipped(&[("a/1.txt", &article(1)), ("a/2.txt", &article(2))]),
    );
    for changed in [true, false] {
        place
            .offprint(&[
                "build",
                "export.zip",
                "-t",
                "json",
                "--report",
                "report.json",
            ])
            .assert()
            .success();
        let report: Value =
            serde_json::from_slice(&std::fs::read(place.path().join("report.json")).unwrap())
                .unwrap();
        assert_eq!(report["articles"]["written"], 2);
        assert_eq!(report["outputs"][0]["changed"], changed);
    }
}

#[test]
fn an_omnivore_zip_is_its_metadata_with_the_texts() {
    let place = Place::empty();
    let metadata = r#"[{"id": "1", "slug": "lamp", "title": "The lamp", "url": "https://a.example/lamp", "savedAt": "2021-12-31T16:30:11.000Z"}]"#;
    place.write(
        "articles/export.zip",
        zipped(&[
            (
                "content/lamp.html",
                b"<p>It shines again, says the keeper of the harbour.</p>",
            ),
            ("highlights/lamp.md", b"> It shines"),
            ("metadata_0_to_1.json", metadata.as_bytes()),
        ]),
    );
    let report = place.report(&["-t", "json"]);
    let articles = &report["articles"];
    assert_eq!(
        (&articles["written"], &articles["passed_over"]),
        (&1.into(), &0.into()),
        "{report}"
    );
}

#[test]
fn hostile_63_archives_that_are_damaged_or_made_to_fill_memories_cost_themselves() {
    let place = Place::empty();
    place.write("articles/1.txt", article(1));
    // Sixteen megabytes of nothing, in a ZIP, in a ZIP within a ZIP, and in gzip.
    let nothing = vec![0; 16 << 20];
    let bomb = zipped(&[("bomb.txt", &nothing)]);
    place.write("articles/bomb.zip", &bomb);
    place.write(
        "articles/outer.zip",
        zipped(&[("inner.zip", &bomb), ("2.txt", &article(2))]),
    );
    place.write("articles/bomb.gz", gzipped(&vec![0; 64 << 20]));
    place.write("articles/cut.zip", &zipped(&[("3.txt", &article(3))])[..80]);
    place.write("articles/cut.gz", &gzipped(&article(4))[..40]);
    // A name that leads out, and one that is absolute.
    place.write(
        "articles/names.zip",
        zipped(&[
            ("../../5.txt", &article(5)),
            ("/6.txt", &article(6)),
            ("7.txt", &article(7)),
        ]),
    );
    let report = place.report(&["-t", "json"]);
    assert_eq!(report["articles"]["written"], 3, "{report}");
    let told = codes(&report);
    for path in [
        "bomb.zip!bomb.txt",
        "outer.zip!inner.zip!bomb.txt",
        "bomb.gz",
        "cut.zip",
        "cut.gz",
    ] {
        assert!(
            told.iter()
                .any(|(_, told)| told == &format!("articles/{path}")),
            "{path}: {report}"
        );
    }
}

/// An archive in which a name stands for another too.
fn renamed(archive: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = archive.to_vec();
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn fault_23_members_of_one_name_are_all_read_and_the_same_member_once() {
    let members = [
        ("posts/aa.txt", article(1)),
        ("posts/ab.txt", article(2)),
        ("posts/ac.txt", article(2)),
        ("posts/ad.txt", article(3)),
    ];
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, text)| (*name, &text[..]))
        .collect();
    let mut archive = zipped(&members);
    for other in ["ab", "ac", "ad"] {
        archive = renamed(&archive, other.as_bytes(), b"aa");
    }
    let place = Place::empty();
    place.write("all.zip", &archive);
    let report = place
        .offprint(&["build", "all.zip", "-t", "json", "--report", "r.json"])
        .assert();
    report.success();
    let report = std::fs::read_to_string(place.path().join("r.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["articles"]["read"], 3, "{report}");
    assert_eq!(codes(&report), [], "{report}");
    for (name, number) in [("aa.txt", 1), ("aa (2).txt", 2), ("aa (3).txt", 3)] {
        let shown = place
            .offprint(&["inspect", &format!("all.zip!posts/{name}")])
            .assert()
            .success();
        let shown = String::from_utf8(shown.get_output().stdout.clone()).unwrap();
        assert!(
            shown.contains(&format!("the {number}th of all")),
            "{name}: {shown}"
        );
    }
}

#[test]
fn a_page_that_holds_itself_in_an_archive_is_read_with_its_pictures() {
    let prose =
        "The ship came into the harbour at night, and all the people stood at the quay. ".repeat(6);
    let saved = "<!--\n Page saved with SingleFile \n url: https://a.example/lamp \n saved date: Fri Dec 31 2021 08:00:00 GMT+0100\n-->";
    let page = format!(
        "<!DOCTYPE html><html>{saved}<head><title>The lamp</title></head><body><article><h1>The lamp</h1><p>{prose}</p><p>{prose}</p>\
         <p>{prose}</p><img src='images/1.jpg' alt='A lamp'></article></body></html>"
    );
    let archive = zipped(&[
        ("index.html", page.as_bytes()),
        ("images/1.jpg", &samples::jpeg(40, 30)),
    ]);
    let before = format!(
        "<!doctype html><html>{saved}<head><title>The lamp</title></head><body hidden><!--"
    );
    let whole = [
        before.as_bytes(),
        &archive,
        b"--><script>unpack()</script></body></html>",
    ]
    .concat();
    let place = Place::empty();
    place.write("articles/The lamp.zip.html", &whole);
    let report = place.report(&["-t", "epub,json"]);
    assert_eq!(
        (
            &report["articles"]["written"],
            &report["images"]["embedded"]
        ),
        (&1.into(), &1.into()),
        "{report}"
    );
    let feed = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    assert!(
        feed.contains("https://a.example/lamp") && feed.contains(prose.trim()),
        "{feed}"
    );
    // One of such a name that holds none is a page like others.
    let place = Place::empty();
    place.write("articles/The lamp.zip.html", page);
    let report = place.report(&["-t", "json"]);
    assert_eq!(report["articles"]["written"], 1, "{report}");
}

#[test]
fn a_snapshot_of_archive_box_with_a_folder_for_each_program_is_one_article() {
    let prose =
        "The ship came into the harbour at night, and all the people stood at the quay. ".repeat(6);
    let page = |words: &str| {
        format!(
            "<html><head><title>The lamp</title></head><body><article><h1>The lamp</h1><p>{prose}</p><p>{prose}</p><p>{prose}</p><p>{words}</p></article></body></html>"
        )
    };
    let index = r#"{"timestamp": "1640937600.0", "url": "https://a.example/lamp", "title": "The lamp", "tags": ["a"]}"#;
    let place = Place::empty();
    let folder = "articles/archive/1640937600.0";
    place.write(&format!("{folder}/index.json"), index);
    place.write(
        &format!("{folder}/singlefile/singlefile.html"),
        page("From one file."),
    );
    place.write(&format!("{folder}/dom/output.html"), page("From the tree."));
    place.build(&["-t", "json"]).success();
    let feed = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    assert!(
        feed.contains("From one file.") && !feed.contains("From the tree."),
        "{feed}"
    );
}
