//! Drawings (SVG) become pixels: with the program's own font, without the network, without entities,
//! within bounds.
//!
//! A drawing is a program of sorts: a few lines that refer to each other can stand for billions of
//! shapes. So the references are followed first, and what stands for too much is not drawn.

mod cleaned;
mod effort;
mod labels;
mod style_rules;

use super::facts::Defect;
use super::{scale, strip};
use crate::images::Profile;
use crate::images::failure::Failure;
use image::{DynamicImage, RgbaImage};
use labels::Letters;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};
use std::collections::HashMap;
use std::panic;
use style_rules::StyleRules;

/// The most XML nodes of a drawing.
const NODES: u32 = 200_000;
/// The most elements of a drawing when all references are followed.
const SHAPES: usize = 200_000;
/// How deep elements may nest when all references are followed. Each level may need a layer of the
/// picture's size.
const DEPTH: usize = 32;
/// The most elements that need a layer of their own: opacity, masks, clips, filters.
const LAYERS: usize = 1_000;
/// The most steps of filters.
const FILTERS: usize = 50;
/// The most steps of shaping texts: about a second.
const LETTERS: usize = 300_000_000;

/// The most pixels of a strip: a piece of it is as large as a screen, but all are drawn at once.
const STRIP: u64 = 25_000_000;

/// Width and height in pixels.
pub(super) type Size = (u32, u32);

/// What a drawing becomes.
#[derive(Debug)]
pub(in crate::images) enum Drawing {
    /// Pixels.
    Pixels(DynamicImage),
    /// The drawing itself, for its letters are in a script that the program's font lacks: a document with
    /// nothing in it that runs or leads elsewhere, and its size.
    Itself(Vec<u8>, Size),
}

/// Draws a drawing, scaled down to the profile's bounds.
///
/// # Errors
/// Where it is damaged, stands for too much, or holds what can't be drawn: HTML, pictures, and letters
/// that the font lacks where the device does not take drawings.
pub(in crate::images) fn draw(bytes: &[u8], profile: Profile) -> Result<Drawing, Failure> {
    let drawn = panic::catch_unwind(|| {
        let parsed = Parsed::of(bytes)?;
        let tree = &parsed.tree;
        let natural = pixels(tree);
        let size = size_for(natural, profile);
        effort::check(tree, size)?;
        if parsed.lacks_letters {
            return itself(bytes, natural, profile);
        }
        let scale = size.0 as f32 / tree.size().width();
        let scale = scale.min(size.1 as f32 / tree.size().height());
        let mut canvas = Pixmap::new(size.0, size.1)
            .ok_or_else(|| Failure::unusable("the drawing has no size"))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(tree, transform, &mut canvas.as_mut());
        let pixels = canvas.take_demultiplied();
        RgbaImage::from_raw(size.0, size.1, pixels)
            .map(|pixels| Drawing::Pixels(DynamicImage::ImageRgba8(pixels)))
            .ok_or_else(|| Failure::unusable("the drawing can't be drawn"))
    });
    drawn.unwrap_or_else(|_| {
        Err(Failure::unusable(
            "the drawing makes the program that draws fail",
        ))
    })
}

/// The size in which a drawing is drawn: a strip is as wide as it says, for it is cut into pieces.
fn size_for(natural: Size, profile: Profile) -> Size {
    strip::fitting(natural, profile)
        .filter(|(width, height)| u64::from(*width) * u64::from(*height) <= STRIP)
        .unwrap_or_else(|| scale::fitting(natural, profile))
}

/// The drawing itself, where the device takes it: electronic paper and shops want pixels.
fn itself(bytes: &[u8], size: Size, profile: Profile) -> Result<Drawing, Failure> {
    if profile != Profile::Generic {
        return Err(Failure::unusable(labels::LACKING));
    }
    let document = with_document(bytes, |document| Ok(cleaned::document(document, size)))?;
    Ok(Drawing::Itself(document, size))
}

/// The drawing's own size in pixels.
///
/// # Errors
/// Where it can't be drawn.
pub(in crate::images) fn size(bytes: &[u8]) -> Result<(u32, u32), Defect> {
    panic::catch_unwind(|| Parsed::of(bytes).map(|parsed| pixels(&parsed.tree)))
        .unwrap_or_else(|_| Err(Failure::unusable("")))
        .map_err(|_| Defect::Unsupported("a drawing like this"))
}

fn pixels(tree: &Tree) -> (u32, u32) {
    // A drawing may call itself a billion pixels wide: only the proportions count then.
    const LARGEST: f32 = 100_000.0;
    let side = |length: f32| length.ceil().clamp(1.0, LARGEST) as u32;
    let size = tree.size();
    let shrink = (LARGEST / size.width().max(size.height())).min(1.0);
    (side(size.width() * shrink), side(size.height() * shrink))
}

