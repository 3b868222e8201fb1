//! Films and the like that a script puts into the page: an element names the player, or the film by its
//! number, in one attribute or another, and shows a still until then.

mod scripts;
mod services;

use crate::clean::body::parse;
use crate::clean::body::parse::tree::{
    Element, NodeId, NodeRef, attribute, element_of, visible_text,
};
use crate::clean::body::walk::elements::{Role, is_image, role};
use crate::clean::body::walk::embeds::posts::{quoted, written};
use crate::clean::body::walk::embeds::{kind, page_of};
use crate::clean::body::walk::links::Links;
use crate::clean::body::walk::pictures::address;
use crate::clean::body::walk::pictures::{Pictures, Shown};
use crate::model::{Address, CleanText, Embed, EmbedKind, Image};
pub(in crate::clean::body) use scripts::script;
use services::{by_number, by_post, is_number, voice};

/// Parts of names that say that something is played or framed.
const PLAYING: [&str; 7] = [
    "embed", "iframe", "player", "video", "film", "movie", "audio",
];

/// Kinds of files that play.
const FILMS: [&str; 7] = ["mp4", "webm", "m4v", "mov", "ogv", "m3u8", "mpd"];
const RECORDINGS: [&str; 5] = ["mp3", "m4a", "ogg", "oga", "wav"];

/// What an element that is none of those that play stands for.
pub(in crate::clean::body) struct Wrapped {
    pub embed: Embed,
    /// The picture that is its still.
    pub still: Option<NodeId>,
}

impl Wrapped {
    /// What plays at an address, without a still.
    fn plain(element: &Element, address: Address) -> Self {
        Wrapped {
            embed: Embed {
                kind: kind_of_file(&address).unwrap_or_else(|| kind(element.name(), &address)),
                address,
                title: title(element),
                poster: None,
            },
            still: None,
        }
    }
}

/// The film in an element that holds none by itself, or the page of a script that writes.
pub(in crate::clean::body) fn film(
    element: &Element,
    node: NodeRef<'_>,
    links: &Links<'_>,
    pictures: &Pictures<'_>,
) -> Option<Wrapped> {
    // Of elements without attributes only these say by their content what they stand for.
    if element.attrs.is_empty() && !matches!(element.name(), "script" | "a" | "blockquote") {
        return None;
    }
    let plain = |address| Wrapped::plain(element, address);
    if element.name() == "script" {
        return script(element, links).map(plain);
    }
    if is_image(element.name()) || matches!(element.name(), "source" | "link" | "meta" | "html") {
        return None;
    }
    let address = address(element, node, links)?;
    if plays_inside(node) {
        return None;
    }
    if let Some(still) = written(element, node).map(|text| text.id()) {
        return Some(Wrapped {
            still: Some(still),
            ..plain(page_of(address))
        });
    }
    if element.name() == "blockquote" {
        return Some(plain(address));
    }
    let still = still(node);
    let mut wrapped = plain(page_of(address));
    wrapped.embed.poster = still.and_then(|still| poster(still, links, pictures));
    wrapped.still = still.map(|still| still.id());
    Some(wrapped)
}

/// The picture that a still shows.
fn poster(still: NodeRef<'_>, links: &Links<'_>, pictures: &Pictures<'_>) -> Option<Image> {
    match pictures.shown(element_of(&still)?, still, links) {
        Shown::Figure(image) | Shown::Small(image) => Some(image),
        _ => None,
    }
}

/// The first picture in an element.
fn still(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_picture = |element: &Element| is_image(element.name());
    node.descendants()
        .find(|inside| element_of(inside).is_some_and(is_picture))
}

fn title(element: &Element) -> CleanText {
    let names = [
        "title",
        "aria-label",
        "data-title",
        "playlabel",
        "name",
        "data-desc",
    ];
    let title = names.iter().find_map(|name| attribute(element, name));
    CleanText::line(title.unwrap_or_default())
}

/// Whether something inside plays by itself.
fn plays_inside(node: NodeRef<'_>) -> bool {
    node.descendants().skip(1).any(|inside| {
        element_of(&inside).is_some_and(|element| {
            matches!(role(element, inside), Role::Embed) && element.name() != "noscript"
        })
    })
}

fn address(element: &Element, node: NodeRef<'_>, links: &Links<'_>) -> Option<Address> {
    if element.name() == "a" {
        let still = || is_still(node).then(|| by_address(element, links)).flatten();
        return still_link(element, node, links).or_else(still);
    }
    if element.name() == "blockquote" {
        return quoted(element, node, links);
    }
    if element.attrs.is_empty() {
        return None;
    }
    by_address(element, links)
        .or_else(|| links.resolve(written(element, node)?.value().as_text()?.trim()))
        .or_else(|| by_number(element, node))
        .or_else(|| by_post(element))
        .or_else(|| voice(element))
        .filter(Address::is_web)
}

