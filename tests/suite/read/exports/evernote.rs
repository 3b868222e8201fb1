//! Notes of Evernote.

use super::{base64, items, published, shown, warned};
use crate::command::Place;
use crate::images::samples;
use crate::read::{Reading, read_source, sniff};
use md5::{Digest as _, Md5};
use offprint::Code;
use offprint::model::Entry;
use offprint::reader::{Confidence, Evernote, MemorySource, ReadOptions};
use std::fmt::Write as _;

/// An export with these notes.
fn export(notes: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE en-export SYSTEM \"http://xml.evernote.com/pub/evernote-export4.dtd\">\n\
         <en-export export-date=\"20220101T000000Z\" application=\"Evernote\" version=\"10.1\">\n{notes}</en-export>\n"
    )
}

/// A web clip with such a text, and what stands behind it.
fn clip(text: &str, more: &str) -> String {
    format!(
        "<note><title>The lamp &amp; the fog</title><content><![CDATA[<?xml version=\"1.0\"?>\n\
         <!DOCTYPE en-note SYSTEM \"http://xml.evernote.com/pub/enml2.dtd\"><en-note>{text}</en-note>]]></content>\
         <created>20211231T014425Z</created><updated>20220102T000000Z</updated><tag>lights</tag><tag>a &amp; b</tag>\
         <note-attributes><author>Ada Keeper</author><source>web.clip7</source>\
         <source-url>https://a.example/lamp?a=1&amp;b=2</source-url></note-attributes>{more}</note>\n"
    )
}

const PRIVATE: &str = "<note><title>Shopping</title><content><![CDATA[<en-note><div>Oil</div></en-note>]]></content>\
                       <created>20211231T014425Z</created><note-attributes><source>desktop.mac</source></note-attributes></note>\n";

fn reading(text: &str, is_named: bool) -> Reading {
    let source = MemorySource::new("Evernote/clips.enex", text.as_bytes());
    let mut options = ReadOptions::default();
    options.is_named = is_named;
    read_source(&Evernote, &source, options)
}

fn one(text: &str) -> Entry {
    reading(text, false).entries.pop().expect("a note")
}

/// A picture, and the note's part that holds it.
fn resource(bytes: &[u8]) -> (String, String) {
    let digest = Md5::digest(bytes);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut lines = String::new();
    for line in base64(bytes).as_bytes().chunks(76) {
        let _ = writeln!(lines, "{}", String::from_utf8_lossy(line));
    }
    let resource = format!(
        "<resource><data encoding=\"base64\">\n{lines}</data><mime>image/jpeg</mime><width>40</width>\
         <recognition><![CDATA[<recoIndex objID=\"x\"></note></recoIndex>]]></recognition>\
         <resource-attributes><file-name>lamp.jpg</file-name></resource-attributes></resource>"
    );
    (digest, resource)
}

#[test]
fn a_clip_says_where_and_when_it_was_made() {
    let text = export(&clip(
        "<div>It shines<br/>again.</div><div/><a name=\"x\"/><div>So it does.</div>",
        "",
    ));
    assert_eq!(
        sniff(&Evernote, text.as_bytes(), "clips.enex"),
        Confidence::Certain
    );
    let entry = one(&text);
    let head = &entry.head;
    assert_eq!(head.title.as_deref(), Some("The lamp &amp; the fog"));
    assert_eq!(
        head.address.as_deref(),
        Some("https://a.example/lamp?a=1&b=2")
    );
    assert_eq!(
        published(&entry).as_deref(),
        Some("2021-12-31 01:44:25 +00:00")
    );
    assert_eq!(head.tags, ["lights", "a &amp; b"]);
    assert_eq!(head.authors, ["Ada Keeper"]);
    assert_eq!(shown(&entry), "It shines again. So it does.");
}

#[test]
fn private_notes_are_read_only_where_evernote_is_named() {
    let text = export(&format!(
        "{}{PRIVATE}{}",
        clip("<div>One.</div>", ""),
        PRIVATE
    ));
    let found = reading(&text, false);
    assert_eq!(found.entries.len(), 1);
    let message = "2 notes are left out: they are no web clips".to_owned();
    assert_eq!(warned(&found), [(Code::ItemsLeftOut, None, message)]);
    let found = reading(&text, true);
    assert_eq!((found.entries.len(), found.warnings.len()), (3, 0));
    assert_eq!(shown(&found.entries[1]), "Oil");
}

