//! Where links lead, and which places of the article they lead to.

mod bookmarks;
pub(in crate::clean::body) mod heading;
pub(in crate::clean::body) mod mail;
pub(in crate::clean::body) mod notes;

use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, classes, element_of, visible_text,
};
use crate::clean::body::walk::draft::{self, Draft, Part};
use crate::model::{Address, AnchorName, Inline, Link, NoteReference, Target};
use std::collections::{BTreeSet, HashMap};

/// Resolves the references of an article.
pub(in crate::clean::body) struct Links<'a> {
    /// The article's own address.
    page: Option<&'a Address>,
    /// What references are relative to, where the page says otherwise.
    base: Option<Address>,
    /// Places that links lead to, by the name in the page, with the number given once met.
    wanted: HashMap<String, Option<usize>>,
    met: usize,
    count: usize,
}

impl<'a> Links<'a> {
    /// Looks through the tree for `<base>` and for links to places in the article.
    pub fn new(root: NodeRef<'_>, page: Option<&'a Address>) -> Self {
        let mut links = Links {
            page,
            base: None,
            wanted: HashMap::new(),
            met: 0,
            count: 0,
        };
        for node in root.descendants() {
            let Some(element) = element_of(&node) else {
                continue;
            };
            let Some(reference) = attribute(element, "href") else {
                continue;
            };
            if element.name() == "base" && links.base.is_none() {
                links.base = resolve(page, reference);
            } else if let Some(name) = links.fragment(reference) {
                links.wanted.insert(decode(name), None);
            }
        }
        links
    }

    /// The name of the place within this article that a reference leads to.
    pub fn fragment<'name>(&self, reference: &'name str) -> Option<&'name str> {
        let (before, name) = reference.trim().split_once('#')?;
        let own = before.is_empty()
            || self.resolve(before).is_some_and(|address| {
                self.page
                    .is_some_and(|page| page.without_fragment() == address.without_fragment())
            });
        (own && !name.is_empty()).then_some(name)
    }

    /// The address that a reference leads to.
    pub fn resolve(&self, reference: &str) -> Option<Address> {
        let base = self.base.as_ref().or(self.page);
        let base = base.filter(|base| base.as_str().len() <= Address::LONGEST_BASE);
        resolve(base, reference)
    }

    /// Where a link leads, if anywhere; and a number for this link.
    pub fn target(&mut self, reference: &str) -> Option<(Target, usize)> {
        self.count += 1;
        let reference = reference.trim();
        if let Some(name) = self.fragment(reference) {
            let named = self.wanted.get_mut(&decode(name))?;
            let number = *named.get_or_insert_with(|| {
                self.met += 1;
                self.met
            });
            let place = AnchorName::numbered(number).found_as(name);
            return Some((Target::Fragment(place), self.count));
        }
        if reference.starts_with('#') || reference.is_empty() {
            return None;
        }
        Some((Target::Address(self.resolve(reference)?), self.count))
    }

    /// The place that an element's `id` or `name` makes, if a link leads there. Only the first
    /// element of a name makes one.
    pub fn anchor(&mut self, name: &str) -> Option<AnchorName> {
        // GitHub's pages have a prefix to what they call places, and a script that finds them without.
        let bare = name.strip_prefix("user-content-");
        let name = match bare {
            Some(bare) if !self.wanted.contains_key(name) => bare,
            _ => name,
        };
        let named = self.wanted.get_mut(name)?;
        let number = *named.get_or_insert_with(|| {
            self.met += 1;
            self.met
        });
        Some(AnchorName::numbered(number).found_as(name))
    }

    /// Whether any link leads to a place within the article.
    pub fn has_fragments(&self) -> bool {
        !self.wanted.is_empty()
    }
}

/// Whether a link is nothing but a sign to copy a link by.
pub(in crate::clean::body) fn is_sign(link: NodeRef<'_>) -> bool {
    const SIGNS: [&str; 9] = [
        "¶",
        "#",
        "§",
        "🔗",
        "🔗\u{fe0e}",
        "🔗\u{fe0f}",
        "⚓",
        "∞",
        "\u{f0c1}",
    ];
    let text = visible_text(link);
    SIGNS.contains(&text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}'))
}

