//! Pictures in the mirror: what becomes of each kind.

use super::samples::{self, encoded};
use super::*;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use offprint::model::{MediaType, Resource, ResourceId};
use offprint::settings::Profile;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A mirror and a cache of one test.
struct Place {
    cache: tempfile::TempDir,
    mirror: tempfile::TempDir,
}

const ADDRESS: &str = "https://a.example/x";

impl Place {
    fn new() -> Self {
        Place {
            cache: tempfile::tempdir().unwrap(),
            mirror: tempfile::tempdir().unwrap(),
        }
    }

    fn store(&self, profile: Profile) -> ImageStore {
        let mut settings = offline(self.cache.path(), self.mirror.path());
        settings.profile = profile;
        open(settings)
    }

    fn get(&self, profile: Profile, picture: &[u8]) -> ImageSet {
        lay(self.mirror.path(), "a.example/x", picture);
        get(&self.store(profile), ADDRESS)
    }
}

fn had(profile: Profile, picture: &[u8]) -> ImageSet {
    Place::new().get(profile, picture)
}

/// The rendition of a picture and its bytes.
fn rendered(profile: Profile, picture: &[u8]) -> (Rendition, Vec<u8>) {
    let place = Place::new();
    let rendition = rendition(&place.get(profile, picture), ADDRESS);
    let bytes = bytes(&rendition);
    (rendition, bytes)
}

fn decoded(profile: Profile, picture: &[u8]) -> DynamicImage {
    let (_, bytes) = rendered(profile, picture);
    read(&bytes)
}

fn assert_not_had(picture: &[u8], code: Code, reason: &str) {
    let had = had(Profile::Generic, picture);
    assert_eq!(only_warning(&had), (code, reason.to_owned()));
    assert!(had.pictures.rendition(&source(ADDRESS)).is_none());
}

#[test]
fn what_fits_passes_through_untouched_and_is_not_copied() {
    for picture in [
        samples::jpeg(300, 200),
        samples::png(300, 200),
        encoded(&samples::drawing(30, 20), ImageFormat::Gif),
        samples::animation(3),
    ] {
        let place = Place::new();
        let had = place.get(Profile::Generic, &picture);
        let rendition = rendition(&had, ADDRESS);
        assert_eq!(bytes(&rendition), picture);
        let file = place.mirror.path().join("a.example/x");
        let PictureBytes::File(found) = rendition.bytes else {
            panic!("a picture in memory")
        };
        assert_eq!(found.path(), file);
        let blobs = place.cache.path().join("v1/blobs");
        assert_eq!(std::fs::read_dir(blobs).unwrap().count(), 0);
    }
}

#[test]
fn hostile_51_other_kinds_become_jpeg_or_png_by_content() {
    use ImageFormat::{Bmp, Ico, Tiff, WebP};
    for format in [WebP, Bmp, Tiff, Ico] {
        let mut photograph = samples::photograph(120, 80);
        if format == Ico {
            photograph = DynamicImage::ImageRgba8(photograph.to_rgba8());
        }
        for (image, expected) in [
            (photograph, MediaType::Jpeg),
            (samples::drawing(120, 80), MediaType::Png),
            (samples::transparent(120, 80), MediaType::Png),
        ] {
            let image = if format == Ico {
                DynamicImage::ImageRgba8(image.to_rgba8())
            } else {
                image
            };
            let (rendition, bytes) = rendered(Profile::Generic, &encoded(&image, format));
            assert_eq!(rendition.media_type, expected, "{format:?}");
            let result = read(&bytes);
            assert_eq!(result.dimensions(), (120, 80));
            if expected == MediaType::Png {
                assert_eq!(result.to_rgba8(), image.to_rgba8(), "{format:?}");
            }
        }
    }
}

#[test]
fn hostile_51_kinds_that_cannot_be_read_are_told_of() {
    let avif = b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf";
    for (start, reason) in [
        (
            &b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..],
            "HEIC can't be read",
        ),
        (b"\xFF\x0A\xFA\x1F", "its header can't be read"),
        (b"\0\0\0\x0CJXL \r\n\x87\n", "its header can't be read"),
        (b"\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000 can't be read"),
        (avif, "its header can't be read"),
    ] {
        assert_not_had(start, Code::ImageUnusable, reason);
    }
}

