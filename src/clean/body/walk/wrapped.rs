//! Films and the like that a script puts into the page: an element names the player, or the film by its
//! number, in one attribute or another, and shows a still until then.

use crate::clean::body::parse;
use crate::clean::body::parse::tree::{
    Element, NodeId, NodeRef, attribute, classes, element_of, visible_text,
};
use crate::clean::body::walk::elements::{Role, is_image, role};
use crate::clean::body::walk::embeds::{kind, page_of};
use crate::clean::body::walk::links::Links;
use crate::clean::body::walk::picture_address;
use crate::clean::body::walk::pictures::{Pictures, Shown};
use crate::clean::body::walk::posts::{quoted, written};
use crate::model::{Address, CleanText, Embed, EmbedKind};

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

/// The film in an element that holds none by itself, or the page of a script that writes.
pub(in crate::clean::body) fn film(
    element: &Element,
    node: NodeRef<'_>,
    links: &Links<'_>,
    pictures: &Pictures<'_>,
) -> Option<Wrapped> {
    let plain = |address| Wrapped {
        embed: Embed {
            kind: kind_of_file(&address).unwrap_or_else(|| kind(element.name(), &address)),
            address,
            title: title(element),
            poster: None,
        },
        still: None,
    };
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
    let still = node
        .descendants()
        .find(|inside| element_of(inside).is_some_and(|element| is_image(element.name())));
    let poster = still.and_then(|still| {
        let shown = pictures.shown(element_of(&still)?, still, links);
        match shown {
            Shown::Figure(image) | Shown::Small(image) => Some(image),
            _ => None,
        }
    });
    let wrapped = plain(page_of(address));
    Some(Wrapped {
        embed: Embed {
            poster,
            ..wrapped.embed
        },
        still: still.map(|still| still.id()),
    })
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
    let address = links.resolve(attribute(element, "href")?)?;
    (is_film(&address) && is_still(node)).then_some(address)
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
        let plays = (named(&PLAYING) || is_player_itself) && !picture_address::is_picture(value);
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

/// The film of a service that something at the element names, by its number.
fn by_number(element: &Element, node: NodeRef<'_>) -> Option<Address> {
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

fn by_post(element: &Element) -> Option<Address> {
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
fn voice(element: &Element) -> Option<Address> {
    let number = attribute(element, "voice_encode_fileid")?.trim();
    let is_one = !number.is_empty() && number.bytes().all(|b| b.is_ascii_graphic());
    let base = "https://res.wx.qq.com/voice/getvoice";
    let encoded: String = url::form_urlencoded::byte_serialize(number.as_bytes()).collect();
    is_one
        .then(|| Address::parse(&format!("{base}?mediaid={encoded}")))
        .flatten()
}

/// The page of what a script writes in its place: a listing or a recording that others keep.
pub(in crate::clean::body) fn script(element: &Element, links: &Links<'_>) -> Option<Address> {
    if let Some(post) = by_post(element) {
        return Some(post);
    }
    let address = links.resolve(attribute(element, "src")?)?;
    let mut page = address.url().clone();
    let path = page.path().to_owned();
    let host = page.host_str().unwrap_or_default().to_owned();
    if let Some(shown) = named_in_query(&address, links) {
        return Some(shown);
    }
    let shown = if let Some((start, number)) = path.split_once("/embed_js/") {
        format!("{start}/{number}")
    } else if let Some(shown) = path.trim_end_matches('/').strip_suffix("/embed") {
        format!("{shown}/")
    } else {
        let bare = path
            .strip_suffix(".js")
            .or_else(|| path.strip_suffix(".pibb"))?;
        let is_kept = host.split('.').chain(bare.split('/')).any(|part| {
            matches!(
                part,
                "gist"
                    | "gists"
                    | "snippet"
                    | "snippets"
                    | "paste"
                    | "pastes"
                    | "pastie"
                    | "asciinema"
            )
        });
        let last = bare.rsplit('/').next().unwrap_or_default();
        // What is kept at a host for nothing else may have any name.
        let at_host = host.starts_with("gist.") && bare.trim_matches('/').contains('/');
        let is_number = last.len() > 1
            && (at_host || last.bytes().any(|b| b.is_ascii_digit()) || is_hexadecimal(last));
        if !is_kept || !is_number {
            return None;
        }
        bare.to_owned()
    };
    page.set_path(&shown);
    Address::from_url(page).filter(Address::is_web)
}

/// What a script embeds whose address a parameter holds: `embed.js?target=https://…`.
fn named_in_query(script: &Address, links: &Links<'_>) -> Option<Address> {
    let name = script.url().path().rsplit('/').next().unwrap_or_default();
    let mut parameters = script.url().query_pairs();
    let (_, shown) = parameters.find(|(key, value)| {
        matches!(&**key, "target" | "url" | "src") && value.starts_with("https://")
    })?;
    let shown = links.resolve(&shown).filter(Address::is_web)?;
    name.starts_with("embed").then_some(shown)
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

/// Whether a name is a number to the base of 16, as of a digest.
fn is_hexadecimal(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_youtube_number(text: &str) -> bool {
    text.len() == 11 && is_name(text)
}

fn is_number(text: &str) -> bool {
    text.len() > 3 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 80
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
