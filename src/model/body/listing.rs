//! Listings: the text of programs, with the language that they are written in.

use crate::model::CleanText;
use std::fmt;
use std::ops::Deref;

/// Preformatted text, white space kept. It reads as its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The lines, without numbers beside them.
    pub text: CleanText,
    /// What the page says that they are written in.
    pub language: Option<CodeLanguage>,
}

impl Deref for Listing {
    type Target = CleanText;

    fn deref(&self) -> &CleanText {
        &self.text
    }
}

impl From<CleanText> for Listing {
    fn from(text: CleanText) -> Self {
        Listing {
            text,
            language: None,
        }
    }
}

impl From<&str> for Listing {
    fn from(text: &str) -> Self {
        CleanText::new(text).into()
    }
}

/// The name of a language of programs, in lower case: letters, digits and `+ # . _ -`, so that it is
/// one class of an element whatever it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeLanguage(Box<str>);

impl CodeLanguage {
    /// The longest name, in characters.
    const LONGEST: usize = 32;

    /// A name as pages write it.
    pub fn new(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "+#._-".contains(c);
        let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        (begins && name.len() <= Self::LONGEST && name.chars().all(allowed))
            .then(|| CodeLanguage(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CodeLanguage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
