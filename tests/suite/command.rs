//! The command line: what it writes, what it says, how it exits.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder to stand in, with an archive in `articles/`.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn empty() -> Self {
        Place {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Three articles of three days.
    pub fn with_archive() -> Self {
        let place = Place::empty();
        for (number, day) in [(1, 10), (2, 11), (3, 12)] {
            place.article(
                &format!("articles/{number}.txt"),
                number,
                day,
                "A plain text about the harbour.",
            );
        }
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(&path, text).expect("a file");
        path
    }

    /// An article of December 2021 with a text that only it has.
    pub fn article(&self, name: &str, number: u32, day: u32, text: &str) {
        let millis =
            1_638_316_800_000u64 + u64::from(day - 1) * 86_400_000 + u64::from(number) * 1000;
        let body = format!("<p>{text} Number {number} of the series, told at length.</p>");
        self.write(
            name,
            format!("<!--{millis}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n{body}\n"),
        );
    }

    /// The command in this folder, cut off from the user's settings and the network.
    pub fn offprint(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("offprint").expect("the command");
        command.current_dir(self.path()).args(arguments);
        for name in [
            "GITHUB_ACTIONS",
            "GITHUB_REPOSITORY",
            "GITHUB_SERVER_URL",
            "GITHUB_STEP_SUMMARY",
            "OFFPRINT_OUT",
            "SOURCE_DATE_EPOCH",
        ] {
            command.env_remove(name);
        }
        command
            .env("OFFPRINT_IMAGE_CACHE", self.path().join(".cache"))
            .env("OFFPRINT_OFFLINE", "true");
        command
    }

    pub fn build(&self, arguments: &[&str]) -> assert_cmd::assert::Assert {
        let mut all = vec!["build", "articles"];
        all.extend(arguments);
        self.offprint(&all).assert()
    }

    pub fn outputs(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path().join(folder))
    }

    pub fn report(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["--report", "report.json"];
        all.extend(arguments);
        self.build(&all).success();
        let text = fs::read_to_string(self.path().join("report.json")).expect("a report");
        serde_json::from_str(&text).expect("JSON")
    }
}

/// All files below a folder by their names.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let Ok(items) = fs::read_dir(folder) else {
        return found;
    };
    for item in items {
        let path = item.expect("an item").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            found.extend(
                files(&path)
                    .into_iter()
                    .map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)),
            );
        } else {
            found.insert(name, fs::read(&path).expect("bytes"));
        }
    }
    found
}

pub fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

#[test]
fn the_main_job_writes_the_four_outputs_and_nothing_else() {
    let place = Place::with_archive();
    let ended = place.build(&[]).success();
    assert!(
        stderr(&ended).contains("articles  3 read, 3 written"),
        "{}",
        stderr(&ended)
    );
    let names: Vec<String> = place.outputs("out").into_keys().collect();
    assert_eq!(
        names,
        [
            "archive-cover.jpg",
            "archive.epub",
            "atom.xml",
            "feed.json",
            "rss.xml"
        ]
    );
}

#[test]
fn a_second_run_touches_nothing_and_says_so() {
    let place = Place::with_archive();
    place.build(&[]).success();
    let times = |place: &Place| -> Vec<_> {
        let folder = fs::read_dir(place.path().join("out")).expect("out");
        let mut times: Vec<_> = folder
            .map(|item| item.expect("an item"))
            .map(|item| {
                (
                    item.file_name(),
                    item.metadata()
                        .and_then(|data| data.modified())
                        .expect("a time"),
                )
            })
            .collect();
        times.sort();
        times
    };
    let before = times(&place);
    let ended = place.build(&[]).success();
    assert!(
        stderr(&ended).contains("nothing changed"),
        "{}",
        stderr(&ended)
    );
    assert_eq!(before, times(&place));
}

#[test]
fn hostile_60_threads_and_the_order_of_paths_change_no_byte() {
    let place = Place::with_archive();
    place.build(&["--jobs", "1", "-o", "one"]).success();
    place.build(&["--jobs", "8", "-o", "eight"]).success();
    let paths = [
        "build",
        "articles/3.txt",
        "articles/1.txt",
        "articles/2.txt",
        "-o",
        "order",
    ];
    place.offprint(&paths).assert().success();
    assert_eq!(place.outputs("one"), place.outputs("eight"));
    assert_eq!(place.outputs("one"), place.outputs("order"));
}

