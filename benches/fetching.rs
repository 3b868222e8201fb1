//! What pictures cost: 1,000 articles with 2,000 images on a server of its own on loopback, built
//! three times: with an empty cache, with a full one, and offline.
//!
//!     cargo bench --bench fetching
//!
//! Prints images a second, bytes that came and bytes that were saved, and the most memory that the
//! program had. Ends in an error where the second or the third run sends a request.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that can't go on panics"
)]
#![allow(dead_code, reason = "some of the test suite's parts are used, not all")]

#[path = "../tests/suite/images/measured.rs"]
mod measured;
#[path = "../tests/suite/images/place.rs"]
mod place;
#[path = "../tests/suite/images/samples.rs"]
mod samples;
#[path = "../tests/suite/images/server.rs"]
mod server;

use measured::measured;
use place::Place;
use rayon::prelude::*;
use serde_json::Value;
use server::{Server, body};
use std::time::Instant;

const ARTICLES: u64 = 1_000;
const IMAGES: u64 = 2 * ARTICLES;

/// A picture of the kinds and sizes that news sites send, no two the same: most fit as they are,
/// some are too large for a reader, some are of a kind that books can't hold.
fn picture(number: u64) -> (&'static str, Vec<u8>) {
    let more = u32::try_from(number).unwrap();
    match number % 10 {
        0 => (
            "image/jpeg",
            samples::jpeg(1_650 + more % 100, 900 + more / 100),
        ),
        1 => (
            "image/webp",
            samples::webp(400 + more % 100, 300 + more / 100),
        ),
        2 => (
            "image/png",
            samples::png(500 + more % 100, 300 + more / 100),
        ),
        _ => (
            "image/jpeg",
            samples::jpeg(600 + more % 100, 400 + more / 100),
        ),
    }
}

struct Run {
    seconds: f64,
    requests: u64,
    peak: u64,
    report: Value,
}

fn run(place: &Place, server: &Server, arguments: &[&str]) -> Run {
    let before = server.requests();
    let start = Instant::now();
    let mut command = place.build(&["-t", "epub", "-q", "--report", "report.json"]);
    let (ended, peak) = measured(command.args(arguments));
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let report = std::fs::read(place.path().join("report.json")).unwrap();
    Run {
        seconds,
        requests: (server.requests() - before) as u64,
        peak,
        report: serde_json::from_slice(&report).unwrap(),
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn main() {
    let pictures: Vec<_> = (0..IMAGES).into_par_iter().map(picture).collect();
    let sent: u64 = pictures.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let answers = pictures
        .iter()
        .zip(0..IMAGES)
        .map(|((kind, bytes), number)| (format!("/{number}"), vec![body(kind, bytes)]));
    let server = Server::start(answers);
    let place = Place::new();
    for number in 0..ARTICLES {
        let shown = [2 * number, 2 * number + 1];
        place.article(
            number,
            &shown.map(|image| server.address(&format!("/{image}"))),
        );
    }
    println!(
        "{ARTICLES} articles with {IMAGES} images, {:.1} MB",
        megabytes(sent)
    );
    println!("run      seconds  images/s  requests  MB received  MB saved  MB memory");
    for (name, arguments, requests) in [
        ("cold", &[][..], IMAGES),
        ("warm", &[], 0),
        ("offline", &["--offline"], 0),
    ] {
        let run = run(&place, &server, arguments);
        let images = &run.report["images"];
        assert_eq!(images["embedded"], IMAGES, "{name}: {images}");
        assert_eq!(run.requests, requests, "{name}: requests");
        let received = if requests > 0 { sent } else { 0 };
        println!(
            "{name:<8} {:>7.1}  {:>8.0}  {:>8}  {:>11.1}  {:>8.1}  {:>9.1}",
            run.seconds,
            IMAGES as f64 / run.seconds,
            run.requests,
            megabytes(received),
            megabytes(sent - received),
            megabytes(run.peak),
        );
        if name == "offline" {
            let held = images["bytes"].as_u64().unwrap();
            println!(
                "the book's pictures take {:.1} MB, {:.1} MB less than the sites sent",
                megabytes(held),
                megabytes(sent.saturating_sub(held)),
            );
        }
    }
}
