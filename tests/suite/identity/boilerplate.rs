//! What many articles of one source begin or end with.

use super::{File, made, made_with, prose};
use crate::incremental::archive::{Archive, BEGINNING, DAY};

/// Files of one source, each with what `around` puts around its text.
fn files(count: u64, around: impl Fn(u64, String) -> String) -> Vec<File> {
    let file = |number: u64| {
        let address = format!("https://bugle.example/{number}");
        let body = around(number, prose(number, 3));
        File::new(
            &format!("{number}.txt"),
            number,
            &format!("Tale {number}"),
            &address,
            &body,
        )
    };
    (0..count).map(file).collect()
}

const NAMES: [&str; 5] = [
    "Ann Writer",
    "Bo Ladder",
    "Cid Fisher",
    "Dora Mill",
    "Eve Stone",
];

/// What a plug-in adds: names, years, links and tags differ from article to article.
fn notice(number: u64) -> String {
    let name = NAMES[usize::try_from(number).unwrap() % NAMES.len()];
    format!(
        "<hr><p><small>&copy; {name} for <a href=\"https://bugle.example\">The Bugle</a>, get_post_time('Y'). |<a href=\"https://bugle.example/{number}\">Permalink</a> |<a href=\"https://bugle.example/{number}#c\">{number} comments</a> |Add to <a href=\"http://del.icio.us/{number}\">del.icio.us</a><br>Post tags: <a href=\"/t/{number}\">tag{number}</a>, <a href=\"/t\">other</a></small></p><p><small>Feed enhanced by <a href=\"http://p.example/\">Better Feed</a></small></p>"
    )
}

#[test]
fn notices_of_plug_ins_go_and_are_no_rights() {
    let made = made(&files(20, |number, text| text + &notice(number)));
    for (id, _, content) in made.texts() {
        for words in [
            "Permalink",
            "get_post_time",
            "Better Feed",
            "Post tags",
            "<hr",
        ] {
            assert!(!content.contains(words), "{id}: {content}");
        }
    }
    assert!(!String::from_utf8_lossy(&made.feed).contains("get_post_time"));
}

#[test]
fn they_stay_where_that_is_asked_for_and_where_few_articles_have_them() {
    let all = files(20, |number, text| text + &notice(number));
    let kept = made_with(&all, |settings| settings.boilerplate = false);
    let few = made(&files(20, |number, text| {
        if number < 4 {
            text + &notice(number)
        } else {
            text
        }
    }));
    let count = |made: &super::Made| {
        let texts = made.texts().into_iter();
        texts
            .filter(|(_, _, content)| content.contains("Better Feed"))
            .count()
    };
    assert_eq!((count(&kept), count(&few)), (20, 4));
}

#[test]
fn opening_lines_go_too() {
    let made = made(&files(12, |_, text| {
        format!("<p>Get more of this by mail: <a href=\"/mail\">here</a></p>{text}")
    }));
    assert!(
        made.texts()
            .iter()
            .all(|(_, _, content)| !content.contains("by mail"))
    );
}

#[test]
fn long_texts_captions_rights_names_and_labels_stay() {
    let long = "This is a long closing paragraph that every article has. ".repeat(8);
    let kept = [
        format!("<p>{long}</p>"),
        "<img src=\"/a.jpg\"><div><small style=\"color: #999;\">Photo of the evening paper</small></div>".to_owned(),
        "<p><em>© 2021 The Evening Paper. All rights reserved.</em></p>".to_owned(),
        "<p>Translated by Ann Writer</p>".to_owned(),
    ];
    for ending in kept {
        let files = files(20, |_, text| text + &ending);
        let with = made(&files);
        let without = made_with(&files, |settings| settings.boilerplate = false);
        assert_eq!(with.items, without.items, "{ending}");
    }
    let labelled = files(20, |number, text| {
        format!(
            "{text}<p><strong>References and notes</strong></p>{}",
            prose(number + 500, 1)
        )
    });
    let made = made(&labelled);
    assert!(
        made.texts()
            .iter()
            .all(|text| text.2.contains("References and notes"))
    );
}

#[test]
fn figures_are_no_boilerplate_whatever_stands_around_them() {
    let reports: [fn(u64) -> String; 8] = [
        |n| format!("<p>Gold {}</p><p>Oil {}</p>", 1800 + n, 70 + n % 9),
        |n| format!("<p>雨 {}</p><p>{} °C</p>", n % 7, n % 20),
        |_| "<p>Serves 4 people.</p><p>Bake at 180 degrees for 25 minutes.</p>".to_owned(),
        |n| {
            format!(
                "<p>新增本土确诊病例{}例，新增无症状感染者{}例。</p><p>累计治愈出院病例{}例。</p>",
                n * 37,
                n + 3,
                9000 + n
            )
        },
        |n| {
            format!(
                "<p>The high will be {} degrees and the low {}, with wind from the west.</p><p>Tides: high water at {}:{:02}.</p>",
                n % 9 + 3,
                n % 5,
                n % 12,
                n * 7 % 60
            )
        },
        |n| {
            format!(
                "<p>Serves {}, more with bread.</p><p>Bake at {} degrees for {} minutes.</p>",
                4 + n % 2 * 2,
                160 + n % 3 * 20,
                20 + n
            )
        },
        |n| {
            format!(
                "<p>1 euro is {}.{:02} crowns today</p><p>1 dollar is {}.{:02} crowns today</p>",
                24,
                n,
                21,
                99 - n
            )
        },
        |n| {
            format!(
                "<p>Temperatur {} Grad, Niederschlag {} Millimeter</p>",
                n % 20,
                n % 4
            )
        },
    ];
    for report in reports {
        let files = files(20, |number, text| text + &report(number));
        let with = made(&files);
        let without = made_with(&files, |settings| settings.boilerplate = false);
        assert_eq!(with.items, without.items, "{}", report(1));
    }
}

