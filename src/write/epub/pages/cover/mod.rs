//! The cover picture: the newest long article's picture, or a drawn pattern, above the title and the
//! period. Its colours follow from the period, so that two volumes on a shelf can be told apart.

mod caption;
mod fonts;
mod jpeg;
mod palette;
mod pattern;
mod words;

use crate::error::{Error, Result, Warning};
use crate::model::{MediaType, Rendition};
use crate::write::epub::chapter::picture;
use crate::write::epub::defect;
use crate::write::epub::package::metadata::{self, Metadata};
use crate::write::epub::volume::Volume;
use crate::write::{BookSettings, CoverSize};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use fonts::Fonts;
use image::{DynamicImage, GrayImage, RgbImage, Rgba, RgbaImage};
use jpeg::Pixels;
use jpeg_decoder::{ImageInfo, PixelFormat};
use palette::Palette;
use std::borrow::Cow;
use std::io;
use words::Words;

/// The qualities that are tried until a cover is small enough.
const QUALITIES: [u8; 4] = [82, 65, 45, 25];

/// A cover and an icon that is made of it, as JPEG.
pub(in crate::write::epub) struct Drawn {
    pub(in crate::write::epub) cover: Vec<u8>,
    pub(in crate::write::epub) icon: Option<Vec<u8>>,
    /// A warning that a picture was lost, so that the pattern stands in its place.
    pub(in crate::write::epub) warning: Option<Warning>,
}

/// Draws a volume's cover, no larger than `bound` bytes where that can be, and, if a side in pixels
/// is given for it, an icon.
pub(in crate::write::epub) fn draw(
    volume: &Volume<'_>,
    metadata: &Metadata,
    bound: Option<u64>,
    icon: Option<u16>,
) -> Result<Drawn> {
    let settings = volume.run.settings.get::<BookSettings>();
    let size = settings.cover;
    let lead = volume.lead.as_ref().map(|lead| &lead.rendition);
    let (picture, warning) = match lead.map(picture::bytes).transpose() {
        Ok(bytes) => (lead.zip(bytes).map(decoded).transpose()?.flatten(), None),
        Err(warning) => (None, Some(warning)),
    };
    let publication = metadata::identifier(&volume.run.publication.id, "");
    let palette = Palette::of(publication.as_bytes(), caption::number(volume));
    let fonts = Fonts::of(settings.cover_font.as_ref(), &metadata.language);
    let words = caption::words(volume, metadata, &fonts);
    let (width, height) = (u32::from(size.width.max(1)), u32::from(size.height.max(1)));
    let top = rows_above(&words, width, height);
    let mut cover = RgbImage::new(width, height);
    let (pixels, _) = cover.as_chunks_mut::<3>();
    let below = pixels.iter_mut().skip((top * width) as usize);
    below.for_each(|pixel| *pixel = palette.ground);
    if picture.is_none_or(|picture| fit(&picture, &mut cover, top).is_none()) {
        pattern::draw(&mut cover, top, &palette, metadata.identifier.as_bytes());
    }
    words::draw(&mut cover, top, &words, &fonts, &palette);
    let (encoded, icon) = rayon::join(
        || encoded(&cover, size, bound),
        || icon.map(|side| square(&cover, side, size.grey)).transpose(),
    );
    Ok(Drawn {
        cover: encoded?,
        icon: icon?,
        warning,
    })
}

/// The rows above the words: four of the pattern's tiles, five above a period alone, all where there
/// is nothing to say.
fn rows_above(words: &Words, width: u32, height: u32) -> u32 {
    let side = pattern::side(width);
    match (&words.title, &words.period) {
        (Some(_), _) => (4 * side).min(height * 5 / 8),
        (None, Some(_)) => (5 * side).min(height * 4 / 5),
        (None, None) => height,
    }
}

/// A square from a little above the middle of a cover, as JPEG.
fn square(cover: &RgbImage, side: u16, grey: bool) -> Result<Vec<u8>> {
    let mut square = RgbImage::new(side.into(), side.into());
    fit(cover, &mut square, side.into()).ok_or_else(|| defect("the cover has no square"))?;
    let size = CoverSize {
        width: side,
        height: side,
        grey,
    };
    encoded(&square, size, None)
}

/// The picture, if it can be decoded: white shows through where it is transparent.
fn decoded((rendition, bytes): (&Rendition, Cow<'_, [u8]>)) -> Result<Option<RgbImage>> {
    let picture = decoded_bytes(&bytes, rendition.media_type)?;
    Ok(picture.map(on_white))
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let mut page = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([255; 4]));
    image::imageops::overlay(&mut page, &picture.into_rgba8(), 0, 0);
    DynamicImage::ImageRgba8(page).into_rgb8()
}

/// JPEG has a decoder of its own here, since the one inside `image` turns some valid pictures with
/// flat colour channels into green blocks.
fn decoded_bytes(bytes: &[u8], media_type: MediaType) -> Result<Option<DynamicImage>> {
    if media_type != MediaType::Jpeg {
        return Ok(image::load_from_memory(bytes).ok());
    }
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    match decoder.decode() {
        Ok(pixels) => Ok(decoder.info().and_then(|info| picture(pixels, info))),
        // The decoder starts threads.
        Err(jpeg_decoder::Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
            Err(Error::input("a picture for the cover".as_ref())(error))
        }
        Err(_) => Ok(None),
    }
}

fn picture(pixels: Vec<u8>, info: ImageInfo) -> Option<DynamicImage> {
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    match info.pixel_format {
        PixelFormat::RGB24 => {
            RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
        }
        PixelFormat::L8 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        // Renditions have neither 16 bits nor four colours.
        PixelFormat::L16 | PixelFormat::CMYK32 => None,
    }
}

/// Fills the upper rows of a page with the middle of a picture.
fn fit(picture: &RgbImage, page: &mut RgbImage, rows: u32) -> Option<()> {
    let (old_width, old_height) = picture.dimensions();
    let picture = ImageRef::new(old_width, old_height, picture, PixelType::U8x3).ok()?;
    let width = page.width();
    let mut part = Image::from_slice_u8(width, rows, page, PixelType::U8x3).ok()?;
    let options = ResizeOptions::new().fit_into_destination(Some((0.5, 0.4)));
    Resizer::new().resize(&picture, &mut part, &options).ok()
}

fn encoded(cover: &RgbImage, size: CoverSize, bound: Option<u64>) -> Result<Vec<u8>> {
    let bytes = if size.grey {
        Cow::Owned(image::imageops::grayscale(cover).into_raw())
    } else {
        Cow::Borrowed(cover.as_raw().as_slice())
    };
    let pixels = Pixels {
        bytes: &bytes,
        width: size.width.max(1),
        height: size.height.max(1),
        grey: size.grey,
    };
    let pieces = pixels.cut();
    let mut encoded = Vec::new();
    for quality in QUALITIES {
        encoded = pieces.encode(quality)?;
        if bound.is_none_or(|bound| encoded.len() as u64 <= bound) {
            break;
        }
    }
    Ok(encoded)
}
