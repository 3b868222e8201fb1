//! Bytes from pixels: photographs become JPEG, drawings and transparent pictures PNG.

use crate::images::failure::Failure;
use crate::model::MediaType;
use image::DynamicImage;
use jpeg_encoder::{ColorType, SamplingFactor};
use std::collections::BTreeMap;

/// A picture as it goes into books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::images) struct Encoded {
    /// The type of the bytes.
    pub media_type: MediaType,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The most colours that a drawing has; a picture with more is a photograph.
const DRAWING: usize = 256;

/// Encodes by content: transparency or few colours make a PNG, all else a JPEG.
///
/// # Errors
/// Where the encoder refuses the size.
pub(in crate::images) fn by_content(image: &DynamicImage, quality: u8) -> Result<Encoded, Failure> {
    if image.color().has_alpha() {
        return png(image);
    }
    match Palette::of(image) {
        Some(palette) => palette.png(image),
        None => jpeg(image, quality),
    }
}

/// Encodes as PNG, with a palette where there are few colours.
///
/// # Errors
/// Where the encoder refuses the size.
pub(in crate::images) fn drawing(image: &DynamicImage) -> Result<Encoded, Failure> {
    match Palette::of(image) {
        Some(palette) => palette.png(image),
        None => png(image),
    }
}

/// Encodes as JPEG.
///
/// # Errors
/// Where a side is longer than JPEG allows.
pub(in crate::images) fn jpeg(image: &DynamicImage, quality: u8) -> Result<Encoded, Failure> {
    let (width, height) = (image.width(), image.height());
    let too_large = |_| Failure::unusable("it is too wide or high for JPEG");
    let size = (
        u16::try_from(width).map_err(too_large)?,
        u16::try_from(height).map_err(too_large)?,
    );
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_optimized_huffman_tables(true);
    let encoded = match image {
        DynamicImage::ImageLuma8(pixels) => encoder.encode(pixels, size.0, size.1, ColorType::Luma),
        DynamicImage::ImageRgb8(pixels) => encoder.encode(pixels, size.0, size.1, ColorType::Rgb),
        other => encoder.encode(&other.to_rgb8(), size.0, size.1, ColorType::Rgb),
    };
    encoded.map_err(|_| Failure::unusable("it can't be encoded"))?;
    Ok(Encoded {
        media_type: MediaType::Jpeg,
        width,
        height,
        bytes,
    })
}

/// Encodes as PNG with eight bits a channel.
///
/// # Errors
/// Where the encoder refuses the size.
pub(in crate::images) fn png(image: &DynamicImage) -> Result<Encoded, Failure> {
    let (colour, pixels) = match image {
        DynamicImage::ImageLuma8(pixels) => (png::ColorType::Grayscale, pixels.as_raw()),
        DynamicImage::ImageLumaA8(pixels) => (png::ColorType::GrayscaleAlpha, pixels.as_raw()),
        DynamicImage::ImageRgba8(pixels) => (png::ColorType::Rgba, pixels.as_raw()),
        DynamicImage::ImageRgb8(pixels) => (png::ColorType::Rgb, pixels.as_raw()),
        _ => return Err(Failure::unusable("it can't be encoded")),
    };
    let format = PngFormat {
        colour,
        depth: png::BitDepth::Eight,
        palette: None,
    };
    format.write(image.width(), image.height(), pixels)
}

/// Encodes as PNG with sixteen shades of grey; each of `shades` is one of them.
///
/// # Errors
/// Where the encoder refuses the size.
pub(in crate::images) fn sixteen_greys(
    width: u32,
    height: u32,
    shades: &[u8],
) -> Result<Encoded, Failure> {
    let format = PngFormat {
        colour: png::ColorType::Grayscale,
        depth: png::BitDepth::Four,
        palette: None,
    };
    format.write(width, height, &packed(shades, width, 4))
}

/// How the pixels of a PNG are stored.
struct PngFormat {
    colour: png::ColorType,
    depth: png::BitDepth,
    palette: Option<Vec<u8>>,
}

