//! `[select]`: which articles are taken, by host, source, tag and title.

use crate::command::{Place, stderr};
use serde_json::Value;
use std::collections::BTreeSet;

/// Five articles of three hosts; two have tags, and one is there twice.
fn place(select: &str) -> Place {
    let place = Place::empty();
    let posts = [
        ("a/1.md", "https://www.harbour.example/1", "Ebb tide", "sea"),
        (
            "a/2.md",
            "https://www.harbour.example/2",
            "The Lamp",
            "light",
        ),
        ("b/3.md", "https://tower.example/3", "A lamp for Ebba", ""),
        (
            "b/4.md",
            "https://news.tower.example/4",
            "旧港口的灯",
            "海洋 sea",
        ),
        ("b/5.md", "https://hill.example/5", "Goats", ""),
    ];
    for (name, page, title, tag) in posts {
        place.write(&format!("articles/{name}"), post(page, title, tag, 20));
    }
    let older = post("https://hill.example/5", "Goats and a lamp", "", 19);
    place.write("articles/b/older.md", older);
    place.write("offprint.toml", select);
    place
}

fn post(page: &str, title: &str, tag: &str, day: u32) -> String {
    let tags = if tag.is_empty() {
        String::new()
    } else {
        format!("---\ntags: [\"{tag}\"]\n---\n")
    };
    let time = 1_638_316_800_000u64 + u64::from(day) * 86_400_000;
    format!("{tags}<!--{time}-->\n[{title}]({page})\n------\n\n<p>A text about {page}.</p>\n")
}

/// The numbers of the articles in a JSON feed.
fn taken(place: &Place, arguments: &[&str]) -> BTreeSet<String> {
    let mut all = vec!["-t", "json"];
    all.extend(arguments);
    place.build(&all).success();
    let outputs = place.outputs("out");
    let feed: Value = serde_json::from_slice(&outputs["feed.json"]).unwrap();
    let items = feed["items"].as_array().unwrap().iter();
    let number = |item: &Value| {
        let id = item["id"].as_str().unwrap();
        id.rsplit('/').next().unwrap().to_owned()
    };
    items.map(number).collect()
}

fn assert_takes(select: &str, numbers: &[&str]) {
    let expected = numbers.iter().map(|number| (*number).to_owned());
    assert_eq!(
        taken(&place(select), &[]),
        expected.collect(),
        "with {select}"
    );
}

#[test]
fn articles_are_taken_by_host_source_tag_and_title() {
    assert_takes("[select.include]\nhost = [\"tower.example\"]", &["3", "4"]);
    assert_takes("[select.include]\nhost = [\"www.*\"]", &["1", "2"]);
    assert_takes("[select.include]\nsource = [\"A\"]", &["1", "2"]);
    assert_takes("[select.include]\ntag = [\"sea\"]", &["1"]);
    assert_takes("[select.include]\ntag = [\"*sea\"]", &["1", "4"]);
    assert_takes(
        "[select.include]\ntitle = [\"LAMP\", \"灯\"]",
        &["2", "3", "4"],
    );
    assert_takes("[select.include]\ntitle = [\"lamp * ebb\"]", &["3"]);
}

#[test]
fn what_is_excluded_is_left_whatever_includes_it() {
    assert_takes("[select.exclude]\ntitle = [\"lamp\"]", &["1", "4", "5"]);
    assert_takes(
        "[select]\ninclude = { source = [\"b\"] }\nexclude = { host = [\"tower.example\"] }",
        &["5"],
    );
}

#[test]
fn each_key_of_include_has_to_match() {
    assert_takes(
        "[select.include]\nhost = [\"harbour.example\", \"hill.example\"]\ntitle = [\"lamp\"]",
        &["2"],
    );
}

#[test]
fn the_newest_text_of_an_article_decides() {
    assert_takes("[select.include]\ntitle = [\"goats\"]", &["5"]);
    assert_takes(
        "[select.include]\ntitle = [\"goats and\", \"ebb tide\"]",
        &["1"],
    );
}

