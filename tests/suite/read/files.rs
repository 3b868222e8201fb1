//! Telling articles from other files.

use super::sniff;
use offprint::reader::{Archive, Confidence, FrontMatter, Reader};

#[test]
fn hostile_06_what_is_no_article_is_passed_over_quietly() {
    let link = "[An archive](https://example.org/)\n";
    for (name, text) in [
        ("README.md", "# An archive\n\nWords.\n".to_owned()),
        ("README.md", format!("{link}-----------\n\nWords.\n")),
        (
            "readme.zh.md",
            format!("<!-- toc -->\n{link}\n\n<p>Words.</p>"),
        ),
        ("list.md", format!("{link}{link}{link}")),
        ("list.md", format!("- {link}- {link}\n------\n- {link}")),
        ("list.md", format!("{link}\n{link}\n------\n\n{link}")),
        ("a.html", "<!DOCTYPE html><html></html>".to_owned()),
        (
            "a.html",
            "<!-- saved from url=(0014)about:internet -->\n<html>".to_owned(),
        ),
        ("a.png", "\u{89}PNG\r\n\u{1A}\n".to_owned()),
        ("a.json", "[{\"a\": 1}]".to_owned()),
        ("a.txt", "Words\n------\nMore words\n".to_owned()),
    ] {
        let readers: [&dyn Reader; 2] = [&Archive, &FrontMatter];
        for reader in readers {
            let confidence = sniff(reader, text.as_bytes(), name);
            assert_eq!(confidence, Confidence::No, "{name}: {text}");
        }
    }
}

#[test]
fn pictures_are_no_articles() {
    let pictures: [&[u8]; 4] = [b"\xFF\xD8\xFF\xE0\0", b"\x89PNG\r\n", b"GIF89a", b"RIFF"];
    for bytes in pictures {
        assert_eq!(sniff(&Archive, bytes, "1.txt"), Confidence::No);
        assert_eq!(sniff(&FrontMatter, bytes, "1.txt"), Confidence::No);
    }
}

#[test]
fn what_is_meant_as_an_article_is_not_passed_over() {
    for text in [
        "<!--1640915226000-->\nA title without brackets\n------\nText",
        "<!--NaN-->\n",
        "<!--1640915226000-->",
        "[A title](https://example.org/1)\n\n<p>Text</p>",
    ] {
        assert_eq!(
            sniff(&Archive, text.as_bytes(), "a.txt"),
            Confidence::Maybe,
            "{text}"
        );
    }
}
