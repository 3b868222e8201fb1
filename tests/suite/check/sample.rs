//! The outputs of the sample archive, and a book that can be taken apart.

use assert_cmd::Command;
use offprint_check::Finding;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The outputs of the sample archive, with archive feeds, by their paths.
pub fn outputs() -> &'static BTreeMap<String, Vec<u8>> {
    static OUTPUTS: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    OUTPUTS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::cargo_bin("offprint").unwrap();
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("OFFPRINT_IMAGE_CACHE", folder.path().join(".cache"))
            .args([
                "build",
                "--items",
                "5",
                "--feed-archive",
                "month",
                "--quiet",
            ])
            .args(["--base-url", "https://sampler.example/", "--out"])
            .arg(folder.path());
        command.assert().success();
        let mut files = BTreeMap::new();
        read_folder(folder.path(), "", &mut files);
        files
    })
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), files);
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(&path).unwrap());
        }
    }
}

/// What is found in some files.
pub fn found(files: &BTreeMap<String, Vec<u8>>) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    offprint_check::folder(folder.path()).unwrap().findings
}

/// The codes of what is found in a book.
pub fn codes(book: &[u8]) -> Vec<&'static str> {
    let files = BTreeMap::from([("book.epub".to_owned(), book.to_vec())]);
    let mut codes: Vec<_> = found(&files).iter().map(|one| one.rule.code()).collect();
    codes.dedup();
    codes
}

/// A book taken apart.
pub struct Parts {
    /// Names and contents in the order of the container.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether `mimetype` is compressed.
    pub mimetype_compressed: bool,
}

impl Parts {
    /// The book of the sample archive.
    pub fn of_sample() -> Self {
        let book = Cursor::new(&outputs()["archive.epub"]);
        let mut archive = ZipArchive::new(book).unwrap();
        let files = (0..archive.len()).map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().to_owned(), content)
        });
        Parts {
            files: files.collect(),
            mimetype_compressed: false,
        }
    }

    /// Puts the book together again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.files {
            let stored = name == "mimetype" && !self.mimetype_compressed;
            let method = if stored {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            let options = SimpleFileOptions::default().compression_method(method);
            writer.start_file(name.as_str(), options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The place of the first file whose name has this part.
    pub fn place(&self, part: &str) -> usize {
        let found = self.files.iter().position(|(name, _)| name.contains(part));
        found.unwrap_or_else(|| panic!("no file is named {part}"))
    }

    /// The first article that holds a text.
    pub fn article_with(&self, text: &str) -> String {
        let found = self.files.iter().find(|(name, content)| {
            name.contains("/text/") && String::from_utf8_lossy(content).contains(text)
        });
        found
            .unwrap_or_else(|| panic!("no article has {text}"))
            .0
            .clone()
    }

    /// Replaces a text, which must be there, once.
    pub fn replace(&mut self, part: &str, old: &str, new: &str) {
        let place = self.place(part);
        let text = String::from_utf8(self.files[place].1.clone()).unwrap();
        assert!(text.contains(old), "{part} has no {old}");
        self.files[place].1 = text.replacen(old, new, 1).into_bytes();
    }

    /// Replaces what stands between two texts, and them.
    pub fn replace_between(&mut self, part: &str, start: &str, end: &str, new: &str) {
        let place = self.place(part);
        let text = String::from_utf8(self.files[place].1.clone()).unwrap();
        let from = text
            .find(start)
            .unwrap_or_else(|| panic!("{part} has no {start}"));
        let inner = from + start.len();
        let length = inner - from + text[inner..].find(end).unwrap() + end.len();
        let old = text[from..from + length].to_owned();
        self.replace(part, &old, new);
    }

    /// Adds a file that the manifest names.
    pub fn add_item(&mut self, name: &str, media_type: &str, content: &[u8]) {
        let item =
            format!("<item id=\"added\" href=\"{name}\" media-type=\"{media_type}\"/></manifest>");
        self.replace("package.opf", "</manifest>", &item);
        self.files.push((format!("EPUB/{name}"), content.to_vec()));
    }
}
