//! Smaller pictures, and sixteen shades of grey.

use crate::images::Profile;
use crate::images::failure::Failure;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GrayAlphaImage, GrayImage, LumaA, RgbImage, RgbaImage};

/// A strip is more than this many times as high as wide: a long drawing or a chain of messages,
/// which scrolls and would be unreadable if it had to fit the page.
const STRIP: u32 = 3;

/// The size that a picture has within the profile's bounds; never larger than it is.
pub(in crate::images) fn fitting(size: (u32, u32), profile: Profile) -> (u32, u32) {
    let (width, height) = size;
    let bounds = match profile {
        Profile::Generic if height / STRIP > width => (1600, 1600 * STRIP),
        Profile::Generic => (1600, 1600),
        // The screen of readers of seven inches, with three hundred pixels to the inch.
        Profile::Kindle | Profile::Kobo | Profile::EInk => (1264, 1680),
    };
    if width <= bounds.0 && height <= bounds.1 {
        return size;
    }
    let scaled = |side: u32, bound: u32, other: u32| {
        let scaled =
            (u64::from(side) * u64::from(bound) + u64::from(other) / 2) / u64::from(other.max(1));
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    let by_width = (bounds.0, scaled(height, bounds.0, width));
    if by_width.1 <= bounds.1 {
        by_width
    } else {
        (scaled(width, bounds.1, height), bounds.1)
    }
}

/// Scales a picture down with a Lanczos filter.
///
/// # Errors
/// Where the pixels are not what they should be.
pub(in crate::images) fn scale(
    image: DynamicImage,
    size: (u32, u32),
) -> Result<DynamicImage, Failure> {
    if (image.width(), image.height()) == size {
        return Ok(image);
    }
    let (width, height) = size;
    let failed = || Failure::unusable("it can't be scaled");
    let scaled = match &image {
        DynamicImage::ImageLuma8(pixels) => {
            GrayImage::from_raw(width, height, resize(&image, pixels, PixelType::U8, size)?)
                .map(DynamicImage::ImageLuma8)
        }
        DynamicImage::ImageLumaA8(pixels) => GrayAlphaImage::from_raw(
            width,
            height,
            resize(&image, pixels, PixelType::U8x2, size)?,
        )
        .map(DynamicImage::ImageLumaA8),
        DynamicImage::ImageRgb8(pixels) => RgbImage::from_raw(
            width,
            height,
            resize(&image, pixels, PixelType::U8x3, size)?,
        )
        .map(DynamicImage::ImageRgb8),
        DynamicImage::ImageRgba8(pixels) => RgbaImage::from_raw(
            width,
            height,
            resize(&image, pixels, PixelType::U8x4, size)?,
        )
        .map(DynamicImage::ImageRgba8),
        _ => None,
    };
    scaled.ok_or_else(failed)
}

fn resize(
    image: &DynamicImage,
    pixels: &[u8],
    kind: PixelType,
    size: (u32, u32),
) -> Result<Vec<u8>, Failure> {
    let failed = |_| Failure::unusable("it can't be scaled");
    let source = ImageRef::new(image.width(), image.height(), pixels, kind)
        .map_err(|_| Failure::unusable("it can't be scaled"))?;
    let mut target = Image::new(size.0, size.1, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(failed)?;
    Ok(target.into_vec())
}

/// The picture without transparent places: on a white page, or on a black one where all that is drawn
/// would be lost on white.
pub(in crate::images) fn opaque(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let page = page(&image.to_luma_alpha8());
    let mut pixels = image.into_rgba8();
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let [red, green, blue] = [red, green, blue].map(|shade| on_page(shade, alpha, page));
        pixel.0 = [red, green, blue, u8::MAX];
    }
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(pixels).into_rgb8())
}

/// A shade that is seen on a page as far as it is there.
fn on_page(shade: u8, alpha: u8, page: u32) -> u8 {
    let (shade, alpha) = (u32::from(shade), u32::from(alpha));
    let shown = (shade * alpha + page * (255 - alpha) + 127) / 255;
    u8::try_from(shown).unwrap_or(u8::MAX)
}

