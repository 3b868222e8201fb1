//! JPEGs without their end, which browsers show as far as they go; and which of several failures is
//! told (fault 15).

use super::server::{Answer, Server, body, head, status};
use super::*;
use image::GenericImageView;
use jpeg_encoder::ColorType::{self, Luma, Rgb};

const SIDE: u16 = 160;

/// What becomes of a picture in the mirror. The folder has to outlive the picture.
fn in_mirror(picture: &[u8]) -> (tempfile::TempDir, ImageSet) {
    let folder = tempfile::tempdir().unwrap();
    let mirror = folder.path().join("mirror");
    lay(&mirror, "a.example/x", picture);
    let store = open(offline(&folder.path().join("cache"), &mirror));
    let set = get(&store, "https://a.example/x");
    (folder, set)
}

/// How far the first rows of two pictures are apart where they are furthest, of 255: sixteen rows at
/// a time.
fn difference(one: &DynamicImage, other: &DynamicImage, rows: u32) -> f64 {
    const BAND: u32 = 16;
    let apart = (0..rows / BAND).map(|band| {
        let part = |image: &DynamicImage| {
            let view = image.view(0, band * BAND, image.width(), BAND);
            view.to_image().into_raw()
        };
        let (one, other) = (part(one), part(other));
        let pairs = one.iter().zip(&other);
        let sum: u64 = pairs
            .map(|(one, other)| u64::from(one.abs_diff(*other)))
            .sum();
        sum as f64 / one.len() as f64
    });
    apart.fold(0.0, f64::max)
}

fn photograph(kind: ColorType, is_progressive: bool) -> Vec<u8> {
    let picture = samples::photograph(SIDE.into(), SIDE.into());
    let pixels = match kind {
        Luma => picture.to_luma8().into_raw(),
        _ => picture.to_rgb8().into_raw(),
    };
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 85);
    encoder.set_progressive(is_progressive);
    encoder.encode(&pixels, SIDE, SIDE, kind).unwrap();
    bytes
}

fn kinds() -> [(&'static str, Vec<u8>); 4] {
    [
        ("baseline", photograph(Rgb, false)),
        ("grey", photograph(Luma, false)),
        ("progressive", photograph(Rgb, true)),
        ("upright", samples::with_exif(&photograph(Rgb, false), 1)),
    ]
}

#[test]
fn fault_15_a_jpeg_without_its_last_bytes_is_shown_whole() {
    for (kind, whole) in kinds() {
        for lost in 1..=2 {
            let (_folder, set) = in_mirror(&whole[..whole.len() - lost]);
            assert_eq!(set.warnings, [], "{kind}, {lost} bytes");
            let rendition = rendition(&set, "https://a.example/x");
            // The book's copy has an end.
            assert!(bytes(&rendition).ends_with(b"\xFF\xD9"), "{kind}");
            let apart = difference(&pixels(&rendition), &read(&whole), u32::from(SIDE));
            assert!(apart < 15.0, "{kind}, {lost} bytes: {apart}");
        }
    }
}

#[test]
fn fault_15_a_jpeg_of_which_most_is_there_is_shown_as_far_as_it_goes() {
    let mut shown = 0;
    for (kind, whole) in kinds() {
        for percent in [20, 30, 70, 80, 90, 97] {
            let cut = &whole[..whole.len() * percent / 100];
            let (_folder, set) = in_mirror(cut);
            if let [warning] = set.warnings.as_slice()
                && warning.code != Code::ImageCut
            {
                let most = if kind == "progressive" { 90 } else { 80 };
                assert!(percent < most, "{kind}, {percent} %: {warning:?}");
                assert_eq!(only_warning(&set).1, "the picture is cut off");
                continue;
            }
            assert!(percent > 30, "{kind}, {percent} %");
            assert_cut(&set);
            let rendition = rendition(&set, "https://a.example/x");
            let picture = pixels(&rendition);
            // A progressive picture is coarser than it was.
            let most = if kind == "progressive" { 40.0 } else { 15.0 };
            let apart = difference(&picture, &read(&whole), u32::from(SIDE) / 2);
            assert!(apart < most, "{kind}, {percent} %: {apart}");
            let last = picture
                .get_pixel(u32::from(SIDE) / 2, u32::from(SIDE) - 1)
                .0;
            if kind != "progressive" {
                assert!(last[0].abs_diff(128) < 6, "{kind}, {percent} %: {last:?}");
            }
            // The same bytes whenever it is made.
            let again = in_mirror(cut);
            assert_eq!(
                rendition.name,
                super::rendition(&again.1, "https://a.example/x").name
            );
            shown += 1;
        }
    }
    assert!(shown >= 12, "{shown}");
}

/// Holds that one picture is warned of since its end is missing.
fn assert_cut(set: &ImageSet) {
    let [warning] = set.warnings.as_slice() else {
        panic!("{:?}", set.warnings);
    };
    assert_eq!(warning.code, Code::ImageCut);
    assert!(warning.code.is_loss());
    assert_eq!(warning.path.as_deref(), Some("seeds/a.md"));
    let told = "https://a.example/x: its end is missing";
    assert!(warning.message.contains(told), "{warning}");
}

#[test]
fn a_missing_end_is_told_once_a_run_and_by_each_run() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, mirror) = (folder.path().join("cache"), folder.path().join("mirror"));
    let whole = photograph(Rgb, false);
    lay(&mirror, "a.example/x", &whole[..whole.len() * 80 / 100]);
    for run in ["made", "remembered"] {
        let store = open(offline(&cache, &mirror));
        // Feeds show the web's picture, not this.
        let described = store.get(&[wanted(source("https://a.example/x"))], Purpose::Describe);
        assert_eq!(described.warnings, [], "{run}");
        assert_cut(&get(&store, "https://a.example/x"));
        assert_eq!(get(&store, "https://a.example/x").warnings, [], "{run}");
        assert_eq!(store.counts().missing, 0, "{run}");
    }
}

