//! Articles and pages behind front matter.

use super::sniff;
use super::{authors, codes, header_time, post, read, written_time};
use offprint::Code;
use offprint::model::Markup;
use offprint::reader::{Archive, Confidence, FrontMatter};

const POST: &str = "---\nlayout: post\ntitle: \"a \\\"b\\\"\"\ndate: 2020-05-13T03:55:28.000Z\nauthor: Some Body\nfrom: https://example.org/from\ntags: [ One, 二 ]\ncomments: True\ncategories: [ One, \"Three, four\" ]\n---\n";
const HEADER: &str = "<!--1589342128000-->\n[The title](https://example.org/1)\n------\n\n";

fn confidences(text: &str) -> (Confidence, Confidence) {
    let bytes = text.as_bytes();
    (
        sniff(&FrontMatter, bytes, "a.md"),
        sniff(&Archive, bytes, "a.md"),
    )
}

#[test]
fn hostile_03_the_header_wins_over_front_matter() {
    let text = format!("{POST}{HEADER}<div>\nText\n</div>");
    let (entry, warnings) = post(&text);
    assert_eq!(entry.head.title.as_deref(), Some("The title"));
    assert_eq!(entry.head.address.as_deref(), Some("https://example.org/1"));
    assert_eq!(header_time(&entry).as_deref(), Some("2020-05-13T03:55:28Z"));
    assert_eq!(entry.head.authors, ["Some Body"]);
    assert_eq!(entry.head.tags, ["One", "二", "Three, four"]);
    assert_eq!(entry.head.folders, ["2021", "news"]);
    assert_eq!(
        entry.markup,
        Markup::Article("<div>\nText\n</div>".to_owned())
    );
    assert_eq!(entry.body_line, 15);
    assert_eq!(warnings, []);
    assert_eq!(confidences(&text), (Confidence::Certain, Confidence::No));
}

#[test]
fn hostile_03_front_matter_alone_makes_a_page() {
    let text = format!("{POST}\n<article class=\"post\">\n<p>Text</p></article>\n");
    let (entry, warnings) = post(&text);
    assert_eq!(entry.head.title.as_deref(), Some("a \"b\""));
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://example.org/from")
    );
    assert_eq!(entry.head.header_time, None);
    assert_eq!(written_time(&entry).as_deref(), Some("2020-05-13 03:55:28"));
    let page = "<article class=\"post\">\n<p>Text</p></article>".to_owned();
    assert_eq!(entry.markup, Markup::Page(page));
    assert_eq!(entry.body_line, 12);
    assert_eq!(warnings, []);
    assert_eq!(confidences(&text), (Confidence::Certain, Confidence::No));
}

#[test]
fn hostile_01_the_date_of_front_matter_stands_in_for_the_epoch() {
    let text = format!("{POST}{HEADER}<p>Text</p>").replace("1589342128000", "NaN");
    let (entry, warnings) = post(&text);
    assert_eq!(entry.head.header_time, None);
    assert_eq!(written_time(&entry).as_deref(), Some("2020-05-13 03:55:28"));
    assert_eq!(warnings, [(Code::EpochUnreadable, Some(11))]);
}

#[test]
fn the_dates_of_front_matter() {
    for (date, expected) in [
        ("2014-04-02T13:05:38+02:00", "2014-04-02 13:05:38"),
        ("2020-05-13 03:55:28 +0800", "2020-05-13 03:55:28"),
        ("2020-08-22", "2020-08-22 00:00:00"),
        ("\"2020/07/16\"", "2020-07-16 00:00:00"),
    ] {
        let text = POST.replace("2020-05-13T03:55:28.000Z", date) + "<p>Text</p>";
        assert_eq!(written_time(&post(&text).0).as_deref(), Some(expected));
    }
}

#[test]
fn several_authors() {
    for (written, expected) in [
        ("A One, B Two &#38; more", vec!["A One", "B Two"]),
        ("A One &#38; B Two", vec!["A One", "B Two"]),
        ("频道 Fish and Chips", vec!["频道 Fish and Chips"]),
        ("[ A One, B Two ]", vec!["A One", "B Two"]),
        ("", vec![]),
    ] {
        let text = POST.replace("Some Body", written) + "<p>Text</p>";
        assert_eq!(authors(&post(&text).0), expected, "{written}");
    }
}

#[test]
fn fault_14_authors_are_texts_lists_and_mappings() {
    for fields in [
        "author: A One, B Two",
        "\"author\": A One, B Two",
        "authors: [A One, B Two]",
        "author: A One\nauthors: [B Two]",
        "authors:\n  - A One\n  - B Two",
        "author:\n  - name: A One\n    email: a@example.org\n  - name: B Two",
        "author: [ { name: A One }, { 'Name': \"B Two\" } ]",
        "author:\n  name: A One, B Two\n  link: https://example.org/",
        "author: |\n  A One\n  B Two",
        "author: &one\n  - A One\nauthors: [ *one, B Two ]\nauthor: A One",
        // No YAML, for the second colon.
        "author:\n  name: A One, B Two\n  about: Writer: of stories",
    ] {
        let text = POST.replace("author: Some Body", fields) + "<p>Text</p>";
        let (entry, warnings) = post(&text);
        let names = authors(&entry);
        assert_eq!(names, ["A One", "B Two"], "{fields}: {:?}", entry.head);
        assert_eq!(warnings, [], "{fields}");
    }
}

