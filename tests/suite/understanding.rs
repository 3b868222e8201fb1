//! What an article is understood as: what a writer is handed of it, and what `offprint inspect` shows
//! that went.

pub use offprint::command::{DateSource, Understood, understand};
use offprint::command::{Removed, RemovedPicture};
use offprint::model::{
    Address, Article, Body, CleanText, Entry, Format, Head, Markup, Selection, ShownResources,
    WrittenTime,
};
use offprint::reader::{Confidence, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use offprint::settings::CleanSettings;
use offprint::writer::{EncodeInput, NoSettings, Output, OutputFolder, Run, Sink, Unit, Writer};
use offprint::{Code, Input, Registry, Result, Settings, Unobserved, Warning, convert};
use std::sync::{Arc, Mutex};

static GIVEN: Format = Format {
    name: "given",
    description: "What a test makes up",
    files: "*",
    options: &[],
};

/// Reads one entry, whatever the file holds.
struct Given {
    entry: Entry,
    gives_pages: bool,
}

impl Reader for Given {
    fn format(&self) -> &Format {
        &GIVEN
    }

    fn sniff(&self, _: &Probe<'_>) -> Confidence {
        Confidence::Certain
    }

    fn gives_pages(&self) -> bool {
        self.gives_pages
    }

    fn load(&self, _: &dyn Source, _: &Locator, _: &ReadOptions) -> Result<Loaded, Warning> {
        Ok(Loaded {
            entry: self.entry.clone(),
            warnings: Vec::new(),
        })
    }
}

static CAPTURE: Format = Format {
    name: "capture",
    description: "Articles as they are handed over",
    files: "",
    options: &[],
};

/// Keeps what it is handed, and writes nothing.
#[derive(Clone, Default)]
struct Capture {
    articles: Arc<Mutex<Vec<Article>>>,
}

impl Writer for Capture {
    type Part = Article;
    type Settings = NoSettings;

    fn format(&self) -> &Format {
        &CAPTURE
    }

    fn is_default(&self) -> bool {
        true
    }

    fn embeds_pictures(&self) -> bool {
        false
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        let all = Selection::all(run.catalogue.len());
        vec![Unit::whole(run.catalogue, &all)]
    }

    fn claims(&self, _: &str, _: &Run<'_>) -> bool {
        false
    }

    fn encode(&self, input: &EncodeInput<'_>) -> Result<Article> {
        Ok(input.article.clone())
    }

    fn open<'run>(
        &self,
        _: &'run Run<'run>,
        _: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = Article> + 'run>> {
        Ok(Box::new(self.clone()))
    }
}

impl Sink for Capture {
    type Part = Article;

    fn append(&mut self, _: usize, article: Article) -> Result<()> {
        self.articles.lock().unwrap().push(article);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        Ok(Vec::new())
    }
}

/// An article as writers are handed it, and what its run warned of. A run takes some threads and files, so
/// tests of hundreds of texts ask for what is [`understood`], which is the same.
pub struct Converted {
    pub article: Article,
    pub warnings: Vec<Warning>,
}

/// Converts an entry that a reader gives.
pub fn converted(entry: &Entry, settings: &CleanSettings) -> Converted {
    let (mut articles, warnings) = all_converted(given(entry, false), settings);
    assert_eq!(articles.len(), 1);
    Converted {
        article: articles.remove(0),
        warnings,
    }
}

fn all_converted(reader: Given, clean: &CleanSettings) -> (Vec<Article>, Vec<Warning>) {
    let folder = tempfile::tempdir().unwrap();
    let capture = Capture::default();
    let mut settings = settings(&reader, clean);
    settings.out = folder.path().to_owned();
    settings.jobs = 1;
    let registry = Registry::empty()
        .with_reader(reader)
        .with_writer(capture.clone());
    let report = convert(&registry, &settings, &Unobserved).unwrap();
    let articles = std::mem::take(&mut *capture.articles.lock().unwrap());
    (articles, report.warnings)
}

