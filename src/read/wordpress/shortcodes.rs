//! Shortcodes: what stands in brackets in a text, and becomes pictures, recordings, listings when a site
//! shows it. Those of page builders are in `builders`. One that is not known here stays as it is written, as WordPress itself leaves it.

use super::builders;
use super::site::{Attachment, Site};
use crate::read::feed::text::escaped_attribute;
use crate::read::feed::tokens::escaped_markup;
use memchr::{memchr, memmem, memrchr};
use std::collections::HashSet;
use std::fmt::Write as _;

/// The most pictures of a gallery.
const MOST_PICTURES: usize = 2_000;

/// The longest shortcode in doubled brackets.
const LONGEST_DOUBLED: usize = 500;

/// Names that listings go by.
const LISTINGS: [&str; 8] = [
    "code",
    "sourcecode",
    "source",
    "php",
    "python",
    "css",
    "html",
    "bash",
];

/// Forms, which show nothing that is text.
const NOTHING: [&str; 4] = [
    "contact-form",
    "contact-form-7",
    "contact-field",
    "gravityform",
];

/// Where a text stands.
pub(super) struct Context<'site> {
    pub(super) site: &'site Site,
    /// The number of its post.
    pub(super) post: u64,
}

/// A shortcode: `[name attributes]content[/name]`.
pub(super) struct Shortcode<'text> {
    pub(super) name: &'text str,
    pub(super) attributes: &'text str,
    pub(super) content: Option<&'text str>,
    /// The number of bytes of all of it.
    pub(super) length: usize,
}

/// A text with its shortcodes made into HTML.
pub(super) fn expanded(text: &str, context: &Context<'_>) -> String {
    let mut html = String::with_capacity(text.len());
    // Names of which no end tag follows: looking for one again would cost a look at all that follows.
    let mut endless = HashSet::new();
    let mut rest = text;
    // Behind the last closing bracket, every opening one stands for itself.
    let last = memrchr(b']', text.as_bytes()).unwrap_or(0);
    let last = text.len() - last;
    while let Some(at) = memchr(b'[', rest.as_bytes()) {
        if rest.len() - at < last {
            break;
        }
        let (before, code) = rest.split_at_checked(at).unwrap_or((rest, ""));
        html.push_str(before);
        // Twice the brackets stand for themselves.
        if let Some((escaped, after)) = doubled(code) {
            html.push_str(escaped);
            rest = after;
            continue;
        }
        if let Some((shown, length)) = builders::shown(code, context) {
            html.push_str(&shown);
            rest = code.get(length..).unwrap_or_default();
            continue;
        }
        let shortcode = Shortcode::parse(code, &mut endless);
        let shown =
            shortcode.and_then(|shortcode| Some((shortcode.html(context)?, shortcode.length)));
        let (shown, length) = shown.unwrap_or_else(|| ("[".to_owned(), 1));
        html.push_str(&shown);
        rest = code.get(length..).unwrap_or_default();
    }
    html.push_str(rest);
    html
}

/// `[[name]]` as `[name]`, and what follows it.
fn doubled(code: &str) -> Option<(&str, &str)> {
    let inner = code.strip_prefix("[[")?;
    let end = inner
        .bytes()
        .take(LONGEST_DOUBLED)
        .position(|byte| matches!(byte, b']' | b'\n'))?;
    let after = inner.get(end..)?.strip_prefix("]]")?;
    let is_name = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    Some((code.get(1..end + 3)?, after)).filter(|_| is_name)
}

impl<'text> Shortcode<'text> {
    fn parse(code: &'text str, endless: &mut HashSet<&'text str>) -> Option<Self> {
        let inner = code.strip_prefix('[')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let end = inner.find(|c: char| !is_name(c))?;
        let (name, after) = inner.split_at_checked(end)?;
        if !is_known(name) {
            return None;
        }
        let close = memchr(b']', after.as_bytes())?;
        let (attributes, after) = after.split_at_checked(close)?;
        let after = after.strip_prefix(']')?;
        let mut shortcode = Shortcode {
            name,
            attributes: attributes.trim_end_matches('/'),
            content: None,
            length: code.len() - after.len(),
        };
        if attributes.ends_with('/') || endless.contains(name) {
            return Some(shortcode);
        }
        let end_tag = format!("[/{name}]");
        match memmem::find(after.as_bytes(), end_tag.as_bytes()) {
            Some(length) => {
                shortcode.content = after.get(..length);
                shortcode.length += length + end_tag.len();
            }
            None => {
                endless.insert(name);
            }
        }
        Some(shortcode)
    }

