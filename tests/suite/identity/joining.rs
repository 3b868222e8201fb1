//! Saves that are joined and articles that stay apart, over what programs and sites write.

use offprint::settings::FeedSettings;
use offprint::{Registry, Report, Settings, Unobserved, convert};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

const SAVED: i64 = 1_640_915_226_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A text of its own for each subject.
fn story(subject: &str) -> String {
    let sentence = |number: usize| {
        let digest = words(&format!("{subject} {number}"));
        format!("<p>Of the {subject}: {digest}.</p>")
    };
    (0..8).map(sentence).collect()
}

/// Words that depend on a seed, and on nothing else.
fn words(seed: &str) -> String {
    let mut state = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut word = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let syllables = [
            "ka", "lo", "mi", "ru", "tes", "van", "por", "nil", "dar", "che",
        ];
        let pick = |shift: u32| syllables[usize::try_from((state >> shift) % 10).unwrap()];
        format!("{}{}{}", pick(20), pick(33), pick(47))
    };
    (0..12).map(|_| word()).collect::<Vec<_>>().join(" ")
}

fn seed(saved: i64, title: &str, address: &str, text: &str) -> String {
    format!("<!--{saved}-->\n[{title}]({address})\n------\n\n{text}\n")
}

fn with_byline(time: &str, text: &str) -> String {
    format!("<div><i>Ann Writer<br>{time}</i></div>{text}")
}

struct Ran {
    report: Report,
    feed: Vec<u8>,
}

impl Ran {
    fn items(&self) -> Vec<Value> {
        let feed: Value = serde_json::from_slice(&self.feed).unwrap();
        feed["items"].as_array().unwrap().clone()
    }

    fn of(&self, key: &str) -> BTreeSet<String> {
        let text = |item: &Value| item[key].as_str().unwrap().to_owned();
        self.items().iter().map(text).collect()
    }

    fn warnings(&self, code: &str) -> Vec<String> {
        let warnings = self.report.warnings.iter();
        let warnings = warnings.filter(|warning| warning.code.name() == code);
        warnings.map(ToString::to_string).collect()
    }
}

struct Saves(TempDir);

impl Saves {
    fn new(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join("in").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Saves(folder)
    }

    fn run_with(&self, change: impl FnOnce(&mut Settings)) -> Ran {
        let registry = Registry::standard();
        let mut settings = Settings::for_inputs([self.0.path().join("in")]);
        settings.formats = vec!["json".to_owned()];
        settings.out = self.0.path().join("out");
        settings.images.cache = Some(self.0.path().join("cache"));
        settings.write.get_mut::<FeedSettings>().items = None;
        change(&mut settings);
        let report = convert(&registry, &settings, &Unobserved).unwrap();
        let feed = fs::read(settings.out.join("feed.json")).unwrap();
        Ran { report, feed }
    }

    fn run(&self) -> Ran {
        self.run_with(|_| ())
    }
}

#[test]
fn addresses_that_differ_in_the_fragment_alone_are_articles_of_their_own() {
    for (address, fragments) in [
        (
            "https://notes.example/2021/12/31.html",
            ["a0945", "a1312", "a2015"],
        ),
        (
            "https://forum.example/t?id=7",
            ["post-1", "post-2", "%E7%AD%94"],
        ),
    ] {
        let files: Vec<(String, String)> = fragments
            .iter()
            .zip(0..)
            .map(|(fragment, number)| {
                let address = format!("{address}#{fragment}");
                let text = seed(
                    SAVED + number * 1000,
                    &format!("Note {fragment}"),
                    &address,
                    &story(fragment),
                );
                (format!("{number}.txt"), text)
            })
            .collect();
        let files: Vec<(&str, String)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.clone()))
            .collect();
        let ran = Saves::new(&files).run();
        let expected: BTreeSet<String> = fragments
            .iter()
            .map(|one| format!("{address}#{one}"))
            .collect();
        assert_eq!(ran.of("id"), expected);
        assert_eq!(ran.of("title").len(), 3);
        assert!(ran.report.joined.is_empty());
    }
}

