//! The small picture that stands for the publication: made of the cover, named by the feeds.

use crate::command::Place;
use serde_json::Value;
use std::collections::BTreeMap;

const BASE: [&str; 2] = ["--base-url", "https://me.example/news"];
const ICON: &str = "https://me.example/news/archive-icon.jpg";

type Files = BTreeMap<String, Vec<u8>>;

fn build(arguments: &[&str]) -> Files {
    let place = Place::with_archive();
    place.build(arguments).success();
    place.outputs("out")
}

fn text<'files>(files: &'files Files, name: &str) -> &'files str {
    std::str::from_utf8(&files[name]).unwrap()
}

/// What the three feeds name as their picture.
fn named(files: &Files) -> [Option<String>; 4] {
    let rss = rss::Channel::read_from(&*files["rss.xml"]).unwrap();
    let atom = atom_syndication::Feed::read_from(&*files["atom.xml"]).unwrap();
    let json: Value = serde_json::from_str(text(files, "feed.json")).unwrap();
    [
        rss.image().map(|image| image.url().to_owned()),
        atom.icon().map(str::to_owned),
        json["icon"].as_str().map(str::to_owned),
        json["favicon"].as_str().map(str::to_owned),
    ]
}

#[test]
fn the_feeds_name_a_square_of_the_cover_that_stands_beside_them() {
    let files = build(&BASE);
    assert_eq!(named(&files), [(); 4].map(|()| Some(ICON.to_owned())));
    let picture = image::load_from_memory(&files["archive-icon.jpg"]).unwrap();
    assert_eq!((picture.width(), picture.height()), (144, 144));
    let rss = rss::Channel::read_from(&*files["rss.xml"]).unwrap();
    let image = rss.image().unwrap();
    assert_eq!((image.width(), image.height()), (Some("144"), Some("144")));
    assert_eq!((image.title(), image.link()), (rss.title(), rss.link()));
}

#[test]
fn it_looks_like_the_newest_cover() {
    let mut arguments = BASE.to_vec();
    arguments.extend(["--split", "day"]);
    let files = build(&arguments);
    let pixels = |name: &str| {
        let cover = image::load_from_memory(&files[name]).unwrap();
        let (width, height) = (cover.width(), cover.height());
        let square = cover.crop_imm(0, (height - width) * 2 / 5, width, width);
        square.thumbnail_exact(16, 16).to_rgb8().into_raw()
    };
    let icon = pixels("archive-icon.jpg");
    let distance = |name: &str| -> u32 {
        let cover = pixels(name);
        let pairs = icon.iter().zip(&cover);
        pairs
            .map(|(one, other)| u32::from(one.abs_diff(*other)))
            .sum()
    };
    let newest = distance("archive-2021-12-12-cover.jpg");
    assert!(newest < 4 * 16 * 16 * 3, "{newest}");
    assert!(newest < distance("archive-2021-12-10-cover.jpg"));
}

#[test]
fn without_a_book_or_an_address_there_is_none() {
    let mut feeds_only = BASE.to_vec();
    feeds_only.extend(["-t", "rss,atom,json"]);
    for arguments in [&feeds_only[..], &[]] {
        let files = build(arguments);
        assert_eq!(named(&files), [None, None, None, None]);
        assert!(!files.contains_key("archive-icon.jpg"));
    }
    let mut book_only = BASE.to_vec();
    book_only.extend(["-t", "epub"]);
    assert!(!build(&book_only).contains_key("archive-icon.jpg"));
}

#[test]
fn one_that_is_no_longer_made_is_pruned() {
    let place = Place::with_archive();
    place.build(&BASE).success();
    place.build(&["--prune"]).success();
    assert!(!place.outputs("out").contains_key("archive-icon.jpg"));
}
