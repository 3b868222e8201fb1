//! Pictures that no reader is meant to see: those that a page hides, and those that only count visits.
//!
//! What counts visits is known by its form, since its hosts are many and change: it is hidden, or of one
//! pixel, or its address says so. A picture that comes later may be hidden and small until then.

use crate::clean::body::hidden::hiding::{Hiding, hiding, is_padded};
use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, element_of};
use crate::clean::body::walk::pictures::address::{file_name, is_picture, kind, query, worded};
use crate::clean::body::walk::pictures::candidates;
use std::borrow::Cow;

/// The rule by which pictures go that count visits or take up room.
const TRACKER: &str = "tracker";

/// Words in hosts and names of files that count visits.
const COUNTING: [&str; 24] = [
    "pixel",
    "pixels",
    "px",
    "beacon",
    "counter",
    "count",
    "collect",
    "collector",
    "stat",
    "stats",
    "analytics",
    "track",
    "tracker",
    "tracking",
    "metrics",
    "telemetry",
    "hit",
    "hits",
    "impression",
    "pageview",
    "ping",
    "utm",
    "piwik",
    "matomo",
];

/// Parameters that tell what is counted.
const COUNTED: [&str; 18] = [
    "ev",
    "event",
    "noscript",
    "tid",
    "cid",
    "uid",
    "idsite",
    "rec",
    "utmac",
    "utmn",
    "rand",
    "random",
    "ord",
    "cachebuster",
    "cb",
    "referrer",
    "pageview",
    "action_name",
];

/// Addresses of old, in which neither words nor form tell.
const KNOWN: [&str; 3] = ["feeds.feedburner.com/~", "doubleclick.net", "/b.gif?"];

/// Parameters that nothing but a count of visits has.
const EVENTS: [&str; 10] = [
    "ev",
    "event",
    "noscript",
    "tid",
    "idsite",
    "utmac",
    "utmn",
    "pageview",
    "action_name",
    "rec",
];

/// Parameters that tell a version or a size.
const VERSIONS: [&str; 10] = [
    "v", "ver", "version", "t", "ts", "w", "h", "width", "height", "size",
];

/// How wide a picture is at least of which only the width is told.
const FEWEST_OF_PICTURES: f32 = 100.0;