#[test]
fn a_fragment_alone_makes_no_article_of_a_save() {
    let text = story("weir");
    let ran = Saves::new(&[
        (
            "1.txt",
            seed(SAVED, "A heron", "https://n.example/31.html", &text),
        ),
        (
            "2.txt",
            seed(
                SAVED + 1000,
                "A heron",
                "https://n.example/31.html#comments",
                &format!("{text}<p>More.</p>"),
            ),
        ),
        (
            "3.txt",
            seed(
                SAVED + 2000,
                "The heron",
                "https://n.example/31.html#top",
                &text,
            ),
        ),
    ])
    .run();
    assert_eq!(ran.items().len(), 1);
    assert_eq!(ran.items()[0]["id"], "https://n.example/31.html");
    assert_eq!(ran.items()[0]["title"], "The heron");
    let joined = serde_json::to_value(&ran.report.joined).unwrap();
    assert!(joined[0]["kept"].as_str().unwrap().ends_with("3.txt"));
    assert_eq!(joined[0]["others"].as_array().unwrap().len(), 2);
}

#[test]
fn two_articles_saved_under_one_address_both_stay() {
    let saves = Saves::new(&[
        (
            "1.txt",
            seed(
                SAVED,
                "The pump is mended",
                "https://n.example/today",
                &story("pump"),
            ),
        ),
        (
            "2.txt",
            seed(
                SAVED + DAY,
                "Accounts for December",
                "https://n.example/today",
                &story("accounts"),
            ),
        ),
    ]);
    let ran = saves.run();
    assert_eq!(ran.of("title").len(), 2);
    let ids = ran.of("id");
    assert!(ids.contains("https://n.example/today"));
    assert!(ids.iter().any(|id| id.starts_with("tag:")));
    // The later one keeps its id when it is saved again.
    let text = format!("{}<p>And so on.</p>", story("accounts"));
    let path = saves.0.path().join("in/3.txt");
    fs::write(
        path,
        seed(
            SAVED + 2 * DAY,
            "Accounts for the winter",
            "https://n.example/today",
            &text,
        ),
    )
    .unwrap();
    let again = saves.run();
    assert_eq!(again.of("id"), ids);
    assert!(again.of("title").contains("Accounts for the winter"));
}

#[test]
fn a_save_of_nothing_never_wins() {
    let whole = with_byline("2021-12-31T01:44:25Z", &story("bridge"));
    let address = "https://s.example/bridge";
    for nothing in [
        "",
        "undefined",
        " NaN",
        "<p>null</p>",
        "<div></div>",
        "[object Object]",
    ] {
        let ran = Saves::new(&[
            ("1.txt", seed(SAVED, "The bridge", address, &whole)),
            ("2.txt", seed(SAVED + DAY, "The bridge", address, nothing)),
        ])
        .run();
        let item = &ran.items()[0];
        assert_eq!(ran.items().len(), 1, "{nothing}");
        assert!(
            item["content_html"].as_str().unwrap().len() > 300,
            "{nothing}"
        );
        assert_eq!(item["authors"][0]["name"], "Ann Writer");
    }
}

#[test]
fn a_title_that_is_none_never_wins() {
    let whole = with_byline("2021-12-31T01:44:25Z", &story("wall"));
    let address = "https://s.example/wall";
    for title in [
        "",
        "undefined",
        "null",
        "NaN",
        "[object Object]",
        "https://s.example/wall",
        "www.s.example",
        "Untitled",
        "无标题",
        "Ohne Titel",
    ] {
        let text = format!("{whole}<p>Corrected.</p>");
        let ran = Saves::new(&[
            ("1.txt", seed(SAVED, "The wall", address, &whole)),
            ("2.txt", seed(SAVED + DAY, title, address, &text)),
        ])
        .run();
        assert_eq!(ran.items().len(), 1, "{title}");
        assert_eq!(ran.items()[0]["title"], "The wall", "{title}");
        assert!(
            ran.items()[0]["content_html"]
                .as_str()
                .unwrap()
                .contains("Corrected.")
        );
    }
    let alone = Saves::new(&[("1.txt", seed(SAVED, "undefined", address, &whole))]).run();
    assert_ne!(alone.items()[0]["title"], "undefined");
}

/// A question that is as long as an article.
fn consent(words: &str) -> String {
    format!("<p>{}</p>", format!("{words} ").repeat(12))
}

