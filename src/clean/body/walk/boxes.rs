//! Boxes: text that the page sets off, with its title.

use crate::clean::Removed;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::clean::body::walk::draft::{self, Draft};
use crate::clean::body::walk::elements::SIDE_NOTES;
use crate::model::{Block, BoxKind, CleanText, Inline, TextBox};

/// Classes of boxes: Docutils and `MkDocs`, Docusaurus, `AsciiDoctor`, GitHub, Obsidian and Notion, Quarto,
/// `VuePress`, Bootstrap, Ghost, Substack, `MediaWiki`, and what blogs call theirs.
const BOXES: [&str; 22] = [
    "admonition",
    "theme-admonition",
    "admonitionblock",
    "sidebarblock",
    "markdown-alert",
    "callout",
    "callout-block",
    "callout-box",
    "kg-callout-card",
    "custom-block",
    "custom-container",
    "hint-container",
    "alert",
    "infobox",
    "info-box",
    "factbox",
    "fact-box",
    "quotebox",
    "notebox",
    "note-box",
    "boxout",
    "pullout",
];

/// Kinds of boxes that are classes by themselves: kramdown, Sphinx, `DocBook`.
const KINDS: [&str; 5] = ["note", "tip", "warning", "caution", "attention"];

/// What a theme of `WordPress` gives a group that it sets off.
const GROUNDS: [&str; 2] = ["has-background", "has-border-color"];

/// Classes of the titles of boxes.
const TITLES: [&str; 18] = [
    "kg-toggle-heading",
    "admonition-title",
    "admonition-heading",
    "admonition-header",
    "markdown-alert-title",
    "callout-title",
    "callout-header",
    "callout-heading",
    "custom-block-title",
    "custom-container-title",
    "hint-container-title",
    "alert-heading",
    "alert-title",
    "infobox-title",
    "quotebox-title",
    "box-title",
    "kg-callout-emoji",
    "details-summary",
];

/// How many children of a quotation are looked at for a title.
const NEAR: usize = 8;

/// The longest word in a mark of a callout, in bytes.
const LONGEST_MARK: usize = 20;

/// The kind of box that an element is, if it is one.
pub(in crate::clean::body) fn kind(element: &Element, node: NodeRef<'_>) -> Option<BoxKind> {
    let has = |names: &[&str]| {
        classes(element).any(|class| names.iter().any(|name| class.eq_ignore_ascii_case(name)))
    };
    match element.name() {
        "details" => Some(BoxKind::Folded),
        "aside" => {
            let is_note = attribute(element, "role") == Some("note")
                || has(&SIDE_NOTES)
                || classes(element).any(|class| class.starts_with("footnote"));
            (!is_note).then_some(BoxKind::Framed)
        }
        "div" if has(&["box"]) && has(&["details"]) => Some(BoxKind::Folded),
        "div" if has(&["kg-toggle-card"]) => Some(BoxKind::Folded),
        "div" | "section" if has(&["wp-block-group"]) && has(&GROUNDS) => Some(BoxKind::Framed),
        "div" | "section" | "p" if has(&BOXES) || has(&KINDS) => Some(BoxKind::Framed),
        "blockquote" if has(&BOXES) || begins_with_title(node) => Some(BoxKind::Framed),
        "figure" if has(&["callout"]) => Some(BoxKind::Framed),
        _ => None,
    }
}

/// Whether the page calls an element the title of a box.
pub(in crate::clean::body) fn is_title(element: &Element) -> bool {
    attribute(element, "class").is_some()
        && classes(element).any(|class| {
            TITLES.iter().any(|name| class.eq_ignore_ascii_case(name))
                || class.starts_with("admonitionHeading")
        })
}

/// Whether an element is the title of the box that it stands in: `AsciiDoctor` calls titles of everything
/// so.
pub(in crate::clean::body) fn is_title_by_place(element: &Element, node: NodeRef<'_>) -> bool {
    let is_box = |outer: &Element| {
        classes(outer).any(|class| matches!(class, "admonitionblock" | "sidebarblock"))
    };
    if !classes(element).any(|class| class == "title") {
        return false;
    }
    let mut around = node
        .ancestors()
        .take(6)
        .filter_map(|outer| element_of(&outer));
    around
        .find(|outer| outer.name() == "div")
        .is_some_and(|outer| {
            let is_inside = classes(outer).any(|class| class == "content");
            is_box(outer) || (is_inside && around.next().is_some_and(is_box))
        })
}

/// Whether a quotation's first line is a title.
fn begins_with_title(quote: NodeRef<'_>) -> bool {
    let Some(first) = first_element(quote) else {
        return false;
    };
    let is_called_so = |node: &NodeRef<'_>| element_of(node).is_some_and(is_title);
    let is_paragraph = element_of(&first).is_some_and(|element| element.name() == "p");
    is_called_so(&first)
        || (is_paragraph && first_element(first).is_some_and(|inside| is_called_so(&inside)))
}

