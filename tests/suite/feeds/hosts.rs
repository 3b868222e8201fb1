//! Hosts in the words that people read.

use crate::command::Place;
use serde_json::Value;

/// The one item of an article that shows a film and a picture that can't be had of this host.
fn item(host: &str) -> Value {
    let place = Place::empty();
    place.write(
        "articles/a.txt",
        format!(
            "<!--1640915226000-->\n[Tides](https://{host}/tides)\n------\n\n<p>High.</p>\
             <iframe src='https://{host}/film'></iframe>"
        ),
    );
    place.report(&["--to", "json,epub", "--offline"]);
    let json = place.outputs("out").remove("feed.json").unwrap();
    serde_json::from_slice::<Value>(&json).unwrap()["items"][0].take()
}

#[test]
fn international_hosts_are_written_with_their_letters() {
    for (host, shown) in [
        ("xn--r8jz45g.jp", "例え.jp"),
        ("例え.jp", "例え.jp"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("xn--mgberp4a5d4ar.example", "السعودية.example"),
        ("plain.example", "plain.example"),
    ] {
        let item = item(host);
        assert_eq!(item["_offprint"]["source"]["name"], shown);
        assert_eq!(item["authors"][0]["name"], shown);
        let html = item["content_html"].as_str().unwrap();
        // Letters that run the other way are kept from moving what stands beside them.
        let plain = html.replace("<bdi>", "").replace("</bdi>", "");
        assert!(plain.contains(&format!(": {shown}</a>")), "{html}");
        assert_eq!(html.contains("<bdi>"), shown.starts_with('ا'), "{html}");
        // Addresses stay in ASCII.
        assert!(item["url"].as_str().unwrap().is_ascii());
        let (_, link) = html.split_once("href=\"").unwrap();
        assert!(link.split('"').next().unwrap().is_ascii(), "{html}");
    }
}

#[test]
fn hosts_that_could_be_taken_for_others_stay_as_they_are() {
    for host in [
        // Cyrillic letters that look like "apple", and one among Latin letters.
        "xn--80ak6aa92e.com",
        "xn--pple-43d.com",
        // No text at all.
        "xn--a.example",
    ] {
        let item = item(host);
        assert_eq!(item["_offprint"]["source"]["name"], host);
    }
}
