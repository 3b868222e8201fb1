//! Lines of a newsletter that speak of the mail: where it stands on the web, and how to get no more.

use crate::read::xhtml::{Piece, Pieces, local, unescaped};

/// Words of the link to the same text on the web, in lower case.
const WEB_VERSION: [&str; 13] = [
    "in browser",
    "in your browser",
    "in a browser",
    "view online",
    "read online",
    "web version",
    "webversion",
    "im browser",
    "votre navigateur",
    "en línea",
    "tu navegador",
    "在浏览器",
    "ブラウザ",
];

/// Words of the link by which a reader gets no more mails, or others.
const UNSUBSCRIBE: [&str; 21] = [
    "unsubscribe",
    "opt out",
    "opt-out",
    "manage preferences",
    "manage your preferences",
    "update your preferences",
    "update preferences",
    "email preferences",
    "abmelden",
    "abbestellen",
    "austragen",
    "désinscri",
    "désabonner",
    "darse de baja",
    "cancelar suscripción",
    "disiscriv",
    "afmelden",
    "uitschrijven",
    "отписаться",
    "退订",
    "配信停止",
];

/// A line above the text, a line that speaks of the subscription, and all that follows it, have no more
/// signs.
const LONGEST_LINE: usize = 150;
const LONGEST_FOOTER: usize = 600;
const LONGEST_END: usize = 400;

/// Elements that hold lines.
const BLOCKS: [&str; 16] = [
    "p",
    "div",
    "td",
    "th",
    "tr",
    "table",
    "tbody",
    "center",
    "li",
    "ul",
    "section",
    "footer",
    "h1",
    "h2",
    "h3",
    "blockquote",
];

/// How many open elements are looked at where one ends.
const NEAR: usize = 64;

/// A block that holds no other.
#[derive(Default)]
struct Line {
    /// Where its tag's name ends.
    tag: usize,
    /// How many signs it shows.
    signs: usize,
    holds_blocks: bool,
    is_web_version: bool,
    is_about_mail: bool,
}

/// The text with such lines hidden, and the address of the same text on the web.
pub(super) fn hidden(html: &str) -> (String, Option<String>) {
    let (lines, address) = lines(html);
    let total: usize = lines.iter().map(|line| line.signs).sum();
    let mut before = 0;
    let mut is_end = false;
    let mut places = Vec::new();
    for line in &lines {
        before += line.signs;
        let is_single = !line.holds_blocks && line.signs > 0;
        is_end |= line.is_about_mail
            && is_single
            && line.signs <= LONGEST_FOOTER
            && total - before <= LONGEST_END
            && before > line.signs;
        if is_single && (is_end || line.is_web_version && line.signs <= LONGEST_LINE) {
            places.push(line.tag);
        }
    }
    let mut text = String::with_capacity(html.len() + 16 * places.len());
    let mut last = 0;
    places.sort_unstable();
    for place in places {
        text.push_str(html.get(last..place).unwrap_or_default());
        text.push_str(" hidden=\"\"");
        last = place;
    }
    text.push_str(html.get(last..).unwrap_or_default());
    (text, address)
}

/// The blocks of a text in its order, and the address of the same text on the web.
fn lines(html: &str) -> (Vec<Line>, Option<String>) {
    let mut lines: Vec<Line> = Vec::new();
    // The name of each open block, and its line.
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut link: Option<(Option<String>, String)> = None;
    let mut address = None;
    let mut pieces = Pieces::of(html);
    let mut is_style = false;
    loop {
        let start = html.len().saturating_sub(pieces.rest_length());
        match pieces.next() {
            Some(Piece::Start(tag)) => {
                let name = local(tag.name);
                is_style |= name.eq_ignore_ascii_case("style") && !tag.is_empty;
                let block = BLOCKS.iter().find(|block| name.eq_ignore_ascii_case(block));
                if let Some(block) = block.filter(|_| !tag.is_empty) {
                    let outer = open.last().and_then(|(_, outer)| lines.get_mut(*outer));
                    outer
                        .into_iter()
                        .for_each(|outer| outer.holds_blocks = true);
                    open.push((block, lines.len()));
                    lines.push(Line {
                        tag: start + 1 + tag.name.len(),
                        ..Line::default()
                    });
                } else if name.eq_ignore_ascii_case("a") {
                    let on_web = tag.value("href").filter(|link| super::is_web(link));
                    link = Some((on_web, String::new()));
                }
            }
            Some(Piece::End(name)) => {
                let name = local(name);
                is_style &= !name.eq_ignore_ascii_case("style");
                let line = open.last().and_then(|(_, line)| lines.get_mut(*line));
                if name.eq_ignore_ascii_case("a")
                    && let Some((on_web, words)) = link.take()
                {
                    let words = plain(&words);
                    let says = |known: &[&str]| known.iter().any(|known| words.contains(known));
                    let is_web_version = on_web.is_some() && says(&WEB_VERSION);
                    if is_web_version && address.is_none() {
                        address = on_web;
                    }
                    if let Some(line) = line {
                        line.is_web_version |= is_web_version;
                        line.is_about_mail |= says(&UNSUBSCRIBE);
                    }
                }
                let near = open.iter().rev().take(NEAR);
                let back = near
                    .into_iter()
                    .position(|(open, _)| name.eq_ignore_ascii_case(open));
                if let Some(back) = back {
                    open.truncate(open.len() - back - 1);
                }
            }
            Some(Piece::Text(text) | Piece::Data(text)) if !is_style => {
                let signs = unescaped(text)
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .count();
                let line = open.last().and_then(|(_, line)| lines.get_mut(*line));
                line.into_iter().for_each(|line| line.signs += signs);
                if let Some((_, words)) = &mut link {
                    words.push_str(text);
                }
            }
            Some(_) => {}
            None => return (lines, address),
        }
    }
}

/// Words on one line, in lower case.
fn plain(words: &str) -> String {
    let words = unescaped(words);
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
