//! The seed format behind a Jekyll front matter block.
use super::*;

/// Reads the seed format behind a Jekyll front matter block, and pages behind one.
pub struct FrontMatter;

impl Reader for FrontMatter {
    fn format(&self) -> &Format {
        &Format {
            name: "front-matter",
            description: "",
            files: "",
            options: &[],
        }
    }
    fn sniff(&self, _head: &[u8], _name: &str) -> Confidence {
        Confidence::No
    }
    fn read(&self, _document: &Document<'_>, _extent: Extent) -> Reading {
        Reading::default()
    }
}
