//! Pictures: which of the addresses that an element names is the picture's, and whether it is a
//! picture that a reader is meant to see.

pub(in crate::clean::body) mod address;
pub(in crate::clean::body) mod backgrounds;
pub(in crate::clean::body) mod candidates;
pub(in crate::clean::body) mod data;
pub(in crate::clean::body) mod drawings;
mod galleries;
pub(in crate::clean::body) mod offers;
pub(in crate::clean::body) mod srcset;
pub(in crate::clean::body) mod stand_ins;
pub(in crate::clean::body) mod trackers;
pub(in crate::clean::body) mod twins;
pub(in crate::clean::body) mod width;
pub(in crate::clean::body) mod written;

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, class_contains, classes, has_style, visible_text,
};
use crate::clean::body::walk::links::Links;
use crate::model::{
    Address, CleanText, Image, ImageSource, Resource, ResourceId, Resources, ShownResources, Site,
    Sites,
};
use address::worded;
use backgrounds::Backgrounds;
use candidates::{Candidate, candidates};
use offers::{MOST_OFFERS, offers};
use stand_ins::is_placeholder;
use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;
use trackers::length_of;

/// Addresses that hold pictures are told apart by so many bytes where only the text is wanted.
const DISTINCT: usize = 4096;

/// What an element that shows a picture turned out to be.
pub(in crate::clean::body) enum Shown {
    /// A picture that stands on its own.
    Figure(Image),
    /// A picture that belongs into the line.
    Small(Image),
    /// A character drawn as a picture.
    Character(String),
    /// Nothing: it is still to come, or nobody can have it.
    Nothing,
    /// Nothing that a reader is meant to see, by this rule.
    Removed(&'static str),
}

/// What is needed to tell what a picture is.
pub(in crate::clean::body) struct Pictures<'a> {
    pub sites: &'a Sites,
    pub site: Option<&'a Site>,
    /// What the archive brings with the article.
    pub resources: &'a Resources,
    /// Those of them that were met.
    pub met: RefCell<ShownResources>,
    /// Addresses that several pictures show until they come into view.
    pub shared: HashSet<String>,
    /// Those that styles name.
    pub backgrounds: Backgrounds<'a>,
    /// Whether there are copies for readers without scripts.
    pub has_copies: bool,
    /// Whether only the text is wanted: pictures in `data:` addresses are told from stand-ins, and their
    /// bytes are neither kept nor told apart.
    pub is_text_wanted: bool,
}

