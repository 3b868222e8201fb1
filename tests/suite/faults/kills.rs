//! Runs over a thousand articles that are killed at random moments.

use super::place::{Files, Place, files, run};
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const ARTICLES: u64 = 1000;
/// Changed between the earlier run and the one that is killed.
const CHANGED: u64 = 100;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text}")))
}

/// The next of a sequence of random numbers (xorshift64*), below a bound.
fn random(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) % bound.max(1)
}

const FEEDS: [&str; 4] = ["-t", "rss,atom,json", "--feed-archive", "month"];
const BOOKS: [&str; 2] = ["-t", "atom,epub"];

/// A place in which runs are killed, and what stands in it before and after.
struct Stand {
    place: Place,
    options: &'static [&'static str],
    states: [Files; 2],
    /// How long a run takes that is not killed.
    duration: Duration,
    /// Which of the two states the articles are in.
    now: usize,
}

impl Stand {
    fn new(options: &'static [&'static str]) -> Self {
        let place = Place::new();
        for number in 0..ARTICLES {
            place.write(&name(number), text(number, 0));
        }
        let mut stand = Stand {
            place,
            options,
            states: [Files::new(), Files::new()],
            duration: Duration::ZERO,
            now: 0,
        };
        for now in [1, 0] {
            stand.edit(now);
            let start = Instant::now();
            run(&mut stand.build()).with(0);
            stand.duration = start.elapsed();
            stand.states[now] = stand.place.outputs();
        }
        assert_ne!(stand.states[0], stand.states[1]);
        stand
    }

    fn build(&self) -> Command {
        let mut command = self.place.build(self.options);
        command.args(["--items", "0", "--jobs", "1", "-q"]);
        command
    }

    /// Brings the articles into the other state.
    fn edit(&mut self, now: usize) {
        self.now = now;
        for number in 0..CHANGED {
            let number = number * (ARTICLES / CHANGED);
            self.place.write(&name(number), text(number, now));
        }
    }

    /// Kills a run after some time. Says whether it was under way.
    fn kill(&self, after: Duration) -> bool {
        let mut child = self.build().stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(after);
        let under_way = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        child.wait().unwrap();
        under_way
    }

    fn assert_whole(&self, before: usize) {
        for (name, bytes) in self.place.outputs() {
            let known = [before, self.now].map(|state| self.states[state].get(&name));
            let whole = known.contains(&Some(&bytes));
            let file = name.rsplit('/').next().unwrap_or_default();
            let temporary = file.starts_with(".offprint-") && file.ends_with(".tmp");
            assert!(
                whole || temporary,
                "{name} is neither the earlier one nor the later"
            );
        }
        for name in self.states[before].keys() {
            assert!(
                self.place.path().join("out").join(name).exists(),
                "{name} is gone"
            );
        }
    }

    fn assert_completes(&self) {
        run(&mut self.build()).with(0);
        assert!(
            self.place.outputs() == self.states[self.now],
            "the next run writes something else"
        );
        let left = files(self.place.path()).into_keys();
        let left: Vec<String> = left
            .filter(|name| name.contains(".tmp") || name.contains("/tmp/"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

fn name(number: u64) -> String {
    format!("articles/{:02}/{number}.txt", number % 20)
}

fn text(number: u64, state: usize) -> String {
    let millis = 1_600_000_000_000 + number * 3_600_000;
    format!(
        "<!--{millis}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n\
         <p>Number {number} of the series, as edited {state} times.</p>\n"
    )
}

/// Twenty runs, or as many as `OFFPRINT_TEST_RUN_KILLS` says; `OFFPRINT_TEST_SEED` repeats the
/// moments of a run that failed.
#[test]
fn hostile_59_a_run_over_a_thousand_articles_can_be_killed_at_any_moment() {
    let kills = number("OFFPRINT_TEST_RUN_KILLS").unwrap_or(20);
    let seed = number("OFFPRINT_TEST_SEED").unwrap_or(20_211_231);
    let (taken, hits) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for options in [&FEEDS[..], &BOOKS] {
            let (taken, hits) = (&taken, &hits);
            scope.spawn(move || {
                let mut stand = Stand::new(options);
                loop {
                    let number = taken.fetch_add(1, Ordering::SeqCst);
                    if number >= kills {
                        return;
                    }
                    let own = seed.wrapping_add(number);
                    let mut state = own.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
                    let whole = u64::try_from(stand.duration.as_micros()).unwrap();
                    let after = Duration::from_micros(random(&mut state, whole));
                    println!("OFFPRINT_TEST_SEED={own}: killed after {after:?}");
                    let before = stand.now;
                    stand.edit(1 - before);
                    // What was remembered is there in two of three runs.
                    if random(&mut state, 3) == 0 {
                        let _ = fs::remove_dir_all(stand.place.path().join("cache"));
                    }
                    hits.fetch_add(u64::from(stand.kill(after)), Ordering::SeqCst);
                    stand.assert_whole(before);
                    stand.assert_completes();
                }
            });
        }
    });
    let hits = hits.into_inner();
    println!("{hits} of {kills} runs were under way when they were killed");
    assert!(hits > 0);
}
