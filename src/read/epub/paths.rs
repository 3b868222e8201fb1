//! The members of a book by the names that its documents give them.

use crate::read::zip::members::{Members, resolved};
use std::collections::HashMap;

/// The paths of a book's members.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// The path that a member has, by itself and by how it is written without regard to case, where no
    /// other is written so.
    by_name: HashMap<String, Option<String>>,
}

impl Paths {
    /// Those of all members.
    pub(super) fn of(members: &Members) -> Self {
        let mut by_name = HashMap::new();
        for member in &members.all {
            let folded = by_name.entry(member.name.to_lowercase());
            folded
                .and_modify(|other| *other = None)
                .or_insert_with(|| Some(member.name.clone()));
        }
        for member in &members.all {
            by_name.insert(member.name.clone(), Some(member.name.clone()));
        }
        Paths { by_name }
    }

    /// The path that a reference leads to from a folder. Some programs write names in another case than
    /// the archive has them, or leave signs in them that stand for others in an address.
    pub(super) fn resolved(&self, folder: &str, reference: &str) -> Option<String> {
        let path = resolved(folder, reference);
        let known = path.as_deref().and_then(|path| self.member(path));
        let literal = || {
            let plain = reference.trim().split('#').next()?;
            self.member(&resolved(folder, &plain.replace('%', "%25"))?)
        };
        known.or_else(literal).or(path)
    }

    fn member(&self, path: &str) -> Option<String> {
        let exact = self.by_name.get(path);
        let folded = exact.or_else(|| self.by_name.get(&path.to_lowercase()));
        folded.cloned().flatten()
    }
}