#[test]
fn a_menu_may_count_but_figures_without_one_may_not() {
    let menu = |number: u64| {
        format!(
            "<p><a href='https://bugle.example/{number}'>Permalink</a> | {} comments | Add to del.icio.us</p>",
            number % 7
        )
    };
    let made_of = |line: &dyn Fn(u64) -> String| {
        let made = made(&files(20, |number, text| text + &line(number)));
        let texts = made.texts().into_iter();
        texts.map(|text| text.2).collect::<String>()
    };
    assert!(!made_of(&menu).contains("Permalink"));
    let plain = |number: u64| menu(number).replace("<a ", "<b ").replace("</a>", "</b>");
    let weather = |n: u64| {
        format!(
            "<p><a href='/w'>Rain</a> | {} degrees | wind of {}</p>",
            n % 20,
            n % 9
        )
    };
    for line in [&plain as &dyn Fn(u64) -> String, &weather] {
        assert!(made_of(line).contains(&line(3)[line(3).len() - 12..].replace("</p>", "")));
    }
}

#[test]
fn what_a_source_says_is_reported_by_its_lines() {
    let archive = Archive::of(2);
    for number in 0..12 {
        let millis = BEGINNING + number * DAY;
        let text = format!(
            "<!--{millis}-->\n[Tale {number}](https://bugle.example/{number})\n------\n\n{}<p>Get more of this at our house</p>\n",
            prose(number, 2)
        );
        archive.file(&format!("tale-{number}.txt"), &text);
    }
    let told = |run: &crate::incremental::archive::Ran| {
        let told = run.report.boilerplate.iter();
        told.map(|said| (said.source.clone(), said.lines.clone(), said.saying))
            .collect::<Vec<_>>()
    };
    let lines = vec!["Get more of this at our house".to_owned()];
    let first = told(&archive.run());
    assert_eq!(first.len(), 1);
    assert!(first.iter().all(|said| said.1 == lines && said.2 == 12));
    // An unchanged run, which reads no text, tells the same.
    assert_eq!(told(&archive.run()), first);
}

#[test]
fn what_plug_ins_put_behind_rights_takes_them_along() {
    let endings = [
        "<p>© Cr Blog, 2021. | Permalink | No comment | Add to del.icio.us</p>",
        "<p>© 2021 The Bugle. All rights reserved. Get more RSS from us!</p>",
        "<p>版权所有 © 2021 晚报。版权声明：未经授权不得转载。欢迎关注我们的公众号</p>",
    ];
    for ending in endings {
        let made = made(&files(20, |_, text| text + ending));
        assert!(
            made.texts()
                .iter()
                .all(|(_, _, text)| !text.contains("2021")),
            "{ending}"
        );
        assert!(
            !String::from_utf8_lossy(&made.feed).contains("Blog, 2021"),
            "{ending}"
        );
    }
    let rights = "<p>© 2021 St. Martin&#39;s Press. All rights reserved.</p>";
    let files = files(20, |_, text| text + rights);
    let without = made_with(&files, |settings| settings.boilerplate = false);
    assert_eq!(made(&files).items, without.items);
}

#[test]
fn the_only_text_stays() {
    let all = files(20, |_, _| {
        "<p>No letter today, as on most days.</p>".to_owned()
    });
    assert!(
        made(&all)
            .texts()
            .iter()
            .all(|text| text.2.contains("No letter today"))
    );
}

#[test]
fn what_is_learnt_later_remakes_what_it_is_about() {
    let archive = Archive::of(2);
    let add = |number: u64, closing: &str| {
        let millis = BEGINNING + number * DAY;
        let text = format!(
            "<!--{millis}-->\n[Tale {number}](https://bugle.example/{number})\n------\n\n{}{closing}\n",
            prose(number, 2)
        );
        archive.file(&format!("tale-{number}.txt"), &text);
    };
    let closing = "<p>Get more of this at our house</p>";
    (0..9).for_each(|number| add(number, closing));
    let first = archive.run();
    archive.check_against_a_fresh_run(&first);
    (9..14).for_each(|number| add(number, closing));
    let second = archive.run();
    archive.check_against_a_fresh_run(&second);
    let third = archive.run();
    assert_eq!((third.bodies, third.changed().len()), (0, 0));
    let shown = |outputs: std::collections::BTreeMap<String, Vec<u8>>| {
        let feed = outputs.get("rss.xml").cloned().unwrap_or_default();
        String::from_utf8_lossy(&feed).contains("at our house")
    };
    assert!(!shown(archive.outputs()));
    // And what is said no longer comes back.
    (0..14)
        .filter(|number| number % 2 == 0)
        .for_each(|number| add(number, ""));
    (14..40).for_each(|number| add(number, ""));
    let fourth = archive.run();
    archive.check_against_a_fresh_run(&fourth);
}
