//! Which elements are about one picture, and which are captions, as pages name them.

use crate::clean::body::parse::tree::{Element, NodeRef, classes, element_of};

/// Whether the page calls the element a caption, not something that has one.
pub(in crate::clean::body) fn is_caption(element: &Element) -> bool {
    classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        (class.contains("caption") && !is_caption_owner(&class))
            || [
                "gallerytext",
                "image-capture",
                "photo-credit",
                "image-credit",
                "image-copyright",
                "photocredit",
            ]
            .iter()
            .any(|part| class.contains(part))
    })
}

/// Whether a part of a line is a caption, not a part of one: Sphinx calls number and text of one so.
pub(in crate::clean::body) fn is_caption_in_line(element: &Element, node: NodeRef<'_>) -> bool {
    let is_part = classes(element).any(|class| matches!(class, "caption-number" | "caption-text"));
    let in_caption = || {
        node.ancestors().take(4).any(|outer| {
            element_of(&outer).is_some_and(|outer| {
                matches!(outer.name(), "figcaption" | "caption") || is_caption(outer)
            })
        })
    };
    is_caption(element) && !(is_part && in_caption())
}

fn is_caption_owner(class: &str) -> bool {
    class.contains("captioned")
        || [
            // What Substack calls an invitation.
            "cta-caption",
            "has-caption",
            "no-caption",
            "with-caption",
            "wp-caption",
            "without-caption",
        ]
        .contains(&class)
        || class.ends_with("-caption-wrapper")
        || class.contains("no-caption")
        || class.contains("nocaption")
}

/// Whether the element is about one picture: what little text is in it belongs to that.
pub(in crate::clean::body) fn is_figure(element: &Element) -> bool {
    classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        is_caption_owner(&class)
            || [
                "image-and-copyright",
                "imageblock",
                "image-inline",
                "image-box",
                "image_container",
                "image-container",
                "image-block",
                "photo-box",
                "img-box",
                "image-wrap",
                "image-frame",
                "media-landscape",
                "media-portrait",
                "primaryasset",
                "contentimage",
                "story-image",
                "article-image",
                "player-with-placeholder",
                "media-with-caption",
                "single-photo",
            ]
            .iter()
            .any(|part| class.contains(part))
    })
}

/// Whether an element of a wiki is one of several pictures, or holds them all, where these have a caption
/// together.
pub(in crate::clean::body) fn is_of_group(element: &Element, node: NodeRef<'_>) -> bool {
    let has = |class: &str| classes(element).any(|found| found == class);
    if has("gallerybox") || has("tsingle") {
        let around = node.ancestors().take(3);
        return around
            .into_iter()
            .any(|outer| element_of(&outer).is_some_and(|element| holds_group(element, outer)));
    }
    holds_group(element, node)
}

/// The most parts of a group that are looked at for its caption.
const MOST_PARTS: usize = 64;

fn holds_group(element: &Element, node: NodeRef<'_>) -> bool {
    let has = |class: &str| classes(element).any(|found| found == class);
    let is = |inside: &NodeRef<'_>, class: &str| {
        element_of(inside).is_some_and(|element| classes(element).any(|found| found == class))
    };
    if has("gallery") {
        return node
            .children()
            .take(4)
            .any(|child| is(&child, "gallerycaption"));
    }
    let rows = || node.descendants().take(MOST_PARTS);
    let is_caption_of_all = |inside: NodeRef<'_>| {
        let is_single = |outer: NodeRef<'_>| is(&outer, "tsingle");
        is(&inside, "thumbcaption") && !inside.ancestors().take(2).any(is_single)
    };
    (has("tmulti") || has("multiimageinner")) && rows().any(is_caption_of_all)
}

/// Whether an element is the caption of a gallery of a wiki.
pub(in crate::clean::body) fn is_caption_of_gallery(element: &Element) -> bool {
    classes(element).any(|class| class == "gallerycaption")
}
