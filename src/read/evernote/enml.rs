//! A note's text (ENML) as HTML. ENML is XHTML with four elements more.

use crate::read::xhtml::{Piece, Pieces, Tag};

/// The HTML of a note's text. Pictures are named `cid:` and their MD5; of other files (kind and name)
/// the names are shown.
pub(super) fn html(enml: &str, files: &[(String, String)]) -> String {
    let mut html = String::with_capacity(enml.len());
    let mut files = files.iter();
    let mut encrypted = false;
    let mut code = Code::default();
    for piece in Pieces::of(begins_at(enml)) {
        match piece {
            // What is encrypted is no text but Base64.
            Piece::Start(tag) if tag.name == "en-crypt" => {
                encrypted = !tag.is_empty;
                html.push_str(ENCRYPTED);
            }
            Piece::End("en-crypt") => encrypted = false,
            _ if encrypted => {}
            piece if code.takes(&piece, &mut html) => {}
            Piece::Start(tag) => match tag.name {
                "en-media" => html.push_str(&media(tag, &mut files)),
                "en-todo" => html.push_str(match tag.attribute("checked") {
                    Some("true") => "\u{2611} ",
                    _ => "\u{2610} ",
                }),
                "en-note" => {}
                _ => tag.push_html(&mut html),
            },
            Piece::End("en-note" | "en-media" | "en-todo") => {}
            Piece::End(name) => {
                html.push_str("</");
                html.push_str(name);
                html.push('>');
            }
            Piece::Text(text) => html.push_str(text),
            Piece::Data(text) => html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
        }
    }
    html
}

/// What stands where a part is encrypted, which shows nothing.
pub(super) const ENCRYPTED: &str = "<!--en-crypt-->";

/// A block of code: a `div` that is said to be one by its style, with one in it for each line.
#[derive(Default)]
struct Code {
    /// How many of them are open.
    depth: usize,
    is_at_line_start: bool,
}

impl Code {
    /// Takes a piece of a block of code, or the beginning of one.
    fn takes(&mut self, piece: &Piece<'_>, html: &mut String) -> bool {
        let is_at_line_start = std::mem::take(&mut self.is_at_line_start);
        match piece {
            Piece::Start(tag) if tag.name == "div" && !tag.is_empty => {
                let style = tag.attribute("style").unwrap_or_default();
                let style: String = style.split_whitespace().collect();
                if self.depth == 0 && !style.contains("-en-codeblock:true") {
                    return false;
                }
                if self.depth == 0 {
                    html.push_str("<pre><code>");
                }
                self.depth += 1;
                self.is_at_line_start = true;
            }
            Piece::End("div") if self.depth > 0 => {
                self.depth -= 1;
                html.push_str(if self.depth == 0 {
                    "</code></pre>"
                } else {
                    "\n"
                });
            }
            Piece::Start(tag) if self.depth > 0 && tag.name == "br" => {
                // An empty line has nothing else in it.
                if !is_at_line_start {
                    html.push('\n');
                }
            }
            _ => return false,
        }
        true
    }
}

/// The text behind XML's and the document type's declarations.
fn begins_at(enml: &str) -> &str {
    let note = enml.find("<en-note");
    note.and_then(|at| enml.get(at..)).unwrap_or(enml)
}

/// What stands for a picture or another file.
fn media<'files>(
    tag: Tag<'_>,
    files: &mut impl Iterator<Item = &'files (String, String)>,
) -> String {
    let kind = tag.attribute("type").unwrap_or_default();
    let hash = tag.attribute("hash").unwrap_or_default();
    if !kind.starts_with("image/") {
        let name = files.next().map_or(kind, |(_, name)| name);
        let name = name.replace('&', "&amp;").replace('<', "&lt;");
        return format!("<p>{name}</p>");
    }
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = |name: &str| {
        let value = tag.attribute(name)?;
        let is_plain = value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'%');
        is_plain.then(|| format!(" {name}=\"{value}\""))
    };
    let sizes: String = ["width", "height"].into_iter().filter_map(size).collect();
    let words = tag
        .attribute("alt")
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
    fn a_block_of_code_keeps_its_lines() {
        for style in [
            "-en-codeblock: true;",
            "box-sizing: border-box; --en-codeblock:true;",
        ] {
            let enml = format!(
                "<en-note><div>a</div><div style=\"{style}\"><div>if x {{</div><div>  <b>y</b></div><div><br/></div><div>}}</div></div><div>b</div></en-note>"
            );
            assert_eq!(
                html(&enml, &[]),
                "<div>a</div><pre><code>if x {\n  <b>y</b>\n\n}\n</code></pre><div>b</div>"
            );
        }
    }

    #[test]
    fn what_only_evernote_has_becomes_what_it_shows() {
        let enml = "<?xml version=\"1.0\"?><en-note><div/><en-todo checked=\"true\"/>a<en-todo/>b<en-crypt hint=\"x\">AAAA</en-crypt>c\
                    <en-media data-hash='q' hash=\"ABCDEF\" type=\"image/png\" width=\"10\"/><en-media type=\"application/pdf\" hash=\"1\"/></en-note>";
        let files = [("application/pdf".to_owned(), "A & B.pdf".to_owned())];
        assert_eq!(
            html(enml, &files),
            "<div></div>\u{2611} a\u{2610} b<!--en-crypt-->c<img src=\"cid:abcdef\" alt=\"\" width=\"10\"><p>A &amp; B.pdf</p>"
        );
    }
}
