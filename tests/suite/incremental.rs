//! Runs that follow each other: what is made again, what is kept, and that it makes no difference
//! to a byte.

pub mod archive;
mod changes;
mod dry_run;
mod pictures;
mod repository;
mod selectors;
mod unchanged;
