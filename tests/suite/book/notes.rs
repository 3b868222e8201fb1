//! Notes and formulas in books.

use super::library::{Opened, publication, settings, write};
use super::samples::{article, with};
use offprint::model::{
    AnchorName, Article, Block, Formula, Inline, Math, MathElement, Note, NoteReference, Pictures,
};

fn book(articles: Vec<Article>) -> Opened {
    let files = write(
        articles,
        &Pictures::default(),
        &publication(),
        &settings(),
        1,
    );
    let opened = Opened::new(&files["archive.epub"]);
    opened.check();
    opened
}

fn number(text: &str) -> Math {
    Math::token(MathElement::Number, text)
}

#[test]
fn notes_and_their_marks_say_what_they_are() {
    let name = AnchorName::numbered(1);
    let text = |text: &str| Inline::Text(text.into());
    let mark = Inline::NoteReference(NoteReference {
        target: name.clone(),
        content: vec![text("1")],
    });
    let note = |name, words| {
        Block::Note(Note {
            name,
            content: vec![Block::Paragraph(vec![text(words)])],
        })
    };
    let article = article("https://news.example/a", "A", "2021-12-31T10:00:00Z");
    let blocks = vec![
        Block::Paragraph(vec![text("a"), mark]),
        note(None, "Beside."),
        note(Some(name), "In 1702."),
    ];
    let book = book(vec![with(article, blocks)]);
    let chapter = book.text(book.chapters()[0]);
    for expected in [
        "<a href=\"#note-1\" epub:type=\"noteref\" role=\"doc-noteref\">1</a>",
        "<aside role=\"note\" class=\"side-note\">Beside.</aside>",
        "<div id=\"note-1\" epub:type=\"footnote\" role=\"doc-footnote\">In 1702.</div>",
    ] {
        assert!(chapter.contains(expected), "{expected} in {chapter}");
    }
}

#[test]
fn a_document_with_a_formula_says_so_and_others_do_not() {
    let half = Math::of(MathElement::Fraction, vec![number("1"), number("2")]);
    let formula = Formula::new(vec![half], None).unwrap();
    let with_one = with(
        article("https://news.example/a", "A", "2021-12-31T10:00:00Z"),
        vec![Block::Formula(formula)],
    );
    let without = article("https://news.example/b", "B", "2021-12-31T11:00:00Z");
    let book = book(vec![with_one, without]);
    let package = book.package();
    let marked: Vec<&str> = package
        .lines()
        .filter(|line| line.contains("properties=\"mathml\""))
        .collect();
    assert_eq!(marked.len(), 1, "{package}");
    assert!(marked[0].contains(book.chapters()[0]), "{package}");
    let chapter = book.text(book.chapters()[0]);
    assert!(
        chapter.contains("alttext=\"1/2\" display=\"block\"><mfrac>"),
        "{chapter}"
    );
    // One that is wider than the page scrolls, and not by pointing alone.
    assert!(chapter.contains("<div class=\"formula\" tabindex=\"0\"><math"));
    assert!(package.contains(">MathML</meta>"));
}
