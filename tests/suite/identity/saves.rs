//! Single saves of pages: what is one article, and which of its fields win.

use super::{File, made, made_with, prose};

const PAGE: &str = "https://news.example/2021/bridge";

#[test]
fn files_that_differ_in_the_fragment_are_articles_of_their_own() {
    let page = "https://notes.example/2021/12/31.html";
    let files: Vec<File> = ["#a0945", "#a1312", "#a2015", ""]
        .iter()
        .zip(0..)
        .map(|(fragment, number)| {
            let title = format!("Note {number} of the day");
            File::new(
                &format!("{number}.txt"),
                number,
                &title,
                &format!("{page}{fragment}"),
                &prose(number, 1),
            )
        })
        .collect();
    let made = made(&files);
    let ids: Vec<String> = made.texts().into_iter().map(|(id, ..)| id).collect();
    let mut wanted: Vec<String> = files.iter().map(|file| file.address.clone()).collect();
    wanted.sort();
    assert_eq!(ids, wanted);
    assert_eq!(made.report.articles.duplicates, 0);
}

#[test]
fn a_fragment_is_of_no_matter_where_title_or_text_agree() {
    let text = prose(1, 3);
    for (title, body) in [("The bridge", prose(2, 3)), ("Another title", text.clone())] {
        let first = File::new("1.txt", 0, "The bridge", PAGE, &text);
        let second = File::new("2.txt", 1, title, &format!("{PAGE}#comments"), &body);
        let made = made(&[first, second]);
        assert_eq!(made.only().0, PAGE, "{title}");
        assert_eq!(made.joined(), [["2.txt", "1.txt"]], "{title}");
        let warned = made.codes().contains(&"text-replaced");
        assert_eq!(warned, title == "The bridge", "differing texts are told");
    }
}

#[test]
fn other_articles_of_the_very_same_address_keep_apart() {
    let files: Vec<File> = (0..4)
        .map(|number| {
            File::new(
                &format!("{number}.txt"),
                number,
                &format!("Day {number}"),
                PAGE,
                &prose(number, 3),
            )
        })
        .collect();
    let first = made(&files);
    assert_eq!(first.items.len(), 4);
    let ids: Vec<String> = first.texts().into_iter().map(|(id, ..)| id).collect();
    assert_eq!(ids.iter().filter(|id| *id == PAGE).count(), 1);
    assert_eq!(ids.iter().filter(|id| id.starts_with("tag:")).count(), 3);
    let title_of_page = first
        .texts()
        .into_iter()
        .find(|text| text.0 == PAGE)
        .unwrap()
        .1;
    assert_eq!(title_of_page, "Day 0", "the first keeps the address");
    let more = File::new("9.txt", 99, "Day 9", PAGE, &prose(9, 3));
    let second = made(&[files, vec![more]].concat());
    let later: Vec<String> = second.texts().into_iter().map(|(id, ..)| id).collect();
    assert!(ids.iter().all(|id| later.contains(id)), "ids stay");
}

#[test]
fn a_worse_save_never_wins() {
    let text = prose(1, 5);
    let body = format!("<div><i>Ann Writer<br>2021-12-31T01:44:25Z</i></div>{text}");
    let saves = [
        ("The bridge", ""),
        ("The bridge", "undefined"),
        ("The bridge", "null"),
        ("undefined", "NaN"),
        ("null", "<p> </p>"),
        ("[object Object]", "[object Object]"),
        (
            "Just a moment…",
            "<p>Checking your browser before you go on.</p>",
        ),
        ("403 Forbidden", "<p>You have no permission.</p>"),
        ("Seite nicht gefunden", "<p>Leider gibt es hier nichts.</p>"),
        (
            "News",
            "<p>We use cookies. Please accept cookies to go on.</p>",
        ),
        ("找不到页面", "<p>您访问的内容已删除。</p>"),
        ("The bridge", &text[..300]),
    ];
    for (title, worse) in saves {
        for hours in [1, 1000] {
            let first = File::new("1.txt", 0, "The bridge", PAGE, &body);
            let second = File::new("2.txt", hours, title, PAGE, worse);
            let made = made(&[first.clone(), second]);
            let alone = super::made(&[first]);
            assert_eq!(made.items, alone.items, "{title}: {worse}");
            assert_eq!(made.joined(), [["1.txt", "2.txt"]], "{title}: {worse}");
        }
    }
}

#[test]
fn a_refusal_that_was_saved_first_gives_way() {
    let refusal = File::new(
        "1.txt",
        0,
        "Just a moment…",
        PAGE,
        "<p>Checking your browser.</p>",
    );
    let article = File::new("2.txt", 5, "The bridge", PAGE, &prose(1, 1));
    let made = made(&[refusal, article]);
    assert_eq!(made.only().1, "The bridge");
    assert_eq!(made.items[0]["date_published"], "2021-12-31T06:47:06Z");
    assert_eq!(made.codes(), ["text-replaced"]);
}