/// A drawing that is not too heavy.
struct Parsed {
    tree: Tree,
    /// Whether the program's font lacks letters of it.
    lacks_letters: bool,
}

impl Parsed {
    fn of(bytes: &[u8]) -> Result<Self, Failure> {
        with_document(bytes, |document| {
            Weight::of(document)?;
            let letters = Letters::default();
            let options = without_pictures(&letters);
            let tree = Tree::from_xmltree(document, &options).map_err(|_| damaged())?;
            Ok(Parsed {
                tree,
                lacks_letters: letters.are_lacking(),
            })
        })
    }
}

fn damaged() -> Failure {
    Failure::unusable("the drawing is damaged")
}

/// Reads a drawing as XML, within bounds and without entities.
fn with_document<T>(
    bytes: &[u8],
    then: impl FnOnce(&Document<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let text = str::from_utf8(bytes).map_err(|_| damaged())?;
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.contains("<!ENTITY") {
        return Err(Failure::unusable("the drawing declares entities"));
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|_| damaged())?;
    then(&document)
}

/// Options under which a drawing reads no file and no address, no picture within it, and no font but
/// the program's.
fn without_pictures(letters: &Letters) -> Options<'_> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        fontdb: labels::fonts(),
        font_resolver: letters.resolver(),
        ..Options::default()
    }
}

/// What drawing costs when all references are followed.
#[derive(Default)]
struct Weight<'document, 'input> {
    by_id: HashMap<&'document str, Node<'document, 'input>>,
    rules: StyleRules,
    shapes: usize,
    layers: usize,
    filters: usize,
    /// What shaping the texts costs.
    letters: usize,
}

impl<'document, 'input> Weight<'document, 'input> {
    /// Weighs a drawing.
    ///
    /// # Errors
    /// Where it is too heavy, or holds what can't be drawn faithfully.
    fn of(document: &'document Document<'input>) -> Result<(), Failure> {
        let mut weight = Weight::default();
        for node in document.descendants().filter(Node::is_element) {
            if let Some(id) = node.attribute("id") {
                weight.by_id.entry(id).or_insert(node);
            }
            if node.tag_name().name() == "style" {
                weight.rules.read(node.text().unwrap_or_default())?;
            }
        }
        weight.follow(document.root_element())
    }

    /// Walks over the elements and, in their place, over what they refer to.
    fn follow(&mut self, root: Node<'document, 'input>) -> Result<(), Failure> {
        let mut pending = vec![(root, 0_usize)];
        while let Some((node, depth)) = pending.pop() {
            self.shapes += 1;
            self.weigh(node)?;
            let too_heavy = self.shapes > SHAPES
                || depth > DEPTH
                || self.layers > LAYERS
                || self.filters > FILTERS
                || self.letters > LETTERS;
            if too_heavy {
                return Err(Failure::unusable("the drawing is too complex"));
            }
            let children = node.children().filter(Node::is_element);
            pending.extend(children.map(|child| (child, depth + 1)));
            let targets = self.references(node);
            pending.extend(targets.into_iter().map(|target| (target, depth + 1)));
        }
        Ok(())
    }

    fn weigh(&mut self, node: Node<'document, 'input>) -> Result<(), Failure> {
        let letters = || {
            let texts = node.descendants().filter(Node::is_text);
            let texts = texts.map(|text| text.text().unwrap_or_default().trim().len());
            texts.sum::<usize>()
        };
        match node.tag_name().name() {
            "foreignObject" if letters() > 0 => {
                return Err(Failure::unusable("the drawing holds HTML"));
            }
            "text" => {
                // Each span shapes the whole text, and looks for its glyphs among all.
                let (letters, spans) = (letters(), node.descendants().count());
                let cost = letters.saturating_mul(letters).saturating_mul(spans);
                self.letters = self.letters.saturating_add(cost);
                self.shapes += letters;
            }
            "image" if href(node).is_some_and(|href| href.starts_with("data:")) => {
                return Err(Failure::unusable("the drawing holds a picture of its own"));
            }
            name if name.starts_with("fe") => self.filters += 1,
            _ => {}
        }
        let layered = node.attributes().any(|attribute| match attribute.name() {
            "style" => needs_layer(attribute.value()),
            name => LAYERED.contains(&name),
        });
        self.layers += usize::from(layered || self.rules.give_layer(node));
        Ok(())
    }

