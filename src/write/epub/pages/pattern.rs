//! A drawn pattern for covers: tiles of circles and their parts, chosen by the book's identifier.
//!
//! Only additions, multiplications and square roots are used, which give the same result on every
//! machine (IEEE 754).

use image::{Rgb, RgbImage};

/// The colours of a publication, from dark to light, and one that stands out.
#[derive(Clone, Copy, Debug)]
pub(in crate::write::epub) struct Palette([[f32; 3]; 4]);

impl Palette {
    /// The colours for a seed.
    pub(in crate::write::epub) fn of(seed: &[u8]) -> Self {
        let byte = |at: usize| f32::from(seed.get(at).copied().unwrap_or_default());
        let hue = byte(0) / 256.0;
        let shift = 0.04 + byte(1) / 256.0 * 0.08;
        Palette([
            colour(hue, 0.42, 0.20),
            colour(hue + shift, 0.45, 0.36),
            colour(hue + 2.0 * shift, 0.38, 0.74),
            colour(hue + 0.5 + shift, 0.62, 0.60),
        ])
    }

    fn get(&self, index: u8) -> [f32; 3] {
        let Palette([dark, middle, light, accent]) = self;
        match index % 8 {
            0..=2 => *dark,
            3 | 4 => *middle,
            5 | 6 => *light,
            _ => *accent,
        }
    }
}

/// From hue, saturation and lightness, each between 0 and 1 (the hue wraps around).
fn colour(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let channel = |offset: f32| {
        let turn = (hue + offset) - (hue + offset).floor();
        let ramp = (turn * 6.0 - 3.0).abs() - 1.0;
        lightness + chroma * (ramp.clamp(0.0, 1.0) - 0.5)
    };
    [channel(0.0), channel(2.0 / 3.0), channel(1.0 / 3.0)]
}

/// What a tile shows.
#[derive(Clone, Copy)]
struct Tile {
    ground: [f32; 3],
    shape: [f32; 3],
    kind: u8,
}

/// Draws the pattern over a part of a picture, from `top` down, in tiles of `size` pixels.
pub(in crate::write::epub) fn draw(
    picture: &mut RgbImage,
    top: u32,
    size: u32,
    palette: Palette,
    seed: &[u8],
) {
    let (width, height) = picture.dimensions();
    let size = size.max(1);
    for row in 0..height.saturating_sub(top).div_ceil(size) {
        for column in 0..width.div_ceil(size) {
            let tile = tile(palette, seed, column, row);
            let (left, above) = (column * size, top + row * size);
            for y in above..(above + size).min(height) {
                for x in left..(left + size).min(width) {
                    let inside = cover(tile.kind, x - left, y - above, size);
                    picture.put_pixel(x, y, blend(tile, inside));
                }
            }
        }
    }
}

/// The tile at a place: a small generator (SplitMix64) mixes the seed with the place.
fn tile(palette: Palette, seed: &[u8], column: u32, row: u32) -> Tile {
    let start = seed
        .iter()
        .fold(u64::from(column) << 32 | u64::from(row), |state, &byte| {
            state.rotate_left(8) ^ u64::from(byte)
        });
    let mut state = start.wrapping_add(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let [kind, ground, shape, ..] = (state ^ (state >> 31)).to_le_bytes();
    Tile {
        kind: kind % 8,
        ground: palette.get(ground),
        shape: palette.get(shape.wrapping_add(if ground % 8 == shape % 8 { 3 } else { 0 })),
    }
}

/// How much of a pixel lies inside the tile's shape, 0 to 1.
fn cover(kind: u8, x: u32, y: u32, size: u32) -> f32 {
    let (x, y, size) = (x as f32 + 0.5, y as f32 + 0.5, size as f32);
    let disc = |centre_x: f32, centre_y: f32, radius: f32| {
        let (dx, dy, radius) = (x - centre_x * size, y - centre_y * size, radius * size);
        let square = dx * dx + dy * dy;
        if square <= (radius - 1.0) * (radius - 1.0) {
            1.0
        } else if square >= (radius + 1.0) * (radius + 1.0) {
            0.0
        } else {
            (radius - square.sqrt() + 0.5).clamp(0.0, 1.0)
        }
    };
    match kind {
        0 => disc(0.0, 0.0, 1.0),
        1 => disc(1.0, 0.0, 1.0),
        2 => disc(0.0, 1.0, 1.0),
        3 => disc(1.0, 1.0, 1.0),
        4 => disc(0.5, 0.5, 0.5),
        5 => disc(0.5, 0.0, 0.5) + disc(0.5, 1.0, 0.5),
        6 => disc(0.5, 0.5, 0.5) - disc(0.5, 0.5, 0.25),
        _ => 0.0,
    }
}

fn blend(tile: Tile, inside: f32) -> Rgb<u8> {
    if inside <= 0.0 {
        return Rgb(tile.ground.map(channel));
    }
    let mut channels = tile.ground.into_iter().zip(tile.shape);
    let mut mixed = || {
        let (ground, shape) = channels.next().unwrap_or_default();
        channel(ground + (shape - ground) * inside)
    };
    Rgb([mixed(), mixed(), mixed()])
}

fn channel(value: f32) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}
