//! Pictures: which of the addresses that an element names is the picture's, and whether it is a
//! picture that a reader is meant to see.

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, class_contains, classes, element_of, has_style, visible_text,
};
use crate::clean::body::walk::data;
use crate::clean::body::walk::links::Links;
use crate::model::{
    Address, CleanText, Image, ImageSource, Resource, ResourceId, Resources, ShownResources, Site,
    Sites,
};
use std::cell::RefCell;
use std::sync::Arc;

/// Attributes in which pages keep the address until the picture comes into view, best first.
const LAZY_ATTRIBUTES: [&str; 14] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-original-src",
    "data-lazy",
    "data-orig-file",
    "data-large-file",
    "data-hi-res-src",
    "data-full-url",
    "data-url",
    "data-image",
    "data-echo",
    "file",
];

/// Attributes that list several sizes.
const SIZES_ATTRIBUTES: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// Parts of file names that pages use while the real picture is not there.
const PLACEHOLDERS: [&str; 14] = [
    "blank.gif",
    "blank.png",
    "spacer",
    "placeholder",
    "loading.",
    "lazyload",
    "lazy.",
    "transparent.",
    "1x1",
    "grey.gif",
    "gray.gif",
    "pixel.gif",
    "pixel.png",
    "clear.gif",
];

/// The widest candidate that is taken if there are several, in pixels.
const TARGET_WIDTH: f32 = 2_000.0;

/// What an element that shows a picture turned out to be.
pub(in crate::clean::body) enum Shown {
    /// A picture that stands on its own.
    Figure(Image),
    /// A picture that belongs into the line.
    Small(Image),
    /// A character drawn as a picture.
    Character(String),
    /// Nothing that a reader is meant to see.
    Nothing,
}

/// What is needed to tell what a picture is.
pub(in crate::clean::body) struct Pictures<'a> {
    pub sites: &'a Sites,
    pub site: Option<&'a Site>,
    /// What the archive brings with the article.
    pub resources: &'a Resources,
    /// Those of them that were met.
    pub met: RefCell<ShownResources>,
}

