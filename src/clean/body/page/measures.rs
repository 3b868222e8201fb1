//! How much text, and of what kind, stands in each element of a page.

use crate::clean::body::parse::tree::{self, NodeId, NodeMap, NodeRef, element_of};
use crate::clean::body::walk::Omitted;

/// What stands in an element and all elements inside it.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::clean::body) struct Measure {
    /// Visible characters, white space aside.
    pub text: usize,
    /// Those of them in links.
    pub linked: usize,
    /// Commas and full stops, the sign of prose.
    pub stops: usize,
    /// Pictures.
    pub images: usize,
    /// How many links there are.
    pub links: usize,
    /// Characters of East Asian scripts, of which each is about a word.
    pub ideographs: usize,
    /// Formulas in MathML.
    pub formulas: usize,
}

impl Measure {
    fn add(&mut self, other: Measure) {
        self.text += other.text;
        self.linked += other.linked;
        self.stops += other.stops;
        self.images += other.images;
        self.links += other.links;
        self.ideographs += other.ideographs;
        self.formulas += other.formulas;
    }

    /// The text outside links.
    pub fn plain(self) -> usize {
        self.text.saturating_sub(self.linked)
    }

    /// Whether most of the text leads elsewhere.
    pub fn is_linked(self) -> bool {
        self.linked * 2 > self.text
    }

    /// Whether there is one picture, and nothing else to see or follow.
    pub fn is_lone_picture(self) -> bool {
        self.images == 1 && self.text == 0 && self.links == 0
    }

    /// Whether the text reads like sentences rather than labels.
    pub fn is_prose(self) -> bool {
        self.stops > 0 && self.plain() >= 25 && self.linked * 3 < self.text
    }
}

/// The measures of all elements.
pub(in crate::clean::body) struct Measures(NodeMap<Measure>);

impl Measures {
    /// Measures everything below a node; what is left out counts for nothing.
    pub fn of(root: NodeRef<'_>, omitted: &Omitted) -> Self {
        let mut measures = NodeMap::default();
        let whole = Measure::of(root, omitted, &mut |node, measure| {
            measures.insert(node, measure);
        });
        measures.insert(root.id(), whole);
        Measures(measures)
    }

    /// The measure of a node; nothing for one that is no element.
    pub fn get(&self, node: &NodeRef<'_>) -> Measure {
        self.0.get(&node.id()).copied().unwrap_or_default()
    }
}

impl Measure {
    /// Measures everything below a node; `each` is told of the elements in it.
    pub fn of(root: NodeRef<'_>, omitted: &Omitted, each: &mut dyn FnMut(NodeId, Measure)) -> Self {
        let mut open = vec![Measure::default()];
        let mut links = 0usize;
        let mut hidden = 0usize;
        for (node, opens) in tree::traverse(root) {
            if let Some(text) = node.value().as_text() {
                if opens && hidden == 0 {
                    add_text(open.last_mut(), text, links > 0);
                }
                continue;
            }
            let Some(element) = element_of(&node) else {
                continue;
            };
            let link = element.name() == "a";
            let left_out = omitted.contains_key(&node.id());
            let never = left_out || tree::is_never_shown(element);
            if opens {
                open.push(Measure::default());
                links += usize::from(link);
                hidden += usize::from(never);
                continue;
            }
            links -= usize::from(link);
            hidden -= usize::from(never);
            let mut measure = open.pop().unwrap_or_default();
            measure.images += usize::from(element.name() == "img");
            measure.links += usize::from(link);
            measure.formulas += usize::from(element.name() == "math");
            if left_out {
                measure = Measure::default();
            }
            if let Some(parent) = open.last_mut() {
                parent.add(measure);
            }
            each(node.id(), measure);
        }
        open.pop().unwrap_or_default()
    }
}

fn add_text(measure: Option<&mut Measure>, text: &str, linked: bool) {
    let Some(measure) = measure else {
        return;
    };
    if text.is_ascii() {
        let bytes = text.as_bytes();
        // The white space of ASCII, with what tabulates vertically.
        let is_space = |byte: u8| byte == b' ' || byte.wrapping_sub(b'\t') < 5;
        let count = bytes.iter().filter(|byte| !is_space(**byte)).count();
        measure.text += count;
        measure.linked += usize::from(linked) * count;
        measure.stops += memchr::memchr2_iter(b',', b'.', bytes).count();
        return;
    }
    for character in text.chars().filter(|c| !c.is_whitespace()) {
        measure.text += 1;
        measure.linked += usize::from(linked);
        measure.ideographs += usize::from(matches!(character, '\u{3040}'..='\u{9fff}'));
        measure.stops += usize::from(matches!(
            character,
            '，' | '。' | '、' | ',' | '.' | '！' | '？'
        ));
    }
}