/// Grey pixels on a white page, or on a black one where all that is drawn would be lost on white.
pub(in crate::images) fn grey(image: DynamicImage) -> GrayImage {
    match image {
        DynamicImage::ImageLuma8(pixels) => pixels,
        image if image.color().has_alpha() => {
            let mut pixels = image.into_luma_alpha8();
            let page = page(&pixels);
            for pixel in pixels.pixels_mut() {
                let [shade, alpha] = pixel.0;
                pixel.0 = [on_page(shade, alpha, page), u8::MAX];
            }
            DynamicImage::ImageLumaA8(pixels).into_luma8()
        }
        image => image.into_luma8(),
    }
}

/// The darkest shade that is nearly white.
const NEARLY_WHITE: u8 = 224;

/// The shade of the page that a picture with transparent places is seen on. Something is drawn where
/// a pixel is rather there than not.
fn page(pixels: &GrayAlphaImage) -> u32 {
    let drawn = || pixels.pixels().filter(|pixel| pixel.0[1] >= 128);
    let is_lost = |pixel: &LumaA<u8>| pixel.0[0] >= NEARLY_WHITE;
    if drawn().next().is_some() && drawn().all(is_lost) {
        0
    } else {
        255
    }
}

/// The nearest of sixteen shades for each pixel, 0 to 15.
pub(in crate::images) fn even(image: &GrayImage) -> Vec<u8> {
    // Of 255, a fifteenth is 17; what is nearer to the next shade becomes that.
    let shade = |value: &u8| (value / 17) + u8::from(value % 17 > 8);
    image.as_raw().iter().map(shade).collect()
}

/// Sixteen shades, as electronic paper has them: each pixel 0 to 15. What a pixel is off by goes to
/// its neighbours (Floyd and Steinberg), so that even areas keep their brightness.
pub(in crate::images) fn dithered(image: &GrayImage) -> Vec<u8> {
    let width = usize::try_from(image.width()).unwrap_or_default().max(1);
    let mut shades = Vec::with_capacity(image.len());
    // Errors in sixteenths; one more cell on each side saves asking for the edges.
    let mut here = vec![0_i32; width + 2];
    let mut below = vec![0_i32; width + 2];
    for row in image.as_raw().chunks(width) {
        for (column, value) in row.iter().enumerate() {
            let Some([left_below, under, right_below]) = below.get_mut(column..column + 3) else {
                break;
            };
            let off = here.get(column + 1).copied().unwrap_or_default();
            let wanted = i32::from(*value) + off / 16;
            let shade = ((wanted + 8) / 17).clamp(0, 15);
            let error = wanted - shade * 17;
            *left_below += error * 3;
            *under += error * 5;
            *right_below += error;
            if let Some(next) = here.get_mut(column + 2) {
                *next += error * 7;
            }
            shades.push(u8::try_from(shade).unwrap_or_default());
        }
        std::mem::swap(&mut here, &mut below);
        below.fill(0);
    }
    shades
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pictures_fit_their_profile() {
        for (size, profile, expected) in [
            ((3200, 2400), Profile::Generic, (1600, 1200)),
            ((2400, 3200), Profile::Generic, (1200, 1600)),
            ((1600, 1600), Profile::Generic, (1600, 1600)),
            ((800, 6000), Profile::Generic, (640, 4800)),
            ((4000, 1), Profile::Generic, (1600, 1)),
            ((2528, 1680), Profile::Kindle, (1264, 840)),
            ((100, 4000), Profile::Kobo, (42, 1680)),
        ] {
            assert_eq!(fitting(size, profile), expected, "{size:?}");
        }
    }

    #[test]
    fn dithering_keeps_the_brightness() {
        for value in [0, 3, 100, 128, 250, 255] {
            let shades = dithered(&GrayImage::from_pixel(64, 64, image::Luma([value])));
            let sum: u32 = shades.iter().map(|shade| u32::from(*shade) * 17).sum();
            let mean = f64::from(sum) / f64::from(64 * 64);
            assert!((mean - f64::from(value)).abs() < 2.0, "{value}: {mean}");
        }
    }

    proptest! {
        #[test]
        fn nothing_grows(width in 1_u32..70_000, height in 1_u32..70_000) {
            for profile in [Profile::Generic, Profile::Kindle, Profile::EInk] {
                let fitted = fitting((width, height), profile);
                prop_assert!(fitted.0 <= width && fitted.1 <= height);
                prop_assert!(fitted.0 >= 1 && fitted.1 >= 1);
            }
        }
    }
}
