//! Makes books of articles and opens them.

use offprint::model::{Article, Catalogue, Listed, Pictures, Publication, Selection};
use offprint::settings::{BookSettings, WriteSettings};
use offprint::writer::{AnyWriter, EncodeInput, Epub, OutputFolder, Run, articles_of};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// A publication without any wishes.
pub fn publication() -> Publication {
    let mut publication = Publication::new("archive");
    publication.id = "https://books.example/archive".to_owned();
    publication
}

/// WriteSettings whose covers are small, for drawing them is most of the time that a book takes.
pub fn settings() -> WriteSettings {
    let mut settings = WriteSettings::default();
    let cover = &mut settings.get_mut::<BookSettings>().cover;
    cover.width = 90;
    cover.height = 120;
    settings
}

/// The files that a run left, by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The catalogue of articles, which are brought into its order.
pub fn catalogue(articles: &mut [Article]) -> Catalogue {
    articles.sort_by_key(|article| {
        let undated = article.published.is_none();
        (undated, article.published, article.id.clone())
    });
    let names: BTreeSet<String> = articles
        .iter()
        .map(|article| article.source.name.to_string())
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    let listed = articles.iter().map(|article| Listed {
        key: article.key(),
        published: article.published,
        published_day: article.published_day,
        updated: article.updated,
        source: names
            .iter()
            .position(|name| *name == *article.source.name)
            .unwrap() as u32,
    });
    let addresses: Vec<(u64, u32)> = articles
        .iter()
        .zip(0..)
        .filter_map(|(article, at)| Some((Catalogue::address_hash(article.address.as_ref()?), at)))
        .collect();
    Catalogue::new(listed.collect(), names, addresses)
}

/// Writes the books of some articles and reads back every file. `window` is the number of
/// articles that are encoded together; the bytes must not depend on it.
pub fn write(
    mut articles: Vec<Article>,
    pictures: &Pictures,
    publication: &Publication,
    settings: &WriteSettings,
    window: usize,
) -> Files {
    let catalogue = catalogue(&mut articles);
    let run = Run::new(publication, settings, &catalogue);
    let directory = tempfile::tempdir().unwrap();
    let folder = OutputFolder::open(directory.path()).unwrap();
    let writer = Epub;
    let units = offprint::writer::Writer::units(&writer, &run);
    let selection = articles_of(&units, &catalogue);
    assert_eq!(selection, Selection::all(articles.len()));
    let active = writer.begin(&run, &folder, selection).unwrap();
    for (batch, chunk) in articles.chunks(window).enumerate() {
        // The last one first: the order of encoding must not matter.
        let parts = chunk.iter().enumerate().rev().map(|(place, article)| {
            let subject = EncodeInput::new(article, batch * window + place, pictures, &run);
            active.encode(&subject).unwrap()
        });
        let parts: Vec<_> = parts.collect();
        for part in parts.into_iter().rev() {
            part.append().unwrap();
        }
    }
    let outputs = active.finish().unwrap();
    let mut files = Files::new();
    for output in outputs {
        assert!(AnyWriter::claims(&writer, output.file.name(), &run));
        let committed = output.file.commit().unwrap();
        let bytes = std::fs::read(directory.path().join(&committed.name)).unwrap();
        files.insert(committed.name, bytes);
    }
    keep(&files);
    files
}

