//! What services know by a number or a name that an element holds in one attribute or another.

use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::model::Address;

/// Attributes in which elements name a film by its number.
const NUMBERS: [&str; 17] = [
    "videoid",
    "video-id",
    "data-videoid",
    "data-video-id",
    "data-video",
    "data-id",
    "data-youtube-id",
    "data-youtube",
    "data-yt-id",
    "data-ytid",
    "data-vimeo-id",
    "data-vimeo",
    "data-embed-id",
    "data-plyr-embed-id",
    "data-embed",
    "data-code",
    "video",
];

/// A service that knows what it shows by a number: its name, how its numbers look, the beginning of its
/// pages' addresses.
type Service = (&'static str, fn(&str) -> bool, &'static str);

const SERVICES: [Service; 3] = [
    (
        "youtube",
        is_youtube_number,
        "https://www.youtube.com/watch?v=",
    ),
    ("vimeo", is_number, "https://vimeo.com/"),
    ("dailymotion", is_name, "https://www.dailymotion.com/video/"),
];

/// Attributes that hold the number of something that is no film, with the beginning and the end of its
/// page's address.
const POSTS: [(&str, &str, &str); 6] = [
    ("data-tweetid", "https://twitter.com/i/status/", ""),
    ("data-shortcode", "https://www.instagram.com/p/", "/"),
    ("data-gistid", "https://gist.github.com/", ""),
    ("data-gist-id", "https://gist.github.com/", ""),
    ("data-trackid", "https://api.soundcloud.com/tracks/", ""),
    ("data-telegram-post", "https://t.me/", ""),
];

/// The film of a service that something at the element names, by its number.
pub(super) fn by_number(element: &Element, node: NodeRef<'_>) -> Option<Address> {
    let may_be = |name: &str| name.starts_with("data-") || name.starts_with("video");
    if !element.attrs.iter().any(|(name, _)| may_be(&name.local)) {
        return None;
    }
    let numbers = NUMBERS.iter().filter_map(|name| attribute(element, name));
    let mut numbers = numbers
        .map(str::trim)
        .filter(|number| is_name(number))
        .peekable();
    numbers.peek()?;
    let (_, fits, start) = SERVICES
        .iter()
        .find(|(service, ..)| is_of(element, service) || shows_still(node, service))?;
    let number = numbers.find(|number| fits(number))?;
    Address::parse(&format!("{start}{number}"))
}

/// Whether an element's name, attributes or classes name a service.
fn is_of(element: &Element, service: &str) -> bool {
    let names = |text: &str| text.to_ascii_lowercase().contains(service);
    let attributes = element.attrs.iter();
    names(element.name())
        || classes(element).any(names)
        || attributes
            .filter(|(name, _)| name.local.starts_with("data-"))
            .any(|(name, value)| names(&name.local) || value.eq_ignore_ascii_case(service))
}

/// Whether a still of a service stands in an element.
fn shows_still(node: NodeRef<'_>, service: &str) -> bool {
    let host = match service {
        "youtube" => "ytimg.com/vi",
        "vimeo" => "vimeocdn.com/",
        _ => return false,
    };
    node.descendants().any(|inside| {
        let source = element_of(&inside).and_then(|element| attribute(element, "src"));
        source.is_some_and(|source| source.contains(host) || source.contains("img.youtube.com/vi"))
    })
}

pub(super) fn by_post(element: &Element) -> Option<Address> {
    let mut names = element.attrs.iter().map(|(name, _)| &*name.local);
    if !names.any(|name| name.starts_with("data-")) {
        return None;
    }
    if let Some(pen) = pen(element) {
        return Some(pen);
    }
    POSTS.iter().find_map(|(name, start, end)| {
        let number = attribute(element, name)?.trim();
        let is_path = number.split('/').all(is_name);
        is_path
            .then(|| Address::parse(&format!("{start}{number}{end}")))
            .flatten()
    })
}

/// A pen, which two attributes name: whose it is, and which.
fn pen(element: &Element) -> Option<Address> {
    let of = |name| {
        attribute(element, name)
            .map(str::trim)
            .filter(|it| is_name(it))
    };
    let (user, number) = (of("data-user")?, of("data-slug-hash")?);
    Address::parse(&format!("https://codepen.io/{user}/pen/{number}"))
}

/// The recording of WeChat's elements for what somebody says.
pub(super) fn voice(element: &Element) -> Option<Address> {
    let number = attribute(element, "voice_encode_fileid")?.trim();
    let is_one = !number.is_empty() && number.bytes().all(|b| b.is_ascii_graphic());
    let base = "https://res.wx.qq.com/voice/getvoice";
    let encoded: String = url::form_urlencoded::byte_serialize(number.as_bytes()).collect();
    is_one
        .then(|| Address::parse(&format!("{base}?mediaid={encoded}")))
        .flatten()
}

fn is_youtube_number(text: &str) -> bool {
    text.len() == 11 && is_name(text)
}

pub(super) fn is_number(text: &str) -> bool {
    text.len() > 3 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 80
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
