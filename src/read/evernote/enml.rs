//! A note's text (ENML) as HTML.
//!
//! ENML is XHTML with four elements more. It is read tag by tag and not as XML, since what other programs
//! write is not always well-formed, and HTML's parser mends that.

/// Elements that HTML closes by itself.
const VOID: [&str; 12] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// The HTML of a note's text. Pictures are named `cid:` and their MD5; of other files (kind and name)
/// the names are shown.
pub(super) fn html(enml: &str, files: &[(String, String)]) -> String {
    let mut html = String::with_capacity(enml.len());
    let mut files = files.iter();
    let mut rest = begins_at(enml);
    while let Some((text, from_tag)) = split_at_tag(rest) {
        html.push_str(text);
        let length = tag_length(from_tag);
        let (tag, after) = from_tag.split_at_checked(length).unwrap_or((from_tag, ""));
        rest = after;
        match name_of(tag) {
            "en-media" => html.push_str(&media(tag, &mut files)),
            "en-todo" => html.push_str(match attribute(tag, "checked") {
                Some("true") => "\u{2611} ",
                _ => "\u{2610} ",
            }),
            // What is encrypted is no text; what follows up to the end tag is Base64.
            "en-crypt" => {
                let end = rest.find("</en-crypt>").map(|at| at + "</en-crypt>".len());
                rest = end.and_then(|end| rest.get(end..)).unwrap_or_default();
            }
            "en-note" | "/en-note" | "/en-media" | "/en-todo" => {}
            name => push_tag(&mut html, tag, name),
        }
    }
    html.push_str(rest);
    html
}

/// The text behind XML's and the document type's declarations.
fn begins_at(enml: &str) -> &str {
    let note = enml.find("<en-note");
    note.and_then(|at| enml.get(at..)).unwrap_or(enml)
}

fn split_at_tag(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.find('<')?)
}

/// The length of the tag that a text begins with, up to the `>` outside quotation marks.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn name_of(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<');
    let skipped = usize::from(inner.starts_with('/'));
    let end = inner
        .get(skipped..)
        .unwrap_or_default()
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
        .map_or(inner.len(), |end| end + skipped);
    inner.get(..end).unwrap_or(inner)
}

/// A tag as HTML: there, an element that is not void has an end tag, however empty it is.
fn push_tag(html: &mut String, tag: &str, name: &str) {
    let is_empty =
        tag.ends_with("/>") && !VOID.contains(&name) && !name.starts_with(['/', '!', '?']);
    match tag.strip_suffix("/>").filter(|_| is_empty) {
        Some(open) => {
            html.push_str(open.trim_end());
            html.push_str("></");
            html.push_str(name);
            html.push('>');
        }
        None => html.push_str(tag),
    }
}

/// The value of an attribute, as written.
fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest.get(..at)?.chars().next_back();
        rest = rest.get(at + name.len()..)?;
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let (Some(quote), Some(true)) = (quote, before.map(char::is_whitespace)) {
            return value.get(1..)?.split(quote).next();
        }
    }
}

/// What stands for a picture or another file.
fn media<'files>(tag: &str, files: &mut impl Iterator<Item = &'files (String, String)>) -> String {
    let kind = attribute(tag, "type").unwrap_or_default();
    let hash = attribute(tag, "hash").unwrap_or_default();
    if !kind.starts_with("image/") {
        let name = files.next().map_or(kind, |(_, name)| name);
        let name = name.replace('&', "&amp;").replace('<', "&lt;");
        return format!("<p>{name}</p>");
    }
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = |name: &str| {
        let value = attribute(tag, name)?;
        let is_plain = value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'%');
        is_plain.then(|| format!(" {name}=\"{value}\""))
    };
    let sizes: String = ["width", "height"].into_iter().filter_map(size).collect();
    let words = attribute(tag, "alt")
        .unwrap_or_default()
        .replace('"', "&quot;");
    match is_hash && !hash.is_empty() {
        true => format!(
            "<img src=\"cid:{}\" alt=\"{words}\"{sizes}>",
            hash.to_ascii_lowercase()
        ),
        false => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_xml_leaves_empty_do_not_take_in_what_follows() {
        let enml = "<?xml version=\"1.0\"?><en-note a='>'><div/><a name=\"x\" /><br/>text<span title=\"/>\"/></en-note>";
        assert_eq!(
            html(enml, &[]),
            "<div></div><a name=\"x\"></a><br/>text<span title=\"/>\"></span>"
        );
    }

    #[test]
    fn what_only_evernote_has_becomes_what_it_shows() {
        let enml = "<en-note><en-todo checked=\"true\"/>a<en-todo/>b<en-crypt hint=\"x\">AAAA</en-crypt>c\
                    <en-media data-hash='q' hash=\"ABCDEF\" type=\"image/png\" width=\"10\"/><en-media type=\"application/pdf\" hash=\"1\"/></en-note>";
        let files = [("application/pdf".to_owned(), "A & B.pdf".to_owned())];
        assert_eq!(
            html(enml, &files),
            "\u{2611} a\u{2610} bc<img src=\"cid:abcdef\" alt=\"\" width=\"10\"><p>A &amp; B.pdf</p>"
        );
    }
}
