//! Blocks and inlines as markup: the one serialiser of the document model.
//!
//! What it writes is at once well-formed XML (XHTML content documents, EPUB 3.3) and good HTML
//! (what feeds carry): void elements end in `/>`, no other element is self-closed, `lang` stands
//! beside `xml:lang`, and of the named references only XML's five occur. The content model is
//! HTML's own, so that a validator finds nothing in a chapter made of it.

mod block;
mod escape;
mod formula;
mod isolate;
mod labels;
mod line;
mod list;
mod note;
mod place;
mod stacked;
mod table;
mod text_box;

pub(crate) use escape::escape_markup;
pub use escape::{escape_attribute, escape_text};
pub use isolate::isolated;
pub use note::NoteMarks;

use crate::model::{
    Address, AnchorName, Article, Block, Direction, Image, Inline, Language,
    says_nothing as without_text,
};
use labels::Labels;
use std::collections::HashSet;

/// What a picture's place shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shown {
    /// The picture.
    Picture {
        /// The value of `src`.
        address: String,
        /// Width in pixels, where it is known.
        width: Option<u32>,
        /// Height in pixels, where it is known.
        height: Option<u32>,
    },
    /// The pieces of a tall strip, from the top: the values of `src`, with widths and heights in pixels.
    Pieces(Vec<(String, u32, u32)>),
    /// Words in its place, for the bytes can't be had.
    Missing {
        /// Where a reader may look for it.
        link: Option<String>,
    },
    /// A line from side to side: that is all that the picture draws.
    Rule,
    /// Nothing: the picture is a dot that counts visits or takes up room.
    Nothing,
}

/// Where the pictures and links of one output lead. Values are not yet escaped.
pub trait References {
    /// What the place of an image shows.
    fn image(&self, image: &Image) -> Shown;

    /// The value of `href` for an address.
    fn link(&self, address: &Address) -> String {
        address.as_str().to_owned()
    }

    /// The value of `href` for a place in the same article; `None` leaves the text unlinked.
    fn fragment(&self, name: &AnchorName) -> Option<String> {
        Some(format!("#{}", name.as_str()))
    }

    /// The `id` of such a place; `None` leaves it out. Within a document ids must be distinct.
    fn anchor(&self, name: &AnchorName) -> Option<String> {
        Some(name.as_str().to_owned())
    }

    /// How notes and their marks say what they are.
    fn note_marks(&self) -> NoteMarks {
        NoteMarks::Roles
    }

    /// Whether pictures name their width and height; else a style sheet gives them their size.
    fn names_sizes(&self) -> bool {
        true
    }

    /// Whether formulas are written as MathML; else as lines that mean the same.
    fn shows_formulas(&self) -> bool {
        true
    }
}

/// How the markup looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether `class` attributes are written, for a style sheet:
    /// `picture`, `square`, `tall` and `tower` (by shape), `strip`, `missing`, `group` and `embed` on figures, `alternative` on the words in a
    /// picture's place, `formula` around one on a line of its own, `side-note` on a note beside the
    /// text, `box` and `details` on text that is set off, with its `box-title`, `wide` on tables of many
    /// columns, `stacked` on those whose cells name their columns, `passage` and `foreign` on emphasis in
    /// Chinese and Japanese that is longer than some
    /// words or in another script, `end-matter`, `credit` and `rights` at the end.
    pub classes: bool,
    /// The level of the heading that stands above the text, 1 to 6: headings in the text stand below
    /// it. A heading is written at most one level below the one before it, so that the outline has no
    /// gap.
    pub title_level: u8,
}

