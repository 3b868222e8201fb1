//! Writers that a program brings along: their settings, the pictures that they share, their errors.

use crate::images::samples;
use offprint::model::{Format, Pictures};
use offprint::settings::{
    self, BookSettings, FeedArchive, FeedSettings, GroupBy, ImageAddresses, Options, Split,
};
use offprint::writer::{
    Asset, EncodeInput, Kind, Output, OutputFolder, Run, Sink, Unit, Writer, WriterSettings,
};
use offprint::{Error, Registry, Report, Result, Settings, Unobserved, convert};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// The settings of cards.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CardSettings {
    ending: String,
    width: u16,
}

impl WriterSettings for CardSettings {
    const TABLE: &'static str = "cards";
}

/// Writes a file for each article, `NAME-0001.card`, that names the article's pictures.
struct Cards {
    format: Format,
    fails: bool,
}

impl Cards {
    fn named(name: &'static str) -> Self {
        Cards {
            format: Format {
                name,
                description: "A card for each article",
                files: "NAME-0001.card …",
                options: &[],
            },
            fails: false,
        }
    }
}

struct Card {
    text: String,
    pictures: Vec<offprint::model::Rendition>,
}

impl Writer for Cards {
    type Part = Card;
    type Settings = CardSettings;

    fn format(&self) -> &Format {
        &self.format
    }

    fn embeds_pictures(&self) -> bool {
        true
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        (0..)
            .take(run.catalogue.len())
            .map(|position| Unit::new(format!("{position:04}"), vec![position], ""))
            .collect()
    }

    fn claims(&self, name: &str, _: &Run<'_>) -> bool {
        name.starts_with(self.format.name) && name.ends_with(".card")
    }

    fn encode(&self, input: &EncodeInput<'_>) -> Result<Card> {
        if self.fails {
            let cause = "x".parse::<u8>().unwrap_err();
            return Err(Error::writer(self.format.name, cause));
        }
        let pictures = shown(input);
        let settings = input.run.settings.get::<CardSettings>();
        let mut text = format!("{}{}\n", input.article.title, settings.ending);
        for picture in &pictures {
            text += Asset::of(picture).name();
            text.push('\n');
        }
        Ok(Card { text, pictures })
    }

    fn open<'run>(
        &self,
        _: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = Card> + 'run>> {
        Ok(Box::new(Pile {
            name: self.format.name,
            folder,
            outputs: Vec::new(),
        }))
    }
}

fn shown(input: &EncodeInput<'_>) -> Vec<offprint::model::Rendition> {
    let pictures: &Pictures = input.pictures;
    let images = input.article.body.images();
    let had = images
        .into_iter()
        .filter_map(|image| pictures.rendition(&image.source));
    had.cloned().collect()
}

struct Pile<'run> {
    name: &'static str,
    folder: &'run OutputFolder,
    outputs: Vec<Output>,
}

impl Sink for Pile<'_> {
    type Part = Card;

    fn append(&mut self, position: usize, card: Card) -> Result<()> {
        let mut file = self
            .folder
            .stage(&format!("{}-{position:04}.card", self.name))?;
        let written = file.write_all(card.text.as_bytes());
        written.map_err(file.error())?;
        let mut assets = Vec::new();
        for picture in &card.pictures {
            assets.extend(self.folder.asset(picture)?);
        }
        let mut output = Output::of_unit(file.seal()?, format!("{position:04}"), 1);
        output.assets = assets;
        self.outputs.push(output);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        Ok(self.outputs)
    }
}

/// An archive of three articles, the first two of which show one picture, in a mirror.
struct Archive {
    folder: TempDir,
    registry: Registry,
}