#[test]
fn each_field_is_that_of_the_newest_save_that_has_it() {
    let text = prose(1, 5);
    let byline = "<div><i>Ann Writer<br>2021-12-31T01:44:25Z</i></div>";
    for title in [
        "",
        "undefined",
        "null",
        "NaN",
        "[object Object]",
        "The bridge is open",
    ] {
        let first = File::new("1.txt", 0, "The bridge", PAGE, &format!("{byline}{text}"));
        let second = File::new(
            "2.txt",
            1,
            title,
            PAGE,
            &format!("{text}<p>One more line.</p>"),
        );
        let made = made(&[first, second]);
        let (_, shown, content) = made.only();
        let wanted = if title.starts_with("The") {
            title
        } else {
            "The bridge"
        };
        assert_eq!(shown, wanted);
        assert!(content.contains("One more line."));
        assert_eq!(made.items[0]["authors"][0]["name"], "Ann Writer");
    }
}

#[test]
fn a_program_word_is_no_title() {
    for word in ["undefined", "null", "NaN", "[object Object]"] {
        let made = made(&[File::new(
            "1.txt",
            0,
            word,
            PAGE,
            "<p>The lamp was lit at dusk.</p>",
        )]);
        assert_eq!(made.only().1, "The lamp was lit at dusk.");
    }
}

#[test]
fn a_retitled_article_is_found_by_what_stays() {
    let body = |text: &str| format!("<div><i>Ann Writer<br>2021-12-31T01:44:25Z</i></div>{text}");
    let text = prose(1, 4);
    let more = format!("{text}<p>One more line was added.</p>");
    let site = "https://news.example/en";
    let pairs = [
        (
            "Fog halts ferry",
            "fog/a-540001",
            "No ferry in fog",
            "no-ferry/a-540001",
        ),
        (
            "Fog halts ferry",
            "fog-540001.html",
            "No ferry in fog",
            "ferry-540001.html",
        ),
        (
            "New rule for nets",
            "new-rule-for-nets",
            "New rules for nets",
            "new-rules-for-nets",
        ),
        (
            "The mill turns",
            "the-mill-turns",
            "The mill turns",
            "the-mill-turns-2",
        ),
    ];
    for (first_title, first, title, second) in pairs {
        for hours in [1, 47, 13 * 24, 5000] {
            let files = [
                File::new(
                    "1.txt",
                    0,
                    first_title,
                    &format!("{site}/{first}"),
                    &body(&text),
                ),
                File::new(
                    "2.txt",
                    hours,
                    title,
                    &format!("{site}/{second}"),
                    &body(&more),
                ),
            ];
            let made = made(&files);
            let (id, shown, content) = made.only();
            assert_eq!(id, files[0].address, "the id of the first");
            assert_eq!(shown, title, "the title of the newest");
            assert!(content.contains("One more line"), "the text of the newest");
            assert_eq!(made.joined(), [["2.txt", "1.txt"]]);
            assert_eq!(made.codes(), [""; 0]);
        }
    }
}

#[test]
fn articles_that_share_a_key_but_not_the_text_stay_apart() {
    let weather = |degrees: u64| format!("<p>It was {degrees} degrees.</p>{}", prose(7, 3));
    let byline = |second: u64, text: &str| {
        format!("<div><i>Ann<br>2021-12-31T01:44:{second}Z</i></div>{text}")
    };
    let site = "https://news.example";
    let columns: Vec<File> = (0..5)
        .map(|day| {
            File::new(
                &format!("{day}.txt"),
                day * 24,
                "The day",
                &format!("{site}/day/{day}"),
                &prose(day, 3),
            )
        })
        .collect();
    let reports: Vec<File> = (0..5)
        .map(|day| {
            File::new(
                &format!("{day}.txt"),
                day * 240,
                "Weather",
                &format!("{site}/w/{day}"),
                &weather(day),
            )
        })
        .collect();
    let blogs: Vec<File> = (0..5)
        .map(|day| {
            File::new(
                &format!("{day}.txt"),
                day,
                &format!("Live {day}"),
                &format!("{site}/{day}/live-7777777"),
                &byline(25, &prose(day, 3)),
            )
        })
        .collect();
    for files in [columns, reports, blogs] {
        let made = made(&files);
        assert_eq!(
            (made.items.len(), made.joined().len()),
            (5, 0),
            "{}",
            files[0].title
        );
    }
}

#[test]
fn sources_keep_apart_unless_they_are_to_be_joined() {
    let text = prose(1, 4);
    let early = File::new("1.txt", 0, "Storm", "https://one.example/storm", &text);
    let late = File::new(
        "2.txt",
        2,
        "Big storm",
        "https://two.example/big-storm",
        &format!("{text}<p>End.</p>"),
    );
    let other = File::new("3.txt", 3, "Calm", "https://two.example/calm", &prose(2, 4));
    let files = [late, early, other];
    assert_eq!(made(&files).items.len(), 3);
    let joined = made_with(&files, |settings| settings.across_sources = true);
    assert_eq!(joined.items.len(), 2);
    assert_eq!(joined.joined(), [["1.txt", "2.txt"]]);
    let (_, title, content) = joined.texts()[0].clone();
    assert_eq!(
        (title.as_str(), content.contains("End.")),
        ("Storm", false),
        "the earliest stands"
    );
}