#[test]
fn pictures_are_found_by_the_md5_of_their_bytes() {
    let (first, second) = (samples::jpeg(40, 30), samples::jpeg(41, 30));
    let (digest, one_resource) = resource(&first);
    let (_, other_resource) = resource(&second);
    let text = format!(
        "<div>Look:</div><en-media hash=\"{}\" type=\"image/jpeg\"/>",
        digest.to_uppercase()
    );
    let entry = one(&export(&clip(
        &text,
        &format!("{other_resource}{one_resource}"),
    )));
    let found = entry
        .resources
        .find(&format!("cid:{digest}"))
        .expect("the picture");
    assert_eq!(found.bytes.read(1_000_000).unwrap(), first);
    assert!(found.bytes.read(10).is_err(), "a bound holds");
    assert!(entry.resources.find("cid:0123").is_none());
    let place = Place::empty();
    place.write("articles/clips.enex", export(&clip(&text, &one_resource)));
    let report = place.report(&["-t", "epub"]);
    assert_eq!(report["images"]["embedded"], 1, "{report}");
}

#[test]
fn hostile_62_a_broken_note_costs_itself_alone() {
    let whole = export(&format!(
        "{}{}",
        clip("<div>One.</div>", ""),
        clip("<div>Two.</div>", "")
    ));
    let cut = &whole[..whole.rfind("<created>").unwrap()];
    let found = reading(cut, false);
    assert_eq!(found.entries.len(), 1);
    let warning = &found.warnings[0];
    assert_eq!(
        (warning.code, warning.item, warning.line),
        (Code::ExportBroken, Some(2), Some(6))
    );
    // A media of no Base64, an end tag without a beginning, a section within a section.
    let odd = clip(
        "a ]] <b>]]]]><![CDATA[></b>",
        "<resource><data>!?</data></resource></x>",
    );
    let found = reading(
        &export(&format!("{odd}{}", clip("<div>Two.</div>", ""))),
        false,
    );
    let texts: Vec<String> = found.entries.iter().map(shown).collect();
    assert_eq!(texts, ["a ]] ]]>", "Two."]);
}

#[test]
fn a_note_stays_what_it_was_where_others_come_before_it() {
    let one = clip("<div>One.</div>", "");
    let before = export(&one);
    let after = export(&format!("{}{one}", clip("<div>New.</div>", "")));
    let of = |text: &str| items(&Evernote, &MemorySource::new("a.enex", text.as_bytes()));
    assert_eq!(of(&before)[0].content, of(&after)[1].content);
}

#[test]
fn hostile_62_notes_with_many_pictures_are_not_held() {
    // Two notes with 40 MB of Base64 each: more than one article may have together.
    let media = format!(
        "<resource><data encoding=\"base64\">{}</data></resource>",
        "AAAA".repeat(10_000_000)
    );
    let text = export(&format!(
        "{}{}",
        clip("<div>One.</div>", &media),
        clip("<div>Two.</div>", &media)
    ));
    let source = MemorySource::new("a.enex", text.as_bytes());
    assert_eq!(items(&Evernote, &source).len(), 2);
}

#[test]
fn parts_that_are_encrypted_are_told_and_code_keeps_its_lines() {
    let part = "<en-crypt hint=\"h\" cipher=\"AES\" length=\"128\">RU5DMI</en-crypt>";
    for count in [1, 3] {
        let text = format!("<div>Before {} after</div>", part.repeat(count));
        let reading = reading(&export(&clip(&text, "")), false);
        assert!(!reading.entries[0].markup.as_str().contains("RU5DMI"));
        let [warning] = &reading.warnings[..] else {
            panic!("{:?}", reading.warnings)
        };
        assert_eq!((warning.code, warning.item), (Code::ItemsLeftOut, Some(1)));
        assert_eq!(
            warning.message.contains(&format!("{count} parts")),
            count > 1
        );
    }
    let code =
        "<div style=\"--en-codeblock:true;\"><div>let a = 1;</div><div>let b = 2;</div></div>";
    let entry = one(&export(&clip(code, "")));
    assert!(
        entry
            .markup
            .as_str()
            .contains("<pre><code>let a = 1;\nlet b = 2;\n</code></pre>")
    );
}
