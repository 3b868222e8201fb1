//! What the door gives to readers of somebody else.

use offprint::reader::{Locator, MemorySource, ReadOptions, Source, Span};

#[test]
fn a_warning_of_an_article_in_a_container_names_its_line_in_the_file() {
    let (before, article) = ("% one\nfirst\n", b"% two\ns\xC3\xA9\xFF\xC3\xA7ond\r\n");
    let bytes = [before.as_bytes(), article].concat();
    let source: &dyn Source = &MemorySource::new("2021/a.journal", bytes);
    let at = Locator {
        span: Span {
            start: before.len() as u64,
            length: article.len() as u64,
        },
        line: 3,
        number: 2,
    };
    let (text, warnings) = source.text(&at, &ReadOptions::default()).unwrap();
    assert_eq!(text, "% two\nsé\u{FFFD}çond\n");
    let said: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    let replaced = "bytes that are no character were replaced by U+FFFD [bytes-replaced]";
    assert_eq!(said, [format!("2021/a.journal item 2, line 4: {replaced}")]);
    // What is placed already is not moved again.
    assert_eq!(at.placed(warnings[0].clone()), warnings[0]);
    let head = source.head(&at);
    assert_eq!((head.path.as_str(), head.item), ("2021/a.journal", Some(2)));
    assert_eq!(head.folders, ["2021"]);
}

#[test]
fn the_only_article_of_a_file_has_no_number_in_messages() {
    let source: &dyn Source = &MemorySource::new("a.note", b"a\n\xC3\xA9\xFF\xC3\xA7".as_slice());
    let at = Locator::whole(source.length());
    let (_, warnings) = source.text(&at, &ReadOptions::default()).unwrap();
    assert_eq!((warnings[0].item, warnings[0].line), (None, Some(2)));
    assert_eq!(source.head(&at).item, None);
}