fn first_element<'tree>(node: NodeRef<'tree>) -> Option<NodeRef<'tree>> {
    let mut children = node.children().take(NEAR);
    children.find(|child| element_of(child).is_some())
}

/// Whether a quotation is all of an `aside` without a class, and only there to be set off: feeds of ours
/// have such.
pub(in crate::clean::body) fn is_frame(quote: NodeRef<'_>) -> bool {
    let Some(around) = quote.parent() else {
        return false;
    };
    let is_bare = element_of(&around)
        .is_some_and(|element| element.name() == "aside" && attribute(element, "class").is_none());
    is_bare
        && around.children().all(|child| {
            let text = child.value().as_text();
            child.id() == quote.id() || text.is_some_and(|text| text.trim().is_empty())
        })
}

/// The box with these blocks in it: those that it begins with and that the page calls its title, or a
/// heading, or a bold line, are its title. Nothing but its blocks where it has no title and needs one, or
/// nothing but a title.
pub(in crate::clean::body) fn finish(kind: BoxKind, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let is_title = |draft: &Draft| draft.mark.title && draft.paragraph().is_some();
    let mut told = drafts.iter().take_while(|draft| is_title(draft)).count();
    if told == 0 && kind == BoxKind::Framed && drafts.len() > 1 {
        told = usize::from(drafts.first().is_some_and(looks_like_title));
    }
    if told == drafts.len() || (told == 0 && kind == BoxKind::Folded) {
        return drafts;
    }
    let content = draft::blocks(drafts.split_off(told));
    let mut title = Vec::new();
    for draft in drafts {
        match draft.block {
            Block::Paragraph(line) => draft::join(&mut title, line),
            Block::Heading(heading) => draft::join(&mut title, heading.content),
            _ => {}
        }
    }
    vec![Draft::plain(Block::Box(TextBox {
        kind,
        title: without_strong(title),
        content,
    }))]
}

fn looks_like_title(draft: &Draft) -> bool {
    match &draft.block {
        Block::Heading(_) => true,
        Block::Paragraph(line) => {
            let mut shown = line
                .iter()
                .filter(|inline| !matches!(inline, Inline::Anchor(_)));
            matches!(
                (shown.next(), shown.next()),
                (Some(Inline::Strong(_)), None)
            )
        }
        _ => false,
    }
}

/// Titles are bold as a whole.
fn without_strong(line: Vec<Inline>) -> Vec<Inline> {
    let mut plain = Vec::with_capacity(line.len());
    for inline in line {
        match inline {
            Inline::Strong(content) => plain.extend(without_strong(content)),
            other => plain.push(other),
        }
    }
    plain
}

/// The mark of a callout that a program left as it was: what it says, and what goes.
pub(in crate::clean::body) struct CalloutMark {
    pub title: Vec<Inline>,
    pub removed: Removed,
}

/// Takes the mark that a quotation begins with (`[!NOTE]`), if more follows.
pub(in crate::clean::body) fn take_mark(drafts: &mut Vec<Draft>) -> Option<CalloutMark> {
    let has_more = drafts.len() > 1;
    let Some(Block::Paragraph(line)) = drafts.first_mut().map(|draft| &mut draft.block) else {
        return None;
    };
    let Some((Inline::Text(text), behind)) = line.split_first() else {
        return None;
    };
    let (word, rest) = text.trim_start().strip_prefix("[!")?.split_once(']')?;
    let is_word = word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !word.is_empty();
    let is_alone = rest.trim().is_empty() && behind.iter().all(|inline| *inline == Inline::Break);
    if !is_word || word.len() > LONGEST_MARK || (is_alone && !has_more) {
        return None;
    }
    let title = vec![Inline::Text(CleanText::new(word))];
    let rest = CleanText::new(rest.trim_start());
    line.remove(0);
    if !rest.is_empty() {
        line.insert(0, Inline::Text(rest));
    } else if matches!(line.first(), Some(Inline::Break)) {
        line.remove(0);
    }
    if is_alone {
        drafts.remove(0);
    }
    let removed = Removed {
        rule: "callout",
        text: "[!]".to_owned(),
    };
    Some(CalloutMark { title, removed })
}

/// Unwraps a box that holds all of the text: it is set off from nothing.
pub(in crate::clean::body) fn unwrap_whole(drafts: &mut Vec<Draft>) {
    while let [
        Draft {
            block: Block::Box(_),
            ..
        },
    ] = drafts.as_slice()
        && let Some(Draft {
            block: Block::Box(text_box),
            places,
            ..
        }) = drafts.pop()
    {
        if !text_box.title.is_empty() {
            let title = vec![Inline::Strong(text_box.title)];
            drafts.push(Draft::plain(Block::Paragraph(title)));
        }
        drafts.extend(draft::drafts(text_box.content));
        if let Some(first) = drafts.first_mut() {
            let block = std::mem::replace(&mut first.block, Block::Rule);
            let mark = first.mark;
            let inner = std::mem::take(&mut first.places);
            *first = Draft::marked(block, mark).placed(inner).placed(places);
        }
    }
}