/// An entry as `offprint inspect` understands it.
pub fn understood(entry: &Entry, settings: &CleanSettings) -> Understood {
    inspected(given(entry, false), settings)
}

/// Whether a saved page is one that stands instead of an article.
pub fn is_absent(entry: &Entry) -> bool {
    let understood = inspected(given(entry, true), &CleanSettings::default());
    !understood.warnings.is_empty()
}

fn inspected(reader: Given, clean: &CleanSettings) -> Understood {
    let settings = settings(&reader, clean);
    let registry = Registry::empty().with_reader(reader);
    let (mut understood, warnings) = understand(&registry, &settings).unwrap();
    assert_eq!((understood.len(), warnings), (1, Vec::new()));
    understood.remove(0)
}

fn given(entry: &Entry, gives_pages: bool) -> Given {
    Given {
        entry: entry.clone(),
        gives_pages,
    }
}

fn settings(reader: &Given, clean: &CleanSettings) -> Settings {
    let path = match reader.entry.head.path.as_str() {
        "" => "article",
        path => path,
    };
    let mut settings = Settings::for_inputs([Input::memory(path, "the reader knows it")]);
    settings.clean = clean.clone();
    settings
}

/// A text as it is understood, and what became of the rest.
#[derive(Debug)]
pub struct Text {
    pub blocks: Body,
    pub resources: ShownResources,
    pub credit: Option<CleanText>,
    pub rights: Option<CleanText>,
    pub removed: Vec<Removed>,
    pub removed_pictures: Vec<RemovedPicture>,
    pub warnings: Vec<Warning>,
}

/// The text of an article with a title, at an address, whose head tells all that its text may.
pub fn text(markup: &Markup, title: &str, address: Option<&str>) -> Text {
    let entry = Entry {
        head: Head {
            path: "story.txt".to_owned(),
            title: Some(title.to_owned()),
            address: address.map(str::to_owned),
            authors: vec!["Ada".to_owned()],
            written_time: WrittenTime::parse("2021-12-31T01:44:25Z"),
            ..Head::default()
        },
        body_line: 3,
        markup: markup.clone(),
        ..Entry::default()
    };
    let cleaned = understood(&entry, &CleanSettings::default()).cleaned;
    let mut warnings = cleaned.warnings;
    warnings.retain(|warning| warning.code != Code::BodyEmpty);
    Text {
        blocks: cleaned.article.body,
        resources: cleaned.resources,
        credit: cleaned.article.credit,
        rights: cleaned.article.rights,
        removed: cleaned.removed,
        removed_pictures: cleaned.removed_pictures,
        warnings,
    }
}

#[test]
fn inspect_shows_the_article_that_writers_are_handed() {
    let entry = Entry {
        head: Head {
            path: "articles/lamp.html".to_owned(),
            title: Some("The lamp is lit - The Bugle".to_owned()),
            address: Some("https://bugle.example/lamp".to_owned()),
            folders: vec!["The Bugle".to_owned()],
            ..Head::default()
        },
        markup: Markup::Article(
            "<p>It shines.</p><img src='/a.jpg'><p>© 2021 The Bugle</p>".into(),
        ),
        ..Entry::default()
    };
    let settings = CleanSettings::default();
    let converted = converted(&entry, &settings);
    let understood = understood(&entry, &settings);
    assert_eq!(converted.article, understood.cleaned.article);
    let codes = |warnings: &[Warning]| {
        warnings
            .iter()
            .map(|warning| warning.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&converted.warnings), [Code::DateMissing]);
    assert_eq!(codes(&understood.cleaned.warnings), [Code::DateMissing]);
    assert_eq!(converted.article.title.as_str(), "The lamp is lit");
    let address = Address::parse("https://bugle.example/lamp");
    assert_eq!(converted.article.address, address);
}