impl Archive {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let articles = folder.path().join("articles");
        let mirror = folder.path().join("mirror/pictures.example");
        fs::create_dir_all(&articles).unwrap();
        fs::create_dir_all(&mirror).unwrap();
        for (number, picture) in ["shared", "shared", "own"].iter().enumerate() {
            let text = format!(
                "<!--{}-->\n[Tale {number}](https://tales.example/{number})\n------\n\
                 <p>Number {number} tells of something else than the others: {}.</p>\
                 <figure><img src=\"https://pictures.example/{picture}.jpg\"></figure>",
                1_600_000_000_000_u64 + number as u64 * 86_400_000,
                [
                    "a ferry on a lake",
                    "the price of tea",
                    "rain in the morning"
                ][number]
            );
            fs::write(articles.join(format!("{number}.txt")), text).unwrap();
        }
        fs::write(mirror.join("shared.jpg"), samples::jpeg(40, 30)).unwrap();
        fs::write(mirror.join("own.jpg"), samples::jpeg(50, 30)).unwrap();
        Archive {
            folder,
            registry: Registry::standard()
                .with_writer(Cards::named("left"))
                .with_writer(Cards::named("right")),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, change: impl FnOnce(&mut Settings)) -> Result<Report> {
        let mut settings = Settings::for_inputs([self.path("articles")]);
        settings.formats = vec!["left".to_owned(), "right".to_owned()];
        settings.out = self.path("out");
        settings.images.mirror = Some(self.path("mirror"));
        settings.images.cache = Some(self.path("cache"));
        change(&mut settings);
        convert(&self.registry, &settings, &Unobserved)
    }

    fn file(&self, text: &str) -> Result<Options> {
        let path = self.path("offprint.toml");
        fs::write(&path, text).unwrap();
        settings::load(Some(&path), &self.registry)
    }
}