#[test]
fn a_missing_end_is_told_of_a_picture_from_the_network_and_from_the_cache() {
    let whole = photograph(Rgb, false);
    let cut = &whole[..whole.len() * 80 / 100];
    let server = Server::start([("/x", vec![body("image/jpeg", cut)])]);
    let cache = tempfile::tempdir().unwrap();
    for run in ["asked", "cached"] {
        let set = get(&open(settings(cache.path())), &server.address("/x"));
        let codes: Vec<_> = set.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, [Code::ImageCut], "{run}");
    }
    assert_eq!(server.requests(), 1);
}

#[test]
fn fault_15_what_the_network_lost_is_asked_for_again_and_what_the_server_lacks_is_shown() {
    let whole = photograph(Rgb, false);
    let cut = &whole[..whole.len() - 2];
    let without = |length: Option<usize>| {
        let mut response = head("image/jpeg", "", length);
        response.extend_from_slice(cut);
        Answer::Raw(response)
    };
    for (answers, requests, is_shown) in [
        // The server says that this is all: it lacks the end itself.
        (vec![body("image/jpeg", cut)], 1, true),
        // It says nothing of the length, so the end may have been lost; but it is lost every time.
        (vec![without(None)], 3, true),
        (vec![without(None), body("image/jpeg", &whole)], 2, true),
        // It announces more than comes.
        (vec![without(Some(whole.len()))], 3, false),
        (
            vec![without(Some(whole.len())), body("image/jpeg", &whole)],
            2,
            true,
        ),
    ] {
        let cache = tempfile::tempdir().unwrap();
        let server = Server::start([("/x", answers.clone())]);
        let set = get(&open(settings(cache.path())), &server.address("/x"));
        assert_eq!(set.warnings.is_empty(), is_shown, "{:?}", set.warnings);
        assert_eq!(server.requests(), requests, "{is_shown}");
    }
}

#[test]
fn fault_15_the_failure_that_tells_most_is_told_whichever_address_it_comes_from() {
    let large = samples::jpeg(300, 300);
    let server = Server::start([
        ("/large", vec![body("image/jpeg", &large)]),
        (
            "/page",
            vec![body("text/html", b"<html><body>Sorry</body></html>")],
        ),
        ("/gone", vec![status(404, "")]),
        ("/broken", vec![status(403, "")]),
    ]);
    // Each tells more than those after it.
    let ranked = [
        (server.address("/large"), "it is larger than 0 MB"),
        (server.address("/page"), "it is a web page, not a picture"),
        (
            "http://169.254.169.254/x".to_owned(),
            "its host is not on the public internet",
        ),
        (server.address("/broken"), "HTTP 403"),
        (server.address("/gone"), "HTTP 404"),
    ];
    for (rank, (better, reason)) in ranked.iter().enumerate() {
        for (worse, _) in &ranked[rank + 1..] {
            for (origin, archived) in [(better, worse), (worse, better)] {
                let cache = tempfile::tempdir().unwrap();
                let mut settings = settings(cache.path());
                settings.limits.bytes = 1_000;
                let store = open(settings);
                let set = store.get(&[wanted(proxied(origin, archived))], Purpose::Embed);
                assert_eq!(only_warning(&set).1, *reason, "{origin} {archived}");
            }
        }
    }
}

#[test]
fn fault_15_a_wait_of_twenty_digits_closes_the_host_and_nonsense_does_not() {
    for (value, requests) in [
        ("99999999999999999999", 1),
        ("18446744073709551616", 1),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 3 * 2),
        ("Sun Nov  6 08:49:37 1994", 3 * 2),
        ("-99999999999999999999", 3 * 2),
        ("tomorrow", 3 * 2),
    ] {
        let cache = tempfile::tempdir().unwrap();
        let busy = status(503, &format!("Retry-After: {value}\r\n"));
        let server = Server::start([("/x", vec![busy.clone()]), ("/y", vec![busy])]);
        let mut settings = settings(cache.path());
        settings.limits.network.connections_per_host = 1;
        let wanted = ["/x", "/y"].map(|path| wanted(source(&server.address(path))));
        let set = open(settings).get(&wanted, Purpose::Embed);
        assert_eq!(set.warnings.len(), 2, "{value}");
        assert_eq!(server.requests(), requests, "{value}");
    }
}