#[test]
fn avif_and_jpeg_xl_pictures_are_embedded() {
    for (name, bytes) in samples::MADE_ELSEWHERE {
        let image = decoded(Profile::Generic, bytes).to_rgb8();
        assert_eq!(image.dimensions(), (24, 16), "{name}");
        for (x, y) in [(2, 2), (20, 3), (4, 13), (21, 14)] {
            let colours = [x * 255 / 23, y * 255 / 15, 64].map(|light| light as f32);
            let grey = colours[0] * 0.299 + colours[1] * 0.587 + colours[2] * 0.114;
            let expected = if name.starts_with("grey") {
                [grey; 3]
            } else {
                colours
            };
            for (channel, expected) in image.get_pixel(x, y).0.iter().zip(expected) {
                let difference = (f32::from(*channel) - expected).abs();
                assert!(difference < 26.0, "{name} {x},{y}: {channel} {expected}");
            }
        }
    }
    for (name, bytes) in samples::HALF_TRANSPARENT {
        let image = decoded(Profile::Generic, bytes).to_rgba8();
        let alpha = [(2, 2), (20, 3)].map(|(x, y)| image.get_pixel(x, y).0[3]);
        assert!(alpha[0] > 240 && alpha[1] < 15, "{name}: {alpha:?}");
    }
}

#[test]
fn hostile_51_an_avif_picture_without_pixels_is_described_and_not_embedded() {
    let had = had(Profile::Generic, &samples::avif(320, 200));
    let expected = (Code::ImageUnusable, "it is damaged".to_owned());
    assert_eq!(only_warning(&had), expected);
    let picture = had.pictures.get(&source(ADDRESS)).unwrap();
    assert_eq!(picture.original.media_type, MediaType::Avif);
    assert_eq!(
        (picture.original.width, picture.original.height),
        (320, 200)
    );
    assert_eq!(picture.rendition, None);
}

#[test]
fn hostile_52_every_orientation_comes_upright() {
    // Red above blue, green to the right of both.
    let upright = DynamicImage::ImageRgb8(RgbImage::from_fn(96, 64, |x, y| {
        if x >= 48 {
            Rgb([0, 200, 0])
        } else if y < 32 {
            Rgb([200, 0, 0])
        } else {
            Rgb([0, 0, 200])
        }
    }));
    for orientation in 0..=9_u8 {
        let stored = match orientation {
            2 => upright.fliph(),
            3 => upright.rotate180(),
            4 => upright.flipv(),
            5 => upright.rotate90().fliph(),
            6 => upright.rotate270(),
            7 => upright.rotate270().fliph(),
            8 => upright.rotate90(),
            _ => upright.clone(),
        };
        let picture = samples::with_exif(&encoded(&stored, ImageFormat::Jpeg), orientation);
        let place = Place::new();
        let had = place.get(Profile::Generic, &picture);
        let original = had.pictures.get(&source(ADDRESS)).unwrap().original;
        assert_eq!((original.width, original.height), (96, 64), "{orientation}");
        let result = pixels(&rendition(&had, ADDRESS)).to_rgb8();
        for (x, y, channel) in [(20, 10, 0), (20, 50, 2), (70, 10, 1), (70, 50, 1)] {
            let pixel = result.get_pixel(x, y).0;
            assert!(pixel[channel] > 150, "{orientation}: {x},{y} is {pixel:?}");
        }
    }
}

#[test]
fn hostile_52_metadata_goes_without_a_pixel_changing() {
    let plain = samples::jpeg(200, 100);
    let (_, bytes) = rendered(Profile::Generic, &samples::with_exif(&plain, 1));
    assert_eq!(bytes, plain);
    let mut with_text = samples::png(60, 40);
    let text = samples::png_chunk(b"tEXt", b"Comment\0taken at 52.5N 13.4E");
    with_text.splice(33..33, text);
    let (_, bytes) = rendered(Profile::Generic, &with_text);
    assert_eq!(bytes, samples::png(60, 40));
}

