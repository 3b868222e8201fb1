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
