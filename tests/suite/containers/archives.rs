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