#[test]
fn black_and_white_photographs_stay_so() {
    // Their colour channels hold one value, so that optimised tables hold one code.
    let grey = samples::photograph(1700, 40).to_luma8();
    let photograph = DynamicImage::ImageRgb8(DynamicImage::ImageLuma8(grey.clone()).to_rgb8());
    let mut picture = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut picture, 90);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(
            photograph.as_bytes(),
            1700,
            40,
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap();
    let result = decoded(Profile::Generic, &picture).to_rgb8();
    for pixel in result.pixels() {
        let [red, green, blue] = pixel.0;
        assert!(
            red.abs_diff(green) < 4 && green.abs_diff(blue) < 4,
            "{pixel:?}"
        );
    }
}

#[test]
fn hostile_52_four_inks_become_srgb() {
    use jpeg_encoder::{ColorType, Encoder};
    for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        // Pure magenta; the encoder inverts it as Adobe does.
        let mut picture = Vec::new();
        Encoder::new(&mut picture, 95)
            .encode(&[0, 255, 0, 0].repeat(64 * 64), 64, 64, kind)
            .unwrap();
        let image = decoded(Profile::Generic, &picture).to_rgb8();
        let [red, green, blue] = image.get_pixel(30, 30).0;
        assert!(
            red > 200 && green < 60 && blue > 200,
            "{kind:?}: {red} {green} {blue}"
        );
    }
}

#[test]
fn hostile_52_sixteen_bits_become_eight() {
    let deep = DynamicImage::ImageRgb16(samples::photograph(80, 60).to_rgb16());
    let (rendition, bytes) = rendered(Profile::Generic, &encoded(&deep, ImageFormat::Png));
    assert_eq!(rendition.media_type, MediaType::Jpeg);
    assert_eq!(read(&bytes).color(), image::ColorType::Rgb8);
    let grey = DynamicImage::ImageLumaA16(samples::transparent(80, 60).to_luma_alpha16());
    let result = decoded(Profile::Generic, &encoded(&grey, ImageFormat::Png));
    assert_eq!(result.color(), image::ColorType::La8);
}

#[test]
fn hostile_52_wide_colours_become_srgb() {
    let mut wide = moxcms::ColorProfile::new_display_p3();
    wide.rendering_intent = moxcms::RenderingIntent::Perceptual;
    let picture =
        samples::with_profile(&[200, 60, 60].repeat(32 * 32), 32, &wide.encode().unwrap());
    let [red, green, _] = decoded(Profile::Generic, &picture)
        .to_rgb8()
        .get_pixel(9, 9)
        .0;
    assert!(red > 210 && green < 50, "{red} {green}");
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let picture = samples::with_profile(&[200, 60, 60].repeat(32 * 32), 32, &srgb);
    assert_eq!(rendered(Profile::Generic, &picture).1, picture);
}

/// Decoders and scalers have code of their own for this processor or that: it has to give the same
/// bytes everywhere. A dependency that changes them changes these names, which are made of them.
#[test]
fn every_processor_makes_the_same_bytes() {
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let jpeg = |width, height| encoded(&whole_numbers(width, height), ImageFormat::Jpeg);
    let png = encoded(&whole_numbers(1700, 850), ImageFormat::Png);
    let colours = whole_numbers(32, 32).to_rgb8().into_raw();
    let with_profile = samples::with_profile(&colours, 32, &wide);
    for (profile, picture, name) in [
        (
            Profile::Kindle,
            jpeg(1700, 850),
            "1b0e4e2f2250412acffc2e1d653a4765",
        ),
        (
            Profile::EInk,
            jpeg(800, 600),
            "e2cd569578f57db1a0254e9bb7f2e9cd",
        ),
        (Profile::EInk, png, "66ada1e5a65bbcb1dda90393e6adae7b"),
        (
            Profile::Generic,
            samples::lossy_webp(),
            "61d943f7d10406dfd5c81b0c00fba96d",
        ),
        (
            Profile::Generic,
            samples::with_exif(&jpeg(90, 60), 6),
            "c3fcd856e64862dfe53e2fbccff586c6",
        ),
        (
            Profile::Generic,
            with_profile,
            "5cd50e6fb89417a04a47edac912e17cb",
        ),
    ] {
        assert_eq!(rendered(profile, &picture).0.name, name, "{profile:?}");
    }
}

/// A picture with many colours, drawn without fractions, which machines may round differently.
fn whole_numbers(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let [red, green, ..] = (x * y / 7).to_le_bytes();
        Rgb([red ^ green, (x / 3 + y / 5) as u8, (x * 2 + y) as u8])
    }))
}

