//! A folder of broken and odd pictures: every kind, whole, cut off at ten places, with bits flipped.
//! The run ends well, takes little memory, and its book holds only pictures that can be seen.

use super::hostile::unpacked;
use super::measured::measured;
use super::place::Place;
use super::samples::{self, encoded};
use super::server::{Server, body};
use super::*;
use image::ImageFormat::{Bmp, Gif, Ico, Png, Tiff};
use jpeg_encoder::ColorType::{Cmyk, CmykAsYcck, Luma, Rgb};
use std::collections::BTreeSet;

/// The most memory that a run may take, in bytes.
const MEMORY: u64 = 512_000_000;

/// Every kind of picture by its name, and whether a book can show it.
fn kinds() -> Vec<(&'static str, Vec<u8>, bool)> {
    let deep = DynamicImage::ImageRgb16(samples::photograph(64, 48).to_rgb16());
    let grey = samples::photograph(64, 48).to_luma_alpha8();
    let squares = DynamicImage::ImageRgba8(samples::drawing(32, 32).to_rgba8());
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"40\">\
        <circle cx=\"30\" cy=\"20\" r=\"15\" fill=\"teal\"/></svg>";
    let box_of = |brand: &str| format!("\0\0\0\x18ftyp{brand}\0\0\0\0mif1{brand}").into_bytes();
    vec![
        ("baseline.jpg", samples::jpeg_of(Rgb, false, 64), true),
        ("progressive.jpg", samples::jpeg_of(Rgb, true, 64), true),
        ("grey.jpg", samples::jpeg_of(Luma, false, 64), true),
        ("cmyk.jpg", samples::jpeg_of(Cmyk, false, 64), true),
        ("ycck.jpg", samples::jpeg_of(CmykAsYcck, true, 64), true),
        (
            "exif.jpg",
            samples::with_exif(&samples::jpeg(64, 48), 6),
            true,
        ),
        ("1.png", samples::one_bit_png(64, 48), true),
        ("8.png", samples::png(64, 48), true),
        ("16.png", encoded(&deep, Png), true),
        (
            "grey-alpha.png",
            encoded(&DynamicImage::ImageLumaA8(grey), Png),
            true,
        ),
        ("interlaced.png", samples::interlaced_png(64, 48), true),
        ("moving.png", samples::moving_png(64, 48), true),
        ("still.gif", encoded(&samples::drawing(64, 48), Gif), true),
        ("moving.gif", samples::animation(4), true),
        ("lossless.webp", samples::webp(64, 48), true),
        ("lossy.webp", samples::lossy_webp(), true),
        ("moving.webp", samples::moving_webp(64, 48), true),
        (
            "plain.bmp",
            encoded(&samples::photograph(64, 48), Bmp),
            true,
        ),
        (
            "plain.tif",
            encoded(&samples::photograph(64, 48), Tiff),
            true,
        ),
        ("plain.ico", encoded(&squares, Ico), true),
        ("plain.svg", drawing.as_bytes().to_vec(), true),
        ("head.avif", samples::avif(64, 48), false),
        ("plain.avif", samples::MADE_ELSEWHERE[0].1.to_vec(), true),
        ("half.avif", samples::HALF_TRANSPARENT[0].1.to_vec(), true),
        ("plain.jxl", samples::MADE_ELSEWHERE[3].1.to_vec(), true),
        ("half.jxl", samples::HALF_TRANSPARENT[1].1.to_vec(), true),
        ("head.heic", box_of("heic"), false),
        ("head.jxl", b"\xFF\x0A\xFA\x1F\x90\x01\x08".to_vec(), false),
        ("head.jp2", b"\0\0\0\x0CjP  \r\n\x87\n\0\0".to_vec(), false),
    ]
}

