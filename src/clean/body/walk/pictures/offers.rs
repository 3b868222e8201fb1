//! Everything that a page offers for one picture, best first: sizes and kinds of it, and the whole picture
//! that a thumbnail leads to.

use crate::clean::body::parse::tree::{Element, NodeRef, attribute, class_contains, element_of};
use crate::clean::body::walk::pictures::address::{is_reduced, worded};
use crate::clean::body::walk::pictures::srcset::{self, USUAL_WIDTH};
use crate::clean::body::walk::pictures::stand_ins::is_placeholder;

/// How many offers for a picture are worth a look.
pub(in crate::clean::body) const MOST_OFFERS: usize = 6;

/// How many entries of lists are compared.
const MOST_LISTED: usize = 64;

/// The same for a version that is small or blurred.
const REDUCED_WIDTH: f32 = 100.0;

/// The width that no device needs more than, in pixels.
const TARGET_WIDTH: f32 = 2_000.0;

/// Attributes that hold another file of the same picture.
const FILES: [&str; 8] = [
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-large-file",
    "data-orig-file",
    "data-hi-res-src",
    "data-full-url",
];

/// Attributes that list several sizes.
const SIZES: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// How many elements may be between a picture and the link around it.
const MOST_WRAPPERS: usize = 4;

/// A file that is offered.
struct Offer<'tree> {
    reference: &'tree str,
    /// How good its size is: the wider the better, but not beyond what is of use.
    size: f32,
    /// Kinds that books hold come before those that have to be converted.
    kind: u8,
}

impl<'tree> Offer<'tree> {
    fn new(reference: &'tree str, width: Option<f32>, media_type: Option<&str>) -> Self {
        let width = width.or_else(|| width_in_name(worded(reference)));
        let guessed = if is_reduced(reference) {
            REDUCED_WIDTH
        } else {
            USUAL_WIDTH
        };
        let width = width.unwrap_or(guessed);
        let size = if width <= TARGET_WIDTH {
            width
        } else {
            (TARGET_WIDTH - (width - TARGET_WIDTH) / 4.0).max(0.0)
        };
        Offer {
            reference,
            size,
            kind: kind(worded(reference), media_type),
        }
    }
}

/// The references of all offers for the picture of an element, best first.
pub(in crate::clean::body) fn offers<'tree>(
    element: &'tree Element,
    node: NodeRef<'tree>,
) -> Vec<&'tree str> {
    let whole = whole_of(element, node);
    let own = FILES.iter().filter_map(|name| attribute(element, name));
    let own: Vec<&str> = own.map(str::trim).collect();
    let is_listed = |element: &Element| SIZES.iter().any(|name| attribute(element, name).is_some());
    // Most pictures have nothing but an address: there is nothing to compare.
    if own.len() == 1 && whole.is_none() && !is_listed(element) && sources(node).next().is_none() {
        return own.into_iter().filter(|own| !is_placeholder(own)).collect();
    }
    let own = own.into_iter().map(|own| Offer::new(own, None, None));
    let mut offers: Vec<Offer<'_>> = own.collect();
    if class_contains(element, &["lazy"])
        && let Some(shown) = offers.first_mut()
    {
        // What is shown at first is not yet all.
        shown.size -= 1.0;
    }
    push_sizes(element, None, &mut offers);
    for source in sources(node) {
        let media_type = attribute(source, "type").map(str::trim);
        push_sizes(source, media_type, &mut offers);
    }
    widen(&mut offers);
    offers.sort_by(|one, other| {
        let by_size = other.size.total_cmp(&one.size);
        by_size.then(one.kind.cmp(&other.kind))
    });
    let mut found: Vec<&str> = Vec::new();
    for reference in whole
        .into_iter()
        .chain(offers.iter().map(|offer| offer.reference))
    {
        let is_file = !is_placeholder(reference);
        if is_file && !found.contains(&reference) && found.len() < MOST_OFFERS {
            found.push(reference);
        }
    }
    found
}

