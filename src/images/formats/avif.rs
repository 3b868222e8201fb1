//! AVIF pictures: the container holds one coded picture, and another for its transparency; the decoder
//! gives planes of light and colour, which become red, green and blue here.

use super::facts::ImageFacts;
use crate::images::failure::Failure;
use avif_parse::{AV1Metadata, AvifData};
use image::{DynamicImage, RgbImage, RgbaImage};
use re_rav1d::dav1d::pixel::{MatrixCoefficients, YUVRange};
use re_rav1d::dav1d::{
    Decoder, Error, Picture, PixelLayout, PlanarImageComponent, Plane, Settings,
};

/// Decodes a picture to eight bits a channel.
///
/// # Errors
/// Where it is damaged, larger than its header says, or of a kind that is not read: an animation, or a
/// collage of tiles.
pub(super) fn decode(bytes: &[u8], facts: &ImageFacts) -> Result<DynamicImage, Failure> {
    let data = AvifData::from_reader(&mut &*bytes).map_err(unread)?;
    let colour = planes(&data.primary_item, facts)?;
    let alpha = data.alpha_item.as_deref();
    let alpha = alpha.map(|item| planes(item, facts)).transpose()?;
    let picture = Yuv::of(&colour)?;
    let (width, height) = (colour.width(), colour.height());
    let Some(alpha) = alpha else {
        let pixels = RgbImage::from_fn(width, height, |x, y| image::Rgb(picture.rgb(x, y)));
        return Ok(DynamicImage::ImageRgb8(pixels));
    };
    if (alpha.width(), alpha.height()) != (width, height) {
        return Err(damaged());
    }
    let cover = Samples::of(&alpha, PlanarImageComponent::Y)?;
    let full = alpha.color_range() == YUVRange::Full;
    Ok(DynamicImage::ImageRgba8(RgbaImage::from_fn(
        width,
        height,
        |x, y| {
            let alpha = byte(cover.light(x, y, full));
            let rgb = picture.rgb(x, y);
            let [red, green, blue] = match data.premultiplied_alpha {
                true => rgb.map(|light| undo(light, alpha)),
                false => rgb,
            };
            image::Rgba([red, green, blue, alpha])
        },
    )))
}

fn damaged() -> Failure {
    Failure::unusable("it is damaged")
}

fn unread(error: avif_parse::Error) -> Failure {
    match error {
        avif_parse::Error::Unsupported(_) => Failure::unusable("AVIF of this kind can't be read"),
        _ => damaged(),
    }
}

/// Decodes one coded picture, on this thread.
fn planes(item: &[u8], facts: &ImageFacts) -> Result<Picture, Failure> {
    let sequence = AV1Metadata::parse_av1_bitstream(item).map_err(unread)?;
    let pixels = |width: u32, height: u32| u64::from(width) * u64::from(height);
    let (width, height) = (sequence.max_frame_width, sequence.max_frame_height);
    if pixels(width.get(), height.get()) > facts.pixels() {
        return Err(damaged());
    }
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(facts.pixels()).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(|_| damaged())?;
    match decoder.send_data(item.to_vec(), None, None, None) {
        Ok(()) | Err(Error::Again) => {}
        Err(_) => return Err(damaged()),
    }
    let picture = decoder.get_picture().map_err(|_| damaged())?;
    if pixels(picture.width(), picture.height()) > facts.pixels() {
        return Err(damaged());
    }
    Ok(picture)
}

/// The samples of one plane.
struct Samples {
    plane: Plane,
    /// Bytes from one row to the next.
    stride: usize,
    /// Bits of a sample, and the bytes that it lies in.
    bits: u32,
    bytes: usize,
    /// By how much smaller the plane is than the picture: right shifts of the coordinates.
    shift: (u32, u32),
}

impl Samples {
    fn of(picture: &Picture, component: PlanarImageComponent) -> Result<Self, Failure> {
        let bits = picture.bits_per_component().ok_or_else(damaged)?.0;
        let bits = u32::try_from(bits).map_err(|_| damaged())?;
        let is_light = matches!(component, PlanarImageComponent::Y);
        let shift = match picture.pixel_layout() {
            _ if is_light => (0, 0),
            PixelLayout::I420 => (1, 1),
            PixelLayout::I422 => (1, 0),
            PixelLayout::I400 | PixelLayout::I444 => (0, 0),
        };
        Ok(Samples {
            stride: usize::try_from(picture.stride(component)).map_err(|_| damaged())?,
            plane: picture.plane(component),
            bits,
            bytes: if bits > 8 { 2 } else { 1 },
            shift,
        })
    }

