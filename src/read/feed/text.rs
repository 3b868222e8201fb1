//! Titles, summaries and texts: of what kind they are, and what they hold (RFC 4287, sections 3.1 and
//! 4.1.3; Atom 0.3, section 3.1; RSS leaves it open).

use super::names::Vocabulary;
use super::parser::{Inner, Tag};
use super::references::{Entities, resolved};
use super::tokens::{Token, Tokens, as_html, escaped_markup, plain_text};
use crate::model::Markup;
use data_url::forgiving_base64;
use std::borrow::Cow;

/// A text, and where it begins in the item.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) markup: Markup,
    pub(super) start: usize,
    /// What relative references in it start from, where the element says so.
    pub(super) base: Option<String>,
    /// The language that the element names; a blank one says that it is not known.
    pub(super) language: Option<String>,
    /// Where the text itself lies, if not here (RFC 4287, section 4.1.3.2).
    pub(super) source: Option<String>,
    /// Whether what lies there is a picture.
    pub(super) is_picture: bool,
}

impl Content {
    /// Reads what is in an element.
    pub(super) fn of(
        tag: &Tag<'_>,
        inner: &Inner<'_>,
        vocabulary: Vocabulary,
        entities: &Entities,
    ) -> Self {
        let (markup, skipped) = match vocabulary {
            Vocabulary::Atom => of_atom(tag, inner, entities),
            _ => of_rss(tag, inner, entities),
        };
        Content {
            markup,
            start: inner.start + skipped,
            base: tag.attribute("xml:base"),
            language: tag.attribute("xml:lang"),
            source: tag.attribute("src"),
            is_picture: tag
                .attribute("type")
                .is_some_and(|kind| kind.trim().starts_with("image/")),
        }
    }

    /// Reads what is in an element that holds plain text.
    pub(super) fn plain(inner: &Inner<'_>, entities: &Entities) -> Self {
        Content {
            markup: Markup::Text(inner.text(entities)),
            start: inner.start,
            ..Content::default()
        }
    }

    /// Whether there is nothing in it.
    pub(super) fn is_blank(&self) -> bool {
        self.markup.as_str().trim().is_empty()
    }

    /// As a line in which only character references are to be resolved, as titles and summaries are.
    pub(super) fn line(&self) -> String {
        match &self.markup {
            Markup::Text(text) => escaped(text),
            Markup::Article(html) | Markup::Page(html) => escaped(&plain_text(html)),
        }
    }
}

/// Plain text such that decoding character references gives it back.
pub(in crate::read) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

fn of_atom(tag: &Tag<'_>, inner: &Inner<'_>, entities: &Entities) -> (Markup, usize) {
    let kind = tag
        .attribute("type")
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let mode = tag.attribute("mode").unwrap_or_default();
    if mode.eq_ignore_ascii_case("base64") {
        return (decoded(&inner.text(entities), kind), 0);
    }
    // Markup stands there as it is, whatever the type says of it.
    let is_inline = inner.has_elements && !mode.eq_ignore_ascii_case("escaped");
    match kind {
        _ if is_inline => (Markup::Article(inner.html().into_owned()), 0),
        "html" | "text/html" => html(inner.text(entities)),
        "" | "text" => (
            Markup::Text(inner.text(entities)),
            leading_space(&inner.text(entities)),
        ),
        "xhtml" => (Markup::Article(inner.html().into_owned()), 0),
        _ if kind.ends_with("+xml") || kind.ends_with("/xml") => {
            (Markup::Article(inner.html().into_owned()), 0)
        }
        _ if kind.starts_with("text/") => (
            Markup::Text(inner.text(entities)),
            leading_space(&inner.text(entities)),
        ),
        _ => (decoded(&inner.text(entities), kind), 0),
    }
}

fn of_rss(tag: &Tag<'_>, inner: &Inner<'_>, entities: &Entities) -> (Markup, usize) {
    if inner.has_elements {
        return (Markup::Article(inner.html().into_owned()), 0);
    }
    let text = inner.text(entities);
    let is_plain = tag
        .attribute("type")
        .is_some_and(|kind| kind == "plain" || kind == "text/plain");
    match is_plain {
        true => (Markup::Text(text), 0),
        false => html(paragraphs(text)),
    }
}

fn html(text: String) -> (Markup, usize) {
    let skipped = leading_space(&text);
    let text = escaped_once(text);
    (Markup::Article(with_closed_frames(text)), skipped)
}