impl Pictures<'_> {
    /// Tells what an `img` (or its like) shows.
    pub fn shown(&self, element: &Element, node: NodeRef<'_>, links: &Links<'_>) -> Shown {
        let alternative = attribute(element, "alt").unwrap_or_default().trim();
        if is_character(element) && !alternative.is_empty() {
            return Shown::Character(alternative.to_owned());
        }
        if is_tracker(element) {
            return Shown::Nothing;
        }
        let found = self.source(element, node, links);
        let described = !is_file_name(alternative);
        // Without words, nothing would stand for it.
        let has_words = described && !alternative.is_empty();
        let lost = || unavailable(element, links).filter(|_| has_words);
        let Some(source) = found.or_else(lost) else {
            return Shown::Nothing;
        };
        let image = Image {
            source,
            alternative: CleanText::line(if described { alternative } else { "" }),
        };
        if is_small(element) {
            Shown::Small(image)
        } else {
            Shown::Figure(image)
        }
    }

    /// The poster of a film.
    pub fn poster(&self, address: &str, links: &Links<'_>) -> Option<Image> {
        let source = self.found(address, links)?;
        Some(Image {
            source,
            alternative: CleanText::default(),
        })
    }

    /// A drawing of the page by its bytes; without any, only its words stand for it.
    pub fn drawn(&self, bytes: Vec<u8>, alternative: CleanText) -> Image {
        let id = ResourceId::of(&bytes);
        if !bytes.is_empty() {
            let bytes = Arc::new(bytes);
            self.met.borrow_mut().insert(Resource { id, bytes });
        }
        Image {
            source: ImageSource::Resource { id, address: None },
            alternative,
        }
    }

    /// A picture that is set in a drawing.
    pub fn framed(
        &self,
        address: &str,
        alternative: CleanText,
        links: &Links<'_>,
    ) -> Option<Image> {
        let brought = || data::picture(address).map(|picture| self.resource(picture, None));
        let source = self.found(address, links).or_else(brought)?;
        Some(Image {
            source,
            alternative,
        })
    }

    /// The picture that an `object` or `embed` shows, if it shows one: its content are the words.
    pub fn embedded(
        &self,
        element: &Element,
        node: NodeRef<'_>,
        links: &Links<'_>,
    ) -> Option<Image> {
        let address = match element.name() {
            "object" => attribute(element, "data"),
            "embed" => attribute(element, "src"),
            _ => None,
        }?;
        let kind = attribute(element, "type").map(str::trim);
        let is_picture = match kind.filter(|kind| !kind.is_empty()) {
            Some(kind) => kind
                .get(..6)
                .is_some_and(|start| start.eq_ignore_ascii_case("image/")),
            None => {
                is_file_name(address.split(['?', '#']).next().unwrap_or_default())
                    || address.starts_with("data:image/")
            }
        };
        if !is_picture || is_tracker(element) {
            return None;
        }
        let content = visible_text(node);
        let named = || {
            let names = ["aria-label", "title", "alt"];
            names.iter().find_map(|name| attribute(element, name))
        };
        let words = if content.is_empty() {
            named().unwrap_or_default()
        } else {
            &content
        };
        self.framed(address.trim(), CleanText::line(words), links)
    }

    fn source(
        &self,
        element: &Element,
        node: NodeRef<'_>,
        links: &Links<'_>,
    ) -> Option<ImageSource> {
        let own = attribute(element, "src").unwrap_or_default().trim();
        let lazy = LAZY_ATTRIBUTES
            .iter()
            .filter_map(|name| attribute(element, name));
        let mut candidates: Vec<&str> = lazy.filter(|value| !is_placeholder(value)).collect();
        let real = !is_placeholder(own);
        if real && !class_contains(element, &["lazy"]) {
            candidates.insert(0, own);
        } else if real {
            candidates.push(own);
        }
        let sizes = SIZES_ATTRIBUTES
            .iter()
            .filter_map(|name| attribute(element, name));
        candidates.extend(sizes.filter_map(best_of));
        candidates.extend(picture_sources(node));
        candidates
            .into_iter()
            .find_map(|candidate| self.found(candidate, links))
            .or_else(|| data::picture(own).map(|picture| self.resource(picture, None)))
    }

    /// What the archive brings, else what is on the web.
    fn found(&self, reference: &str, links: &Links<'_>) -> Option<ImageSource> {
        let web = || self.web(reference, links);
        match self.resources.find(reference) {
            Some(resource) => {
                let web = web();
                let address = web.as_ref().and_then(ImageSource::archived).cloned();
                Some(self.resource(resource, address))
            }
            None => {
                for file in self.resources.places(reference) {
                    self.met.borrow_mut().insert_absent(file);
                }
                web()
            }
        }
    }

    fn resource(&self, resource: Resource, address: Option<Address>) -> ImageSource {
        let id = resource.id;
        self.met.borrow_mut().insert(resource);
        ImageSource::Resource { id, address }
    }

    fn web(&self, address: &str, links: &Links<'_>) -> Option<ImageSource> {
        let archived = links.resolve(address).filter(Address::is_web)?;
        let origin = self.sites.origin_of(&archived);
        let logos = self
            .site
            .map(|site| site.logos.as_slice())
            .unwrap_or_default();
        let is_logo = logos
            .iter()
            .any(|part| origin.as_str().contains(part.as_str()));
        (!is_logo && !is_placeholder(origin.as_str()))
            .then_some(ImageSource::Web { origin, archived })
    }
}

/// The picture that an element names where nobody can have it: in a part of a mail, a file of another
/// machine, a damaged `data:` address, a relative one where the article has no address. Its words and its
/// caption stand for it.
fn unavailable(element: &Element, links: &Links<'_>) -> Option<ImageSource> {
    let own = attribute(element, "src")?.trim();
    let first = own.split('/').next().unwrap_or_default();
    let scheme = first.split_once(':').map(|(scheme, _)| scheme);
    let names_something = match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("data") => data::is_damaged(own),
        // Those that name bytes somewhere else, and never run anything.
        Some(scheme) => ["cid", "mid", "file", "blob", "filesystem", "content"].contains(&scheme),
        None => !is_placeholder(own) && links.resolve(own).is_none(),
    };
    names_something.then(|| ImageSource::Resource {
        id: ResourceId::of(own.as_bytes()),
        address: None,
    })
}

/// Whether words are the name of a picture's file, which editors leave in the place of a description.
fn is_file_name(words: &str) -> bool {
    const KINDS: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "avif"];
    let name = words.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    name.is_some_and(|(_, kind)| KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known)))
}

/// Whether an address is empty, or that of a stand-in.
fn is_placeholder(address: &str) -> bool {
    let address = address.trim();
    if address.is_empty()
        || address == "#"
        || address.starts_with("data:")
        || address.starts_with("about:")
    {
        return true;
    }
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|part| name.contains(part))
}

