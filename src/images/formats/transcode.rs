//! A picture made fit for books: only what has to change changes.

use super::decode::Pixels;
pub(in crate::images) use super::encode::Encoded;
use super::facts::ImageFacts;
use super::svg::Drawing;
use super::{colour, decode, encode, jpeg, png, scale, strip, svg};
use crate::images::Profile;
use crate::images::failure::Failure;
use crate::model::MediaType;
use image::DynamicImage;

/// The version of what this module makes, and of what it can't make. It is part of the cache's
/// keys: another release, or another number here, makes everything anew.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "-11");

/// What a picture becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::images) enum Rendered {
    /// It is fit as it is.
    Same,
    /// Other bytes.
    Other(Encoded),
    /// Other bytes, of a picture without its end.
    Cut(Encoded),
    /// The pieces of a strip, from the top.
    Strip(Vec<Encoded>),
}

/// Whether bytes have been decoded before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::images) enum Trust {
    /// They come from the user's disk.
    Structure,
    /// They have just arrived and are decoded once, to be sure.
    Nothing,
}

impl Profile {
    /// The name in the cache's keys.
    pub(in crate::images) fn recipe(self) -> String {
        let name = match self {
            Profile::Generic => "generic",
            Profile::Kindle => "reader",
            Profile::Kobo => "kobo",
            Profile::EInk => "e-ink",
        };
        format!("{name}-{VERSION}")
    }

    /// The JPEG quality.
    fn quality(self) -> u8 {
        match self {
            Profile::Generic => 82,
            Profile::Kindle | Profile::Kobo | Profile::EInk => 80,
        }
    }
}

/// A picture on its way into books.
#[derive(Clone, Copy, Debug)]
pub(in crate::images) struct Job<'bytes> {
    bytes: &'bytes [u8],
    facts: &'bytes ImageFacts,
    profile: Profile,
    trust: Trust,
    need: Need,
}

impl<'bytes> Job<'bytes> {
    /// Finds out what a picture needs.
    pub(in crate::images) fn new(
        bytes: &'bytes [u8],
        facts: &'bytes ImageFacts,
        profile: Profile,
        trust: Trust,
    ) -> Self {
        Job {
            bytes,
            facts,
            profile,
            trust,
            need: Need::of(bytes, facts, profile),
        }
    }

    /// What is known of the picture.
    pub(in crate::images) fn facts(&self) -> &ImageFacts {
        self.facts
    }

    /// Whether the picture's pixels have to be decoded, to change them or to be sure of them.
    pub(in crate::images) fn decodes(&self) -> bool {
        self.need != Need::Nothing || self.trust == Trust::Nothing
    }

    /// Makes the picture fit for books.
    ///
    /// # Errors
    /// Where it can't be decoded.
    pub(in crate::images) fn render(&self) -> Result<Rendered, Failure> {
        let (bytes, facts) = (self.bytes, self.facts);
        if self.need == Need::Nothing {
            if self.trust == Trust::Nothing {
                // All data are read, which shows their damage; a JPEG's become few pixels, which saves time.
                decode::decode(bytes, facts, (1, 1))?;
            }
            return stripped(bytes, facts);
        }
        if facts.media_type == MediaType::Svg {
            return self.drawing();
        }
        let pixels = self.pixels()?;
        if let Some(size) = self.strip().filter(|_| !pixels.is_cut) {
            return self.pieces(&scale::scale(pixels.image, size)?);
        }
        let encoded = self.encoded(pixels.image)?;
        if pixels.is_cut {
            return Ok(Rendered::Cut(encoded));
        }
        if self.need == Need::Wish && encoded.bytes.len() >= bytes.len() {
            return stripped(bytes, facts);
        }
        Ok(Rendered::Other(encoded))
    }

    /// A drawing: drawn, in pieces where it is a strip, else as it is.
    fn drawing(&self) -> Result<Rendered, Failure> {
        let image = match svg::draw(self.bytes, self.profile)? {
            Drawing::Pixels(image) => decode::without_needless_alpha(image),
            Drawing::Itself(bytes, (width, height)) => {
                return Ok(Rendered::Other(Encoded {
                    media_type: MediaType::Svg,
                    width,
                    height,
                    bytes,
                }));
            }
        };
        let size = (image.width(), image.height());
        if strip::fitting(size, self.profile) == Some(size) {
            return self.pieces(&image);
        }
        Ok(Rendered::Other(self.encoded_as_it_is(image)?))
    }

    /// A strip in pieces.
    fn pieces(&self, image: &DynamicImage) -> Result<Rendered, Failure> {
        let pieces = strip::pieces(image).into_iter();
        let pieces: Result<Vec<Encoded>, Failure> =
            pieces.map(|piece| self.encoded_as_it_is(piece)).collect();
        Ok(Rendered::Strip(pieces?))
    }

    /// The picture decoded.
    fn pixels(&self) -> Result<Pixels, Failure> {
        let (bytes, facts, profile) = (self.bytes, self.facts, self.profile);
        let wanted = match self.strip() {
            Some(size) => size,
            None => scale::fitting(facts.shown_size(), profile),
        };
        decode::decode(bytes, facts, as_stored(wanted, facts))
    }

