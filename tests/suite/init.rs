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
fn every_folder_that_holds_articles_is_found_by_what_its_files_hold() {
    let place = Place::empty();
    fs::create_dir(place.path().join("seeds")).unwrap();
    place.article("_posts/1.txt", 1, 1, "One");
    place.article("kept/2021/12/2.txt", 2, 2, "Two");
    place.article("kept/2021/11/3.txt", 3, 3, "Three");
    place.article("saved/of \"mine\"/4.txt", 4, 4, "Four");
    for elsewhere in ["out", ".hidden", "node_modules/some", "src/target"] {
        place.article(&format!("{elsewhere}/5.txt"), 5, 5, "Five");
    }
    place.write("README.md", "# What this is\n");
    place.write("docs/page.md", "# Not an article\n\nText.\n");
    let message = said(&mut place.offprint(&["init"]), 0);
    let configuration = text(&place, CONFIGURATION);
    let paths = r#"paths = ["_posts", "kept/2021", 'saved/of "mine"']"#;
    assert!(configuration.contains(paths), "{configuration}");
    assert!(message.contains("articles   4\n"), "{message}");
    place.offprint(&["build"]).assert().success();
}

#[test]
fn articles_that_lie_here_make_this_folder_the_archive_and_outputs_are_none() {
    let place = Place::empty();
    place.article("1.txt", 1, 1, "One");
    place.article("more/2.txt", 2, 2, "Two");
    let message = said(&mut place.offprint(&["init"]), 0);
    assert!(message.contains("articles   2\n"), "{message}");
    assert!(text(&place, CONFIGURATION).contains("\npaths = [\".\"]\n"));
    for _ in 0..2 {
        let message = said(&mut place.offprint(&["build"]), 0);
        assert!(message.contains("articles  2 read, "), "{message}");
        assert!(message.contains(", 2 written"), "{message}");
    }
}

#[test]
fn a_folder_of_3_000_other_files_hides_no_archive() {
    let place = Place::empty();
    for number in 0..3_000 {
        place.write(
            &format!("assets/{}/{number}.css", number % 40),
            "p { margin: 0 }",
        );
    }
    place.article("archived/a/1.txt", 1, 1, "One");
    let began = std::time::Instant::now();
    place.offprint(&["init"]).assert().success();
    assert!(began.elapsed().as_secs() < 20);
    assert!(text(&place, CONFIGURATION).contains("\npaths = [\"archived/a\"]\n"));
}

/// What stands in `.git` of a repository whose working tree has a branch checked out.
fn repository(place: &Place, branch: &str) {
    place.write(".git/HEAD", format!("ref: refs/heads/{branch}\n"));
}

#[test]
fn in_a_folder_of_a_repository_the_workflow_goes_to_its_root_and_builds_in_the_folder() {
    let place = Place::empty();
    repository(&place, "trunk");
    place.article("news/site/articles/1.txt", 1, 1, "One");
    let mut command = place.offprint(&["init"]);
    let message = said(command.current_dir(place.path().join("news/site")), 0);
    assert!(
        message.contains("builds in news/site") && message.contains("wrote ../../.github"),
        "{message}"
    );
    let workflow = text(&place, WORKFLOW);
    let job = below(&workflow, "  build:").join("\n");
    for wanted in [
        "        working-directory: \"news/site\"",
        "path: news/site/out",
        "            news/site/out",
        "cat ../../.offprint-deployed",
    ] {
        assert!(job.contains(wanted), "{wanted}\n{workflow}");
    }
    assert_eq!(workflow.matches("news/site/out").count(), 3);
    assert!(!below(&workflow, "  deploy:").join("\n").contains("news"));
    assert!(workflow.contains("branches: [\"trunk\"]"), "{workflow}");
    assert!(!place.path().join("news/site/.github").exists());
    assert!(place.path().join("news/site/offprint.toml").exists());
}

