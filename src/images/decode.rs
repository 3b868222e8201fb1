//! Pixels from bytes: bounded, upright, in sRGB with eight bits a channel.

use super::colour;
use super::facts::Facts;
use super::failure::Failure;
use crate::model::MediaType;
use image::metadata::Orientation;
use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits, RgbImage,
};
use jpeg_decoder::PixelFormat;
use std::io::Cursor;
use std::panic;

/// The most memory that a decoder may take for one picture, in bytes.
const MEMORY: u64 = 400 * 1024 * 1024;

/// Decodes a picture (of an animation, the first frame). A decoder that panics costs this picture
/// and no more.
///
/// # Errors
/// Where the bytes are damaged or the decoder gives up.
pub(super) fn decode(bytes: &[u8], facts: &Facts) -> Result<DynamicImage, Failure> {
    let format = format(facts.media_type)
        .ok_or_else(|| Failure::unusable("there is no decoder for its kind"))?;
    let decoded = panic::catch_unwind(|| decode_raw(bytes, format));
    let (image, profile) = match decoded {
        Ok(Some(decoded)) => decoded,
        Ok(None) => return Err(Failure::unusable("it is damaged")),
        Err(_) => return Err(Failure::unusable("it makes the decoder fail")),
    };
    let mut image = without_needless_alpha(eight_bits(image));
    if let Some(profile) = profile {
        colour::to_srgb(&mut image, &profile);
    }
    if let Some(orientation) = Orientation::from_exif(facts.orientation) {
        image.apply_orientation(orientation);
    }
    Ok(image)
}

/// The colour profile that a picture carries.
pub(super) fn colour_profile(bytes: &[u8], facts: &Facts) -> Option<Vec<u8>> {
    let format = format(facts.media_type)?;
    panic::catch_unwind(|| {
        let mut decoder = reader(bytes, format).into_decoder().ok()?;
        decoder.icc_profile().ok()?
    })
    .ok()?
}

type Decoded = (DynamicImage, Option<Vec<u8>>);

fn decode_raw(bytes: &[u8], format: ImageFormat) -> Option<Decoded> {
    if format == ImageFormat::Jpeg {
        return decode_jpeg(bytes);
    }
    decode_other(bytes, format).ok()
}

/// Decodes a JPEG with `jpeg-decoder`: the decoder that the `image` crate uses (zune-jpeg 0.5.15)
/// turns black-and-white photographs with optimised Huffman tables into green blocks.
fn decode_jpeg(bytes: &[u8]) -> Option<Decoded> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(usize::try_from(MEMORY).unwrap_or(usize::MAX));
    let pixels = decoder.decode().ok()?;
    let info = decoder.info()?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let image = match info.pixel_format {
        PixelFormat::L8 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        PixelFormat::L16 => {
            let most = pixels.chunks_exact(2).map(|pair| match pair {
                [low, high] => u16::from_ne_bytes([*low, *high]).to_be_bytes()[0],
                _ => 0,
            });
            GrayImage::from_raw(width, height, most.collect()).map(DynamicImage::ImageLuma8)
        }
        PixelFormat::RGB24 => {
            RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
        }
        PixelFormat::CMYK32 => {
            RgbImage::from_raw(width, height, without_ink(&pixels)).map(DynamicImage::ImageRgb8)
        }
    };
    // A profile of four inks does not fit pixels of three lights.
    let profile = decoder
        .icc_profile()
        .filter(|_| info.pixel_format == PixelFormat::RGB24);
    Some((image?, profile))
}

/// Four inks as three lights.
fn without_ink(pixels: &[u8]) -> Vec<u8> {
    let light = |ink: u8, black: u8| {
        let light = u32::from(255 - ink) * u32::from(255 - black) / 255;
        u8::try_from(light).unwrap_or(u8::MAX)
    };
    pixels
        .chunks_exact(4)
        .flat_map(|inks| match *inks {
            [cyan, magenta, yellow, black] => [
                light(cyan, black),
                light(magenta, black),
                light(yellow, black),
            ],
            _ => [0; 3],
        })
        .collect()
}

fn decode_other(bytes: &[u8], format: ImageFormat) -> ImageResult<Decoded> {
    let mut decoder = reader(bytes, format).into_decoder()?;
    // A profile that can't be read is no reason to lose the picture.
    let profile = decoder.icc_profile().unwrap_or_default();
    Ok((DynamicImage::from_decoder(decoder)?, profile))
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    reader
}

fn format(media_type: MediaType) -> Option<ImageFormat> {
    match media_type {
        MediaType::Jpeg => Some(ImageFormat::Jpeg),
        MediaType::Png => Some(ImageFormat::Png),
        MediaType::Gif => Some(ImageFormat::Gif),
        MediaType::WebP => Some(ImageFormat::WebP),
        MediaType::Bmp => Some(ImageFormat::Bmp),
        MediaType::Tiff => Some(ImageFormat::Tiff),
        MediaType::Icon => Some(ImageFormat::Ico),
        MediaType::Svg | MediaType::Avif => None,
    }
}

/// The same picture with eight bits a channel.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    use DynamicImage::{ImageLuma8, ImageLumaA8, ImageRgb8, ImageRgba8};
    match image {
        ImageLuma8(_) | ImageLumaA8(_) | ImageRgb8(_) | ImageRgba8(_) => image,
        other => match (other.color().has_color(), other.color().has_alpha()) {
            (true, true) => ImageRgba8(other.into_rgba8()),
            (true, false) => ImageRgb8(other.into_rgb8()),
            (false, true) => ImageLumaA8(other.into_luma_alpha8()),
            (false, false) => ImageLuma8(other.into_luma8()),
        },
    }
}

/// The same picture; transparency that hides nothing goes.
pub(super) fn without_needless_alpha(image: DynamicImage) -> DynamicImage {
    use DynamicImage::{ImageLuma8, ImageLumaA8, ImageRgb8, ImageRgba8};
    match image {
        ImageRgba8(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) => {
            ImageRgb8(ImageRgba8(pixels).into_rgb8())
        }
        ImageLumaA8(pixels) if pixels.pixels().all(|pixel| pixel.0[1] == u8::MAX) => {
            ImageLuma8(ImageLumaA8(pixels).into_luma8())
        }
        other => other,
    }
}