#[test]
fn a_page_in_the_place_of_the_article_never_wins() {
    let address = "https://s.example/pump";
    let whole = with_byline("2021-12-31T01:44:25Z", &story("pump"));
    for (title, text) in [
        (
            "Just a moment…",
            "<p>Checking your browser before you go on to s.example.</p>",
        ),
        (
            "The pump",
            "<p>We value your privacy. We and our partners keep things on your device. Accept all cookies?</p>",
        ),
        ("403 Forbidden", "<h1>403 Forbidden</h1><p>server</p>"),
        ("页面不存在", "<p>您要找的页面不存在。</p>"),
        (
            "Attention Required! | A Shield",
            "<h1>Sorry, you have been blocked</h1><p>You are unable to access s.example. This site is using a service to protect itself from online attacks.</p>",
        ),
        (
            "Tu privacidad",
            &consent(
                "Nosotros y nuestros socios guardamos cookies en su dispositivo. Aceptar todo. Rechazar todo.",
            ),
        ),
        (
            "Datenschutz",
            &consent(
                "Wir und unsere Partner speichern Cookies auf Ihrem Gerät. Alle akzeptieren oder alle ablehnen?",
            ),
        ),
        (
            "Vos choix",
            &consent(
                "Nos partenaires et nous déposons des cookies sur votre appareil. Tout accepter ou tout refuser.",
            ),
        ),
        ("The pump", "<p>Gone.</p>"),
    ] {
        let ran = Saves::new(&[
            ("1.txt", seed(SAVED, "The pump", address, &whole)),
            ("2.txt", seed(SAVED + DAY, title, address, text)),
        ])
        .run();
        assert_eq!(ran.items().len(), 1, "{title}");
        assert_eq!(ran.items()[0]["title"], "The pump");
        assert!(
            ran.items()[0]["content_html"].as_str().unwrap().len() > 300,
            "{title}: {text}"
        );
    }
}

#[test]
fn an_article_of_another_title_is_found_by_what_stays() {
    let text = story("ferry");
    let more = format!("{text}<p>It runs again.</p>");
    let byline = |text: &str| with_byline("2021-12-31T01:40:07Z", text);
    for (why, one, two) in [
        (
            "the number in the address",
            seed(
                SAVED,
                "Ferry stops in fog",
                "https://n.example/ferry-stops/a-540001",
                &text,
            ),
            seed(
                SAVED + 90 * DAY,
                "Ferry halted",
                "https://n.example/ferry-halted/a-540001",
                &more,
            ),
        ),
        (
            "the second of the byline",
            seed(
                SAVED,
                "New rule for nets",
                "https://n.example/new-rule",
                &byline(&text),
            ),
            seed(
                SAVED + DAY,
                "New rules for nets",
                "https://n.example/new-rules",
                &byline(&more),
            ),
        ),
        (
            "the title",
            seed(SAVED, "The mill turns", "https://n.example/mill", &text),
            seed(
                SAVED + 13 * DAY,
                "The mill turns",
                "https://n.example/mill-2",
                &text,
            ),
        ),
    ] {
        let ran = Saves::new(&[("1.txt", one), ("2.txt", two)]).run();
        assert_eq!(ran.items().len(), 1, "{why}");
        assert_eq!(ran.report.joined.len(), 1, "{why}");
        let item = &ran.items()[0];
        assert!(
            !item["id"].as_str().unwrap().ends_with("-2"),
            "{why}: the first one's id"
        );
    }
}

