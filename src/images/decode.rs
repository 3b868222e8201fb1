//! Pixels from bytes: bounded, upright, in sRGB with eight bits a channel.

use super::colour;
use super::facts::Facts;
use super::failure::Failure;
use crate::model::MediaType;
use image::metadata::Orientation;
use image::{
    DynamicImage, GrayAlphaImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader,
    Limits, RgbImage, RgbaImage,
};
use jpeg_decoder::PixelFormat;
use std::io::{self, Cursor};
use std::panic;

/// The most memory that a decoder may take for one picture, in bytes.
const MEMORY: u64 = 400 * 1024 * 1024;

/// Decodes a picture (of an animation, the first frame). A decoder that panics costs this picture
/// and no more. Where less than the whole size is wanted (as stored, width and height), a JPEG comes
/// smaller, but never less than twice as wide and high as that: it saves time and memory.
///
/// # Errors
/// Where the bytes are damaged or the decoder gives up.
pub(super) fn decode(
    bytes: &[u8],
    facts: &Facts,
    wanted: (u32, u32),
) -> Result<DynamicImage, Failure> {
    let decoded = panic::catch_unwind(|| match facts.media_type {
        MediaType::Jpeg => decode_jpeg(bytes, wanted),
        MediaType::Png => decode_png(bytes, facts),
        _ => decode_other(bytes, facts),
    });
    let (image, profile) =
        decoded.unwrap_or_else(|_| Err(Failure::unusable("it makes the decoder fail")))?;
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
        let mut decoder = reader(bytes, format, facts).into_decoder().ok()?;
        decoder.icc_profile().ok()?
    })
    .ok()?
}

type Decoded = Result<(DynamicImage, Option<Vec<u8>>), Failure>;

fn damaged() -> Failure {
    Failure::unusable("it is damaged")
}

fn too_much_memory() -> Failure {
    Failure::unusable("it takes too much memory to decode")
}

/// The most memory that a decoder may take for a picture, in bytes: what its pixels need at most,
/// and some for profiles and texts, which may be packed a thousandfold.
fn memory(facts: &Facts) -> u64 {
    const DEEPEST_PIXEL: u64 = 16;
    const ELSE: u64 = 8 * 1024 * 1024;
    (facts.pixels() * DEEPEST_PIXEL + ELSE).min(MEMORY)
}

/// Decodes a JPEG with `jpeg-decoder`: the decoder that the `image` crate uses (zune-jpeg 0.5.15)
/// turns black-and-white photographs with optimised Huffman tables into green blocks.
fn decode_jpeg(bytes: &[u8], (width, height): (u32, u32)) -> Decoded {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(usize::try_from(MEMORY).unwrap_or(usize::MAX));
    let twice = |side: u32| u16::try_from(side.saturating_mul(2)).unwrap_or(u16::MAX);
    decoder
        .scale(twice(width), twice(height))
        .map_err(|_| damaged())?;
    let pixels = decoder.decode().map_err(|error| match error {
        // The decoder starts threads.
        jpeg_decoder::Error::Io(error) if error.kind() == io::ErrorKind::WouldBlock => {
            Failure::passing("there is no thread to decode it")
        }
        _ => damaged(),
    })?;
    let info = decoder.info().ok_or_else(damaged)?;
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
    Ok((image.ok_or_else(damaged)?, profile))
}

/// Decodes a PNG to eight bits a channel on the way, which halves the memory of deep ones.
fn decode_png(bytes: &[u8], facts: &Facts) -> Decoded {
    use png::ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    let limits = png::Limits {
        bytes: usize::try_from(memory(facts)).unwrap_or(usize::MAX),
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let failure = |error: png::DecodingError| match error {
        png::DecodingError::LimitsExceeded => too_much_memory(),
        _ => damaged(),
    };
    let mut reader = decoder.read_info().map_err(failure)?;
    let size = reader.output_buffer_size().ok_or_else(too_much_memory)?;
    if u64::try_from(size).is_ok_and(|size| size > MEMORY) {
        return Err(too_much_memory());
    }
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(failure)?;
    pixels.truncate(frame.buffer_size());
    let profile = reader.info().icc_profile.as_deref().map(<[u8]>::to_vec);
    let (width, height) = (frame.width, frame.height);
    let image = match frame.color_type {
        Grayscale => GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        GrayscaleAlpha => {
            GrayAlphaImage::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8)
        }
        Rgb => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        Rgba => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
        Indexed => None,
    };
    Ok((image.ok_or_else(damaged)?, profile))
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

fn decode_other(bytes: &[u8], facts: &Facts) -> Decoded {
    let format = format(facts.media_type)
        .ok_or_else(|| Failure::unusable("there is no decoder for its kind"))?;
    let failure = |error: ImageError| match error {
        ImageError::Limits(_) => too_much_memory(),
        _ => damaged(),
    };
    let mut decoder = reader(bytes, format, facts)
        .into_decoder()
        .map_err(failure)?;
    // What kinds hold others in themselves, and not of the size that they tell.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > facts.pixels() {
        return Err(damaged());
    }
    // A profile that can't be read is no reason to lose the picture.
    let profile = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(failure)?;
    Ok((image, profile))
}

fn reader<'bytes>(
    bytes: &'bytes [u8],
    format: ImageFormat,
    facts: &Facts,
) -> ImageReader<Cursor<&'bytes [u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(memory(facts));
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
