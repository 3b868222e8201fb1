//! Every call of a run fails once, or the run is killed at it: a sample in the suite, all of them
//! with `OFFPRINT_TEST_FAULTS=all`.

use super::trace::{Fate, Fault, calls, plan, suffer};
use crate::faults::place::{Ended, Files, Place, run};
use crate::images::samples;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use tempfile::TempDir;

const COMMON: [&str; 9] = [
    // One thread, so that calls come in the same order in every run.
    "--jobs",
    "1",
    "--image-mirror",
    "mirror",
    "--base-url",
    "https://tide.example/",
    "--strict",
    "--report",
    "report.json",
];
const FEEDS: [&str; 4] = ["-t", "rss,atom,json", "--feed-archive", "month"];
const BOOKS: [&str; 2] = ["-t", "epub"];

fn build(place: &Place, options: &[&str]) -> Command {
    let mut command = place.build(&COMMON);
    command
        .args(options)
        .env("TMPDIR", place.path().join("tmp"));
    command
}

/// What the run that suffers knows of the one before it.
#[derive(Clone, Copy, Debug)]
enum Memory {
    /// Nothing: image cache and state are gone.
    Lost,
    /// All of it.
    There,
}

/// A folder that looks the same before each run: four articles and what a run made of them; then one
/// changed, with its picture, and two more came.
struct Stand {
    place: Place,
    original: TempDir,
    options: &'static [&'static str],
    earlier: Files,
    later: Files,
}

impl Stand {
    fn new(options: &'static [&'static str], memory: Memory) -> Self {
        let place = Place::with_archive(4);
        fs::create_dir(place.path().join("tmp")).unwrap();
        run(&mut build(&place, options)).with(0);
        let earlier = place.outputs();
        fs::remove_file(place.path().join("report.json")).unwrap();
        if matches!(memory, Memory::Lost) {
            fs::remove_dir_all(place.path().join("cache")).unwrap();
        }
        place.article(1, "changed since");
        place.write("mirror/pictures.example/1", samples::webp(60, 40));
        place.article(4, "new");
        place.article(5, "new");
        let mut stand = Stand {
            original: tempfile::tempdir().unwrap(),
            place,
            options,
            earlier,
            later: Files::new(),
        };
        copy(stand.place.path(), stand.original.path());
        run(&mut build(&stand.place, options)).with(0);
        stand.later = stand.place.outputs();
        stand
    }

    /// The files as they were, with their times, in the same folder: what runs remember is
    /// remembered for it.
    fn reset(&self) {
        for item in fs::read_dir(self.place.path()).unwrap() {
            let path = item.unwrap().path();
            let removed = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
            removed.unwrap();
        }
        copy(self.original.path(), self.place.path());
    }

    fn command(&self) -> Command {
        build(&self.place, self.options)
    }

    /// What is wrong after a fault, if anything.
    fn try_one(&self, fault: &Fault) -> Result<(), String> {
        self.reset();
        let (ended, hit) = suffer(&self.place, &self.command(), fault);
        let wrong = |what: &str| {
            let said = &ended.stderr;
            format!(
                "{fault:?}: {what}\nstatus {:?}\n{hit}\n{said}",
                ended.status
            )
        };
        if let Some(what) = self.objection(&ended, fault, &hit) {
            return Err(wrong(&what));
        }
        let again = run(&mut self.command());
        if again.status != Some(0) {
            return Err(wrong(&format!("the next run fails: {}", again.stderr)));
        }
        if self.place.outputs() != self.later {
            return Err(wrong("the next run writes something else"));
        }
        match leftover(self.place.path()) {
            Some(name) => Err(wrong(&format!("{name} is left after the next run"))),
            None => Ok(()),
        }
    }

    fn objection(&self, ended: &Ended, fault: &Fault, hit: &str) -> Option<String> {
        let place = &self.place;
        let outputs = place.outputs();
        let killed = fault.fate == Fate::Kill;
        if ended.stderr.contains("panicked") {
            return Some("a panic".to_owned());
        }
        if self.earlier.keys().any(|name| !outputs.contains_key(name)) {
            return Some("an output is gone".to_owned());
        }
        let report = fs::read(place.path().join("report.json")).unwrap_or_else(|_| b"0".to_vec());
        if serde_json::from_slice::<serde_json::Value>(&report).is_err() {
            return Some("half a report".to_owned());
        }
        match ended.status {
            None if killed => self.foreign(&outputs, true),
            Some(0) => (outputs != self.later).then(|| "done, but not what it should".to_owned()),
            // Something was lost, so the outputs are others; they have to be good all the same.
            Some(1) => {
                let checked = run(&mut place.offprint(&["check", "out"]));
                let silent = !ended.stderr.contains("warning:");
                (silent || checked.status != Some(0)).then(|| format!("{checked:?}"))
            }
            Some(2) => {
                // A call is counted in each thread, so that the fault may hit the message as well.
                let refused = hit.contains("write(2, \"error:");
                let told = ended.stderr.contains("error:") && ended.stderr.contains("hint:");
                let kept = fault.call.starts_with("unlink");
                (!told && !refused)
                    .then(|| "an error without a hint".to_owned())
                    .or_else(|| self.foreign(&outputs, kept))
            }
            _ => Some("an odd end".to_owned()),
        }
    }

    /// A file that is neither an earlier output nor a later one.
    fn foreign(&self, outputs: &Files, may_be_temporary: bool) -> Option<String> {
        let mut foreign = outputs.iter().filter(|(name, bytes)| {
            let known = [&self.earlier, &self.later];
            let whole = known.iter().any(|known| known.get(*name) == Some(bytes));
            !(whole || may_be_temporary && name.ends_with(".tmp"))
        });
        let (name, _) = foreign.next()?;
        Some(format!("{name} is neither the earlier one nor the later"))
    }
}

