//! What many large feeds cost in memory: no more than a few of them do.

use super::rss;
use super::server::{Reply, Server};
use crate::images::measured::measured;
use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::process::Command;

const FEEDS: u32 = 120;
/// Items of a feed, and the length of each.
const ITEMS: u32 = 40;
const LENGTH: usize = 64 * 1024;
/// Less than what all feeds have together; held all at once, they take more than twice as much.
const MEMORY: u64 = FEEDS as u64 * ITEMS as u64 * LENGTH as u64 * 3 / 5;

#[test]
fn large_feeds_are_held_a_few_at_a_time() {
    let server = Server::start(|asked| {
        let item = |number: u32| {
            let link = format!("https://large.example{}/{number}", asked.path);
            let words = "a lamp in the fog ".repeat(LENGTH / 18);
            format!("<item><link>{link}</link><description>{words}</description></item>")
        };
        Reply::feed(rss("Large", "", &(0..ITEMS).map(item).collect::<String>()))
    });
    let folder = tempfile::tempdir().unwrap();
    let mut configuration =
        "[pull]\npause = \"0s\"\n[select.include]\ntitle = [\"none\"]\n".to_owned();
    for feed in 0..FEEDS {
        let url = server.address(&format!("/{feed}"));
        configuration += &format!("[[pull.feed]]\nurl = {url:?}\n");
    }
    fs::write(folder.path().join("offprint.toml"), configuration).unwrap();
    let mut command = Command::new(cargo_bin!("offprint"));
    command
        .args(["pull", "--allow-private-network", "--image-cache", "cache"])
        .args(["--report", "report.json"])
        .current_dir(folder.path());
    let (ended, peak) = measured(&mut command);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let report = fs::read_to_string(folder.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["articles"]["left_out"], FEEDS * ITEMS);
    assert!(peak < MEMORY, "{peak} bytes of {MEMORY}");
}
