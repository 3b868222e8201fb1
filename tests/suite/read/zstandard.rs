//! What Zstandard packed: web archives with a frame for each record, and other files.

use super::exports::epub::zipped;
use super::web_archives::{files, gzip, page, response};
use crate::command::Place;
use data_url::forgiving_base64;

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// A dictionary, with the id 77.
const DICTIONARY: &str = "N6Qw7E0AAAAUEOgK0wEAAAAAwIoySSnTTgycExKDBgAAAAAAIHkHAAAEYAAAwAgFAAAAAAAAAAAAAAAAAAAAAAAAFQAAAAAAAJkE\
     AAAAAJ4LoBGOZgMAAOQIq2wHAAAAEAAAEIyJmgAAAAAAAAABAAAABAAAAAgAAABlbmd0aDogMjA0DQoNCkhUVFAvMS4xIDIwMCBP\
     Sw0KQ29udGVudC1UeXBlOiB0ZXh0L2h0bWw7IGNoYXJzZXQtTGVuZ3RoOiAyMDINCg0KSFRUUC8xLjEgMjAwIE9LDQpDb250ZW50\
     LVR5cGU6IHRleHQvaHRtbDsgY2hhcnNldD11dGYtOA0KDQo8aHRtbD48aGVhZD48dGl0bGU+VGFsZSAxMTE8L3RpdGxlPjwvaGVh\
     ZD48Ym9keT48cD5UaGUgY291bmNpbCBvZiB0aGUgdG93biAwLjUyMTEyNzI5MzI4MTIwNiBoYXMgYWdyZWVkLjwvcD48L2JvZHk+\
     PC9odG1sPg0KDQpXQVJDLzEuMA0KV0FSQy1UeXBlOiByZXNwb25zZQ0KV0FSQy1UYXJnZXQtVVJJOiBodHRwczovL2EuZXhhbXBs\
     ZS8yOTMNCldBUkMtRGF0ZTogMjAyMi0wMS0wM1QxMDowMDowMFoNCkNvbnRlbnQtVHlwZTogYXBwbGljYXRpb24vaHR0cDsgbXNn\
     dHlwZT1yZXNwb25zZQ0KQ29udGVudC1MZW5ndGg6IDIwMw0KDQpIVFRQLzEuMSAyMDAgT0sNCkNvbnRlbnQtVHlwZTogdGV4dC9o";

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A frame that asks for the dictionary and is not compressed (RFC 8878, section 3.1.1).
fn with_dictionary(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap();
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0b1010_0001, 77];
    frame.extend(length.to_le_bytes());
    frame.extend(&((length << 3) | 1).to_le_bytes()[..3]);
    frame.extend(bytes);
    frame
}

fn skippable(kind: u32, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), bytes].concat()
}

fn written(place: &Place, to: &str) -> Vec<u8> {
    place.report(&["-t", "json", "-o", to]);
    place.outputs(to)["feed.json"].clone()
}

#[test]
fn a_web_archive_in_zstandard_is_read_as_without() {
    let [(_, plain), ..] = files();
    let records: Vec<Vec<u8>> = (0..4)
        .map(|number| {
            let address = format!("https://z.example/{number}");
            response(
                &address,
                "200 OK",
                HTML,
                page(&format!("Tale {number}"), "/a.png").as_bytes(),
            )
        })
        .collect();
    let dictionary = forgiving_base64::decode_to_vec(DICTIONARY.as_bytes()).unwrap();
    let frames: Vec<u8> = records
        .iter()
        .flat_map(|record| with_dictionary(record))
        .collect();
    let single: Vec<u8> = records
        .iter()
        .flat_map(|record| zstandard(record))
        .collect();
    for (packed, unpacked) in [
        (zstandard(&plain), plain.clone()),
        (single.clone(), records.concat()),
        (
            [skippable(0x184D_2A50, b"words"), single].concat(),
            records.concat(),
        ),
        (
            [skippable(0x184D_2A5D, &dictionary), frames.clone()].concat(),
            records.concat(),
        ),
        (
            [skippable(0x184D_2A5D, &zstandard(&dictionary)), frames].concat(),
            records.concat(),
        ),
    ] {
        let place = Place::empty();
        place.write("articles/crawl.warc", &unpacked);
        let expected = written(&place, "plain");
        let place = Place::empty();
        place.write("articles/crawl.warc.zst", &packed);
        assert_eq!(written(&place, "plain"), expected);
        let place = Place::empty();
        place.write(
            "articles/export.zip",
            zipped(&[("crawl.warc.zst", &packed)]),
        );
        assert_eq!(written(&place, "plain"), expected);
    }
}

#[test]
fn what_is_damaged_or_too_much_in_zstandard_is_told() {
    let feed = "<rss version=\"2.0\"><channel><title>F</title><item><title>T</title><link>https://a.example/1</link>\
                <description>Words of the text.</description></item></channel></rss>";
    let whole = zstandard(feed.as_bytes());
    let bomb = zstandard(&vec![0; 80_000_000]);
    for (bytes, is_told, written) in [
        (whole.clone(), false, 2),
        (whole[..whole.len() - 9].to_vec(), true, 1),
        ([&whole[..8], &[0xFF; 40]].concat(), true, 1),
        (
            [whole.clone(), vec![1, 2, 3, 4, 5, 6, 7, 8]].concat(),
            true,
            2,
        ),
        // A frame whose dictionary is not there.
        (with_dictionary(feed.as_bytes()), true, 1),
        (skippable(0x184D_2A5D, b"no dictionary"), true, 1),
        (bomb, true, 1),
    ] {
        let place = Place::empty();
        place.write("articles/feed.xml.zst", &bytes);
        place.article("articles/lamp.txt", 1, 1, "<p>It shines.</p>");
        let report = place.report(&["-t", "json"]);
        let warnings = report["warnings"].as_array().unwrap().iter();
        let told =
            warnings.filter(|warning| warning["path"].as_str().unwrap().contains("feed.xml.zst"));
        let told: Vec<_> = told
            .filter(|warning| warning["code"] != "date-missing")
            .collect();
        assert_eq!(!told.is_empty(), is_told, "{report}");
        assert_eq!(report["articles"]["written"], written);
    }
}

#[test]
fn fault_23_what_is_packed_and_cut_is_read_as_far_as_it_goes() {
    let item = |number: usize| {
        let words: String = (0..80)
            .map(|word| format!("{} ", (word * 7919 + number * 104_729) % 9973))
            .collect();
        format!(
            "<item><title>T{number}</title><link>https://a.example/{number}</link><description>{words}</description></item>"
        )
    };
    let items: String = (0..2000).map(item).collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>F</title>{items}</channel></rss>");
    let mut flipped = gzip(feed.as_bytes());
    *flipped.last_mut().unwrap() ^= 0xFF;
    let cut = |packed: Vec<u8>| packed[..packed.len() / 2].to_vec();
    for (name, bytes, least) in [
        ("feed.xml.gz", cut(gzip(feed.as_bytes())), 500),
        ("feed.xml.zst", cut(zstandard(feed.as_bytes())), 500),
        ("feed.xml.gz", flipped, 2000),
    ] {
        let place = Place::empty();
        place.write(&format!("articles/{name}"), bytes);
        let report = place.report(&["-t", "json"]);
        let read = report["articles"]["read"].as_u64().unwrap();
        assert!((least..=2000).contains(&read), "{name}: {read}");
        let warnings = report["warnings"].as_array().unwrap().iter();
        let told = warnings.filter(|warning| warning["code"] == "file-unreadable");
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 1, "{name}");
        assert!(told[0]["path"].as_str().unwrap().contains(name));
    }
}
