//! Feeds that were saved again and again: of an item that stands in several, the newest feed's stands.

use offprint::{Registry, Settings, Unobserved, convert};
use std::fs;

/// The title and the text of the only article of some files.
fn shown(files: &[(&str, String)]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut settings = Settings::for_inputs([folder.path().to_path_buf()]);
    settings.formats = vec!["json".to_owned()];
    let out = tempfile::tempdir().unwrap();
    settings.out = out.path().to_owned();
    convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    let feed = fs::read_to_string(out.path().join("feed.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{files:?}");
    let told = |name: &str| items[0][name].as_str().unwrap().to_owned();
    (told("title"), told("content_html"))
}

/// An item's text as a feed of a version has it.
fn text(version: &str) -> String {
    format!(
        "The council of the town has agreed on a bridge over the river, and it is to be {version} before the year ends."
    )
}

fn rss(of_feed: &str, of_item: &str, version: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Paper</title><link>https://a.example/</link>{of_feed}\
         <item><title>Bridge {version}</title><link>https://a.example/1</link><guid>https://a.example/1</guid>{of_item}\
         <description>&lt;p&gt;{}&lt;/p&gt;</description></item></channel></rss>",
        text(version)
    )
}

fn atom(of_feed: &str, of_item: &str, version: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Paper</title><id>https://a.example/</id>{of_feed}\
         <entry><title>Bridge {version}</title><id>https://a.example/1</id><link href=\"https://a.example/1\"/>{of_item}\
         <content type=\"html\">&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>",
        text(version)
    )
}

const VERSIONS: [&str; 4] = ["red", "green", "blue", "white"];

#[test]
fn of_an_item_in_several_snapshots_the_newest_stands() {
    let built =
        |day: u32| format!("<lastBuildDate>Sat, 0{day} Jan 2022 10:00:00 GMT</lastBuildDate>");
    let published = |_: u32| "<pubDate>Sat, 01 Jan 2022 08:00:00 GMT</pubDate>".to_owned();
    let updated = |day: u32| format!("<updated>2022-01-0{day}T10:00:00Z</updated>");
    let unchanged = |_: u32| "<updated>2022-01-01T08:00:00Z</updated>".to_owned();
    let none = |_: u32| String::new();
    type Say<'a> = &'a dyn Fn(u32) -> String;
    type Feed<'a> = &'a dyn Fn(&str, &str, &str) -> String;
    let forms: [(Feed<'_>, Say<'_>, Say<'_>, bool); 7] = [
        (&rss, &built, &published, true),
        (&rss, &built, &none, true),
        (&atom, &updated, &unchanged, true),
        (&atom, &unchanged, &updated, true),
        (&rss, &none, &published, false),
        (&rss, &none, &none, false),
        (&atom, &unchanged, &unchanged, false),
    ];
    for (feed, of_feed, of_item, is_dated) in forms {
        for versions in [VERSIONS, ["white", "blue", "green", "red"]] {
            for names in [
                ["feed-7.xml", "feed-8.xml", "feed-9.xml", "feed-10.xml"],
                ["d.xml", "c.xml", "b.xml", "a.xml"],
            ] {
                let files: Vec<(&str, String)> = (1..)
                    .zip(names.iter().zip(versions))
                    .map(|(day, (name, version))| {
                        (*name, feed(&of_feed(day), &of_item(day), version))
                    })
                    .collect();
                // Without a date, the name tells; otherwise the name tells nothing.
                let newest = match is_dated || names[0].starts_with("feed") {
                    true => versions[3],
                    false => versions[0],
                };
                let (title, body) = shown(&files);
                assert_eq!(title, format!("Bridge {newest}"), "{files:?}");
                assert!(body.contains(newest), "{body}");
            }
        }
    }
}
