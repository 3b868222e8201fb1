//! Items of feeds that hold no more than a summary, beside a save of the article itself.

use crate::command::Place;
use serde_json::Value;

const TEXT: &str = "The harbour lay quiet in the morning, and the boats went out one after the other, as they had \
done for a hundred years, while the keeper of the lamp wrote down each name in his book.";

fn item(place: &Place) -> Value {
    place.build(&["-t", "json", "-o", "out"]).success();
    let outputs = place.outputs("out");
    let feed: Value = serde_json::from_slice(&outputs["feed.json"]).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 1, "{feed}");
    feed["items"][0].clone()
}

#[test]
fn a_summary_tells_when_an_article_was_published_that_was_saved_later() {
    let body: String = (1..9)
        .map(|number| format!("<p>{TEXT} Part {number} tells of day {number} and of the wind.</p>"))
        .collect();
    let page = format!(
        "<!DOCTYPE html><html lang=en><!--\n Page saved with SingleFile \n url: https://one.example/lamp \n \
         saved date: Tue Jan 02 2024 10:00:00 GMT+0000\n--><meta charset=utf-8><title>The lamp</title>\
         <body><article><h1>The lamp</h1>{body}</article></body></html>"
    );
    let start: String = TEXT.chars().take(120).collect();
    for summary in [format!("{start}…"), TEXT.to_owned(), String::new()] {
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>One</title><link>https://one.example/</link><item><title>The lamp</title>\
             <link>https://one.example/lamp</link><pubDate>Mon, 01 Jan 2024 10:00:00 +0000</pubDate><category>sea</category>\
             <description>{summary}</description></item></channel></rss>"
        );
        let place = Place::empty();
        place.write("articles/a.html", &page);
        place.write("articles/f.xml", &feed);
        let item = item(&place);
        assert_eq!(
            item["date_published"], "2024-01-01T10:00:00Z",
            "{summary}: {item}"
        );
        assert_eq!(item["tags"][0], "sea", "{summary}: {item}");
        let html = item["content_html"].as_str().unwrap();
        assert!(html.contains("Part 8"), "{html}");
    }
}
