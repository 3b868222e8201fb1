//! Any text is a configuration or an error that says where and what to do; what is accepted keeps
//! to the bounds that the rest of the program relies on.

use crate::spelling::{lines, spelled};
use offprint::command::{bytes as amount, duration};
use offprint::model::is_xml_character;
use offprint::parts::config::SelectionFacts;
use offprint::settings::{self, BookSettings, FeedSettings};
use offprint::{Error, Input, Registry, Settings};
use std::fs;
use std::path::Path;

const WORDS: &[&str] = &[
    "[publication]\n",
    "[input]\n",
    "[output]\n",
    "[feeds]\n",
    "[epub]\n",
    "[images]\n",
    "[select]\n",
    "[run]\n",
    "[[site]]\n",
    "[[proxy]]\n",
    "[select.include]\n",
    "[select.exclude]\n",
    "name = ",
    "title = ",
    "language = ",
    "author = ",
    "base_url = ",
    "id = ",
    "rights = ",
    "timezone = ",
    "paths = ",
    "from = ",
    "encoding = ",
    "out = ",
    "to = ",
    "prune = ",
    "report = ",
    "items = ",
    "archive = ",
    "by = ",
    "content = ",
    "max_bytes = ",
    "hubs = ",
    "ttl = ",
    "profile = ",
    "group_by = ",
    "split = ",
    "max_size = ",
    "vertical = ",
    "css = ",
    "css_mode = ",
    "mirror = ",
    "offline = ",
    "feed_urls = ",
    "time_budget = ",
    "revalidate = ",
    "proxy = ",
    "since = ",
    "until = ",
    "host = ",
    "source = ",
    "tag = ",
    "jobs = ",
    "strict = ",
    "wait = ",
    "hosts = ",
    "remove = ",
    "zone = ",
    "\n",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "\"\"\"",
    "= ",
    "#",
    "true\n",
    "false\n",
    "0\n",
    "7\n",
    "-1\n",
    "9223372036854775807\n",
    "\"en\"\n",
    "\"zh-Hans\"\n",
    "\"Asia/Shanghai\"\n",
    "\"https://a.example/\"\n",
    "[\"rss\", \"epub\"]\n",
    "\"50MB\"\n",
    "\"30d\"\n",
    "\"2021-12\"\n",
    "\"month\"\n",
    "\"year\"\n",
    "\"size\"\n",
    "\"kindle\"\n",
    "[\"seeds\"]\n",
    "[\"a.example\", \"*.b.example\"]\n",
    "[\".share\", \"aside[role=x]\"]\n",
    "\"gb18030\"\n",
    "\\u0000",
    "1e400",
    "\"1e9GB\"\n",
    "\"../x\"\n",
    "\"*\"\n",
];

pub fn holds(bytes: &[u8]) {
    let registry = Registry::standard();
    let text = spelled(bytes, WORDS);
    of_amounts(&text);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offprint.toml");
    fs::write(&path, &text).unwrap();
    let mut options = match settings::load(Some(&path), &registry) {
        Ok(options) => options,
        Err(error) => return check_error(&error, &text),
    };
    // A style sheet is a file of the machine: what it says is no matter of this text.
    options.epub.css = None;
    options.epub.css_mode = None;
    let given = options.input.paths.clone().unwrap_or_default();
    let paths = given
        .iter()
        .map(|path| path.as_os_str() == "-" || path.starts_with(folder.path()));
    assert!(
        paths.into_iter().all(|anchored| anchored),
        "{given:?} is not beside the file"
    );
    options
        .input
        .paths
        .get_or_insert_with(|| vec!["articles".into()]);
    match settings::resolve(options, &registry) {
        Ok(settings) => check(&settings),
        Err(error) => check_error(&error, &text),
    }
}

/// An error says what is wrong, in one line each, and what to do.
fn check_error(error: &Error, text: &str) {
    let message = error.to_string();
    let hint = error.hint().unwrap_or_default();
    assert!(
        !message.trim().is_empty() && !hint.trim().is_empty(),
        "{error:?}"
    );
    match error {
        Error::Configuration(_) => {}
        // A file that is not UTF-8 can't come from a text.
        other => panic!("{other:?} for a file that is there"),
    }
    if let Some((_, rest)) = message.split_once("offprint.toml:") {
        let line = rest.split(':').next().unwrap_or_default();
        if let Ok(line) = line.parse::<usize>() {
            assert!((1..=lines(text.as_bytes())).contains(&line), "{message}");
        }
    }
}

fn check(settings: &Settings) {
    let publication = &settings.publication;
    check_name(&publication.name);
    for line in [&publication.title, &publication.author, &publication.rights]
        .into_iter()
        .flatten()
    {
        assert!(!line.is_blank() && !line.contains('\n'));
        assert!(line.chars().all(is_xml_character));
    }
    assert!(
        publication
            .base
            .iter()
            .all(|base| base.as_str().ends_with('/') && base.is_web())
    );
    assert!(settings.write.get::<FeedSettings>().items != Some(0));
    assert!(
        settings
            .write
            .get::<FeedSettings>()
            .hubs
            .iter()
            .all(offprint::model::Address::is_web)
    );
    let zero = settings
        .write
        .get::<BookSettings>()
        .max_size
        .into_iter()
        .chain(settings.write.get::<FeedSettings>().max_bytes);
    assert!(
        zero.into_iter().all(|bound| bound > 0),
        "nothing fits into no bytes"
    );
    assert!(
        settings
            .inputs
            .iter()
            .all(|input| *input == Input::Stdin || !input.display().is_empty())
    );
    let facts = SelectionFacts {
        host: Some("a.example"),
        source: "晚报",
        tags: &["tag".into()],
        title: "a title",
    };
    assert!(settings.filter.takes(facts) || !settings.filter.takes_all());
    // A period that ends before it begins is one without an article, and not an error.
    let ends = [settings.period.since, settings.period.before];
    if let [Some(since), Some(before)] = ends {
        let contained = ends.map(|time| settings.period.contains(time));
        assert_eq!(contained, [since < before, false], "{since}, {before}");
    }
}

/// A part of file names on every system.
fn check_name(name: &str) {
    let bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    assert!(
        !name.contains(bad) && !name.is_empty() && name.len() <= 100,
        "{name:?}"
    );
    assert_eq!(Path::new(name).components().count(), 1, "{name:?}");
    assert!(
        !name.starts_with('.') && !name.ends_with(['.', ' ']),
        "{name:?}"
    );
}

/// Amounts are never negative and never overflow; a unit makes them larger.
fn of_amounts(text: &str) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(bytes) = amount(first) {
        assert!(bytes < 9_000_000_000_000_000_000);
        if first
            .trim()
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            let larger = amount(&format!("{first}kB"));
            assert!(larger.is_none_or(|larger| larger >= bytes), "{first}");
        }
    }
    if let Some(time) = duration(first)
        && let Some(days) = duration(&format!("{}d", first.trim()))
    {
        assert!(days >= time, "{first}");
    }
}
