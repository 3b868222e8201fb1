//! Pictures that are none, names that are dangerous, frames without end: what a book makes of them.

use super::place::{Place, run};
use super::samples::{self, encoded};
use super::server::{Server, body_with, status};
use super::*;
use image::{GenericImageView, ImageFormat};
use offprint::model::MediaType;
use offprint::settings::Profile;
use std::collections::BTreeMap;
use std::io::Read;

/// Lays pictures into a mirror under their addresses, shows all of them in one article and gives
/// the files of the book.
fn book(pictures: &[(&str, Vec<u8>)]) -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    let mut addresses = Vec::new();
    for (address, bytes) in pictures {
        lay(&place.path().join("mirror"), address, bytes);
        addresses.push(format!("https://{address}"));
    }
    place.article(1, &addresses);
    let ended = run(&mut place.build(&["-t", "epub", "--offline", "--image-mirror", "mirror"]));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    unpacked(&place.path().join("out/archive.epub"))
}

/// The files of a book by their names.
pub fn unpacked(book: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(book).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().to_owned(), bytes);
    }
    files
}

fn chapter(book: &BTreeMap<String, Vec<u8>>) -> String {
    let chapters = book.iter().filter(|(_, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        text.contains("What the tide brought in on day") && text.contains("</html>")
    });
    let chapters: Vec<_> = chapters.map(|(_, bytes)| bytes.clone()).collect();
    assert_eq!(chapters.len(), 1);
    String::from_utf8(chapters[0].clone()).unwrap()
}

/// The pictures of a book, the cover's left out.
fn pictures(book: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    let names = book.keys().filter(|name| name.contains("images/"));
    let names = names.filter(|name| !name.contains("cover"));
    names.map(|name| name.rsplit('/').next().unwrap()).collect()
}

#[test]
fn hostile_49_dots_and_lines_are_no_pictures() {
    let dot = encoded(&samples::transparent(1, 1), ImageFormat::Png);
    let line = encoded(&samples::drawing(464, 2), ImageFormat::Png);
    let files = book(&[
        ("a.example/dot", dot),
        ("a.example/line", line),
        ("a.example/picture", samples::jpeg(300, 200)),
    ]);
    // The sample articles' captions stay, whatever the pictures turn out to be.
    let chapter = chapter(&files);
    assert_eq!(chapter.matches("<img").count(), 1, "{chapter}");
    assert_eq!(
        chapter.matches("drawn</figcaption>").count(),
        3,
        "{chapter}"
    );
    assert_eq!(pictures(&files).len(), 1);
}

#[test]
fn hostile_49_dots_and_lines_without_a_caption_leave_nothing_and_a_rule() {
    let place = Place::new();
    let mirror = place.path().join("mirror");
    let dot = encoded(&samples::drawing(1, 1), ImageFormat::Gif);
    lay(&mirror, "a.example/dot", &dot);
    let line = encoded(&samples::drawing(464, 2), ImageFormat::Png);
    lay(&mirror, "a.example/line", &line);
    let text = "<p>What the tide brought in on day 1.</p><img src=\"https://a.example/dot\">\
        <p>More.</p><img src=\"https://a.example/line\"><p>Again \
        <img height=\"9\" src=\"https://a.example/dot\">and again.</p>";
    place.write(
        "articles/1.txt",
        format!("<!--1640000000000-->\n[Dots](https://tide.example/1)\n------\n\n{text}\n"),
    );
    let ended = run(&mut place.build(&["-t", "epub", "--offline", "--image-mirror", "mirror"]));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let chapter = chapter(&unpacked(&place.path().join("out/archive.epub")));
    assert_eq!(chapter.matches("<img").count(), 0, "{chapter}");
    assert_eq!(chapter.matches("<hr").count(), 1, "{chapter}");
    assert!(!chapter.contains("<figure"), "{chapter}");
}

