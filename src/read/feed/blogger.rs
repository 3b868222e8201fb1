//! Blogger's backups and Takeout's: feeds of Atom in which posts, comments and settings stand side by side.

use super::parser::nonblank;
use crate::read::PassedOver;

/// The scheme of the categories that tell what an entry of a backup is.
pub(super) const KIND: &str = "http://schemas.google.com/g/2005#kind";

/// What a backup says of an entry beside what feeds say.
#[derive(Clone, Debug, Default)]
pub(super) struct Backup {
    /// `post`, `page`, `comment`, `settings`, `template`.
    kind: Option<String>,
    is_draft: bool,
    is_trashed: bool,
    /// The path of its page (Takeout).
    pub(super) path: Option<String>,
}

impl Backup {
    /// Takes the term of a category of the scheme [`KIND`].
    pub(super) fn add_kind(&mut self, term: &str) {
        let kind = term.rsplit('#').next().unwrap_or_default();
        self.kind = Some(kind.to_ascii_lowercase());
    }

    /// Takes an element of Takeout's vocabulary, or of the Atom Publishing Protocol.
    pub(super) fn add(&mut self, name: &str, text: &str) {
        let text = text.trim();
        match name {
            "type" => self.kind = Some(text.to_ascii_lowercase()),
            "status" => self.is_draft |= text.eq_ignore_ascii_case("draft"),
            "draft" => self.is_draft |= text.eq_ignore_ascii_case("yes"),
            "trashed" => self.is_trashed |= !text.is_empty(),
            "filename" => self.path = nonblank(text),
            _ => {}
        }
    }

    /// What an entry is, if it is no article.
    pub(super) fn passed_over(&self) -> Option<PassedOver> {
        let kind = self.kind.as_deref().unwrap_or("post");
        Some(match kind {
            "comment" => PassedOver::Comment,
            "settings" | "template" => PassedOver::Setting,
            "post" | "page" if self.is_trashed => PassedOver::Trashed,
            "post" | "page" if self.is_draft => PassedOver::Draft,
            _ => return None,
        })
    }
}
