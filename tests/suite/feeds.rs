//! Feeds: what subscribers read.

mod golden;
mod publish;
mod samples;
