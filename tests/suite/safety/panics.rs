//! A panic on an article's way costs that article, wherever it happens.

use offprint::model::{
    Format, Resource, ResourceBytes, ResourceId, ResourceLookup, Resources, Selection,
};
use offprint::reader::{
    Archive, Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source,
};
use offprint::writer::{
    Atom, EncodeInput, NoSettings, Output, OutputFolder, Run, Sink, Unit, Writer,
};
use offprint::{Code, Input, Registry, Report, Settings, Unobserved, Warning, convert};
use std::fs;
use std::io;
use std::sync::Arc;

/// Where somebody's code panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Sniff,
    Scan,
    Load,
    Encode,
    /// In the bytes of a picture that the reader brings.
    Bytes,
    Units,
    Open,
    Append,
    Finish,
}

/// The reader of archives, which panics at the file that is named so.
struct Fragile(Where);

impl Fragile {
    fn reach(&self, here: Where, name: &str) {
        assert!(self.0 != here || name != "bad.txt", "a defect at {here:?}");
    }
}

impl Reader for Fragile {
    fn format(&self) -> &Format {
        Archive.format()
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        self.reach(Where::Sniff, probe.name());
        Archive.sniff(probe)
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        self.reach(Where::Scan, source.name());
        Archive.scan(source, options, each)
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        self.reach(Where::Load, source.name());
        let mut loaded = Archive.load(source, at, options)?;
        if self.0 == Where::Bytes {
            loaded.entry.resources = Resources::new(Broken);
        }
        Ok(loaded)
    }
}

/// A picture whose bytes can't be read without a panic.
struct Broken;

impl ResourceLookup for Broken {
    fn find(&self, reference: &str) -> Option<Resource> {
        Some(Resource {
            id: ResourceId::of(reference.as_bytes()),
            bytes: Arc::new(Broken),
        })
    }
}

impl ResourceBytes for Broken {
    fn read(&self, _most: u64) -> io::Result<Vec<u8>> {
        panic!("a defect")
    }
}

static FORMAT: Format = Format {
    name: "titles",
    description: "A list of titles",
    files: "titles.txt",
    options: &[],
};

/// Writes titles, and panics at one of them if it is to.
struct Titles(Where);

struct TitleList(offprint::writer::Staged, usize, Where);

impl Writer for Titles {
    type Part = String;
    type Settings = NoSettings;

    fn format(&self) -> &Format {
        &FORMAT
    }

    fn embeds_pictures(&self) -> bool {
        true
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        assert!(self.0 != Where::Units, "a defect");
        let all = Selection::all(run.catalogue.len());
        vec![Unit::whole(run.catalogue, &all)]
    }

    fn claims(&self, name: &str, _run: &Run<'_>) -> bool {
        name == "titles.txt"
    }

    fn encode(&self, input: &EncodeInput<'_>) -> offprint::Result<String> {
        let title = input.article.title.to_string();
        assert!(self.0 != Where::Encode || title != "bad", "a defect");
        Ok(title)
    }

    fn open<'run>(
        &self,
        _run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> offprint::Result<Box<dyn Sink<Part = String> + 'run>> {
        assert!(self.0 != Where::Open, "a defect");
        Ok(Box::new(TitleList(folder.stage("titles.txt")?, 0, self.0)))
    }
}

impl Sink for TitleList {
    type Part = String;

    fn append(&mut self, _position: usize, part: String) -> offprint::Result<()> {
        use std::io::Write;
        self.1 += 1;
        assert!(self.2 != Where::Append || self.1 < 3, "a defect");
        let written = writeln!(self.0, "{part}");
        written.map_err(self.0.error())
    }

    fn finish(self: Box<Self>) -> offprint::Result<Vec<Output>> {
        assert!(self.2 != Where::Finish, "a defect");
        Ok(vec![Output::of_unit(self.0.seal()?, "", self.1)])
    }
}

fn run(place: Where, folder: &std::path::Path) -> offprint::Result<Report> {
    let picture = match place {
        Where::Bytes => "<img src=\"a.png\" alt=\"the lamp\">",
        _ => "",
    };
    let article = |name: &str, millis: u64| {
        Input::memory(
            format!("{name}.txt"),
            format!(
                "<!--{millis}-->\n[{name}](https://a.example/{name})\n------\n<p>{name}</p>{picture}\n"
            ),
        )
    };
    let mut settings = Settings::for_inputs([
        article("first", 1_640_000_000_000),
        article("bad", 1_640_000_100_000),
        article("last", 1_640_000_200_000),
    ]);
    settings.formats = vec!["atom".to_owned(), "titles".to_owned()];
    settings.out = folder.to_owned();
    settings.jobs = 2;
    let registry = Registry::empty()
        .with_reader(Fragile(place))
        .with_writer(Atom::default())
        .with_writer(Titles(place));
    convert(&registry, &settings, &Unobserved)
}

#[test]
fn fault_4_a_panic_costs_one_article_wherever_it_happens() {
    for place in [Where::Sniff, Where::Scan, Where::Load, Where::Encode] {
        let folder = tempfile::tempdir().unwrap();
        let report = run(place, folder.path()).unwrap();
        let codes: Vec<_> = report.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, [Code::ArticleFailed], "{place:?}");
        assert_eq!(report.warnings[0].path.as_deref(), Some("bad.txt"));
        assert!(report.warnings[0].message.contains("a defect"));
        let titles = fs::read_to_string(folder.path().join("titles.txt")).unwrap();
        assert_eq!(titles, "first\nlast\n", "{place:?}");
        // The outputs agree on what they hold.
        let atom = fs::read_to_string(folder.path().join("atom.xml")).unwrap();
        assert_eq!(atom.matches("<entry>").count(), 2, "{place:?}");
        assert!(!atom.contains("bad"));
    }
}

#[test]
fn fault_4_a_panic_in_the_bytes_of_a_picture_costs_that_picture() {
    let folder = tempfile::tempdir().unwrap();
    let report = run(Where::Bytes, folder.path()).unwrap();
    let codes: Vec<_> = report.warnings.iter().map(|warning| warning.code).collect();
    assert!(codes.contains(&Code::ImageUnusable), "{codes:?}");
    let titles = fs::read_to_string(folder.path().join("titles.txt")).unwrap();
    assert_eq!(titles, "first\nbad\nlast\n");
}

/// What a writer has written when it panics can't be trusted: nothing of the run is put in place.
#[test]
fn fault_4_a_writer_that_panics_at_an_output_is_an_error_and_leaves_nothing() {
    for place in [Where::Units, Where::Open, Where::Append, Where::Finish] {
        let folder = tempfile::tempdir().unwrap();
        let error = run(place, folder.path()).unwrap_err();
        let said = error.chain();
        assert!(
            said.contains("the titles writer failed") && said.contains("a defect"),
            "{said}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{place:?}");
    }
}