/// The best candidates of the `source` elements beside an `img` in a `picture`.
fn picture_sources(node: NodeRef<'_>) -> Vec<&str> {
    let Some(parent) = node.parent() else {
        return Vec::new();
    };
    let picture = if is_picture(&node) { node } else { parent };
    if !is_picture(&picture) {
        return Vec::new();
    }
    let sources = picture.children().filter_map(|child| match child.value() {
        scraper::Node::Element(element) if element.name() == "source" => Some(element),
        _ => None,
    });
    let usable = sources
        .filter(|source| !matches!(attribute(source, "type"), Some("image/avif" | "image/jxl")));
    usable
        .filter_map(|source| {
            SIZES_ATTRIBUTES
                .iter()
                .filter_map(|name| attribute(source, name))
                .find_map(best_of)
        })
        .collect()
}

fn is_picture(node: &NodeRef<'_>) -> bool {
    element_of(node).is_some_and(|element| element.name() == "picture")
}

/// The best candidate of a `srcset` (HTML standard, section 4.8.4.2.2): the widest up to
/// [`TARGET_WIDTH`], else the narrowest. A density counts as that many times 1,000 pixels.
fn best_of(sizes: &str) -> Option<&str> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = sizes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        if address.is_empty() {
            break;
        }
        let bare = address.trim_end_matches(',');
        let (descriptor, next) = if bare.len() < address.len() {
            ("", after)
        } else {
            after.split_once(',').unwrap_or((after, ""))
        };
        rest = next;
        let width = width_of(descriptor.trim());
        if !is_placeholder(bare) && best.is_none_or(|(other, _)| is_better(width, other)) {
            best = Some((width, bare));
        }
    }
    best.map(|(_, address)| address)
}

fn is_better(width: f32, other: f32) -> bool {
    if width <= TARGET_WIDTH {
        width > other || other > TARGET_WIDTH
    } else {
        other > TARGET_WIDTH && width < other
    }
}

fn width_of(descriptor: &str) -> f32 {
    let first = descriptor
        .split_ascii_whitespace()
        .next()
        .unwrap_or_default();
    let number = |suffix| {
        first
            .strip_suffix(suffix)
            .and_then(|text: &str| text.parse::<f32>().ok())
    };
    number('w')
        .or_else(|| number('x').map(|density| density * 1_000.0))
        .unwrap_or(1_000.0)
}

/// Whether the picture is a drawn character, as blogs and forums make of emoji.
fn is_character(element: &Element) -> bool {
    let source = attribute(element, "src").unwrap_or_default();
    class_contains(element, &["emoji", "smiley", "emoticon", "w_img_face"])
        || source.contains("s.w.org/images/core/emoji")
        || source.contains("twemoji")
}

/// Whether the picture only counts visits or takes up room.
fn is_tracker(element: &Element) -> bool {
    let size = |name| length_of(element, name);
    let (width, height) = (size("width"), size("height"));
    let tiny = |length: Option<f32>| length.is_some_and(|length| length <= 2.0);
    let source = attribute(element, "src").unwrap_or_default();
    tiny(height)
        || (tiny(width) && height.is_none())
        || [
            "feeds.feedburner.com/~",
            "pixel.wp.com",
            "stats.wordpress.com",
            "doubleclick.net",
            "/b.gif?",
        ]
        .iter()
        .any(|part| source.contains(part))
}

/// Whether the picture belongs into a line of text.
fn is_small(element: &Element) -> bool {
    let small = |name| length_of(element, name).is_some_and(|length| length <= 48.0);
    small("height")
        || small("width")
        || classes(element).any(|class| {
            matches!(
                class,
                "latex" | "tex" | "math" | "mwe-math-fallback-image-inline"
            )
        })
        || has_style(element, "height", &["1em", "1.2em", "1.5em"])
}

/// A length in pixels, from an attribute or the style.
fn length_of(element: &Element, name: &str) -> Option<f32> {
    let value = attribute(element, name).map(str::trim);
    let written = value.filter(|value| !value.ends_with('%')).or_else(|| {
        let style = attribute(element, "style")?;
        style.split(';').find_map(|declaration| {
            let (property, value) = declaration.split_once(':')?;
            let pixels = value.trim().strip_suffix("px");
            property
                .trim()
                .eq_ignore_ascii_case(name)
                .then_some(pixels)
                .flatten()
        })
    })?;
    written.trim_end_matches("px").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_candidate_within_bounds_wins() {
        assert_eq!(best_of("/a 300w, /b 1200w, /c 4000w"), Some("/b"));
        assert_eq!(best_of("/a,b.jpg 1x, /c,d.jpg 2x"), Some("/c,d.jpg"));
        assert_eq!(best_of("/a 5000w, /b 3000w"), Some("/b"));
        assert_eq!(best_of("/only"), Some("/only"));
        assert_eq!(
            best_of("data:image/gif;base64,R0lGOD 1w, /b nonsense"),
            Some("/b")
        );
        assert_eq!(best_of(" , ,"), None);
    }
}
