//! Pictures drawn for the tests.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

/// A picture with as many colours as a photograph.
pub fn photograph(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let wave =
            |value: u32, scale: f64| ((f64::from(value) / scale).sin() * 127.0 + 128.0) as u8;
        Rgb([
            wave(x + y, 17.0),
            wave(x * 2 + y * 3, 29.0),
            wave(x.wrapping_mul(y), 411.0),
        ])
    }))
}

/// A picture with a handful of colours.
pub fn drawing(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        if (x / 8 + y / 8) % 2 == 0 {
            Rgb([255, 255, 255])
        } else {
            Rgb([20, 60, 160])
        }
    }))
}

/// A picture whose left half can be seen through.
pub fn transparent(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| {
        let alpha = if x < width / 2 { 0 } else { 255 };
        Rgba([x as u8, y as u8, 90, alpha])
    }))
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&photograph(width, height), ImageFormat::Jpeg)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&drawing(width, height), ImageFormat::Png)
}

pub fn webp(width: u32, height: u32) -> Vec<u8> {
    encoded(&photograph(width, height), ImageFormat::WebP)
}

/// A GIF of many frames.
pub fn animation(frames: usize) -> Vec<u8> {
    use image::codecs::gif::GifEncoder;
    let mut bytes = Vec::new();
    let frame = image::Frame::new(drawing(4, 4).to_rgba8());
    GifEncoder::new(&mut bytes)
        .encode_frames(std::iter::repeat_n(frame, frames))
        .unwrap();
    bytes
}

/// The JPEG with an Exif block that tells an orientation and a place.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"GPS 52.5N 13.4E");
    insert_segment(jpeg, 0xE1, &exif)
}

fn insert_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend_from_slice(&[0xFF, marker]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}

/// A square JPEG with a colour profile.
pub fn with_profile(pixels: &[u8], side: u16, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_icc_profile(profile).unwrap();
    encoder
        .encode(pixels, side, side, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

/// A PNG chunk with its checksum.
pub fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(content);
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[4..]);
    bytes.extend_from_slice(&sum.sum().to_be_bytes());
    bytes
}

/// A black PNG with one bit a pixel: a small file of many pixels.
pub fn one_bit_png(width: u32, height: u32) -> Vec<u8> {
    use std::io::Write;
    let row = vec![0; usize::try_from(width.div_ceil(8) + 1).unwrap()];
    let mut data = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..height {
        data.write_all(&row).unwrap();
    }
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend_from_slice(&[1, 0, 0, 0, 0]);
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        png_chunk(b"IHDR", &header),
        png_chunk(b"IDAT", &data.finish().unwrap()),
        png_chunk(b"IEND", b""),
    ]
    .concat()
}

/// The boxes of an AVIF file that tell its size, and no pixels.
pub fn avif(width: u32, height: u32) -> Vec<u8> {
    let whole = |name: &[u8], content: &[u8]| -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap();
        [&length.to_be_bytes(), name, content].concat()
    };
    let size = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
    let properties = whole(b"iprp", &whole(b"ipco", &whole(b"ispe", &size)));
    let meta = whole(b"meta", &[&[0; 4], properties.as_slice()].concat());
    [whole(b"ftyp", b"avif\0\0\0\0avifmif1miaf"), meta].concat()
}

/// Small pictures of kinds for which no encoder is at hand, made elsewhere: 24×16 pixels, red growing to
/// the right and green downwards, blue a quarter.
pub const MADE_ELSEWHERE: [(&str, &[u8]); 4] = [
    ("420.avif", include_bytes!("files_of/g420.avif")),
    ("444.avif", include_bytes!("files_of/g444.avif")),
    ("grey.avif", include_bytes!("files_of/grey.avif")),
    ("colours.jxl", include_bytes!("files_of/g.jxl")),
];

/// The same with its right half transparent.
pub const HALF_TRANSPARENT: [(&str, &[u8]); 2] = [
    ("alpha.avif", include_bytes!("files_of/alpha.avif")),
    ("alpha.jxl", include_bytes!("files_of/alpha.jxl")),
];

/// A small photograph as lossy WebP. The encoder at hand makes lossless ones only, so this one was
/// made elsewhere: 24×16 pixels, red growing to the right and green downwards.
pub fn lossy_webp() -> Vec<u8> {
    const HEXADECIMAL: &str = "52494646620000005745425056503820560000009003009d012a180010003f117ab4\
        502c282522b008018022096c009d3284700029bbdf162000fee93c4124930b9ad91fcf9336103edf8f1125ea91a8\
        df1b2bc668d8b0da781c7feca381d2db028fd7b8f6d14e180000";
    let digits: Vec<u8> = HEXADECIMAL
        .bytes()
        .map(|digit| u8::try_from(char::from(digit).to_digit(16).unwrap()).unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

/// A WebP of two frames, red and blue.
pub fn moving_webp(width: u32, height: u32) -> Vec<u8> {
    let chunk = |name: &[u8], content: &[u8]| -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let padding = vec![0; content.len() % 2];
        [name, &length, content, &padding].concat()
    };
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let size = [three(width - 1), three(height - 1)].concat();
    let frame = |colour: [u8; 3]| {
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb(colour)));
        let whole = encoded(&image, ImageFormat::WebP);
        // Position, size, 100 ms, no blending; then the frame's own chunks.
        let head = [vec![0; 6], size.clone(), three(100), vec![2]].concat();
        chunk(b"ANMF", &[head, whole[12..].to_vec()].concat())
    };
    let chunks = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[vec![2, 0, 0, 0], size.clone()].concat()),
        chunk(b"ANIM", &[0, 0, 0, 0, 0, 0]),
        frame([250, 10, 10]),
        frame([10, 10, 250]),
    ]
    .concat();
    chunk(b"RIFF", &chunks)
}

/// A PNG of two frames.
pub fn moving_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for image in [photograph(width, height), drawing(width, height)] {
        writer.write_image_data(image.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

/// A grey PNG whose rows come in seven passes (PNG, section 8: Adam7).
pub fn interlaced_png(width: usize, height: usize) -> Vec<u8> {
    use std::io::Write;
    const PASSES: [(usize, usize, usize, usize); 7] = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];
    let mut data = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for (left, top, right, down) in PASSES {
        for y in (top..height).step_by(down) {
            let row: Vec<u8> = (left..width)
                .step_by(right)
                .map(|x| (x * 5 + y * 3) as u8)
                .collect();
            if !row.is_empty() {
                data.write_all(&[0]).unwrap();
                data.write_all(&row).unwrap();
            }
        }
    }
    let side = |side: usize| u32::try_from(side).unwrap().to_be_bytes();
    let header = [&side(width)[..], &side(height), &[8, 0, 0, 0, 1]].concat();
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        png_chunk(b"IHDR", &header),
        png_chunk(b"IDAT", &data.finish().unwrap()),
        png_chunk(b"IEND", b""),
    ]
    .concat()
}

/// A JPEG as an encoder for print or for slow lines makes it.
pub fn jpeg_of(kind: jpeg_encoder::ColorType, progressive: bool, side: u16) -> Vec<u8> {
    let channels = match kind {
        jpeg_encoder::ColorType::Luma => 1,
        jpeg_encoder::ColorType::Rgb => 3,
        _ => 4,
    };
    let pixels: Vec<u8> = (0..usize::from(side) * usize::from(side) * channels)
        .map(|place| (place * place / 97) as u8)
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.set_progressive(progressive);
    encoder.encode(&pixels, side, side, kind).unwrap();
    bytes
}