#[test]
fn hostile_50_moving_pictures_show_their_first_frame_where_they_must() {
    let (cache, mirror) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    lay(
        mirror.path(),
        "a.example/webp",
        &samples::moving_webp(40, 30),
    );
    lay(
        mirror.path(),
        "a.example/apng",
        &samples::moving_png(40, 30),
    );
    for (profile, kept) in [(Profile::Generic, true), (Profile::EInk, false)] {
        let mut settings = offline(cache.path(), mirror.path());
        settings.profile = profile;
        let store = open(settings);
        // Books hold no WebP, so that one always stands still.
        let webp = rendition(
            &get(&store, "https://a.example/webp"),
            "https://a.example/webp",
        );
        assert_eq!(webp.media_type, MediaType::Png);
        let [red, .., blue, _] = pixels(&webp).get_pixel(5, 5).0;
        if profile == Profile::Generic {
            assert!(red > 200 && blue < 50, "the first frame is red");
        }
        let png = rendition(
            &get(&store, "https://a.example/apng"),
            "https://a.example/apng",
        );
        assert_eq!(png.media_type, MediaType::Png);
        let moves = bytes(&png).windows(4).any(|name| name == b"acTL");
        assert_eq!(moves, kept, "{profile:?}");
    }
}

#[test]
fn hostile_54_bytes_that_changed_are_new_and_what_is_not_held_is_not_confirmed() {
    let cache = tempfile::tempdir().unwrap();
    let tag = "ETag: \"same\"\r\n";
    let server = Server::start([
        (
            "/lies",
            vec![
                body_with("image/png", tag, &samples::png(30, 20)),
                body_with("image/png", tag, &samples::png(50, 20)),
                status(304, ""),
            ],
        ),
        ("/never", vec![status(304, "")]),
    ]);
    let mut settings = settings(cache.path());
    settings.revalidate = Duration::ZERO;
    let address = server.address("/lies");
    let width = || rendition(&get(&open(settings.clone()), &address), &address).width;
    assert_eq!((width(), width(), width()), (30, 50, 50));
    // What was damaged on the disk is asked for without a condition.
    for blob in files_below(&cache.path().join("v1/blobs")) {
        std::fs::write(blob, b"damaged").unwrap();
    }
    let had = get(&open(settings.clone()), &address);
    assert_eq!(only_warning(&had).1, "HTTP 304");
    let asked = server.log();
    assert!(asked[1].headers.contains_key("if-none-match"));
    assert!(!asked.last().unwrap().headers.contains_key("if-none-match"));
    let had = get(&open(settings), &server.address("/never"));
    assert_eq!(
        only_warning(&had),
        (Code::ImageMissing, "HTTP 304".to_owned())
    );
}

#[test]
fn hostile_55_names_in_books_come_from_the_content() {
    let long = format!("a.example/{}.jpg", "x".repeat(240));
    let names = [
        "a.example/A.JPG",
        "a.example/a.jpg",
        "a.example/caf\u{e9}.jpg",
        "a.example/cafe\u{301}.jpg",
        "a.example/CON.jpg",
        "a.example/dot.jpg.",
        &long,
    ];
    let pictures_of: Vec<_> = names
        .iter()
        .zip(30..)
        .map(|(name, width)| (*name, samples::jpeg(width, 20)))
        .collect();
    let files = book(&pictures_of);
    let names_in_book = pictures(&files);
    assert_eq!(names_in_book.len(), names.len());
    for name in names_in_book {
        let (stem, extension) = name.split_once('.').unwrap();
        assert_eq!((stem.len(), extension), (32, "jpg"), "{name}");
        assert!(stem.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    }
}

#[test]
fn hostile_53_drawings_that_cost_too_much_are_not_drawn() {
    let canvas = |content: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1500 4600\">{content}</svg>"
        )
    };
    let shape = "<path d=\"M0 0H1500V4600H0Z\"/>";
    let through = |filter: &str| {
        format!("<filter id=\"f\">{filter}</filter><g filter=\"url(#f)\">{shape}</g>")
    };
    let zigzag: String = (0..200_000)
        .map(|number| format!("L{} {}", number * 7 % 1500, number % 2 * 4600))
        .collect();
    let masks: String = (0..20)
        .map(|number| {
            let inner = format!("<g mask=\"url(#m{})\">{shape}</g>", number + 1);
            format!("<mask id=\"m{number}\">{inner}</mask>")
        })
        .collect();
    for content in [
        shape.repeat(3_000),
        format!("<path fill=\"none\" stroke=\"#000\" d=\"M0 0{zigzag}\"/>"),
        format!("<path fill-rule=\"evenodd\" d=\"M0 0{zigzag}\"/>"),
        "<path stroke=\"#000\" stroke-dasharray=\"0.001\" d=\"M0 0H1500\"/>".repeat(50),
        through(&"<feGaussianBlur stdDeviation=\"99\"/>".repeat(20)),
        through("<feTurbulence baseFrequency=\"0.1\" numOctaves=\"999999999\"/>"),
        through("<feMorphology operator=\"dilate\" radius=\"400\"/>"),
        format!("{masks}<g mask=\"url(#m0)\">{shape}</g>"),
    ] {
        let place = tempfile::tempdir().unwrap();
        lay(
            &place.path().join("mirror"),
            "a.example/x",
            canvas(&content).as_bytes(),
        );
        let store = open(offline(
            &place.path().join("cache"),
            &place.path().join("mirror"),
        ));
        let had = get(&store, "https://a.example/x");
        let (code, reason) = only_warning(&had);
        assert_eq!(code, Code::ImageUnusable);
        // Some are refused before they are weighed piece by piece.
        let refused = [
            "the drawing is too complex",
            "a drawing like this can't be read",
        ];
        assert!(refused.contains(&reason.as_str()), "{reason}");
    }
}