impl PngFormat {
    fn write(self, width: u32, height: u32, pixels: &[u8]) -> Result<Encoded, Failure> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(self.colour);
        encoder.set_depth(self.depth);
        encoder.set_compression(png::Compression::Balanced);
        let small = self.depth != png::BitDepth::Eight || self.palette.is_some();
        encoder.set_filter(if small {
            // Differences between numbers of colours mean nothing.
            png::Filter::NoFilter
        } else {
            png::Filter::Adaptive
        });
        if let Some(palette) = self.palette {
            encoder.set_palette(palette);
        }
        encoder
            .write_header()
            .and_then(|mut writer| {
                writer.write_image_data(pixels)?;
                writer.finish()
            })
            .map_err(|_| Failure::unusable("it can't be encoded"))?;
        Ok(Encoded {
            media_type: MediaType::Png,
            width,
            height,
            bytes,
        })
    }
}

/// The colours of a drawing, each with its number.
struct Palette(BTreeMap<[u8; 3], u8>);

impl Palette {
    /// The colours, if there are no more than a palette holds.
    fn of(image: &DynamicImage) -> Option<Self> {
        let mut colours = BTreeMap::new();
        let mut last = None;
        for colour in colours_of(image)? {
            if last != Some(colour) {
                colours.insert(colour, 0);
                if colours.len() > DRAWING {
                    return None;
                }
                last = Some(colour);
            }
        }
        for (number, entry) in (0..=u8::MAX).zip(colours.values_mut()) {
            *entry = number;
        }
        Some(Palette(colours))
    }

    fn png(&self, image: &DynamicImage) -> Result<Encoded, Failure> {
        let numbers: Vec<u8> = colours_of(image)
            .into_iter()
            .flatten()
            .map(|colour| self.0.get(&colour).copied().unwrap_or_default())
            .collect();
        let (depth, bits) = match self.0.len() {
            0..=2 => (png::BitDepth::One, 1),
            3..=4 => (png::BitDepth::Two, 2),
            5..=16 => (png::BitDepth::Four, 4),
            _ => (png::BitDepth::Eight, 8),
        };
        let format = PngFormat {
            colour: png::ColorType::Indexed,
            depth,
            palette: Some(self.0.keys().flatten().copied().collect()),
        };
        let pixels = packed(&numbers, image.width(), bits);
        format.write(image.width(), image.height(), &pixels)
    }
}

/// The colours of the pixels in order; `None` for pictures with transparency.
fn colours_of(image: &DynamicImage) -> Option<Box<dyn Iterator<Item = [u8; 3]> + '_>> {
    match image {
        DynamicImage::ImageLuma8(pixels) => {
            Some(Box::new(pixels.pixels().map(|pixel| [pixel.0[0]; 3])))
        }
        DynamicImage::ImageRgb8(pixels) => Some(Box::new(pixels.pixels().map(|pixel| pixel.0))),
        _ => None,
    }
}

/// Packs numbers of `bits` bits into bytes, each row from a byte of its own (PNG, section 7.2).
fn packed(numbers: &[u8], width: u32, bits: usize) -> Vec<u8> {
    if bits == 8 {
        return numbers.to_vec();
    }
    let width = usize::try_from(width).unwrap_or(usize::MAX).max(1);
    numbers
        .chunks(width)
        .flat_map(|row| row.chunks(8 / bits))
        .map(|group| {
            let filled = group.iter().fold(0, |byte, number| byte << bits | number);
            filled << (8 - bits * group.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    fn decoded(encoded: &Encoded) -> DynamicImage {
        image::load_from_memory(&encoded.bytes).unwrap()
    }

    #[test]
    fn few_colours_make_a_small_png_without_loss() {
        for colours in [1_u32, 2, 3, 7, 200] {
            let image = DynamicImage::ImageRgb8(RgbImage::from_fn(37, 11, |x, y| {
                let colour = u8::try_from((x * 31 + y) % colours).unwrap();
                Rgb([colour, 255 - colour, 7])
            }));
            let encoded = by_content(&image, 80).unwrap();
            assert_eq!(encoded.media_type, MediaType::Png);
            assert_eq!(decoded(&encoded).to_rgb8(), image.to_rgb8(), "{colours}");
        }
    }

    #[test]
    fn many_colours_make_a_jpeg() {
        let image = DynamicImage::ImageRgb8(RgbImage::from_fn(40, 40, |x, y| {
            Rgb([x as u8 * 6, y as u8 * 6, (x * y) as u8])
        }));
        let encoded = by_content(&image, 80).unwrap();
        assert_eq!(encoded.media_type, MediaType::Jpeg);
        assert_eq!((decoded(&encoded).width(), encoded.width), (40, 40));
    }
}
