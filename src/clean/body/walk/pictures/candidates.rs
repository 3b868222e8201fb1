//! The addresses that an element names for the picture that it shows, best first.
//!
//! Pages keep a picture's address in one attribute or another until it comes into view, and show a
//! stand-in, a small or a blurred version before. What an attribute is called tells little; what its value
//! is tells more.

use crate::clean::body::hidden::hiding::{Hiding, hiding};
use crate::clean::body::parse::contents::may_be_later;
use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, class_contains, element_of};
use crate::clean::body::walk::pictures::address::{
    SMALL_WIDTH, is_picture, is_reduced_of, kind, subject,
};
use crate::clean::body::walk::pictures::srcset;
use crate::clean::body::walk::pictures::stand_ins::{is_one_pixel, is_placeholder};
use crate::clean::body::walk::pictures::width::width;
use crate::clean::body::walk::pictures::written;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Attributes in which many pages keep the address until the picture comes into view, best first.
const LATER: [&str; 14] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-original-src",
    "data-lazy",
    "data-large-file",
    "data-orig-file",
    "data-hi-res-src",
    "data-full-url",
    "data-url",
    "data-image",
    "data-echo",
    "file",
];

/// Attributes that list several sizes, best first.
const SIZES: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// Parts of the names of attributes that hold something else than the picture itself.
const OTHER: [&str; 33] = [
    "avatar",
    "hover",
    "fallback",
    "error",
    "default",
    "placeholder",
    "thumb",
    "icon",
    "logo",
    "share",
    "loading",
    "low",
    "lqip",
    "preview",
    "small",
    "tiny",
    "blur",
    "author",
    "next",
    "prev",
    "title",
    "alt",
    "caption",
    "name",
    "label",
    "desc",
    "href",
    "link",
    "class",
    "style",
    "map",
    "poster",
    "pin",
];

/// Parts of the names of attributes that say that they hold a picture's address.
const ADDRESS: [&str; 15] = [
    "src", "srv", "img", "image", "orig", "lazy", "full", "native", "large", "url", "photo",
    "file", "hires", "retina", "zoom",
];

/// What is shown in no more than so many pixels is there until a script shows another picture.
const TINY_WIDTH: f32 = 100.0;

/// An address of a picture.
#[derive(Clone, Debug)]
pub(in crate::clean::body) struct Candidate<'tree> {
    pub reference: Cow<'tree, str>,
    /// Its width in pixels, where anything tells.
    width: Option<f32>,
    /// Whether it is a small or blurred version.
    pub reduced: bool,
}

impl<'tree> Candidate<'tree> {
    fn new(reference: impl Into<Cow<'tree, str>>) -> Self {
        let reference = reference.into();
        let width = width(&reference);
        Candidate {
            width,
            reduced: is_reduced_of(&reference, width),
            reference,
        }
    }

    /// The same for markup that lives less long.
    pub fn into_owned(self) -> Candidate<'static> {
        Candidate {
            reference: Cow::Owned(self.reference.into_owned()),
            width: self.width,
            reduced: self.reduced,
        }
    }

    /// One whose width is told elsewhere.
    fn of_width((told, reference): (f32, &'tree str)) -> Self {
        let candidate = Candidate::new(reference);
        Candidate {
            width: candidate.width.or(Some(told)),
            ..candidate
        }
    }
}