/// Writes markup piece by piece.
///
/// ```
/// use offprint::model::{Block, Image, Inline};
/// use offprint::writer::xhtml::{References, Serialiser, Shown, Style};
///
/// struct Nowhere;
/// impl References for Nowhere {
///     fn image(&self, _: &Image) -> Shown { Shown::Missing { link: None } }
/// }
/// let style = Style { classes: false, title_level: 1 };
/// let mut serialiser = Serialiser::new(&Nowhere, style, None);
/// serialiser.block(&Block::Paragraph(vec![Inline::Text("a < b".into()), Inline::Break]));
/// assert_eq!(serialiser.take(), "<p>a &lt; b<br/></p>\n");
/// ```
pub struct Serialiser<'article> {
    references: &'article dyn References,
    style: Style,
    labels: &'static Labels,
    /// Where the text around runs to.
    direction: Direction,
    out: String,
    /// The level of the last heading.
    level: u8,
    /// Ids written so far: a second anchor of the same name would make the document invalid.
    anchors: HashSet<String>,
    /// The places that the next block is at.
    places: Vec<AnchorName>,
    /// The id of the element that is written next.
    id: Option<String>,
    /// How many headers of tables got ids.
    headers: usize,
    in_link: bool,
    in_ruby: bool,
    /// Whether the style sheet sets dots at stressed characters.
    dots: bool,
    /// What an image without alternative text in a line is called: nothing, but in a link that has
    /// no other name.
    unnamed: &'static str,
}

impl<'article> Serialiser<'article> {
    /// Begins with nothing written. `language` chooses the words that stand in for a missing
    /// picture without alternative text and before the link to a film or recording.
    pub fn new(
        references: &'article dyn References,
        style: Style,
        language: Option<&Language>,
    ) -> Self {
        Serialiser {
            references,
            style,
            labels: Labels::of(language),
            direction: language.map_or(Direction::LeftToRight, Language::direction),
            out: String::new(),
            level: style.title_level,
            anchors: HashSet::new(),
            places: Vec::new(),
            id: None,
            headers: 0,
            in_link: false,
            in_ruby: false,
            dots: style.classes && language.is_some_and(has_dots),
            unnamed: "",
        }
    }

    /// Writes blocks, each on a line of its own.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
        self.end_places();
    }

    /// Writes the credit and the statement of rights that stand at an article's end, set apart
    /// from the text; nothing where there is neither.
    pub fn end_matter(&mut self, article: &Article) {
        self.end_places();
        if article.credit.is_none() && article.rights.is_none() {
            return;
        }
        self.open("div", "end-matter");
        for (class, text) in [("credit", &article.credit), ("rights", &article.rights)] {
            if let Some(text) = text {
                self.open("p", class);
                self.out.push_str("<small>");
                escape_text(text, &mut self.out);
                self.out.push_str("</small></p>");
            }
        }
        self.out.push_str("</div>\n");
    }

    /// The number of bytes written since the beginning or the last [`Serialiser::take`].
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Hands over what was written and goes on with a new document: its ids are its own, and its
    /// outline begins at the title again.
    pub fn take(&mut self) -> String {
        self.anchors.clear();
        self.level = self.style.title_level;
        std::mem::take(&mut self.out)
    }

    /// A start tag, with its class where classes are wanted.
    fn open(&mut self, element: &str, class: &str) {
        self.out.push('<');
        self.out.push_str(element);
        self.id_attribute();
        if self.style.classes {
            self.attribute("class", class);
        }
        self.out.push('>');
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_attribute(value, &mut self.out);
        self.out.push('"');
    }
}

/// How long the text of an article often is, for the buffer that it is written to.
const USUAL_LENGTH: usize = 8 * 1024;

/// The text and end matter of an article in one piece.
pub fn article(article: &Article, references: &dyn References, style: Style) -> String {
    let mut serialiser = Serialiser::new(references, style, article.language.as_ref());
    serialiser.out.reserve(USUAL_LENGTH);
    serialiser.blocks(article.body.blocks());
    serialiser.end_matter(article);
    serialiser.take()
}

/// Whether a language marks stress by dots at the characters.
fn has_dots(language: &Language) -> bool {
    matches!(language.primary(), "zh" | "ja")
}

/// Whether a line shows nothing at all: no characters, no image, no place to link to.
fn shows_nothing(line: &[Inline]) -> bool {
    line.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.is_blank(),
        Inline::Image(_) | Inline::Anchor(_) | Inline::Formula(_) => false,
        Inline::Break => true,
        _ => inline.children().into_iter().all(shows_nothing),
    })
}
