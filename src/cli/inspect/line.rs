//! A line of an article's text for people: its markup in a compact form.

use offprint::model::{Image, ImageSource, Inline, LanguageSpan, Link, Phrase, PhraseKind, Target};

/// An image: its origin, the archived address where it is another, its alternative text.
pub(super) fn image(image: &Image) -> String {
    let source = match &image.source {
        ImageSource::Web { origin, archived } if origin == archived => origin.to_string(),
        ImageSource::Web { origin, archived } => format!("{origin} (archived as {archived})"),
        ImageSource::Resource { .. } => "a picture that comes with the article".to_owned(),
    };
    let words = if image.alternative.is_blank() {
        source
    } else {
        format!("{source} alt “{}”", image.alternative)
    };
    match image.candidates.len() {
        0 => words,
        number => format!("{words} (or {} more)", number.saturating_sub(1)),
    }
}

/// A line of text with its markup in a compact form.
pub(super) fn marked(line: &[Inline]) -> String {
    let mut text = String::new();
    line.iter().for_each(|inline| mark(inline, &mut text));
    text
}

fn mark(inline: &Inline, text: &mut String) {
    let shown = match inline {
        Inline::Text(characters) => characters.to_string(),
        Inline::Code(code) => format!("`{code}`"),
        Inline::Strong(content) => format!("**{}**", marked(content)),
        Inline::Emphasis(content) => format!("_{}_", marked(content)),
        Inline::Struck(content) => format!("~~{}~~", marked(content)),
        Inline::Subscript(content) => format!("~{}~", marked(content)),
        Inline::Superscript(content) => format!("^{}^", marked(content)),
        Inline::Link(shown) => link(shown),
        Inline::Image(shown) => format!("![{}]", image(shown)),
        Inline::Break => "\n".to_owned(),
        Inline::Ruby(ruby) => format!("{{{}|{}}}", marked(&ruby.base), marked(&ruby.annotation)),
        Inline::NoteReference(mark) => {
            format!("[^{}](#{})", marked(&mark.content), mark.target.as_str())
        }
        Inline::Formula(formula) => format!("⟦{}⟧", formula.linear()),
        Inline::Span(shown) => span(shown),
        Inline::Phrase(shown) => phrase(shown),
        Inline::Anchor(name) => format!("⚓{}", name.as_str()),
    };
    text.push_str(&shown);
}

fn link(link: &Link) -> String {
    let target = match &link.target {
        Target::Address(address) => address.as_str(),
        Target::Fragment(name) => &format!("#{}", name.as_str()),
    };
    format!("[{}]({target})", marked(&link.content))
}

/// A part of a line with its direction, where it has one of its own.
fn span(span: &LanguageSpan) -> String {
    let content = marked(&span.content);
    match span.direction {
        Some(direction) => format!("({}: {content})", direction.html()),
        None => content,
    }
}

fn phrase(phrase: &Phrase) -> String {
    let name = phrase.kind.html();
    let title = match &phrase.kind {
        PhraseKind::Abbreviation(title) => format!(" = {title}"),
        PhraseKind::Override(direction) => format!(" {}", direction.html()),
        _ => String::new(),
    };
    format!("<{name}>{}</{name}{title}>", marked(&phrase.content))
}