#[test]
fn pictures_are_scaled_down_to_the_device() {
    let picture = samples::jpeg(1700, 850);
    for (profile, size) in [
        (Profile::Generic, (1600, 800)),
        (Profile::Kindle, (1264, 632)),
        (Profile::Kobo, (1264, 632)),
        (Profile::EInk, (1264, 632)),
    ] {
        let (rendition, bytes) = rendered(profile, &picture);
        assert_eq!((rendition.width, rendition.height), size);
        assert!(bytes.len() < picture.len());
    }
}

#[test]
fn no_file_grows() {
    // One colour compresses to nothing at any size; its reduction would be larger.
    let plain = encoded(
        &DynamicImage::ImageRgb8(RgbImage::from_fn(1700, 20, |x, _| {
            if x % 2 == 0 {
                Rgb([0; 3])
            } else {
                Rgb([255; 3])
            }
        })),
        ImageFormat::Png,
    );
    let (_, bytes) = rendered(Profile::Generic, &plain);
    assert!(bytes.len() <= plain.len());
}

#[test]
fn electronic_paper_gets_sixteen_greys() {
    let picture = encoded(&samples::photograph(400, 300), ImageFormat::Png);
    let (rendition, bytes) = rendered(Profile::EInk, &picture);
    assert_eq!(rendition.media_type, MediaType::Png);
    assert!(bytes.len() <= picture.len());
    let result = read(&bytes);
    assert!(!result.color().has_color());
    let shades: BTreeSet<u8> = result.to_luma8().pixels().map(|pixel| pixel.0[0]).collect();
    assert!(
        shades.len() <= 16 && shades.iter().all(|shade| shade % 17 == 0),
        "{shades:?}"
    );
    // A photograph, and a drawing whose dither would be larger than it.
    let palette = rendered(Profile::Generic, &samples::webp(400, 300)).1;
    for picture in [samples::jpeg(400, 300), samples::png(400, 300), palette] {
        let (_, bytes) = rendered(Profile::EInk, &picture);
        assert!(!read(&bytes).color().has_color());
        assert!(bytes.len() <= picture.len());
    }
}

#[test]
fn white_lines_on_nothing_are_seen_on_electronic_paper() {
    let drawing = |shade: u8| {
        encoded(
            &DynamicImage::ImageRgba8(RgbaImage::from_fn(64, 64, |x, _| {
                let is_line = x % 8 == 0;
                Rgba([shade, shade, shade, if is_line { 255 } else { 0 }])
            })),
            ImageFormat::Png,
        )
    };
    for (lines, page) in [(255, 0), (0, 255)] {
        let (_, bytes) = rendered(Profile::EInk, &drawing(lines));
        let result = read(&bytes).to_luma8();
        assert_eq!(result.get_pixel(8, 8).0, [lines]);
        assert_eq!(result.get_pixel(4, 4).0, [page]);
    }
}

#[test]
fn a_kobo_gets_no_transparent_pictures() {
    let clear = |colours: u32| {
        DynamicImage::ImageRgba8(RgbaImage::from_fn(64, 64, |x, y| {
            let shade = ((x * 7 + y * 3) % colours) as u8;
            Rgba([shade, 90, 9, if x < 32 { 0 } else { 128 }])
        }))
    };
    let grey = DynamicImage::ImageLumaA8(clear(3).to_luma_alpha8());
    for picture in [clear(3), clear(255), grey] {
        let picture = encoded(&picture, ImageFormat::Png);
        let (rendition, bytes) = rendered(Profile::Kobo, &picture);
        assert_eq!(rendition.media_type, MediaType::Png);
        let result = read(&bytes);
        assert!(!result.color().has_alpha());
        assert_eq!(result.to_rgb8().get_pixel(5, 5).0, [255; 3]);
        assert_eq!(rendered(Profile::Generic, &picture).1, picture);
        assert_eq!(rendered(Profile::Kindle, &picture).1, picture);
    }
    let white = DynamicImage::ImageRgba8(RgbaImage::from_fn(64, 64, |x, _| {
        Rgba([255, 255, 255, if x % 8 == 0 { 255 } else { 0 }])
    }));
    let (_, bytes) = rendered(Profile::Kobo, &encoded(&white, ImageFormat::Png));
    assert_eq!(read(&bytes).to_rgb8().get_pixel(4, 4).0, [0; 3]);
}