/// All candidates of an element, best first: small and blurred versions come last, the widest before the
/// others. `shared` says whether several pictures of the text have the same address in `src`.
pub(in crate::clean::body) fn candidates<'tree>(
    element: &'tree Element,
    node: NodeRef<'tree>,
    is_shared: bool,
) -> Vec<Candidate<'tree>> {
    let own = attribute(element, "src").unwrap_or_default().trim();
    let own = Some(own).filter(|own| !is_placeholder(own));
    let mut own = own.map(Candidate::new);
    if let Some(own) = &mut own {
        own.width = own.width.or_else(|| told_width(element, &own.reference));
        own.reduced |= is_blurred(element)
            || is_one_pixel(&own.reference)
            || own.width.is_some_and(|width| width <= SMALL_WIDTH)
            || (is_drawn(element) && names_photograph(element));
    }
    let comes_later = is_shared || class_contains(element, &["lazy"]) || is_stand_in(element);
    let replaces = own.as_ref().is_none_or(|own| own.reduced) || comes_later;
    // What is shown gives way to another attribute only if that is a picture beyond doubt, or what is shown
    // is none that anybody would look at.
    let is_tiny = |own: &Candidate<'_>| own.width.is_some_and(|width| width <= TINY_WIDTH);
    let sure = own.as_ref().is_some_and(|own| !is_tiny(own)) && !comes_later;
    let mut found = later(element, sure);
    match own {
        Some(own) if comes_later => found.push(own),
        Some(own) => found.insert(0, own),
        None => {}
    }
    let sizes = SIZES.iter().filter_map(|name| attribute(element, name));
    found.extend(sizes.filter_map(srcset::best_of).map(Candidate::of_width));
    found.extend(picture_sources(node).map(Candidate::of_width));
    found.extend(written::of(element).map(Candidate::new));
    if replaces {
        found.extend(unknown(element, sure));
    }
    found.sort_by(|one, other| match (one.reduced, other.reduced) {
        (true, true) => other
            .width
            .unwrap_or(0.0)
            .total_cmp(&one.width.unwrap_or(0.0)),
        (one, other) => one.cmp(&other),
    });
    found
}

/// The width that a list of sizes tells of an address.
fn told_width(element: &Element, reference: &str) -> Option<f32> {
    let lists = SIZES.iter().filter_map(|name| attribute(element, name));
    lists
        .filter(|sizes| sizes.contains(reference))
        .find_map(|sizes| srcset::width_of(sizes, reference))
}

/// Whether the page blurs what it shows at first.
fn is_blurred(element: &Element) -> bool {
    let filtered = Style::of(element)
        .is_some_and(|style| style.value("filter").is_some_and(|it| it.contains("blur")));
    filtered || class_contains(element, &["blur", "lqip"])
}

/// Whether what an element shows is there until a script shows another picture: it is hidden, or an
/// animation's file stands for a photograph's.
fn is_stand_in(element: &Element) -> bool {
    let later = later(element, true);
    let Some(later) = later.iter().find(|later| is_picture(&later.reference)) else {
        return false;
    };
    hiding(element) == Some(Hiding::Display)
        || (is_drawn(element) && !matches!(kind(&later.reference), Some("gif" | "svg") | None))
}

/// Whether what an element shows is an animation or a drawing.
fn is_drawn(element: &Element) -> bool {
    let own = attribute(element, "src").unwrap_or_default();
    matches!(kind(own), Some("gif" | "svg"))
}

/// Whether an attribute that is called a source, of no page that is known, holds the address of a photograph.
fn names_photograph(element: &Element) -> bool {
    let is_source = |name: &str| name.starts_with("data-") && name.ends_with("src");
    let mut sources = element.attrs.iter().filter(|(name, _)| {
        is_source(&name.local) && !OTHER.iter().any(|part| name.local.contains(part))
    });
    sources.any(|(_, value)| !matches!(kind(value.trim()), Some("gif" | "svg") | None))
}

/// The addresses in `src` that several pictures have which then show different ones: stand-ins, whatever
/// they are called.
pub(in crate::clean::body) fn shared(root: NodeRef<'_>) -> HashSet<String> {
    let mut first: HashMap<&str, Cow<'_, str>> = HashMap::new();
    let mut shared = HashSet::new();
    let elements = root.descendants().filter_map(|node| match node.value() {
        scraper::Node::Element(element) if element.name() == "img" => Some(element),
        _ => None,
    });
    for element in elements {
        let named = later(element, true).into_iter().next();
        let Some(Candidate { reference, .. }) = named else {
            continue;
        };
        let own = attribute(element, "src").unwrap_or_default().trim();
        if is_placeholder(own) {
            continue;
        }
        if *first.entry(own).or_insert_with(|| reference.clone()) != reference {
            shared.insert(own.to_owned());
        }
    }
    shared
}

