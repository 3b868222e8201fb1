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
            ]
            .iter()
            .any(|part| class.contains(part))
    })
}
