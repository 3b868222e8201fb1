//! What a run says to GitHub Actions: annotations, the summary of the step.

use crate::command::{Place, stderr};
use std::fs;

/// Three articles and a file that is meant as one and can't be read, in a folder with an odd name.
fn place() -> Place {
    let place = Place::with_archive();
    place.write(
        "articles/100%, a:b/broken.txt",
        "<!--1638316800000-->\n[Title](https://tales.example/9)\nno separator\n",
    );
    place
}

fn in_workflow(place: &Place, arguments: &[&str]) -> assert_cmd::Command {
    let mut command = place.offprint(arguments);
    command
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", place.path().join("summary.md"));
    command
}

fn commands(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("::")).collect()
}

#[test]
fn warnings_become_annotations_of_their_files() {
    let place = place();
    let said = stderr(
        &in_workflow(&place, &["build", "articles"])
            .assert()
            .success(),
    );
    let commands = commands(&said);
    assert_eq!(commands.len(), 1, "{said}");
    assert!(
        commands[0].starts_with(
            "::warning title=separator-missing,file=articles/100%25%2C a%3Ab/broken.txt,line="
        ),
        "{said}"
    );
    assert!(!stderr(&place.build(&[]).success()).contains("::"));
}

#[test]
fn no_more_annotations_than_github_shows() {
    let place = place();
    for number in 0..20 {
        place.write(
            &format!("articles/{number}-broken.txt"),
            "<!--1638316800000-->\n[Title](https://tales.example/9)\nno separator\n",
        );
    }
    let said = stderr(
        &in_workflow(&place, &["build", "articles"])
            .assert()
            .success(),
    );
    assert_eq!(commands(&said).len(), 10, "{said}");
}

#[test]
fn an_error_becomes_an_annotation() {
    let place = Place::empty();
    let said = stderr(&in_workflow(&place, &["build", "missing"]).assert().code(2));
    let commands = commands(&said);
    assert_eq!(commands.len(), 1, "{said}");
    assert!(commands[0].starts_with("::error title=offprint::"));
    assert!(commands[0].contains("%0Ahint: "), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_name_of_a_file_is_no_command() {
    let place = Place::with_archive();
    place.write(
        "articles/a\n::error::forged\r\u{1b}[2J.txt",
        "<!--1638316800000-->\n[Title](https://tales.example/9)\nno separator\n",
    );
    let said = stderr(
        &in_workflow(&place, &["build", "articles"])
            .assert()
            .success(),
    );
    assert_eq!(commands(&said).len(), 1, "{said}");
    assert!(
        !said.contains("\n::error") && !said.contains('\u{1b}'),
        "{said}"
    );
}

#[test]
fn the_summary_of_a_step_is_a_table_of_what_was_done() {
    let place = place();
    // What other steps said stays.
    place.write("summary.md", "before\n");
    let arguments = ["build", "articles", "--out", "a|b_c"];
    in_workflow(&place, &arguments).assert().success();
    let summary = fs::read_to_string(place.path().join("summary.md")).unwrap();
    for wanted in [
        "before\n### Offprint: written in ",
        "\n| articles | 3 read, 0 duplicate, 1 skipped, 0 passed over, 3 written |\n",
        "\n| warnings | 1 separator-missing |\n",
        "\n| a&#124;b&#95;c/rss.xml | ",
        " | 3 | changed |\n",
    ] {
        assert!(summary.contains(wanted), "{wanted}\n{summary}");
    }
    in_workflow(&place, &arguments).assert().success();
    let both = fs::read_to_string(place.path().join("summary.md")).unwrap();
    let second = both.strip_prefix(&summary).unwrap();
    assert!(
        second.starts_with("### Offprint: nothing changed"),
        "{second}"
    );
    assert!(!second.contains("| changed |"));
}

#[test]
fn a_summary_that_cannot_be_written_costs_a_line_and_no_output() {
    let place = Place::with_archive();
    let mut command = place.offprint(&["build", "articles"]);
    command.env("GITHUB_ACTIONS", "true").env(
        "GITHUB_STEP_SUMMARY",
        place.path().join("missing/summary.md"),
    );
    let said = stderr(&command.assert().success());
    assert!(said.contains("summary can't be written"), "{said}");
    assert!(place.path().join("out/rss.xml").exists());
}

#[test]
fn outside_a_workflow_nothing_is_said_to_one() {
    let place = Place::with_archive();
    let mut command = place.offprint(&["build", "articles"]);
    command.env("GITHUB_STEP_SUMMARY", place.path().join("summary.md"));
    command.assert().success();
    assert!(!place.path().join("summary.md").exists());
}

#[test]
fn only_github_itself_has_pages_under_github_io() {
    for (server, wanted) in [
        (None, true),
        (Some("https://github.com"), true),
        (Some("https://forge.example"), false),
    ] {
        let place = Place::with_archive();
        let mut command = in_workflow(&place, &["build", "articles", "--to", "rss"]);
        command.env("GITHUB_REPOSITORY", "Ada/news");
        if let Some(server) = server {
            command.env("GITHUB_SERVER_URL", server);
        }
        command.assert().success();
        let feed = fs::read_to_string(place.path().join("out/rss.xml")).unwrap();
        assert_eq!(feed.contains("https://ada.github.io/news/"), wanted);
    }
}
