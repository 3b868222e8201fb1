//! A panic on an article's way costs that article, wherever it happens.

use offprint::error::{Code, Warning};
use offprint::model::{Format, Selection};
use offprint::read::{
    Archive, Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source,
};
use offprint::write::{
    Atom, EncodeInput, NoSettings, Output, OutputFolder, Run, Sink, Unit, Writer,
};
use offprint::{Input, Registry, Report, Settings, Unobserved, convert};
use std::fs;

/// Where somebody's code panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Sniff,
    Scan,
    Load,
    Encode,
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
        Archive.load(source, at, options)
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

struct TitleList(offprint::write::Staged, usize);

impl Writer for Titles {
    type Part = String;
    type Settings = NoSettings;

    fn format(&self) -> &Format {
        &FORMAT
    }

    fn embeds_pictures(&self) -> bool {
        false
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
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
        Ok(Box::new(TitleList(folder.stage("titles.txt")?, 0)))
    }
}

impl Sink for TitleList {
    type Part = String;

    fn append(&mut self, _position: usize, part: String) -> offprint::Result<()> {
        use std::io::Write;
        self.1 += 1;
        let written = writeln!(self.0, "{part}");
        written.map_err(self.0.error())
    }

    fn finish(self: Box<Self>) -> offprint::Result<Vec<Output>> {
        Ok(vec![Output::of_unit(self.0.seal()?, "", self.1)])
    }
}

fn run(place: Where, folder: &std::path::Path) -> Report {
    let article = |name: &str, millis: u64| {
        Input::memory(
            format!("{name}.txt"),
            format!("<!--{millis}-->\n[{name}](https://a.example/{name})\n------\n<p>{name}</p>\n"),
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
    convert(&registry, &settings, &Unobserved).unwrap()
}

#[test]
fn fault_4_a_panic_costs_one_article_wherever_it_happens() {
    for place in [Where::Sniff, Where::Scan, Where::Load, Where::Encode] {
        let folder = tempfile::tempdir().unwrap();
        let report = run(place, folder.path());
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
