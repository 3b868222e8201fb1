//! Films, recordings and frames: each becomes a link with a still picture.

pub(in crate::clean::body) mod posts;
pub(in crate::clean::body) mod srcdoc;
pub(in crate::clean::body) mod wrapped;

use crate::clean::body::hidden::hiding::{Hiding, hiding};
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::clean::body::walk::links::Links;
use crate::clean::body::walk::pictures::Pictures;
use crate::clean::body::walk::pictures::trackers::length_of;
use crate::model::{Address, CleanText, Embed, EmbedKind};

/// Hosts whose frames play films.
const VIDEO_HOSTS: [&str; 16] = [
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "bilibili.com",
    "youku.com",
    "v.qq.com",
    "iqiyi.com",
    "twitch.tv",
    "ted.com",
    "rutube.ru",
    "ok.ru",
    "tudou.com",
    "brightcove.net",
    "jwplatform.com",
];

/// Hosts whose frames play recordings.
const AUDIO_HOSTS: [&str; 7] = [
    "soundcloud.com",
    "spotify.com",
    "podcasts.apple.com",
    "music.163.com",
    "ximalaya.com",
    "anchor.fm",
    "mixcloud.com",
];

/// Parts of addresses whose frames show nothing to readers.
const INVISIBLE: [&str; 7] = [
    "/xd_arbiter",
    "googletagmanager.com",
    "doubleclick.net",
    "googlesyndication.com",
    "facebook.com/plugins/like",
    "platform.twitter.com/widgets",
    "/recaptcha/",
];

/// What an element that plays or runs something becomes.
pub(in crate::clean::body) fn embed(
    element: &Element,
    node: NodeRef<'_>,
    links: &Links<'_>,
    pictures: &Pictures<'_>,
) -> Option<Embed> {
    let address = address(element, node, links)?;
    if is_invisible(element, &address) || is_announced(element, node) {
        return None;
    }
    let poster = ["poster", "data-poster", "placeholder"]
        .iter()
        .find_map(|name| attribute(element, name))
        .and_then(|poster| pictures.poster(poster, links));
    let title = attribute(element, "title").or_else(|| attribute(element, "aria-label"));
    Some(Embed {
        kind: kind(element.name(), &address),
        address,
        title: CleanText::line(title.unwrap_or_default()),
        poster,
    })
}

fn address(element: &Element, node: NodeRef<'_>, links: &Links<'_>) -> Option<Address> {
    if let Some(number) =
        attribute(element, "data-videoid").or_else(|| attribute(element, "videoid"))
        && element.name().contains("youtube")
    {
        return Address::parse(&format!("https://www.youtube.com/watch?v={number}"));
    }
    let own = ["src", "data-src", "data-lazy-src", "data", "href"]
        .iter()
        .filter_map(|name| attribute(element, name))
        .filter_map(|reference| links.resolve(reference))
        .find(Address::is_web)
        .or_else(|| later(element, links));
    let own = own.or_else(|| {
        node.children()
            .filter_map(|child| element_of(&child))
            .filter_map(|child| attribute(child, "src").or_else(|| attribute(child, "data-src")))
            .find_map(|reference| links.resolve(reference))
    });
    own.filter(Address::is_web).map(page_of)
}

/// The address that a script gives an element later, whatever the attribute is called.
fn later(element: &Element, links: &Links<'_>) -> Option<Address> {
    let attributes = element.attrs.iter().filter(|(name, _)| {
        let name = &*name.local;
        let other = ["poster", "thumb", "image", "share", "placeholder"];
        name.contains("src") && !other.iter().any(|part| name.contains(part))
    });
    let whole =
        attributes.filter(|(_, value)| value.starts_with("http") || value.starts_with("//"));
    whole
        .filter_map(|(_, value)| links.resolve(value))
        .find(Address::is_web)
}

/// Whether a frame of another blog's entry (WordPress) stands behind the quotation that links to that
/// entry: a page shows one of the two.
fn is_announced(element: &Element, node: NodeRef<'_>) -> bool {
    let is_embedded =
        |element: &Element| classes(element).any(|class| class == "wp-embedded-content");
    is_embedded(element)
        && node
            .prev_siblings()
            .filter_map(|sibling| element_of(&sibling))
            .any(|sibling| sibling.name() == "blockquote" && is_embedded(sibling))
}

/// The page of a film or an entry whose address is that of a player or a frame.
pub(in crate::clean::body) fn page_of(address: Address) -> Address {
    let host = address
        .host()
        .unwrap_or_default()
        .trim_start_matches("www.");
    let path = address.url().path();
    let shown = |name: &str| {
        let mut parameters = address.url().query_pairs();
        parameters
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let page = match host {
        "youtube.com" | "youtube-nocookie.com" => path
            .strip_prefix("/embed/")
            .or_else(|| path.strip_prefix("/v/"))
            .filter(|number| !number.is_empty() && *number != "videoseries")
            .map(|number| {
                format!(
                    "https://www.youtube.com/watch?v={}",
                    number.trim_end_matches('/')
                )
            }),
        "player.vimeo.com" => path
            .strip_prefix("/video/")
            .map(|number| format!("https://vimeo.com/{number}")),
        "facebook.com" if path.starts_with("/plugins/") => shown("href"),
        "cdn.embedly.com" if path.starts_with("/widgets/") => shown("url"),
        _ => None,
    };
    page.and_then(|page| Address::parse(&page))
        .filter(Address::is_web)
        .unwrap_or(address)
}

fn is_invisible(element: &Element, address: &Address) -> bool {
    let tiny = |name| length_of(element, name).is_some_and(|length| length <= 2.0);
    let comes_later = attribute(element, "data-src").is_some();
    let hides = !comes_later && hiding(element) == Some(Hiding::Display);
    hides
        || (tiny("width") && tiny("height"))
        || INVISIBLE.iter().any(|part| address.as_str().contains(part))
}

/// What plays at an address, in an element of some name.
pub(in crate::clean::body) fn kind(name: &str, address: &Address) -> EmbedKind {
    let host = address.host().unwrap_or_default();
    let of = |hosts: &[&str]| {
        hosts.iter().any(|known| {
            host.strip_suffix(known)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    };
    let is_film = of(&["facebook.com"]) && address.url().path().contains("/videos/");
    if name.contains("audio") || name.contains("voice") || of(&AUDIO_HOSTS) {
        EmbedKind::Audio
    } else if name.contains("video") || name.contains("youtube") || is_film || of(&VIDEO_HOSTS) {
        EmbedKind::Video
    } else {
        EmbedKind::Frame
    }
}
