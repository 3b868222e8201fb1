//! Mails.

use super::{base64, items, published, shown, warned};
use crate::command::Place;
use crate::images::samples;
use crate::read::{Reading, read_source, sniff};
use offprint::Code;
use offprint::reader::{Confidence, Mail, MemorySource, ReadOptions};

const LETTER: &str = "From: =?UTF-8?Q?Ada_Keeper?= <ada@lighthouse.example>\r\nTo: you@example.org\r\n\
    Subject: =?UTF-8?B?VGhlIGxhbXAgJiB0aGUgZm9n?=\r\nDate: Fri, 31 Dec 2021 02:44:25 +0100 (CET)\r\n\
    Message-ID: <1@lighthouse.example>\r\nList-Id: \"The Lighthouse\" <news.lighthouse.example>\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=outer\r\n\r\n\
    --outer\r\nContent-Type: multipart/alternative; boundary=\"in ner\"\r\n\r\n\
    --in ner\r\nContent-Type: text/plain\r\n\r\nIt shines.\r\n\
    --in ner\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <p><a href=3D\"https://lighthouse.example/1?a=3D1&amp;b=3D2\">View\r\n in your browser</a></p><p>It sh=ECnes. <img src=3D\"cid:lamp@x\"></p>\r\n\
    --in ner--\r\n--outer\r\nContent-Type: image/jpeg\r\nContent-ID: <lamp@x>\r\nContent-Transfer-Encoding: base64\r\n\r\nPICTURE\r\n--outer--\r\n";

fn letter() -> String {
    LETTER.replace("PICTURE", &base64(&samples::jpeg(40, 30)))
}

fn reading(text: &[u8]) -> Reading {
    let source = MemorySource::new("Mail/inbox", text);
    read_source(&Mail, &source, ReadOptions::default())
}

#[test]
fn a_letter_is_an_article_of_its_list() {
    let reading = reading(letter().as_bytes());
    let [entry] = &reading.entries[..] else {
        panic!("{} mails: {:?}", reading.entries.len(), reading.warnings);
    };
    let head = &entry.head;
    assert_eq!(head.title.as_deref(), Some("The lamp &amp; the fog"));
    assert_eq!(head.source.as_deref(), Some("The Lighthouse"));
    assert_eq!(head.authors, ["Ada Keeper"]);
    assert_eq!(head.id.as_deref(), Some("mid:1@lighthouse.example"));
    assert_eq!(
        head.address.as_deref(),
        Some("https://lighthouse.example/1?a=1&b=2")
    );
    assert_eq!(
        published(entry).as_deref(),
        Some("2021-12-31 02:44:25 +01:00")
    );
    assert!(shown(entry).contains("It shìnes."), "{}", shown(entry));
    for reference in [
        "cid:lamp@x",
        "CID:lamp@x",
        " cid:lamp%40x",
        "Cid:%6Camp%40x",
    ] {
        let picture = entry.resources.find(reference).expect(reference);
        assert_eq!(
            picture.bytes.read(1_000_000).unwrap(),
            samples::jpeg(40, 30)
        );
    }
    assert!(entry.resources.find("lamp@x").is_none());
    assert!(entry.resources.find("cid:other").is_none());
}

#[test]
fn mail_is_read_only_where_it_is_named() {
    assert_eq!(
        sniff(&Mail, letter().as_bytes(), "letter.eml"),
        Confidence::No
    );
    let place = Place::empty();
    place.write("articles/letter.eml", letter());
    place.build(&[]).code(2);
    let report = place.report(&["--from", "mail", "-t", "epub"]);
    assert_eq!(
        (
            &report["articles"]["written"],
            &report["images"]["embedded"]
        ),
        (&1.into(), &1.into())
    );
}

#[test]
fn messages_of_a_mailbox_are_parted_behind_empty_lines() {
    let one = "Subject: One\nDate: Fri, 31 Dec 2021 02:44:25 +0000\n\nFirst.\nFrom here on.\n\n>From there.\n>>From afar.\n";
    let two = "Subject: Two\r\nDate: Sat, 1 Jan 2022 02:44:25 +0000\r\n\r\nSecond.\r\n";
    let text = format!(
        "From a@x.example Fri Dec 31 02:44:25 2021\n{one}\nFrom b@x.example Sat Jan  1 02:44:25 2022\r\n{two}\r\nFrom c Sun Jan  2 02:44:25 2022\nnothing\n"
    );
    let reading = reading(text.as_bytes());
    let texts: Vec<String> = reading.entries.iter().map(shown).collect();
    assert_eq!(
        texts,
        ["First. From here on. From there. >From afar.", "Second."]
    );
    let warned = warned(&reading);
    assert_eq!(warned.len(), 1);
    assert_eq!((warned[0].0, warned[0].1), (Code::ExportBroken, Some(3)));
    // One that comes first leaves the others as they were.
    let more = format!("From z\nSubject: New\n\nNew.\n\n{text}");
    let (before, after) = (
        items(&Mail, &MemorySource::new("a", text.as_bytes())),
        items(&Mail, &MemorySource::new("a", more.as_bytes())),
    );
    assert_eq!(before[0].content, after[1].content);
}

#[test]
fn texts_that_declare_no_charset_are_read_as_files_are() {
    let text =
        "Subject: Plain\nDate: Fri, 31 Dec 2021 02:44:25 +0000\n\nEs glänzt, sagt die Wärterin.\n";
    assert_eq!(
        shown(&reading(text.as_bytes()).entries[0]),
        "Es glänzt, sagt die Wärterin."
    );
}

#[test]
fn hostile_62_mails_within_mails_cost_themselves() {
    let mut text = String::from("Subject: Deep\n");
    for depth in 0..5000 {
        text += &format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
    }
    let reading = reading(text.as_bytes());
    assert_eq!(reading.entries.len() + reading.warnings.len(), 1);
}

#[test]
fn a_mail_of_which_little_is_left_is_read() {
    for before in ["", "\r\n", " \n"] {
        for header in [
            "Content-Type: multipart/mixed; boundary=b",
            "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b",
        ] {
            let text = format!(
                "{before}{header}\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>It shines.</p>\r\n--b--\r\n"
            );
            let reading = reading(text.as_bytes());
            assert_eq!(reading.entries.len(), 1, "{text:?}: {:?}", reading.warnings);
            assert_eq!(shown(&reading.entries[0]), "It shines.");
        }
    }
    assert!(reading(b"It shines.\n").entries.is_empty());
    assert!(
        reading(b"To whom it may concern: it shines.\n\nAll night.\n")
            .entries
            .is_empty()
    );
}
