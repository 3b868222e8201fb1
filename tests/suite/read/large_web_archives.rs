//! Web archives that are gone over in several places at once.

use super::pages::article;
use super::web_archives::{gzip, record, response};
use offprint::{Registry, Settings, Unobserved, convert};
use std::fs;

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const PNG: &str = "Content-Type: image/png\r\n";

/// Bytes that no compression makes shorter.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes
}

fn page(number: u64) -> Vec<u8> {
    let body = match number % 40 {
        // A page that is none, here and there.
        7 => "<title>404</title><h1>Page not found</h1>".to_owned(),
        _ => article(
            "<!DOCTYPE html><html><head>",
            &format!("<p>Tale {number}.</p>"),
        )
        .replace("Council", &format!("Council {number}")),
    };
    let address = format!("https://a.example/{number}");
    response(&address, "200 OK", HTML, body.as_bytes())
}

/// The records of a crawl of some megabytes, each as it stands in the file.
fn records(as_stored: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    for number in 0..160 {
        records.push(page(number));
        let address = format!("https://a.example/{number}.png");
        let length = 20_000 + 137 * usize::try_from(number % 11).unwrap();
        records.push(response(&address, "200 OK", PNG, &noise(number, length)));
        if number % 50 == 30 {
            // What looks like records within a record, longer than a stretch.
            let inner: Vec<u8> = (1000..1040)
                .flat_map(|other| {
                    let address = format!("https://a.example/{other}.png");
                    let picture = response(&address, "200 OK", PNG, &noise(other, 15_000));
                    [as_stored(&page(other)), as_stored(&picture)].concat()
                })
                .collect();
            let crlf = [b"\r\n\r\n".as_slice(), &inner].concat();
            records.push(record("resource", "https://a.example/x.bin", "", &crlf));
        }
    }
    records.iter().map(|record| as_stored(record)).collect()
}

/// The outputs of an archive with so many workers, and what was warned of.
fn outputs(bytes: &[u8], jobs: usize) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("crawl.warc");
    fs::write(&file, bytes).unwrap();
    let mut settings = Settings::for_inputs([file]);
    settings.jobs = jobs;
    settings.formats = vec!["json".to_owned()];
    settings.out = folder.path().join("out");
    let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    let mut written: Vec<(String, Vec<u8>)> = fs::read_dir(&settings.out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    written.sort();
    let place = folder.path().to_string_lossy().into_owned();
    let mut told: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
    told.push(format!("{:?}", report.articles));
    (
        written,
        told.iter().map(|line| line.replace(&place, "")).collect(),
    )
}

#[test]
fn any_number_of_workers_finds_the_same_in_a_web_archive() {
    let plain = |record: &[u8]| record.to_vec();
    let packed = |record: &[u8]| gzip(record);
    for stored in [&plain as &dyn Fn(&[u8]) -> Vec<u8>, &packed] {
        let whole = records(stored).concat();
        let cut = &whole[..whole.len() * 2 / 3];
        let mut damaged = whole.clone();
        let middle = whole.len() / 2;
        damaged[middle..middle + 40].fill(0x55);
        for bytes in [whole.as_slice(), cut, damaged.as_slice()] {
            let (written, told) = outputs(bytes, 1);
            assert!(
                told.iter().any(|line| line.contains("hold no article")),
                "{told:?}"
            );
            assert!(!written.is_empty());
            for jobs in [2, 3, 8] {
                let (other, also) = outputs(bytes, jobs);
                assert_eq!(told, also);
                assert!(written == other, "{jobs} workers");
            }
        }
    }
}
