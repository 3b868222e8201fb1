//! Tall strips: charts, chains of messages and comics that scroll on the web. On a page they would be too
//! small to read, so they are cut into pieces of a page's height, where the least is going on.

use crate::images::Profile;
use image::{DynamicImage, GenericImageView};

/// A strip is more than this many times as high as wide, in tenths: some two and a half pages of a screen
/// of 3:4.
const TENTHS: u64 = 33;

/// What is lower than this, in pixels, can be read as it is.
const LOWEST: u32 = 1_000;

/// The height of a piece by its width, in hundredths: at most, and at least where a quiet row is looked for.
const MOST: u64 = 125;
const LEAST: u64 = 80;

/// The most pieces of a strip; a longer one is a line, not a picture.
const PIECES: usize = 100;

/// The width of a strip that fits a device, with its height; none where a picture of this size is no strip.
pub(super) fn fitting((width, height): (u32, u32), profile: Profile) -> Option<(u32, u32)> {
    let most = match profile {
        Profile::Generic => 1600,
        Profile::Kindle | Profile::Kobo | Profile::EInk => 1264,
    };
    let (wide, high) = (u64::from(width), u64::from(height));
    let is_strip =
        high * 10 > wide * TENTHS && height >= LOWEST && high * 100 < wide * LEAST * PIECES as u64;
    if !is_strip {
        return None;
    }
    if width <= most {
        return Some((width, height));
    }
    let scaled = (high * u64::from(most) + wide / 2) / wide;
    Some((most, u32::try_from(scaled).unwrap_or(u32::MAX)))
}

/// The pieces of a strip, from the top.
pub(super) fn pieces(image: &DynamicImage) -> Vec<DynamicImage> {
    let (width, height) = image.dimensions();
    let share = |hundredths: u64| {
        let rows = u64::from(width) * hundredths / 100;
        u32::try_from(rows).unwrap_or(u32::MAX).max(1)
    };
    let (least, most) = (share(LEAST), share(MOST));
    let noise = noise(image);
    let mut pieces = Vec::new();
    let mut top = 0;
    while top < height {
        let left = height - top;
        let rows = if left <= most {
            left
        } else {
            // What is left for the last piece is not a sliver.
            let most = most.min(left.saturating_sub(least / 2)).max(least);
            quietest(&noise, top + least, top + most) - top
        };
        pieces.push(image.crop_imm(0, top, width, rows));
        top += rows;
    }
    pieces
}

/// The quietest of some rows: the middle of the longest gap between what is shown, for a label stands closer
/// to what it names than to what is above it. Of equal gaps, the last.
fn quietest(noise: &[u64], from: u32, to: u32) -> u32 {
    let place = |row: u32| usize::try_from(row).unwrap_or(usize::MAX);
    let at = |row: u32| noise.get(place(row)).copied().unwrap_or(u64::MAX);
    let least = (from..=to).map(at).min().unwrap_or_default();
    let (mut best, mut begins) = ((from, 0), None);
    for row in from..=to {
        if at(row) > least {
            begins = None;
            continue;
        }
        let begin = *begins.get_or_insert(row);
        let length = row - begin + 1;
        if length >= best.1 {
            best = (begin, length);
        }
    }
    best.0 + best.1 / 2
}

/// How much is going on in each row: how much neighbours differ, beside each other and from the row above.
fn noise(image: &DynamicImage) -> Vec<u64> {
    let grey = image.to_luma8();
    let mut above: Option<&[u8]> = None;
    let width = usize::try_from(grey.width().max(1)).unwrap_or(1);
    let rows = grey.as_raw().chunks_exact(width).map(|row| {
        let beside = row.windows(2).map(|pair| match pair {
            [one, other] => u64::from(one.abs_diff(*other)),
            _ => 0,
        });
        let upwards = above.unwrap_or(row).iter().zip(row);
        let upwards = upwards.map(|(one, other)| u64::from(one.abs_diff(*other)));
        let noise = beside.chain(upwards).sum();
        above = Some(row);
        noise
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GrayImage, Luma};

    #[test]
    fn strips_are_cut_at_quiet_rows_and_nothing_is_lost() {
        // Lines of print, with a gap after each ten rows.
        let print = GrayImage::from_fn(100, 1_010, |x, y| {
            let is_ink = y % 10 < 7 && (x + y) % 3 == 0;
            Luma([if is_ink { 0 } else { 255 }])
        });
        let image = DynamicImage::ImageLuma8(print);
        let pieces = pieces(&image);
        let heights: Vec<u32> = pieces.iter().map(DynamicImage::height).collect();
        assert_eq!(heights.iter().sum::<u32>(), 1_010);
        assert!(
            heights.iter().all(|height| (40..=125).contains(height)),
            "{heights:?}"
        );
        let mut at = 0;
        for height in &heights[..heights.len() - 1] {
            at += height;
            assert!(at % 10 >= 7, "{at}");
        }
        let joined: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| piece.to_luma8().into_raw())
            .collect();
        assert_eq!(joined, image.to_luma8().into_raw());
    }

    #[test]
    fn what_fits_a_page_or_is_a_line_is_no_strip() {
        for (size, expected) in [
            ((600, 6_000), Some((600, 6_000))),
            ((3_200, 32_000), Some((1_600, 16_000))),
            ((600, 1_900), None),
            ((100, 900), None),
            ((10, 5_000), None),
        ] {
            assert_eq!(fitting(size, Profile::Generic), expected, "{size:?}");
        }
    }
}
