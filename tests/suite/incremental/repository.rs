//! An archive as a git repository, commit by commit, and the command run after each of them.
//!
//! `OFFPRINT_TEST_COMMITS` is the number of commits.

use super::archive::outputs;
use crate::images::place::{Place, run};
use crate::numbers::Numbers;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

const DEFAULT: usize = 40;
/// 2021-01-28T00:00:00Z, near the end of a month.
const BEGINNING: u64 = 1_611_792_000_000;
const HOUR: u64 = 3_600_000;

/// The articles of a commit: file, time in milliseconds, edition.
type Articles = BTreeMap<u64, (u64, u64)>;

fn month(millis: u64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(i64::try_from(millis).unwrap()).unwrap();
    time.format("%Y-%m").to_string()
}

fn months(articles: &Articles) -> BTreeSet<String> {
    articles
        .values()
        .map(|(millis, _)| month(*millis))
        .collect()
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=Archive",
            "-c",
            "user.email=archive@tide.example",
        ])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "advice.detachedHead=false",
        ])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
}

fn save(folder: &Path, number: u64, millis: u64, edition: u64) {
    let text = format!(
        "<!--{millis}-->\n[Tide {number}](https://tide.example/{number})\n------\n\n<p>Story {number}, \
         edition {edition}, of the harbour and the lamp.</p>\n"
    );
    fs::write(folder.join(format!("articles/{number}.txt")), text).unwrap();
}

/// Makes the repository: each commit adds, edits, deletes, or saves something late; some touch no
/// article. The articles after each commit.
fn history(folder: &Path, commits: usize) -> Vec<Articles> {
    let mut numbers = Numbers(7);
    let (mut now, mut next) = (BEGINNING, 0);
    let mut articles = Articles::new();
    let mut history = Vec::new();
    fs::create_dir_all(folder.join("articles")).unwrap();
    git(folder, &["init", "--quiet"]);
    for commit in 0..commits {
        now += 15 * HOUR;
        let any = articles
            .keys()
            .copied()
            .nth(numbers.below(articles.len().max(1) as u64) as usize);
        match (numbers.below(10), any) {
            (0, Some(gone)) => {
                articles.remove(&gone);
                fs::remove_file(folder.join(format!("articles/{gone}.txt"))).unwrap();
            }
            (1 | 2, Some(edited)) => {
                let article = articles.get_mut(&edited).unwrap();
                article.1 += 1;
                save(folder, edited, article.0, article.1);
            }
            (3, Some(_)) => {
                let late = BEGINNING + numbers.below(now - BEGINNING);
                articles.insert(next, (late, 0));
                save(folder, next, late, 0);
                next += 1;
            }
            (4, Some(_)) => fs::write(folder.join("README.md"), format!("{commit}\n")).unwrap(),
            _ => {
                for _ in 0..=numbers.below(3) {
                    articles.insert(next, (now + next, 0));
                    save(folder, next, now + next, 0);
                    next += 1;
                }
            }
        }
        git(folder, &["add", "--all"]);
        git(
            folder,
            &["commit", "--quiet", "--allow-empty", "--message", "saved"],
        );
        git(folder, &["tag", &format!("c{commit}")]);
        history.push(articles.clone());
    }
    history
}

const OPTIONS: [&str; 10] = [
    "--offline",
    "--base-url",
    "https://me.example/",
    "--split",
    "month",
    "--feed-archive",
    "month",
    "--items",
    "5",
    "--prune",
];

/// Documents of closed months with the months before and after each: what names what.
fn chain(
    articles: &Articles,
    files: &BTreeMap<String, Vec<u8>>,
) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let mut closed: Vec<String> = months(articles).into_iter().collect();
    // What has left the subscription of the last month may have a document.
    let open = closed.pop().map(|month| format!("{month}-open"));
    let stands = |open: &String| files.contains_key(&format!("archive/atom-{open}.xml"));
    closed.extend(open.filter(stands));
    let neighbour = |at: Option<usize>| at.and_then(|at| closed.get(at)).cloned();
    let links = |at: usize| (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    closed
        .iter()
        .enumerate()
        .map(|(at, month)| (month.clone(), links(at)))
        .collect()
}

