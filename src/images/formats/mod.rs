//! Kinds of picture: what bytes are, whether they are whole, and what they become in a book.

mod avif;
mod colour;
mod decode;
mod encode;
mod facts;
mod gif;
mod inspect;
mod jpeg;
mod jxl;
mod png;
mod scale;
mod strip;
mod svg;
mod transcode;

pub(in crate::images) use decode::shows_greater_part;
pub(in crate::images) use facts::{Defect, ImageFacts};
pub(in crate::images) use inspect::inspect;
pub(in crate::images) use svg::size as svg_size;
pub(in crate::images) use transcode::{Encoded, Job, Rendered, Trust};