#[test]
fn electronic_paper_gets_no_progressive_jpeg() {
    let photograph = samples::photograph(300, 200).to_rgb8();
    // So rough a picture that grey forms of it would be larger.
    for quality in [1, 30, 90] {
        let mut picture = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut picture, quality);
        encoder.set_progressive(true);
        encoder
            .encode(&photograph, 300, 200, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        let progressive = |bytes: &[u8]| bytes.windows(2).any(|pair| pair == [0xFF, 0xC2]);
        assert!(progressive(&picture));
        let (_, bytes) = rendered(Profile::EInk, &picture);
        assert!(!progressive(&bytes), "{quality}");
        assert_eq!(rendered(Profile::Generic, &picture).1, picture);
    }
}

#[test]
fn hostile_50_animations_pass_except_on_electronic_paper() {
    let picture = samples::animation(20);
    assert_eq!(rendered(Profile::Kindle, &picture).1, picture);
    let (rendition, _) = rendered(Profile::EInk, &picture);
    assert_eq!(rendition.media_type, MediaType::Png);
    let many = samples::animation(2_000);
    assert_eq!(rendered(Profile::Generic, &many).1, many);
}

#[test]
fn hostile_48_pixels_are_counted_before_they_are_decoded() {
    let huge = samples::one_bit_png(30_000, 30_000);
    assert!(huge.len() < 2_000_000, "{}", huge.len());
    assert_not_had(
        &huge,
        Code::ImageUnusable,
        "30000×30000 pixels are too many",
    );
    let mut gif = encoded(&samples::drawing(8, 8), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert_not_had(&gif, Code::ImageUnusable, "65535×65535 pixels are too many");
    // A WebP that says how large its canvas is, and has nothing on it.
    let mut webp = b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0".to_vec();
    webp.extend_from_slice(&[0xFE, 0x3F, 0, 0xFE, 0x3F, 0]);
    assert_not_had(
        &webp,
        Code::ImageUnusable,
        "16383×16383 pixels are too many",
    );
}

#[test]
fn hostile_43_mirror_files_are_checked_by_structure() {
    let jpeg = samples::jpeg(60, 40);
    let png = samples::png(60, 40);
    let gif = encoded(&samples::drawing(60, 40), ImageFormat::Gif);
    let webp = samples::webp(60, 40);
    for whole in [jpeg, png.clone(), gif, webp] {
        // Of a JPEG, what there is can be shown (fault 15).
        let tenths = if whole.starts_with(b"\xFF\xD8") {
            5
        } else {
            10
        };
        for tenth in 1..tenths {
            let cut = &whole[..whole.len() * tenth / 10];
            let had = had(Profile::Generic, cut);
            assert_eq!(only_warning(&had).0, Code::ImageMissing, "{tenth}/10");
        }
    }
    let mut flipped = png;
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    assert_not_had(&flipped, Code::ImageUnusable, "a checksum in it is wrong");
    assert_not_had(b"", Code::ImageMissing, "the picture is cut off");
}

#[test]
fn hostile_53_drawings_become_pixels() {
    let drawing = br#"<?xml version="1.0"?>
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30" width="60" height="30">
        <script>x()</script><circle cx="15" cy="15" r="10" fill="red"/></svg>"#;
    let had = had(Profile::Generic, drawing);
    let rendition = rendition(&had, ADDRESS);
    assert_eq!(rendition.media_type, MediaType::Png);
    assert_eq!((rendition.width, rendition.height), (60, 30));
    let original = had.pictures.get(&source(ADDRESS)).unwrap().original;
    assert_eq!(original.media_type, MediaType::Svg);
}

/// A drawing with a label, and things that run, lead elsewhere or come from elsewhere.
fn labelled(label: &str) -> Vec<u8> {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
        width="60" height="30" onload="x()" data-made="y"><script>x()</script>
        <style>text {{ fill: teal }}</style><style>@import "https://x.example/a.css";</style>
        <a xlink:href="javascript:x()"><text x="2" y="20" onclick="x()"
        style="fill:url(https://x.example/b.svg#c)">{label}</text></a>
        <image href="https://x.example/d.png" width="9" height="9"/><animate attributeName="x"/>
        <defs><circle id="dot" r="9"/></defs><use xlink:href="#dot" x="40" y="9"/>
        <use href="https://x.example/e.svg#f"/></svg>"##
    )
    .into_bytes()
}

