//! JPEG XL pictures.

use super::facts::{Defect, ImageFacts};
use crate::images::failure::Failure;
use crate::model::MediaType;
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};
use jxl_oxide::{
    AllocTracker, EnumColourEncoding, JxlImage, JxlThreadPool, PixelFormat, RenderingIntent,
};
use std::panic;

/// The most memory that the decoder may take for one picture, in bytes.
const MEMORY: usize = 1 << 30;

/// Whether bytes begin as a JPEG XL picture does, with or without a container (ISO/IEC 18181-2).
pub(super) fn is_jxl(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\x0A") || bytes.starts_with(b"\0\0\0\x0CJXL \r\n\x87\n")
}

/// What the header tells. What is missing at the end is found where the picture is decoded.
pub(super) fn facts(bytes: &[u8]) -> Result<ImageFacts, Defect> {
    let opened = panic::catch_unwind(|| open(bytes));
    let Ok(Ok(image)) = opened else {
        return Err(Defect::Broken("its header can't be read"));
    };
    if !image.is_loading_done() {
        return Err(Defect::Truncated);
    }
    // As shown: the decoder turns the picture.
    let mut facts = ImageFacts::plain(MediaType::JpegXl, image.width(), image.height());
    facts.animated = image.image_header().metadata.animation.is_some();
    Ok(facts)
}

/// Decodes the first frame to eight bits a channel.
///
/// # Errors
/// Where it is damaged, cut off, takes too much memory, or has inks in place of lights.
pub(super) fn decode(bytes: &[u8]) -> Result<DynamicImage, Failure> {
    let mut image = open(bytes)?;
    image.request_color_encoding(EnumColourEncoding::srgb(RenderingIntent::Relative));
    let frame = image.render_frame(0).map_err(|_| damaged())?;
    let mut stream = frame.stream();
    let (width, height) = (stream.width(), stream.height());
    let length = u64::from(width) * u64::from(height) * u64::from(stream.channels());
    let mut pixels = vec![0_u8; usize::try_from(length).map_err(|_| damaged())?];
    stream.write_to_buffer(&mut pixels);
    let image = match image.pixel_format() {
        PixelFormat::Gray => {
            GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8)
        }
        PixelFormat::Graya => {
            GrayAlphaImage::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8)
        }
        PixelFormat::Rgb => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        PixelFormat::Rgba => {
            RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8)
        }
        PixelFormat::Cmyk | PixelFormat::Cmyka => None,
    };
    image.ok_or_else(|| Failure::unusable("JPEG XL of this kind can't be read"))
}

fn open(bytes: &[u8]) -> Result<JxlImage, Failure> {
    JxlImage::builder()
        .pool(JxlThreadPool::none())
        .alloc_tracker(AllocTracker::with_limit(MEMORY))
        .read(bytes)
        .map_err(|_| damaged())
}

fn damaged() -> Failure {
    Failure::unusable("it is damaged")
}
