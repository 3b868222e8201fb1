//! Galleries that a script makes of what an attribute says: Substack's, which feeds have without pictures.

use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::clean::body::walk::Walk;
use crate::model::push_escaped;
use serde::Deserialize;

/// The most pictures of a gallery.
const MOST: usize = 200;

/// The attribute of a gallery.
#[derive(Deserialize)]
struct Attributes {
    gallery: Gallery,
}

#[derive(Deserialize)]
struct Gallery {
    images: Vec<Picture>,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    alt: Option<String>,
}

#[derive(Deserialize)]
struct Picture {
    src: String,
}

impl Walk<'_> {
    /// Shows the gallery that an element stands for; says whether it is one. One that shows its pictures
    /// itself is like any other element.
    pub(in crate::clean::body::walk) fn gallery(
        &mut self,
        element: &Element,
        node: NodeRef<'_>,
    ) -> bool {
        let is_named =
            element.name() == "div" && classes(element).any(|class| class == "image-gallery-embed");
        if !is_named {
            return false;
        }
        let shows = || {
            node.descendants()
                .any(|inside| element_of(&inside).is_some_and(|inner| inner.name() == "img"))
        };
        if self.noscript > 0 || self.in_srcdoc || shows() {
            return false;
        }
        let attributes = attribute(element, "data-attrs").unwrap_or_default();
        let Ok(Attributes { gallery }) = serde_json::from_str(attributes) else {
            return false;
        };
        self.remove("fallback", node);
        self.document(&markup(&gallery));
        true
    }
}

/// The gallery as HTML. The text for all pictures is that of the first.
fn markup(gallery: &Gallery) -> String {
    let mut markup = "<figure>".to_owned();
    for (number, picture) in gallery.images.iter().take(MOST).enumerate() {
        let words = gallery.alt.as_deref().filter(|_| number == 0);
        markup.push_str(&format!(
            "<img src=\"{}\" alt=\"{}\">",
            escaped(&picture.src),
            escaped(words.unwrap_or_default())
        ));
    }
    let caption = gallery.caption.as_deref().map(str::trim);
    if let Some(caption) = caption.filter(|caption| !caption.is_empty()) {
        markup.push_str(&format!("<figcaption>{}</figcaption>", escaped(caption)));
    }
    markup.push_str("</figure>");
    markup
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(text, &mut escaped);
    escaped
}
