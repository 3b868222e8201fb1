//! How much is held at once: counted by what is alive, never by time or by memory.

use offprint::model::{
    Digest, Entry, Format, Head, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup,
    Resources,
};
use offprint::reader::{
    Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source, Span,
};
use offprint::settings::FeedSettings;
use offprint::{Input, Registry, Settings, Unobserved, Warning, convert};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const ARTICLES: u32 = 300;

/// How many entries are alive, and were at most.
#[derive(Default)]
struct Alive {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// An entry's picture, alive as long as anything of the entry is.
struct Token(Arc<Alive>);

impl Token {
    fn new(alive: &Arc<Alive>) -> Self {
        let now = alive.now.fetch_add(1, Ordering::SeqCst) + 1;
        alive.most.fetch_max(now, Ordering::SeqCst);
        Token(Arc::clone(alive))
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

impl ResourceBytes for Token {
    fn read(&self, _most: u64) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

struct OnePicture(Arc<Token>);

impl ResourceLookup for OnePicture {
    fn find(&self, reference: &str) -> Option<Resource> {
        (reference == "cid:x").then(|| Resource {
            id: ResourceId::of(b"x"),
            bytes: Arc::clone(&self.0) as Arc<dyn ResourceBytes>,
        })
    }
}

/// Reads articles that say of themselves how long they are.
struct Heavy {
    bytes: u64,
    alive: Arc<Alive>,
}

static FORMAT: Format = Format {
    name: "heavy",
    description: "Articles of any length",
    files: "*",
    options: &[],
};

fn head(number: u32) -> Head {
    Head {
        path: "heavy".to_owned(),
        item: Some(number),
        title: Some(format!("Tale {number}")),
        address: Some(format!("https://tales.example/{number}")),
        ..Head::default()
    }
}

impl Reader for Heavy {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, _probe: &Probe<'_>) -> Confidence {
        Confidence::Certain
    }

    fn scan(
        &self,
        _source: &dyn Source,
        _options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        for number in 1..=ARTICLES {
            let at = Locator {
                span: Span {
                    start: 0,
                    length: self.bytes,
                },
                line: 1,
                number,
            };
            let entry = Entry {
                head: head(number),
                ..Entry::default()
            };
            each(Item::new(at, entry, Digest::of(&number.to_le_bytes())));
        }
        Vec::new()
    }

    fn load(
        &self,
        _source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let token = Arc::new(Token::new(&self.alive));
        Ok(Loaded {
            entry: Entry {
                head: head(at.number),
                body_line: 1,
                markup: Markup::Article("<p>x</p><img src=\"cid:x\">".to_owned()),
                resources: Resources::new(OnePicture(token)),
            },
            warnings: Vec::new(),
        })
    }
}

/// The most entries that were alive at once in a run over articles of so many bytes.
fn most_alive(bytes: u64) -> usize {
    let alive = Arc::new(Alive::default());
    let registry = Registry::standard().with_reader(Heavy {
        bytes,
        alive: Arc::clone(&alive),
    });
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::for_inputs([Input::memory("heavy", "x")]);
    settings.reader = Some("heavy".to_owned());
    settings.formats = vec!["rss".to_owned()];
    settings.out = folder.path().join("out");
    settings.jobs = 2;
    settings.write.get_mut::<FeedSettings>().items = None;
    let report = convert(&registry, &settings, &Unobserved).unwrap();
    assert_eq!(report.articles.written, u64::from(ARTICLES));
    assert_eq!(alive.now.load(Ordering::SeqCst), 0);
    alive.most.load(Ordering::SeqCst)
}

#[test]
fn fault_27_windows_close_at_a_weight() {
    // Four windows may be under way, one in each stage, and two articles of three megabytes fit into one.
    assert!(most_alive(3_000_000) <= 4 * 2);
    // One that is heavier than a window has one of its own.
    assert!(most_alive(50_000_000) <= 4);
    // Light ones fill windows by their number.
    assert!(most_alive(1_000) > 100);
}
