//! The way of all windows through the second pass, one behind the other.
//!
//! A window is read, gets its pictures, is encoded and appended: four stations. Each takes one
//! window at a time and all of them in order, so what depends on order (what the library learns of
//! pictures, what sinks and state hold) is the same with any number of threads. But the stations
//! work side by side, on different windows: one picture may take as long as a hundred articles, and
//! while a worker converts it, the others go on with the windows before and behind.
//!
//! Nobody waits for a station: whoever ends a task sees which others have become possible, and
//! spawns them.

use super::state::State;
use super::window::{Ends, Known, LENGTH, Line, Pictured};
use crate::error::{Error, Result, Warning};
use crate::report::Stage;
use crate::write::Bank;
use rayon::Scope;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes the articles at some positions of the catalogue through all stations. Gives the number of
/// those that were read, or need not be, and adds the warnings in the order of the articles.
///
/// # Errors
/// The first that a writer meets.
pub(super) fn run(
    line: &Line<'_, '_>,
    positions: &[usize],
    state: &mut State,
    warnings: &mut Vec<Warning>,
) -> Result<usize> {
    let belt = Belt {
        line,
        positions,
        is_noted: state.is_kept(),
        windows: Mutex::default(),
        ledger: Mutex::new(Ledger {
            state,
            warnings,
            there: 0,
        }),
    };
    rayon::scope(|scope| belt.go_on(scope));
    let windows = belt.windows.into_inner();
    match unpoisoned(windows).failure {
        Some(failure) => Err(failure),
        None => Ok(unpoisoned(belt.ledger.into_inner()).there),
    }
}

struct Belt<'belt, 'line, 'run> {
    line: &'belt Line<'line, 'run>,
    positions: &'belt [usize],
    is_noted: bool,
    windows: Mutex<Windows>,
    /// Held by the last station only.
    ledger: Mutex<Ledger<'belt>>,
}

/// What the windows leave behind, in their order.
struct Ledger<'belt> {
    state: &'belt mut State,
    warnings: &'belt mut Vec<Warning>,
    /// How many articles were read, or need not be.
    there: usize,
}

/// How far the windows are: how many each station has begun and ended, and those between two.
#[derive(Default)]
struct Windows {
    read: Station,
    known: VecDeque<Known>,
    picture: Station,
    pictured: VecDeque<Pictured>,
    encode: Station,
    encoded: VecDeque<Ends>,
    append: Station,
    failure: Option<Error>,
}

/// How many windows a station has begun, and how many it has ended.
#[derive(Clone, Copy, Default)]
struct Station {
    begun: usize,
    ended: usize,
}

/// What a station does to a window, which has a number from 0.
enum Task {
    Read(usize),
    Picture(Known),
    Encode(usize, Pictured),
    Append(usize, Ends),
}

impl Station {
    fn is_free(self) -> bool {
        self.begun == self.ended
    }

    /// Begins the next window, and gives its number.
    fn begin(&mut self) -> usize {
        self.begun += 1;
        self.begun - 1
    }
}

impl Windows {
    /// A task that is possible now, if any is; those of the foremost windows first.
    fn begin(&mut self, count: usize) -> Option<Task> {
        if self.failure.is_some() {
            return None;
        }
        if self.append.is_free()
            && let Some(ends) = self.encoded.pop_front()
        {
            return Some(Task::Append(self.append.begin(), ends));
        }
        if self.encode.is_free()
            && let Some(pictured) = self.pictured.pop_front()
        {
            return Some(Task::Encode(self.encode.begin(), pictured));
        }
        if self.picture.is_free()
            && let Some(known) = self.known.pop_front()
        {
            self.picture.begin();
            return Some(Task::Picture(known));
        }
        // No more are under way than there are banks to encode into.
        let has_room = self.read.begun < count.min(self.append.ended + Bank::COUNT);
        (self.read.is_free() && has_room).then(|| Task::Read(self.read.begin()))
    }
}

impl Belt<'_, '_, '_> {
    /// Spawns all tasks that are possible now.
    fn go_on<'scope>(&'scope self, scope: &Scope<'scope>) {
        let count = self.positions.len().div_ceil(LENGTH);
        let mut windows = self.windows();
        while let Some(task) = windows.begin(count) {
            scope.spawn(move |scope| {
                if let Err(error) = self.perform(task) {
                    self.windows().failure.get_or_insert(error);
                }
                self.go_on(scope);
            });
        }
    }

    fn perform(&self, task: Task) -> Result<()> {
        match task {
            Task::Read(window) => {
                let known = self.line.read(self.positions(window));
                let mut windows = self.windows();
                windows.known.push_back(known);
                windows.read.ended += 1;
            }
            Task::Picture(known) => {
                let pictured = self.line.picture(known, self.is_noted);
                let mut windows = self.windows();
                windows.pictured.push_back(pictured);
                windows.picture.ended += 1;
            }
            Task::Encode(window, pictured) => {
                let ends = self.line.encode(pictured, Bank::of_window(window))?;
                let mut windows = self.windows();
                windows.encoded.push_back(ends);
                windows.encode.ended += 1;
            }
            Task::Append(window, ends) => {
                self.append(window, ends)?;
                self.windows().append.ended += 1;
            }
        }
        Ok(())
    }

    fn append(&self, window: usize, ends: Ends) -> Result<()> {
        let mut ledger = unpoisoned(self.ledger.lock());
        let Ledger {
            state,
            warnings,
            there,
        } = &mut *ledger;
        *there += self
            .line
            .append(ends, Bank::of_window(window), state, warnings)?;
        let done = self.line.wanted(self.positions(window));
        if done > 0 {
            self.line.observer.advance(Stage::Articles, done);
        }
        Ok(())
    }

    /// The positions of a window's articles.
    fn positions(&self, window: usize) -> &[usize] {
        let mut windows = self.positions.chunks(LENGTH);
        windows.nth(window).unwrap_or_default()
    }

    fn windows(&self) -> MutexGuard<'_, Windows> {
        unpoisoned(self.windows.lock())
    }
}

/// A panic in a task ends the run when all tasks have ended; what they see until then is whole.
fn unpoisoned<Guard>(locked: std::result::Result<Guard, PoisonError<Guard>>) -> Guard {
    locked.unwrap_or_else(PoisonError::into_inner)
}
