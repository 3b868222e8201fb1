//! What is known of a picture's bytes, or what is wrong with them.

use crate::images::failure::Failure;
use crate::model::MediaType;

/// What is known of a picture without decoding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::images) struct ImageFacts {
    /// The type of the bytes.
    pub media_type: MediaType,
    /// Width in pixels as stored, before the orientation is applied.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
    /// The Exif orientation, 1 to 8.
    pub orientation: u8,
    /// Whether there is more than one frame.
    pub animated: bool,
    /// Whether there is anything that tells of the photographer rather than of the picture: Exif,
    /// GPS, XMP, IPTC, comments.
    pub metadata: bool,
    /// Whether colours have to be computed before a simple reader shows them right: four inks, or
    /// more than eight bits a channel.
    pub unusual_colours: bool,
    /// Whether places may be transparent (PNG).
    pub transparent: bool,
    /// Whether a JPEG comes in several scans, which readers with little memory don't show.
    pub progressive: bool,
    /// Whether there is a colour profile.
    pub colour_profile: bool,
    /// Whether the end is missing, of a kind that can be shown without it.
    pub is_cut_off: bool,
}

impl ImageFacts {
    /// ImageFacts of a plain picture.
    pub fn plain(media_type: MediaType, width: u32, height: u32) -> Self {
        ImageFacts {
            media_type,
            width,
            height,
            orientation: 1,
            animated: false,
            metadata: false,
            unusual_colours: false,
            transparent: false,
            progressive: false,
            colour_profile: false,
            is_cut_off: false,
        }
    }

    /// Width and height as shown: orientations 5 to 8 lie on their side.
    pub fn shown_size(&self) -> (u32, u32) {
        if self.orientation >= 5 {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        }
    }

    /// The number of pixels.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// What is wrong with some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::images) enum Defect {
    /// The picture is not all there: asking again may help.
    Truncated,
    /// The picture is there and is damaged.
    Broken(&'static str),
    /// A picture of a kind that Offprint can't read.
    Unsupported(&'static str),
    /// No picture at all.
    NotAPicture(&'static str),
}

impl Defect {
    /// The failure that the defect is.
    pub fn failure(self) -> Failure {
        match self {
            Defect::Truncated => Failure::unfit("the picture is cut off"),
            Defect::Broken(what) => Failure::unusable(what),
            Defect::Unsupported(kind) => Failure::unusable(format!("{kind} can't be read")),
            Defect::NotAPicture(what) => Failure::unfit(format!("it is {what}, not a picture")),
        }
    }
}