#[test]
fn book_04_a_drawing_in_a_script_that_the_font_lacks_goes_into_the_book_itself() {
    for label in ["水位图", "مخطط", "ระดับน้ำ", "水位 with latin letters"]
    {
        let place = Place::new();
        let store = place.store(Profile::Generic);
        let (source, image) = brought(labelled(label));
        let had = store.get(&[image], Purpose::Embed);
        assert_eq!(had.warnings, []);
        let rendition = had.pictures.rendition(&source).unwrap();
        assert_eq!(rendition.media_type, MediaType::Svg);
        assert_eq!((rendition.width, rendition.height), (60, 30));
        let document = String::from_utf8(bytes(rendition)).unwrap();
        for kept in [
            label,
            "viewBox=\"0 0 60 30\"",
            "xlink:href=\"#dot\"",
            "fill: teal",
        ] {
            assert!(document.contains(kept), "{kept}: {document}");
        }
        let left_out = [
            "x.example",
            "script",
            "x()",
            "import",
            "animate",
            "data-made",
        ];
        for gone in left_out {
            assert!(!document.contains(gone), "{gone}: {document}");
        }
    }
    let drawn = had(Profile::Generic, &labelled("Pegel Уровень"));
    assert_eq!(rendition(&drawn, ADDRESS).media_type, MediaType::Png);
}

#[test]
fn book_04_devices_that_take_no_drawings_get_a_placeholder_that_says_why() {
    for profile in [Profile::Kindle, Profile::Kobo, Profile::EInk] {
        let had = had(profile, &labelled("水位"));
        let (code, reason) = only_warning(&had);
        assert_eq!(code, Code::ImageUnusable);
        assert_eq!(
            reason,
            "the drawing holds letters that the program's font lacks"
        );
    }
}

#[test]
fn book_22_a_tall_drawing_is_cut_into_pieces_as_a_tall_picture_is() {
    for (height, pieces) in [(6000, 5..=20), (1600, 1..=1), (2400, 2..=6)] {
        let rows: String = (0..height / 100)
            .map(|row| format!("<text x=\"9\" y=\"{}\">Row {row}</text>", row * 100 + 60))
            .collect();
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"500\" height=\"{height}\">{rows}</svg>"
        );
        let had = had(Profile::Generic, drawing.as_bytes());
        let rendition = rendition(&had, ADDRESS);
        let count = 1 + rendition.below.len();
        assert!(pieces.contains(&count), "{height}: {count}");
        let whole: u32 = rendition.height + rendition.below.iter().map(|it| it.height).sum::<u32>();
        assert_eq!(whole, height, "{height}");
    }
}

/// An image whose bytes the archive brings.
fn brought(bytes: Vec<u8>) -> (ImageSource, Wanted) {
    let id = ResourceId::of(&bytes);
    let source = ImageSource::Resource { id, address: None };
    let image = Wanted {
        resource: Some(Resource {
            id,
            bytes: Arc::new(bytes),
        }),
        ..wanted(source.clone())
    };
    (source, image)
}

#[test]
fn pictures_that_the_page_carries_are_had_too() {
    let place = Place::new();
    let store = place.store(Profile::Generic);
    for (picture, media_type) in [
        (samples::png(20, 20), MediaType::Png),
        (samples::webp(90, 90), MediaType::Jpeg),
    ] {
        let (embedded, image) = brought(picture);
        let had = store.get(&[image], Purpose::Embed);
        assert_eq!(had.warnings, []);
        let rendition = had.pictures.rendition(&embedded).unwrap();
        assert_eq!(rendition.media_type, media_type);
        let _ = bytes(rendition);
    }
    let (_, broken) = brought(b"nothing".to_vec());
    let had = store.get(&[broken], Purpose::Embed);
    assert_eq!(only_warning(&had).0, Code::ImageMissing);
    assert_eq!(store.counts().embedded, 2);
}

