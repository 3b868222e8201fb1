//! Feeds: what subscribers read.

mod golden;
mod hostile;
mod markup;
mod properties;
mod publish;
mod reading;
mod samples;
