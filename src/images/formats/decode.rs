//! Pixels from bytes: bounded, upright, in sRGB with eight bits a channel.

use super::facts::{Defect, ImageFacts};
use super::{avif, colour, jpeg, jxl};
use crate::images::failure::Failure;
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

/// A picture's pixels.
pub(in crate::images) struct Pixels {
    /// The pixels.
    pub image: DynamicImage,
    /// Whether the bytes end before the picture does, so that it shows less than it should.
    pub is_cut: bool,
}

/// Decodes a picture (of an animation, the first frame). A decoder that panics costs this picture
/// and no more. Where less than the whole size is wanted (as stored, width and height), a JPEG comes
/// smaller, but never less than twice as wide and high as that: it saves time and memory.
///
/// # Errors
/// Where the bytes are damaged or the decoder gives up.
pub(in crate::images) fn decode(
    bytes: &[u8],
    facts: &ImageFacts,
    wanted: (u32, u32),
) -> Result<Pixels, Failure> {
    let whole = |decoded| (decoded, false);
    let decoded = panic::catch_unwind(|| match facts.media_type {
        MediaType::Jpeg if facts.is_cut_off => decode_cut_off_jpeg(bytes, wanted),
        MediaType::Jpeg => decode_jpeg(bytes, wanted).map(whole),
        MediaType::Png => decode_png(bytes, facts).map(whole),
        MediaType::Avif => avif::decode(bytes, facts).map(|image| whole((image, None))),
        MediaType::JpegXl => jxl::decode(bytes).map(|image| whole((image, None))),
        _ => decode_other(bytes, facts).map(whole),
    });
    let ((image, profile), is_cut) =
        decoded.unwrap_or_else(|_| Err(Failure::unusable("it makes the decoder fail")))?;
    let mut image = without_needless_alpha(eight_bits(image));
    if let Some(profile) = profile {
        colour::to_srgb(&mut image, &profile);
    }
    if let Some(orientation) = Orientation::from_exif(facts.orientation) {
        image.apply_orientation(orientation);
    }
    Ok(Pixels { image, is_cut })
}

/// The colour profile that a picture carries.
pub(in crate::images) fn colour_profile(bytes: &[u8], facts: &ImageFacts) -> Option<Vec<u8>> {
    let format = format(facts.media_type)?;
    panic::catch_unwind(|| {
        let mut decoder = reader(bytes, format, facts).into_decoder().ok()?;
        decoder.icc_profile().ok()?
    })
    .ok()?
}

/// Pixels and their colour profile.
type Profiled = (DynamicImage, Option<Vec<u8>>);
type Decoded = Result<Profiled, Failure>;

fn damaged() -> Failure {
    Failure::unusable("it is damaged")
}

fn too_much_memory() -> Failure {
    Failure::unusable("it takes too much memory to decode")
}

/// The most memory that a decoder may take for a picture, in bytes: what its pixels need at most,
/// and some for profiles and texts, which may be packed a thousandfold.
fn memory(facts: &ImageFacts) -> u64 {
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

/// Whether a JPEG that lacks its end shows the greater part of its picture.
pub(in crate::images) fn shows_greater_part(bytes: &[u8]) -> bool {
    // A small copy shows it as well.
    panic::catch_unwind(|| decode_cut_off_jpeg(bytes, (1, 1)).is_ok()).unwrap_or(false)
}

/// Decodes a JPEG that lacks its end, and says whether anything of the picture went with it. What is
/// missing is grey, as browsers show it.
///
/// # Errors
/// Where half of the picture or more is missing.
fn decode_cut_off_jpeg(bytes: &[u8], wanted: (u32, u32)) -> Result<(Profiled, bool), Failure> {
    let cut_off = || Defect::Truncated.failure();
    let scan = jpeg::scan(bytes).map_err(|_| damaged())?;
    let (mut image, profile) = decode_jpeg(&scan.closed(bytes, &[]), wanted)?;
    let Some(row) = first_row_of(&scan, bytes, wanted, &image) else {
        // Nothing is missing but the marker of the end.
        return Ok(((image, profile), false));
    };
    if let Some(coarser) = scan.without_last_scan(bytes) {
        return decode_jpeg(&coarser, wanted).map(|decoded| (decoded, true));
    }
    if scan.is_progressive() || row.saturating_mul(2) < image.height() {
        return Err(cut_off());
    }
    paint_grey_from(&mut image, row);
    Ok(((image, profile), true))
}

/// The first row of pixels whose data are missing, if any are. The decoder takes missing data for
/// zeros and does not say where they begin; so it decodes with other data in their place, and what
/// comes out otherwise has none of its own.
fn first_row_of(
    scan: &jpeg::Scan,
    bytes: &[u8],
    wanted: (u32, u32),
    image: &DynamicImage,
) -> Option<u32> {
    // Bits that mean something under most tables; a decoder may refuse one or the other.
    const FILLINGS: [u8; 4] = [0x55, 0x33, 0xAA, 0x92];
    // The height of the largest common block (ITU-T T.81, A.2.3 with factors of two); the first of
    // its rows may look the same by chance.
    const BLOCK: u32 = 16;
    let block = (BLOCK * image.height()).div_ceil(scan.facts().height.max(1));
    let pixels = image.as_bytes();
    let row_length = pixels.len() / usize::try_from(image.height().max(1)).ok()?;
    let mut row = None;
    for filling in FILLINGS {
        let filled = scan.closed(bytes, &[filling; 64]);
        let Ok((other, _)) = decode_jpeg(&filled, wanted) else {
            // Refused, so it was read: something is missing.
            row = row.or(Some(0));
            continue;
        };
        let mut pairs = pixels.iter().zip(other.as_bytes());
        let differing = pairs.position(|(one, other)| one != other)?;
        let differing = u32::try_from(differing / row_length.max(1)).unwrap_or(u32::MAX);
        return Some(differing - differing % block.max(1));
    }
    row
}

fn paint_grey_from(image: &mut DynamicImage, row: u32) {
    use DynamicImage::{ImageLuma8, ImageRgb8};
    const GREY: u8 = 128;
    let (width, row) = (image.width() as usize, row as usize);
    match image {
        ImageLuma8(pixels) => pixels
            .iter_mut()
            .skip(row * width)
            .for_each(|one| *one = GREY),
        ImageRgb8(pixels) => pixels
            .iter_mut()
            .skip(row * width * 3)
            .for_each(|one| *one = GREY),
        _ => {}
    }
}

/// Decodes a PNG to eight bits a channel on the way, which halves the memory of deep ones.
fn decode_png(bytes: &[u8], facts: &ImageFacts) -> Decoded {
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

fn decode_other(bytes: &[u8], facts: &ImageFacts) -> Decoded {
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
    facts: &ImageFacts,
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
        MediaType::Svg | MediaType::Avif | MediaType::JpegXl => None,
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
pub(in crate::images) fn without_needless_alpha(image: DynamicImage) -> DynamicImage {
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