#[test]
fn fault_14_valid_yaml_is_read_as_it_is_meant() {
    for (field, expected) in [
        ("title: >- # remark\n  Two\n  words", "Two words"),
        ("title: |2\n    Two\n   words", "Two words"),
        ("title: !!str Two words", "Two words"),
        ("\"title\": Two words", "Two words"),
        ("'title' : 'Two words'", "Two words"),
        ("title:\tTwo words", "Two words"),
        ("title: \"Two \\\n  words\"", "Two words"),
        ("title: \"\\x54wo\\_words\"", "Two words"),
        ("title: !!str null", "null"),
        ("? title\n: Two words", "Two words"),
        ("title: One\nlayout: post\ntitle: Two words", "Two words"),
    ] {
        for odd in ["", "about: a colon: here\n"] {
            let text = format!("---\n{odd}{field}\nfrom: https://example.org/\n---\n<p>Text</p>");
            let (entry, warnings) = post(&text);
            assert_eq!(entry.head.title.as_deref(), Some(expected), "{text}");
            assert_eq!(warnings, [], "{text}");
        }
    }
}

#[test]
fn front_matter_that_is_made_to_be_slow_is_read_in_time() {
    let laughs: String = (1..60)
        .map(|number| {
            format!(
                "l{number}: &l{number} [{}]\n",
                format!("*l{},", number - 1).repeat(9)
            )
        })
        .collect();
    let nested: String = (0..10_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth % 900)))
        .collect();
    for block in [
        format!("l0: &l0 [ha]\n{laughs}"),
        format!("a: {}\n", "[".repeat(10_000)),
        format!("a: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)),
        format!("a: {}\n", "{a: ".repeat(10_000)),
        format!("a: {}x\n", "- ".repeat(10_000)),
        format!("{}: x\n", "k".repeat(1_000_000)),
        format!("? {}\n: x\n", "k".repeat(1_000_000)),
        format!("a: \"{}\n", "\\\"".repeat(500_000)),
        format!("a: {}\n", "&a ".repeat(300_000)),
        "a: b: c\n".repeat(100_000),
        "- \n".repeat(100_000),
        "? ".repeat(300_000) + "\n",
        "a: &a b\n".repeat(8_000),
        format!("author: {}\n", "a,bc,".repeat(100_000)),
        nested,
    ] {
        let begun = std::time::Instant::now();
        let text = format!("---\n{block}title: t\nfrom: https://example.org/\n---\n<p>Text</p>");
        let (entry, _) = post(&text);
        let shown: String = block.chars().take(20).collect();
        assert_eq!(entry.head.title.as_deref(), Some("t"), "{shown}");
        assert!(
            begun.elapsed().as_secs() < 10,
            "{shown}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn tags_without_brackets_are_words() {
    let text = "---\ntitle: t\nfrom: https://example.org/\ntags: one two one\ncategories:\n  - two\n  - three four\n---\n";
    assert_eq!(post(text).0.head.tags, ["one", "two", "three four"]);
}

#[test]
fn hostile_04_a_header_without_its_line_of_hyphens_is_refused() {
    let text = format!("{POST}{}<p>Text</p>", HEADER.replace("------\n", ""));
    let reading = read(&FrontMatter, text.as_bytes());
    assert_eq!(reading.entries, []);
    assert_eq!(codes(&reading), [(Code::SeparatorMissing, Some(13))]);
    assert_eq!(confidences(&text), (Confidence::Maybe, Confidence::No));
}

#[test]
fn front_matter_that_is_broken_is_told() {
    let unclosed = format!("{}{HEADER}<p>Text</p>", POST.trim_end_matches("---\n"));
    let (entry, warnings) = post(&unclosed);
    assert_eq!(entry.head.title.as_deref(), Some("The title"));
    assert_eq!(entry.head.authors, ["Some Body"]);
    assert_eq!(warnings, [(Code::FrontMatterUnreadable, Some(1))]);

    let page = format!("{}<p>Text</p>", POST.trim_end_matches("---\n"));
    let (entry, warnings) = post(&page);
    assert_eq!(entry.markup, Markup::Page("<p>Text</p>".to_owned()));
    assert_eq!(warnings, [(Code::FrontMatterUnreadable, Some(1))]);

    let odd = POST.replace("comments: True", "???") + HEADER;
    assert_eq!(post(&odd).1, [(Code::FrontMatterUnreadable, Some(8))]);
}

#[test]
fn hostile_06_pages_of_the_site_itself_are_no_articles() {
    for text in [
        "---\nlayout: page\ntitle: About\npermalink: /about/\n---\n\nThis is the archive.\n",
        "---\nlayout: home\n---\n",
        "---\n\nA rule, then text: no front matter at all.\n",
        "---",
        "---\n---\n",
    ] {
        assert_eq!(
            confidences(text),
            (Confidence::No, Confidence::No),
            "{text}"
        );
    }
    let nameless = read(&FrontMatter, b"---\nlayout: home\n---\n");
    assert_eq!(codes(&nameless), [(Code::HeaderMissing, Some(1))]);
}
