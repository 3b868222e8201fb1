//! Pictures that may be had at several places: the best that can be had is taken.

use super::Candidate;
use super::samples::{jpeg, png};
use super::server::{Server, body, status};
use super::*;
use offprint::model::Image;

/// An image at several places on the web, best first; outputs that embed nothing name the last.
fn image(addresses: &[&str]) -> Image {
    let candidates: Vec<ImageSource> = addresses.iter().map(|address| source(address)).collect();
    Image {
        source: candidates.last().unwrap().clone(),
        alternative: "".into(),
        candidates,
    }
}

fn asked(image: &Image) -> Wanted {
    let places = image.candidates.iter().map(|source| Candidate {
        source: source.clone(),
        resource: None,
    });
    Wanted {
        candidates: places.collect(),
        ..wanted(image.source.clone())
    }
}

/// The width of what was had, and the number of its place.
fn had(set: &ImageSet, image: &Image) -> (u32, usize) {
    let picture = set.pictures.of(image);
    let picture = picture.unwrap_or_else(|| panic!("{:?}", set.warnings));
    (picture.rendition.as_ref().unwrap().width, picture.place)
}

#[test]
fn book_11_the_first_that_the_mirror_holds_is_taken() {
    let place = tempfile::tempdir().unwrap();
    let (cache, mirror) = (place.path().join("cache"), place.path().join("mirror"));
    lay(&mirror, "a.example/small.jpg", &jpeg(40, 30));
    let image = image(&["https://a.example/large.jpg", "https://a.example/small.jpg"]);
    let store = open(offline(&cache, &mirror));
    let set = store.get(&[asked(&image)], Purpose::Embed);
    assert_eq!(had(&set, &image), (40, 1));
    assert_eq!((store.counts().missing, set.warnings.len()), (0, 0));
    // The better one, once it is there, and the next where it can't be read.
    for (bytes, expected) in [
        (png(80, 60), (80, 0)),
        (b"\xFF\xD8\xFFno picture".to_vec(), (40, 1)),
    ] {
        lay(&mirror, "a.example/large.jpg", &bytes);
        let store = open(offline(&cache, &mirror));
        let set = store.get(&[asked(&image)], Purpose::Embed);
        assert_eq!(had(&set, &image), expected);
        assert_eq!(set.warnings, []);
    }
}

#[test]
fn book_11_where_none_can_be_had_one_warning_says_so() {
    let place = tempfile::tempdir().unwrap();
    let image = image(&["https://a.example/large.jpg", "https://a.example/small.jpg"]);
    let mirror = place.path().join("mirror");
    std::fs::create_dir(&mirror).unwrap();
    let store = open(offline(&place.path().join("cache"), &mirror));
    let set = store.get(&[asked(&image)], Purpose::Embed);
    assert_eq!(set.warnings.len(), 1, "{:?}", set.warnings);
    assert!(set.pictures.of(&image).is_none());
    assert_eq!(store.counts().missing, 1);
}

#[test]
fn book_11_on_the_network_the_next_is_asked_for_where_one_fails() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([
        ("/large", vec![status(404, "")]),
        ("/odd", vec![body("text/html", b"<html>no</html>")]),
        ("/small", vec![body("image/jpeg", &jpeg(40, 30))]),
    ]);
    let addresses = ["/large", "/odd", "/small"].map(|path| server.address(path));
    let image = image(&addresses.each_ref().map(String::as_str));
    for run in [1, 2] {
        let store = open(settings(cache.path()));
        let set = store.get(&[asked(&image)], Purpose::Embed);
        assert_eq!(had(&set, &image), (40, 2), "run {run}");
        assert_eq!(
            (server.requests(), store.counts().missing),
            (3, 0),
            "run {run}"
        );
        assert_eq!(set.warnings, []);
    }
}
