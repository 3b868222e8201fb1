//! Warnings of pictures name the article that shows them, in files that hold several.

use crate::command::Place;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// A feed of articles with such numbers, each of which shows a picture that nobody has.
fn feed(numbers: &[u32]) -> String {
    let mut items = String::new();
    for number in numbers {
        let prose =
            "The keeper lit the lamp and waited for the boats to come in at last. ".repeat(6);
        let _ = write!(
            items,
            "<item><title>Tale {number}</title><link>https://a.example/{number}</link><guid>https://a.example/{number}</guid>\n\
             <pubDate>Fri, 0{number} Jan 2021 10:00:00 GMT</pubDate><description>&lt;p&gt;{number} {prose}&lt;/p&gt;\
             &lt;img src=\"https://a.example/{number}.png\"&gt;</description></item>\n"
        );
    }
    format!("<rss version=\"2.0\"><channel><title>A</title>\n{items}</channel></rss>")
}

/// What a build tells of pictures: their file's name, the item and the line.
fn told(place: &Place) -> Vec<(String, u64, u64)> {
    place
        .build(&["-t", "epub", "--offline", "--report", "report.json"])
        .success();
    let report = fs::read_to_string(place.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    let warnings = report["warnings"].as_array().unwrap().iter();
    let of_pictures = warnings.filter(|warning| warning["code"] == "image-missing");
    let mut told: Vec<_> = of_pictures
        .map(|warning| {
            let name = warning["message"]
                .as_str()
                .unwrap()
                .split(".png")
                .next()
                .unwrap();
            let name = name.rsplit('/').next().unwrap().to_owned();
            (
                name,
                warning["item"].as_u64().unwrap(),
                warning["line"].as_u64().unwrap(),
            )
        })
        .collect();
    told.sort();
    told
}

#[test]
fn fault_23_a_missing_picture_of_a_feed_names_its_item_and_line_in_every_run() {
    let place = Place::empty();
    let mut before: &[u32] = &[];
    for numbers in [&[1, 2, 3][..], &[1, 2, 3], &[4, 1, 2, 3], &[4, 3, 2]] {
        place.write("articles/feed.xml", feed(numbers));
        let told = told(&place);
        let mut expected: Vec<_> = numbers
            .iter()
            .zip(0u64..)
            .map(|(number, at)| (number.to_string(), at + 1, 2 + 2 * at))
            .collect();
        expected.sort();
        assert_eq!(told, expected, "{before:?} before {numbers:?}");
        before = numbers;
    }
}
