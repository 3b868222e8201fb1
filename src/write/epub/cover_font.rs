//! A font of the user's own for covers: `epub.cover_font`.

use crate::error::{Error, Result};
use resvg::usvg::fontdb::{Database, Source};
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// The largest font file: the largest collections for Chinese, Japanese and Korean have some 120 MB.
const BOUND: u64 = 160_000_000;

/// The bytes of a font file, TrueType or OpenType, alone or in a collection.
#[derive(Clone)]
pub struct CoverFont {
    bytes: Arc<[u8]>,
    hash: blake3::Hash,
}

/// What the database of fonts shares.
struct Shared(Arc<[u8]>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl CoverFont {
    /// Reads a font file.
    ///
    /// # Errors
    /// Where it can't be read, is too large, or is no font.
    pub fn read(path: &Path) -> Result<Self> {
        let refused =
            |hint: String| Error::refused("epub.cover_font", &path.display().to_string(), hint);
        let file = File::open(path).map_err(Error::input(path))?;
        let length = file.metadata().map_err(Error::input(path))?.len();
        if length > BOUND {
            let most = BOUND / 1_000_000;
            return Err(refused(format!("give a font file of at most {most} MB")));
        }
        let mut bytes = Vec::new();
        // A pipe has no length, and a file may grow.
        file.take(BOUND)
            .read_to_end(&mut bytes)
            .map_err(Error::input(path))?;
        let font = CoverFont {
            hash: blake3::hash(&bytes),
            bytes: bytes.into(),
        };
        if !font.has_face() {
            return Err(refused(
                "give a TrueType or OpenType font (.ttf, .otf, .ttc); fonts for the web (.woff2) \
                 have to be unpacked"
                    .to_owned(),
            ));
        }
        Ok(font)
    }

    /// The bytes for a database of fonts.
    pub(in crate::write::epub) fn shared(&self) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
        Arc::new(Shared(Arc::clone(&self.bytes)))
    }

    /// Whether there is a font in the file. A damaged one may make the library fail.
    fn has_face(&self) -> bool {
        let faces = catch_unwind(AssertUnwindSafe(|| {
            Database::new()
                .load_font_source(Source::Binary(self.shared()))
                .len()
        }));
        faces.is_ok_and(|count| count > 0)
    }
}

impl PartialEq for CoverFont {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for CoverFont {}

/// The hash alone: settings are compared by what this says.
impl fmt::Debug for CoverFont {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CoverFont({})", self.hash)
    }
}
