//! From bytes to text.

use super::{article, codes, read, read_source, sniff};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, WINDOWS_1252};
use offprint::Code;
use offprint::reader::{Archive, Confidence, FrontMatter, MemorySource, ReadOptions, Reader};

const SEED: &str = "<!--1640915226000-->\n[德国的一篇文章](https://example.org/1)\n------\n\n<div><i>某某<br>2020-07-06 14:42:54</i></div>\n<p>柏林的天气今天很好，人们在公园里散步，孩子们在草地上踢球。</p>\n";

/// Whether the bytes read as [`SEED`] does.
fn reads_alike(bytes: &[u8]) -> bool {
    let (entry, _) = article(&Archive, bytes);
    let sure = sniff(&Archive, bytes, "x") == Confidence::Certain;
    sure && entry == article(&Archive, SEED.as_bytes()).0
}

fn utf16(little: bool) -> Vec<u8> {
    let units = "\u{FEFF}".encode_utf16().chain(SEED.encode_utf16());
    let bytes = |unit: u16| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    units.flat_map(bytes).collect()
}

#[test]
fn hostile_07_byte_order_mark_and_line_ends() {
    assert!(reads_alike(format!("\u{FEFF}{SEED}").as_bytes()));
    assert!(reads_alike(SEED.replace('\n', "\r\n").as_bytes()));
    assert!(reads_alike(SEED.replace('\n', "\r").as_bytes()));
}

