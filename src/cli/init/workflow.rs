//! The workflow for GitHub Actions, made for a folder of a repository and its branch.

use super::PULLED;
use super::repository::Repository;
use offprint::{Error, Result};

const TEMPLATE: &str = include_str!("workflow.yml");

/// The steps that save what is new and commit it, for archives that grow by themselves.
const PULL: &str = include_str!("pull.yml");

/// Where it lies, seen from the repository's root. GitHub looks nowhere else.
const NAME: &str = ".github/workflows/offprint.yml";

/// A workflow and where it goes.
pub struct Workflow {
    /// Seen from where the user stands.
    pub name: String,
    pub text: String,
}

impl Workflow {
    /// The workflow that builds in the folder where the user stands.
    ///
    /// # Errors
    /// Where the folder has a name that means something else in a workflow.
    pub fn of(repository: Option<&Repository>, pulls: bool) -> Result<Self> {
        let mut text = TEMPLATE.to_owned();
        if pulls {
            text = pulling(&text);
        }
        if let Some(branch) = repository.and_then(|repository| repository.branch.as_deref()) {
            let branches = format!("branches: [{}]", pattern(branch));
            text = text.replace("branches: [main, master]", &branches);
        }
        let Some(repository) = repository else {
            let name = NAME.to_owned();
            return Ok(Workflow { name, text });
        };
        let (folder, way_up) = (folder_of(repository)?, repository.way_up());
        Ok(Workflow {
            text: if folder.is_empty() {
                text
            } else {
                within(&text, &folder, &way_up)
            },
            name: format!("{way_up}{NAME}"),
        })
    }
}

/// The workflow that saves what is new before it builds. What is kept for later pulls goes with what is
/// kept for later builds: both are small, and other after every run.
fn pulling(text: &str) -> String {
    let first = "# Builds feeds and books of the archive and publishes them with GitHub Pages. No output is ever\n# committed:";
    let state = "          path: ~/.cache/offprint/state\n";
    let report = "          path: ${{ runner.temp }}/report.json\n";
    let listed = |name: &str| format!("            ${{{{ runner.temp }}}}/{name}.json\n");
    let both = "          path: |\n            ~/.cache/offprint/state\n            ~/.cache/offprint/pull\n";
    let left_out = "            !~/.cache/offprint/state\n";
    let build = "      # Less time than the job has, so that what was downloaded";
    text.replace(
        first,
        "# Saves what is new in the feeds of offprint.toml, builds feeds and books of the archive and publishes them\n# with GitHub Pages. Articles are committed, and no output ever is:",
    )
    .replace("      contents: read\n", "      contents: write # to push new articles\n")
    .replace("          persist-credentials: false\n", "          persist-credentials: true # by which new articles are pushed\n")
    .replace(state, both)
    .replace(left_out, &format!("{left_out}            !~/.cache/offprint/pull\n"))
    .replace(report, &format!("          path: |\n{}{}", listed("report"), listed("pull")))
    .replace(
        "! -path '*/offprint/state/*' ",
        "! -path '*/offprint/state/*' ! -path '*/offprint/pull/*' ",
    )
    .replace(build, &format!("{}\n{build}", PULL.replace("@FOLDER@", PULLED)))
}

/// The workflow that builds in a folder of the repository. What actions take are paths from the root,
/// what commands take are those from the folder.
fn within(text: &str, folder: &str, way_up: &str) -> String {
    let start = "    timeout-minutes: 60\n";
    let defaults =
        format!("{start}    defaults:\n      run:\n        working-directory: \"{folder}\"\n");
    let deployed = format!("{way_up}.offprint-deployed");
    text.replace(start, &defaults)
        .replace("            out\n", &format!("            {folder}/out\n"))
        .replace("path: out\n", &format!("path: {folder}/out\n"))
        .replace("[ -f .offprint-deployed ]", &format!("[ -f {deployed} ]"))
        .replace("cat .offprint-deployed", &format!("cat {deployed}"))
}

/// The folder as it can stand in YAML, in a shell and in a pattern of paths.
fn folder_of(repository: &Repository) -> Result<String> {
    let folder = &repository.folder;
    let plain = |c: char| c.is_alphanumeric() || "-_./ ".contains(c);
    let text = folder.to_str().map(|text| text.replace('\\', "/"));
    text.filter(|text| text.chars().all(plain)).ok_or_else(|| {
        Error::configuration(
            format!("no workflow can be written for the folder {}", folder.display()),
            "give it a name of letters, digits, `-`, `_` and `.`, or run `offprint init` in the repository's root",
        )
    })
}

/// A branch as a pattern that matches it alone, as a text in YAML.
fn pattern(branch: &str) -> String {
    let mut text = String::new();
    for c in branch.chars() {
        if "*?+[]!\\".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    // A text in JSON is one in YAML.
    serde_json::Value::from(text).to_string()
}
