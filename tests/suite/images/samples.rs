//! Pictures drawn for the tests.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

/// A picture with as many colours as a photograph.
pub fn photograph(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let wave =
            |value: u32, scale: f64| ((f64::from(value) / scale).sin() * 127.0 + 128.0) as u8;
        Rgb([
            wave(x + y, 17.0),
            wave(x * 2 + y * 3, 29.0),
            wave(x.wrapping_mul(y), 411.0),
        ])
    }))
}

/// A picture with a handful of colours.
pub fn drawing(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        if (x / 8 + y / 8) % 2 == 0 {
            Rgb([255, 255, 255])
        } else {
            Rgb([20, 60, 160])
        }
    }))
}

/// A picture whose left half can be seen through.
pub fn transparent(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| {
        let alpha = if x < width / 2 { 0 } else { 255 };
        Rgba([x as u8, y as u8, 90, alpha])
    }))
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&photograph(width, height), ImageFormat::Jpeg)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&drawing(width, height), ImageFormat::Png)
}

pub fn webp(width: u32, height: u32) -> Vec<u8> {
    encoded(&photograph(width, height), ImageFormat::WebP)
}

/// A GIF of many frames.
pub fn animation(frames: usize) -> Vec<u8> {
    use image::codecs::gif::GifEncoder;
    let mut bytes = Vec::new();
    let frame = image::Frame::new(drawing(4, 4).to_rgba8());
    GifEncoder::new(&mut bytes)
        .encode_frames(std::iter::repeat_n(frame, frames))
        .unwrap();
    bytes
}

/// The JPEG with an Exif block that tells an orientation and a place.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"GPS 52.5N 13.4E");
    insert_segment(jpeg, 0xE1, &exif)
}

fn insert_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend_from_slice(&[0xFF, marker]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}

/// A square JPEG with a colour profile.
pub fn with_profile(pixels: &[u8], side: u16, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_icc_profile(profile).unwrap();
    encoder
        .encode(pixels, side, side, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

/// A PNG chunk with its checksum.
pub fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(content);
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[4..]);
    bytes.extend_from_slice(&sum.sum().to_be_bytes());
    bytes
}

/// A black PNG with one bit a pixel: a small file of many pixels.
pub fn one_bit_png(width: u32, height: u32) -> Vec<u8> {
    use std::io::Write;
    let row = vec![0; usize::try_from(width.div_ceil(8) + 1).unwrap()];
    let mut data = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..height {
        data.write_all(&row).unwrap();
    }
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend_from_slice(&[1, 0, 0, 0, 0]);
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        png_chunk(b"IHDR", &header),
        png_chunk(b"IDAT", &data.finish().unwrap()),
        png_chunk(b"IEND", b""),
    ]
    .concat()
}

/// The boxes of an AVIF file that tell its size, and no pixels.
pub fn avif(width: u32, height: u32) -> Vec<u8> {
    let whole = |name: &[u8], content: &[u8]| -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap();
        [&length.to_be_bytes(), name, content].concat()
    };
    let size = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
    let properties = whole(b"iprp", &whole(b"ipco", &whole(b"ispe", &size)));
    let meta = whole(b"meta", &[&[0; 4], properties.as_slice()].concat());
    [whole(b"ftyp", b"avif\0\0\0\0avifmif1miaf"), meta].concat()
}
