//! Servers whose certificates an authority of one's own signed.

use super::server::{Reply, Server};
use super::{Archive, NOON, day, item, rss, text};
use crate::command::{Place, stderr};
use std::fs;
use std::path::{Path, PathBuf};

fn authority() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/pull/tls/authority.pem")
}

fn server() -> Server {
    let body = format!("<p><img src=\"i.png\"></p>{}", text(1));
    let feed = rss("Tales", "", &item(1, "https://127.0.0.1/1", &day(1), &body));
    Server::secure(move |asked| match asked.path.as_str() {
        "/feed" => Reply::feed(feed.clone()).gzipped().tagged(asked),
        _ => Reply::new(404, ""),
    })
}

#[test]
fn an_authority_of_ones_own_is_believed_where_it_is_named_and_not_before() {
    let server = server();
    let url = server.address("/feed");
    let feed = format!("[[pull.feed]]\nurl = {url:?}\n");
    let report = Archive::new(&feed).pull(NOON);
    assert_eq!(
        report.sources[0].reason.as_deref(),
        Some("the connection is not secure")
    );
    assert_eq!(server.paths(), [""; 0]);
    for section in ["pull", "images"] {
        let archive = Archive::new(&format!(
            "[{section}]\ncertificates = {:?}\n{feed}",
            authority()
        ));
        assert_eq!(archive.pull(NOON).articles.saved, 1, "{section}");
        assert_eq!(archive.pull(NOON).feeds.unchanged, 1, "{section}");
        assert_eq!(server.paths().len(), 2);
    }
    // Another authority, for all its being one, did not sign it.
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/images/certificate.pem");
    let archive = Archive::new(&format!("[pull]\ncertificates = {other:?}\n{feed}"));
    assert_eq!(archive.pull(NOON).feeds.failed, 1);
}

#[test]
fn several_certificates_and_what_stands_between_them_are_one_file() {
    let server = server();
    let place = Place::empty();
    let own = fs::read_to_string(authority()).unwrap();
    let folder = authority();
    let key = fs::read_to_string(folder.with_file_name("server.key")).unwrap();
    let other = include_str!("../images/certificate.pem");
    place.write("all.pem", format!("Ours:\n{other}\n{key}\n# and\n{own}"));
    let url = server.address("/feed");
    place.write(
        "offprint.toml",
        format!("[pull]\ncertificates = \"all.pem\"\n[[pull.feed]]\nurl = {url:?}\n"),
    );
    let pulled = place
        .offprint(&["pull", "--allow-private-network"])
        .assert()
        .success();
    assert!(stderr(&pulled).contains("1 saved"), "{}", stderr(&pulled));
}

#[test]
fn the_pictures_of_such_a_server_are_had_too() {
    let png = crate::images::samples::png(40, 30);
    let server =
        Server::secure(move |_| Reply::new(200, png.clone()).with("Content-Type", "image/png"));
    for (certificates, count) in [("", 0), ("certificates = \"authority.pem\"\n", 1)] {
        let place = Place::empty();
        fs::copy(authority(), place.path().join("authority.pem")).unwrap();
        place.write("offprint.toml", format!("[images]\n{certificates}"));
        let seed = format!(
            "<!--1640915226000-->\n[T](https://a.example/1)\n------\n\n<div></div><p>x<img src=\"{}\"></p>",
            server.address("/i.png")
        );
        fs::create_dir(place.path().join("articles")).unwrap();
        place.write("articles/a.txt", seed);
        place
            .offprint(&[
                "build",
                "articles",
                "--to",
                "epub",
                "--allow-private-network",
            ])
            .env("OFFPRINT_OFFLINE", "false")
            .assert()
            .success();
        assert_eq!(server.asked().len(), count, "{certificates}");
    }
}

#[test]
fn a_file_of_certificates_that_can_not_be_used_is_told_with_a_hint() {
    let mut damaged = fs::read_to_string(authority()).unwrap();
    damaged = damaged.replacen("MII", "AAA", 1);
    let cases = [
        (None, "can't be read: "),
        (Some(String::new()), "holds no certificate in PEM"),
        (
            Some("no certificate\n".to_owned()),
            "holds no certificate in PEM",
        ),
        (Some(damaged), "its certificate 1 is damaged"),
        (Some("x".repeat(2_000_000)), "is longer than 1 MB"),
    ];
    for (text, words) in cases {
        let place = Place::empty();
        place.write(
            "offprint.toml",
            "[images]\ncertificates = \"ca.pem\"\n[[pull.feed]]\nurl = \"https://127.0.0.1:1/\"\n",
        );
        if let Some(text) = &text {
            place.write("ca.pem", text);
        }
        fs::create_dir(place.path().join("articles")).unwrap();
        place.write(
            "articles/a.txt",
            "<!--1640915226000-->\n[T](https://a.example/1)\n------\n\n<p>x</p>",
        );
        for command in ["pull", "build"] {
            let mut command = place.offprint(&[command]);
            let failed = command.env("OFFPRINT_OFFLINE", "false").assert().code(2);
            let told = stderr(&failed);
            assert!(told.contains("ca.pem") && told.contains(words), "{told}");
            assert!(told.contains("hint: name a file"), "{told}");
        }
    }
}
