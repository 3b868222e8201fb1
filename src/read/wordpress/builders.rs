//! Shortcodes of page builders: Divi (`et_pb_`), WPBakery (`vc_`) and Avada (`fusion_`). Each of their boxes is a
//! pair of tags around others; what the boxes show stands between the tags, and in their attributes.

use super::shortcodes::{Context, Shortcode, embedded, figure};
use super::site::Attachment;
use crate::read::feed::text::escaped_attribute;
use crate::read::feed::tokens::escaped_markup;
use std::fmt::Write as _;

/// What the names of their tags begin with.
const BUILDERS: [&str; 3] = ["et_pb_", "vc_", "fusion_"];

/// The longest tag: texts stand in attributes too.
const LONGEST_TAG: usize = 64 * 1024;

/// The most pictures of one tag.
const MOST_PICTURES: usize = 500;

/// Parts of the names of tags that show nothing that is text: forms, and what the site fills in.
const NOTHING: [&str; 8] = [
    "contact",
    "signup",
    "login",
    "search",
    "sidebar",
    "raw_js",
    "divider",
    "separator",
];

/// What a tag at the beginning of a text shows, and how many bytes the tag takes; nothing where there is none of a
/// page builder.
pub(super) fn shown(text: &str, context: &Context<'_>) -> Option<(String, usize)> {
    let inner = text.strip_prefix('[')?;
    let is_end = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    if !BUILDERS.iter().any(|builder| inner.starts_with(builder)) {
        return None;
    }
    let length = inner
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(inner.len());
    let (name, after) = inner.split_at_checked(length)?;
    let end = end_of_tag(after)?;
    let (attributes, rest) = after.split_at_checked(end)?;
    let rest = rest.strip_prefix(']')?;
    let length = text.len() - rest.len();
    if is_end {
        return Some((closed(name).to_owned(), length));
    }
    let tag = Shortcode {
        name,
        attributes: attributes.trim_end_matches('/'),
        content: None,
        length,
    };
    // Avada writes the picture, or its address, between the tags.
    if let Some((address, after)) = frame(name, rest) {
        let html = picture(address, &tag, context).unwrap_or_default();
        return Some((html, text.len() - after.len()));
    }
    Some((opened(&tag, context), length))
}

/// Where the bracket stands that closes a tag: none within quotation marks does.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut bytes = text.bytes().take(LONGEST_TAG).enumerate();
    let end = bytes.find(|&(_, byte)| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b']'
    });
    // A quotation mark that none follows is a sign like others.
    let first = || text.bytes().take(LONGEST_TAG).position(|byte| byte == b']');
    end.map(|(at, _)| at).or_else(first)
}

/// The address between the tags of a picture, and what follows them.
fn frame<'text>(name: &str, rest: &'text str) -> Option<(&'text str, &'text str)> {
    let (content, after) = rest
        .split_once("[/fusion_imageframe]")
        .filter(|_| name == "fusion_imageframe")?;
    let address = content.trim();
    (address.starts_with("http") && !address.contains(char::is_whitespace))
        .then_some((address, after))
}

/// What stands for the end of a box.
fn closed(name: &str) -> &'static str {
    match name {
        "fusion_title" => "</h3>\n\n",
        "fusion_button" => "</a></p>\n\n",
        _ => "\n\n",
    }
}

/// What stands for the beginning of a box: the end of what was before, and what its attributes show.
fn opened(tag: &Shortcode<'_>, context: &Context<'_>) -> String {
    let value = |names: &[&str]| {
        let mut values = names.iter().filter_map(|name| tag.attribute(name));
        values
            .find(|value| !value.trim().is_empty())
            .map(|value| unescaped(&value))
    };
    let is = |part: &str| tag.name.contains(part);
    let mut html = "\n\n".to_owned();
    if NOTHING.iter().any(|part| is(part)) {
        return html;
    }
    if tag.name == "fusion_title" {
        return html + "<h3>";
    }
    if is("button") || is("btn") || is("cta") {
        html += &button(tag, &value);
        return html;
    }
    if is("video") || is("youtube") || is("vimeo") {
        html += &film(tag, &value);
        return html;
    }
    let written = value(&[
        "src",
        "image",
        "images",
        "image_url",
        "custom_src",
        "img",
        "gallery_ids",
        "image_ids",
        "ids",
    ]);
    for address in written.iter().flat_map(|written| addresses(written)) {
        html += &picture(address, tag, context).unwrap_or_default();
    }
    let heading = match is("image") && !is("blurb") {
        true => None,
        false => value(&["title", "heading", "text", "question"]),
    };
    if let Some(heading) = heading {
        let _ = write!(html, "<h3>{}</h3>\n\n", escaped_markup(heading.trim()));
    }
    html
}