#[test]
fn without_anything_to_read_a_friendly_message_says_what_to_do() {
    let place = Place::empty();
    let ended = place.offprint(&[]).assert().code(2);
    let said = stderr(&ended);
    assert!(
        said.contains("nothing to read")
            && said.contains("hint:")
            && said.contains("offprint build"),
        "{said}"
    );
    assert!(place.outputs("out").is_empty());
}

#[test]
fn hostile_57_no_article_leaves_earlier_outputs_alone() {
    let place = Place::with_archive();
    place.build(&[]).success();
    let before = place.outputs("out");
    place.write("empty/readme.md", "# No article\n");
    let ended = place.offprint(&["build", "empty"]).assert().code(2);
    assert!(stderr(&ended).contains("no article"), "{}", stderr(&ended));
    assert_eq!(before, place.outputs("out"));
}

#[test]
fn hostile_57_a_period_without_articles_is_a_success_that_writes_nothing() {
    let place = Place::with_archive();
    let ended = place.build(&["--since", "2030"]).success();
    assert!(
        stderr(&ended).contains("nothing to write"),
        "{}",
        stderr(&ended)
    );
    assert!(place.outputs("out").is_empty());
}

#[test]
fn a_period_takes_whole_days() {
    let place = Place::with_archive();
    let report = place.report(&["--since", "2021-12-11", "--until", "2021-12-11"]);
    assert_eq!(report["articles"]["written"], 1);
    assert_eq!(report["articles"]["read"], 3);
}

#[test]
fn formats_can_be_chosen() {
    let place = Place::with_archive();
    place.build(&["-t", "atom,json"]).success();
    let names: Vec<String> = place.outputs("out").into_keys().collect();
    assert_eq!(names, ["atom.xml", "feed.json"]);
}

#[test]
fn bad_arguments_end_with_2_and_a_hint() {
    let place = Place::with_archive();
    let cases: [&[&str]; 10] = [
        &["-t", "opml"],
        &["-t", "pdf"],
        &["--since", "yesterday"],
        &["--base-url", "ftp://x"],
        &["--name", "../up"],
        &["--language", "no language"],
        &["--encoding", "klingon"],
        &["--from", "nobody"],
        &["--profile", "papyrus"],
        &["--group-by", "mood"],
    ];
    for case in cases {
        let ended = place.build(case).code(2);
        assert!(
            stderr(&ended).contains("hint:") || stderr(&ended).contains("[possible values: "),
            "{case:?}: {}",
            stderr(&ended)
        );
    }
    place.build(&["--no-such-option"]).code(2);
    assert!(place.outputs("out").is_empty());
}

#[test]
fn a_broken_article_costs_a_warning_with_path_and_line_only() {
    let place = Place::with_archive();
    place.write(
        "articles/broken.txt",
        "<!--1640000000000-->\n[No line of hyphens](https://tales.example/9)\n<p>text</p>\n",
    );
    let ended = place.build(&[]).success();
    assert!(
        stderr(&ended).contains("articles/broken.txt:"),
        "{}",
        stderr(&ended)
    );
    let report = place.report(&[]);
    assert_eq!(
        (&report["articles"]["read"], &report["articles"]["skipped"]),
        (&3.into(), &1.into())
    );
    place.build(&["--strict"]).code(1);
}

#[test]
fn strict_is_content_with_a_clean_archive() {
    Place::with_archive().build(&["--strict"]).success();
}

#[test]
fn the_report_holds_what_its_contract_says() {
    let place = Place::with_archive();
    let report = place.report(&[]);
    assert_eq!(report["version"], 1);
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.clone())
            .collect()
    };
    assert_eq!(
        keys(&report["articles"]),
        ["duplicates", "passed_over", "read", "skipped", "written"]
    );
    assert_eq!(
        keys(&report["images"]),
        [
            "bytes",
            "embedded",
            "fetched",
            "from_cache",
            "from_mirror",
            "missing"
        ]
    );
    let output = &report["outputs"][0];
    assert_eq!(keys(output), ["articles", "bytes", "changed", "path"]);
    assert_eq!(output["changed"], true);
    assert!(report["seconds"].is_number());
    let again = place.report(&[]);
    assert!(
        again["outputs"]
            .as_array()
            .expect("outputs")
            .iter()
            .all(|output| output["changed"] == false)
    );
}