#[test]
fn a_conversion_is_done_once() {
    let place = Place::new();
    let first = rendition(
        &place.get(Profile::Generic, &samples::webp(90, 60)),
        ADDRESS,
    );
    let PictureBytes::File(file) = &first.bytes else {
        panic!("in the cache");
    };
    let file = file.path();
    let made = std::fs::metadata(file).unwrap().modified().unwrap();
    let second = rendition(&get(&place.store(Profile::Generic), ADDRESS), ADDRESS);
    assert_eq!(first, second);
    assert_eq!(std::fs::metadata(file).unwrap().modified().unwrap(), made);
    // What is damaged in the cache is made anew.
    std::fs::write(file, b"damaged").unwrap();
    let third = rendition(&get(&place.store(Profile::Generic), ADDRESS), ADDRESS);
    let _ = pixels(&third);
}

#[test]
fn the_mirror_is_found_under_both_addresses_and_all_spellings() {
    for name in [
        "a.example/%E7%89%B9.jpg?w=1",
        "a.example/特.jpg?w=1",
        "proxy.example/index.html?url=a.example%2F%E7%89%B9.jpg",
        "proxy.example/?url=a.example/%E7%89%B9.jpg",
    ] {
        let place = Place::new();
        lay(place.mirror.path(), name, &samples::jpeg(30, 20));
        let both = proxied(
            "https://a.example/特.jpg?w=1",
            "https://proxy.example/?url=a.example/特.jpg",
        );
        let had = place
            .store(Profile::Generic)
            .get(&[wanted(both.clone())], Purpose::Embed);
        assert!(had.pictures.rendition(&both).is_some(), "{name}");
    }
}

#[test]
fn the_mirror_has_the_picture_of_a_folder_under_the_name_that_wget_gives_it() {
    for (address, name) in [
        ("https://a.example/x/", "a.example/x/index.html"),
        ("https://a.example/", "a.example/index.html"),
    ] {
        let place = Place::new();
        lay(place.mirror.path(), name, &samples::jpeg(30, 20));
        let had = get(&place.store(Profile::Generic), address);
        assert_eq!(had.warnings, [], "{address}");
    }
}

#[test]
fn a_folder_or_a_pipe_in_the_mirror_is_no_picture() {
    let place = Place::new();
    std::fs::create_dir_all(place.mirror.path().join("a.example/x")).unwrap();
    let had = get(&place.store(Profile::Generic), ADDRESS);
    assert_eq!(only_warning(&had).0, Code::ImageMissing);
}

#[test]
fn a_mirror_that_is_no_folder_ends_the_run() {
    let place = Place::new();
    let settings = offline(place.cache.path(), &place.mirror.path().join("nothing"));
    assert!(ImageStore::open(settings).is_err());
}

#[test]
fn a_cache_that_cannot_be_used_costs_one_warning() {
    let place = Place::new();
    let file = place.cache.path().join("file");
    std::fs::write(&file, b"in the way").unwrap();
    lay(place.mirror.path(), "a.example/x", &samples::webp(90, 60));
    let settings = offline(&file, place.mirror.path());
    let (store, warnings) = ImageStore::open(settings).unwrap();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].code, Code::CacheUnusable);
    let _ = pixels(&rendition(&get(&store, ADDRESS), ADDRESS));
}

fn any_picture() -> impl Strategy<Value = Vec<u8>> {
    use ImageFormat::{Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP};
    let formats = prop::sample::select(vec![Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP]);
    (formats, 1..40_u32, 1..40_u32).prop_map(|(format, width, height)| {
        let image = samples::photograph(width, height);
        match format {
            Ico => encoded(&DynamicImage::ImageRgba8(image.to_rgba8()), format),
            _ => encoded(&image, format),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever the bytes are: a picture that decodes, or one warning; never a panic.
    #[test]
    fn damaged_pictures_cost_a_warning_at_most(
        mut picture in any_picture(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 0..6),
        keep in any::<prop::sample::Index>(),
        cut in any::<bool>(),
        profile in prop::sample::select(vec![Profile::Generic, Profile::EInk]),
    ) {
        for (place, bit) in flips {
            let place = place.index(picture.len());
            picture[place] ^= 1 << bit;
        }
        if cut {
            picture.truncate(keep.index(picture.len()));
        }
        let had = had(profile, &picture);
        prop_assert!(had.warnings.len() <= 1);
        let rendered = had.pictures.rendition(&source(ADDRESS)).is_some();
        prop_assert_eq!(rendered, had.warnings.is_empty());
    }
}
