//! Mails of many programs: what they hold, cut and code, and the mailboxes that keep them.

use super::{base64, items, published, shown, warned};
use crate::command::Place;
use crate::images::samples;
use crate::read::{Reading, read_source};
use offprint::Code;
use offprint::reader::{Mail, MemorySource, ReadOptions};

const PROSE: &str =
    "The lamp of the old lighthouse shines again over the harbour, and all the ships came in.";

fn reading(bytes: impl AsRef<[u8]>) -> Reading {
    let source = MemorySource::new("Mail/inbox", bytes.as_ref());
    read_source(&Mail, &source, ReadOptions::default())
}

fn titles(reading: &Reading) -> Vec<&str> {
    let entries = reading.entries.iter();
    entries
        .map(|entry| entry.head.title.as_deref().unwrap_or_default())
        .collect()
}

/// A mail with such a text in such a form.
fn letter(title: &str, kind: &str, text: &str) -> String {
    format!(
        "From: Ada Keeper <ada@l.example>\r\nDate: Fri, 31 Dec 2021 08:00:00 +0100\r\nMessage-ID: <{title}@l.example>\r\n\
         Subject: {title}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{text}\r\n"
    )
}

/// A mail that holds others, behind a text of its own.
fn carrier(own: &str, inner: &[String]) -> String {
    let length: usize = inner.iter().map(String::len).sum();
    let cut = format!("--o{length}");
    let mut parts = format!("{cut}\r\nContent-Type: text/plain\r\n\r\n{own}\r\n");
    for inner in inner {
        parts += &format!("{cut}\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n");
    }
    let kind = format!("multipart/mixed; boundary=o{length}");
    letter("Outer", &kind, &(parts + &cut + "--"))
}

#[test]
fn fault_23_a_mail_within_a_mail_is_an_article_of_its_own() {
    let picture = base64(&samples::jpeg(40, 30));
    let related = format!(
        "--r\r\nContent-Type: text/html\r\n\r\n<p>{PROSE}</p><img src='cid:lamp' alt='A lamp'>\r\n--r\r\nContent-Type: image/jpeg\r\n\
         Content-ID: lamp\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--r--"
    );
    let one = letter("One", "multipart/related; boundary=r", &related);
    let two = letter(
        "Two",
        "text/plain",
        "Second text.\r\n>From here on it goes.",
    );
    let all = [one, two];
    let deeper = carrier("", &[carrier("", &all)]);
    for (mail, expected) in [
        (carrier("See below.", &all), &["Outer", "One", "Two"][..]),
        (carrier(" ", &all), &["One", "Two"]),
        (deeper, &["One", "Two"]),
    ] {
        let mailbox = format!(
            "From a@x.example Fri Dec 31 02:44:25 2021\r\n{}\r\nFrom b@x.example Fri Dec 31 02:44:25 2021\r\n{}",
            mail.replace("\r\nFrom ", "\r\n>From "),
            letter("Last", "text/plain", "Last text.")
        );
        for (bytes, last, marked) in [
            (mail.clone(), None, ">From"),
            (mailbox, Some("Last"), "From"),
        ] {
            let reading = reading(&bytes);
            assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
            let expected: Vec<&str> = expected.iter().copied().chain(last).collect();
            assert_eq!(titles(&reading), expected);
            let found = |title: &str| {
                let mut entries = reading.entries.iter();
                entries
                    .find(|entry| entry.head.title.as_deref() == Some(title))
                    .unwrap()
            };
            assert!(shown(found("One")).starts_with(PROSE));
            assert!(found("One").resources.find("cid:lamp").is_some());
            assert_eq!(
                shown(found("Two")),
                format!("Second text. {marked} here on it goes.")
            );
            let numbers: Vec<_> = reading
                .entries
                .iter()
                .map(|entry| entry.head.item)
                .collect();
            let counted: Vec<_> = (1..=expected.len())
                .map(|n| u32::try_from(n).ok())
                .collect();
            assert_eq!(numbers, counted);
        }
    }
    let place = Place::empty();
    place.write("articles/a.eml", carrier("See below.", &all));
    let report = place.report(&["--from", "mail", "-t", "epub"]);
    assert_eq!(report["articles"]["written"], 3, "{report}");
    assert_eq!(report["images"]["embedded"], 1, "{report}");
}

#[test]
fn a_digest_is_its_mails() {
    let one = letter("One", "text/plain", "First text.");
    let two = letter("Two", "text/plain", "Second text.");
    let parts = format!("--o\r\n\r\n{one}\r\n--o\r\n\r\n{two}\r\n--o--");
    let reading = reading(letter("Digest", "multipart/digest; boundary=o", &parts));
    assert_eq!(titles(&reading), ["One", "Two"]);
    assert_eq!(shown(&reading.entries[1]), "Second text.");
}

