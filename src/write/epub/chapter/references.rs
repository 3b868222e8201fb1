//! Where the pictures and links of a chapter lead.

use crate::model::{Address, AnchorName, Image, Listed, Pictures, Rendition};
use crate::write::epub::chapter::document::{OpenLink, mark};
use crate::write::epub::chapter::names::{document_file, name};
use crate::write::epub::period::Period;
use crate::write::xhtml::{NoteMarks, References, Shown};
use crate::write::{BookSettings, Run, Split};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// The references of one chapter. Gathers the pictures that it shows and the places that its
/// links lead to, so the serialiser is asked through cells.
pub(in crate::write::epub) struct BookReferences<'book> {
    pictures: &'book Pictures,
    run: &'book Run<'book>,
    position: usize,
    period: Period,
    name: &'book str,
    shown: RefCell<BTreeMap<String, Rendition>>,
    undescribed: Cell<bool>,
    document: Cell<usize>,
    /// The blocks that documents after the first begin with.
    cuts: RefCell<BTreeSet<usize>>,
    /// The document that each anchor is in.
    anchors: RefCell<BTreeMap<AnchorName, usize>>,
    fragments: Cell<bool>,
    settled: Cell<bool>,
    /// Links to articles that may be in the same volume, where volumes are cut by size.
    open: RefCell<Vec<OpenLink>>,
}

impl<'book> BookReferences<'book> {
    /// The references of the chapter of this name.
    pub(in crate::write::epub) fn new(
        pictures: &'book Pictures,
        run: &'book Run<'book>,
        listed: &Listed,
        position: usize,
        name: &'book str,
    ) -> Self {
        BookReferences {
            pictures,
            run,
            position,
            period: period(listed, run),
            name,
            shown: RefCell::default(),
            undescribed: Cell::new(false),
            document: Cell::new(0),
            cuts: RefCell::default(),
            anchors: RefCell::default(),
            fragments: Cell::new(false),
            settled: Cell::new(false),
            open: RefCell::default(),
        }
    }

    /// Whether a new document begins with a block. In the first pass that is so where the present
    /// one is `full`; the second pass repeats the first one's cuts, for links name them.
    pub(in crate::write::epub) fn ends_before(&self, block: usize, full: bool) -> bool {
        if !self.settled.get() && full {
            self.cuts.borrow_mut().insert(block);
        }
        self.cuts.borrow().contains(&block)
    }

    /// Says which document is being written.
    pub(in crate::write::epub) fn enter(&self, document: usize) {
        self.document.set(document);
    }

    /// Ends the first pass; says whether a second one is needed.
    pub(in crate::write::epub) fn settle_fragments(&self) -> bool {
        self.settled.set(true);
        self.fragments.get()
    }

    /// Whether each picture shown has words that stand for it.
    pub(in crate::write::epub) fn all_described(&self) -> bool {
        !self.undescribed.get()
    }

    /// The pictures shown, by name.
    pub(in crate::write::epub) fn into_pictures(self) -> Vec<Rendition> {
        self.shown.into_inner().into_values().collect()
    }

    /// The links whose addresses stand open in the markup.
    pub(in crate::write::epub) fn open_links(&self) -> Vec<OpenLink> {
        self.open.borrow().clone()
    }

    /// The article of the same volume that an address leads to. Where volumes are cut by size, no
    /// worker knows what is in the same one, and the address is left open.
    fn neighbour(&self, address: &Address) -> Option<String> {
        let settings = self.run.settings.get::<BookSettings>();
        let position = self.run.catalogue.find(address)?;
        let listed = self.run.catalogue.get(position)?;
        if position == self.position || period(listed, self.run) != self.period {
            return None;
        }
        let chapter = name(listed, position, self.run.catalogue);
        if settings.split != Split::Size && settings.max_size.is_none() {
            return Some(document_file(&chapter, 0));
        }
        let link = OpenLink {
            chapter,
            address: address.as_str().to_owned(),
        };
        let mut open = self.open.borrow_mut();
        // The second pass finds the links of the first.
        let known = open.iter().position(|one| *one == link);
        let number = known.unwrap_or_else(|| {
            open.push(link);
            open.len() - 1
        });
        Some(mark(number))
    }
}

fn period(listed: &Listed, run: &Run<'_>) -> Period {
    let split = run.settings.get::<BookSettings>().split;
    Period::of(listed.published, split, run.publication.zone)
}

/// The path of a picture from the package's folder.
pub(in crate::write::epub) fn picture_path(rendition: &Rendition) -> String {
    let extension = rendition.media_type.extension();
    format!("images/{}.{extension}", rendition.name)
}

/// What a picture without words turns out to be by its real size, where it is no picture: pages use
/// dots to count visits and to take up room, and thin strips to draw lines.
fn no_picture(image: &Image, rendition: &Rendition) -> Option<Shown> {
    let (width, height) = (rendition.width, rendition.height);
    if !image.alternative.is_blank() {
        None
    } else if width <= 2 && height <= 2 {
        Some(Shown::Nothing)
    } else if height <= 4 && width / 20 >= height {
        Some(Shown::Rule)
    } else {
        None
    }
}

impl References for BookReferences<'_> {
    fn image(&self, image: &Image) -> Shown {
        let Some(rendition) = self.pictures.rendition_of(image) else {
            let link = image
                .source
                .origin()
                .map(|origin| origin.as_str().to_owned());
            return Shown::Missing { link };
        };
        if let Some(shown) = no_picture(image, rendition) {
            return shown;
        }
        if image.alternative.is_blank() {
            self.undescribed.set(true);
        }
        let mut shown = self.shown.borrow_mut();
        let pieces = std::iter::once(rendition).chain(&rendition.below);
        for piece in pieces.clone() {
            shown
                .entry(piece.name.clone())
                .or_insert_with(|| piece.clone());
        }
        if !rendition.below.is_empty() {
            let path = |piece: &Rendition| format!("../{}", picture_path(piece));
            let pieces = pieces.map(|piece| (path(piece), piece.width, piece.height));
            return Shown::Pieces(pieces.collect());
        }
        Shown::Picture {
            address: format!("../{}", picture_path(rendition)),
            width: Some(rendition.width),
            height: Some(rendition.height),
        }
    }

    fn link(&self, address: &Address) -> String {
        self.neighbour(address)
            .unwrap_or_else(|| address.as_str().to_owned())
    }

    /// Conversions of books take widths and heights for fixed ones, whatever the page is like.
    fn names_sizes(&self) -> bool {
        false
    }

    fn note_marks(&self) -> NoteMarks {
        NoteMarks::Types
    }

    fn fragment(&self, anchor: &AnchorName) -> Option<String> {
        self.fragments.set(true);
        let document = *self.anchors.borrow().get(anchor)?;
        let id = anchor.as_str();
        if document == self.document.get() {
            return Some(format!("#{id}"));
        }
        Some(format!("{}#{id}", document_file(self.name, document)))
    }

    fn anchor(&self, anchor: &AnchorName) -> Option<String> {
        let document = self.document.get();
        let mut anchors = self.anchors.borrow_mut();
        let first = *anchors.entry(anchor.clone()).or_insert(document);
        // The same anchor in two documents leads to the first of them.
        (first == document).then(|| anchor.as_str().to_owned())
    }
}
