//! The tables of [`Wording`](crate::write::epub::pages::wording::Wording), one a language.

mod alphabetic;
mod east_asian;

pub(in crate::write::epub) use alphabetic::{ARABIC, ENGLISH, FRENCH, GERMAN, RUSSIAN, SPANISH};
pub(in crate::write::epub) use east_asian::{
    JAPANESE, KOREAN, SIMPLIFIED_CHINESE, TRADITIONAL_CHINESE,
};
