//! Any bytes are a picture that books can hold, or are refused with one warning.

use image::{ImageFormat, ImageReader};
use offprint::Code;
use offprint::model::{ImageSource, MediaType, PictureBytes, Rendition, Resource, ResourceId};
use offprint::parts::images::{ImageSet, ImageStore, Purpose, Wanted};
use offprint::settings::{ImageSettings, Profile};
use std::fs;
use std::io::Cursor;
use std::sync::Arc;

/// A picture of more pixels is refused: what is fuzzed is the reading, not the arithmetic.
const MOST_PIXELS: u64 = 300_000;

pub fn holds(bytes: &[u8]) {
    of_bytes(bytes);
    if let Some(repaired) = with_checksums(bytes) {
        of_bytes(&repaired);
    }
}

fn of_bytes(bytes: &[u8]) {
    let profile = [Profile::Generic, Profile::Kindle, Profile::EInk][bytes.len() % 3];
    let (had, library, source) = get(bytes, profile);
    let Some(picture) = had.pictures.get(&source) else {
        let [warning] = &had.warnings[..] else {
            panic!("{:?} for one picture", had.warnings);
        };
        let codes = [Code::ImageMissing, Code::ImageUnusable];
        assert!(codes.contains(&warning.code), "{warning}");
        assert_eq!(warning.path.as_deref(), Some("story.txt"));
        return;
    };
    let original = picture.original;
    assert_eq!(original.length, bytes.len() as u64);
    assert!(original.width > 0 && original.height > 0);
    let Some(rendition) = &picture.rendition else {
        assert_eq!(had.warnings.len(), 1, "it is left out in silence");
        return;
    };
    assert!(had.warnings.is_empty(), "{:?}", had.warnings);
    let decoded = library.counts().decoded;
    assert!(decoded <= 1, "decoded {decoded} times");
    check(rendition, bytes, profile, decoded);
}

/// Asks for a picture that an article carries. Its bytes are there as long as the library is.
fn get(bytes: &[u8], profile: Profile) -> (ImageSet, ImageStore, ImageSource) {
    let mut settings = ImageSettings::default();
    settings.profile = profile;
    settings.limits.pixels = MOST_PIXELS;
    let (library, _) = ImageStore::open(settings).expect("a library without mirror or cache");
    let id = ResourceId::of(bytes);
    let source = ImageSource::Resource { id, address: None };
    let wanted = Wanted {
        source: source.clone(),
        resource: Some(Resource {
            id,
            bytes: Arc::new(bytes.to_vec()),
        }),
        candidates: Vec::new(),
        referer: None,
        path: "story.txt".to_owned(),
        item: None,
    };
    let had = library.get(&[wanted], Purpose::Embed);
    (had, library, source)
}

/// A rendition keeps to its bounds and can be read; and what comes of it anew is itself.
fn check(rendition: &Rendition, source: &[u8], profile: Profile, decoded: u64) {
    let bytes = bytes_of(rendition);
    assert_eq!(rendition.length, bytes.len() as u64);
    let hash = blake3::hash(&bytes).to_hex();
    assert_eq!(rendition.name, hash[..32], "names come from the content");
    let books = [MediaType::Jpeg, MediaType::Png, MediaType::Gif];
    assert!(books.contains(&rendition.media_type));
    let bounds = match profile {
        Profile::Generic => (1600, 4800),
        _ => (1264, 1680),
    };
    let (width, height) = (rendition.width, rendition.height);
    let fits = width <= bounds.0 && height <= bounds.1;
    assert!(fits && width > 0 && height > 0, "{width}×{height}");
    if *bytes == *source {
        return;
    }
    match (pixels(&bytes), pixels(source)) {
        // What was made is whole, and as it is said to be.
        (Ok(made), _) if decoded > 0 => assert_eq!(made.size, (width, height)),
        // A picture that a page carries is trusted if its structure is in order. Without its metadata
        // it is what it was: to the pixel, or else as damaged as before.
        (Ok(made), Ok(source)) => assert!(made == source, "its pixels changed"),
        (Err(_), Err(_)) if decoded == 0 => {}
        (made, _) => panic!("what was made is {:?}", made.map(|made| made.size)),
    }
    let (had, _library, again) = get(&bytes, profile);
    let second = had
        .pictures
        .rendition(&again)
        .expect("what was made can be used");
    assert!(bytes_of(second) == bytes, "what was made is made anew");
}

/// A picture, all of it decoded.
#[derive(PartialEq)]
struct Pixels {
    media_type: String,
    size: (u32, u32),
    bytes: Vec<u8>,
}

/// Decodes a picture; JPEGs by a decoder of their own: the other gets optimised tables wrong.
fn pixels(bytes: &[u8]) -> Result<Pixels, String> {
    let reader = ImageReader::new(Cursor::new(bytes));
    let reader = reader.with_guessed_format().unwrap();
    let format = reader.format().ok_or("of an unknown kind")?;
    let (size, bytes) = if format == ImageFormat::Jpeg {
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        let pixels = decoder.decode().map_err(|error| error.to_string())?;
        let info = decoder.info().ok_or("without a header")?;
        ((info.width.into(), info.height.into()), pixels)
    } else {
        let image = reader.decode().map_err(|error| error.to_string())?;
        ((image.width(), image.height()), image.into_bytes())
    };
    Ok(Pixels {
        media_type: format.to_mime_type().to_owned(),
        size,
        bytes,
    })
}

fn bytes_of(rendition: &Rendition) -> Vec<u8> {
    match &rendition.bytes {
        PictureBytes::Memory(bytes) => bytes.to_vec(),
        PictureBytes::File(file) => fs::read(file.path()).expect("the picture's file"),
    }
}

/// A PNG whose chunks have the checksums that they should have; `None` for anything else. No fuzzer
/// would guess them.
fn with_checksums(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n")?;
    let mut repaired = b"\x89PNG\r\n\x1A\n".to_vec();
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let Some(content) = rest.get(4..length.checked_add(8)?) else {
            break;
        };
        let mut sum = flate2::Crc::new();
        sum.update(content);
        repaired.extend_from_slice(&rest[..4]);
        repaired.extend_from_slice(content);
        repaired.extend_from_slice(&sum.sum().to_be_bytes());
        rest = rest.get(length + 12..).unwrap_or_default();
    }
    (repaired != bytes).then_some(repaired)
}
