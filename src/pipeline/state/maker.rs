//! Who made the outputs: the program and its settings.

use crate::config::{Input, Settings};
use crate::model::Digest;
use crate::model::Stamp;
use crate::registry::Registry;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The digest of everything that outputs depend on beside articles and pictures. It differs more
/// often than outputs do, never less often.
pub fn digest(registry: &Registry, settings: &Settings) -> Digest {
    let settings = format!("{:?}", relevant(settings));
    let formats = format!("{} {}", registry.reader_names(), registry.writer_names());
    let parts = [env!("CARGO_PKG_VERSION"), &program(), &formats, &settings];
    Digest::of_parts(parts.map(str::as_bytes))
}

/// The settings without those that decide only how a run goes. A setting that is added later counts
/// until it is left out here.
fn relevant(settings: &Settings) -> Settings {
    Settings {
        inputs: settings.inputs.iter().map(absolute).collect(),
        out: PathBuf::new(),
        jobs: 0,
        wait: Duration::ZERO,
        dry_run: false,
        prune: false,
        strict: false,
        report: None,
        ..settings.clone()
    }
}

/// An input by a name that means the same wherever the user stands, as far as there is one.
fn absolute(input: &Input) -> Input {
    match input {
        Input::Path(path) => {
            Input::Path(std::path::absolute(path).unwrap_or_else(|_| path.clone()))
        }
        Input::Stdin => Input::Stdin,
        // What it holds is compared like a file's.
        Input::Memory { name, .. } => Input::memory(name, []),
    }
}

/// The program's file: a version under development changes without its number, and programs that
/// bring readers and writers of their own have none that we know.
fn program() -> String {
    let metadata = env::current_exe().and_then(fs::metadata);
    metadata.map_or_else(|_| String::new(), |metadata| Stamp::of(&metadata).content())
}
