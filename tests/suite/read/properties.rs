//! What holds of any file.

use super::{read, sniff};
use offprint::model::{Timestamp, WrittenTime, Zone};
use offprint::reader::{Archive, Confidence, FrontMatter, Reader};
use proptest::prelude::*;

/// Pieces that headers, front matter and bylines are made of, in any order.
fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<!--",
            "-->",
            "[",
            "](",
            ")",
            "------",
            "---",
            "\n",
            "\r\n",
            "\r",
            "<div>",
            "</div>",
            "<i>",
            "</i>",
            "<br>",
            "<br",
            "日期：",
            "2020-07-06",
            "1640915226000",
            "NaN",
            "title: ",
            "from: https://x/",
            "tags: [",
            "]",
            "\"",
            "'",
            "\\u",
            "\\",
            ",",
            " and ",
            "\u{FEFF}",
            "|",
            ">-",
            "- ",
            "{",
            "}",
            "&a ",
            "*a",
            "!!str ",
            "? ",
            "author:\n  ",
            "https://example.org/",
            "&#38;",
            "/",
            "年",
            "T",
            ":",
            "+08:00",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
        any::<char>().prop_map(|c| c.to_string().into_bytes()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A title as a header holds it: one line, white space collapsed.
fn title() -> impl Strategy<Value = String> {
    "[\\[\\]()（）\\-\"'&;a-z0-9一-丿🦀]{1,12}( [\\[\\]()\\-a-z一-丿]{1,8}){0,3}"
}

fn address() -> impl Strategy<Value = String> {
    "https?://[a-z]{1,8}\\.org/[a-z0-9()%?=&#_~一-丿]{0,20}"
}

/// Pieces of times, in any order.
fn time_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[-/:. ,+T年月日时分秒]",
        "(Mon|Jul|GMT|UTC|CST|Z|PM|AM|下午|星期四|am)",
        "\\PC",
    ];
    let broken = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
    let numbers = "[0-9]{4}-[01]?[0-9]-[0-3]?[0-9][T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([.][0-9]{1,30})?([+-][0-9]{1,4}|Z)?";
    prop_oneof![broken, numbers]
}

/// A text, in one of the ways in which YAML writes texts, without what parts names and tags.
fn yaml_text() -> impl Strategy<Value = (String, String)> {
    let text = "[a-z一-丿🦀\"'#:&*!|>%@`\\[\\]{}?-]{1,8}( [a-z一-丿\"'#:&\\\\]{1,6}){0,3}";
    (text, 0..4_u8).prop_map(|(text, way)| {
        let written = match way {
            0 => format!("'{}'", text.replace('\'', "''")),
            1 => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            2 => {
                let units = text.chars().map(|c| format!("\\U{:08x}", u32::from(c)));
                format!("!!str \"{}\"", units.collect::<String>())
            }
            _ => format!(">- # remark\n    {text}"),
        };
        (text, written)
    })
}

