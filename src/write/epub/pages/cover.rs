//! The cover picture: the newest long article's picture above a drawn pattern, or the pattern
//! alone. It carries no text, for that would need fonts of every script; the title page has it.

use crate::error::{Error, Result, Warning};
use crate::model::{MediaType, Rendition};
use crate::write::CoverSize;
use crate::write::epub::chapter::picture;
use crate::write::epub::defect;
use crate::write::epub::pages::pattern::{self, Palette};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::{DynamicImage, GrayImage, RgbImage, Rgba, RgbaImage};
use jpeg_decoder::{ImageInfo, PixelFormat};
use jpeg_encoder::{ColorType, Encoder};
use std::borrow::Cow;
use std::io;
use uuid::Uuid;

/// The share of the height that the picture takes.
const PICTURE: (u32, u32) = (3, 4);
/// Rows of the pattern below a picture.
const ROWS: u32 = 2;

/// A cover and an icon that is made of it, as JPEG.
pub(in crate::write::epub) struct Drawn {
    pub(in crate::write::epub) cover: Vec<u8>,
    pub(in crate::write::epub) icon: Option<Vec<u8>>,
    /// A warning that a picture was lost, so that the pattern stands alone.
    pub(in crate::write::epub) warning: Option<Warning>,
}

/// Draws a cover, no larger than `bound` bytes where that can be, and, if a side in pixels is given
/// for it, an icon.
pub(in crate::write::epub) fn draw(
    lead: Option<&Rendition>,
    publication: &Uuid,
    volume: &Uuid,
    size: CoverSize,
    bound: Option<u64>,
    icon: Option<u16>,
) -> Result<Drawn> {
    let (width, height) = (u32::from(size.width.max(1)), u32::from(size.height.max(1)));
    let (picture, warning) = match lead.map(picture::bytes).transpose() {
        Ok(bytes) => (lead.zip(bytes).map(decoded).transpose()?.flatten(), None),
        Err(warning) => (None, Some(warning)),
    };
    let mut cover = RgbImage::new(width, height);
    let palette = Palette::of(publication.as_bytes());
    let (mut top, mut tile) = (0, whole_tile(width, height));
    let part = height * PICTURE.0 / PICTURE.1;
    if picture.is_some_and(|picture| fit(&picture, &mut cover, part).is_some()) {
        (top, tile) = (part, (height - part).div_ceil(ROWS));
    }
    pattern::draw(&mut cover, top, tile, palette, volume.as_bytes());
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

/// The size of tiles of which as whole a number as can be covers a page.
fn whole_tile(width: u32, height: u32) -> u32 {
    let sizes = (3..=6).map(|columns| width.div_ceil(columns));
    sizes.min_by_key(|size| height % size).unwrap_or(width)
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
    let mut bytes = Vec::new();
    let (pixels, colours) = if size.grey {
        (
            Cow::Owned(image::imageops::grayscale(cover).into_raw()),
            ColorType::Luma,
        )
    } else {
        (Cow::Borrowed(cover.as_raw().as_slice()), ColorType::Rgb)
    };
    for quality in [82, 65, 45, 25] {
        bytes.clear();
        let encoder = Encoder::new(&mut bytes, quality);
        let (width, height) = (size.width.max(1), size.height.max(1));
        encoder
            .encode(&pixels, width, height, colours)
            .map_err(defect)?;
        if bound.is_none_or(|bound| bytes.len() as u64 <= bound) {
            break;
        }
    }
    Ok(bytes)
}
