//! Which files are one article, what stands of each, and what of a source's articles is not theirs.

mod boilerplate;
mod forms;
mod joining;
mod properties;
mod saves;
mod snapshots;
mod summaries;

use offprint::{Input, Registry, Report, Settings, Unobserved, convert};
use serde_json::Value;

/// 2021-12-31T01:47:06Z.
const TIME: u64 = 1_640_915_226_000;

/// A file of the archive.
#[derive(Clone, Debug)]
struct File {
    name: String,
    millis: u64,
    title: String,
    address: String,
    body: String,
}

impl File {
    fn new(name: &str, hours: u64, title: &str, address: &str, body: &str) -> Self {
        File {
            name: name.to_owned(),
            millis: TIME + hours * 3_600_000,
            title: title.to_owned(),
            address: address.to_owned(),
            body: body.to_owned(),
        }
    }

    fn input(&self) -> Input {
        let File {
            name,
            millis,
            title,
            address,
            body,
        } = self;
        let text = format!("<!--{millis}-->\n[{title}]({address})\n------\n\n{body}\n");
        Input::memory(name, text)
    }
}

/// What came of some files.
struct Made {
    report: Report,
    feed: Vec<u8>,
    items: Vec<Value>,
}

impl Made {
    /// The id, the title and the text of every item, by id.
    fn texts(&self) -> Vec<(String, String, String)> {
        let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
        let items = self.items.iter();
        let mut texts: Vec<_> = items
            .map(|item| {
                (
                    text(item, "id"),
                    text(item, "title"),
                    text(item, "content_html"),
                )
            })
            .collect();
        texts.sort();
        texts
    }

    /// The text of the only item.
    fn only(&self) -> (String, String, String) {
        let texts = self.texts();
        assert_eq!(texts.len(), 1, "{texts:?}");
        texts[0].clone()
    }

    /// What was joined, as lists of names.
    fn joined(&self) -> Vec<Vec<String>> {
        let joined = self.report.joined.iter().map(|joined| {
            let mut names = vec![joined.kept.clone()];
            names.extend(joined.others.clone());
            names
        });
        joined.collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        let warnings = self.report.warnings.iter();
        warnings.map(|warning| warning.code.name()).collect()
    }
}

fn made(files: &[File]) -> Made {
    made_with(files, |_| ())
}

fn made_with(files: &[File], change: impl FnOnce(&mut Settings)) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::for_inputs(files.iter().map(File::input));
    settings.out = folder.path().to_owned();
    settings.formats = vec!["json".to_owned()];
    settings
        .write
        .get_mut::<offprint::settings::FeedSettings>()
        .items = None;
    change(&mut settings);
    let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    let feed = std::fs::read(folder.path().join("feed.json")).unwrap();
    let value: Value = serde_json::from_slice(&feed).unwrap();
    Made {
        report,
        feed,
        items: value["items"].as_array().unwrap().clone(),
    }
}

/// Paragraphs of words that no two seeds share.
fn prose(seed: u64, paragraphs: u64) -> String {
    let word = |number: u64| {
        let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (number >> 7);
        let length = 4 + state % 6;
        let letter = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
        };
        (0..length).map(letter).collect::<String>()
    };
    let paragraph = |number: u64| {
        let words: Vec<String> = (0..40)
            .map(|at| word(seed * 100_000 + number * 100 + at + 1))
            .collect();
        format!("<p>{}.</p>", words.join(" "))
    };
    (0..paragraphs).map(paragraph).collect()
}
