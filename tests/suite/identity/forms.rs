//! Texts that nearly agree: bulletins of one form, edited articles, pages by other hosts of their site.

use super::{File, made, prose};

/// Texts of one form that differ in one word.
fn bulletin(of: &str, lines: usize) -> String {
    let lines = (0..lines).map(|line| {
        format!("<p>Line {line}: rain falls in the morning, and the wind comes from the {of} at dusk.</p>")
    });
    lines.collect()
}

#[test]
fn short_texts_of_one_form_are_articles_of_their_own() {
    let winds = [
        "north", "south", "west", "harbour", "island", "mill", "keeper", "bridge", "lamp", "ferry",
    ];
    let byline = "<div><i>Ann<br>2021-12-31T01:44:25Z</i></div>";
    type Form = (&'static str, fn(&str) -> (String, String), &'static str);
    let forms: [Form; 5] = [
        (
            "entries of one page",
            |of| (format!("Wind from {of}"), format!("log#{of}")),
            "",
        ),
        (
            "posts of one thread",
            |of| (format!("Re: {of}"), format!("t?id=7#{of}")),
            "",
        ),
        (
            "a column",
            |of| ("The wind".to_owned(), format!("wind/{of}")),
            "",
        ),
        (
            "one second",
            |of| (format!("Wind from {of}"), format!("wind/{of}")),
            byline,
        ),
        (
            "untold",
            |of| (format!("Wind from {of}"), format!("wind/{of}")),
            "",
        ),
    ];
    for (name, form, byline) in forms {
        for lines in [1, 2, 3] {
            for hours in [1, 24, 24 * 30] {
                let files: Vec<File> = winds
                    .iter()
                    .zip(0..)
                    .map(|(of, number)| {
                        let (title, address) = form(of);
                        File::new(
                            &format!("{number}.txt"),
                            number * hours,
                            &title,
                            &format!("https://bulletin.example/{address}"),
                            &format!("{byline}{}", bulletin(of, lines)),
                        )
                    })
                    .collect();
                let made = made(&files);
                let counts = (made.items.len(), made.joined().len());
                assert_eq!(
                    counts,
                    (winds.len(), 0),
                    "{name}, {lines} lines, {hours} hours"
                );
            }
        }
    }
}

#[test]
fn a_page_of_several_entries_takes_none_of_them() {
    let page = "https://notes.example/2021/12/31.html";
    let entries: Vec<String> = (0..3).map(|number| prose(number, 3)).collect();
    let mut files = vec![File::new("all.txt", 9, "The 31st", page, &entries.concat())];
    files.extend(entries.iter().zip(0..).map(|(entry, number)| {
        let address = format!("{page}#{number}");
        File::new(
            &format!("{number}.txt"),
            number,
            &format!("Note {number}"),
            &address,
            entry,
        )
    }));
    assert_eq!(made(&files).items.len(), 4);
}

#[test]
fn an_edited_article_is_known_by_the_second_of_its_byline() {
    let text = prose(1, 8);
    for every in [20, 12] {
        let words = text.split(' ').enumerate();
        let edited: Vec<&str> = words
            .map(|(at, word)| match at % every {
                5 if !word.contains('<') => "herring",
                _ => word,
            })
            .collect();
        let body = |text: &str| format!("<div><i>Ann<br>2021-12-31T01:44:25Z</i></div>{text}");
        let files = [
            File::new(
                "1.txt",
                0,
                "Rule for nets",
                "https://news.example/a",
                &body(&text),
            ),
            File::new(
                "2.txt",
                9,
                "New rule",
                "https://news.example/b",
                &body(&edited.join(" ")),
            ),
        ];
        assert_eq!(
            made(&files).joined(),
            [["2.txt", "1.txt"]],
            "every {every}th word"
        );
        // Without it, so much is another text.
        let files = files.map(|file| File {
            body: file.body.replace("2021-12-31T01:44:25Z", "2021-12-31"),
            ..file
        });
        assert_eq!(made(&files).joined().len(), 0, "every {every}th word");
    }
}

