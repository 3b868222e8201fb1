//! Feeds: what subscribers read.

mod golden;
mod history;
mod hostile;
mod icon;
mod markup;
mod properties;
mod publish;
mod reading;
mod samples;
mod settings;
