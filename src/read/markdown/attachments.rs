//! Pictures that lie elsewhere in the same archive: from the site's root, in the folder of a note
//! program, in the folder that bears a post's name.

use crate::model::{Resource, ResourceLookup, Resources};
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

    /// Where else a reference may lead.
    fn candidates(&self, reference: &str) -> Vec<String> {
        let mut found = Vec::new();
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

impl ResourceLookup for Attachments {
    fn find(&self, reference: &str) -> Option<Resource> {
        let reference = reference.trim();
        self.around.find(reference).or_else(|| {
            let candidates = self.candidates(reference);
            candidates.iter().find_map(|path| self.around.find(path))
        })
    }

    fn place(&self, reference: &str) -> Option<PathBuf> {
        let reference = reference.trim();
        self.around.place(reference).or_else(|| {
            let candidates = self.candidates(reference);
            candidates.iter().find_map(|path| self.around.place(path))
        })
    }
}
