//! The fonts of covers: one of the user's own, if there is one, then the program's.
//!
//! The program's have the letters of Latin, Greek and Cyrillic, and the few others that periods are
//! written with (`fonts/`).

use crate::model::{Language, is_invisible};
use crate::write::epub::cover_font::CoverFont;
use crate::write::epub::pages::wording::Wording;
use resvg::usvg::fontdb::{Database, ID, Source};
use resvg::usvg::{FontResolver, Options};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::sync::{Arc, OnceLock};

/// Letters of Latin, Greek and Cyrillic; those of drawings (`images/formats/fonts/`).
const LETTERS: &[u8] = include_bytes!("../../../../images/formats/fonts/DrawingLabels-Bold.ttf");
/// What periods are written with in Chinese, Japanese and Korean.
const PERIODS: &[u8] = include_bytes!("fonts/CoverPeriods-Bold.otf");

/// Fonts in the order in which they are asked for a letter.
pub(super) struct Fonts {
    all: Arc<Database>,
    order: Vec<ID>,
}

impl Fonts {
    /// The fonts for a language.
    pub fn of(own: Option<&CoverFont>, language: &Language) -> Self {
        let (all, order) = bundled();
        let Some(own) = own else {
            return Fonts {
                all: Arc::clone(all),
                order: order.clone(),
            };
        };
        let mut all = Database::clone(all);
        let faces = all.load_font_source(Source::Binary(own.shared()));
        let face = face_for(&all, &faces, language);
        Fonts {
            order: face.into_iter().chain(order.iter().copied()).collect(),
            all: Arc::new(all),
        }
    }

    /// Whether there are all letters of a text.
    pub fn have(&self, text: &str) -> bool {
        text.chars().all(|letter| {
            let shows = !letter.is_whitespace() && !is_invisible(letter);
            !shows || self.advance(letter).is_some()
        })
    }

    /// How wide a text is, in parts of the size of its letters; letters that join or move together
    /// are not minded.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|letter| self.advance(letter)).sum()
    }

    fn advance(&self, letter: char) -> Option<f32> {
        self.order.iter().find_map(|&id| {
            let advance = self.all.with_face_data(id, |bytes, index| {
                let font = FontRef::from_index(bytes, index).ok()?;
                let glyph = font.charmap().map(letter)?;
                let (size, place) = (Size::unscaled(), LocationRef::default());
                let advance = font.glyph_metrics(size, place).advance_width(glyph)?;
                let em = f32::from(font.metrics(size, place).units_per_em);
                Some(advance / em.max(1.0))
            });
            advance.flatten()
        })
    }

    /// Options under which texts are drawn with these fonts, whatever is asked for.
    pub fn options(&self) -> Options<'_> {
        Options {
            fontdb: Arc::clone(&self.all),
            font_resolver: FontResolver {
                select_font: Box::new(|_, _| self.order.first().copied()),
                select_fallback: Box::new(|_, used, _| {
                    self.order.iter().find(|id| !used.contains(id)).copied()
                }),
            },
            ..Options::default()
        }
    }
}

/// The program's fonts, read once.
fn bundled() -> &'static (Arc<Database>, Vec<ID>) {
    static FONTS: OnceLock<(Arc<Database>, Vec<ID>)> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut all = Database::new();
        let mut order = Vec::new();
        for bytes in [LETTERS, PERIODS] {
            order.extend(all.load_font_source(Source::Binary(Arc::new(bytes))));
        }
        (Arc::new(all), order)
    })
}

/// The face of a collection that is made for a language, by its name as collections for Chinese,
/// Japanese and Korean have it; else the first.
fn face_for(all: &Database, faces: &[ID], language: &Language) -> Option<ID> {
    let mark = match Wording::of(language).language {
        "zh-Hans" => " SC",
        "zh-Hant" => " TC",
        "ja" => " JP",
        "ko" => " KR",
        _ => "",
    };
    let is_for = |id: &&ID| {
        let families = all.face(**id).map(|face| face.families.as_slice());
        let mut families = families.unwrap_or_default().iter();
        families.any(|(name, _)| !mark.is_empty() && name.ends_with(mark))
    };
    faces.iter().find(is_for).or(faces.first()).copied()
}
