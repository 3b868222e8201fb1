//! What each element of HTML means for an article.

use crate::clean::body::parse::tree::{
    self, Element, NodeRef, attribute, class_contains, classes, element_of, has_style,
};
use crate::clean::body::walk::boxes;
use crate::clean::body::walk::container::{Hints, Kind};
use crate::clean::body::walk::figures::{
    is_caption, is_caption_in_line, is_caption_of_gallery, is_figure, is_of_group,
};
use crate::clean::body::walk::line::Format;
use crate::clean::body::walk::line::formulas;
use crate::clean::body::walk::line::phrases;
use crate::clean::body::walk::line::quotation;
use crate::clean::body::walk::line::ruby;
use crate::clean::body::walk::line::verse;
use crate::clean::body::walk::links::heading;
use crate::clean::body::walk::links::mail;
use crate::clean::body::walk::listing;
use crate::clean::body::walk::lists::{self, ListDraft};
use crate::clean::body::walk::tables;
use html5ever::ns;

/// What an element means.
pub(in crate::clean::body) enum Role {
    /// Never shown; nothing in it is text.
    Hidden,
    /// Shown, but not part of an article.
    Dropped(&'static str),
    /// An element without meaning of its own, or with formatting.
    Inline(Format),
    Link,
    /// A mail address that stands in the page in another form.
    Mail(String),
    Small,
    /// `q`, which browsers show with these quotation marks.
    Quotation([&'static str; 2]),
    /// A line of verse that is an element, with its indent.
    VerseLine(usize),
    Break,
    /// A place where a word may be broken.
    Space,
    Rule,
    Image,
    Picture,
    Embed,
    Noscript,
    Figure,
    /// A base of a ruby.
    RubyBase,
    /// Annotations of a ruby, all of one kind.
    Annotations,
    /// A box to tick, ticked or not.
    Task(bool),
    Block(Hints),
    Container(Kind),
}

/// The role of an element.
pub(in crate::clean::body) fn role(element: &Element, node: NodeRef<'_>) -> Role {
    if element.name.ns != ns!(html) {
        return foreign_role(element.name(), node);
    }
    if let Some(done) = lists::task(element, node) {
        return Role::Task(done);
    }
    match element.name() {
        "script" | "style" | "head" | "title" | "template" | "meta" | "link" | "base" | "rp"
        | "datalist" | "source" | "track" | "param" | "area" | "map" | "col" | "colgroup"
        | "noembed" | "noframes" | "input" | "keygen" => Role::Hidden,
        "button" | "select" | "textarea" | "option" | "optgroup" | "meter" | "progress" => {
            Role::Dropped("form")
        }
        "form" => form(node),
        "dialog" | "canvas" => Role::Dropped("fallback"),
        "noscript" => Role::Noscript,
        "br" => Role::Break,
        "wbr" => Role::Space,
        "hr" => Role::Rule,
        "picture" | "amp-picture" => Role::Picture,
        name if is_image(name) => Role::Image,
        "video" | "audio" | "iframe" | "object" | "embed" | "amp-video" | "amp-audio"
        | "amp-youtube" | "amp-iframe" | "lite-youtube" => Role::Embed,
        name => inline_role(name, element, node).unwrap_or_else(|| block_role(name, element, node)),
    }
}

/// Whether an element means in a listing what it means elsewhere.
pub(in crate::clean::body) fn stands_in_listing(role: &Role) -> bool {
    matches!(
        role,
        Role::Hidden
            | Role::Dropped(_)
            | Role::Mail(_)
            | Role::Quotation(_)
            | Role::Break
            | Role::Rule
            | Role::Image
            | Role::Picture
            | Role::Embed
            | Role::Noscript
    )
}

/// Elements that show a picture.
pub(in crate::clean::body) fn is_image(name: &str) -> bool {
    matches!(name, "img" | "image" | "amp-img" | "amp-anim")
}

/// SVG and MathML: their text is text, but for titles and descriptions.
fn foreign_role(name: &str, node: NodeRef<'_>) -> Role {
    if tree::is_hidden_foreign(name) {
        Role::Hidden
    } else {
        Role::Inline(formulas::format(node))
    }
}

/// Classes of notes that stand in the line and are shown beside it, as Tufte's style has them.
pub(in crate::clean::body) const SIDE_NOTES: [&str; 4] =
    ["sidenote", "marginnote", "side-note", "margin-note"];

fn has_class(element: &Element, names: &[&str]) -> bool {
    classes(element).any(|class| names.contains(&class))
}

/// Whether an element is the button by which a listing is copied.
fn is_copy_button(element: &Element) -> bool {
    attribute(element, "role") == Some("button")
        && classes(element).any(|class| class.contains("copy-button") || class.contains("copy-btn"))
}

fn is_side_note(element: &Element) -> bool {
    classes(element).any(|class| {
        let is_tooltip = || attribute(element, "role") == Some("tooltip");
        SIDE_NOTES.contains(&class) || (class.contains("footnote") && is_tooltip())
    })
}

fn inline_role(name: &str, element: &Element, node: NodeRef<'_>) -> Option<Role> {
    if let Some(format) = phrases::format(element) {
        return Some(Role::Inline(format));
    }
    if let Some(address) = mail::hidden(element) {
        return Some(Role::Mail(address));
    }
    if name != "aside" && is_side_note(element) {
        return Some(Role::Container(Kind::SideNote));
    }
    Some(match name {
        "a" => Role::Link,
        // What opens a note at the side on a small screen.
        // That of Substack's blocks of verse is for who writes one.
        "label" if has_class(element, &["margin-toggle", "hide-text"]) => Role::Dropped("form"),
        "span" | "div" if is_copy_button(element) => Role::Dropped("form"),
        _ if heading::edits(element, node) => Role::Dropped("icon"),
        "b" | "strong" => Role::Inline(Format::Strong),
        "i" | "em" | "dfn" => Role::Inline(Format::Emphasis),
        "s" | "strike" | "del" => Role::Inline(Format::Struck),
        "code" | "tt" => Role::Inline(Format::Code(0)),
        "sub" => Role::Inline(Format::Subscript),
        "sup" => Role::Inline(Format::Superscript),
        "small" => Role::Small,
        "q" => Role::Quotation(quotation::marks(node)),
        "ruby" | "rb" | "rtc" | "rt" => ruby_role(name, node),
        "span" | "font" | "label" if !is_block_styled(element) => {
            if is_figure(element) {
                Role::Figure
            } else if is_caption_in_line(element, node) || listing::is_title(element, node) {
                caption()
            } else if boxes::is_title(element) {
                title()
            } else {
                Role::Inline(Format::Plain)
            }
        }
        _ => return None,
    })
}

fn ruby_role(name: &str, node: NodeRef<'_>) -> Role {
    match name {
        "ruby" => Role::Container(Kind::Ruby(ruby::Draft::default())),
        "rb" => Role::RubyBase,
        "rtc" if holds_annotations(node) => Role::Annotations,
        _ => Role::Container(Kind::RubyText),
    }
}

fn block_role(name: &str, element: &Element, node: NodeRef<'_>) -> Role {
    // What has no attributes nothing calls anything else than it is.
    match name {
        "p" if element.attrs.is_empty() => return Role::Block(Hints::default()),
        "li" if element.attrs.is_empty() => return Role::Container(Kind::Item(None)),
        _ => {}
    }
    if let Some(kind) = boxes::kind(element, node) {
        return Role::Container(Kind::Box(kind));
    }
    match name {
        "ul" | "li" | "div" if is_of_group(element, node) => Role::Figure,
        "li" if is_caption_of_gallery(element) => caption(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(name),
        "figure" => Role::Figure,
        "figcaption" => caption(),
        "blockquote" if boxes::is_frame(node) => Role::Block(Hints::default()),
        "blockquote" => Role::Container(Kind::Quote),
        // Docutils makes one of each note, and of all.
        "aside" if classes(element).any(|class| class.starts_with("footnote")) => {
            Role::Block(Hints::default())
        }
        "aside" if is_figure(element) => Role::Figure,
        "aside" => Role::Container(Kind::Note(None)),
        "summary" => title(),
        "caption" => Role::Container(Kind::TableCaption),
        _ if listing::is_title(element, node) => caption(),
        "table" | "div" if listing::is_titled(node) => Role::Figure,
        _ if boxes::is_title(element) || boxes::is_title_by_place(element, node) => title(),
        "ul" | "menu" | "dir" => Role::Container(Kind::List(ListDraft::default())),
        "ol" => Role::Container(Kind::List(ListDraft::numbered(element))),
        "li" => Role::Container(Kind::Item(lists::value(element))),
        "dl" => Role::Container(Kind::Definitions(Vec::new())),
        "dt" => Role::Container(Kind::Part { is_term: true }),
        "dd" if !is_caption(element) => Role::Container(Kind::Part { is_term: false }),
        "table" => Role::Container(Kind::Table(table(element))),
        "tr" => Role::Container(Kind::Row(Vec::new())),
        "td" | "th" => Role::Container(Kind::Cell(cell(element))),
        _ if !is_block(name) && !is_block_styled(element) => Role::Inline(Format::Plain),
        "div" | "p" if let Some(indent) = verse::line(element, node) => Role::VerseLine(indent),
        _ if is_figure(element) => Role::Figure,
        _ => Role::Block(hints(name, element)),
    }
}

fn title() -> Role {
    Role::Block(Hints {
        title: true,
        ..Hints::default()
    })
}

fn caption() -> Role {
    Role::Block(Hints {
        caption: true,
        ..Hints::default()
    })
}

fn heading(name: &str) -> Role {
    let level = name.bytes().last().unwrap_or_default();
    Role::Block(Hints {
        heading: level.saturating_sub(b'0'),
        ..Hints::default()
    })
}

/// Elements that stand on their own.
pub(in crate::clean::body) fn is_block(name: &str) -> bool {
    is_part_of_list_or_table(name)
        || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "hr")
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "center"
                | "details"
                | "div"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "legend"
                | "listing"
                | "main"
                | "nav"
                | "plaintext"
                | "pre"
                | "search"
                | "section"
                | "summary"
                | "xmp"
        )
}

fn is_part_of_list_or_table(name: &str) -> bool {
    matches!(
        name,
        "ul" | "ol" | "li" | "menu" | "dir" | "dl" | "dt" | "dd"
    ) || matches!(name, "table" | "tbody" | "thead" | "tfoot")
        || matches!(name, "caption" | "tr" | "td" | "th")
}

fn is_block_styled(element: &Element) -> bool {
    has_style(element, "display", &["block", "flex", "grid", "table"])
}

fn hints(name: &str, element: &Element) -> Hints {
    if element.attrs.is_empty() {
        return Hints {
            centred: name == "center",
            ..Hints::default()
        };
    }
    Hints {
        caption: is_caption(element),
        centred: name == "center" || is_centred(element),
        heading: 0,
        title: false,
    }
}

fn is_centred(element: &Element) -> bool {
    attribute(element, "align").is_some_and(|value| value.eq_ignore_ascii_case("center"))
        || has_style(element, "text-align", &["center"])
        || class_contains(
            element,
            &["text-center", "text-align-center", "aligncenter"],
        )
}

fn table(element: &Element) -> tables::Draft {
    let role = attribute(element, "role").unwrap_or_default();
    tables::Draft {
        presentation: matches!(role, "presentation" | "none"),
        direction: phrases::named_direction(element),
        ..tables::Draft::default()
    }
}

fn holds_annotations(node: NodeRef<'_>) -> bool {
    node.children()
        .any(|child| element_of(&child).is_some_and(|element| element.name() == "rt"))
}

/// A form goes, unless the page put its text into one.
fn form(node: NodeRef<'_>) -> Role {
    let text = node.descendants().filter_map(|inside| {
        let parent = inside.parent()?;
        let shown = element_of(&parent).is_some_and(|element| {
            matches!(
                element.name(),
                "p" | "div" | "span" | "td" | "li" | "form" | "article" | "section"
            )
        });
        shown.then(|| inside.value().as_text()).flatten()
    });
    let length: usize = text.map(|text| text.trim().chars().count()).sum();
    if length > 400 {
        Role::Block(Hints::default())
    } else {
        Role::Dropped("form")
    }
}

/// A cell with its spans.
fn cell(element: &Element) -> tables::CellDraft {
    tables::CellDraft::of(element)
}