#[test]
fn the_branch_is_that_of_the_server_else_the_one_that_is_checked_out() {
    let branches = |place: &Place| {
        place.offprint(&["init", "--force"]).assert().success();
        let workflow = text(place, WORKFLOW);
        let line = workflow.lines().find(|line| line.contains("branches:"));
        line.unwrap().trim().to_owned()
    };
    let place = Place::with_archive();
    assert_eq!(branches(&place), "branches: [main, master]");
    repository(&place, "topic/1+2");
    assert_eq!(branches(&place), r#"branches: ["topic/1\\+2"]"#);
    let head = ".git/refs/remotes/origin/HEAD";
    place.write(head, "ref: refs/remotes/origin/gh-pages-source\n");
    assert_eq!(branches(&place), r#"branches: ["gh-pages-source"]"#);
    place.write(".git/HEAD", "0123456789abcdef\n");
    fs::remove_file(place.path().join(head)).unwrap();
    assert_eq!(branches(&place), "branches: [main, master]");

    // A working tree beside the first: `.git` is a file.
    let tree = Place::with_archive();
    let git = place.path().join(".git/worktrees/tree");
    place.write(".git/worktrees/tree/HEAD", "ref: refs/heads/tree\n");
    place.write(".git/worktrees/tree/commondir", "../..\n");
    tree.write(".git", format!("gitdir: {}\n", git.display()));
    assert_eq!(branches(&tree), r#"branches: ["tree"]"#);
    place.write(head, "ref: refs/remotes/origin/stable\n");
    assert_eq!(branches(&tree), r#"branches: ["stable"]"#);
}

#[test]
fn the_line_for_gitignore_is_offered_until_it_stands_there() {
    let place = Place::with_archive();
    repository(&place, "main");
    let message = said(&mut place.offprint(&["init"]), 0);
    assert!(message.contains(": /out/\n"), "{message}");
    assert!(!place.path().join(".gitignore").exists());
    for line in ["out", "/out/", "/out/*"] {
        place.write(".gitignore", format!("/target\n{line}\n"));
        let message = said(&mut place.offprint(&["init", "--force"]), 0);
        assert!(!message.contains("gitignore"), "{line}: {message}");
    }
}

#[test]
fn plain_build_takes_the_one_folder_that_holds_articles() {
    let place = Place::empty();
    place.article("kept/2021/1.txt", 1, 1, "One");
    place.article("kept/2022/2.txt", 2, 2, "Two");
    place.offprint(&["build"]).assert().success();
    place
        .offprint(&["build", "kept", "-o", "named"])
        .assert()
        .success();
    assert_eq!(place.outputs("out"), place.outputs("named"));
    fs::remove_dir_all(place.path().join("named")).unwrap();
    // What it made is not an archive.
    place.offprint(&[]).assert().success();

    place.article("other/3.txt", 3, 3, "Three");
    let message = said(&mut place.offprint(&["build"]), 2);
    for wanted in ["kept (2 files)", "other (1 file)", "hint: ", "build kept"] {
        assert!(message.contains(wanted), "{message}");
    }
    place.article("seeds/4.txt", 4, 4, "Four");
    place.offprint(&["build"]).assert().success();
}

#[test]
fn the_template_shows_true_defaults() {
    use offprint::settings::{load, resolve};
    let place = Place::with_archive();
    place.offprint(&["init"]).assert().success();
    let written = text(&place, CONFIGURATION);
    let shown = written.lines().filter(|line| {
        let is_fact = line.starts_with("# [[site]]");
        !is_fact && !line.contains("# example") && !line.starts_with("# source = ")
    });
    let shown: Vec<&str> = shown.map(uncommented).collect();
    let registry = offprint::Registry::standard();
    let settings = |text: &str| {
        let file = place.write("some.toml", text);
        let options = load(Some(&file), &registry).unwrap();
        format!("{:?}", resolve(options, &registry).unwrap())
    };
    let shown = shown.join("\n");
    assert!(shown.contains("\ntime_budget = \"5min\"") && shown.contains("\nprune = false"));
    let plain = "[input]\npaths = [\"articles\"]\n[output]\nout = \"out\"\n";
    let (shown, plain) = (settings(&shown), settings(plain));
    let at = shown.chars().zip(plain.chars()).take_while(|(a, b)| a == b);
    let at = at.count().saturating_sub(40);
    let near: String = shown.chars().skip(at).take(80).collect();
    assert!(shown == plain, "{near}");
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

#[test]
fn a_list_of_feeds_makes_a_workflow_that_pulls_commits_and_builds() {
    let place = Place::empty();
    place.write(
        "feeds.opml",
        "<opml><body><outline text='A' xmlUrl='https://a.example/'/></body></opml>",
    );
    let message = said(&mut place.offprint(&["init"]), 0);
    assert!(
        message.contains("run `offprint pull && offprint build`"),
        "{message}"
    );
    let configuration = text(&place, CONFIGURATION);
    assert!(configuration.contains("\n[pull]\nfolder = \"articles\"\nopml = [\"feeds.opml\"]\n"));
    assert!(configuration.contains("\npaths = [\"articles\"]\n"));
    let workflow = text(&place, WORKFLOW);
    let steps = below(&workflow, "  build:").join("\n");
    let at = |words: &str| {
        steps
            .find(words)
            .unwrap_or_else(|| panic!("no {words}: {workflow}"))
    };
    assert!(at("offprint pull --image-cache") < at("git commit --quiet"));
    assert!(at("git push --quiet") < at("git pull --quiet --rebase"));
    assert!(at("git pull --quiet --rebase") < at("offprint build --out"));
    at("contents: write");
    at("persist-credentials: true");
    assert_eq!(
        workflow
            .matches("            ~/.cache/offprint/pull\n")
            .count(),
        2
    );
    assert_eq!(
        workflow
            .matches("            !~/.cache/offprint/pull\n")
            .count(),
        2
    );
    assert!(!workflow.contains('@') || !workflow.contains("@FOLDER"));
}

#[test]
fn where_no_branch_is_checked_out_the_only_one_is_taken() {
    let line = |files: &[(&str, &str)]| {
        let place = Place::with_archive();
        place.write(".git/HEAD", "1234567890123456789012345678901234567890\n");
        for (name, text) in files {
            place.write(&format!(".git/{name}"), text);
        }
        place.offprint(&["init"]).assert().success();
        let workflow = text(&place, WORKFLOW);
        let line = workflow.lines().find(|line| line.contains("branches:"));
        line.unwrap().trim().to_owned()
    };
    let commit = "1234567890123456789012345678901234567890";
    assert_eq!(
        line(&[("refs/heads/trunk", commit)]),
        r#"branches: ["trunk"]"#
    );
    assert_eq!(
        line(&[("refs/heads/site/next", commit)]),
        r#"branches: ["site/next"]"#
    );
    let packed =
        format!("# pack-refs\n{commit} refs/heads/trunk\n{commit} refs/tags/v1\n^{commit}\n");
    assert_eq!(line(&[("packed-refs", &packed)]), r#"branches: ["trunk"]"#);
    assert_eq!(
        line(&[("refs/remotes/origin/live", commit)]),
        r#"branches: ["live"]"#
    );
    let two = [("refs/heads/trunk", commit), ("refs/heads/topic", commit)];
    assert_eq!(line(&two), "branches: [main, master]");
}

#[test]
fn fault_23_lists_of_pages_are_what_is_pulled() {
    let karakeep = "{\"bookmarks\": [{\"createdAt\": 1, \"content\": {\"type\": \"link\", \"url\": \"https://a.example/1\"}}]}";
    let pocket = "title,url,time_added,tags,status\nA,https://a.example/1,1,,unread\n";
    let opml = "<opml><body><outline text='A' xmlUrl='https://a.example/'/></body></opml>";
    for (files, written) in [
        (
            &[("part_000000.csv", pocket), ("karakeep.json", karakeep)][..],
            "links = [\"karakeep.json\", \"part_000000.csv\"]\n",
        ),
        (
            &[("saved.csv", pocket), ("feeds.opml", opml)],
            "opml = [\"feeds.opml\"]\nlinks = [\"saved.csv\"]\n",
        ),
        (
            &[("feeds.opml", opml)],
            "folder = \"articles\"\nopml = [\"feeds.opml\"]\n",
        ),
    ] {
        let place = Place::empty();
        for (name, text) in files {
            place.write(name, text);
        }
        let message = said(&mut place.offprint(&["init"]), 0);
        assert!(
            message.contains("run `offprint pull && offprint build`"),
            "{message}"
        );
        let configuration = text(&place, CONFIGURATION);
        assert!(
            configuration.contains("\n[pull]\nfolder = \"articles\"\n"),
            "{configuration}"
        );
        assert!(configuration.ends_with(written), "{configuration}");
    }
}

#[test]
fn fault_23_mails_are_read_where_that_is_asked_for() {
    for name in ["letter.eml", "letters/a.eml"] {
        let place = Place::empty();
        let mail = "From: a@a.example\nSubject: A\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\nText.\n";
        place.write(name, mail);
        let message = said(&mut place.offprint(&["init"]), 2);
        assert!(
            message.contains("--from mail") && message.contains("nothing was written"),
            "{message}"
        );
    }
}
