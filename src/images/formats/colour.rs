//! Colour profiles: most readers know sRGB only.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::panic;

/// How far a colour may be off, of 255, before the difference matters.
const TOLERANCE: u8 = 8;

/// Whether pixels under the profile look different from the same pixels taken as sRGB.
pub(in crate::images) fn matters(profile: &[u8]) -> bool {
    // White, the primaries, a mid-grey, skin, sky and leaves.
    const PROBES: [u8; 24] = [
        255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128, 224, 172, 150, 90, 140, 200,
        80, 130, 60,
    ];
    let mut shown = PROBES;
    transform(profile, Layout::Rgb, &mut shown);
    PROBES
        .iter()
        .zip(&shown)
        .any(|(plain, shown)| plain.abs_diff(*shown) > TOLERANCE)
}

/// Turns pixels under an RGB profile into sRGB. Pixels under a profile that can't be read stay as
/// they are.
pub(in crate::images) fn to_srgb(image: &mut DynamicImage, profile: &[u8]) {
    if !matters(profile) {
        return;
    }
    match image {
        DynamicImage::ImageRgb8(pixels) => transform(profile, Layout::Rgb, pixels),
        DynamicImage::ImageRgba8(pixels) => transform(profile, Layout::Rgba, pixels),
        _ => {}
    }
}

fn transform(profile: &[u8], layout: Layout, pixels: &mut [u8]) {
    // A row at a time, so that no second copy of the picture is needed.
    const CHUNK: usize = 12 * 4096;
    let transform = panic::catch_unwind(|| {
        let profile = ColorProfile::new_from_slice(profile).ok()?;
        if profile.color_space != DataColorSpace::Rgb {
            return None;
        }
        let srgb = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        profile
            .create_transform_8bit(layout, &srgb, layout, options)
            .ok()
    });
    let Ok(Some(transform)) = transform else {
        return;
    };
    let mut result = vec![0; CHUNK];
    for chunk in pixels.chunks_mut(CHUNK) {
        let Some(result) = result.get_mut(..chunk.len()) else {
            return;
        };
        if transform.transform(chunk, result).is_err() {
            return;
        }
        chunk.copy_from_slice(result);
    }
}