#[test]
fn a_mail_within_that_is_coded_is_told() {
    let coded = base64(letter("One", "text/plain", "First text.").as_bytes());
    let parts = format!(
        "--o\r\n\r\nSee below.\r\n--o\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n--o--"
    );
    let reading = reading(letter("Outer", "multipart/mixed; boundary=o", &parts));
    assert_eq!(titles(&reading), ["Outer"]);
    let warned = warned(&reading);
    assert!(
        warned[0].2.contains("a mail within this mail"),
        "{warned:?}"
    );
}

#[test]
fn hostile_62_mails_within_mails_without_end_cost_themselves() {
    let mut mail = letter("Innermost", "text/plain", "Text.");
    for depth in 0..200 {
        let kind = format!("multipart/mixed; boundary=b{depth}");
        let part =
            format!("--b{depth}\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n--b{depth}--");
        mail = letter("Around", &kind, &part);
    }
    let reading = reading(&mail);
    assert_eq!(reading.entries.len(), 0);
    assert_eq!(warned(&reading).len(), 1);
}

#[test]
fn lines_that_a_program_cut_are_joined() {
    let text = "This is a long line that was \r\nwrapped by a program.\r\n\r\nA fixed line.\r\nAnother.\r\n> quoted text that \r\n> goes on.\r\n From here.";
    for (kind, expected) in [
        (
            "text/plain; charset=utf-8; format=flowed",
            "This is a long line that was wrapped by a program.\n\nA fixed line.\nAnother.\n> quoted text that goes on.\nFrom here.\n",
        ),
        (
            "text/plain; charset=utf-8; Format=Flowed; DelSp=yes",
            "This is a long line that waswrapped by a program.\n\nA fixed line.\nAnother.\n> quoted text thatgoes on.\nFrom here.\n",
        ),
    ] {
        let reading = reading(letter("Flowed", kind, text));
        assert_eq!(reading.entries[0].markup.as_str(), expected);
    }
}

#[test]
fn lines_that_speak_of_the_mail_are_no_text_and_tell_its_address() {
    for (web, stop) in [
        ("View this email in your browser", "Unsubscribe"),
        ("Im Browser ansehen", "Vom Newsletter abmelden"),
        ("Voir dans votre navigateur", "Se désinscrire"),
        ("在浏览器中查看", "退订"),
    ] {
        let text = format!(
            "<div style='display:none;max-height:0'>A word before.</div><table><tr><td><a href='https://l.example/1'>{web}</a></td></tr>\
             <tr><td><h1>News</h1><p>{PROSE}</p><p>How to unsubscribe a ship: {PROSE}</p></td></tr><tr><td><p>You get this as you asked for it.\
             <a href='https://l.example/u'>{stop}</a></p><p>Lighthouse Inc, 1 Harbour Street</p></td></tr></table>"
        );
        let reading = reading(letter("News", "text/html; charset=utf-8", &text));
        let entry = &reading.entries[0];
        assert_eq!(entry.head.address.as_deref(), Some("https://l.example/1"));
        assert_eq!(
            shown(entry),
            format!("{PROSE} How to unsubscribe a ship: {PROSE}")
        );
    }
    let whole = format!(
        "<p><a href='https://l.example/u'>Unsubscribe</a> is a word of {PROSE}</p><p>{}</p>",
        PROSE.repeat(9)
    );
    let reading = reading(letter("A", "text/html", &whole));
    assert!(shown(&reading.entries[0]).starts_with("Unsubscribe is a word"));
}

#[test]
fn words_of_headers_that_are_cut_within_a_character_are_whole() {
    let whole = "Die Wärterin läßt 港口";
    for at in 1..whole.len() {
        let (one, other) = whole.as_bytes().split_at(at);
        let subject = format!(
            "=?UTF-8?B?{}?=\r\n =?utf-8?b?{}?=",
            base64(one),
            base64(other)
        );
        let mail = letter("x", "text/plain", "Text.")
            .replace("Subject: x", &format!("Subject: {subject}"));
        assert_eq!(titles(&reading(mail)), [whole], "{subject}");
    }
    let mail = letter("x", "text/plain", "Text.")
        .replace("Ada Keeper", "=?utf-8?q?Keeper=2C_Z=C3?= =?utf-8?q?=AB?=");
    assert_eq!(reading(mail).entries[0].head.authors, ["Keeper, Zë"]);
}

#[test]
fn a_text_in_another_charset_than_it_says_is_read_as_files_are() {
    let latin: Vec<u8> = "<p>Es glänzt, sagt die Wärterin über dem Hafen.</p>"
        .chars()
        .map(|c| u8::try_from(c).unwrap())
        .collect();
    let mut mail = letter("A", "text/html; charset=utf-8", "").into_bytes();
    mail.extend(latin);
    let reading = reading(mail);
    assert_eq!(
        shown(&reading.entries[0]),
        "Es glänzt, sagt die Wärterin über dem Hafen."
    );
    assert_eq!(warned(&reading)[0].0, Code::EncodingGuessed);
}

