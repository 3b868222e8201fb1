//! `offprint init`: what it writes, and what it leaves alone.

use crate::command::Place;
use std::fs;

const CONFIGURATION: &str = "offprint.toml";
const WORKFLOW: &str = ".github/workflows/offprint.yml";

fn text(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path().join(name)).unwrap()
}

fn said(command: &mut assert_cmd::Command, status: i32) -> String {
    let assertion = command.assert().code(status);
    String::from_utf8(assertion.get_output().stderr.clone()).unwrap()
}

#[test]
fn the_written_configuration_builds_what_naming_the_folder_builds() {
    let place = Place::with_archive();
    place.build(&["-o", "named"]).success();
    let message = said(&mut place.offprint(&["init"]), 0);
    for wanted in ["wrote offprint.toml", WORKFLOW, "offprint build", "Pages"] {
        assert!(message.contains(wanted), "{message}");
    }
    let configuration = text(&place, CONFIGURATION);
    assert!(configuration.contains("\npaths = [\"articles\"]\n"));
    place
        .offprint(&["build", "-o", "configured"])
        .assert()
        .success();
    assert_eq!(place.outputs("named"), place.outputs("configured"));
}

#[test]
fn the_configuration_says_what_was_found() {
    let place = Place::with_archive();
    let text_of_length = "The keeper of the lamp writes down every ship that passes the harbour. ";
    for (number, day) in [(1, 10), (2, 11), (3, 12)] {
        let name = format!("articles/{number}.txt");
        place.article(&name, number, day, &text_of_length.repeat(3));
    }
    place.offprint(&["init"]).assert().success();
    let configuration = text(&place, CONFIGURATION);
    for wanted in [
        "#   articles   3\n",
        "#   period     2021-12-10 to 2021-12-12\n",
        "#   sources    tales.example (3)\n",
        "#   languages  en (3)\n",
        "# source = [\"tales.example\"]\n",
    ] {
        assert!(configuration.contains(wanted), "{wanted}{configuration}");
    }
    assert!(!configuration.contains('@'), "{configuration}");
}

/// A line that is a key or a section behind a comment's sign, without the sign.
fn uncommented(line: &str) -> &str {
    let Some(rest) = line.strip_prefix("# ") else {
        return line;
    };
    let key = rest.split(" = ").next().unwrap_or_default();
    let is_key = key != rest && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if is_key || rest.starts_with('[') {
        rest
    } else {
        line
    }
}

#[test]
fn every_key_that_is_shown_is_one_that_the_configuration_reads() {
    let place = Place::with_archive();
    place.offprint(&["init"]).assert().success();
    let commented = text(&place, CONFIGURATION);
    let lines: Vec<&str> = commented.lines().map(uncommented).collect();
    let live = lines.join("\n");
    assert!(
        live.contains("\nbase_url = ") && live.contains("\n[epub]") && live.contains("\nttl =")
    );
    place.write(CONFIGURATION, live);
    let message = said(&mut place.offprint(&["build", "--dry-run", "--offline"]), 0);
    assert!(!message.contains("error"), "{message}");
}

#[test]
fn nothing_is_overwritten_without_force() {
    for (mine, other) in [(CONFIGURATION, WORKFLOW), (WORKFLOW, CONFIGURATION)] {
        let place = Place::with_archive();
        place.write(mine, "# mine\n");
        let message = said(&mut place.offprint(&["init", "articles"]), 2);
        assert!(message.contains(mine), "{message}");
        assert!(message.contains("hint: ") && message.contains("--force"));
        assert_eq!(text(&place, mine), "# mine\n");
        assert!(!place.path().join(other).exists());
        place
            .offprint(&["init", "articles", "--force"])
            .assert()
            .success();
        assert_ne!(text(&place, mine), "# mine\n");
        assert!(place.path().join(other).exists());
    }
}

#[test]
fn a_folder_without_articles_is_an_error_and_nothing_is_written() {
    let place = Place::empty();
    place.write("README.md", "# Not an article\n");
    for arguments in [
        &["init"][..],
        &["init", "."],
        &["init", "missing"],
        &["init", "-"],
    ] {
        let message = said(&mut place.offprint(arguments), 2);
        assert!(message.contains("hint: "), "{message}");
    }
    assert!(!place.path().join(CONFIGURATION).exists());
    assert!(!place.path().join(".github").exists());
}

