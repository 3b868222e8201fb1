//! The tables of [`Wording`](super::wording::Wording), one a language.

mod alphabetic;
mod east_asian;

pub(super) use alphabetic::{ARABIC, ENGLISH, FRENCH, GERMAN, RUSSIAN, SPANISH};
pub(super) use east_asian::{JAPANESE, KOREAN, SIMPLIFIED_CHINESE, TRADITIONAL_CHINESE};