/// Keeps the files in the folder that `OFFPRINT_TEST_BOOKS` names, for validators and eyes.
fn keep(files: &Files) {
    let Some(folder) = std::env::var_os("OFFPRINT_TEST_BOOKS") else {
        return;
    };
    let test = std::thread::current().name().unwrap_or("book").to_owned();
    let folder = std::path::Path::new(&folder).join(test.replace("::", "-"));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// A book opened by a ZIP reader.
pub struct Opened {
    /// The names in the order of the directory.
    pub names: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Opened {
    /// Opens a book; every entry is read to its end, so that its CRC is checked.
    pub fn new(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut opened = Opened {
            names: Vec::new(),
            files: BTreeMap::new(),
        };
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            opened.names.push(file.name().to_owned());
            opened.files.insert(file.name().to_owned(), content);
        }
        opened
    }

    /// The text of a file in the package's folder.
    pub fn text(&self, path: &str) -> String {
        let bytes = self
            .files
            .get(&format!("EPUB/{path}"))
            .unwrap_or_else(|| panic!("no {path} in the book"));
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// The bytes of a file, by its whole name.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        self.files[name].clone()
    }

    /// The package document.
    pub fn package(&self) -> String {
        self.text("package.opf")
    }

    /// The documents of articles.
    pub fn chapters(&self) -> Vec<&str> {
        let paths = self
            .names
            .iter()
            .filter_map(|name| name.strip_prefix("EPUB/"));
        paths
            .filter(|path| path.starts_with("text/") && !path.starts_with("text/part-"))
            .collect()
    }

    /// The text of the only article.
    pub fn chapter(&self) -> String {
        let chapters = self.chapters();
        assert_eq!(chapters.len(), 1, "{chapters:?}");
        self.text(chapters[0])
    }

    /// Checks what every book promises: well-formed documents, one manifest entry for each file
    /// and one file for each entry, links and pictures that lead to something in the book, ids
    /// that exist and are distinct.
    pub fn check(&self) {
        assert_eq!(self.names[0], "mimetype");
        let manifest: BTreeSet<String> = elements(&self.package(), "item")
            .iter()
            .map(|item| format!("EPUB/{}", item["href"]))
            .collect();
        let skipped = ["mimetype", "META-INF/container.xml", "EPUB/package.opf"];
        let files: BTreeSet<String> = self
            .names
            .iter()
            .filter(|name| !skipped.contains(&name.as_str()))
            .cloned()
            .collect();
        assert_eq!(files, manifest);
        let ids: BTreeMap<&str, BTreeSet<String>> = self
            .documents()
            .map(|name| (name, distinct_ids(name, &self.raw(name))))
            .collect();
        for name in self.documents() {
            for target in targets(&self.raw(name)) {
                self.check_target(name, &target, &ids);
            }
        }
    }

    fn documents(&self) -> impl Iterator<Item = &str> {
        let is_document = |name: &&String| {
            [".xhtml", ".ncx", ".opf"]
                .iter()
                .any(|extension| name.ends_with(extension))
        };
        self.names.iter().filter(is_document).map(String::as_str)
    }

    fn raw(&self, name: &str) -> String {
        String::from_utf8(self.files[name].clone()).unwrap()
    }

    fn check_target(&self, from: &str, target: &str, ids: &BTreeMap<&str, BTreeSet<String>>) {
        if target.contains(':') {
            return;
        }
        let base = url::Url::parse(&format!("book:///{from}")).unwrap();
        let resolved = base.join(target).unwrap();
        let path = resolved.path().trim_start_matches('/');
        assert!(
            self.files.contains_key(path),
            "{from} leads to {target}, which is missing"
        );
        if let Some(fragment) = resolved.fragment().filter(|_| ids.contains_key(path)) {
            assert!(
                ids[path].contains(fragment),
                "{from} leads to {target}, which has no such id"
            );
        }
    }
}

/// The attributes of every element of a name.
pub fn elements(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut found = Vec::new();
    visit(xml, |element, attributes| {
        if element == name {
            found.push(attributes);
        }
    });
    found
}

fn visit(xml: &str, mut see: impl FnMut(&str, BTreeMap<String, String>)) {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0;
    loop {
        let event = reader.read_event().unwrap();
        depth += match &event {
            Event::Start(_) => 1,
            Event::End(_) => -1,
            Event::Eof => break,
            _ => 0,
        };
        if let Event::Start(element) | Event::Empty(element) = event {
            let attributes = element.attributes().map(|attribute| {
                let attribute = attribute.unwrap();
                let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                (
                    name,
                    attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .unwrap()
                        .into_owned(),
                )
            });
            let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
            see(&name, attributes.collect());
        }
    }
    assert_eq!(depth, 0, "an element is not closed");
}

fn distinct_ids(name: &str, xml: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    visit(xml, |_, mut attributes| {
        if let Some(id) = attributes.remove("id") {
            assert!(ids.insert(id.clone()), "{name} has the id {id} twice");
        }
    });
    ids
}

fn targets(xml: &str) -> Vec<String> {
    let mut targets = Vec::new();
    visit(xml, |_, mut attributes| {
        for name in ["href", "src"] {
            targets.extend(attributes.remove(name));
        }
    });
    targets
}
