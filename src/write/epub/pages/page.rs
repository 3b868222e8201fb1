//! The frame of every XHTML content document (EPUB 3.3, section 6.1).

use crate::model::{Address, Direction, Language};
use crate::write::epub::pages::wording::Wording;
use crate::write::xhtml::{escape_attribute, escape_text, isolated};
use std::borrow::Cow;

/// What a document's frame needs to know.
#[derive(Clone, Copy, Debug)]
pub(in crate::write::epub) struct Frame<'book> {
    /// The language of the text.
    pub(in crate::write::epub) language: &'book Language,
    /// Whether lines run from top to bottom.
    pub(in crate::write::epub) vertical: bool,
    /// The path from the document to the folder of the package.
    pub(in crate::write::epub) base: &'static str,
}

impl Frame<'_> {
    /// Everything up to the beginning of the body's content.
    pub(in crate::write::epub) fn open(&self, title: &str) -> String {
        let mut page = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" \
             xmlns:epub=\"http://www.idpf.org/2007/ops\"",
        );
        attribute(&mut page, "lang", self.language.as_str());
        attribute(&mut page, "xml:lang", self.language.as_str());
        if self.language.direction() == Direction::RightToLeft {
            attribute(&mut page, "dir", "rtl");
        }
        if self.vertical {
            attribute(&mut page, "class", "vertical");
        }
        page.push_str(">\n<head>\n<meta charset=\"utf-8\"/>\n<title>");
        escape_text(title, &mut page);
        page.push_str("</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"");
        page.push_str(self.base);
        page.push_str("stylesheet.css\"/>\n</head>\n");
        open_tag(&mut page, "body", custom(self.language));
        page.push('\n');
        page
    }

    /// A whole document.
    pub(in crate::write::epub) fn document(&self, title: &str, content: &str) -> String {
        let mut page = self.open(title);
        page.push_str(content);
        page.push_str(CLOSE);
        page
    }
}

/// The class of texts that are set by the custom of Chinese, Japanese, Korean, or of the languages
/// in Arabic script, whose tall letters want room between lines. A class, since not every reading
/// system knows `:lang()`.
fn custom(language: &Language) -> &'static str {
    match language.primary() {
        "zh" | "yue" | "lzh" => "zh",
        "ja" => "ja",
        "ko" => "ko",
        "ar" | "fa" | "ur" | "ps" | "ckb" | "ug" => "ar",
        _ => "",
    }
}

/// The end of every document.
pub(in crate::write::epub) const CLOSE: &str = "</body>\n</html>\n";

/// Whether a text of this language is set vertically where that is asked for.
pub(in crate::write::epub) fn is_set_vertically(language: &Language) -> bool {
    let wording = Wording::of(language);
    matches!(wording.language, "zh-Hant" | "ja")
}

/// Appends an attribute.
pub(in crate::write::epub) fn attribute(markup: &mut String, name: &str, value: &str) {
    markup.push(' ');
    markup.push_str(name);
    markup.push_str("=\"");
    escape_attribute(value, markup);
    markup.push('"');
}

/// Appends an element with text; a class where there is one.
pub(in crate::write::epub) fn element(markup: &mut String, name: &str, class: &str, text: &str) {
    open_tag(markup, name, class);
    escape_text(text, markup);
    close_tag(markup, name);
}

/// Appends a list of names, each isolated from what is around it.
pub(in crate::write::epub) fn names<'name>(
    markup: &mut String,
    names: impl IntoIterator<Item = &'name str>,
    around: &Language,
) {
    let comma = Wording::of(around).comma;
    for (number, name) in names.into_iter().enumerate() {
        if number > 0 {
            markup.push_str(comma);
        }
        isolated(name, around, markup);
    }
}

/// Appends an element with a text that comes from elsewhere; a class where there is one.
pub(in crate::write::epub) fn element_isolated(
    markup: &mut String,
    name: &str,
    class: &str,
    text: &str,
    around: &Language,
) {
    open_tag(markup, name, class);
    isolated(text, around, markup);
    close_tag(markup, name);
}

/// Appends a start tag.
pub(in crate::write::epub) fn open_tag(markup: &mut String, name: &str, class: &str) {
    markup.push('<');
    markup.push_str(name);
    if !class.is_empty() {
        attribute(markup, "class", class);
    }
    markup.push('>');
}

/// Appends an end tag and a line feed.
pub(in crate::write::epub) fn close_tag(markup: &mut String, name: &str) {
    markup.push_str("</");
    markup.push_str(name);
    markup.push_str(">\n");
}

/// Says the language of a book's own words where a text of this language has none of its own, and
/// where they run to if that is another way.
pub(in crate::write::epub) fn own_words(markup: &mut String, around: &Language) {
    let own = Wording::language_for(around);
    if own != *around {
        attribute(markup, "lang", own.as_str());
        attribute(markup, "xml:lang", own.as_str());
        if own.direction() != around.direction() {
            attribute(markup, "dir", own.direction().html());
        }
    }
}

/// Appends a link with text.
pub(in crate::write::epub) fn link(markup: &mut String, href: &str, text: &str) {
    let mut escaped = String::new();
    escape_text(text, &mut escaped);
    link_markup(markup, href, &escaped);
}

/// Appends a link with markup in it.
pub(in crate::write::epub) fn link_markup(markup: &mut String, href: &str, content: &str) {
    markup.push_str("<a");
    attribute(markup, "href", href);
    markup.push('>');
    markup.push_str(content);
    markup.push_str("</a>");
}

/// Appends a link whose text may be in another language than its surroundings; a screen reader
/// changes its voice then (WCAG 2.2, 3.1.2).
pub(in crate::write::epub) fn link_in(
    markup: &mut String,
    href: &str,
    text: &str,
    language: &Language,
    around: &Language,
) {
    markup.push_str("<a");
    attribute(markup, "href", href);
    if language != around {
        attribute(markup, "lang", language.as_str());
        attribute(markup, "xml:lang", language.as_str());
        if language.direction() != around.direction() {
            attribute(markup, "dir", language.direction().html());
        }
    }
    markup.push('>');
    escape_text(text, markup);
    markup.push_str("</a>");
}

/// The site of an address as people write it: without scheme and `www.`.
pub(in crate::write::epub) fn site(address: &Address) -> Cow<'_, str> {
    match address.shown_host() {
        Some(Cow::Borrowed(host)) => Cow::Borrowed(host.strip_prefix("www.").unwrap_or(host)),
        Some(Cow::Owned(host)) => Cow::Owned(match host.strip_prefix("www.") {
            Some(bare) => bare.to_owned(),
            None => host,
        }),
        None => Cow::Borrowed(address.as_str()),
    }
}