impl Pictures<'_> {
    /// Tells what an `img` (or its like) shows.
    pub fn shown(&self, element: &Element, node: NodeRef<'_>, links: &Links<'_>) -> Shown {
        let alternative = attribute(element, "alt").unwrap_or_default().trim();
        if is_character(element) && !alternative.is_empty() {
            return Shown::Character(alternative.to_owned());
        }
        if let Some(rule) = trackers::rule(element, node) {
            return Shown::Removed(rule);
        }
        let named = candidates(element, node, false);
        if twins::gives_way(element, node, &named) {
            return Shown::Nothing;
        }
        let found = self.source(element, node, links, named);
        let described = !is_file_name(alternative);
        let has_words = described && !alternative.is_empty();
        let lost = || unavailable(element, links, has_words, self.resources);
        let offered = || {
            let mut offers = offers(element, node).into_iter();
            offers.find_map(|reference| self.found_as(reference, links))
        };
        let lost = || Some((String::new(), lost()?));
        let behind = || {
            let address = self.backgrounds.behind(element)?;
            let brought = || Some((String::new(), self.brought(&address)?));
            self.found_as(&address, links).or_else(brought)
        };
        let known = found.or_else(offered).or_else(behind);
        let Some((reference, source)) = known.or_else(lost) else {
            return Shown::Nothing;
        };
        let candidates = self.candidates((&reference, &source), element, node, links);
        let image = Image {
            source,
            alternative: CleanText::line(if described { alternative } else { "" }),
            candidates,
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
        Some(Image::new(source, CleanText::default()))
    }

    /// Everything that is offered for a picture, best first; nothing where that is what it was `found` by
    /// alone.
    fn candidates(
        &self,
        (known, source): (&str, &ImageSource),
        element: &Element,
        node: NodeRef<'_>,
        links: &Links<'_>,
    ) -> Vec<ImageSource> {
        let mut candidates: Vec<ImageSource> = Vec::new();
        let copies = self.copies(element, node);
        let copies = copies.iter().map(|copy| &*copy.reference);
        // What several pictures have in common shows none of them.
        let offered = offers(element, node).into_iter().chain(copies);
        for reference in offered.filter(|reference| !self.shared.contains(*reference)) {
            let found = match reference == known {
                true => Some(source.clone()),
                false => self.found(reference, links),
            };
            if let Some(found) = found
                && !candidates.contains(&found)
                && candidates.len() < MOST_OFFERS
            {
                candidates.push(found);
            }
        }
        if !candidates.contains(source) {
            candidates.push(source.clone());
        }
        if candidates.len() < 2 {
            candidates.clear();
        }
        candidates
    }

    /// A drawing of the page by its bytes; without any, only its words stand for it.
    pub fn drawn(&self, bytes: Vec<u8>, alternative: CleanText) -> Image {
        let id = ResourceId::of(&bytes);
        if !bytes.is_empty() {
            let bytes = Arc::new(bytes);
            self.met.borrow_mut().insert(Resource { id, bytes });
        }
        Image::new(ImageSource::Resource { id, address: None }, alternative)
    }

    /// A picture that is set in a drawing.
    pub fn framed(
        &self,
        address: &str,
        alternative: CleanText,
        links: &Links<'_>,
    ) -> Option<Image> {
        let brought = || self.brought(address);
        let source = self.found(address, links).or_else(brought)?;
        Some(Image::new(source, alternative))
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
        if !is_picture || trackers::rule(element, node).is_some() {
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

    /// The candidates of the copy for readers without scripts that stands beside a picture.
    fn copies<'tree>(&self, element: &Element, node: NodeRef<'tree>) -> Vec<Candidate<'tree>> {
        match self.has_copies {
            true => twins::copies(element, node),
            false => Vec::new(),
        }
    }

    /// The best of what an element names, with its reference.
    fn source<'tree>(
        &self,
        element: &'tree Element,
        node: NodeRef<'tree>,
        links: &Links<'_>,
        named: Vec<Candidate<'tree>>,
    ) -> Option<(String, ImageSource)> {
        let own = attribute(element, "src").unwrap_or_default().trim();
        let mut all = match self.shared.contains(own) {
            true => candidates(element, node, true),
            false => named,
        };
        all.extend(self.copies(element, node));
        all.sort_by_key(|candidate| candidate.reduced);
        let brought = || Some((String::new(), self.brought(own)?));
        all.into_iter()
            .find_map(|candidate| self.found_as(&candidate.reference, links))
            .or_else(brought)
    }

    /// What a reference means, with the reference.
    fn found_as(&self, reference: &str, links: &Links<'_>) -> Option<(String, ImageSource)> {
        Some((reference.to_owned(), self.found(reference, links)?))
    }

    /// What the archive brings, else what is on the web.
    fn found(&self, reference: &str, links: &Links<'_>) -> Option<ImageSource> {
        let web = || self.web(reference, links);
        match self.resources.find(reference) {
            Some(resource) => {
                // What the archive's maker named so was never where the article's address makes it be.
                let web = self.resources.is_on_web(reference).then(web).flatten();
                let address = web.as_ref().and_then(ImageSource::archived).cloned();
                Some(self.resource(resource, address))
            }
            None => {
                for file in self.resources.places(reference) {
                    self.met.borrow_mut().insert_absent(file);
                }
                self.resources.may_be_on_web(reference).then(web).flatten()
            }
        }
    }

    /// The picture that a `data:` address holds.
    fn brought(&self, address: &str) -> Option<ImageSource> {
        if self.is_text_wanted {
            let start = address.get(..address.floor_char_boundary(DISTINCT));
            let id = ResourceId::of(start.unwrap_or_default().as_bytes());
            return data::is_picture(address)
                .then_some(ImageSource::Resource { id, address: None });
        }
        data::picture(address).map(|picture| self.resource(picture, None))
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
/// machine, a damaged `data:` address, a relative one where the article has no address or its archive holds all. Its words and its
/// caption stand for it; without words, a name says that there was a picture, and a damaged address or an icon's
/// nothing.
fn unavailable(
    element: &Element,
    links: &Links<'_>,
    has_words: bool,
    resources: &Resources,
) -> Option<ImageSource> {
    let own = attribute(element, "src")?.trim();
    let first = own.split('/').next().unwrap_or_default();
    let scheme = first.split_once(':').map(|(scheme, _)| scheme);
    let names_something = match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("data") => has_words && (data::is_damaged(own) || data::is_ground(own)),
        _ if !has_words && is_small(element) => false,
        // Those that name bytes somewhere else, and never run anything.
        Some("cid" | "mid") => true,
        // A file elsewhere is nothing of this article but for its words.
        Some(scheme) => has_words && ["file", "blob", "filesystem", "content"].contains(&scheme),
        None => {
            let is_nowhere = !resources.may_be_on_web(own) || links.resolve(own).is_none();
            is_nowhere && !is_placeholder(own)
        }
    };
    names_something.then(|| ImageSource::Resource {
        id: ResourceId::of(own.as_bytes()),
        address: None,
    })
}

/// Whether words are the name of a picture's file, which editors leave in the place of a description.
fn is_file_name(words: &str) -> bool {
    const KINDS: [&str; 9] = [
        "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "avif", "jxl",
    ];
    let name = words.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    name.is_some_and(|(_, kind)| KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known)))
}

/// Whether the picture is a drawn character, as blogs and forums make of emoji.
fn is_character(element: &Element) -> bool {
    let source = worded(attribute(element, "src").unwrap_or_default());
    class_contains(element, &["emoji", "smiley", "emoticon", "w_img_face"])
        || source.contains("s.w.org/images/core/emoji")
        || source.contains("twemoji")
}

/// Whether the picture belongs into a line of text.
fn is_small(element: &Element) -> bool {
    // One of a pixel has its size from a script, once it is there.
    let small =
        |name| length_of(element, name).is_some_and(|length| length > 2.0 && length <= 48.0);
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
