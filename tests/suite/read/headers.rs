//! The header of the seed format.

use super::sniff;
use super::{codes, header_time, read, seed, written_time};
use offprint::Code;
use offprint::reader::{Archive, Confidence, SNIFF_LENGTH};

const SEED: &str =
    "<!--1640915226000-->\n[A title](https://example.org/1)\n------\n\n<p>Text</p>\n";

#[test]
fn a_seed_is_read() {
    let (entry, warnings) = seed(SEED);
    assert_eq!(entry.head.title.as_deref(), Some("A title"));
    assert_eq!(entry.head.address.as_deref(), Some("https://example.org/1"));
    assert_eq!(header_time(&entry).as_deref(), Some("2021-12-31T01:47:06Z"));
    assert_eq!(entry.head.path, "2021/news/article.txt");
    assert_eq!(entry.head.folders, ["2021", "news"]);
    assert_eq!((entry.markup.as_str(), entry.body_line), ("<p>Text</p>", 5));
    assert_eq!(warnings, []);
    assert_eq!(sniff(&Archive, SEED.as_bytes(), "x"), Confidence::Certain);
}

#[test]
fn hostile_01_an_epoch_that_is_no_number() {
    for epoch in ["NaN", "undefined", "null", "", "Invalid Date"] {
        let text = SEED.replace("1640915226000", epoch);
        let (entry, warnings) = seed(&text);
        assert_eq!(entry.head.title.as_deref(), Some("A title"), "{epoch}");
        assert_eq!(entry.head.header_time, None);
        assert_eq!(warnings, [(Code::EpochUnreadable, Some(1))]);
        assert_eq!(sniff(&Archive, text.as_bytes(), "x"), Confidence::Certain);
    }
}

#[test]
fn hostile_02_the_date_stands_on_a_line_of_its_own() {
    let text =
        "[t](https://example.org/)\n------\n日期：Tue, 23 Jun 2020 05:40:58 +0000\n\n<p>Text</p>";
    let (entry, warnings) = seed(text);
    assert_eq!(entry.head.header_time, None);
    assert_eq!(written_time(&entry).as_deref(), Some("2020-06-23 05:40:58"));
    assert_eq!((entry.markup.as_str(), entry.body_line), ("<p>Text</p>", 5));
    assert_eq!(warnings, []);
    assert_eq!(sniff(&Archive, text.as_bytes(), "x"), Confidence::Certain);
}

#[test]
fn hostile_02_a_date_line_that_is_no_date_stays() {
    let (entry, _) = seed("[t](u)\n------\n日期：某日\n<p>Text</p>");
    assert_eq!(entry.head.written_time, None);
    assert_eq!(entry.markup.as_str(), "日期：某日\n<p>Text</p>");
}

#[test]
fn hostile_04_lines_of_hyphens() {
    for separator in ["-----", "------", "------ \t", "--------------------"] {
        let (entry, _) = seed(&SEED.replace("------", separator));
        assert_eq!(entry.markup.as_str(), "<p>Text</p>", "{separator:?}");
    }
    let (entry, _) = seed(&SEED.replace("<p>Text</p>", "a\n------\nb\n------"));
    assert_eq!(entry.markup.as_str(), "a\n------\nb\n------");
}

#[test]
fn hostile_04_without_a_line_of_hyphens_the_file_is_refused() {
    for text in [
        SEED.replace("------\n", ""),
        SEED.replace("------", "----"),
        SEED.replace("------", "- - - - - -"),
        // The first full line belongs to the text.
        SEED.replace("------\n", "") + "------\n<p>More</p>",
    ] {
        let reading = read(&Archive, text.as_bytes());
        assert_eq!(reading.entries, [], "{text}");
        assert_eq!(
            codes(&reading),
            [(Code::SeparatorMissing, Some(3))],
            "{text}"
        );
        let warning = reading.warnings.first().map(ToString::to_string);
        assert!(warning.is_some_and(|text| text.starts_with("2021/news/article.txt:3:")));
        assert_eq!(sniff(&Archive, text.as_bytes(), "x"), Confidence::Maybe);
    }
}

#[test]
fn hostile_05_articles_without_a_text() {
    let header = "<!--1640915226000-->\n[t](https://example.org/1)\n------";
    for body in [
        "",
        "\n",
        "\n\n<div>\n\n</div>\n",
        "\n\nundefined\n",
        "\nnull",
    ] {
        let (entry, warnings) = seed(&format!("{header}{body}"));
        assert_eq!(entry.head.title.as_deref(), Some("t"), "{body:?}");
        assert_eq!(entry.head.address.as_deref(), Some("https://example.org/1"));
        assert_eq!(entry.markup.as_str(), "", "{body:?}");
        assert_eq!(warnings, []);
    }
}

