//! The colours of a cover: a hue of the publication's own, turned for each volume.
//!
//! Only additions, multiplications and comparisons are used, which give the same result on every
//! machine (IEEE 754).

/// A turn of the golden section, as a part of 2³²: any two volumes that follow each other, and those
/// near them, have hues far apart.
const GOLDEN: u32 = 2_654_435_769;

/// A colour: red, green, blue.
pub(super) type Colour = [u8; 3];

/// The colours of a cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    /// Behind the words.
    pub ground: Colour,
    /// The title.
    pub title: Colour,
    /// The period.
    pub period: Colour,
    /// What the pattern is made of.
    pub pattern: [Colour; 4],
}

impl Palette {
    /// The colours of a volume: `number` counts the periods and parts of a publication.
    pub fn of(publication: &[u8], number: u32) -> Self {
        let seed = publication.first_chunk().copied().unwrap_or_default();
        let turned = u32::from_be_bytes(seed).wrapping_add(number.wrapping_mul(GOLDEN));
        // 24 bits are what the type holds exactly.
        let hue = (turned >> 8) as f32 / 16_777_216.0;
        let ground = colour(hue, 0.50, 0.22);
        Palette {
            ground,
            title: [255; 3],
            period: colour(hue + 0.06, 0.60, 0.86),
            pattern: [
                colour(hue, 0.50, 0.30),
                colour(hue + 0.05, 0.48, 0.45),
                colour(hue + 0.09, 0.45, 0.78),
                colour(hue + 0.52, 0.58, 0.60),
            ],
        }
    }
}

/// From hue, saturation and lightness, each between 0 and 1 (the hue wraps around).
fn colour(hue: f32, saturation: f32, lightness: f32) -> Colour {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    [0.0, 2.0 / 3.0, 1.0 / 3.0].map(|offset| {
        let turn = (hue + offset) - (hue + offset).floor();
        let ramp = (turn * 6.0 - 3.0).abs() - 1.0;
        let value = lightness + chroma * (ramp.clamp(0.0, 1.0) - 0.5);
        (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
    })
}
