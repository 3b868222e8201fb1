//! Offprint turns an archive of saved articles into feeds and e-books.

pub mod clean;
pub mod error;
pub mod images;
pub mod model;
pub mod read;
pub mod write;

pub use error::{Code, Error, Result, Warning};