proptest! {
    #[test]
    fn written_yaml_reads_back(
        (title, written_title) in yaml_text(),
        authors in prop::collection::vec(yaml_text(), 1..4),
        tags in prop::collection::btree_map("[a-z\"一-丿]{1,6}", any::<bool>(), 1..4),
        mapped in any::<bool>(),
        quoted in any::<bool>(),
    ) {
        let mut text = format!("---\n\"title\": {written_title}\nfrom: https://example.org/\nauthor:\n");
        for (_, written) in &authors {
            let key = if mapped { "email: a@example.org\n  name: " } else { "" };
            text += &format!("- {key}{written}\n");
        }
        let items: Vec<String> = tags
            .keys()
            .map(|tag| if quoted { format!("'{tag}'") } else { format!("\"{}\"", tag.replace('"', "\\\"")) })
            .collect();
        text += &format!("tags: [ {} ]\n---\n<p>Text</p>", items.join(", "));
        let reading = read(&FrontMatter, text.as_bytes());
        prop_assert_eq!(&reading.warnings, &[], "{}", text);
        let head = &reading.entries.first().expect("an entry").head;
        prop_assert_eq!(head.title.as_deref(), Some(title.as_str()), "{}", text);
        let mut expected: Vec<String> = Vec::new();
        for (author, _) in authors {
            if !expected.contains(&author) {
                expected.push(author);
            }
        }
        prop_assert_eq!(&head.authors, &expected, "{}", text);
        let tags: Vec<String> = tags.into_keys().collect();
        prop_assert_eq!(&head.tags, &tags, "{}", text);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in fragments()) {
        let readers: [&dyn Reader; 2] = [&Archive, &FrontMatter];
        for reader in readers {
            let reading = read(reader, &bytes);
            let confidence = sniff(reader, &bytes, "a.txt");
            prop_assert!(!reading.entries.is_empty() || !reading.warnings.is_empty());
            prop_assert!(confidence != Confidence::Certain || !reading.entries.is_empty());
            let lines = 1 + bytes.iter().filter(|byte| b"\r\n".contains(byte)).count();
            for entry in &reading.entries {
                prop_assert!(usize::try_from(entry.body_line).is_ok_and(|line| line <= lines));
            }
        }
    }

    #[test]
    fn a_written_header_reads_back(
        title in title(),
        address in address(),
        epoch in prop_oneof![-62_135_596_800_000..0_i64, 100_000_000_000..=253_402_300_799_999_i64],
        body in "(<p>[a-z一-丿]{1,9}</p>\n?(------\n)?){1,3}",
        windows in any::<bool>(),
        marked in any::<bool>(),
    ) {
        let mut text = format!("<!--{epoch}-->\n[{title}]({address})\n------\n\n{body}");
        if windows {
            text = text.replace('\n', "\r\n");
        }
        if marked {
            text.insert(0, '\u{FEFF}');
        }
        prop_assert_eq!(sniff(&Archive, text.as_bytes(), "a.txt"), Confidence::Certain);
        let reading = read(&Archive, text.as_bytes());
        prop_assert_eq!(&reading.warnings, &[]);
        let entry = reading.entries.first().expect("an entry");
        prop_assert_eq!(entry.head.title.as_deref(), Some(title.as_str()));
        prop_assert_eq!(entry.head.address.as_deref(), Some(address.as_str()));
        prop_assert_eq!(entry.head.header_time, Timestamp::from_millis(epoch));
        prop_assert_eq!(entry.markup.as_str(), body.trim_end());
        prop_assert_eq!(entry.body_line, 5);
    }

    #[test]
    fn no_text_makes_the_date_parser_panic(text in time_like(), zone in 0..chrono_tz::TZ_VARIANTS.len()) {
        let zone: Zone = *chrono_tz::TZ_VARIANTS.get(zone).expect("a zone");
        if let Some(time) = WrittenTime::parse(&text) {
            time.in_zone(zone);
        }
    }

    #[test]
    fn a_written_time_reads_back_in_every_zone(
        millis in -62_000_000_000_000..253_000_000_000_000_i64,
        zone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let time = Timestamp::from_millis(millis - millis.rem_euclid(1000)).expect("in bounds");
        let zone: Zone = *chrono_tz::TZ_VARIANTS.get(zone).expect("a zone");
        for text in [time.rfc3339(), time.rfc2822()] {
            let read = WrittenTime::parse(&text).and_then(|written| written.in_zone(zone));
            prop_assert_eq!(read, Some(time));
        }
        let local = time.datetime().naive_utc().format("%Y-%m-%d %H:%M:%S").to_string();
        let instant = WrittenTime::parse(&local).and_then(|written| written.in_zone(zone));
        let shift = instant.map(|instant| instant.millis().abs_diff(time.millis()));
        prop_assert!(shift.is_none_or(|shift| shift <= 26 * 3_600_000));
    }
}
