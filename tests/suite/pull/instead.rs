//! What servers show instead of articles is never saved as one, and told.

use super::PullReport;
use super::server::{Asked, Reply, Server};
use super::{Archive, NOON, Quiet, day, item, rss, text};
use std::fs;

/// A page with some words about what it is, long enough to be taken for an article.
fn notice(title: &str, words: &str) -> Reply {
    let more = "You may read as many pages as you like for as long as you wish, on all of your devices, \
        and wherever you are, at any time. We keep what you tell us for ourselves, and nobody else has it.";
    Reply::page(format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words} {more}</p></body></html>"
    ))
}

/// A page with an article.
fn article(number: u32) -> Reply {
    Reply::page(format!(
        "<!DOCTYPE html><html><head><title>Tale {number}</title></head><body><article><h1>Tale {number}</h1>{}{}\
         </article></body></html>",
        text(number),
        text(number + 50)
    ))
}

/// Pages that are none of the articles that were asked for, and the words in which that is told.
fn answer(asked: &Asked) -> Reply {
    match asked.path.as_str() {
        "/log-in" => notice("Log in", "Please log in to read this."),
        "/robot" => notice("Just a moment...", "We are checking your browser."),
        "/consent" => notice("Before you continue", "We and our partners keep cookies."),
        "/missing" => notice("Page not found | Tales", "There is nothing here any more."),
        "/wall" => Reply::to(302, "/users/sign_in?next=/wall"),
        "/question" => Reply::to(302, "/m/consent?continue=/question"),
        "/dead/2011/05/tale.html" => Reply::to(301, "/"),
        path if path.starts_with("/users/") || path.starts_with("/m/") => article(70),
        "/" => article(71),
        path if path.starts_with("/same/") => article(72),
        path => match path.trim_start_matches("/good/").parse() {
            Ok(number) => article(number),
            Err(_) => Reply::new(404, ""),
        },
    }
}

const INSTEAD: [(&str, &str); 7] = [
    ("/log-in", "a log-in"),
    ("/robot", "a challenge"),
    ("/consent", "a question for consent"),
    ("/missing", "an error"),
    ("/wall", "a log-in"),
    ("/question", "a question for consent"),
    ("/dead/2011/05/tale.html", "its site's front page"),
];

fn told(report: &PullReport, address: &str) -> String {
    let about = report
        .warnings
        .iter()
        .filter(|warning| warning.path.as_deref() == Some(address));
    let messages: Vec<String> = about
        .map(|warning| format!("{} {}", warning.code.name(), warning.message))
        .collect();
    messages.join("\n")
}

#[test]
fn a_reading_list_saves_no_page_that_is_shown_instead() {
    let server = Server::start(answer);
    let archive = Archive::new("");
    let list = archive.cache().with_file_name("list.txt");
    let paths = INSTEAD.map(|(path, _)| path);
    let same = ["/same/1", "/same/2", "/same/3", "/same/4", "/same/5?x=2"];
    let good = ["/good/1", "/good/2"];
    let all = paths.iter().chain(&same).chain(&good);
    let lines: String = all.map(|path| server.address(path) + "\n").collect();
    fs::write(&list, lines).unwrap();
    let mut settings = archive.settings(NOON);
    settings.pull.links.push(list);
    let report = super::pull(&settings, &Quiet).unwrap();
    let files = archive.files();
    assert_eq!(files.len(), 2, "{files:#?}");
    for number in 1..=2 {
        let title = format!("[Tale {number}](");
        assert!(files.values().any(|file| file.contains(&title)));
    }
    for (path, words) in INSTEAD {
        let told = told(&report, &server.address(path));
        assert!(told.starts_with("page-unavailable "), "{path}: {told}");
        assert!(told.contains(words), "{path}: {told}");
    }
    for path in same {
        let told = told(&report, &server.address(path));
        assert!(told.contains("the same text for other addresses"), "{told}");
    }
}

#[test]
fn an_item_keeps_its_summary_where_its_page_is_shown_instead() {
    for (full_text, body) in [
        ("auto", ""),
        ("auto", "<p>A word."),
        ("always", "<p>A word."),
    ] {
        let server = Server::start(move |asked| {
            let host = format!("http://{}", asked.headers["host"]);
            if asked.path != "/feed" {
                return answer(asked);
            }
            let paths = INSTEAD.iter().map(|(path, _)| *path).chain(["/good/1"]);
            let items = paths.enumerate().map(|(number, path)| {
                let number = u32::try_from(number).unwrap() + 1;
                let body = if body.is_empty() {
                    String::new()
                } else {
                    format!("{body} {number} …")
                };
                item(number, &format!("{host}{path}"), &day(number), &body)
            });
            Reply::feed(rss("Tales", "", &items.collect::<String>()))
        });
        let url = server.address("/feed");
        let archive = Archive::new(&format!(
            "[pull]\nfull_text = {full_text:?}\n[[pull.feed]]\nurl = {url:?}"
        ));
        let report = archive.pull(NOON);
        let files = archive.files();
        assert_eq!(files.len(), INSTEAD.len() + 1, "{report:#?}");
        for (path, words) in INSTEAD {
            let address = server.address(path);
            let file = files
                .values()
                .find(|file| file.contains(&format!("]({address})")));
            let file = file.unwrap();
            assert!(
                !file.contains("tale 7") && !file.contains("devices"),
                "{file}"
            );
            assert!(told(&report, &address).contains(words), "{path}");
        }
        let pages = files.values().filter(|file| file.contains("of tale 51"));
        assert_eq!(
            pages.count(),
            usize::from(full_text == "always" || body.is_empty())
        );
    }
}
