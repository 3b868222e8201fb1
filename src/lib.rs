//! Offprint turns an archive of saved articles into feeds and e-books.
//!
//! A reader makes untrusted [`model::Entry`]s of files, cleaning makes [`model::Article`]s of
//! those, and writers make feeds and books of articles. [`convert`] does all of it.

pub mod check;
pub mod clean;
pub mod config;
pub mod error;
pub mod images;
pub mod model;
mod options;
pub mod pipeline;
pub mod read;
pub mod registry;
pub mod report;
mod stamp;
pub mod write;

pub use config::{Input, Settings};
pub use error::{Code, ConfigurationError, Error, Result, Warning};
pub use pipeline::convert;
pub use registry::Registry;
pub use report::{Observer, Report, Stage, Unobserved};