    /// The elements that an element refers to, by its own attributes and by rules of style sheets.
    fn references(&self, node: Node<'document, 'input>) -> Vec<Node<'document, 'input>> {
        let own = node.attributes();
        let own = own.flat_map(|attribute| local_references(attribute.value()));
        let own = own.chain(href(node).and_then(|href| href.strip_prefix('#')));
        let by_rules = self.rules.references(node);
        let names = own.chain(by_rules.iter().map(String::as_str));
        names.filter_map(|id| self.by_id.get(id).copied()).collect()
    }
}

/// Properties of elements that are drawn on a layer of their own.
const LAYERED: [&str; 6] = [
    "opacity",
    "mask",
    "clip-path",
    "filter",
    "mix-blend-mode",
    "isolation",
];

pub(super) fn needs_layer(style: &str) -> bool {
    LAYERED.iter().any(|name| style.contains(name))
}

fn href<'document>(node: Node<'document, '_>) -> Option<&'document str> {
    attribute_value(node, "href").map(str::trim)
}

fn attribute_value<'document>(node: Node<'document, '_>, name: &str) -> Option<&'document str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// The names in `url(#name)`.
pub(super) fn local_references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let name = rest.split(')').next()?;
        name.trim_matches([' ', '"', '\'']).strip_prefix('#')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(text: &str) -> Result<DynamicImage, String> {
        match draw(text.as_bytes(), Profile::Kobo).map_err(|failure| failure.reason)? {
            Drawing::Pixels(image) => Ok(image),
            Drawing::Itself(..) => Err("it is kept".to_owned()),
        }
    }

    #[test]
    fn a_drawing_becomes_pixels_of_its_size() {
        let image = draws(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
                <rect width="20" height="20" fill="red"/></svg>"#,
        )
        .unwrap()
        .to_rgba8();
        assert_eq!(image.dimensions(), (40, 20));
        assert_eq!(image.get_pixel(5, 5).0, [255, 0, 0, 255]);
        assert_eq!(image.get_pixel(35, 5).0, [0, 0, 0, 0]);
    }

    #[test]
    fn labels_are_drawn_with_the_programs_font() {
        let labelled = |weight: &str| {
            draws(&format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">
                <style>text.big {{ font-size: 20px }} #x rect {{ opacity: 0.5 }}</style>
                <text class="big" x="2" y="20" font-family="Any" font-weight="{weight}">Straße Дом</text></svg>"#
            ))
            .unwrap()
            .to_rgba8()
        };
        let ink = |image: &RgbaImage| image.pixels().filter(|pixel| pixel.0[3] > 128).count();
        let (regular, bold) = (ink(&labelled("normal")), ink(&labelled("bold")));
        assert!(regular > 100 && bold > regular, "{regular}, {bold}");
    }

    #[test]
    fn hostile_53_drawings_that_are_attacks_are_not_drawn() {
        let nested = (1..12).fold(
            r#"<g id="a0"><rect width="1" height="1"/></g>"#.to_owned(),
            |text, level| {
                let once = format!(r##"<use href="#a{}"/>"##, level - 1);
                format!(r#"{text}<g id="a{level}">{}</g>"#, once.repeat(10))
            },
        );
        let deep = "<g>".repeat(5000) + &"</g>".repeat(5000);
        let open = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">"#;
        for (content, reason) in [
            (nested.as_str(), "the drawing is too complex"),
            (deep.as_str(), "the drawing is too complex"),
            (
                r##"<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>"##,
                "the drawing is too complex",
            ),
            (
                "<text>重</text>",
                "the drawing holds letters that the program's font lacks",
            ),
            (
                "<foreignObject><p>x</p></foreignObject>",
                "the drawing holds HTML",
            ),
            (
                &format!("<text>{}</text>", "<tspan>x</tspan>".repeat(2000)),
                "the drawing is too complex",
            ),
            ("<rect>", "the drawing is damaged"),
        ] {
            let result = draws(&format!("{open}{content}</svg>"));
            assert_eq!(result.unwrap_err(), reason);
        }
        let entities = r#"<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]>"#;
        let result = draws(&format!("{entities}{open}</svg>"));
        assert_eq!(result.unwrap_err(), "the drawing declares entities");
    }

    #[test]
    fn hostile_53_scripts_and_remote_pictures_are_left_out() {
        let image = draws(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000000000 500000000">
                <script>alert(1)</script><image href="http://169.254.169.254/x.png" width="9"/>
                <rect width="1000000000" height="500000000" fill="blue"/></svg>"#,
        )
        .unwrap();
        assert_eq!((image.width(), image.height()), (1264, 632));
        assert_eq!(image.to_rgba8().get_pixel(600, 300).0, [0, 0, 255, 255]);
    }
}
