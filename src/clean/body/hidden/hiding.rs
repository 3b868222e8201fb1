//! How a page hides an element: by an attribute, its style or a class that its style sheet knows.

use crate::clean::body::parse::style::{Style, pixels};
use crate::clean::body::parse::tree::{Element, attribute, class_contains, classes};
use html5ever::ns;

/// What hides an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::clean::body) enum Hiding {
    /// The `hidden` attribute or `display`: nothing of it takes part in the page.
    Display,
    /// `visibility`, which what stands inside can undo.
    Visibility,
    /// `opacity`, as of pictures that fade in.
    Opacity,
    /// A box without room.
    Size,
    /// Letters without size, which what stands inside can undo.
    Letters,
    /// A place off the page, or nothing left by clipping.
    Place,
    /// A class of what only programs that read aloud say.
    Spoken,
}

/// Classes of what only programs that read aloud say, in the spellings of the common style sheets.
const SPOKEN: [&str; 13] = [
    "sr-only",
    "sr_only",
    "sronly",
    "visually-hidden",
    "visuallyhidden",
    "visually_hidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader-only",
    "off-screen",
    "element-invisible",
    "u-hiddenvisually",
    "a11y-hidden",
];

/// Parts of classes of what scripts reveal when it comes into view.
const REVEALED: [&str; 7] = [
    "fade",
    "anim",
    "wow",
    "reveal",
    "aos",
    "scroll",
    "transition",
];

/// From here on, in pixels, something is off the page.
const OFF_PAGE: f32 = -900.0;

/// What hides an element, if anything does. `aria-hidden` hides nothing from eyes, and what is
/// `hidden=until-found` is there to be found.
pub(in crate::clean::body) fn hiding(element: &Element) -> Option<Hiding> {
    // Most elements have no attribute, and nothing else hides.
    if element.attrs.is_empty() || element.name.ns != ns!(html) {
        return None;
    }
    let style = Style::of(element);
    let display = style.as_ref().and_then(|style| style.value("display"));
    let marked = attribute(element, "hidden")
        .is_some_and(|value| !value.trim().eq_ignore_ascii_case("until-found"));
    match display {
        Some(value) if value.eq_ignore_ascii_case("none") => return Some(Hiding::Display),
        // A style outdoes the attribute (HTML standard, section 15.3.1).
        None if marked => return Some(Hiding::Display),
        _ => {}
    }
    let is_spoken = |class: &str| SPOKEN.iter().any(|known| class.eq_ignore_ascii_case(known));
    if classes(element).any(is_spoken) {
        return Some(Hiding::Spoken);
    }
    hiding_style(element, &style?)
}

fn hiding_style(element: &Element, style: &Style<'_>) -> Option<Hiding> {
    // Nearly all styles are about colours and margins.
    if !style.names().any(may_hide) {
        return None;
    }
    if style.is("visibility", &["hidden", "collapse"]) && !is_revealed(element, style) {
        return Some(Hiding::Visibility);
    }
    if style.value("opacity").and_then(pixels) == Some(0.0) && !is_revealed(element, style) {
        return Some(Hiding::Opacity);
    }
    if has_no_room(style) {
        return Some(Hiding::Size);
    }
    if has_no_letters(style) || style.is("mso-hide", &["all"]) {
        return Some(Hiding::Letters);
    }
    is_off_page(style).then_some(Hiding::Place)
}

/// Whether a property may hide something, by itself or with others.
fn may_hide(property: &str) -> bool {
    const HIDING: [&str; 15] = [
        "visibility",
        "opacity",
        "overflow",
        "overflow-x",
        "overflow-y",
        "font-size",
        "mso-hide",
        "text-indent",
        "margin-left",
        "left",
        "right",
        "top",
        "bottom",
        "clip",
        "clip-path",
    ];
    HIDING
        .iter()
        .any(|known| property.eq_ignore_ascii_case(known))
        || property.eq_ignore_ascii_case("transform")
}

/// Whether a script shows the element once a reader comes to it.
fn is_revealed(element: &Element, style: &Style<'_>) -> bool {
    let moves = ["transition", "animation", "animation-name", "will-change"];
    class_contains(element, &REVEALED)
        || attribute(element, "data-aos").is_some()
        || moves.iter().any(|property| style.value(property).is_some())
}

/// Whether the box has a side of no length and cuts off what is beyond. One that has padding instead of
/// a height keeps the shape of a film or a picture.
fn has_no_room(style: &Style<'_>) -> bool {
    let cuts = |property| style.is(property, &["hidden", "clip", "hidden hidden"]);
    let zero = |property| style.pixels(property) == Some(0.0);
    let flat = (zero("height") || zero("max-height")) && !is_padded(style);
    (cuts("overflow") || cuts("overflow-y") || cuts("overflow-x"))
        && (flat || zero("width") || zero("max-width"))
}

/// Whether a style keeps room by padding.
pub(in crate::clean::body) fn is_padded(style: &Style<'_>) -> bool {
    ["padding", "padding-top", "padding-bottom"]
        .iter()
        .any(|property| {
            let value = style.value(property).unwrap_or("0");
            value
                .split_ascii_whitespace()
                .any(|length| pixels(length) != Some(0.0))
        })
}

/// Whether letters are too small to see: of no size, or of one pixel in lines of one.
fn has_no_letters(style: &Style<'_>) -> bool {
    match style.pixels("font-size") {
        Some(size) if size <= 0.0 => true,
        Some(size) if size <= 1.0 => style
            .pixels("line-height")
            .is_some_and(|height| height <= 1.0),
        _ => false,
    }
}

fn is_off_page(style: &Style<'_>) -> bool {
    let far = |property| {
        let length = style.pixels(property);
        length.is_some_and(|length| length <= OFF_PAGE)
    };
    let placed = style.is("position", &["absolute", "fixed"]);
    let moved = ["left", "right", "top", "bottom"];
    if far("text-indent") || far("margin-left") || (placed && moved.iter().any(|side| far(side))) {
        return true;
    }
    let clip = bare(style.value("clip"));
    let path = bare(style.value("clip-path"));
    let transform = bare(style.value("transform"));
    let clipped = ["rect(0", "rect(1px"]
        .iter()
        .any(|start| clip.starts_with(start))
        && clip
            .trim_start_matches("rect(")
            .trim_end_matches(')')
            .split([',', ' '])
            .all(|side| pixels(side).is_some_and(|length| length <= 1.0) || side.is_empty());
    (placed && clipped)
        || matches!(path.as_str(), "inset(50%)" | "inset(100%)" | "circle(0)")
        || matches!(
            transform.as_str(),
            "scale(0)" | "scale(0,0)" | "scale3d(0,0,0)"
        )
}

/// A value in lower case, without spaces after commas and brackets.
fn bare(value: Option<&str>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    value
        .to_ascii_lowercase()
        .replace(", ", ",")
        .replace("( ", "(")
        .replace(" )", ")")
}