#[test]
fn hostile_05_an_empty_file_is_an_article_by_its_name_only() {
    for bytes in [&b""[..], b"\n \n", b"\xEF\xBB\xBF"] {
        assert_eq!(sniff(&Archive, bytes, "0.md"), Confidence::Maybe);
        assert_eq!(
            sniff(&Archive, bytes, "2021-12-31-title.txt"),
            Confidence::Maybe
        );
        assert_eq!(sniff(&Archive, bytes, "empty.md"), Confidence::No);
        assert_eq!(sniff(&Archive, bytes, "1.jpg"), Confidence::No);
        let reading = read(&Archive, bytes);
        assert_eq!(reading.entries, []);
        assert_eq!(codes(&reading), [(Code::HeaderMissing, Some(1))]);
    }
}

#[test]
fn hostile_12_seconds_for_milliseconds() {
    let (entry, warnings) = seed(&SEED.replace("1640915226000", "1640915226"));
    assert_eq!(header_time(&entry).as_deref(), Some("2021-12-31T01:47:06Z"));
    assert_eq!(warnings, [(Code::EpochInSeconds, Some(1))]);
}

#[test]
fn hostile_13_epochs_at_the_ends_of_time() {
    let read = |epoch: &str| {
        let (entry, warnings) = seed(&SEED.replace("1640915226000", epoch));
        (header_time(&entry), warnings)
    };
    let first = Some("1601-01-01T00:00:00Z".to_owned());
    assert_eq!(read("-11644473600000"), (first, Vec::new()));
    let last = Some("9999-12-31T23:59:59Z".to_owned());
    assert_eq!(read("253402300799999"), (last, Vec::new()));
    for epoch in [
        "253402300800000",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999999999",
        "1e12",
        "+1640915226000",
        "1640915226000.5",
        "--5",
        "0",
    ] {
        let none = vec![(Code::EpochUnreadable, Some(1))];
        assert_eq!(read(epoch), (None, none), "{epoch}");
    }
    let negative = Some("1969-12-31T00:00:00Z".to_owned());
    assert_eq!(read("-86400000"), (negative, Vec::new()));
}

#[test]
fn hostile_17_brackets_and_parentheses() {
    for (line, title, address) in [
        (
            "[[视频]a](b)](https://x/y_(z)?q=)",
            "[视频]a](b)",
            "https://x/y_(z)?q=",
        ),
        ("[a]](u)", "a]", "u"),
        ("[a (b)](u)", "a (b)", "u"),
        ("[ a ]( https://x/y z )", "a", "https://x/y z"),
    ] {
        let (entry, _) = seed(&format!("<!--1640915226000-->\n{line}\n------\nText"));
        assert_eq!(entry.head.title.as_deref(), Some(title));
        assert_eq!(entry.head.address.as_deref(), Some(address));
    }
    let (entry, _) = seed("<!--1640915226000-->\n[]()\n------\nText");
    assert_eq!((entry.head.title, entry.head.address), (None, None));
}

#[test]
fn hostile_18_a_title_over_several_lines() {
    let text = "<!--1640915226000-->\n[One\n\n\ttwo\u{3000}\u{3000}three\n](https://example.org/1)\n\n------\nText";
    let (entry, warnings) = seed(text);
    assert_eq!(entry.head.title.as_deref(), Some("One two three"));
    assert_eq!(entry.head.address.as_deref(), Some("https://example.org/1"));
    assert_eq!(entry.body_line, 8);
    assert_eq!(warnings, []);
}

#[test]
fn entities_are_left_to_cleaning() {
    let (entry, _) =
        seed("<!--1640915226000-->\n[A &quot;b&quot; &amp;lt;](u?a=1&amp;b)\n------\n");
    assert_eq!(
        entry.head.title.as_deref(),
        Some("A &quot;b&quot; &amp;lt;")
    );
    assert_eq!(entry.head.address.as_deref(), Some("u?a=1&amp;b"));
}

#[test]
fn hostile_20_a_title_of_ten_thousand_characters() {
    let title = "长".repeat(10_000);
    let text = SEED.replace("A title", &title);
    let (entry, warnings) = seed(&text);
    assert_eq!(entry.head.title, Some(title));
    assert_eq!(warnings, []);
    let head = text.as_bytes().get(..SNIFF_LENGTH).unwrap_or_default();
    assert_eq!(sniff(&Archive, head, "x"), Confidence::Maybe);
}

#[test]
fn a_text_begins_on_a_line_that_is_there() {
    for (end, line) in [("", 3), ("\n", 4), ("\n\nText", 5)] {
        let text = format!("<!--1640915226000-->\n[Title](https://example.org/1)\n------{end}");
        assert_eq!(seed(&text).0.body_line, line, "{end:?}");
    }
}