/// The film that a link around a still leads to.
fn still_link(element: &Element, node: NodeRef<'_>, links: &Links<'_>) -> Option<Address> {
    let reference = attribute(element, "href")?;
    // Most links have words in them, and an address costs more to read than they do.
    if !is_still(node) {
        return None;
    }
    links.resolve(reference).filter(is_film)
}

/// Whether an element holds one picture, and nothing to read.
fn is_still(node: NodeRef<'_>) -> bool {
    let stills = node
        .descendants()
        .filter(|inside| element_of(inside).is_some_and(|element| is_image(element.name())));
    stills.count() == 1 && visible_text(node).is_empty()
}

/// The player or the film whose address an attribute holds, or the frame whose markup it holds.
fn by_address(element: &Element, links: &Links<'_>) -> Option<Address> {
    element.attrs.iter().find_map(|(name, value)| {
        let name = &*name.local;
        let value = value.trim();
        let named = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        if !(name.starts_with("data-")
            || element.name().contains('-')
            || element.name() == "oembed")
            || named(&[
                "share", "href-", "related", "next", "thumb", "poster", "image", "img", "avatar",
                "cover", "icon",
            ])
        {
            return None;
        }
        if value.contains("<iframe") {
            return framed(value, links);
        }
        let start = value.get(..4).unwrap_or_default().to_ascii_lowercase();
        if start != "http" && !value.starts_with(['/', '.']) {
            return None;
        }
        let address = links.resolve(value).filter(Address::is_web)?;
        // An element of the page's own that is called so plays whatever it names.
        let own = element.name();
        let is_player_itself = own.contains('-') && PLAYING.iter().any(|part| own.contains(part));
        let plays = (named(&PLAYING) || is_player_itself) && !address::is_picture(value);
        (is_film(&address) || kind_of_file(&address).is_some() || (plays && is_player(&address)))
            .then_some(address)
    })
}

/// What the frame in some markup shows.
fn framed(markup: &str, links: &Links<'_>) -> Option<Address> {
    let parsed = parse::parse(markup);
    let frames = parsed
        .html
        .tree
        .nodes()
        .filter_map(|node| match node.value() {
            scraper::Node::Element(element) if element.name() == "iframe" => Some(element),
            _ => None,
        });
    let mut addresses = frames.filter_map(|frame| {
        let address = attribute(frame, "src").or_else(|| attribute(frame, "data-src"))?;
        links.resolve(address).filter(Address::is_web)
    });
    addresses.next()
}

/// Whether an address is that of a film, or of a player that shows one.
fn is_film(address: &Address) -> bool {
    let parts: Vec<&str> = address
        .url()
        .path()
        .split('/')
        .filter(|it| !it.is_empty())
        .collect();
    let host = address.host().unwrap_or_default();
    let says_so = parts.iter().any(|part| {
        matches!(
            *part,
            "embed"
                | "watch"
                | "v"
                | "shorts"
                | "live"
                | "video"
                | "videos"
                | "player"
                | "iframe"
                | "talks"
                | "v_show"
                | "play"
                | "x"
                | "tracks"
                | "episode"
                | "track"
        ) || part.starts_with("player")
    }) || host.starts_with("player")
        || host.starts_with("embed.");
    let short = matches!(host, "youtu.be" | "dai.ly") && !parts.is_empty();
    let numbered = host == "vimeo.com" && parts.first().is_some_and(|part| is_number(part));
    kind("", address) != EmbedKind::Frame && (says_so || short || numbered)
}

/// What plays in the file that an address names, if it is of a kind that plays.
fn kind_of_file(address: &Address) -> Option<EmbedKind> {
    let path = address.url().path();
    let (_, kind) = path.rsplit_once('.')?;
    let is_of = |kinds: &[&str]| kinds.iter().any(|known| kind.eq_ignore_ascii_case(known));
    if is_of(&FILMS) {
        Some(EmbedKind::Video)
    } else {
        is_of(&RECORDINGS).then_some(EmbedKind::Audio)
    }
}

/// Whether an address may be that of a player: it names something at its host.
fn is_player(address: &Address) -> bool {
    let path = address.url().path();
    let is_file = [".js", ".css", ".json", ".xml"]
        .iter()
        .any(|end| path.ends_with(end));
    !is_file && (path.len() > 1 || address.url().query().is_some())
}