/// A file that is named twice is as wide as anything tells of it.
fn widen(offers: &mut [Offer<'_>]) {
    let told: Vec<(&str, f32)> = offers
        .iter()
        .filter(|offer| offer.size != USUAL_WIDTH)
        .map(|offer| (offer.reference, offer.size))
        .collect();
    for offer in offers {
        let found = told
            .iter()
            .find(|(reference, _)| *reference == offer.reference);
        if let Some((_, size)) = found {
            offer.size = *size;
        }
    }
}

/// The entries of a `srcset` (HTML standard, section 4.8.4.2.2). A density counts as that many times the
/// usual width.
fn push_sizes<'tree>(
    element: &'tree Element,
    media_type: Option<&str>,
    offers: &mut Vec<Offer<'tree>>,
) {
    for sizes in SIZES.iter().filter_map(|name| attribute(element, name)) {
        for (descriptor, address) in srcset::entries(sizes) {
            if offers.len() == MOST_LISTED {
                return;
            }
            let width = srcset::width_of_descriptor(descriptor);
            offers.push(Offer::new(address, width, media_type));
        }
    }
}

/// The width that the name of a file ends with: `a-300x200.jpg`.
fn width_in_name(reference: &str) -> Option<f32> {
    let path = reference.split(['?', '#']).next()?;
    let (stem, _) = path.rsplit_once('.')?;
    let (_, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    height.parse::<u16>().ok()?;
    width.parse::<u16>().ok().map(f32::from)
}

fn kind(reference: &str, media_type: Option<&str>) -> u8 {
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    let told = media_type.and_then(|told| told.strip_prefix("image/"));
    match told.or(extension).unwrap_or_default() {
        "webp" => 1,
        "avif" => 2,
        "jxl" => 3,
        "heic" | "heif" | "jp2" => 4,
        _ => 0,
    }
}

/// The `source` elements beside an `img` in a `picture`, but for those that are for paper or the dark.
fn sources<'tree>(node: NodeRef<'tree>) -> impl Iterator<Item = &'tree Element> {
    let is_picture =
        |node: &NodeRef<'_>| element_of(node).is_some_and(|element| element.name() == "picture");
    let picture = std::iter::once(node).chain(node.parent()).find(is_picture);
    let children = picture.into_iter().flat_map(|picture| picture.children());
    let sources = children.filter_map(|child| match child.value() {
        scraper::Node::Element(element) if element.name() == "source" => Some(element),
        _ => None,
    });
    sources.filter(|source| {
        let media = attribute(source, "media").unwrap_or_default();
        !media.contains("print") && !media.contains("dark")
    })
}

/// The file that the link around a picture leads to, if by its name it is the same picture.
fn whole_of<'tree>(element: &Element, node: NodeRef<'tree>) -> Option<&'tree str> {
    let link = node
        .ancestors()
        .take(MOST_WRAPPERS)
        .find_map(|outer| match outer.value() {
            scraper::Node::Element(outer) if outer.name() == "a" => attribute(outer, "href"),
            _ => None,
        })?;
    let own = stem(attribute(element, "src")?)?;
    (stem(link)? == own).then_some(link.trim())
}

/// The name of a picture's file, without what names its size.
fn stem(reference: &str) -> Option<String> {
    const KINDS: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "jxl"];
    let path = reference.trim().split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    let (stem, kind) = name.rsplit_once('.')?;
    let kind = kind.to_ascii_lowercase();
    if !KINDS.contains(&kind.as_str()) {
        return None;
    }
    let mut stem = stem.to_ascii_lowercase();
    if width_in_name(reference).is_some()
        && let Some((bare, _)) = stem.rsplit_once('-')
    {
        stem = bare.to_owned();
    }
    const SIZES: [&str; 12] = [
        "-scaled",
        "-thumbnail",
        "_thumbnail",
        ".thumbnail",
        "-thumb",
        "_thumb",
        ".thumb",
        "-small",
        "_small",
        "_s",
        "_m",
        "_t",
    ];
    for size in SIZES {
        if let Some(bare) = stem.strip_suffix(size).filter(|bare| bare.len() > 2) {
            stem = bare.to_owned();
            break;
        }
    }
    let bare = stem
        .strip_prefix("thumb_")
        .or_else(|| stem.strip_prefix("thumb-"));
    Some(bare.map_or(stem.clone(), str::to_owned)).filter(|stem| !stem.is_empty())
}