/// The addresses or numbers of pictures in an attribute. Addresses have commas in them.
fn addresses(written: &str) -> Vec<&str> {
    let is_list = written
        .chars()
        .all(|c| c.is_ascii_digit() || ", ".contains(c));
    let all: Vec<&str> = match is_list {
        true => written.split(',').map(str::trim).collect(),
        false => vec![written.trim()],
    };
    all.into_iter().take(MOST_PICTURES).collect()
}

/// A picture by its address, or by the number of its attachment.
fn picture(address: &str, tag: &Shortcode<'_>, context: &Context<'_>) -> Option<String> {
    if let Ok(number) = address.parse() {
        return context.site.attachment(number).map(figure);
    }
    // What Avada adds to an address (`|full`) is the size.
    let address = address.split('|').next().unwrap_or(address);
    let is_address = ["http", "/", "data:image"]
        .iter()
        .any(|start| address.starts_with(start));
    let alternative = tag.attribute("alt").or_else(|| tag.attribute("title_text"));
    let attachment = Attachment {
        address: address.to_owned(),
        alternative: alternative.map(|text| unescaped(&text)).unwrap_or_default(),
        caption: String::new(),
    };
    is_address.then(|| figure(&attachment))
}

/// A button as a link: Divi has its words in an attribute, WPBakery the address among others, Avada the words
/// between the tags.
fn button(tag: &Shortcode<'_>, value: &impl Fn(&[&str]) -> Option<String>) -> String {
    let address = value(&["button_url", "link", "url", "href"]).map(|link| link_of(&link));
    let address = address.filter(|address| !address.is_empty());
    let href = escaped_attribute(address.as_deref().unwrap_or("#"));
    if tag.name == "fusion_button" {
        return format!("<p><a href=\"{href}\">");
    }
    let words = value(&["button_text", "title", "btn_title", "h2"]);
    match (words, address) {
        (Some(words), Some(_)) => {
            let words = escaped_markup(words.trim());
            format!("<p><a href=\"{href}\">{words}</a></p>\n\n")
        }
        (Some(words), None) => format!("<p>{}</p>\n\n", escaped_markup(words.trim())),
        _ => String::new(),
    }
}

/// The address in WPBakery's form of links: `url:https%3A%2F%2Fa.example|title:…`.
fn link_of(written: &str) -> String {
    let part = written
        .split('|')
        .find_map(|part| part.strip_prefix("url:"));
    match part {
        Some(part) => part
            .replace("%3A", ":")
            .replace("%2F", "/")
            .replace("%3F", "?")
            .replace("%3D", "=")
            .replace("%26", "&")
            .replace("%23", "#"),
        None => written.trim().to_owned(),
    }
}

fn film(tag: &Shortcode<'_>, value: &impl Fn(&[&str]) -> Option<String>) -> String {
    let address = value(&["src", "link", "video_url", "id", "video"]).unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let address = match address.chars().all(is_name) && !address.is_empty() {
        true if tag.name.contains("vimeo") => format!("https://vimeo.com/{address}"),
        true => format!("https://www.youtube.com/watch?v={address}"),
        false => address,
    };
    embedded(&address).unwrap_or_default()
}

/// What Divi writes for signs that its tags can't hold.
fn unescaped(value: &str) -> String {
    value
        .replace("%22", "\"")
        .replace("%91", "[")
        .replace("%93", "]")
}