/// The books and archive documents that a commit has to change, remove or add.
fn expected(
    (before, files_before): &(Articles, BTreeMap<String, Vec<u8>>),
    (after, files_after): (&Articles, &BTreeMap<String, Vec<u8>>),
) -> BTreeSet<String> {
    let touched: BTreeSet<String> = before
        .iter()
        .filter(|(number, article)| after.get(number) != Some(article))
        .chain(
            after
                .iter()
                .filter(|(number, article)| before.get(number) != Some(article)),
        )
        .map(|(_, (millis, _))| month(*millis))
        .collect();
    let books = touched.iter().map(|month| format!("archive-{month}.epub"));
    let (links, earlier) = (chain(after, files_after), chain(before, files_before));
    let all: BTreeSet<&String> = links.keys().chain(earlier.keys()).collect();
    let documents = all
        .into_iter()
        .filter(|month| touched.contains(*month) || links.get(*month) != earlier.get(*month))
        .filter(|month| !month.ends_with("-open"));
    let documents = documents.flat_map(|month| {
        [
            format!("archive/rss-{month}.xml"),
            format!("archive/atom-{month}.xml"),
        ]
    });
    books.chain(documents.collect::<Vec<_>>()).collect()
}

/// What is other in a folder, books and archive documents apart from what may change with any.
fn difference(
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let other = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name));
    other.cloned().partition(|name| {
        let archived = name.starts_with("archive/") && !name.ends_with("-open.xml");
        name.ends_with(".epub") || archived
    })
}

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |name: &String| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
    outputs(folder)
        .into_keys()
        .map(|name| (name.clone(), time(&name)))
        .collect()
}

#[test]
fn every_commit_changes_what_it_explains_and_nothing_else() {
    let commits = std::env::var("OFFPRINT_TEST_COMMITS");
    let commits = commits.map_or(DEFAULT, |number| number.parse().unwrap());
    let place = Place::new();
    let repository = place.path().join("repository");
    let history = history(&repository, commits);
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    let mut before = (Articles::new(), BTreeMap::new());
    for (commit, articles) in history.into_iter().enumerate() {
        git(&repository, &["checkout", "--quiet", &format!("c{commit}")]);
        let report = build(&place, "out", &[]);
        let after = outputs(&out);
        let (found, others) = difference(&before.1, &after);
        let explained = expected(&before, (&articles, &after));
        assert_eq!(found, explained, "commit {commit}");
        if explained.is_empty() && before.0 == articles {
            assert_eq!(others, BTreeSet::new(), "commit {commit}");
        }
        assert_eq!(
            report["articles"]["read"],
            articles.len(),
            "commit {commit}"
        );
        let standing = times(&out);
        let again = build(&place, "out", &[]);
        let changed = again["outputs"].as_array().unwrap().iter();
        assert!(
            changed.clone().all(|output| output["changed"] == false),
            "commit {commit}"
        );
        assert_eq!(times(&out), standing, "commit {commit}");
        if commit % 8 == 0 {
            let cache = tempfile::tempdir().unwrap();
            let fresh = format!("fresh-{commit}");
            build(
                &place,
                &fresh,
                &["--image-cache", cache.path().to_str().unwrap()],
            );
            assert!(
                outputs(&place.path().join(fresh)) == after,
                "commit {commit}"
            );
        }
        before = (articles, after);
    }
}

fn build(place: &Place, out: &str, more: &[&str]) -> Value {
    let mut command = place.command(&["build", "repository/articles", "--out", out]);
    command
        .args(OPTIONS)
        .args(more)
        .args(["--report", "report.json"]);
    let ended = run(&mut command);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    serde_json::from_slice(&fs::read(place.path().join("report.json")).unwrap()).unwrap()
}