/// Whether the element names an address that a script loads later.
pub(in crate::clean::body) fn is_lazy(element: &Element) -> bool {
    let sizes = SIZES.iter().skip(1);
    later(element, false)
        .iter()
        .any(|later| is_picture_or_unsure(&later.reference))
        || written::of(element).next().is_some()
        || unknown(element, false).next().is_some()
        || sizes
            .filter_map(|name| attribute(element, name))
            .any(|sizes| srcset::best_of(sizes).is_some())
}

fn is_picture_or_unsure(reference: &str) -> bool {
    is_picture(reference) || !reference.contains('?')
}

/// The addresses in the attributes that many pages use for it.
fn later<'tree>(element: &'tree Element, sure: bool) -> Vec<Candidate<'tree>> {
    // Most pictures have nothing but an address and a size.
    let mut names = element.attrs.iter().map(|(name, _)| name);
    if !names.any(|name| may_be_later(&name.local)) {
        return Vec::new();
    }
    let known = LATER
        .iter()
        .filter_map(|name| Some((*name, attribute(element, name)?.trim())));
    known
        .filter(|(_, value)| !is_placeholder(value))
        .filter(|(name, value)| !sure || name.contains("src") || is_picture(value))
        .map(|(_, value)| Candidate::new(value))
        .collect()
}

/// The addresses of pictures in other attributes, whatever they are called.
fn unknown<'tree>(element: &'tree Element, sure: bool) -> impl Iterator<Item = Candidate<'tree>> {
    let own = [
        "src", "srcset", "alt", "title", "longdesc", "id", "lowsrc", "dynsrc",
    ];
    let same = move |value: &str| {
        let shown = attribute(element, "src").map(subject).unwrap_or_default();
        !shown.is_empty() && subject(value) == shown
    };
    // Names are looked at only where the value may be an address, which few are.
    let values = element.attrs.iter();
    let addresses = values.filter(|(_, value)| value.contains(['.', '?', ':']));
    let names = addresses.filter_map(move |(name, value)| {
        let name = &*name.local;
        let known = own.contains(&name) || LATER.contains(&name) || SIZES.contains(&name);
        let bare = name.trim_start_matches("data-");
        let other = || name.starts_with("on") || OTHER.iter().any(|part| bare.contains(part));
        (!known && !other()).then_some((bare, value.trim()))
    });
    names.filter_map(move |(name, value)| {
        if name.contains("srcset") {
            let best = srcset::best_of(value).filter(|(_, value)| is_picture(value));
            return best.map(Candidate::of_width);
        }
        let says_so = ADDRESS.iter().any(|part| name.contains(part));
        let is_one = is_picture(value) && (says_so || !sure || same(value));
        let is_whole = value.starts_with("https://") || value.starts_with("http://");
        let may_be = !sure && says_so && is_whole && !value.contains([' ', '{']);
        ((is_one || may_be) && !is_placeholder(value)).then(|| Candidate::new(value))
    })
}

/// The best of each `source` beside an `img` in a `picture`.
fn picture_sources<'tree>(node: NodeRef<'tree>) -> impl Iterator<Item = (f32, &'tree str)> {
    let picture = std::iter::once(node)
        .chain(node.parent())
        .find(is_picture_element);
    let children = picture.into_iter().flat_map(|picture| picture.children());
    let sources = children.filter_map(|child| element_of(&child));
    let usable = sources.filter(|source| {
        source.name() == "source"
            && !matches!(attribute(source, "type"), Some("image/avif" | "image/jxl"))
    });
    usable.filter_map(|source| {
        SIZES
            .iter()
            .filter_map(|name| attribute(source, name))
            .find_map(srcset::best_of)
    })
}

fn is_picture_element(node: &NodeRef<'_>) -> bool {
    element_of(node).is_some_and(|element| element.name() == "picture")
}