#[test]
fn the_usual_folders_are_found_and_else_this_folder() {
    let place = Place::empty();
    fs::create_dir(place.path().join("seeds")).unwrap();
    place.article("_posts/1.txt", 1, 1, "One");
    place.article("articles/2.txt", 2, 2, "Two");
    place.offprint(&["init"]).assert().success();
    assert!(text(&place, CONFIGURATION).contains("\npaths = [\"articles\", \"_posts\"]\n"));

    let place = Place::empty();
    place.article("saved/of \"mine\"/1.txt", 1, 1, "One");
    place.offprint(&["init"]).assert().success();
    assert!(text(&place, CONFIGURATION).contains("\npaths = [\".\"]\n"));
    place
        .offprint(&["init", "--force", "saved/of \"mine\""])
        .assert()
        .success();
    place.offprint(&["build"]).assert().success();
}

/// The lines of the workflow that are indented below a line, without white space around them.
fn below<'text>(workflow: &'text str, start: &str) -> Vec<&'text str> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut lines = workflow.lines().skip_while(|line| *line != start);
    let head = lines.next().unwrap_or_else(|| panic!("no line {start:?}"));
    lines
        .take_while(|line| line.trim().is_empty() || depth(line) > depth(head))
        .collect()
}

#[test]
fn each_job_of_the_workflow_may_do_what_it_needs_and_no_more() {
    let place = Place::with_archive();
    place.offprint(&["init"]).assert().success();
    let workflow = text(&place, WORKFLOW);
    assert!(workflow.contains("\npermissions: {}\n"));
    assert!(workflow.contains("\nconcurrency:\n  group: offprint\n"));
    let permissions = |job: &str| {
        let job = below(&workflow, job).join("\n");
        below(&job, "    permissions:")
            .iter()
            .map(|line| line.split(" #").next().unwrap().trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(permissions("  build:"), ["contents: read"]);
    assert_eq!(
        permissions("  deploy:"),
        ["pages: write", "id-token: write"]
    );
    assert!(
        below(&workflow, "  deploy:").contains(&"    if: needs.build.outputs.changed == 'true'")
    );
    assert!(!workflow.contains("git commit") && !workflow.contains("git push"));
}

#[test]
fn the_actions_of_the_workflow_are_pinned_by_commit() {
    let place = Place::with_archive();
    place.offprint(&["init"]).assert().success();
    let workflow = text(&place, WORKFLOW);
    let actions: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.split_once("uses: ").map(|(_, action)| action))
        .collect();
    assert!(actions.len() > 5);
    for action in actions {
        let (commit, version) = action
            .split_once('@')
            .unwrap()
            .1
            .split_once(" # v")
            .unwrap();
        assert!(
            commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()),
            "{action}"
        );
        assert!(!version.is_empty(), "{action}");
    }
}

#[test]
fn a_source_without_a_name_is_called_unknown() {
    let place = Place::with_archive();
    place.write(
        "articles/1.txt",
        "<!--1638316800000-->\n[One]()\n------\n\n<p>Text that is long enough to stay.</p>\n",
    );
    place.offprint(&["init"]).assert().success();
    let configuration = text(&place, CONFIGURATION);
    for wanted in [
        "#   sources    tales.example (2), unknown (1)\n",
        "# source = [\"tales.example\"]\n",
    ] {
        assert!(configuration.contains(wanted), "{wanted}{configuration}");
    }
}

#[test]
fn a_sources_name_cannot_leave_its_comment() {
    let place = Place::empty();
    place.write(
        "articles/1.txt",
        "---\ntitle: One\ndate: 2021-12-01\nfrom: \"a @FOUND@ \\\" ] # \"\n---\n<!--1638316800000-->\n[One](https://one.example/1)\n------\n\n<p>Text that is long enough.</p>\n",
    );
    place.offprint(&["init"]).assert().success();
    place.offprint(&["build", "-t", "rss"]).assert().success();
}
