//! Pictures that lie elsewhere in the same archive: from the site's root, in the folder of a note
//! program, in the folder that bears a post's name.

use super::marks::PICTURES;
use super::pictures::OWN;
use crate::model::{Resource, ResourceLookup, Resources};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How many folders upward pictures are looked for.
const MOST_LEVELS: usize = 6;

/// Folders that generators put at the root of a site.
const ROOTS: [&str; 6] = ["", "static/", "source/", "public/", "assets/", "content/"];

/// Folders in which note programs and clippers keep pictures.
const FOLDERS: [&str; 8] = [
    "",
    "assets/",
    "attachments/",
    "_attachments/",
    "Attachments/",
    "_resources/",
    "images/",
    "img/",
];

/// Folders in which Joplin keeps files by their ids.
const JOPLIN: [&str; 2] = ["resources/", "_resources/"];

/// Finds pictures of a text.
pub(super) struct Attachments {
    around: Resources,
    /// How many folders the file lies in.
    levels: usize,
    /// The file's name without its ending.
    stem: String,
}

impl Attachments {
    /// For a file so many folders below its input.
    pub(super) fn new(around: Resources, levels: usize, stem: &str) -> Self {
        Attachments {
            around,
            levels: levels.min(MOST_LEVELS),
            stem: stem.to_owned(),
        }
    }

    /// Where Joplin's exports have the file of an id: by whatever kind it is of.
    fn of_joplin(&self, id: &str) -> Vec<String> {
        let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut found = Vec::new();
        for level in (0..=self.levels).filter(|_| is_id) {
            let up = "../".repeat(level);
            let names = JOPLIN.iter().flat_map(|folder| {
                let up = &up;
                PICTURES
                    .iter()
                    .map(move |ending| format!("{up}{folder}{id}{ending}"))
            });
            found.extend(names);
        }
        found
    }

    /// Where else a reference may lead.
    fn candidates(&self, reference: &str) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(id) = reference.strip_prefix(":/") {
            return self.of_joplin(id);
        }
        if reference.starts_with("//") || super::render::has_scheme(reference) {
            return found;
        }
        let from_root = reference.strip_prefix('/');
        let folders: &[&str] = match from_root {
            Some(_) => &ROOTS,
            None if reference.contains('/') => &["", "assets/", "attachments/", "static/"],
            None => &FOLDERS,
        };
        let path = from_root.unwrap_or(reference);
        if from_root.is_none() {
            found.push(format!("{}/{path}", self.stem));
        }
        // From a site's root means the outermost folder; a note's pictures lie near it.
        let nearest = 0..=self.levels;
        let levels: Vec<usize> = match from_root {
            Some(_) => nearest.rev().collect(),
            None => nearest.collect(),
        };
        for level in levels {
            let up = "../".repeat(level);
            found.extend(folders.iter().map(|folder| format!("{up}{folder}{path}")));
        }
        found
    }
}

/// A reference as the text has it.
fn plain(reference: &str) -> &str {
    let reference = reference.trim();
    let own = reference.strip_prefix(OWN);
    own.filter(|path| !path.starts_with('/'))
        .unwrap_or(reference)
}

/// What has to come to be before there can be a file: itself, or the outermost folder that is missing,
/// which then ends in a separator.
fn missing(file: PathBuf) -> PathBuf {
    let folders = file.ancestors().skip(1);
    let gone = folders.take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    match gone.last() {
        Some(folder) => folder.join(""),
        None => file,
    }
}

impl ResourceLookup for Attachments {
    fn find(&self, reference: &str) -> Option<Resource> {
        let reference = plain(reference);
        self.around.find(reference).or_else(|| {
            let candidates = self.candidates(reference);
            candidates.iter().find_map(|path| self.around.find(path))
        })
    }

    fn place(&self, reference: &str) -> Option<PathBuf> {
        self.places(reference).into_iter().next()
    }

    fn places(&self, reference: &str) -> Vec<PathBuf> {
        let reference = plain(reference);
        let candidates = self.candidates(reference);
        let references = std::iter::once(reference).chain(candidates.iter().map(String::as_str));
        let files = references.filter_map(|reference| self.around.place(reference));
        let places: BTreeSet<PathBuf> = files.map(missing).collect();
        places.into_iter().collect()
    }
}
