//! Books through the public door: articles go into the writer, what comes out is opened with a
//! ZIP and an XML reader that are not the writer's.

#[path = "book/chapters.rs"]
mod chapters;
#[path = "book/contents.rs"]
mod contents;
#[path = "book/covers.rs"]
mod covers;
#[path = "book/library.rs"]
mod library;
#[path = "book/notes.rs"]
mod notes;
#[path = "book/properties.rs"]
mod properties;
#[path = "book/samples.rs"]
mod samples;
#[path = "book/structure.rs"]
mod structure;
#[path = "book/typography.rs"]
mod typography;
#[path = "book/volumes.rs"]
mod volumes;
