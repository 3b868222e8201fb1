//! `[feeds]` in the configuration file, from the command to the files.

use super::reading;
use crate::command::{Place, stderr};
use std::collections::BTreeMap;

/// Three articles of December and one of January, of two sources.
fn place(configuration: &str) -> Place {
    let place = Place::empty();
    for (number, day) in [(1, 10), (2, 11), (3, 12), (4, 40)] {
        let source = if number == 2 { "tower" } else { "harbour" };
        let name = format!("articles/{source}/{number}.txt");
        place.article(&name, number, day, "A plain text about the harbour.");
    }
    place.write("offprint.toml", configuration);
    place
}

fn outputs(configuration: &str) -> BTreeMap<String, String> {
    let place = place(configuration);
    place.build(&["-t", "rss,atom,json"]).success();
    let outputs = place.outputs("out").into_iter();
    outputs
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

const BASE: &str = "[publication]\nbase_url = \"https://me.example\"\n";

#[test]
fn each_key_does_what_it_says() {
    let files = outputs(&format!(
        "{BASE}[feeds]\nitems = 1\narchive = \"month\"\nby = [\"source\"]\ncontent = \"summary\"\n\
         hubs = [\"https://hub.example/\"]\nttl = 30\n"
    ));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "archive/atom-2021-12.xml",
            "archive/rss-2021-12.xml",
            "atom.xml",
            "feed.json",
            "feeds.opml",
            "rss.xml",
            "source/harbour/atom.xml",
            "source/harbour/feed.json",
            "source/harbour/rss.xml",
            "source/tower/atom.xml",
            "source/tower/feed.json",
            "source/tower/rss.xml",
        ]
    );
    let (channel, items) = reading::rss(&files["rss.xml"]);
    assert_eq!((channel.ttl(), items.len()), (Some("30"), 1));
    assert!(items[0].html.is_none() && items[0].summary.is_some());
    assert_eq!(reading::rss(&files["source/tower/rss.xml"]).1.len(), 1);
    for (name, text) in &files {
        let polled = !name.starts_with("archive/") && name != "feeds.opml";
        assert_eq!(text.contains("https://hub.example/"), polled, "{name}");
    }
}

#[test]
fn a_bound_is_kept_with_a_warning() {
    let place = place(&format!("{BASE}[feeds]\nmax_bytes = \"2.2kB\"\n"));
    let report = place.report(&["-t", "rss,atom,json"]);
    let outputs = report["outputs"].as_array().unwrap();
    let sizes = outputs
        .iter()
        .map(|output| output["bytes"].as_u64().unwrap());
    assert!(sizes.max() <= Some(2_200), "{report}");
    let codes = report["warnings"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes
        .map(|warning| warning["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"feed-shortened"), "{codes:?}");
    place.build(&["-t", "rss,atom,json", "--strict"]).code(1);
}

#[test]
fn values_that_mean_nothing_are_refused() {
    for line in [
        "archive = \"decade\"",
        "by = [\"mood\"]",
        "content = \"half\"",
        "hubs = [\"mailto:hub@hub.example\"]",
        "hubs = [\"/hub\"]",
        "max_bytes = \"lots\"",
        "items = -1",
    ] {
        let place = place(&format!("[feeds]\n{line}\n"));
        let said = stderr(&place.build(&[]).code(2));
        assert!(said.contains("hint:"), "{line}: {said}");
    }
}

#[test]
fn what_the_configuration_of_this_repository_explains_is_understood() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/offprint.toml");
    let explained = std::fs::read_to_string(path).unwrap();
    let uncommented = explained.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest,
        _ => line,
    });
    let configuration: Vec<&str> = uncommented.collect();
    let place = place(&configuration.join("\n"));
    assert!(configuration.contains(&"[feeds]") && configuration.contains(&"[select.exclude]"));
    place.build(&["--dry-run"]).success();
}
