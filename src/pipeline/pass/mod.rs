//! The second pass: articles in windows, read and encoded in parallel, appended in order.
//!
//! A window goes through four stages: read and clean, get the pictures, encode for every writer,
//! append. Each stage is a thread that takes the windows in order from a channel, so what depends on
//! order (what is learnt of pictures, what sinks and state hold) is the same with any number of
//! workers. The stages work side by side on different windows: one picture may take as long as a
//! hundred articles, and meanwhile the others go on. The channels hold nothing, so a stage that is
//! ahead waits (backpressure), and no more windows are under way than there are stages.
//!
//! Computing is done by the pool's workers, which the stages hand work to; waiting for the network is
//! done by none of them.

mod append;
mod encode;
mod passing;
mod pictures;
mod read;

use super::listing::Listing;
use super::selectors::Selectors;
use super::state::State;
use crate::config::Settings;
use crate::error::{Result, Warning};
use crate::images::ImageStore;
use crate::model::Selection;
use crate::report::Observer;
use crate::write::{Run, WriterRun};
use encode::EncodedWindow;
use rayon::ThreadPool;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Scope};

/// The most articles in a window: they show enough pictures for downloads side by side.
const MOST_ARTICLES: usize = 64;

/// The most bytes that the articles of a window have in their files, unless one alone has more. An
/// article takes several times that while it is parsed, and pictures in `data:` addresses make
/// articles of megabytes.
const MOST_BYTES: u64 = 8_000_000;

/// A writer at work.
pub(super) struct ActiveWriter<'run> {
    /// Its sink, and how it encodes.
    pub run: Box<dyn WriterRun + 'run>,
    /// The writer's name.
    pub format: &'static str,
}

/// Everything that articles pass through.
pub(super) struct Pass<'pass, 'run> {
    pub run: &'pass Run<'run>,
    pub listing: &'pass Listing<'pass>,
    pub images: &'pass ImageStore,
    pub settings: &'pass Settings,
    pub writers: &'pass [ActiveWriter<'run>],
    /// The articles whose pictures some output embeds, made now or kept.
    pub embedded: &'pass Selection,
    pub observer: &'pass dyn Observer,
    pub pool: &'pass ThreadPool,
    /// Whether the state wants notes.
    pub is_noted: bool,
}

/// Takes what comes from a channel through a stage, until either end of the way is closed: a stage
/// that fails closes its ends, and so all of them end.
fn work<Taken, Made>(
    taken: impl IntoIterator<Item = Taken>,
    made: &SyncSender<Made>,
    stage: impl Fn(Taken) -> Made,
) {
    for one in taken {
        if made.send(stage(one)).is_err() {
            return;
        }
    }
}

impl<'pass> Pass<'pass, '_> {
    /// Takes the articles at some positions of the catalogue through all stages. Gives the number
    /// of those that were read, or need not be, and adds the warnings in the order of the articles.
    ///
    /// # Errors
    /// The first that a writer meets.
    pub fn take(
        &self,
        positions: &[usize],
        state: &mut State,
        selectors: &mut Selectors<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<usize> {
        let windows = self.windows(positions);
        let mut there = 0;
        thread::scope(|scope| match self.start_stages(scope, windows.clone()) {
            Ok(encoded) => {
                for window in encoded {
                    there += self.append(window?, state, selectors, warnings)?;
                }
                Ok(there)
            }
            // Where the system starts no more threads, this one goes through the stages by itself.
            Err(_) => {
                for window in windows {
                    let window = self.encode(self.get_pictures(self.read(window)))?;
                    there += self.append(window, state, selectors, warnings)?;
                }
                Ok(there)
            }
        })
    }

    /// Starts all stages but the last.
    fn start_stages<'scope, 'windows>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        windows: Vec<&'windows [usize]>,
    ) -> io::Result<Receiver<Result<EncodedWindow<'scope>>>>
    where
        'windows: 'scope,
        'pass: 'scope,
    {
        // A channel that held windows would only hold memory: the slowest stage sets the pace.
        let (read_sender, read) = sync_channel(0);
        let (pictured_sender, pictured) = sync_channel(0);
        let (encoded_sender, encoded) = sync_channel(0);
        start(scope, "read", move || {
            work(windows, &read_sender, |window| self.read(window));
        })?;
        start(scope, "images", move || {
            work(read, &pictured_sender, |window| self.get_pictures(window));
        })?;
        start(scope, "encode", move || {
            work(pictured, &encoded_sender, |window| self.encode(window));
        })?;
        Ok(encoded)
    }

    /// Cuts positions into windows.
    fn windows<'positions>(&self, positions: &'positions [usize]) -> Vec<&'positions [usize]> {
        let mut windows = Vec::new();
        let mut rest = positions;
        while !rest.is_empty() {
            let mut bytes = 0_u64;
            let fits = |position: &&usize| {
                bytes = bytes.saturating_add(self.weight(**position));
                bytes <= MOST_BYTES
            };
            let count = rest.iter().take(MOST_ARTICLES).take_while(fits).count();
            // An article that weighs more than a window may goes alone.
            let Some((window, others)) = rest.split_at_checked(count.max(1)) else {
                break;
            };
            windows.push(window);
            rest = others;
        }
        windows
    }

    /// The bytes that an article has in its file, if it is to be read.
    fn weight(&self, position: usize) -> u64 {
        let place = self.listing.place(position);
        let place = place.filter(|_| self.is_wanted(position));
        place.map_or(0, |place| place.at.span.length)
    }

    /// Whether any output that is made holds the article.
    fn is_wanted(&self, position: usize) -> bool {
        self.writers.iter().any(|writer| writer.run.wants(position))
    }

    /// How many of the articles any output that is made holds.
    pub fn wanted(&self, positions: &[usize]) -> u64 {
        let wanted = positions
            .iter()
            .filter(|&&position| self.is_wanted(position));
        wanted.count() as u64
    }
}

/// Starts a stage.
fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    stage: impl FnOnce() + Send + 'scope,
) -> io::Result<()> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn_scoped(scope, stage).map(drop)
}