/// The files in a folder and those below it, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for place in ["", "images"] {
        for entry in fs::read_dir(folder.join(place)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                files.insert(name.to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The names of a report's outputs: of all, and of those that changed.
fn outputs(report: &Report) -> (Vec<String>, BTreeSet<String>) {
    let name = |path: &str| path.rsplit_once("out/").unwrap().1.to_owned();
    let all = report.outputs.iter().map(|output| name(&output.path));
    let changed = report.outputs.iter().filter(|output| output.changed);
    (
        all.collect(),
        changed.map(|output| name(&output.path)).collect(),
    )
}

fn images(names: &[String]) -> Vec<&String> {
    let images = names.iter().filter(|name| name.starts_with("images/"));
    images.collect()
}

#[test]
fn a_picture_that_two_writers_and_two_articles_share_is_one_file() {
    let archive = Archive::new();
    let report = archive.run(|_| {}).unwrap();
    let (all, changed) = outputs(&report);
    assert_eq!((all.len(), changed.len()), (8, 8), "{all:?}");
    assert_eq!(images(&all).len(), 2, "{all:?}");
    let written = files(&archive.path("out"));
    let names: Vec<&String> = written.keys().collect();
    assert_eq!(names, all.iter().collect::<Vec<_>>());
    let line = |name: &str| {
        let text = String::from_utf8(written[name].clone()).unwrap();
        text.lines().last().unwrap().to_owned()
    };
    assert_eq!(line("left-0000.card"), line("right-0001.card"));
    assert_ne!(line("left-0000.card"), line("left-0002.card"));
    for card in written.keys().filter(|name| name.ends_with(".card")) {
        let picture = &written[&line(card)];
        let hash = blake3::hash(picture).to_hex();
        assert_eq!(line(card), format!("images/{}.jpg", &hash[..32]));
    }
}

#[test]
fn shared_pictures_are_the_same_with_one_two_and_eight_threads() {
    let archive = Archive::new();
    let written = [1, 2, 8].map(|jobs| {
        let out = archive.path(&format!("{jobs}/out"));
        let run = archive.run(|settings| {
            settings.jobs = jobs;
            settings.out.clone_from(&out);
        });
        (outputs(&run.unwrap()).0, files(&out))
    });
    assert_eq!(written[0], written[1]);
    assert_eq!(written[0], written[2]);
}

#[test]
fn shared_pictures_stay_with_the_units_that_are_kept() {
    let archive = Archive::new();
    let prune = |settings: &mut Settings| settings.prune = true;
    let (first, _) = outputs(&archive.run(prune).unwrap());
    let before = files(&archive.path("out"));
    let (again, changed) = outputs(&archive.run(prune).unwrap());
    assert_eq!((again, changed.len()), (first.clone(), 0));
    // One of the units that share a picture is made anew, the others are kept.
    let article = archive.path("articles/1.txt");
    let text = fs::read_to_string(&article).unwrap();
    fs::write(&article, text.replace("Tale 1", "Another tale")).unwrap();
    let (third, changed) = outputs(&archive.run(prune).unwrap());
    assert_eq!(third, first);
    let expected = ["left-0001.card", "right-0001.card"].map(str::to_owned);
    assert_eq!(changed, BTreeSet::from(expected));
    let after = files(&archive.path("out"));
    assert!(before.keys().eq(after.keys()));
}

#[test]
fn a_shared_picture_that_was_removed_or_touched_is_put_back() {
    let archive = Archive::new();
    let (all, _) = outputs(&archive.run(|_| {}).unwrap());
    let before = files(&archive.path("out"));
    for image in images(&all) {
        let place = archive.path("out").join(image);
        fs::write(&place, "touched").unwrap();
        let (_, changed) = outputs(&archive.run(|_| {}).unwrap());
        assert_eq!(changed, BTreeSet::from([image.clone()]));
        fs::remove_file(&place).unwrap();
        let (_, changed) = outputs(&archive.run(|_| {}).unwrap());
        assert_eq!(changed, BTreeSet::from([image.clone()]));
        assert_eq!(files(&archive.path("out")), before);
    }
}

#[test]
fn a_dry_run_tells_of_shared_pictures_and_writes_none() {
    let archive = Archive::new();
    let report = archive.run(|settings| settings.dry_run = true).unwrap();
    let pictures = report.outputs.iter();
    let pictures: Vec<_> = pictures
        .filter(|output| output.path.contains("images/"))
        .collect();
    assert_eq!(pictures.len(), 2);
    assert!(pictures.iter().all(|picture| picture.reason.is_some()));
    assert!(!archive.path("out").exists());
}

#[test]
fn a_picture_whose_bytes_are_gone_is_no_asset() {
    let folder = tempfile::tempdir().unwrap();
    let folder = OutputFolder::open(folder.path().join("out")).unwrap();
    let rendition = |bytes| offprint::model::Rendition {
        below: Vec::new(),
        name: blake3::hash(b"picture").to_hex()[..32].to_owned(),
        media_type: offprint::model::MediaType::Png,
        length: 7,
        width: 1,
        height: 1,
        bytes,
    };
    use offprint::model::PictureBytes::{File, Memory};
    use offprint::model::PictureFile;
    let gone = rendition(File(PictureFile::new("gone.png")));
    let other = rendition(Memory(Arc::from(&b"another"[..])));
    let whole = rendition(Memory(Arc::from(&b"picture"[..])));
    assert_eq!(folder.asset(&gone).unwrap(), None);
    assert_eq!(folder.asset(&other).unwrap(), None);
    assert_eq!(folder.asset(&whole).unwrap(), Some(Asset::of(&whole)));
    assert_eq!(folder.take_assets().len(), 1);
}

#[test]
fn a_writer_of_ones_own_has_a_table_in_the_file() {
    let archive = Archive::new();
    let text = "[output]\nto = [\"left\"]\n[cards]\nending = \"!\"\nwidth = 7\n";
    let mut options = archive.file(text).unwrap();
    options.input.paths = Some(vec![archive.path("articles")]);
    options.output.out = Some(archive.path("out"));
    options.images.offline = Some(true);
    options.images.cache = Some(archive.path("cache"));
    let settings = settings::resolve(options, &archive.registry).unwrap();
    let expected = CardSettings {
        ending: "!".to_owned(),
        width: 7,
    };
    assert_eq!(*settings.write.get::<CardSettings>(), expected);
    convert(&archive.registry, &settings, &Unobserved).unwrap();
    let card = fs::read_to_string(archive.path("out/left-0000.card")).unwrap();
    assert_eq!(card, "Tale 0!\n");
}

#[test]
fn what_a_table_of_ones_own_does_not_know_is_an_error_with_its_line() {
    let archive = Archive::new();
    let cases = [
        (
            "[run]\njobs = 1\n[cards]\ncolour = 1\n",
            4,
            "there is no key `colour` here: choose from `ending` or `width`",
        ),
        (
            "[cards]\n\nwidth = \"wide\"\n",
            3,
            "`cards.width` is a whole number from 0 to 65535, not the text \"wide\"",
        ),
        ("[cards]\nwidth = 70000\n", 2, "70000"),
        ("\ncards = 1\n", 2, "`cards` is a table, not 1"),
        ("[crads]\n", 1, "there is no key `crads` here"),
        ("[cards]\nwidth = \n", 2, ""),
    ];
    for (text, line, words) in cases {
        let error = archive.file(text).unwrap_err();
        let place = format!("offprint.toml:{line}: ");
        assert!(error.to_string().contains(&place), "{text}: {error}");
        assert!(error.to_string().contains(words), "{text}: {error}");
        assert!(error.hint().is_some());
        let Error::Configuration(error) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.line, Some(line));
        assert_eq!(error.file, Some(archive.path("offprint.toml")));
    }
    // Without the writer there is no such table.
    fs::write(archive.path("offprint.toml"), "[cards]\n").unwrap();
    let path = archive.path("offprint.toml");
    assert!(settings::load(Some(&path), &Registry::standard()).is_err());
}

#[test]
fn a_wrong_name_in_the_file_tells_its_line_and_the_right_ones() {
    let archive = Archive::new();
    let cases = [
        (
            "[epub]\nsplit = \"fortnight\"\n",
            "`none`, `year`, `month`, `week`, `day`, `size`",
        ),
        ("[epub]\ngroup_by = \"size\"\n", "`date` or `source`"),
        (
            "[epub]\nprofile = \"sony\"\n",
            "`generic`, `kindle`, `kobo`, `e-ink`",
        ),
        ("[epub]\ncss_mode = \"x\"\n", "`add` or `replace`"),
        (
            "[feeds]\narchive = \"decade\"\n",
            "`none`, `month`, `year`, `week`, `day`",
        ),
        ("[feeds]\ncontent = \"title\"\n", "`full` or `summary`"),
        ("[images]\nfeed_urls = \"both\"\n", "`archived` or `origin`"),
    ];
    for (text, choices) in cases {
        let error = archive.file(text).unwrap_err().to_string();
        let key = text.lines().last().unwrap().split(' ').next().unwrap();
        let refused = format!(".{key}` can't be ");
        assert!(error.contains("offprint.toml:2: "), "{error}");
        assert!(error.contains(&refused), "{error}");
        assert!(error.contains(choices), "{error}");
    }
}

#[test]
fn a_value_that_is_refused_names_its_option() {
    let mut options = Options::default();
    options.input.paths = Some(vec!["articles".into()]);
    options.epub.max_size = Some("huge".to_owned());
    let error = settings::resolve(options, &Registry::standard()).unwrap_err();
    let Error::Configuration(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.option.as_deref(), Some("--max-size (epub.max_size)"));
    assert_eq!(error.value.as_deref(), Some("huge"));
    assert_eq!(
        error.to_string(),
        "--max-size (epub.max_size) can't be \"huge\""
    );
}

#[test]
fn layers_of_options_fill_each_other_by_key() {
    let archive = Archive::new();
    let file = archive.file(
        "[epub]\nsplit = \"month\"\ngroup_by = \"source\"\n[images]\nfeed_urls = \"origin\"\n[cards]\nwidth = 3\n",
    );
    let mut given = Options::default();
    given.input.paths = Some(vec!["articles".into()]);
    given.epub.split = Some(Split::Year);
    given.feeds.archive = Some(FeedArchive::Month);
    let settings = settings::resolve(given.or(file.unwrap()), &archive.registry).unwrap();
    let books = settings.write.get::<BookSettings>();
    assert_eq!(
        (books.split, books.group_by),
        (Split::Year, GroupBy::Source)
    );
    let feeds = settings.write.get::<FeedSettings>();
    assert_eq!(feeds.archive, FeedArchive::Month);
    assert_eq!(feeds.image_addresses, ImageAddresses::Origin);
    assert_eq!(settings.write.get::<CardSettings>().width, 3);
}

#[test]
fn settings_in_code_reach_their_writer_and_count_as_changed() {
    let archive = Archive::new();
    let ending = |ending: &str| {
        let ending = ending.to_owned();
        archive.run(|settings| settings.write.get_mut::<CardSettings>().ending = ending)
    };
    ending(".").unwrap();
    assert_eq!(outputs(&ending(".").unwrap()).1.len(), 0);
    let (_, changed) = outputs(&ending("?").unwrap());
    assert_eq!(changed.len(), 6, "{changed:?}");
    let card = fs::read_to_string(archive.path("out/left-0000.card")).unwrap();
    assert!(card.starts_with("Tale 0?\n"), "{card}");
    // A setting that changes no byte counts too: the writer is asked again.
    let wide = |settings: &mut Settings| {
        settings.write.get_mut::<CardSettings>().ending = "?".to_owned();
        settings.write.get_mut::<CardSettings>().width = 9;
        settings.dry_run = true;
    };
    let report = archive.run(wide).unwrap();
    assert!(report.outputs.iter().all(|output| output.reason.is_some()));
}

#[test]
fn the_settings_of_built_in_writers_are_set_in_code_alike() {
    let archive = Archive::new();
    archive
        .run(|settings| {
            settings.formats = vec!["epub".to_owned(), "atom".to_owned()];
            let mut books = BookSettings::default();
            books.split = Split::Day;
            settings.write.set(books);
            settings.write.get_mut::<FeedSettings>().items = Some(1);
        })
        .unwrap();
    let names = files_of(&archive.path("out"));
    let books = names.iter().filter(|name| name.ends_with(".epub"));
    assert_eq!(books.count(), 3, "{names:?}");
    let feed = fs::read_to_string(archive.path("out/atom.xml")).unwrap();
    assert_eq!(feed.matches("<entry").count(), 1);
}

fn files_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn the_error_of_a_writer_has_its_cause() {
    let mut archive = Archive::new();
    archive.registry = Registry::standard().with_writer(Cards {
        fails: true,
        ..Cards::named("left")
    });
    let left = |settings: &mut Settings| settings.formats = vec!["left".to_owned()];
    let error = archive.run(left).unwrap_err();
    assert_eq!(error.to_string(), "the left writer failed");
    let cause = std::error::Error::source(&error).unwrap();
    assert!(cause.is::<std::num::ParseIntError>());
    assert_eq!(
        error.chain(),
        "the left writer failed: invalid digit found in string"
    );
    let Error::Writer { format, source } = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (format, source.is::<std::num::ParseIntError>()),
        ("left", true)
    );
}