/// Copies what is in a folder into another, times included.
fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp")
        .args(["-a", "--"])
        .args([&from.join("."), to])
        .status();
    assert!(status.unwrap().success());
}

/// A temporary file anywhere.
fn leftover(folder: &Path) -> Option<String> {
    crate::faults::place::files(folder)
        .into_keys()
        .find(|name| name.contains(".tmp") || name.starts_with("tmp/") || name.contains("/tmp/"))
}

/// How many faults there are to try: about as many as `sample`, or all of them.
fn chosen(all: Vec<Fault>, sample: usize) -> Vec<Fault> {
    let step = match std::env::var("OFFPRINT_TEST_FAULTS").as_deref() {
        Ok("all") => 1,
        // An odd step meets every error, for most calls have an even number of fates.
        _ => (all.len() / sample).max(1) | 1,
    };
    all.into_iter().step_by(step).collect()
}

/// Tries the faults of a run that remembers, and those of one that does not, side by side.
fn assert_survives(options: &'static [&'static str], sample: usize) {
    let trial = |memory: Memory| {
        let stand = Stand::new(options, memory);
        stand.reset();
        let all = plan(&calls(&stand.place, &stand.command()));
        let (number, faults) = (all.len(), chosen(all, sample / 2));
        println!("{} of {number} faults, memory {memory:?}", faults.len());
        let tried = faults.iter().map(|fault| stand.try_one(fault));
        let failures: Vec<String> = tried.filter_map(Result::err).collect();
        assert!(
            failures.is_empty(),
            "memory {memory:?}, {} failures\n{}",
            failures.len(),
            failures.join("\n\n")
        );
        assert!(faults.len() >= sample / 4);
    };
    thread::scope(|scope| {
        scope.spawn(|| trial(Memory::Lost));
        scope.spawn(|| trial(Memory::There));
    });
}

#[test]
fn feeds_survive_whatever_the_system_refuses() {
    assert_survives(&FEEDS, 100);
}

#[test]
fn books_survive_whatever_the_system_refuses() {
    assert_survives(&BOOKS, 10);
}
