//! What WordPress makes of a text when it shows it: blank lines part paragraphs, other line ends stay.

use super::shortcodes::embedded;
use crate::read::feed::tokens::{Tag, Token, Tokens};
use std::fmt::Write as _;

/// Elements that are no part of a paragraph.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// More of them; what has no text of its own, and whose white space says nothing.
const MORE_BLOCKS: [&str; 3] = ["ul", "video", "source"];

/// Elements in which line ends are what they are.
const RAW: [&str; 5] = ["pre", "script", "style", "textarea", "svg"];

/// Elements that hold lines, not paragraphs.
const LINES: [&str; 12] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "figcaption",
    "caption",
    "summary",
    "th",
];

/// The HTML of a text with its paragraphs.
pub(super) fn with_paragraphs(text: &str) -> String {
    let mut made = Paragraphs {
        html: String::with_capacity(text.len() + text.len() / 8),
        pieces: Vec::new(),
        piece: Piece::default(),
        open: Vec::new(),
        raw: None,
    };
    for token in Tokens::new(text) {
        made.add(token);
    }
    made.flush();
    made.html
}

/// A piece of text without a blank line in it.
#[derive(Default)]
struct Piece {
    html: String,
    /// Whether a line ended, and what follows is to stand on the next one.
    is_line_ended: bool,
}

impl Piece {
    fn push(&mut self, html: &str) {
        if self.is_line_ended && !self.html.is_empty() {
            let has_break = self.html.ends_with("<br>")
                || self.html.ends_with("<br/>")
                || self.html.ends_with("<br />");
            let is_break = html.starts_with("<br");
            self.html.push_str(if has_break || is_break {
                "\n"
            } else {
                "<br>\n"
            });
        }
        self.is_line_ended = false;
        self.html.push_str(html);
    }
}

struct Paragraphs<'text> {
    html: String,
    /// What was read since the last tag of a block, and the piece that is not ended.
    pieces: Vec<Piece>,
    piece: Piece,
    /// The blocks that are open.
    open: Vec<&'text str>,
    /// The element in which line ends are kept, and how deep it is in itself.
    raw: Option<(&'text str, usize)>,
}

impl<'text> Paragraphs<'text> {
    fn add(&mut self, token: Token<'text>) {
        if self.raw.is_some() {
            return self.add_raw(token);
        }
        match token {
            Token::Text(text) => self.add_text(text),
            Token::Section(text) => self.piece.push(text),
            Token::Start(tag) if is(&RAW, tag.name) && !tag.is_empty => {
                self.flush();
                push_tag(&tag, &mut self.html);
                self.raw = Some((tag.name, 1));
            }
            Token::Start(tag) if is_block(tag.name) => {
                self.flush();
                push_tag(&tag, &mut self.html);
                // A paragraph ends where the next block begins, whether it says so or not.
                if self
                    .open
                    .last()
                    .is_some_and(|open| open.eq_ignore_ascii_case("p"))
                {
                    self.open.pop();
                }
                if !tag.is_empty && !is(&["hr", "col", "source"], tag.name) {
                    self.open.push(tag.name);
                }
            }
            Token::End(name) if is_block(name) => {
                self.flush();
                let _ = write!(self.html, "</{name}>");
                let depth = self
                    .open
                    .iter()
                    .rposition(|open| open.eq_ignore_ascii_case(name));
                self.open.truncate(depth.unwrap_or(self.open.len()));
            }
            Token::Start(tag) => {
                let mut html = String::new();
                push_tag(&tag, &mut html);
                self.piece.push(&html);
            }
            Token::End(name) => {
                let html = format!("</{name}>");
                // An end tag belongs to the line before.
                self.piece.html.push_str(&html);
            }
        }
    }

    fn add_raw(&mut self, token: Token<'text>) {
        let Some((name, depth)) = &mut self.raw else {
            return;
        };
        match token {
            Token::Text(text) | Token::Section(text) => self.html.push_str(text),
            Token::Start(tag) => {
                *depth += usize::from(tag.name.eq_ignore_ascii_case(name) && !tag.is_empty);
                push_tag(&tag, &mut self.html);
            }
            Token::End(end) => {
                *depth -= usize::from(end.eq_ignore_ascii_case(name));
                let is_over = *depth == 0;
                let _ = write!(self.html, "</{end}>");
                if is_over {
                    self.raw = None;
                }
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        let mut lines = text.split('\n').peekable();
        let mut is_first = true;
        while let Some(line) = lines.next() {
            let is_last = lines.peek().is_none();
            let is_blank = line.trim().is_empty();
            // What stands before the first line end, or behind the last, may share its line with a tag.
            if is_blank && !is_first && !is_last {
                self.pieces.push(std::mem::take(&mut self.piece));
            } else if !is_blank || (is_first && is_last) {
                let line = if is_first { line } else { line.trim_start() };
                let line = if is_last { line } else { line.trim_end() };
                self.piece.push(line);
            }
            if !is_last {
                self.piece.is_line_ended = true;
            }
            is_first = false;
        }
    }

    /// Writes what was read since the last tag of a block.
    fn flush(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.push(std::mem::take(&mut self.piece));
        let shown = pieces.iter().map(|piece| piece.html.trim());
        let pieces: Vec<&str> = shown.filter(|html| !html.is_empty()).collect();
        let container = self.open.last().copied();
        if container.is_some_and(|name| is(&LINES, name)) {
            self.html.push_str(&pieces.join("<br><br>\n"));
            return;
        }
        let is_wrapped = container.is_none() || pieces.len() > 1;
        for piece in pieces {
            match embedded(piece).filter(|_| container.is_none()) {
                Some(embed) => self.html.push_str(&embed),
                None if is_wrapped => {
                    let _ = write!(self.html, "<p>{piece}</p>");
                }
                None => self.html.push_str(piece),
            }
            self.html.push('\n');
        }
    }
}

fn is(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn is_block(name: &str) -> bool {
    is(&BLOCKS, name) || is(&MORE_BLOCKS, name)
}

fn push_tag(tag: &Tag<'_>, html: &mut String) {
    let end = if tag.is_empty { "/>" } else { ">" };
    html.extend(["<", tag.name, tag.attributes, end]);
}

#[cfg(test)]
mod tests {
    use super::with_paragraphs;

    #[test]
    fn blank_lines_part_paragraphs_and_other_line_ends_stay() {
        for (typed, shown) in [
            (
                "One,\ntwo.\n\nThree.",
                "<p>One,<br>\ntwo.</p>\n<p>Three.</p>\n",
            ),
            ("a\r\n \r\nb", "<p>a</p>\n<p>b</p>\n"),
            ("<em>a\n\nb</em>", "<p><em>a</p>\n<p>b</em></p>\n"),
            ("a<br />\nb", "<p>a<br />\nb</p>\n"),
            (
                "a <b>b</b>\n<i>c</i> d",
                "<p>a <b>b</b><br>\n<i>c</i> d</p>\n",
            ),
            (
                "<h2>a</h2>\nb\n<ul>\n<li>c\nd</li>\n</ul>",
                "<h2>a</h2><p>b</p>\n<ul><li>c<br>\nd\n</li></ul>",
            ),
            (
                "<blockquote>a\n\nb</blockquote>",
                "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>",
            ),
            ("<pre>a\n\nb</pre>\nc", "<pre>a\n\nb</pre><p>c</p>\n"),
            ("<p>a\nb</p>\n\nc", "<p>a<br>\nb</p><p>c</p>\n"),
            ("a<!--more-->\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("", ""),
        ] {
            assert_eq!(with_paragraphs(typed), shown, "{typed:?}");
        }
    }
}