/// Whether a link is the sign at a heading, a caption or the like that leads to where it stands, for readers
/// to copy.
pub(in crate::clean::body) fn is_permalink(
    element: &Element,
    node: NodeRef<'_>,
    links: &Links<'_>,
) -> bool {
    let target = attribute(element, "href").and_then(|reference| links.fragment(reference));
    let Some(target) = target.map(decode).filter(|_| is_sign(node)) else {
        return false;
    };
    let is_named = |node: &NodeRef<'_>| {
        let name = element_of(node).and_then(|element| attribute(element, "id"));
        name.is_some_and(|name| name.strip_prefix("user-content-").unwrap_or(name) == target)
    };
    let is_called_so = classes(element).any(|class| class == "headerlink");
    let mut around = std::iter::once(node).chain(node.ancestors().take(4));
    is_called_so
        || around.any(|outer| {
            let is_heading = element_of(&outer)
                .is_some_and(|it| matches!(it.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
            is_named(&outer) || (is_heading && outer.descendants().any(|it| is_named(&it)))
        })
}

fn resolve(base: Option<&Address>, reference: &str) -> Option<Address> {
    match base {
        Some(base) => base.join(reference),
        None => match reference.trim().strip_prefix("//") {
            Some(rest) => Address::parse(&format!("https://{rest}")),
            None => Address::parse(reference),
        },
    }
}

/// A fragment with its percent-encoding undone, where that gives text.
pub(in crate::clean::body) fn decode(name: &str) -> String {
    url::form_urlencoded::parse(
        format!("x={}", name.replace('+', "%2B").replace('&', "%26")).as_bytes(),
    )
    .next()
    .map_or_else(|| name.to_owned(), |(_, value)| value.into_owned())
}

/// Makes links to places that the text does not have links to the page, where its address is known,
/// or unlinks them; removes places that nothing leads to. Says whether any is left.
pub(in crate::clean::body) fn settle(drafts: &mut [Draft], page: Option<&Address>) -> bool {
    let mut places = Places::default();
    draft::each_part(drafts, &mut |part| match part {
        Part::Line(line) => places.collect(line),
        Part::Note(name) | Part::Place(name, _) => {
            places.anchors.insert(name.clone());
        }
    });
    if places.anchors.is_empty() && places.targets.is_empty() {
        return false;
    }
    let live: BTreeSet<AnchorName> = places
        .anchors
        .intersection(&places.targets)
        .cloned()
        .collect();
    let mut dead = Dead {
        live: &live,
        seen: BTreeSet::new(),
        page,
    };
    draft::each_part(drafts, &mut |part| match part {
        Part::Line(line) => dead.unlink(line),
        Part::Note(name) => {
            dead.seen.insert(name.clone());
        }
        Part::Place(name, stays) => *stays = dead.stays(name),
    });
    !live.is_empty()
}

#[derive(Default)]
struct Places {
    anchors: BTreeSet<AnchorName>,
    targets: BTreeSet<AnchorName>,
}

impl Places {
    fn collect(&mut self, line: &[Inline]) {
        for inline in line {
            match inline {
                Inline::Anchor(name) => {
                    self.anchors.insert(name.clone());
                }
                Inline::Link(Link {
                    target: Target::Fragment(name),
                    ..
                })
                | Inline::NoteReference(NoteReference { target: name, .. }) => {
                    self.targets.insert(name.clone());
                }
                _ => {}
            }
            for group in inline.children() {
                self.collect(group);
            }
        }
    }
}

/// What leads nowhere within the article.
struct Dead<'a> {
    /// Places that links lead to.
    live: &'a BTreeSet<AnchorName>,
    /// Those of them that were met.
    seen: BTreeSet<AnchorName>,
    page: Option<&'a Address>,
}

impl Dead<'_> {
    fn unlink(&mut self, line: &mut Vec<Inline>) {
        for mut inline in std::mem::take(line) {
            for group in children_mut(&mut inline) {
                self.unlink(group);
            }
            match inline {
                Inline::Anchor(name) => {
                    if self.stays(&name) {
                        line.push(Inline::Anchor(name));
                    }
                }
                Inline::Link(Link {
                    target: Target::Fragment(name),
                    content,
                })
                | Inline::NoteReference(NoteReference {
                    target: name,
                    content,
                }) if !self.live.contains(&name) => match self.on_page(&name) {
                    Some(address) => line.push(Inline::Link(Link {
                        target: Target::Address(address),
                        content,
                    })),
                    None => line.extend(content),
                },
                other => line.push(other),
            }
        }
    }

    /// Whether a place stays: a link leads there, and it is the first of its name.
    fn stays(&mut self, name: &AnchorName) -> bool {
        self.live.contains(name) && self.seen.insert(name.clone())
    }

    /// The address of a place that the page may have and the text has not. Without a place of the name
    /// `top`, links to it lead to the beginning of whatever is shown (HTML, section 7.4.6.4).
    fn on_page(&self, name: &AnchorName) -> Option<Address> {
        let is_top = name.fragment().eq_ignore_ascii_case("top");
        self.page.filter(|_| !is_top)?.place(name.fragment())
    }
}

/// The lists of inlines inside one, to be changed.
pub(in crate::clean::body) fn children_mut(
    inline: &mut Inline,
) -> impl Iterator<Item = &mut Vec<Inline>> {
    let (first, second) = match inline {
        Inline::Strong(content)
        | Inline::Emphasis(content)
        | Inline::Struck(content)
        | Inline::Subscript(content)
        | Inline::Superscript(content) => (Some(content), None),
        Inline::Link(link) => (Some(&mut link.content), None),
        Inline::NoteReference(mark) => (Some(&mut mark.content), None),
        Inline::Ruby(ruby) => (Some(&mut ruby.base), Some(&mut ruby.annotation)),
        Inline::Span(span) => (Some(&mut span.content), None),
        Inline::Phrase(phrase) => (Some(&mut phrase.content), None),
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Image(_)
        | Inline::Break
        | Inline::Formula(_)
        | Inline::Anchor(_) => (None, None),
    };
    first.into_iter().chain(second)
}
