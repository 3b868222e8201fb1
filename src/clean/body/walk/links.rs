//! Where links lead, and which places of the article they lead to.

use crate::clean::body::parse::tree::{NodeRef, attribute, element_of};
use crate::clean::body::walk::draft::{self, Draft};
use crate::model::{Address, AnchorName, Inline, Link, Target};
use std::collections::{BTreeSet, HashMap};

/// The longest address in bytes that references are relative to. Each link carries a copy of most of
/// it, so that a long one would make a text as large as its length times the number of its links.
const LONGEST_BASE: usize = 4096;

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
                links.wanted.insert(name, None);
            }
        }
        links
    }

    /// The name of the place within this article that a reference leads to.
    fn fragment(&self, reference: &str) -> Option<String> {
        let (before, name) = reference.trim().split_once('#')?;
        let own = before.is_empty()
            || self.resolve(before).is_some_and(|address| {
                self.page
                    .is_some_and(|page| page.without_fragment() == address.without_fragment())
            });
        (own && !name.is_empty()).then(|| decode(name))
    }

    /// The address that a reference leads to.
    pub fn resolve(&self, reference: &str) -> Option<Address> {
        let base = self.base.as_ref().or(self.page);
        let base = base.filter(|base| base.as_str().len() <= LONGEST_BASE);
        resolve(base, reference)
    }

    /// Where a link leads, if anywhere; and a number for this link.
    pub fn target(&mut self, reference: &str) -> Option<(Target, usize)> {
        self.count += 1;
        let reference = reference.trim();
        if let Some(name) = self.fragment(reference) {
            let named = self.wanted.get_mut(&name)?;
            let number = *named.get_or_insert_with(|| {
                self.met += 1;
                self.met
            });
            return Some((Target::Fragment(AnchorName::numbered(number)), self.count));
        }
        if reference.starts_with('#') || reference.is_empty() {
            return None;
        }
        Some((Target::Address(self.resolve(reference)?), self.count))
    }

    /// The place that an element's `id` or `name` makes, if a link leads there. Only the first
    /// element of a name makes one.
    pub fn anchor(&mut self, name: &str) -> Option<AnchorName> {
        let named = self.wanted.get_mut(name)?;
        let number = *named.get_or_insert_with(|| {
            self.met += 1;
            self.met
        });
        Some(AnchorName::numbered(number))
    }

    /// Whether any link leads to a place within the article.
    pub fn has_fragments(&self) -> bool {
        !self.wanted.is_empty()
    }
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
fn decode(name: &str) -> String {
    url::form_urlencoded::parse(
        format!("x={}", name.replace('+', "%2B").replace('&', "%26")).as_bytes(),
    )
    .next()
    .map_or_else(|| name.to_owned(), |(_, value)| value.into_owned())
}

/// Unlinks what leads to no place, and removes places that nothing leads to. Says whether any is left.
pub(in crate::clean::body) fn settle(drafts: &mut [Draft]) -> bool {
    let mut places = Places::default();
    draft::each_line(drafts, &mut |line| places.collect(line));
    if places.anchors.is_empty() && places.targets.is_empty() {
        return false;
    }
    let live: BTreeSet<AnchorName> = places
        .anchors
        .intersection(&places.targets)
        .cloned()
        .collect();
    let mut seen = BTreeSet::new();
    draft::each_line(drafts, &mut |line| unlink_dead(line, &live, &mut seen));
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
                }) => {
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

fn unlink_dead(
    line: &mut Vec<Inline>,
    live: &BTreeSet<AnchorName>,
    seen: &mut BTreeSet<AnchorName>,
) {
    let old = std::mem::take(line);
    for mut inline in old {
        for group in children_mut(&mut inline) {
            unlink_dead(group, live, seen);
        }
        match inline {
            Inline::Anchor(name) => {
                if live.contains(&name) && seen.insert(name.clone()) {
                    line.push(Inline::Anchor(name));
                }
            }
            Inline::Link(Link {
                target: Target::Fragment(name),
                content,
            }) if !live.contains(&name) => {
                line.extend(content);
            }
            other => line.push(other),
        }
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
        Inline::Ruby(ruby) => (Some(&mut ruby.base), Some(&mut ruby.annotation)),
        Inline::Span(span) => (Some(&mut span.content), None),
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Image(_)
        | Inline::Break
        | Inline::Anchor(_) => (None, None),
    };
    first.into_iter().chain(second)
}