/// The rule by which a picture is not shown, if one says so.
pub(in crate::clean::body) fn rule(element: &Element, node: NodeRef<'_>) -> Option<&'static str> {
    if candidates::is_lazy(element) {
        return None;
    }
    let hides = hiding(element);
    if hides.is_some_and(|hides| hides != Hiding::Opacity) {
        return Some(crate::clean::body::hidden::RULE);
    }
    let unseen = hides == Some(Hiding::Opacity) && !is_sent_as_picture(element);
    (is_tiny(element) || unseen || counts(element, node)).then_some(TRACKER)
}

/// Whether the picture only counts visits or takes up room, as far as it tells by itself.
pub(in crate::clean::body) fn is_tracker(element: &Element, node: NodeRef<'_>) -> bool {
    rule(element, node) == Some(TRACKER)
}

/// Whether a picture has no size to speak of.
fn is_tiny(element: &Element) -> bool {
    let (width, height) = (length_of(element, "width"), length_of(element, "height"));
    let tiny = |length: Option<f32>| length.is_some_and(|length| length <= 2.0);
    // One whose height is padding has the shape of what comes.
    let shaped = Style::of(element).is_some_and(|style| is_padded(&style));
    // No height beside a width is one that the picture itself is to tell.
    let open = height == Some(0.0) && width.is_some_and(|width| width > FEWEST_OF_PICTURES);
    let style = Style::of(element);
    let none = |name| {
        let length = style.as_ref().and_then(|style| style.pixels(name));
        length.is_some_and(|length| length <= 2.0)
    };
    (tiny(height) && !shaped && !open)
        || (tiny(width) && height.is_none())
        || (none("max-height") && !shaped)
        || none("max-width")
}

/// Whether a picture is of a size, or its file of a kind: one that is not seen fades in.
fn is_sent_as_picture(element: &Element) -> bool {
    let address = attribute(element, "src").unwrap_or_default();
    let sized = ["width", "height"]
        .iter()
        .any(|name| length_of(element, name).is_some());
    let named = attribute(element, "alt").is_some_and(|words| !words.trim().is_empty());
    sized || named || kind(address).is_some() || is_picture(address)
}

/// Whether a picture's address is that of something that counts: it takes down parameters, and its host,
/// its name or they say so. Nobody describes such a picture, or gives it a size.
fn counts(element: &Element, node: NodeRef<'_>) -> bool {
    let address = worded(attribute(element, "src").unwrap_or_default()).trim();
    if KNOWN.iter().any(|part| address.contains(part)) {
        return true;
    }
    let described = attribute(element, "alt").is_some_and(|words| !words.trim().is_empty());
    let sized = ["width", "height"]
        .iter()
        .any(|name| length_of(element, name).is_some());
    if described || sized || attribute(element, "srcset").is_some() || is_photograph(address) {
        return false;
    }
    let parameters: Vec<Cow<'_, str>> = query(address).map(|(name, _)| name).collect();
    let counted = parameters
        .iter()
        .filter(|name| COUNTED.contains(&&***name))
        .count();
    let says_so = says_that_it_counts(address);
    let takes_down = !parameters.is_empty();
    (says_so && (takes_down || kind(address) == Some("gif")))
        || (counted > 1 && kind(address).is_none())
        || (kind(address).is_none() && parameters.iter().any(|it| EVENTS.contains(&&**it)))
        || (is_signal(address) && parameters.iter().any(|it| !VERSIONS.contains(&&**it)))
        || (takes_down && kind(address).is_none() && is_alone_without_scripts(node))
}

/// Whether an address is that of a file with hardly any name, as of those that only take something down:
/// `/hm.gif`, `/b.gif`, `/tr`, `/open`.
fn is_signal(address: &str) -> bool {
    let name = file_name(address);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.trim_matches('_');
    match kind(address) {
        Some("gif") => stem.len() <= 3 && stem.bytes().any(|b| b.is_ascii_alphabetic()),
        Some(_) => false,
        None => matches!(stem, "tr" | "open"),
    }
}

/// Whether an address is that of a file no tracker would send, or asks for one.
fn is_photograph(address: &str) -> bool {
    match kind(address) {
        Some("gif" | "png") => false,
        Some(_) => true,
        None => is_picture(address),
    }
}

/// Whether a part of the host or the last part of the path is called after counting.
fn says_that_it_counts(address: &str) -> bool {
    let bare = address.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.split_once("//").map_or(bare, |(_, bare)| bare);
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    // The domain is a name, whatever it says.
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.truncate(labels.len().saturating_sub(2));
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default();
    let words = labels.into_iter().flat_map(words).chain(words(name));
    words.into_iter().any(|word| {
        let word = word.to_ascii_lowercase();
        COUNTING.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit()))
    })
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether a picture is all that a `noscript` holds, and no other picture stands beside that.
fn is_alone_without_scripts(node: NodeRef<'_>) -> bool {
    let Some(noscript) = node
        .ancestors()
        .take(4)
        .find(|outer| element_of(outer).is_some_and(|element| element.name() == "noscript"))
    else {
        return false;
    };
    let shows = |node: NodeRef<'_>| {
        node.descendants().any(|inside| {
            element_of(&inside).is_some_and(|element| matches!(element.name(), "img" | "picture"))
        })
    };
    let beside = [
        noscript.prev_siblings().find(|it| it.value().is_element()),
        noscript.next_siblings().find(|it| it.value().is_element()),
    ];
    !beside.into_iter().flatten().any(shows)
}

/// A length in pixels, from an attribute or the style.
pub(in crate::clean::body) fn length_of(element: &Element, name: &str) -> Option<f32> {
    let value = attribute(element, name).map(str::trim);
    let written = value.filter(|value| !value.ends_with('%'));
    if let Some(written) = written {
        return written.trim_end_matches("px").trim().parse().ok();
    }
    let style = Style::of(element)?;
    let value = style.value(name)?;
    let value = value.strip_suffix("px").unwrap_or(value);
    value.trim().parse().ok()
}
