//! The labels of drawings, drawn with the program's own font (`fonts/`), so that they look the same on
//! any machine.

use crate::model::is_invisible;
use resvg::usvg::FontResolver;
use resvg::usvg::fontdb::{Database, ID};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Why a drawing is not drawn whose labels are in a script that the font lacks.
pub(super) const LACKING: &str = "the drawing holds letters that the program's font lacks";

/// The weight from which on letters are bold (CSS Fonts, section 5.2).
const BOLD: u16 = 600;

/// The fonts, read once.
struct Fonts {
    all: Arc<Database>,
    regular: Option<ID>,
    bold: Option<ID>,
}

fn loaded() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut all = Database::new();
        let mut load = |bytes: &[u8]| {
            all.load_font_data(bytes.to_vec());
            all.faces().last().map(|face| face.id)
        };
        let regular = load(include_bytes!("../fonts/DrawingLabels-Regular.ttf"));
        let bold = load(include_bytes!("../fonts/DrawingLabels-Bold.ttf"));
        Fonts {
            all: Arc::new(all),
            regular,
            bold,
        }
    })
}

/// The fonts that labels are drawn with, whatever the drawing asks for.
pub(super) fn fonts() -> Arc<Database> {
    Arc::clone(&loaded().all)
}

/// Whether the font has all letters of a drawing.
#[derive(Debug, Default)]
pub(super) struct Letters {
    lacking: AtomicBool,
}

impl Letters {
    /// What chooses the font, and notes letters that it lacks.
    pub fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font, _| {
                let fonts = loaded();
                if font.weight() >= BOLD {
                    fonts.bold
                } else {
                    fonts.regular
                }
            }),
            select_fallback: Box::new(|letter, _, _| {
                let shows = !letter.is_whitespace() && !letter.is_control();
                let joins = matches!(letter, '\u{200C}'..='\u{200F}');
                if shows && !joins && !is_invisible(letter) {
                    self.lacking.store(true, Ordering::Relaxed);
                }
                None
            }),
        }
    }

    /// Whether a letter was lacking.
    pub fn are_lacking(&self) -> bool {
        self.lacking.load(Ordering::Relaxed)
    }
}
