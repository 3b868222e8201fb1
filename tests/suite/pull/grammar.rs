//! What is saved is in the seed format to the letter: one grammar for the articles that home-made
//! scripts saved, as they stand in `seeds/` and in other archives that are at hand, and for those that a
//! pull saves; and such a script reads them.

use super::server::{Reply, Server};
use super::{Archive, NOON, day, item, rss, text};
use std::fs;
use std::path::{Path, PathBuf};

/// An article as a script reads it that takes lines for what they have always been.
#[derive(Debug, PartialEq)]
struct Consumed {
    epoch: i64,
    title: String,
    link: String,
    byline: Option<(String, String)>,
    body: String,
}

/// The reading half of such a script.
fn consume(file: &str) -> Option<Consumed> {
    let mut lines = file.splitn(5, '\n');
    let epoch = lines.next()?.strip_prefix("<!--")?.strip_suffix("-->")?;
    let is_epoch = (12..=13).contains(&epoch.len()) && epoch.bytes().all(|b| b.is_ascii_digit());
    let heading = lines.next()?.strip_prefix('[')?.strip_suffix(')')?;
    let (title, link) = heading.rsplit_once("](")?;
    let is_link = !link.contains(|c: char| c.is_whitespace() || c == '<');
    let is_parted = lines.next()? == "------" && lines.next()?.is_empty();
    let text = lines.next()?;
    let (byline, body) = split(text);
    (is_epoch && is_link && is_parted).then(|| Consumed {
        epoch: epoch.parse().unwrap(),
        title: title.to_owned(),
        link: link.to_owned(),
        byline,
        body: body.trim_end_matches('\n').to_owned(),
    })
}

/// The byline, and the text behind it.
fn split(text: &str) -> (Option<(String, String)>, &str) {
    let Some((inside, rest)) = text
        .strip_prefix("<div>")
        .and_then(|text| text.split_once("</div>"))
    else {
        return (None, text);
    };
    let inside = inside
        .strip_prefix("<i>")
        .and_then(|inside| inside.strip_suffix("</i>"))
        .unwrap_or(inside);
    let (names, time) = inside.rsplit_once("<br>").unwrap_or(("", inside));
    (Some((names.to_owned(), time.to_owned())), rest)
}

/// The archives of others that are at hand.
fn archives() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let named = std::env::var_os("OFFPRINT_TEST_ARCHIVES").unwrap_or_default();
    std::env::split_paths(&named).chain([own]).collect()
}

fn texts(folder: &Path, found: &mut Vec<String>) {
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for item in items.flatten() {
        if item.path().is_dir() {
            texts(&item.path(), found);
        } else if let Ok(text) = fs::read_to_string(item.path()) {
            found.push(text);
        }
    }
}

#[test]
fn the_grammar_is_that_of_the_articles_that_scripts_saved() {
    let mut found = Vec::new();
    archives()
        .iter()
        .for_each(|folder| texts(folder, &mut found));
    // Those with a header from their first line on; others have front matter, or no epoch.
    let with_header: Vec<&String> = found
        .iter()
        .filter(|text| text.starts_with("<!--") && text.contains("\n------\n\n"))
        .collect();
    assert!(!with_header.is_empty());
    let read = with_header.iter().filter(|text| consume(text).is_some());
    let share = read.count() * 100 / with_header.len();
    assert!(share >= 98, "{share} % of {}", with_header.len());
}

#[test]
fn what_a_pull_saves_is_read_by_a_script_as_what_scripts_saved() {
    let titles = [
        "Plain",
        "[Brackets] (and) ](",
        "One &amp; \u{feff}two\n  lines",
        "标题（一）",
        "",
    ];
    let bodies = [
        text(1),
        format!("\n\n{}\r\n<!-- a note --><div>x</div>", text(2)),
        format!("<div>No byline</div>{}", text(3)),
        format!("------\n\n{}", text(4)),
        format!(
            "<!--1640915226000-->\n[x](https://x.example/)\n------\n\n{}",
            text(5)
        ),
    ];
    let mut entries = String::new();
    for (number, body) in (1..).zip(&bodies) {
        let title = titles[number as usize - 1];
        let link = format!("https://tales.example/{number}](x)?a=(1)&amp;b=[2] 3");
        let entry = item(number, &link, &day(number), body);
        entries += &entry
            .replace(&format!("Tale {number}"), &format!("<![CDATA[{title}]]>"))
            .replace("<guid", "<author>Ada &lt;b> Keeper</author><guid");
    }
    // One without a date, an author or a title, one of a day, and one without an address.
    entries += &format!(
        "<item><link>https://tales.example/6</link><description><![CDATA[{}]]></description></item>",
        text(6)
    );
    entries += &format!(
        "<item><title>No address</title><guid isPermaLink='false'>7</guid><description><![CDATA[{}]]></description></item>",
        text(7)
    );
    let server = Server::of([("/", Reply::feed(rss("Tales", "", &entries)))]);
    let archive = Archive::of([server.address("/")]);
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 7, "{report:#?}");
    let files = archive.files();
    let read: Vec<Consumed> = files
        .values()
        .map(|file| consume(file).unwrap_or_else(|| panic!("{file}")))
        .collect();
    for (number, body) in (1_u32..).zip(&bodies) {
        let link = format!("https://tales.example/{number}%5D(x)?a=(1)&b=%5B2%5D%203");
        let one = read.iter().find(|one| one.link == link);
        let one = one.unwrap_or_else(|| panic!("{link} {read:#?}"));
        let title = titles[number as usize - 1].replace('\u{feff}', "");
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(one.title, title);
        assert_eq!(
            one.epoch,
            1_638_345_600_000 + i64::from(number - 1) * 86_400_000
        );
        let time = format!("2021-12-{number:02}T08:00:00.000Z");
        assert_eq!(one.byline, Some(("Ada &lt;b&gt; Keeper".to_owned(), time)));
        assert_eq!(one.body, body.replace("\r\n", "\n").trim(), "{number}");
    }
    for (link, title) in [("https://tales.example/6", ""), ("", "No address")] {
        let one = read
            .iter()
            .find(|one| one.link == link && one.title == title);
        let one = one.unwrap_or_else(|| panic!("{link} {read:#?}"));
        assert_eq!(
            (one.epoch, &one.byline),
            (NOON, &Some((String::new(), String::new())))
        );
    }
}