#[test]
fn a_selection_and_a_period_hold_together() {
    let place = place("[select]\nsince = \"2021-12-21\"\ninclude = { title = [\"lamp\"] }");
    assert_eq!(taken(&place, &[]).len(), 2);
    place.build(&["--since", "2022"]).success();
}

#[test]
fn what_is_left_out_is_neither_skipped_nor_warned_of() {
    let place = place("[select.exclude]\ntitle = [\"lamp\", \"kept ahead\"]");
    let ahead = post("https://hill.example/9", "Kept ahead", "", 4000);
    place.write("articles/b/ahead.md", ahead);
    let empty = "<!--1640000000000-->\n[No lamp](https://hill.example/8)\n------\n\n\n";
    place.write("articles/b/empty.md", empty);
    let report = place.report(&["--strict"]);
    let counts = &report["articles"];
    let counts = ["read", "duplicates", "skipped", "written"].map(|key| counts[key].as_u64());
    assert_eq!(counts, [Some(8), Some(1), Some(0), Some(3)]);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 0);
}

#[test]
fn books_hold_what_is_taken_only() {
    let place = place("[select.include]\ntag = [\"sea\"]");
    let report = place.report(&[]);
    let outputs = report["outputs"].as_array().unwrap();
    let held = outputs.iter().map(|output| output["articles"].as_u64());
    assert_eq!(held.max(), Some(Some(1)));
}

#[test]
fn a_selection_without_articles_is_a_success_that_writes_nothing() {
    let place = place("[select.include]\nhost = [\"nowhere.example\"]");
    let said = stderr(&place.build(&[]).success());
    assert!(
        said.contains("nothing to write") && said.contains("[select]"),
        "{said}"
    );
    assert!(place.outputs("out").is_empty());
}

#[test]
fn patterns_that_mean_nothing_are_refused() {
    for select in [
        "[select.include]\nhost = [\"harbour.example/1\"]",
        "[select.include]\ntitle = [\"\"]",
        "[select.exclude]\ntag = [\" \"]",
        "[select.include]\nauthor = [\"Ada\"]",
    ] {
        let said = stderr(&place(select).build(&[]).code(2));
        assert!(said.contains("hint:"), "{select}: {said}");
    }
}

#[test]
fn articles_are_taken_by_language_and_text() {
    let place = Place::empty();
    let texts = [
        (
            "1",
            "The keeper of the lighthouse went down to the harbour in the evening, for the boats were late and the wind had turned.",
        ),
        (
            "2",
            "Der Wärter des Leuchtturms ging am Abend hinunter zum Hafen, denn die Boote waren spät und der Wind hatte gedreht.",
        ),
        (
            "3",
            "看守灯塔的人傍晚走到港口去，因为船来晚了，风也转了方向，天边的云又黑又低。",
        ),
    ];
    for (number, text) in texts {
        let page = format!("https://tower.example/{number}");
        let article =
            format!("<!--1638316800000-->\n[T{number}]({page})\n------\n\n<p>{text}</p>\n");
        place.write(&format!("articles/{number}.txt"), article);
    }
    for (select, numbers) in [
        (
            "[select.include]\nlanguage = [\"de\", \"zh\"]",
            vec!["2", "3"],
        ),
        ("[select.exclude]\nlanguage = [\"zh\"]", vec!["1", "2"]),
        (
            "[select.include]\ntext = [\"HARBOUR\", \"灯塔\"]",
            vec!["1", "3"],
        ),
        (
            "[select.include]\ntext = [\"boats*wind\"]\nlanguage = [\"en\"]",
            vec!["1"],
        ),
        (
            "[select.include]\ntitle = [\"T2\", \"T3\"]\ntext = [\"Hafen\"]",
            vec!["2"],
        ),
    ] {
        place.write("offprint.toml", select);
        let expected = numbers.into_iter().map(str::to_owned).collect();
        assert_eq!(taken(&place, &[]), expected, "with {select}");
        // The second time from what the first one noted.
        assert_eq!(taken(&place, &[]), expected, "with {select}");
    }
}
