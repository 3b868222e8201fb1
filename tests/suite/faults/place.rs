//! A folder with an archive and its pictures, and the command in it.

use crate::images::samples;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The files below a folder by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a run writes: feeds with archive documents, and a book a month.
pub const EVERYTHING: [&str; 8] = [
    "--split",
    "month",
    "--feed-archive",
    "month",
    "--base-url",
    "https://tide.example/",
    "--image-mirror",
    "mirror",
];

pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("faults-").tempdir();
        Place {
            folder: folder.unwrap(),
        }
    }

    /// Articles of several months, each with a picture of the mirror.
    pub fn with_archive(articles: u64) -> Self {
        let place = Place::new();
        for number in 0..articles {
            place.article(number, "as it was found");
        }
        for (name, bytes) in [
            ("0", samples::jpeg(48, 32)),
            ("1", samples::webp(48, 32)),
            ("2", samples::png(48, 32)),
        ] {
            place.write(&format!("mirror/pictures.example/{name}"), bytes);
        }
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// One of a sequence of articles, nine days apart.
    pub fn article(&self, number: u64, text: &str) {
        self.write(&format!("articles/{number:04}.txt"), article(number, text));
    }

    /// A command in this folder, cut off from the user's settings and the network.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("OFFPRINT_") || text.starts_with("GITHUB_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(self.path())
            .stdin(Stdio::null())
            .env_remove("SOURCE_DATE_EPOCH")
            .env("OFFPRINT_IMAGE_CACHE", "cache")
            .env("OFFPRINT_OFFLINE", "true");
        command
    }

    pub fn offprint(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_offprint"));
        command.args(arguments);
        command
    }

    /// A build of the archive.
    pub fn build(&self, arguments: &[&str]) -> Command {
        let mut command = self.offprint(&["build", "articles"]);
        command.args(arguments);
        command
    }

    pub fn outputs(&self) -> Files {
        files(&self.path().join("out"))
    }
}

/// An article of December 2021 or later.
pub fn article(number: u64, text: &str) -> String {
    const NINE_DAYS: u64 = 9 * 24 * 60 * 60 * 1000;
    let millis = 1_638_400_000_000 + number * NINE_DAYS;
    let picture = number % 3;
    format!(
        "<!--{millis}-->\n[Flotsam {number}](https://tide.example/{number})\n------\n\n\
         <p>What the tide brought in on day {number}, {text}.</p>\
         <img src=\"https://pictures.example/{picture}\"><div><small>drawn</small></div>\n"
    )
}

/// The files below a folder by their names; none where it is not there.
pub fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let Ok(items) = fs::read_dir(folder) else {
        return found;
    };
    for item in items {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let inner = files(&path).into_iter();
            found.extend(inner.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// How a command ended and what it said.
#[derive(Debug)]
pub struct Ended {
    /// None where a signal ended it.
    pub status: Option<i32>,
    pub stderr: String,
}

impl Ended {
    /// Ended with this status, and without a panic.
    #[track_caller]
    pub fn with(self, status: i32) -> Self {
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert_eq!(self.status, Some(status), "{}", self.stderr);
        self
    }

    /// Said all of this.
    #[track_caller]
    pub fn saying(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} in:\n{}", self.stderr);
        }
        self
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ended {
            status: output.status.code(),
            stderr: text(&output.stderr),
        }
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Ended {
    command.output().unwrap().into()
}

/// Waits until something is so. The bound is there for what never comes: no test depends on it.
#[track_caller]
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