#[test]
fn hostile_08_utf_16() {
    assert!(reads_alike(&utf16(true)));
    assert!(reads_alike(&utf16(false)));
    let mut odd = utf16(true);
    odd.push(0x3C);
    let (_, warnings) = article(&Archive, &odd);
    assert_eq!(warnings, [(Code::BytesReplaced, Some(7))]);
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

#[test]
fn hostile_09_chinese_charsets_without_a_label() {
    let simplified = SEED;
    let traditional = SEED.replace("德国的一篇文章", "德國的一篇文章，關於柏林的天氣與公園");
    for (encoding, text) in [
        (GBK, simplified),
        (GB18030, simplified),
        (BIG5, &traditional),
    ] {
        let bytes = encoded(encoding, text);
        let (entry, warnings) = article(&Archive, &bytes);
        assert_eq!(
            entry.head.title,
            article(&Archive, text.as_bytes()).0.head.title
        );
        assert_eq!(
            warnings.first(),
            Some(&(Code::EncodingGuessed, None)),
            "{}",
            encoding.name()
        );
        assert_eq!(sniff(&Archive, &bytes, "x"), Confidence::Certain);
    }
}

#[test]
fn hostile_09_one_letter_is_enough_where_nothing_else_tells() {
    let text = "<!--1640915226000-->\n[Caf\u{E9}](https://example.org/1)\n------\n<p>Text</p>";
    let (entry, _) = article(&Archive, &encoded(WINDOWS_1252, text));
    assert_eq!(entry.head.title.as_deref(), Some("Café"));
}

#[test]
fn hostile_09_the_named_charset_is_for_files_that_are_not_utf_8() {
    let read_as = |bytes: &[u8]| {
        let mut options = ReadOptions::default();
        options.encoding = Some(BIG5);
        let source = MemorySource::new("a.txt", bytes);
        let reading = read_source(&Archive, &source, options);
        let title = reading
            .entries
            .first()
            .and_then(|entry| entry.head.title.clone());
        (title.unwrap_or_default(), reading.warnings.len())
    };
    let text = SEED.replace("德国的一篇文章", "德國的一篇文章");
    assert_eq!(read_as(&encoded(BIG5, &text)).0, "德國的一篇文章");
    assert_eq!(read_as(text.as_bytes()), ("德國的一篇文章".to_owned(), 0));
}

#[test]
fn a_file_that_ends_within_a_character_is_guessed_by_the_rest() {
    // With the bytes at its end the first looks like Cyrillic; those of the second are its tag.
    let guessed = b"<!--1640915226000-->\n[1\xB32](https://example.org/1)\n------\n\xE5\xBE";
    let tagged = b"---\ntitle: a\ntags:\n- \xE7\x81";
    let readers: [(&dyn Reader, &[u8], &str); 2] =
        [(&Archive, guessed, "1³2"), (&FrontMatter, tagged, "a")];
    for (reader, bytes, title) in readers {
        let (entry, _) = article(reader, bytes);
        assert_eq!(entry.head.title.as_deref(), Some(title));
    }
}

#[test]
fn hostile_09_a_guess_takes_more_than_one_bad_sequence_in_a_hundred() {
    let header = "<!--1640915226000-->\n[t](https://example.org/1)\n------\n";
    let damaged = |good: usize| {
        let text = [header.as_bytes(), "好".repeat(good).as_bytes()].concat();
        let bytes = [text.as_slice(), b"\xE5\xBE.", b"\xE5\xBE.", b"\xE5\xBE."].concat();
        let (_, warnings) = article(&Archive, &bytes);
        warnings.first().map(|(code, _)| *code)
    };
    assert_eq!(damaged(297), Some(Code::BytesReplaced));
    assert_eq!(damaged(296), Some(Code::EncodingGuessed));
}

#[test]
fn hostile_10_a_bad_byte_is_replaced_where_it_is() {
    let (before, after) = SEED.split_once("散步").expect("the word");
    let middle = [before.as_bytes(), b"\xE5\xBE", after.as_bytes()].concat();
    let (entry, warnings) = article(&Archive, &middle);
    assert!(entry.markup.as_str().contains("公园里\u{FFFD}，孩子们"));
    assert_eq!(warnings, [(Code::BytesReplaced, Some(6))]);

    let twice = [middle.as_slice(), b"\xE5\xBE."].concat();
    let reading = read(&Archive, &twice);
    let message = reading.warnings.first().map(|warning| &warning.message);
    assert!(message.is_some_and(|message| message.contains("in 2 places")));
    assert_eq!(codes(&reading), [(Code::BytesReplaced, Some(6))]);

    let end = [SEED.as_bytes(), b"\xE5\xBE"].concat();
    let (entry, warnings) = article(&Archive, &end);
    assert!(entry.markup.as_str().ends_with("</p>\n\u{FFFD}"));
    assert_eq!(warnings, [(Code::BytesReplaced, Some(7))]);
}

#[test]
fn hostile_10_lines_are_counted_whatever_ends_them() {
    for end in ["\r\n", "\r"] {
        let bytes = [SEED.replace('\n', end).as_bytes(), b"\xFF"].concat();
        assert_eq!(
            codes(&read(&Archive, &bytes)),
            [(Code::BytesReplaced, Some(7))]
        );
    }
}

#[test]
fn a_long_file_is_read_as_its_beginning_says() {
    for shift in ["", "a", "ab"] {
        let text = format!(
            "{SEED}{shift}{}",
            "柏林的天气今天很好，人们在公园里散步。".repeat(10_000)
        );
        for bytes in [text.clone().into_bytes(), encoded(GBK, &text)] {
            let (entry, _) = article(&Archive, &bytes);
            assert_eq!(entry.head, article(&Archive, SEED.as_bytes()).0.head);
        }
    }
}

#[test]
fn control_characters_behind_ascii_stand_for_those_of_windows_1252() {
    for (written, meant) in [
        (
            "It\u{92}s \u{93}so\u{94} \u{96} and\u{85} \u{80}5",
            "It’s “so” – and… €5",
        ),
        ("à la «carte» für 5 €", "à la «carte» für 5 €"),
        ("\u{81}x", "\u{81}x"),
    ] {
        let seed = SEED.replace("柏林的天气今天很好", written);
        let (entry, _) = article(&Archive, seed.as_bytes());
        assert!(entry.markup.as_str().contains(meant), "{:?}", entry.markup);
    }
}
