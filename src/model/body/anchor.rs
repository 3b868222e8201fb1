//! Names of places within an article.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The name of a place within an article: an XML name made of ASCII letters, digits and hyphens.
///
/// It remembers what the page calls the place, for links that lead to the page. Two names are the same
/// whatever the page calls them: links and places are matched when the page is read.
#[derive(Clone, Debug)]
pub struct AnchorName {
    name: String,
    fragment: Option<Box<str>>,
}

impl AnchorName {
    /// The place with the given number within its article.
    pub fn numbered(number: usize) -> Self {
        AnchorName {
            name: format!("note-{number}"),
            fragment: None,
        }
    }

    /// The header with the given number among those that the cells of tables name.
    pub fn of_header(number: usize) -> Self {
        AnchorName {
            name: format!("header-{number}"),
            fragment: None,
        }
    }

    /// The same name for a place that links on the page call so, `#` aside.
    #[must_use]
    pub fn found_as(self, fragment: &str) -> Self {
        AnchorName {
            fragment: Some(fragment.into()),
            ..self
        }
    }

    /// The same place with another number.
    #[must_use]
    pub fn renumbered(self, number: usize) -> Self {
        AnchorName {
            fragment: self.fragment,
            ..AnchorName::numbered(number)
        }
    }

    /// The name, fit for an `id` attribute.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// What the page calls the place, as it was written there.
    pub fn fragment(&self) -> &str {
        self.fragment.as_deref().unwrap_or(&self.name)
    }
}

impl PartialEq for AnchorName {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for AnchorName {}

impl PartialOrd for AnchorName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AnchorName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl Hash for AnchorName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}