/// HTML that a program escaped twice: then it has no tag, but characters that would be tags from its beginning to
/// its end.
fn escaped_once(text: String) -> String {
    let trimmed = text.trim();
    let begins = trimmed.strip_prefix("&lt;").map(super::tokens::name);
    if !begins.is_some_and(is_known) || !trimmed.ends_with("&gt;") || text.contains('<') {
        return text;
    }
    let once = resolved(trimmed, &Entities::default());
    match looks_like_html(&once) {
        true => once.into_owned(),
        false => text,
    }
}

/// A frame that closes itself as in XML, which in HTML would take all that follows for its own.
fn with_closed_frames(html: String) -> String {
    let is_frame = |tag: &Tag<'_>| tag.is_empty && tag.name.eq_ignore_ascii_case("iframe");
    let is_closed = |token| matches!(token, Token::Start(tag) if is_frame(&tag));
    match html.contains("<iframe") && Tokens::new(&html).any(is_closed) {
        true => as_html(&html).into_owned(),
        false => html,
    }
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// A text without a tag in which blank lines part paragraphs.
fn paragraphs(text: String) -> String {
    let has_tags = || Tokens::new(&text).any(|token| !matches!(token, Token::Text(_)));
    let is_blank = |line: &str| line.trim().is_empty();
    if !text.trim().lines().any(is_blank) || has_tags() {
        return text;
    }
    let mut html = String::with_capacity(text.len() + 64);
    let mut is_open = false;
    for line in text.lines() {
        if !is_blank(line) && !is_open {
            html.push_str("<p>");
        }
        is_open = !is_blank(line);
        html.push_str(line);
        html.push('\n');
    }
    html
}

/// Base64 (RFC 4648): a picture, a text or markup.
fn decoded(text: &str, kind: &str) -> Markup {
    let packed: String = text.split_whitespace().collect();
    if packed.is_empty() {
        return Markup::default();
    }
    if kind.starts_with("image/") && !packed.contains(['"', '&', '<']) {
        return Markup::Article(format!(
            "<img src=\"data:{};base64,{packed}\">",
            escaped_attribute(kind)
        ));
    }
    let Ok(bytes) = forgiving_base64::decode_to_vec(packed.as_bytes()) else {
        return Markup::Text(text.to_owned());
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match Tokens::new(&text).any(|token| matches!(token, Token::End(_))) {
        true => Markup::Article(text),
        false => Markup::Text(text),
    }
}

/// A text as the value of an attribute in quotation marks.
pub(in crate::read) fn escaped_attribute(text: &str) -> String {
    escaped_markup(text).replace('"', "&quot;")
}

/// A title of RSS, in which only character references are to be resolved. RSS does not say whether a
/// title is markup; it is where its elements are closed and such as stand in a line.
pub(in crate::read) fn title_of_rss(text: String) -> String {
    match looks_like_html(&text) {
        true => escaped(&plain_text(&text)),
        false => text,
    }
}

/// Whether a text is markup: it closes an element, or has one that needs no closing, and all its elements
/// are those of HTML.
fn looks_like_html(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let mut is_closed = false;
    for token in Tokens::new(text) {
        match token {
            Token::Start(tag) if !is_known(tag.name) => return false,
            Token::Start(tag) => is_closed |= ["br", "img"].contains(&tag.name),
            Token::End(name) if !is_known(name) => return false,
            Token::End(_) => is_closed = true,
            Token::Text(_) | Token::Section(_) => {}
        }
    }
    is_closed
}

fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 44] = [
        "a",
        "abbr",
        "acronym",
        "address",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "div",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "u",
        "ul",
        "var",
    ];
    KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Plain text as HTML: blank lines part paragraphs, other line ends stay.
pub(super) fn text_as_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            is_open = false;
            continue;
        }
        html.push_str(if is_open { "<br>" } else { "<p>" });
        html.push_str(&escaped_markup(line));
        html.push('\n');
        is_open = true;
    }
    html
}

/// The HTML of a markup.
pub(super) fn html_of(markup: &Markup) -> Cow<'_, str> {
    match markup {
        Markup::Article(html) | Markup::Page(html) => Cow::Borrowed(html),
        Markup::Text(text) => Cow::Owned(text_as_html(text)),
    }
}
