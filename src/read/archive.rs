//! The seed format.
use super::*;

/// Reads the seed format.
pub struct Archive;

impl Reader for Archive {
    fn format(&self) -> &Format {
        &Format {
            name: "archive",
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
