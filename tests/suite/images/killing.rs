//! Runs that are killed at any moment: the cache is never corrupt, earlier outputs stay whole, and
//! the next run completes and clears up.

use super::files_below;
use super::place::{Place, run};
use super::samples;
use super::server::{Answer, Server, body};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

type Outputs = BTreeMap<String, Vec<u8>>;

const ARTICLES: u64 = 12;
const PICTURES: u64 = 24;
/// The articles that were there before the run that is killed.
const EARLIER: u64 = 4;
const OPTIONS: [&str; 4] = ["-t", "atom,json,epub", "--profile", "kindle"];

/// How many runs are killed: ten, or as many as `OFFPRINT_TEST_KILLS` says.
fn kills() -> u64 {
    number("OFFPRINT_TEST_KILLS").unwrap_or(10)
}

/// Where the random numbers begin: `OFFPRINT_TEST_SEED` repeats the moments of a run that failed.
fn seed() -> u64 {
    number("OFFPRINT_TEST_SEED").unwrap_or(20_211_231)
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text}")))
}

/// The next of a sequence of random numbers (SplitMix64), below a bound.
fn random(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % bound.max(1)
}

/// When a run is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after its begin: mostly while it writes.
    After(Duration),
    /// So long after the server got so many requests: while it fetches.
    Request(usize, Duration),
    /// So long after it put the first output into place.
    Placed(Duration),
}

impl Moment {
    fn random(state: &mut u64, whole: Duration) -> Self {
        let micros = |state: &mut u64, whole: Duration| {
            Duration::from_micros(random(state, u64::try_from(whole.as_micros()).unwrap()))
        };
        match random(state, 3) {
            0 => Moment::After(micros(state, whole)),
            1 => {
                let request = usize::try_from(1 + random(state, PICTURES)).unwrap();
                Moment::Request(request, micros(state, Duration::from_millis(20)))
            }
            _ => Moment::Placed(micros(state, Duration::from_micros(400))),
        }
    }
}

/// A server whose pictures take a moment, so that there is one to be killed in.
fn server() -> Server {
    let pictures = (0..PICTURES).map(|number| {
        let side = 60 + u32::try_from(number).unwrap();
        let whole = if number % 3 == 0 {
            body("image/webp", &samples::webp(side, 40))
        } else {
            body("image/jpeg", &samples::jpeg(side, 40))
        };
        let Answer::Raw(bytes) = whole else {
            unreachable!();
        };
        let pause = Answer::Pause(bytes, Duration::from_millis(10));
        (format!("/{number}"), vec![pause])
    });
    Server::start(pictures)
}

fn place(server: &Server, articles: u64) -> Place {
    let place = Place::new();
    for number in 0..articles {
        let shown = [number * 2, number * 2 + 1];
        place.article(
            number,
            &shown.map(|number| server.address(&format!("/{number}"))),
        );
    }
    place
}

/// What an uninterrupted run makes of some articles, and how long it takes.
fn whole_run(server: &Server, articles: u64) -> (Outputs, Duration) {
    let place = place(server, articles);
    let start = Instant::now();
    let ended = run(&mut place.build(&OPTIONS));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    (place.outputs(), start.elapsed())
}

/// When an output was put into place that is among the first.
fn placed_at(place: &Place) -> Option<SystemTime> {
    let data = fs::metadata(place.path().join("out/atom.xml"));
    data.and_then(|data| data.modified()).ok()
}

/// Starts a run and kills it. Says whether it was still under way.
fn kill(place: &Place, server: &Server, moment: Moment) -> bool {
    let earlier = server.requests();
    let mut command = place.build(&OPTIONS);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut wait = |until: &dyn Fn() -> bool| {
        while !until() && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(50));
        }
    };
    let pause = match moment {
        Moment::After(time) => time,
        Moment::Placed(time) => {
            let before = placed_at(place);
            wait(&|| placed_at(place) != before);
            time
        }
        Moment::Request(number, time) => {
            wait(&|| server.requests() - earlier >= number);
            time
        }
    };
    let start = Instant::now();
    wait(&|| start.elapsed() >= pause);
    let under_way = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    child.wait().unwrap();
    under_way
}

/// Each file of the cache is whole: pictures have the hash that they are named by, records can be
/// read.
fn assert_cache_is_whole(cache: &Path) {
    for path in files_below(&cache.join("v1/blobs")) {
        let hash = blake3::hash(&fs::read(&path).unwrap()).to_string();
        assert_eq!(path.file_name().unwrap().to_str(), Some(hash.as_str()));
    }
    for part in ["v1/index", "v1/made"] {
        for path in files_below(&cache.join(part)) {
            let record = serde_json::from_slice::<serde_json::Value>(&fs::read(&path).unwrap());
            assert!(record.is_ok(), "{}", path.display());
        }
    }
}

/// A server, and what uninterrupted runs make of its pictures. Runs of one stage come one after the
/// other, since the server's requests are counted.
struct Stage {
    server: Server,
    earlier: Outputs,
    later: Outputs,
    duration: Duration,
}

impl Stage {
    fn new() -> Self {
        let server = server();
        let (earlier, _) = whole_run(&server, EARLIER);
        let (later, duration) = whole_run(&server, ARTICLES);
        Stage {
            server,
            earlier,
            later,
            duration,
        }
    }

    /// Kills a run over earlier outputs, looks at what it left, and runs again. Says whether the
    /// run was still under way.
    fn kill_one(&self, moment: Moment) -> bool {
        let place = place(&self.server, ARTICLES);
        for (name, bytes) in &self.earlier {
            place.write(&format!("out/{name}"), bytes);
        }
        let under_way = kill(&place, &self.server, moment);
        assert_cache_is_whole(&place.cache());
        self.assert_outputs_are_whole(&place.outputs());
        let ended = run(place.build(&OPTIONS).arg("--strict"));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        assert!(place.outputs() == self.later, "the next run makes others");
        assert_cache_is_whole(&place.cache());
        assert!(files_below(&place.cache().join("v1/tmp")).is_empty());
        under_way
    }

    /// Each output is the earlier one or the new one; beside them may lie temporary files.
    fn assert_outputs_are_whole(&self, outputs: &Outputs) {
        for (name, bytes) in outputs {
            let temporary = name.starts_with(".offprint-") && name.ends_with(".tmp");
            let known = [&self.earlier, &self.later];
            let whole = known.iter().any(|known| known.get(name) == Some(bytes));
            assert!(temporary || whole, "{name} is neither whole nor absent");
        }
        for name in self.earlier.keys() {
            assert!(outputs.contains_key(name), "{name} is gone");
        }
    }
}

/// Ten runs, or as many as `OFFPRINT_TEST_KILLS` says; the moments are those of `OFFPRINT_TEST_SEED`.
#[test]
fn hostile_59_a_run_can_be_killed_at_any_moment() {
    let (kills, seed) = (kills(), seed());
    let (taken, hits) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let stage = Stage::new();
                loop {
                    let number = taken.fetch_add(1, Ordering::SeqCst);
                    if number >= kills {
                        return;
                    }
                    // Each run has a seed of its own, so that it can be repeated alone.
                    let own = seed.wrapping_add(number);
                    let moment = Moment::random(&mut own.clone(), stage.duration);
                    println!("OFFPRINT_TEST_SEED={own}: killed at {moment:?}");
                    hits.fetch_add(u64::from(stage.kill_one(moment)), Ordering::SeqCst);
                }
            });
        }
    });
    let hits = hits.into_inner();
    println!("{hits} of {kills} runs were under way when they were killed");
    assert!(hits > 0);
}