    /// The sample at a pixel; one that is not there is dark.
    fn at(&self, x: u32, y: u32) -> f32 {
        let column = usize::try_from(x >> self.shift.0).unwrap_or_default();
        let row = usize::try_from(y >> self.shift.1).unwrap_or_default();
        let start = row * self.stride + column * self.bytes;
        match self.plane.get(start..start + self.bytes) {
            Some([value]) => f32::from(*value),
            Some([low, high]) => f32::from(u16::from_ne_bytes([*low, *high])),
            _ => 0.0,
        }
    }

    /// One step of an eight-bit picture in steps of this one.
    fn step(&self) -> f32 {
        (1_u32 << self.bits.saturating_sub(8)) as f32
    }

    /// The light at a pixel, from 0 to 1.
    fn light(&self, x: u32, y: u32, full: bool) -> f32 {
        let value = self.at(x, y);
        if full {
            value / ((1_u32 << self.bits) - 1) as f32
        } else {
            (value / self.step() - 16.0) / 219.0
        }
    }

    /// The difference of colour at a pixel, from -0.5 to 0.5.
    fn difference(&self, x: u32, y: u32, full: bool) -> f32 {
        let value = self.at(x, y);
        let middle = (1_u32 << self.bits.saturating_sub(1)) as f32;
        if full {
            (value - middle) / ((1_u32 << self.bits) - 1) as f32
        } else {
            (value - middle) / self.step() / 224.0
        }
    }
}

/// The planes of a picture and what they mean (ITU-T H.273).
struct Yuv {
    light: Samples,
    colours: Option<(Samples, Samples)>,
    full: bool,
    weights: Weights,
}

/// How light is made of red and blue; the rest is green.
enum Weights {
    Of {
        red: f32,
        blue: f32,
    },
    /// The planes are green, blue and red.
    None,
}

impl Yuv {
    fn of(picture: &Picture) -> Result<Self, Failure> {
        use PlanarImageComponent::{U, V, Y};
        let colours = match picture.pixel_layout() {
            PixelLayout::I400 => None,
            _ => Some((Samples::of(picture, U)?, Samples::of(picture, V)?)),
        };
        let weights = match picture.matrix_coefficients() {
            MatrixCoefficients::Identity => Weights::None,
            MatrixCoefficients::BT709 => Weights::Of {
                red: 0.2126,
                blue: 0.0722,
            },
            MatrixCoefficients::BT2020NonConstantLuminance
            | MatrixCoefficients::BT2020ConstantLuminance => Weights::Of {
                red: 0.2627,
                blue: 0.0593,
            },
            _ => Weights::Of {
                red: 0.299,
                blue: 0.114,
            },
        };
        Ok(Yuv {
            light: Samples::of(picture, Y)?,
            colours,
            full: picture.color_range() == YUVRange::Full,
            weights,
        })
    }

    /// The colour of a pixel.
    fn rgb(&self, x: u32, y: u32) -> [u8; 3] {
        let light = self.light.light(x, y, self.full);
        let Some((one, other)) = &self.colours else {
            return [byte(light); 3];
        };
        let Weights::Of { red, blue } = self.weights else {
            let (blue, red) = (one.light(x, y, self.full), other.light(x, y, self.full));
            return [byte(red), byte(light), byte(blue)];
        };
        let to_blue = one.difference(x, y, self.full) * 2.0 * (1.0 - blue);
        let to_red = other.difference(x, y, self.full) * 2.0 * (1.0 - red);
        let to_green = -(red * to_red + blue * to_blue) / (1.0 - red - blue);
        [light + to_red, light + to_green, light + to_blue].map(byte)
    }
}

fn byte(light: f32) -> u8 {
    // Rounded; what is no number is dark.
    (light * 255.0 + 0.5).clamp(0.0, 255.0) as u8
}

/// The light of a pixel that was multiplied by its alpha.
fn undo(light: u8, alpha: u8) -> u8 {
    if alpha == 0 {
        return 0;
    }
    let light = u32::from(light) * 255 / u32::from(alpha);
    u8::try_from(light).unwrap_or(u8::MAX)
}
