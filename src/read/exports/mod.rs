//! Exports of services: what they hold of articles, told in tables of their own.
//!
//! Those in JSON only say what an object means (`wallabag`, `omnivore`, `reader_json`, `ghost`); going over
//! the file is the same for all (`objects`). `substack` reads a table with texts beside it, `medium` posts in
//! pages. What users marked in articles, `highlights` marks in their texts.

mod ghost;
mod highlights;
pub(super) mod medium;
mod objects;
pub(super) mod omnivore;
mod reader_json;
pub(super) mod substack;
mod wallabag;

pub use ghost::Ghost;
pub use medium::Medium;
pub use omnivore::Omnivore;
pub use reader_json::ReaderJson;
pub use substack::Substack;
pub use wallabag::Wallabag;