#[test]
fn the_chain_of_an_error_tells_each_cause_once() {
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let words = full.to_string();
    let error = Error::output(Path::new("out/rss.xml"))(full);
    assert_eq!(error.chain(), format!("cannot write out/rss.xml: {words}"));
}

#[test]
fn the_registry_says_what_comes_with_what() {
    let registry = Registry::standard();
    let formats = |asked: &[&str]| {
        let asked = asked.iter().map(|&name| name.to_owned()).collect();
        registry.formats(asked)
    };
    let all = ["rss", "atom", "json", "epub", "opml"];
    assert_eq!(formats(&[]).unwrap(), all);
    assert_eq!(formats(&["json"]).unwrap(), ["json", "opml"]);
    assert_eq!(formats(&["epub"]).unwrap(), ["epub"]);
    assert_eq!(formats(&["opml", "rss"]).unwrap(), ["opml", "rss"]);
    let error = formats(&["opml", "epub"]).unwrap_err();
    assert!(error.hint().unwrap().contains("rss, atom, json"));
    let names = |formats: &[String]| {
        let chosen = registry.chosen(formats).unwrap();
        let names = chosen.iter().map(|writer| writer.format().name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["rss", "atom", "json", "epub"]);
    let kinds = registry.writers().map(|writer| writer.kind());
    let feed = Kind::Feed;
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [feed, feed, feed, Kind::Book, Kind::List]
    );
}