    /// The size of the picture as a strip, if it is one.
    fn strip(&self) -> Option<(u32, u32)> {
        strip_of(self.facts, self.profile)
    }

    /// The picture scaled and encoded anew.
    fn encoded(&self, image: DynamicImage) -> Result<Encoded, Failure> {
        let fitting = scale::fitting(self.facts.shown_size(), self.profile);
        self.encoded_as_it_is(scale::scale(image, fitting)?)
    }

    fn encoded_as_it_is(&self, image: DynamicImage) -> Result<Encoded, Failure> {
        let (bytes, facts, profile) = (self.bytes, self.facts, self.profile);
        if profile == Profile::EInk {
            electronic_paper(image, bytes.len())
        } else if profile == Profile::Kobo && image.color().has_alpha() {
            encode::drawing(&scale::opaque(image))
        } else if facts.media_type == MediaType::Jpeg {
            encode::jpeg(&image, profile.quality())
        } else {
            encode::by_content(&image, profile.quality())
        }
    }
}

/// The size of a picture as a strip, if it is one; drawings and pictures that move are none.
fn strip_of(facts: &ImageFacts, profile: Profile) -> Option<(u32, u32)> {
    let may_be = facts.media_type != MediaType::Svg && !facts.animated && !facts.is_cut_off;
    let size = may_be.then(|| facts.shown_size())?;
    strip::fitting(size, profile)
}

/// A size as shown, as the picture is stored.
fn as_stored((width, height): (u32, u32), facts: &ImageFacts) -> (u32, u32) {
    if facts.orientation >= 5 {
        (height, width)
    } else {
        (width, height)
    }
}

/// How much a picture has to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Not one pixel.
    Nothing,
    /// Its size or shades should, if the file gets smaller by it.
    Wish,
    /// It is not fit as it is.
    Must,
}

impl Need {
    fn of(bytes: &[u8], facts: &ImageFacts, profile: Profile) -> Self {
        let core = matches!(
            facts.media_type,
            MediaType::Jpeg | MediaType::Png | MediaType::Gif
        );
        let odd_profile = || {
            facts.colour_profile
                && decode::colour_profile(bytes, facts)
                    .is_some_and(|profile| colour::matters(&profile))
        };
        // A picture without its end is encoded anew, so that the book's copy has one.
        if strip_of(facts, profile).is_some() {
            return Need::Must;
        }
        if !core || facts.orientation != 1 || facts.unusual_colours || facts.is_cut_off {
            return Need::Must;
        }
        if profile == Profile::Kobo && facts.transparent && !facts.animated {
            return Need::Must;
        }
        if profile == Profile::EInk {
            return if facts.animated || facts.progressive {
                Need::Must
            } else {
                Need::Wish
            };
        }
        if facts.animated {
            return Need::Nothing;
        }
        if odd_profile() {
            return Need::Must;
        }
        let size = (facts.width, facts.height);
        if scale::fitting(size, profile) == size {
            Need::Nothing
        } else {
            Need::Wish
        }
    }
}

/// The picture without metadata; not one pixel changes.
fn stripped(bytes: &[u8], facts: &ImageFacts) -> Result<Rendered, Failure> {
    if !facts.metadata {
        return Ok(Rendered::Same);
    }
    let kept = match facts.media_type {
        MediaType::Jpeg => jpeg::scan(bytes)
            .map(|scan| scan.stripped(bytes))
            .map_err(|_| Failure::unusable("it is damaged"))?,
        MediaType::Png => png::stripped(bytes),
        _ => return Ok(Rendered::Same),
    };
    Ok(Rendered::Other(Encoded {
        media_type: facts.media_type,
        width: facts.width,
        height: facts.height,
        bytes: kept,
    }))
}

/// Grey, in the first of these forms that does not enlarge the file: sixteen shades, dithered; JPEG,
/// for a photograph's dither compresses badly, and readers dither for themselves; sixteen shades
/// without dither, which drawings do well with. Where none is as small, the smallest.
fn electronic_paper(image: DynamicImage, original: usize) -> Result<Encoded, Failure> {
    const QUALITIES: [u8; 3] = [80, 65, 50];
    let grey = scale::grey(image);
    let (width, height) = grey.dimensions();
    let dithered = encode::sixteen_greys(width, height, &scale::dithered(&grey))?;
    if dithered.bytes.len() <= original {
        return Ok(dithered);
    }
    let mut smallest = dithered;
    let even = encode::sixteen_greys(width, height, &scale::even(&grey))?;
    let image = DynamicImage::ImageLuma8(grey);
    let photographs = QUALITIES
        .iter()
        .map(|quality| encode::jpeg(&image, *quality));
    for form in photographs.chain(std::iter::once(Ok(even))) {
        let form = form?;
        if form.bytes.len() <= original {
            return Ok(form);
        }
        if form.bytes.len() < smallest.bytes.len() {
            smallest = form;
        }
    }
    Ok(smallest)
}
