//! A folder with an archive whose pictures lie on a server, and the command in it.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Place {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn cache(&self) -> PathBuf {
        self.path().join("cache")
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// An article that shows pictures.
    pub fn article(&self, number: u64, pictures: &[String]) {
        let figures: String = pictures
            .iter()
            .map(|address| format!("<img src=\"{address}\"><div><small>drawn</small></div>"))
            .collect();
        let text = format!("<p>What the tide brought in on day {number}, piece by piece.</p>");
        let millis = 1_640_000_000_000 + number * 60_000;
        self.write(
            &format!("articles/{number:04}.txt"),
            format!(
                "<!--{millis}-->\n[Flotsam {number}](https://tide.example/{number})\n------\n\n{text}{figures}\n"
            ),
        );
    }

    /// The command in this folder, cut off from the user's settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        let settings = std::env::vars_os().map(|(name, _)| name).filter(|name| {
            let name = name.to_string_lossy();
            name.starts_with("OFFPRINT_") || name.starts_with("GITHUB_")
        });
        settings.for_each(|name| {
            command.env_remove(name);
        });
        command
            .current_dir(self.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .env("OFFPRINT_IMAGE_CACHE", self.cache())
            .args(arguments);
        command
    }

    /// A build of the archive, pictures from loopback allowed.
    pub fn build(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&["build", "articles", "--allow-private-network"]);
        command.args(arguments);
        command
    }

    /// Runs a build and reads its report.
    pub fn report(&self, arguments: &[&str]) -> Value {
        let mut command = self.build(arguments);
        let ended = run(command.args(["--report", "report.json"]));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        serde_json::from_slice(&fs::read(self.path().join("report.json")).unwrap()).unwrap()
    }

    /// The files in the output folder by their names.
    pub fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(items) = fs::read_dir(self.path().join("out")) else {
            return BTreeMap::new();
        };
        items
            .map(|item| item.unwrap())
            .map(|item| {
                let name = item.file_name().into_string().unwrap();
                (name, fs::read(item.path()).unwrap())
            })
            .collect()
    }
}

/// How a command ended and what it said.
pub struct Ended {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

pub fn run(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended {
        status: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}