#[test]
fn hosts_for_small_screens_show_the_pages_of_their_site() {
    let text = prose(1, 4);
    for (wide, small) in [
        ("news.example/a", "m.news.example/a"),
        ("www.news.example/a?id=1", "mobile.news.example/a?id=1"),
        ("news.example/a", "amp.news.example/a/"),
        ("en.wiki.example/a", "en.m.wiki.example/a"),
        ("www.news.example:8080/a", "m.news.example:8080/a"),
    ] {
        for (title, body) in [("The bridge", prose(2, 4)), ("No bridge", text.clone())] {
            let files = [
                File::new("1.txt", 0, "The bridge", &format!("https://{wide}"), &text),
                File::new("2.txt", 900, title, &format!("https://{small}"), &body),
            ];
            let made = made(&files);
            assert_eq!(made.only().0, format!("https://{wide}"), "{small}");
        }
    }
    for (one, other) in [
        ("news.example/a", "en.news.example/a"),
        ("m.example/a", "www.example/a"),
        ("news.example/a", "m.news.example/b"),
    ] {
        let file = |name: &str, title: &str, address: &str, seed| {
            File::new(
                name,
                0,
                title,
                &format!("https://{address}"),
                &prose(seed, 4),
            )
        };
        let files = [
            file("1.txt", "The bridge", one, 1),
            file("2.txt", "The bridge", other, 2),
        ];
        assert_eq!(made(&files).items.len(), 2, "{other}");
    }
}

#[test]
fn reports_of_one_title_are_not_editions_of_each_other() {
    let report = |number: u64| {
        let levels = format!(
            "<p>It stands at {} and {}.</p>",
            100 + 7 * number,
            300 - number
        );
        prose(7, 8) + &levels
    };
    for hours in [1, 6, 24, 40] {
        let files: Vec<File> = (0..5)
            .map(|number| {
                let address = format!("https://river.example/levels/{number}");
                let name = format!("{number}.txt");
                File::new(&name, number * hours, "Levels", &address, &report(number))
            })
            .collect();
        assert_eq!(made(&files).items.len(), 5, "{hours} hours");
        // A second edition under an address of its own.
        assert_eq!(made(&files[..2]).joined().len(), 1, "{hours} hours");
    }
}

#[test]
fn announcements_of_one_hall_are_articles_of_their_own() {
    let hall = prose(3, 10);
    for own in [1, 2] {
        for title in ["Concert", ""] {
            let files: Vec<File> = (0..5)
                .map(|number| {
                    let title = match title {
                        "" => format!(
                            "Concert {}",
                            ["A", "B", "C", "D", "E"][usize::try_from(number).unwrap()]
                        ),
                        title => title.to_owned(),
                    };
                    let address = format!("https://hall.example/c/{number}");
                    let text = format!("{}{hall}", prose(100 + number, own));
                    File::new(
                        &format!("{number}.txt"),
                        number * 100,
                        &title,
                        &address,
                        &text,
                    )
                })
                .collect();
            assert_eq!(made(&files).items.len(), 5, "{own} {title}");
        }
    }
}

#[test]
fn a_short_text_to_which_a_line_was_added_is_one_article() {
    let line = |number: u32| {
        format!(
            "<p>码头的守灯人今天早上说，第{number}艘船因为大雾没有离开港口，渔民们在岸上等了一整天。</p>"
        )
    };
    let text: String = (0..5).map(line).collect();
    let body = |more: &str| format!("<div><i>张三<br>2021-12-31 09:40:07</i></div>{text}{more}");
    let files = [
        File::new("1.txt", 9, "码头今天关闭", "https://z.example/a", &body("")),
        File::new(
            "2.txt",
            33,
            "大雾关闭码头",
            "https://z.example/b",
            &body("<p>更新：船长说了一句话，大家都笑了。</p>"),
        ),
    ];
    assert_eq!(made(&files).joined(), [["2.txt", "1.txt"]]);
}
