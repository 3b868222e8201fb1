//! Every behaviour through the public door: the library and the command. One binary, since linking
//! many would be most of the suite's time.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that can't go on panics"
)]

mod article;
mod book;
mod check;
mod clean;
mod command;
mod containers;
mod corpus;
mod docs;
mod extraction;
#[cfg(unix)]
mod faults;
mod feeds;
mod golden;
mod hostile;
mod identity;
mod images;
mod incremental;
mod init;
mod numbers;
mod pull;
mod read;
#[cfg(unix)]
mod safety;
mod select;
mod strategies;
mod understanding;
mod voice;
mod walls;
mod work;
mod workflow;
mod writers;
