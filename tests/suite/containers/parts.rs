//! A container of somebody else's, whose articles name parts of it as their pictures.

use crate::images::samples;
use offprint::model::{
    Digest, Entry, Format, Head, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup,
    Resources,
};
use offprint::reader::{
    Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source, Span,
};
use offprint::settings::BookSettings;
use offprint::{Input, Registry, Settings, Unobserved, Warning, convert};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Reads a container that is a line of JSON: its articles, and parts in hexadecimal.
struct Parts;

static FORMAT: Format = Format {
    name: "parts",
    description: "A container with parts",
    files: "*.parts",
    options: &[],
};

/// The parts that articles name as `cid:NAME`.
struct Named(Arc<BTreeMap<String, Vec<u8>>>);

/// One of them. Its bytes are held by the container, as an archive's on the disk would be.
struct Part(Arc<BTreeMap<String, Vec<u8>>>, String);

impl ResourceLookup for Named {
    fn find(&self, reference: &str) -> Option<Resource> {
        let name = reference.strip_prefix("cid:")?;
        self.0.contains_key(name).then(|| Resource {
            id: ResourceId::of(name.as_bytes()),
            bytes: Arc::new(Part(Arc::clone(&self.0), name.to_owned())),
        })
    }
}

impl ResourceBytes for Part {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(&self.1).ok_or(io::ErrorKind::NotFound)?;
        bytes.read(most)
    }
}

fn entry(source: &dyn Source, number: u32) -> Entry {
    let bytes = source.bytes(source.span()).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let parts = value["parts"].as_object().unwrap().iter();
    let parts = parts.map(|(name, bytes)| {
        let bytes = bytes
            .as_array()
            .unwrap()
            .iter()
            .map(|byte| byte.as_u64().unwrap() as u8);
        (name.clone(), bytes.collect())
    });
    let article = &value["articles"][number as usize - 1];
    Entry {
        head: Head {
            path: source.path().to_owned(),
            item: Some(number),
            title: Some(format!("Tale {number}")),
            address: Some(format!("https://tales.example/{number}")),
            ..Head::default()
        },
        body_line: 1,
        markup: Markup::Article(article.as_str().unwrap().to_owned()),
        resources: Resources::new(Named(Arc::new(parts.collect()))),
    }
}

impl Reader for Parts {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        match probe.first().starts_with(b"{\"articles\"") {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        _options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        for number in 1..=2 {
            let at = Locator {
                span: Span {
                    start: u64::from(number),
                    length: 1,
                },
                line: 1,
                number,
            };
            let entry = entry(source, number);
            let content = Digest::of(entry.markup.as_str().as_bytes());
            each(Item::new(at, entry, content));
        }
        Vec::new()
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        Ok(Loaded {
            entry: entry(source, at.number),
            warnings: Vec::new(),
        })
    }
}

#[test]
fn parts_of_a_container_reach_the_book_and_feeds_show_their_words() {
    let container = serde_json::json!({
        "articles": [
            "<p>One</p><img src=\"cid:lamp\" alt=\"The lamp\">",
            "<p>Two</p><img src=\"cid:lamp\" alt=\"The lamp\"><img src=\"cid:none\" alt=\"Gone\">",
        ],
        "parts": {"lamp": samples::jpeg(60, 40)},
    });
    let folder = tempfile::tempdir().unwrap();
    let mut outputs = Vec::new();
    for jobs in [1, 2, 8] {
        let input = Input::memory("tales.parts", container.to_string());
        let mut settings = Settings::for_inputs([input]);
        settings.formats = vec!["epub".to_owned(), "rss".to_owned()];
        settings.out = folder.path().join(format!("out-{jobs}"));
        settings.jobs = jobs;
        settings.write.get_mut::<BookSettings>().cover.width = 90;
        settings.write.get_mut::<BookSettings>().cover.height = 120;
        let registry = Registry::standard().with_reader(Parts);
        let report = convert(&registry, &settings, &Unobserved).unwrap();
        assert_eq!((report.articles.read, report.images.embedded), (2, 1));
        let rss = std::fs::read_to_string(settings.out.join("rss.xml")).unwrap();
        assert!(rss.contains("Picture: The lamp") && !rss.contains("cid:"));
        outputs.push(crate::incremental::archive::outputs(&settings.out));
    }
    assert!(
        outputs.iter().all(|other| *other == outputs[0]),
        "the same bytes"
    );
    let book = &outputs[0]["archive.epub"];
    let mut book = zip::ZipArchive::new(io::Cursor::new(book)).unwrap();
    let names: Vec<String> = book.file_names().map(str::to_owned).collect();
    let pictures = names
        .iter()
        .filter(|name| name.starts_with("EPUB/images/") && !name.contains("cover"));
    assert_eq!(pictures.count(), 1, "{names:?}");
    let _ = book.by_index(0);
}