#[test]
fn what_has_a_key_in_common_and_another_text_stays_apart() {
    let byline = |text: String| with_byline("2021-12-31T01:40:07Z", &text);
    let ran = Saves::new(&[
        (
            "1.txt",
            seed(
                SAVED,
                "One",
                "https://n.example/one/a-540001",
                &story("one"),
            ),
        ),
        (
            "2.txt",
            seed(
                SAVED,
                "Two",
                "https://n.example/two/a-540001",
                &story("two"),
            ),
        ),
        (
            "3.txt",
            seed(
                SAVED,
                "Three",
                "https://n.example/three",
                &byline(story("three")),
            ),
        ),
        (
            "4.txt",
            seed(
                SAVED,
                "Four",
                "https://n.example/four",
                &byline(story("four")),
            ),
        ),
        (
            "5.txt",
            seed(
                SAVED,
                "Water",
                "https://n.example/w1",
                &format!("{}<p>It stands at 312.</p>", story("water")),
            ),
        ),
        (
            "6.txt",
            seed(
                SAVED + 3 * DAY,
                "Water",
                "https://n.example/w2",
                &format!("{}<p>It stands at 287.</p>", story("water")),
            ),
        ),
        (
            "7.txt",
            seed(
                SAVED,
                "Elsewhere",
                "https://m.example/one/a-540001",
                &story("one"),
            ),
        ),
    ])
    .run();
    assert_eq!((ran.items().len(), ran.report.joined.len()), (7, 0));
}

#[test]
fn an_article_of_another_title_and_address_is_found_by_its_text_alone() {
    let text = story("lighthouse");
    let edited = text.replacen("Of the lighthouse", "Once more of the lighthouse", 1);
    for (form, again) in [("the same", text.clone()), ("edited", edited)] {
        for around in ["{}", "<div class=entry>{}</div>", "<p>A word before.</p>{}"] {
            let saves = Saves::new(&[
                (
                    "1.txt",
                    seed(
                        SAVED,
                        "What the lamp saw",
                        "https://s.example/2019/lamp",
                        &text,
                    ),
                ),
                (
                    "2.txt",
                    seed(
                        SAVED + 900 * DAY,
                        "Under the tower",
                        "https://s.example/tower",
                        &around.replace("{}", &again),
                    ),
                ),
                (
                    "3.txt",
                    seed(
                        SAVED + DAY,
                        "The ferry",
                        "https://s.example/ferry",
                        &story("ferry"),
                    ),
                ),
            ]);
            let ran = saves.run();
            assert_eq!(ran.items().len(), 2, "{form} in {around}");
            assert_eq!(ran.report.joined.len(), 1);
        }
    }
    // A quotation that two articles share, and a form that differs in its figures, join nothing.
    let quoted = story("quotation");
    let first = quoted.split_inclusive("</p>").next().unwrap();
    let report = |degrees: u32| text.replace("Of the", &format!("At {degrees} degrees, of the"));
    let shown = |number: u32| format!("<img src=\"/{number}.jpg\">{text}");
    for [one, other] in [
        [shown(1), shown(2)],
        [
            format!("{first}{}", story("a")),
            format!("{first}{}", story("b")),
        ],
        [
            format!("{}<p>{}</p>", report(12), words("w")),
            format!("{}<p>{}</p>", report(17), words("w")),
        ],
    ] {
        let saves = Saves::new(&[
            ("1.txt", seed(SAVED, "One", "https://s.example/one", &one)),
            (
                "2.txt",
                seed(SAVED + 9 * DAY, "Other", "https://s.example/other", &other),
            ),
        ]);
        assert_eq!(saves.run().items().len(), 2);
    }
}

/// Pairs of short texts of one column that differ in what they show or lead to.
const SHOWN: [[&str; 2]; 6] = [
    ["<img src=\"/1.jpg\">", "<img src=\"/2.jpg\">"],
    [
        "<p>Picture of the day.</p><img src=\"https://g.example/p.php?id=1\">",
        "<p>Picture of the day.</p><img src=\"https://g.example/p.php?id=2\">",
    ],
    [
        "<p><a href=\"https://a.example/1\">Listen here</a></p>",
        "<p><a href=\"https://a.example/2\">Listen here</a></p>",
    ],
    [
        "<iframe src=\"https://www.youtube.com/embed/AAAAAAAAAA1\"></iframe>",
        "<iframe src=\"https://www.youtube.com/embed/AAAAAAAAAA2\"></iframe>",
    ],
    [
        "<p>今日照片</p><figure><img src=\"/a.png\"></figure>",
        "<p>今日照片</p><figure><img src=\"/b.png\"></figure>",
    ],
    [
        "<audio src=\"/1.mp3\"></audio><p>Our programme.</p>",
        "<audio src=\"/2.mp3\"></audio><p>Our programme.</p>",
    ],
];

