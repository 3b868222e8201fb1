//! The bytes of a picture when they are wanted: a chapter was made with them, and its text is
//! compressed already, but the file may have changed or vanished since, for a mirror is the user's.

use crate::error::{Code, Result, Warning};
use crate::model::{MediaType, PictureBytes, Rendition};
use crate::write::assets::bytes_of;
use crate::write::epub::defect;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::borrow::Cow;
use std::io::Cursor;
use std::path::Path;

/// The longer side of a placeholder in pixels.
const SIDE: u32 = 480;
/// The colours of a placeholder: its ground and its lines.
const GROUND: Rgb<u8> = Rgb([238, 238, 238]);
const LINE: Rgb<u8> = Rgb([170, 170, 170]);

/// The bytes that a picture is named by the hash of. There are no more of them in memory than it
/// had when it was first read, whatever its file has become.
///
/// # Errors
/// What to tell of a file that is gone or holds other bytes now.
pub(in crate::write::epub) fn bytes(picture: &Rendition) -> Result<Cow<'_, [u8]>, Warning> {
    let lost = |what: &str| match &picture.bytes {
        PictureBytes::File(file) => lost(file.path(), what),
        PictureBytes::Memory(_) => lost(Path::new(&picture.name), what),
    };
    match bytes_of(picture) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(lost("changed while the book was made")),
        Err(error) => Err(lost(&format!("can't be read any longer: {error}"))),
    }
}

fn lost(path: &Path, what: &str) -> Warning {
    let message = format!("the picture {what}; a placeholder stands for it");
    Warning::new(Code::ImageMissing, message).in_file(path.to_string_lossy())
}

/// A picture that stands for one that is lost: a crossed rectangle of its shape and type.
pub(in crate::write::epub) fn placeholder(picture: &Rendition) -> Result<Vec<u8>> {
    let (width, height) = (picture.width.max(1), picture.height.max(1));
    let longest = width.max(height);
    let side = |length: u32| {
        let scaled = u64::from(length) * u64::from(SIDE) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(SIDE).clamp(1, length)
    };
    let mut drawn = RgbImage::from_pixel(side(width), side(height), GROUND);
    cross(&mut drawn);
    let format = match picture.media_type {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Gif => ImageFormat::Gif,
        _ => ImageFormat::Png,
    };
    let mut encoded = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(drawn)
        .write_to(&mut encoded, format)
        .map_err(defect)?;
    Ok(encoded.into_inner())
}

/// Draws a border and both diagonals.
fn cross(picture: &mut RgbImage) {
    let (right, bottom) = (picture.width() - 1, picture.height() - 1);
    let steps = right.max(bottom);
    for step in 0..=steps {
        let x = right * step / steps.max(1);
        let y = bottom * step / steps.max(1);
        let points = [
            (x, y),
            (right - x, y),
            (x, 0),
            (x, bottom),
            (0, y),
            (right, y),
        ];
        for (x, y) in points {
            picture.put_pixel(x, y, LINE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_has_the_shape_and_the_type_of_what_it_stands_for() {
        for (media_type, format) in [
            (MediaType::Jpeg, ImageFormat::Jpeg),
            (MediaType::Png, ImageFormat::Png),
            (MediaType::Gif, ImageFormat::Gif),
        ] {
            for (size, expected) in [
                ((1, 1), (1, 1)),
                ((300, 200), (300, 200)),
                ((2400, 1200), (480, 240)),
                ((1, 65_535), (1, 480)),
            ] {
                let bytes = placeholder(&Rendition {
                    name: "0".repeat(32),
                    media_type,
                    length: 1,
                    width: size.0,
                    height: size.1,
                    below: Vec::new(),
                    bytes: PictureBytes::Memory(Vec::new().into()),
                });
                let bytes = bytes.unwrap();
                assert_eq!(image::guess_format(&bytes).unwrap(), format);
                let drawn = image::load_from_memory(&bytes).unwrap();
                assert_eq!((drawn.width(), drawn.height()), expected);
            }
        }
    }
}
