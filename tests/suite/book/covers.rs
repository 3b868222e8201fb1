//! Covers bear words, and volumes differ at a glance.

use super::library::{Files, publication, write};
use super::volumes::articles;
use image::{GenericImageView, RgbImage};
use offprint::Registry;
use offprint::model::{CleanText, Language, Pictures};
use offprint::settings::{BookSettings, CoverFont, Options, Split, WriteSettings, resolve};
use std::path::Path;

/// Volumes by month of some dates, with covers of the usual size.
fn months(title: &str, language: &str, dates: &[&str], font: Option<CoverFont>) -> Files {
    let mut publication = publication();
    publication.title = Some(CleanText::line(title));
    publication.language = Language::new(language);
    let mut settings = WriteSettings::default();
    let books = settings.get_mut::<BookSettings>();
    books.split = Split::Month;
    books.cover_font = font;
    write(
        articles(dates),
        &Pictures::default(),
        &publication,
        &settings,
        3,
    )
}

fn cover(files: &Files, name: &str) -> RgbImage {
    let bytes = &files[&format!("archive-{name}-cover.jpg")];
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

/// How much two pictures differ: 0 to 255.
fn distance(one: &RgbImage, other: &RgbImage) -> u32 {
    let pairs = one.iter().zip(other.iter());
    let sum: u32 = pairs
        .map(|(one, other)| u32::from(one.abs_diff(*other)))
        .sum();
    sum / one.len() as u32
}

/// The rows of a cover that hold something lighter than the ground, below the pattern.
fn written_rows(cover: &RgbImage) -> usize {
    let ground = *cover.get_pixel(2, cover.height() - 3);
    let rows = (cover.height() * 4 / 5..cover.height())
        .chain(cover.height() * 5 / 8..cover.height() * 4 / 5);
    rows.filter(|&y| {
        let mut row = cover.view(0, y, cover.width(), 1).to_image();
        let differs = |pixel: &mut image::Rgb<u8>| pixel.0[1] > ground.0[1].saturating_add(80);
        row.pixels_mut()
            .filter_map(|pixel| differs(pixel).then_some(()))
            .count()
            > 4
    })
    .count()
}

const DATES: [&str; 14] = [
    "2020-01-05T08:00:00Z",
    "2020-02-05T08:00:00Z",
    "2020-03-05T08:00:00Z",
    "2020-04-05T08:00:00Z",
    "2020-05-05T08:00:00Z",
    "2020-06-05T08:00:00Z",
    "2020-07-05T08:00:00Z",
    "2020-08-05T08:00:00Z",
    "2020-09-05T08:00:00Z",
    "2020-10-05T08:00:00Z",
    "2020-11-05T08:00:00Z",
    "2020-12-05T08:00:00Z",
    "2021-01-05T08:00:00Z",
    "2021-02-05T08:00:00Z",
];

#[test]
fn fault_21_volumes_can_be_told_apart_at_the_size_of_a_thumbnail() {
    let files = months("The Monthly Paper", "en", &DATES, None);
    let covers = files.keys().filter(|name| name.ends_with("-cover.jpg"));
    let thumbnails: Vec<RgbImage> = covers
        .map(|name| {
            let cover = image::load_from_memory(&files[name]).unwrap();
            cover.thumbnail_exact(12, 16).to_rgb8()
        })
        .collect();
    assert_eq!(thumbnails.len(), DATES.len());
    for (number, one) in thumbnails.iter().enumerate() {
        for other in &thumbnails[number + 1..] {
            assert!(distance(one, other) > 12, "{}", distance(one, other));
        }
    }
}

#[test]
fn fault_21_a_cover_bears_the_title_and_the_period() {
    let dates = &DATES[..2];
    for (title, language) in [
        ("The Monthly Paper", "en"),
        ("Дом и сад", "ru"),
        ("Straße", "de"),
    ] {
        let files = months(title, language, dates, None);
        let (one, other) = (cover(&files, "2020-01"), cover(&files, "2020-02"));
        assert_eq!((one.width(), one.height()), (1200, 1600));
        assert!(
            written_rows(&one) > 100 && written_rows(&other) > 100,
            "{title}"
        );
        let renamed = months("Another title", language, dates, None);
        assert_ne!(
            files["archive-2020-01-cover.jpg"],
            renamed["archive-2020-01-cover.jpg"]
        );
    }
}

#[test]
fn a_title_that_the_font_lacks_letters_of_leaves_the_period_alone() {
    for (title, language) in [
        ("每月一讀", "zh-Hant"),
        ("نجمة", "ar"),
        ("月刊", "ja"),
        ("다달이", "ko"),
    ] {
        let files = months(title, language, &DATES[..1], None);
        assert!(written_rows(&cover(&files, "2020-01")) > 60, "{title}");
        let renamed = months("鬱", language, &DATES[..1], None);
        assert_eq!(
            files["archive-2020-01-cover.jpg"],
            renamed["archive-2020-01-cover.jpg"]
        );
    }
}

#[test]
fn long_titles_fit() {
    for title in [
        "A title that goes on and on, and then goes on some more, until nobody who reads it can tell any longer \
         how it began, let alone where it might be going to end, if it ever does so at all, which is doubtful",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "W",
    ] {
        let files = months(title, "en", &DATES[..1], None);
        let cover = cover(&files, "2020-01");
        let ground = *cover.get_pixel(2, 1597);
        for y in 1000..1600 {
            for x in (0..40).chain(1160..1200) {
                let pixel = cover.get_pixel(x, y);
                assert!(pixel.0[1].abs_diff(ground.0[1]) < 24, "{title}: {x}, {y}");
            }
        }
    }
}

/// The settings that a font file gives.
fn with_font(path: &Path) -> offprint::Result<WriteSettings> {
    let mut options = Options::default();
    options.input.paths = Some(vec!["articles".into()]);
    options.epub.cover_font = Some(path.to_owned());
    Ok(resolve(options, &Registry::standard())?.write)
}

#[test]
fn a_font_of_ones_own_writes_the_title() {
    let font = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/images/formats/fonts/DrawingLabels-Regular.ttf");
    let settings = with_font(&font).unwrap();
    let font = settings.get::<BookSettings>().cover_font.clone();
    assert!(font.is_some());
    let (plain, own) = (
        months("The Paper", "en", &DATES[..1], None),
        months("The Paper", "en", &DATES[..1], font),
    );
    let (plain, own) = (cover(&plain, "2020-01"), cover(&own, "2020-01"));
    assert!(written_rows(&own) > 100);
    assert_ne!(plain, own);
}

#[test]
fn what_is_no_font_is_refused_with_a_hint() {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = place.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let long = write("long.ttf", b"");
    let file = std::fs::File::options().write(true).open(&long).unwrap();
    file.set_len(1 << 30).unwrap();
    let cut = &std::fs::read("src/images/formats/fonts/DrawingLabels-Bold.ttf").unwrap()[..900];
    for (path, hint) in [
        (write("empty.ttf", b""), "TrueType"),
        (write("words.ttf", b"no font at all"), "TrueType"),
        (write("woff.woff2", b"wOF2\x00\x01\x00\x00"), "unpacked"),
        (write("cut.ttf", cut), "TrueType"),
        (long, "at most"),
    ] {
        let error = with_font(&path).unwrap_err();
        let said = error.hint().unwrap();
        assert!(said.contains(hint), "{error}: {said}");
        assert!(error.to_string().contains("epub.cover_font"), "{error}");
    }
    assert!(with_font(&place.path().join("none.ttf")).is_err());
}

#[test]
fn settings_with_another_font_differ() {
    let read = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/images/formats/fonts");
        CoverFont::read(&folder.join(name)).unwrap()
    };
    let (one, other) = (
        read("DrawingLabels-Regular.ttf"),
        read("DrawingLabels-Bold.ttf"),
    );
    assert_ne!(one, other);
    assert_ne!(format!("{one:?}"), format!("{other:?}"));
    assert!(format!("{one:?}").len() < 100, "not the bytes");
}