#[test]
fn a_picture_is_found_by_its_id_its_place_and_the_name_of_its_file() {
    let picture = base64(&samples::jpeg(40, 30));
    let part = |fields: &str| {
        format!(
            "--r\r\nContent-Type: image/jpeg; {fields}\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n"
        )
    };
    let parts = format!(
        "--r\r\nContent-Type: text/html\r\n\r\n<p>{PROSE}</p>\r\n{}{}{}--r--",
        part("x=y\r\nContent-ID: one@x"),
        part("x=y\r\nContent-Location: pics/two.jpg"),
        part("name=three.jpg\r\nContent-Disposition: inline; filename=\"four.jpg\""),
    );
    let reading = reading(letter("A", "multipart/related; boundary=r", &parts));
    let found = |reference: &str| reading.entries[0].resources.find(reference).is_some();
    for reference in [
        "cid:one@x",
        "pics/two.jpg",
        "cid:three.jpg",
        "cid:four.jpg",
        "four.jpg",
    ] {
        assert!(found(reference), "{reference}");
    }
    for reference in ["one@x", "two.jpg", "cid:five.jpg", "../three.jpg"] {
        assert!(!found(reference), "{reference}");
    }
}

#[test]
fn messages_of_a_mailbox_are_parted_as_their_program_parts_them() {
    let from = "From a@x.example Fri Dec 31 02:44:25 2021\n";
    let mail = |title: &str, fields: &str, text: &str| {
        format!("Subject: {title}\nMessage-ID: <{title}@x>\n{fields}\n{text}")
    };
    let text = "First.\n\nFrom here on it is text.\n\nFrom me to you.\n";
    let told = format!("Content-Length: {}\n", text.len());
    let looks = format!("First.\n\n{from}Subject: not a mail\n\nText.\n");
    let told_more = format!("Content-Length: {}\n", looks.len());
    for (first, shows) in [
        (
            mail("One", "", text),
            "First. From here on it is text. From me to you.",
        ),
        (
            mail("One", &told, text),
            "First. From here on it is text. From me to you.",
        ),
        (mail("One", &told_more, &looks), "Subject: not a mail"),
        (
            mail("One", "Content-Length: 7\n", text),
            "First. From here on it is text. From me to you.",
        ),
    ] {
        for gap in ["\n", ""] {
            let mailbox = format!("{from}{first}{gap}{from}{}", mail("Two", "", "Second.\n"));
            let reading = reading(&mailbox);
            assert_eq!(titles(&reading), ["One", "Two"], "{mailbox}");
            assert!(shown(&reading.entries[0]).contains(shows), "{mailbox}");
            assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        }
    }
}

#[test]
fn what_was_deleted_and_is_still_in_the_mailbox_is_counted_and_left_out() {
    let from = "From - Fri Dec 31 02:44:25 2021\n";
    let mail = |title: &str, status: &str| {
        format!("{from}X-Mozilla-Status: {status}\nSubject: {title}\n\nText.\n\n")
    };
    let mailbox = mail("One", "0001") + &mail("Two", "0009") + &mail("Three", "1000");
    let reading = reading(&mailbox);
    assert_eq!(titles(&reading), ["One", "Three"]);
    assert_eq!(warned(&reading)[0].0, Code::ItemsLeftOut);
    let source = MemorySource::new("Mail/inbox", mailbox.as_bytes());
    assert_eq!(items(&Mail, &source).len(), 2);
}

#[test]
fn what_gmail_labels_as_thrown_away_or_never_sent_is_counted_and_left_out() {
    for (labels, is_read) in [
        ("Inbox,Important", true),
        ("Archived,\"Chatty letters\"", true),
        ("Spam", false),
        ("Trash,Unread", false),
        ("Drafts", false),
        ("Chat", false),
        ("=?UTF-8?Q?Papierkorb,Ge=C3=B6ffnet?=", false),
        ("=?UTF-8?Q?Entw=C3=BCrfe?=", false),
    ] {
        let mailbox = format!(
            "From 1@xxx Fri Dec 31 02:44:25 2021\nX-Gmail-Labels: {labels}\nSubject: One\n\nText.\n\n\
             From 2@xxx Fri Dec 31 02:44:26 2021\nX-Gmail-Labels: Inbox\nSubject: Two\n\nText.\n"
        );
        let reading = reading(&mailbox);
        assert_eq!(titles(&reading).len(), 1 + usize::from(is_read), "{labels}");
        assert_eq!(reading.warnings.is_empty(), is_read, "{labels}");
    }
}

#[test]
fn a_mail_without_a_date_has_that_of_its_arrival() {
    let mail = "From: a@x\nSubject: A\nReceived: from a by b (c; d);\n Fri, 31 Dec 2021 09:00:00 +0100\nReceived: from c;\n Thu, 30 Dec 2021 08:00:00 +0100\n\nText.\n";
    assert_eq!(
        published(&reading(mail).entries[0]).as_deref(),
        Some("2021-12-31 09:00:00 +01:00")
    );
}