#[test]
fn headings_stand_below_a_title_of_any_level() {
    use offprint::model::{Block, Heading, HeadingLevel, Image, Inline};
    use offprint::writer::xhtml::{References, Serialiser, Shown, Style};
    struct Nowhere;
    impl References for Nowhere {
        fn image(&self, _: &Image) -> Shown {
            Shown::Nothing
        }
    }
    let heading = |level, text: &str| {
        Block::Heading(Heading {
            level,
            content: vec![Inline::Text(text.into())],
        })
    };
    let blocks = [
        heading(HeadingLevel::Two, "a"),
        heading(HeadingLevel::Three, "b"),
        heading(HeadingLevel::Two, "c"),
    ];
    let levels = |title_level| {
        let style = Style {
            classes: false,
            title_level,
        };
        let mut serialiser = Serialiser::new(&Nowhere, style, None);
        serialiser.blocks(&blocks);
        let text = serialiser.take();
        let levels = text.lines().map(|line| line[2..3].parse::<u8>().unwrap());
        levels.collect::<Vec<_>>()
    };
    assert_eq!(levels(1), [2, 3, 2]);
    assert_eq!(levels(2), [3, 4, 3]);
    assert_eq!(levels(5), [6, 6, 6]);
    assert_eq!(levels(6), [6, 6, 6]);
}