#[test]
fn a_report_can_go_to_standard_output() {
    let place = Place::with_archive();
    let ended = place.build(&["--report", "-", "-q"]).success();
    let report: Value = serde_json::from_slice(&ended.get_output().stdout).expect("JSON");
    assert_eq!(report["articles"]["written"], 3);
    assert_eq!(stderr(&ended), "");
}

#[test]
fn a_report_without_a_folder_is_refused_before_anything_is_written() {
    let place = Place::with_archive();
    let ended = place.build(&["--report", "nowhere/report.json"]).code(2);
    assert!(stderr(&ended).contains("nowhere"), "{}", stderr(&ended));
    assert!(place.outputs("out").is_empty());
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_would_change() {
    let place = Place::with_archive();
    let report = place.report(&["--dry-run"]);
    assert!(
        report["outputs"]
            .as_array()
            .expect("outputs")
            .iter()
            .all(|output| output["changed"] == true)
    );
    assert!(!place.path().join("out").exists());
    assert!(!place.path().join(".cache").exists());
}

#[test]
fn outputs_no_longer_made_are_reported_and_pruned_on_request() {
    let place = Place::with_archive();
    place.build(&["--split", "year"]).success();
    place.write("out/archive-2020.epub", "not ours");
    place.write("out/holiday.jpg", "not ours");
    let said = stderr(&place.build(&[]).success());
    for (name, what) in [
        ("archive-2021.epub", "is no longer made"),
        ("archive-2020.epub", "looks like an output"),
    ] {
        assert!(said.contains(&format!("{name}: {what}")), "{said}");
        assert!(place.outputs("out").contains_key(name));
    }
    place.build(&["--prune"]).success();
    let outputs = place.outputs("out");
    assert!(!outputs.contains_key("archive-2021.epub"));
    assert!(outputs.contains_key("archive-2020.epub") && outputs.contains_key("holiday.jpg"));
}

#[test]
fn an_article_can_come_from_standard_input() {
    let place = Place::with_archive();
    let text = fs::read(place.path().join("articles/1.txt")).expect("an article");
    place
        .offprint(&["build", "-"])
        .write_stdin(text)
        .assert()
        .success();
    let atom =
        String::from_utf8(place.outputs("out").remove("atom.xml").expect("a feed")).expect("UTF-8");
    assert!(atom.contains("Tale 1"));
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let place = Place::with_archive();
    place.write("offprint.toml", "[publication]\ntitle = \"From the file\"\nname = \"filed\"\n[input]\npaths = [\"articles\"]\n");
    let title = |command: &mut Command| -> String {
        command.assert().success();
        let feed: Value = serde_json::from_slice(&place.outputs("out")["feed.json"]).expect("JSON");
        feed["title"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(title(&mut place.offprint(&[])), "From the file");
    assert_eq!(
        title(
            place
                .offprint(&[])
                .env("OFFPRINT_TITLE", "From the environment")
        ),
        "From the environment"
    );
    let mut both = place.offprint(&["--title", "From the line"]);
    assert_eq!(
        title(both.env("OFFPRINT_TITLE", "From the environment")),
        "From the line"
    );
    assert!(place.outputs("out").contains_key("filed.epub"));
}

#[test]
fn what_the_file_switches_on_can_be_switched_off() {
    let place = Place::with_archive();
    place.write("offprint.toml", "[run]\ndry_run = true\n");
    let written = |command: &mut Command| {
        command.assert().success();
        !place.outputs("out").is_empty()
    };
    assert!(!written(&mut place.offprint(&["build", "articles"])));
    let mut unswitched = place.offprint(&["build", "articles"]);
    assert!(!written(unswitched.env("OFFPRINT_DRY_RUN", "yes")));
    assert!(written(unswitched.env("OFFPRINT_DRY_RUN", "off")));
    fs::remove_dir_all(place.path().join("out")).expect("the outputs");
    assert!(!written(&mut place.offprint(&[
        "build",
        "articles",
        "--dry-run"
    ])));
    assert!(written(
        place
            .offprint(&["build", "articles", "--dry-run=false"])
            .env("OFFPRINT_DRY_RUN", "true")
    ));
}

#[test]
fn an_empty_variable_counts_as_none() {
    let place = Place::with_archive();
    let mut build = place.offprint(&["build", "articles"]);
    for name in [
        "ITEMS", "JOBS", "OFFLINE", "TITLE", "TO", "BASE_URL", "SINCE",
    ] {
        build.env(format!("OFFPRINT_{name}"), "");
    }
    build.assert().success();
    assert!(place.outputs("out").contains_key("archive.epub"));
}

#[test]
fn values_of_the_file_that_mean_nothing_are_refused() {
    let place = Place::with_archive();
    for (file, named) in [
        ("[run]\njobs = 0\n", "run.jobs"),
        ("[run]\njobs = 20000\n", "run.jobs"),
        ("[select]\nsince = \"soon\"\n", "select.since"),
        ("[epub]\ncss_mode = \"x\"\n", "`epub.css_mode` can't be `x`"),
        ("[[site]]\nhosts = []\nname = \"x\"\n", "hosts"),
        ("[[proxy]]\nhosts = [\"p.example\"]\n", "p.example"),
        ("[publication]\nbase_url = \"x\"\n", "publication.base_url"),
    ] {
        place.write("offprint.toml", file);
        let said = stderr(&place.build(&[]).code(2));
        assert!(
            said.contains(named) && said.contains("hint:"),
            "{file}: {said}"
        );
    }
    assert!(place.outputs("out").is_empty());
}

#[test]
fn a_mistyped_command_is_answered_with_the_commands() {
    let place = Place::with_archive();
    let said = stderr(&place.offprint(&["biuld"]).assert().code(2));
    assert!(
        said.contains("biuld") && said.contains("build, pull, init"),
        "{said}"
    );
    for paths in [&["articles/9.txt"][..], &["build", "nowhere"]] {
        let said = stderr(&place.offprint(paths).assert().code(2));
        assert!(
            said.contains("cannot read") && !said.contains("init"),
            "{said}"
        );
    }
}

#[test]
fn inspect_says_what_is_wrong_even_when_quiet() {
    let place = Place::with_archive();
    place.write(
        "broken.txt",
        "<!--1640000000000-->\n[x](https://tales.example/9)\ntext\n",
    );
    fs::create_dir(place.path().join("empty")).expect("a folder");
    for (path, reason) in [
        ("broken.txt", "hyphens"),
        ("empty", "no article found in empty"),
    ] {
        let ended = place.offprint(&["inspect", "-q", path]).assert().code(2);
        let said = stderr(&ended);
        assert!(
            said.contains("error:") && said.contains(reason),
            "{path}: {said}"
        );
        assert!(ended.get_output().stdout.is_empty());
    }
}

#[test]
fn what_can_be_done_is_said_once() {
    let place = Place::with_archive();
    for number in 4..7 {
        let text = format!("<!--1640000000000-->\n[x](https://tales.example/{number})\n------\n\n");
        place.write(&format!("articles/{number}.txt"), &text);
    }
    let said = stderr(&place.build(&[]).success());
    assert_eq!(said.matches("[body-empty]").count(), 3, "{said}");
    assert_eq!(
        said.matches("hint: save the article again").count(),
        1,
        "{said}"
    );
    let report = place.report(&[]);
    for warning in report["warnings"].as_array().expect("warnings") {
        assert!(warning["hint"].is_string(), "{warning}");
    }
}

#[test]
fn pruning_leaves_no_empty_folder() {
    let place = Place::with_archive();
    place.write("offprint.toml", "[feeds]\nby = [\"source\"]\n");
    place.build(&[]).success();
    assert!(place.path().join("out/source").is_dir());
    place.write("offprint.toml", "");
    place.build(&["--prune"]).success();
    assert!(!place.path().join("out/source").exists());
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let place = Place::with_archive();
    place.write(
        "offprint.toml",
        "[publication]\nname = \"x\"\ntitel = \"typo\"\n",
    );
    let ended = place.build(&[]).code(2);
    assert!(
        stderr(&ended).contains("offprint.toml:3") && stderr(&ended).contains("titel"),
        "{}",
        stderr(&ended)
    );
}

#[test]
fn a_selector_that_means_nothing_is_refused() {
    let place = Place::with_archive();
    place.write(
        "offprint.toml",
        "[[site]]\nhosts = [\"tales.example\"]\nremove = [\"p[\"]\n",
    );
    let ended = place.build(&[]).code(2);
    assert!(stderr(&ended).contains("p["), "{}", stderr(&ended));
}

#[test]
fn the_same_address_twice_is_one_article() {
    let place = Place::with_archive();
    place.article("articles/1-edited.txt", 1, 20, "Edited later.");
    let report = place.report(&[]);
    assert_eq!(
        (
            &report["articles"]["read"],
            &report["articles"]["duplicates"]
        ),
        (&4.into(), &1.into())
    );
    assert_eq!(report["articles"]["written"], 3);
    let atom =
        String::from_utf8(place.outputs("out").remove("atom.xml").expect("a feed")).expect("UTF-8");
    assert!(atom.contains("Edited later."));
    let line = "1-edited.txt  stands for articles/1.txt";
    assert!(stderr(&place.build(&["--verbose"]).success()).contains(line));
    assert!(!stderr(&place.build(&[]).success()).contains("stands for"));
}

#[test]
fn hostile_14_a_clock_that_runs_ahead_dates_no_feed() {
    let place = Place::with_archive();
    place.write(
        "articles/future.txt",
        "<!--4955000000000-->\n[From the future](https://tales.example/f)\n------\n\n<p>Kept.</p>\n",
    );
    let ended = place.build(&[]).success();
    assert!(
        stderr(&ended).contains("date-in-future"),
        "{}",
        stderr(&ended)
    );
    let atom =
        String::from_utf8(place.outputs("out").remove("atom.xml").expect("a feed")).expect("UTF-8");
    let head = atom.split("<entry").next().unwrap_or_default();
    assert!(head.contains("<updated>2021-12-12"), "{head}");
    assert!(atom.contains("From the future"));
}

#[test]
fn a_day_without_an_hour_reaches_the_book_as_a_day() {
    let place = Place::empty();
    let article = |name: &str, byline: &str| {
        let text = format!("<p>The harbour of {name} was shut for a day.</p>");
        let head = format!("[{name}](https://tales.example/{name})\n------\n\n");
        place.write(
            &format!("articles/{name}.txt"),
            format!("<!--1640995200000-->\n{head}<div><i>Ann<br>{byline}</i></div>{text}\n"),
        );
    };
    article("day", "31 décembre 2021");
    article("midnight", "2021-12-31 00:00");
    for (name, shown) in [
        ("day", "published  2021-12-31  (from the byline)"),
        (
            "midnight",
            "published  2021-12-31T00:00:00Z  (from the byline)",
        ),
    ] {
        let path = format!("articles/{name}.txt");
        let ended = place.offprint(&["inspect", &path]).assert().success();
        let stdout = String::from_utf8_lossy(&ended.get_output().stdout).into_owned();
        assert!(stdout.contains(shown), "{stdout}");
    }
    // The second run takes what the first one noted of the files.
    for _ in 0..2 {
        place.build(&["--to", "epub"]).success();
        let book = place.outputs("out").remove("archive.epub").expect("a book");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a zip");
        let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        let mut text = String::new();
        for name in names.iter().filter(|name| name.ends_with(".xhtml")) {
            let mut file = archive.by_name(name).expect("a document");
            std::io::Read::read_to_string(&mut file, &mut text).expect("UTF-8");
        }
        assert!(text.contains("datetime=\"2021-12-31\">"), "{text}");
        assert!(
            text.contains("datetime=\"2021-12-31T00:00:00Z\">"),
            "{text}"
        );
    }
}

#[test]
fn inspect_shows_the_model() {
    let place = Place::with_archive();
    let ended = place
        .offprint(&["inspect", "articles/1.txt"])
        .assert()
        .success();
    let shown = String::from_utf8_lossy(&ended.get_output().stdout).into_owned();
    for part in [
        "title",
        "Tale 1",
        "published",
        "from the header",
        "paragraph",
        "harbour",
    ] {
        assert!(shown.contains(part), "{part} is missing in:\n{shown}");
    }
    let ended = place
        .offprint(&["inspect", "--json", "articles/1.txt"])
        .assert()
        .success();
    let article: Value = serde_json::from_slice(&ended.get_output().stdout).expect("JSON");
    assert_eq!(article["body"][0]["type"], "paragraph");
    let ended = place.offprint(&["inspect", "articles"]).assert().success();
    let table = String::from_utf8_lossy(&ended.get_output().stdout).into_owned();
    assert!(
        table.contains("3 articles") && table.contains("100.0%"),
        "{table}"
    );
}

#[test]
fn the_schema_of_inspect_refuses_what_it_does_not_name() {
    let text = include_str!("../../docs/inspect.schema.json");
    let schema: Value = serde_json::from_str(text).expect("JSON");
    let mut open = vec![&schema];
    let mut objects = 0;
    while let Some(part) = open.pop() {
        if let Some(properties) = part.get("properties").and_then(Value::as_object)
            && !(properties.len() == 1 && properties.contains_key("type"))
        {
            assert_eq!(part["additionalProperties"], false, "{part}");
            assert!(part["description"].is_string() || part["$schema"].is_string());
            objects += 1;
        }
        open.extend(part.as_array().into_iter().flatten());
        open.extend(part.as_object().into_iter().flat_map(|map| map.values()));
    }
    assert!(objects > 25, "{objects}");
}

#[test]
fn formats_lists_readers_and_writers() {
    let ended = Place::empty().offprint(&["formats"]).assert().success();
    let listed = String::from_utf8_lossy(&ended.get_output().stdout).into_owned();
    for name in ["archive", "front-matter", "rss", "atom", "json", "epub"] {
        assert!(
            listed.contains(&format!("  {name} ")),
            "{name} is missing in:\n{listed}"
        );
    }
    // A line that says what it is, and one that names files and options.
    let described = listed.lines().filter(|line| line.starts_with("  "));
    let (names, files): (Vec<_>, Vec<_>) = described.partition(|line| !line.starts_with("   "));
    assert_eq!(names.len(), files.len(), "{listed}");
    assert!(
        files
            .iter()
            .all(|line| line.trim_start().starts_with("files: "))
    );
}

#[test]
fn fault_23_feeds_of_articles_without_addresses_pass_the_own_check() {
    for (name, text) in [
        ("a.md", "---\ntitle: Lamp\n---\nThe lamp was lit.\n"),
        (
            "b.html",
            "<!DOCTYPE html><html><head><title>Lamp</title></head><body><article><h1>Lamp</h1>@</article>",
        ),
    ] {
        let place = Place::empty();
        let prose = "<p>The keeper lit the lamp, climbed down, and waited for the boats to come in at last.</p>";
        place.write(
            &format!("articles/{name}"),
            text.replace('@', &prose.repeat(6)),
        );
        place.build(&["-t", "rss,atom,json"]).success();
        place.offprint(&["check", "out"]).assert().success();
    }
}

#[test]
fn hostile_59_leftovers_of_a_killed_run_are_removed() {
    let place = Place::with_archive();
    place.build(&[]).success();
    let folder = place.path().join("out").canonicalize().expect("a folder");
    let hash = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    let own = format!(".offprint-{}-abc.tmp", &hash[..16]);
    let other = format!(".offprint-{}-abc.tmp", &hash[16..32]);
    for name in [&own, &other] {
        place.write(&format!("out/{name}"), "half a book");
    }
    place.build(&[]).success();
    let outputs = place.outputs("out");
    assert!(!outputs.contains_key(&own) && outputs.contains_key(&other));
}

#[test]
fn the_schema_of_the_report_knows_every_code_of_a_warning() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
    let schema: Value = serde_json::from_slice(&fs::read(path).expect("the schema")).expect("JSON");
    let warning = &schema["properties"]["warnings"]["items"]["properties"];
    let known: Vec<&str> = warning["code"]["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let codes: Vec<&str> = offprint::Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(known, codes);
}

#[test]
fn packagers_get_completions_and_manual_pages() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.offprint(&["completions", shell]).assert().success();
        let script = String::from_utf8(script.get_output().stdout.clone()).expect("UTF-8");
        assert!(script.contains("image-mirror"), "{shell}: {script}");
    }
    place.offprint(&["completions", "csh"]).assert().code(2);
    let page = |arguments: &[&str]| {
        let page = place.offprint(arguments).assert().success();
        String::from_utf8(page.get_output().stdout.clone()).expect("UTF-8")
    };
    let whole = page(&["man"]);
    assert!(whole.contains(".TH offprint 1"), "{whole}");
    assert!(whole.contains("offprint\\-inspect(1)"), "{whole}");
    let one = page(&["man", "inspect"]);
    assert!(
        one.contains(".TH offprint-inspect 1") || one.contains(".TH offprint\\-inspect 1"),
        "{one}"
    );
    place.offprint(&["man", "nothing"]).assert().code(2);
}
