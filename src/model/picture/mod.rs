//! Pictures whose bytes were really had.

mod image;
mod resource;

pub use image::{Embed, EmbedKind, Figure, Image, ImageSource};
pub use resource::{
    Resource, ResourceBytes, ResourceId, ResourceLookup, Resources, ShownResources,
};

use super::stamp::{Moment, Stamp};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The kinds of picture that an output may name.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MediaType {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `image/gif`
    Gif,
    /// `image/webp`
    WebP,
    /// `image/svg+xml`
    Svg,
    /// `image/bmp`
    Bmp,
    /// `image/tiff`
    Tiff,
    /// `image/vnd.microsoft.icon`
    Icon,
    /// `image/avif`
    Avif,
    /// `image/jxl`
    JpegXl,
}

impl MediaType {
    /// The registered media type.
    pub fn name(self) -> &'static str {
        match self {
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::Gif => "image/gif",
            MediaType::WebP => "image/webp",
            MediaType::Svg => "image/svg+xml",
            MediaType::Bmp => "image/bmp",
            MediaType::Tiff => "image/tiff",
            MediaType::Icon => "image/vnd.microsoft.icon",
            MediaType::Avif => "image/avif",
            MediaType::JpegXl => "image/jxl",
        }
    }

    /// The file name extension without its dot.
    pub fn extension(self) -> &'static str {
        match self {
            MediaType::Jpeg => "jpg",
            MediaType::Png => "png",
            MediaType::Gif => "gif",
            MediaType::WebP => "webp",
            MediaType::Svg => "svg",
            MediaType::Bmp => "bmp",
            MediaType::Tiff => "tif",
            MediaType::Icon => "ico",
            MediaType::Avif => "avif",
            MediaType::JpegXl => "jxl",
        }
    }
}

/// A picture that was had: what the web serves, and what goes into a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The bytes as they were had, which feeds describe.
    pub original: Original,
    /// The bytes for books; `None` where no writer of the run embeds pictures, or the picture can't be
    /// made fit for books, which costs a warning.
    pub rendition: Option<Rendition>,
    /// Which of [`Image::places`] gave the bytes.
    pub place: usize,
}

/// Facts about the bytes that the picture's address gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Original {
    /// Their type, read from the bytes.
    pub media_type: MediaType,
    /// Their number.
    pub length: u64,
    /// Width in pixels, as shown (orientation applied).
    pub width: u32,
    /// Height in pixels, as shown.
    pub height: u32,
}

/// A picture as a book holds it: JPEG, PNG or GIF, upright, within the profile's bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// The first 128 bits of the BLAKE3 hash of the bytes, in hexadecimal: the picture's name.
    pub name: String,
    /// The type of the bytes.
    pub media_type: MediaType,
    /// Their number.
    pub length: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The other pieces of a tall strip, which stand below this one.
    pub below: Vec<Rendition>,
    /// The bytes.
    pub bytes: PictureBytes,
}

/// Where a rendition's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureBytes {
    /// In a file, which is the user's or the cache's, and may change or vanish.
    File(PictureFile),
    /// In memory.
    Memory(Arc<[u8]>),
}

/// A file that held a rendition's bytes when they were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    path: PathBuf,
    /// Its stamp from before they were looked at, where a change since then has to show in it.
    settled: Option<Stamp>,
}

impl PictureFile {
    /// A file by its path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        PictureFile {
            path: path.into(),
            settled: None,
        }
    }

    /// A file whose stamp was taken before its bytes were looked at, which was no sooner than `began`.
    pub(crate) fn stamped(path: impl Into<PathBuf>, stamp: Option<Stamp>, began: Moment) -> Self {
        let is_settled = |stamp: &Stamp| stamp.tells_changes() && stamp.is_settled(began);
        PictureFile {
            path: path.into(),
            settled: stamp.filter(is_settled),
        }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the open file is known to hold the bytes that were looked at, without their being read.
    pub(crate) fn is_unchanged(&self, file: &File) -> bool {
        let now = file.metadata().ok().map(|metadata| Stamp::of(&metadata));
        self.settled.is_some() && self.settled == now
    }
}

/// The pictures of some articles, found by where they come from. An image that is not in here
/// could not be had.
#[derive(Clone, Debug, Default)]
pub struct Pictures(HashMap<Vec<ImageSource>, Arc<Picture>>);

impl Pictures {
    /// Adds the picture of an image that is in one place only.
    pub fn insert(&mut self, source: ImageSource, picture: Arc<Picture>) {
        self.0.insert(vec![source], picture);
    }

    /// Adds the picture of an image that may be had at several places.
    pub fn insert_at(&mut self, places: Vec<ImageSource>, picture: Arc<Picture>) {
        self.0.insert(places, picture);
    }

    /// Adds all pictures of another set.
    pub fn extend(&mut self, other: Pictures) {
        self.0.extend(other.0);
    }

    /// The picture of one place, if it was had.
    pub fn get(&self, source: &ImageSource) -> Option<&Arc<Picture>> {
        self.0.get(std::slice::from_ref(source))
    }

    /// The picture of an image, wherever it was had.
    pub fn of(&self, image: &Image) -> Option<&Arc<Picture>> {
        self.0.get(image.places())
    }

    /// What goes into books for one place, if it was had.
    pub fn rendition(&self, source: &ImageSource) -> Option<&Rendition> {
        self.get(source)
            .and_then(|picture| picture.rendition.as_ref())
    }

    /// What goes into books for an image, if it was had.
    pub fn rendition_of(&self, image: &Image) -> Option<&Rendition> {
        self.of(image)
            .and_then(|picture| picture.rendition.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_file_is_known_to_be_unchanged_only_where_its_times_tell() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        std::fs::write(&path, b"one").unwrap();
        let stamp = Stamp::of(&std::fs::metadata(&path).unwrap());
        let later = Moment::from(SystemTime::now() + Duration::from_secs(60));
        let settled = PictureFile::stamped(&path, Some(stamp), later);
        let is_unchanged = |file: &PictureFile| file.is_unchanged(&File::open(&path).unwrap());
        assert_eq!(is_unchanged(&settled), stamp.tells_changes());
        for (stamp, began) in [(Some(stamp), Moment::now()), (None, later)] {
            assert!(!is_unchanged(&PictureFile::stamped(&path, stamp, began)));
        }
        assert!(!is_unchanged(&PictureFile::new(&path)));
        // Other bytes of the same length, with the time that the file had.
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        std::thread::sleep(Duration::from_millis(20));
        std::fs::write(&path, b"two").unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
        assert!(!is_unchanged(&settled));
    }
}
