//! The workflow for GitHub Actions, made for a folder of a repository and its branch.

use super::repository::Repository;
use offprint::{Error, Result};

const TEMPLATE: &str = include_str!("workflow.yml");

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
    pub fn of(repository: Option<&Repository>) -> Result<Self> {
        let mut text = TEMPLATE.to_owned();
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
