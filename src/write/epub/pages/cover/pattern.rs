//! A pattern for covers: rows of tiles, each the mirror of the one across, chosen by the book's
//! identifier.
//!
//! All edges are straight, and slanting ones rise by one pixel a pixel, so that most of a cover's
//! blocks are alike: `jpeg.rs` encodes each once.

use super::palette::{Colour, Palette};
use image::RgbImage;

/// The tiles in a row.
pub(super) const COLUMNS: u32 = 5;

/// What a tile shows.
#[derive(Clone, Copy)]
struct Tile {
    ground: Colour,
    shape: Colour,
    kind: u8,
}

/// The side of a tile on a cover of a width: a multiple of what JPEG's blocks are, 16 pixels.
pub(super) fn side(width: u32) -> u32 {
    width.div_ceil(COLUMNS).next_multiple_of(16)
}

/// Draws the pattern over the upper rows of a picture.
pub(super) fn draw(picture: &mut RgbImage, rows: u32, palette: &Palette, seed: &[u8]) {
    let side = side(picture.width());
    let length = picture.width() as usize * 3;
    let lines = picture.chunks_exact_mut(length.max(1)).zip(0..rows);
    for (line, y) in lines {
        let (pixels, _) = line.as_chunks_mut::<3>();
        let tiles = pixels.chunks_mut(side as usize).zip(0u32..);
        for (part, column) in tiles {
            let tile = Tile::at(palette, seed, column, y / side);
            tile.line(part, i64::from(y % side), i64::from(side));
        }
    }
}

impl Tile {
    /// The tile at a place: a small generator (SplitMix64) mixes the seed with the place.
    fn at(palette: &Palette, seed: &[u8], column: u32, row: u32) -> Self {
        let mirrored = COLUMNS - 1 - column.min(COLUMNS - 1);
        let place = u64::from(column.min(mirrored)) << 32 | u64::from(row);
        let start = seed
            .iter()
            .fold(place, |state, &byte| state.rotate_left(8) ^ u64::from(byte));
        let mut state = start.wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let [kind, ground, shape, ..] = (state ^ (state >> 31)).to_le_bytes();
        let colour = |index: u8| {
            let index = usize::from(index % 4);
            palette.pattern.get(index).copied().unwrap_or_default()
        };
        let kind = match kind % 6 {
            // A slant leans the other way in the mirror; in the middle a tile is its own mirror.
            kind @ (1 | 2) if column == mirrored => kind + 2,
            kind @ (1 | 2) if column > mirrored => 3 - kind,
            kind => kind,
        };
        Tile {
            ground: colour(ground),
            shape: colour(ground.wrapping_add(1 + shape % 3)),
            kind,
        }
    }

    /// Draws the line `y` of a tile. Positions are doubled, so that the middles of pixels are odd
    /// numbers: a pixel on an edge is half of each colour.
    fn line(self, pixels: &mut [Colour], y: i64, side: i64) {
        let (y, whole) = (2 * y + 1, 2 * side);
        let half = side - (y - side).abs();
        let (from, to) = match self.kind {
            1 => (-1, y),
            2 => (whole - y, whole + 1),
            3 => (side - y, side + y),
            4 => (side - (whole - y), side + (whole - y)),
            5 => (side - half, side + half),
            _ => (0, 0),
        };
        pixels.fill(self.ground);
        let position = |doubled: i64| usize::try_from(doubled.div_euclid(2)).unwrap_or_default();
        let (first, end) = (position(from + 1), position(to).min(pixels.len()));
        if let Some(inside) = pixels.get_mut(first..end) {
            inside.fill(self.shape);
        }
        for edge in [from, to] {
            if let Some(pixel) = pixels
                .get_mut(position(edge))
                .filter(|_| edge > 0 && edge % 2 == 1)
            {
                *pixel = mixed(self.ground, self.shape);
            }
        }
    }
}

/// Half of each of two colours.
fn mixed(one: Colour, other: Colour) -> Colour {
    let [red, green, blue] = one;
    let [other_red, other_green, other_blue] = other;
    [
        red.midpoint(other_red),
        green.midpoint(other_green),
        blue.midpoint(other_blue),
    ]
}