#[test]
fn hostile_53_drawings_as_programs_make_them_are_drawn() {
    let shapes: String = (0..5_000)
        .map(|number| {
            let (x, y) = (number % 100 * 15, number / 100 * 30);
            format!(
                "<path d=\"M{x} {y}l9 3 2 9-8-2z\" fill=\"#c40\" stroke=\"#222\" stroke-dasharray=\"3 1\"/>"
            )
        })
        .collect();
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1500 1500\"><defs>\
        <filter id=\"f\"><feGaussianBlur stdDeviation=\"3\"/></filter></defs>\
        <g filter=\"url(#f)\" opacity=\"0.5\">{shapes}</g><g>{shapes}</g></svg>"
    );
    let place = tempfile::tempdir().unwrap();
    lay(
        &place.path().join("mirror"),
        "a.example/x",
        drawing.as_bytes(),
    );
    let store = open(offline(
        &place.path().join("cache"),
        &place.path().join("mirror"),
    ));
    let rendition = rendition(&get(&store, "https://a.example/x"), "https://a.example/x");
    assert_eq!((rendition.width, rendition.height), (1500, 1500));
}

#[test]
fn hostile_48_packed_profiles_and_texts_are_not_unpacked() {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&vec![0; 64_000_000]).unwrap();
    let packed = packed.finish().unwrap();
    for (name, start) in [
        (b"zTXt", &b"Comment\0\0"[..]),
        (b"iTXt", b"Comment\0\x01\0\0\0"),
        (b"iCCP", b"x\0\0"),
    ] {
        let mut picture = samples::png(60, 40);
        picture.splice(33..33, samples::png_chunk(name, &[start, &packed].concat()));
        let place = tempfile::tempdir().unwrap();
        lay(&place.path().join("mirror"), "a.example/x", &picture);
        let store = open(offline(
            &place.path().join("cache"),
            &place.path().join("mirror"),
        ));
        let rendition = rendition(&get(&store, "https://a.example/x"), "https://a.example/x");
        assert_eq!(pixels(&rendition).dimensions(), (60, 40));
    }
}

#[test]
fn hostile_51_an_icon_that_holds_a_larger_picture_than_it_says_is_damaged() {
    let inner = samples::one_bit_png(20_000, 20_000);
    let mut icon = b"\0\0\x01\0\x01\0\x20\x20\0\0\x01\0\x20\0".to_vec();
    icon.extend_from_slice(&u32::try_from(inner.len()).unwrap().to_le_bytes());
    icon.extend_from_slice(&22_u32.to_le_bytes());
    icon.extend_from_slice(&inner);
    let place = tempfile::tempdir().unwrap();
    lay(&place.path().join("mirror"), "a.example/x", &icon);
    let store = open(offline(
        &place.path().join("cache"),
        &place.path().join("mirror"),
    ));
    let had = get(&store, "https://a.example/x");
    assert_eq!(only_warning(&had).0, Code::ImageUnusable);
}