#[test]
fn short_texts_that_show_different_things_stay_apart_in_feeds_of_feeds_too() {
    for pair in SHOWN {
        for [one, other] in [
            ["https://o.example/gallery#1", "https://o.example/gallery#2"],
            ["https://o.example/a", "https://o.example/b"],
        ] {
            let titles = if one.contains('#') {
                ["Pic one", "Pic two"]
            } else {
                ["Of the day"; 2]
            };
            let archive = Saves::new(&[
                ("1.txt", seed(SAVED, titles[0], one, pair[0])),
                ("2.txt", seed(SAVED + 14 * DAY, titles[1], other, pair[1])),
            ]);
            let ran = archive.run();
            assert_eq!(ran.items().len(), 2, "{pair:?} {one}");
            let feed = String::from_utf8(ran.feed.clone()).unwrap();
            let again = Saves::new(&[("all.json", feed)]).run();
            assert_eq!(again.of("id"), ran.of("id"), "{pair:?} {one}");
        }
    }
}

#[test]
fn an_article_keeps_the_id_of_its_first_address_through_feeds() {
    let saves = Saves::new(&[
        (
            "1.txt",
            seed(
                SAVED,
                "The mill turns",
                "https://o.example/2021/the-mill-turns-again-1234567",
                &story("mill"),
            ),
        ),
        (
            "2.txt",
            seed(
                SAVED + DAY,
                "The mill still turns",
                "https://o.example/2021/mill-1234567",
                &story("mill"),
            ),
        ),
    ]);
    let ran = saves
        .run_with(|settings| settings.formats = ["json", "rss", "atom"].map(String::from).to_vec());
    assert_eq!(
        (ran.items().len(), ran.of("id") == ran.of("url")),
        (1, false)
    );
    for name in ["feed.json", "rss.xml", "atom.xml"] {
        let feed = fs::read_to_string(saves.0.path().join("out").join(name)).unwrap();
        let again = Saves::new(&[(name, feed)]).run();
        for key in ["id", "url", "title", "content_html"] {
            assert_eq!(again.of(key), ran.of(key), "{name}");
        }
    }
}

#[test]
fn a_picture_from_another_server_makes_no_article_of_a_save() {
    let address = "https://o.example/a";
    let archive = Saves::new(&[
        (
            "1.txt",
            seed(
                SAVED,
                "A view",
                address,
                "<p>A view.</p><img src=\"https://a.example/1.jpg\">",
            ),
        ),
        (
            "2.txt",
            seed(
                SAVED + DAY,
                "A view",
                address,
                "<p>A view.</p><img src=\"https://b.example/w/1.jpg?w=9\">",
            ),
        ),
    ]);
    assert_eq!(archive.run().items().len(), 1);
}

#[test]
fn across_sources_nothing_is_joined_unless_asked_for() {
    let text = story("lamp");
    let saves = Saves::new(&[
        (
            "1.txt",
            seed(SAVED, "The lamp", "https://one.example/lamp", &text),
        ),
        (
            "2.txt",
            seed(
                SAVED + DAY,
                "A lamp again",
                "https://two.example/lamp",
                &text,
            ),
        ),
        (
            "3.txt",
            seed(
                SAVED + DAY,
                "The pump",
                "https://two.example/pump",
                &story("pump"),
            ),
        ),
    ]);
    assert_eq!(saves.run().items().len(), 3);
    let ran = saves.run_with(|settings| settings.across_sources = true);
    assert_eq!(ran.items().len(), 2);
    assert!(ran.of("title").contains("The lamp"));
    assert_eq!(ran.report.joined.len(), 1);
}

