//! What comes with an item: recordings, films, pictures and other files.

use super::text::{escaped_attribute, html_of};
use super::tokens::{Token, Tokens, escaped_markup};
use crate::model::Markup;

/// The most files of an item that are shown.
const MOST: usize = 50;

/// A file that an item names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Enclosure {
    pub(in crate::read) address: String,
    /// Its media type, or what Media RSS calls its medium.
    pub(in crate::read) kind: String,
    pub(in crate::read) title: String,
    /// The group of forms of one thing that it belongs to, counted from 1.
    pub(in crate::read) group: Option<u32>,
    /// Whether it is the form of its group that is meant to be shown.
    pub(in crate::read) is_default: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Medium {
    Audio,
    Video,
    Picture,
    File,
}

impl Enclosure {
    fn medium(&self) -> Medium {
        let kind = self.kind.trim().to_ascii_lowercase();
        if kind.starts_with("audio") {
            Medium::Audio
        } else if kind.starts_with("video") || kind == "application/x-shockwave-flash" {
            Medium::Video
        } else if kind.starts_with("image") {
            Medium::Picture
        } else if kind.is_empty() || kind.ends_with("octet-stream") {
            self.medium_by_name()
        } else {
            Medium::File
        }
    }

    fn medium_by_name(&self) -> Medium {
        let path = self.address.split(['?', '#']).next().unwrap_or_default();
        let ending = path
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        match ending.as_str() {
            "mp3" | "m4a" | "ogg" | "oga" | "opus" | "wav" | "flac" | "aac" => Medium::Audio,
            "mp4" | "m4v" | "webm" | "mov" | "ogv" | "mkv" => Medium::Video,
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" => Medium::Picture,
            _ => Medium::File,
        }
    }

    /// The HTML that shows it; none for pictures.
    fn html(&self) -> Option<String> {
        let address = escaped_attribute(&self.address);
        let title = escaped_attribute(&self.title);
        Some(match self.medium() {
            Medium::Audio => format!("<audio src=\"{address}\" title=\"{title}\"></audio>"),
            Medium::Video => format!("<video src=\"{address}\" title=\"{title}\"></video>"),
            Medium::Picture => return None,
            Medium::File => {
                let path = self.address.split(['?', '#']).next().unwrap_or_default();
                let name = path
                    .trim_end_matches('/')
                    .rsplit('/')
                    .next()
                    .unwrap_or_default();
                let shown = if self.title.is_empty() {
                    name
                } else {
                    &self.title
                };
                format!("<p><a href=\"{address}\">{}</a></p>", escaped_markup(shown))
            }
        })
    }
}

/// Of the forms of one thing the one that is meant to be shown, else the first.
pub(in crate::read) fn chosen(all: Vec<Enclosure>) -> Vec<Enclosure> {
    let mut chosen: Vec<Enclosure> = Vec::new();
    for enclosure in all
        .into_iter()
        .filter(|enclosure| !enclosure.address.trim().is_empty())
    {
        let has_room = chosen.len() < MOST;
        let same = chosen.iter_mut().find(|other| {
            other.address == enclosure.address
                || (enclosure.group.is_some() && other.group == enclosure.group)
        });
        match same {
            Some(other) if enclosure.is_default && !other.is_default => *other = enclosure,
            Some(_) => {}
            None if has_room => chosen.push(enclosure),
            None => {}
        }
    }
    chosen
}

/// The first picture among them.
pub(in crate::read) fn picture(enclosures: &[Enclosure]) -> Option<String> {
    let mut pictures = enclosures
        .iter()
        .filter(|enclosure| enclosure.medium() == Medium::Picture);
    pictures.next().map(|enclosure| enclosure.address.clone())
}

/// The picture itself where there is no text that it could lead in.
pub(in crate::read) fn with_picture(markup: Markup, picture: Option<&str>) -> Markup {
    match picture {
        Some(address) if markup.as_str().trim().is_empty() => Markup::Article(format!(
            "<p><img src=\"{}\"></p>",
            escaped_attribute(address)
        )),
        _ => markup,
    }
}

/// A text led in by its picture, where it shows others and not that one. Where it shows none, the picture leads in
/// anyway.
pub(super) fn led_in(markup: Markup, picture: Option<&str>) -> Markup {
    let Markup::Article(html) = &markup else {
        return markup;
    };
    let Some(address) = picture else {
        return markup;
    };
    let own = stem(address);
    let mut shown = Tokens::new(html).filter_map(|token| match token {
        Token::Start(tag) if tag.name.eq_ignore_ascii_case("img") => tag.attribute("src"),
        _ => None,
    });
    let mut shows_other = false;
    let shows_own = shown.any(|address| {
        shows_other = true;
        stem(&address) == own
    });
    match shows_other && !shows_own {
        true => {
            let address = escaped_attribute(address);
            Markup::Article(format!("<p><img src=\"{address}\"></p>{html}"))
        }
        false => markup,
    }
}

/// What the address of a picture in several sizes has in common: the last part of its path, without the ending
/// and without what tells the size (`-1024x768`, `-scaled`).
fn stem(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let name = last
        .rsplit_once('.')
        .map_or(last.as_str(), |(name, _)| name);
    let name = name.strip_suffix("-scaled").unwrap_or(name);
    let is_size = |size: &str| size.split('x').all(|side| side.parse::<u32>().is_ok());
    match name.rsplit_once('-') {
        Some((name, size)) if size.contains('x') && is_size(size) => name.to_owned(),
        _ => name.to_owned(),
    }
}

/// A text with the recordings, films and files behind it that it does not name itself.
pub(in crate::read) fn with_enclosures(markup: Markup, enclosures: &[Enclosure]) -> Markup {
    let is_named = |enclosure: &&Enclosure| {
        let text = markup.as_str();
        text.contains(&enclosure.address) || text.contains(&escaped_markup(&enclosure.address))
    };
    let shown = enclosures.iter().filter(|enclosure| !is_named(enclosure));
    let shown: String = shown.filter_map(Enclosure::html).collect();
    match shown.is_empty() {
        true => markup,
        false => Markup::Article(format!("{}\n{shown}", html_of(&markup))),
    }
}
