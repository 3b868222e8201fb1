//! Feeds: what subscribers read.

mod configured;
mod golden;
mod history;
mod hostile;
mod hostile_archives;
mod hosts;
mod icon;
mod lead;
pub mod markup;
mod properties;
mod publish;
mod readers;
pub mod reading;
mod replay;
mod round_trip;
mod samples;
mod settings;