/// A picture, ten beginnings of it, and ten copies with bits flipped: places and bits are fixed.
fn variants(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut variants = vec![whole.to_vec()];
    for tenth in 0..10 {
        variants.push(whole[..whole.len() * tenth / 10].to_vec());
    }
    for number in 0..10_usize {
        let mut flipped = whole.to_vec();
        for flip in 0..=number {
            let place = (number * 7_919 + flip * 104_729 + 11) % whole.len();
            flipped[place] ^= 1 << ((number + flip) % 8);
        }
        variants.push(flipped);
    }
    variants
}

/// Builds a book of an article for each kind and checks the run. Gives the book's pictures.
fn build(place: &Place, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut command = place.build(&["-t", "epub", "--report", "report.json"]);
    let (ended, peak) = measured(command.args(arguments));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    assert!(peak < MEMORY, "{peak} bytes");
    let report = std::fs::read(place.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let counts = &report["images"];
    let all = kinds().len() as u64 * 21;
    let (embedded, missing) = (counts["embedded"].as_u64(), counts["missing"].as_u64());
    assert_eq!(embedded.unwrap() + missing.unwrap(), all);
    let whole = kinds().iter().filter(|(.., shown)| *shown).count() as u64;
    assert!(embedded.unwrap() >= whole, "{counts}");
    let files = unpacked(&place.path().join("out/archive.epub"));
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with("html")) {
        let text = String::from_utf8_lossy(bytes);
        for source in text.split("<img src=\"../").skip(1) {
            let source = source.split('"').next().unwrap();
            let there = files.keys().any(|file| file.ends_with(source));
            assert!(there, "{name} shows {source}, which is not there");
        }
    }
    let pictures = files
        .into_iter()
        .filter(|(name, _)| name.contains("images/"));
    pictures.collect()
}

/// An article for each kind that shows its variants.
fn write_articles(place: &Place, address: impl Fn(&str, usize) -> String) {
    for ((name, ..), number) in kinds().iter().zip(1..) {
        let shown: Vec<String> = (0..21).map(|variant| address(name, variant)).collect();
        place.article(number, &shown);
    }
}

#[test]
fn broken_pictures_from_the_network_are_never_in_the_book() {
    let kinds = kinds();
    let answers = kinds.iter().flat_map(|(name, whole, _)| {
        let variants = variants(whole).into_iter().enumerate();
        variants.map(move |(number, bytes)| {
            (
                format!("/{number}/{name}"),
                vec![body("image/jpeg", &bytes)],
            )
        })
    });
    let server = Server::start(answers);
    let place = Place::new();
    write_articles(&place, |name, number| {
        server.address(&format!("/{number}/{name}"))
    });
    // Waits between attempts would be most of the time.
    let pictures = build(&place, &["--profile", "generic"]);
    for (name, bytes) in &pictures {
        // Decodes all of it, or panics.
        let picture = read(bytes);
        assert!(picture.width() > 0, "{name}");
    }
    // Nothing of it comes from a kind that is not whole: the kinds are all there.
    let extensions: BTreeSet<&str> = pictures
        .iter()
        .filter_map(|(name, _)| name.rsplit('.').next())
        .collect();
    assert_eq!(extensions, BTreeSet::from(["gif", "jpg", "png"]));
}

#[test]
fn broken_pictures_in_a_mirror_stop_no_run() {
    for profile in ["generic", "e-ink"] {
        let place = Place::new();
        for (name, whole, _) in kinds() {
            for (number, bytes) in variants(&whole).into_iter().enumerate() {
                let path = format!("a.example/{number}/{name}");
                lay(&place.path().join("mirror"), &path, &bytes);
            }
        }
        write_articles(&place, |name, number| {
            format!("https://a.example/{number}/{name}")
        });
        let arguments = [
            "--offline",
            "--image-mirror",
            "mirror",
            "--profile",
            profile,
        ];
        for (name, bytes) in build(&place, &arguments) {
            let size = imagesize::blob_size(&bytes);
            assert!(
                size.is_ok_and(|size| size.width > 0 && size.height > 0),
                "{name}"
            );
        }
    }
}
