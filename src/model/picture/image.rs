//! Pictures and what plays elsewhere: where they come from and what they show, not their bytes.

use crate::model::{Address, CleanText, Inline, ResourceId};

/// A picture with its caption; an empty caption is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The picture.
    pub image: Image,
    /// What stands below it.
    pub caption: Vec<Inline>,
    /// Where the picture leads, if anywhere but to itself.
    pub link: Option<Address>,
}

/// A picture: where it comes from and what it shows, not its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// Where the bytes come from.
    pub source: ImageSource,
    /// What it shows, in words, from the page's `alt`; may be empty.
    pub alternative: CleanText,
    /// Everything that the page offers for the picture, best first: other sizes, other kinds, the file
    /// that a thumbnail leads to, `source` among them. The first that can be had goes into books. Empty
    /// where there is nothing but `source`, which is what outputs name that embed nothing.
    pub candidates: Vec<ImageSource>,
}

impl Image {
    /// A picture with one place only.
    pub fn new(source: ImageSource, alternative: CleanText) -> Self {
        Image {
            source,
            alternative,
            candidates: Vec::new(),
        }
    }

    /// Whether anything says that it shows something: what only counts visits has neither words nor sizes
    /// nor a picture's file.
    pub(in crate::model) fn is_evident(&self) -> bool {
        let names_file = || match &self.source {
            ImageSource::Web { origin, .. } => names_photograph(origin),
            ImageSource::Resource { .. } => true,
        };
        !self.alternative.is_blank() || !self.candidates.is_empty() || names_file()
    }

    /// Where the picture may be had, best first.
    pub fn places(&self) -> &[ImageSource] {
        if self.candidates.is_empty() {
            std::slice::from_ref(&self.source)
        } else {
            &self.candidates
        }
    }
}

/// Kinds of files that hold photographs.
const PHOTOGRAPHS: [&str; 9] = [
    "jpg", "jpeg", "png", "webp", "avif", "heic", "jxl", "tif", "jfif",
];

/// Whether an address names a file that holds a photograph, or asks for one.
fn names_photograph(address: &Address) -> bool {
    let is_kind = |kind: &str| {
        let mut known = PHOTOGRAPHS.iter();
        known.any(|known| known.eq_ignore_ascii_case(kind))
    };
    let ends_with_kind = |name: &str| {
        // Some servers take instructions behind the name.
        let name = name.split(['!', '@', ':', '=']).next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(_, kind)| is_kind(kind))
    };
    let mut parameters = address.url().query_pairs();
    address.url().path().rsplit('/').any(ends_with_kind)
        || parameters.any(|(_, value)| is_kind(&value) || ends_with_kind(&value))
}

/// Where an image's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ImageSource {
    /// A picture on the web.
    Web {
        /// The picture's own address, image proxies unwrapped.
        origin: Address,
        /// The address that the archive names; equal to `origin` where there is no proxy.
        archived: Address,
    },
    /// A picture that the archive brings with the article: in a `data:` address, as a file beside
    /// it, as a part of the same container.
    Resource {
        /// What its bytes are found by during a run.
        id: ResourceId,
        /// Where the same picture is on the web, where the article's address tells.
        address: Option<Address>,
    },
}

impl ImageSource {
    /// The picture's own address on the web, if it has one.
    pub fn origin(&self) -> Option<&Address> {
        match self {
            ImageSource::Web { origin, .. } => Some(origin),
            ImageSource::Resource { address, .. } => address.as_ref(),
        }
    }

    /// The address that the archive names, if the picture is on the web.
    pub fn archived(&self) -> Option<&Address> {
        match self {
            ImageSource::Web { archived, .. } => Some(archived),
            ImageSource::Resource { address, .. } => address.as_ref(),
        }
    }
}

/// Something that plays or runs elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Embed {
    /// What it is.
    pub kind: EmbedKind,
    /// Where it plays.
    pub address: Address,
    /// What the page called it; may be empty.
    pub title: CleanText,
    /// Its still picture.
    pub poster: Option<Image>,
}

/// Kinds of embedded things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmbedKind {
    /// A film.
    Video,
    /// A recording.
    Audio,
    /// Part of another page.
    Frame,
}