#[test]
fn an_unchanged_run_names_the_same_joined_files() {
    let saves = Saves::new(&[
        (
            "1.txt",
            seed(
                SAVED,
                "The lamp",
                "https://one.example/lamp",
                &story("lamp"),
            ),
        ),
        (
            "2.txt",
            seed(
                SAVED + DAY,
                "The lamp",
                "https://one.example/lamp",
                "undefined",
            ),
        ),
    ]);
    let (first, second) = (saves.run(), saves.run());
    assert!(!first.report.joined.is_empty());
    assert_eq!(first.report.joined, second.report.joined);
    assert_eq!(
        first.warnings("text-replaced"),
        second.warnings("text-replaced")
    );
    assert_eq!(first.feed, second.feed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Of a made-up archive exactly the saves that were made are joined, whatever the files are called.
    #[test]
    fn exactly_the_saves_are_joined(
        articles in 2..12_usize,
        saves in prop::collection::vec((0..12_usize, 0..5_usize), 0..8),
        names in prop::collection::vec("[a-z]{6}", 24),
    ) {
        let mut texts = Vec::new();
        for number in 0..articles {
            let address = format!("https://n.example/{number}/a-77{number:04}");
            texts.push(seed(SAVED + number as i64 * DAY, &format!("Tale {number}"), &address, &story(&format!("s{number}"))));
        }
        let mut joined = BTreeSet::new();
        for (turn, (number, kind)) in saves.into_iter().enumerate() {
            let number = number % articles;
            joined.insert(number);
            let saved = SAVED + number as i64 * DAY + (turn as i64 + 1) * 1000;
            let address = format!("https://n.example/{number}/a-77{number:04}");
            let text = story(&format!("s{number}"));
            let other = format!("https://n.example/moved-{turn}/a-77{number:04}");
            texts.push(match kind {
                0 => seed(saved, &format!("Tale {number}"), &address, ""),
                1 => seed(saved, "undefined", &address, &text),
                2 => seed(saved, "Just a moment", &address, "<p>Checking your browser</p>"),
                3 => seed(saved, &format!("Retold {number}"), &other, &format!("{text}<p>More of it.</p>")),
                _ => seed(saved, &format!("Tale {number}"), &format!("{address}#part"), &text),
            });
        }
        let run = |names: &[String]| {
            let named = |(at, text): (usize, &String)| (format!("{}-{at}.txt", names[at % names.len()]), text.clone());
            let files: Vec<(String, String)> = texts.iter().enumerate().map(named).collect();
            let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
            Saves::new(&files).run()
        };
        let ran = run(&names);
        prop_assert_eq!(ran.items().len(), articles);
        prop_assert_eq!(ran.report.joined.len(), joined.len());
        let reversed: Vec<String> = names.iter().rev().cloned().collect();
        prop_assert_eq!(run(&reversed).feed, ran.feed);
    }
}

#[test]
fn issues_that_say_the_same_each_time_stay_apart() {
    let titles = ["apples", "boats", "cats", "doors"];
    for sentences in [4, 8, 20] {
        let standing: String = (0..sentences)
            .map(|number| format!("<p>Be kind: {}.</p>", words(&format!("rule {number}"))))
            .collect();
        for ending in [false, true] {
            let text = |title: &str| match ending {
                true => format!("{standing}<p>This week {title}.</p>"),
                false => standing.clone(),
            };
            let items: String = titles
                .iter()
                .zip(1..)
                .map(|(title, number)| {
                    format!(
                        "<item><guid isPermaLink=\"false\">g{number}</guid><link>https://hall.example/{title}</link>\
                         <title>Open thread: {title}</title><pubDate>0{number} Jan 2024 10:00:00 +0000</pubDate>\
                         <description><![CDATA[{}]]></description></item>",
                        text(title)
                    )
                })
                .collect();
            let feed = format!(
                "<rss version=\"2.0\"><channel><title>Hall</title><link>https://hall.example/</link>{items}</channel></rss>"
            );
            let in_one = Saves::new(&[("hall.xml", feed)]).run();
            assert_eq!(in_one.items().len(), 4, "{sentences} {ending}");
            let files: Vec<(String, String)> = titles
                .iter()
                .zip(0..)
                .map(|(title, week)| {
                    let address = format!("https://hall.example/{title}");
                    let title = format!("Open thread: {title}");
                    let saved = seed(SAVED + week * 7 * DAY, &title, &address, &text(&title));
                    (format!("hall/{week}.txt"), saved)
                })
                .collect();
            let files: Vec<(&str, String)> = files
                .iter()
                .map(|(name, text)| (name.as_str(), text.clone()))
                .collect();
            let each = Saves::new(&files).run();
            assert_eq!(each.items().len(), 4, "{sentences} {ending}");
        }
    }
}