    /// The value of an attribute: `name="value"`, `name='value'` or `name=value`.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let end = rest
                .find(|c: char| c == '=' || c.is_whitespace())
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end)?;
            let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
                rest = after.trim_start();
                if end == 0 {
                    return None;
                }
                continue;
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let quoted = quote.and_then(|quote| value.strip_prefix(quote)?.split_once(quote));
            let (value, after) = quoted.unwrap_or_else(|| {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                value.split_at_checked(end).unwrap_or((value, ""))
            });
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value.replace("&amp;", "&").replace("&quot;", "\""));
            }
            rest = after.trim_start();
        }
        None
    }

    /// What it shows; nothing where it is left as it is written.
    fn html(&self, context: &Context<'_>) -> Option<String> {
        match self.name {
            "caption" | "wp_caption" => self.caption(context),
            "gallery" => Some(self.gallery(context)),
            "embed" => embedded(self.content?.trim()),
            "youtube" | "vimeo" | "soundcloud" | "dailymotion" | "ted" => self.film(),
            "audio" => self.player(
                "audio",
                &["src", "mp3", "m4a", "ogg", "wav", "flac"],
                context,
            ),
            "video" | "wpvideo" => self.player(
                "video",
                &["src", "mp4", "m4v", "webm", "ogv", "mov"],
                context,
            ),
            "playlist" => Some(self.playlist(context)),
            name if LISTINGS.contains(&name) => self.listing(),
            name if NOTHING.contains(&name) => Some(String::new()),
            _ => None,
        }
    }

    /// A picture with its caption: in the content behind the picture, or in an attribute.
    fn caption(&self, context: &Context<'_>) -> Option<String> {
        let content = self.content?.trim();
        let in_attribute = self.attribute("caption");
        let (picture, caption) = match in_attribute {
            Some(caption) => (content, caption),
            None => {
                let end = end_of_picture(content)?;
                let (picture, caption) = content.split_at_checked(end)?;
                (picture, caption.trim().to_owned())
            }
        };
        let caption = expanded(&caption, context);
        Some(format!(
            "<figure>{picture}<figcaption>{caption}</figcaption></figure>"
        ))
    }

    fn gallery(&self, context: &Context<'_>) -> String {
        let pictures = self.attachments(context);
        pictures.iter().map(|picture| figure(picture)).collect()
    }

    /// The attachments that it names, else those of its post.
    fn attachments<'site>(&self, context: &Context<'site>) -> Vec<&'site Attachment> {
        let named = self.attribute("ids").or_else(|| self.attribute("include"));
        let numbers: Vec<u64> = match named {
            Some(ids) => ids
                .split(',')
                .filter_map(|id| id.trim().parse().ok())
                .collect(),
            None => {
                let post = self.attribute("id").and_then(|id| id.parse().ok());
                context
                    .site
                    .attachments_of(post.unwrap_or(context.post))
                    .to_vec()
            }
        };
        let found = numbers
            .iter()
            .filter_map(|&number| context.site.attachment(number));
        found.take(MOST_PICTURES).collect()
    }

    fn playlist(&self, context: &Context<'_>) -> String {
        let recordings = self.attachments(context);
        recordings
            .iter()
            .map(|recording| {
                let address = escaped_attribute(&recording.address);
                let title = escaped_attribute(&recording.caption);
                format!("<audio src=\"{address}\" title=\"{title}\"></audio>\n")
            })
            .collect()
    }

    fn player(&self, element: &str, names: &[&str], context: &Context<'_>) -> Option<String> {
        let written = names.iter().find_map(|name| self.attribute(name));
        let first = || context.site.attachments_of(context.post).iter();
        let ending = |address: &str| {
            names
                .iter()
                .any(|name| address.ends_with(&format!(".{name}")))
        };
        let address = written.or_else(|| {
            let mut attached = first().filter_map(|&number| context.site.attachment(number));
            attached
                .find(|file| ending(&file.address))
                .map(|file| file.address.clone())
        })?;
        let mut html = format!("<{element} src=\"{}\"", escaped_attribute(&address));
        if let Some(poster) = self.attribute("poster") {
            let _ = write!(html, " poster=\"{}\"", escaped_attribute(&poster));
        }
        let _ = write!(html, "></{element}>");
        Some(html)
    }

    /// `[youtube https://…]`, `[youtube=https://…]`, `[vimeo 123]`.
    fn film(&self) -> Option<String> {
        let written = self.attribute("url").or_else(|| self.attribute("id"));
        let written =
            written.unwrap_or_else(|| self.attributes.trim_start_matches(['=', ' ']).to_owned());
        let written = written
            .trim()
            .trim_matches(['"', '\''])
            .replace("&amp;", "&");
        let is_number = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
        match self.name {
            "vimeo" if is_number => embedded(&format!("https://vimeo.com/{written}")),
            _ => embedded(&written),
        }
    }

    /// A listing, whose signs may be escaped already.
    fn listing(&self) -> Option<String> {
        let content = self.content?.trim_matches(['\n', '\r']);
        let content = match content.contains(['<', '>']) {
            true => content.replace('<', "&lt;").replace('>', "&gt;"),
            false => content.to_owned(),
        };
        let own =
            (!["code", "sourcecode", "source"].contains(&self.name)).then(|| self.name.to_owned());
        let language = self
            .attribute("language")
            .or_else(|| self.attribute("lang"))
            .or(own);
        Some(match language {
            Some(language) => {
                let language = escaped_attribute(&language);
                format!("<pre><code class=\"language-{language}\">{content}</code></pre>")
            }
            None => format!("<pre><code>{content}</code></pre>"),
        })
    }
}

fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 13] = [
        "caption",
        "wp_caption",
        "gallery",
        "embed",
        "youtube",
        "vimeo",
        "soundcloud",
        "dailymotion",
        "ted",
        "audio",
        "video",
        "wpvideo",
        "playlist",
    ];
    KNOWN.contains(&name) || LISTINGS.contains(&name) || NOTHING.contains(&name)
}

/// Where a picture, and the link around it, ends.
fn end_of_picture(content: &str) -> Option<usize> {
    let picture = memmem::find(content.as_bytes(), b"<img")?;
    let end = picture + memchr(b'>', content.as_bytes().get(picture..)?)? + 1;
    let rest = content.get(end..)?;
    let is_linked = content.get(..picture)?.contains("<a");
    let link = rest
        .find("</a>")
        .filter(|_| is_linked && rest.trim_start().starts_with("</a>"));
    Some(link.map_or(end, |at| end + at + "</a>".len()))
}

pub(super) fn figure(picture: &Attachment) -> String {
    let address = escaped_attribute(&picture.address);
    let alternative = escaped_attribute(&picture.alternative);
    let caption = match picture.caption.is_empty() {
        true => String::new(),
        false => format!("<figcaption>{}</figcaption>", picture.caption),
    };
    format!("<figure><img src=\"{address}\" alt=\"{alternative}\">{caption}</figure>\n")
}

/// Hosts whose addresses, on a line of their own, are shown as films and recordings.
const PLAYERS: [&str; 9] = [
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "soundcloud.com",
    "spotify.com",
    "ted.com",
    "twitch.tv",
    "mixcloud.com",
];

/// What an address on a line of its own shows: a film, or a link to what the site shows in a frame.
pub(super) fn embedded(address: &str) -> Option<String> {
    let is_address = address.starts_with("https://") || address.starts_with("http://");
    if !is_address || address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
    {
        return None;
    }
    let address = address.replace("&amp;", "&");
    let host = address
        .split('/')
        .nth(2)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let plays = PLAYERS.iter().any(|player| {
        host.strip_suffix(player)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    let written = escaped_attribute(&address);
    Some(match plays {
        true => format!("<iframe src=\"{written}\"></iframe>"),
        false => format!(
            "<p><a href=\"{written}\">{}</a></p>",
            escaped_markup(&address)
        ),
    })
}
