//! What an item says once: where it says it twice, it is two items, and the boundary between them is lost.

/// Values by what they are.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Once {
    first: Vec<(&'static str, String)>,
    again: Vec<&'static str>,
}

impl Once {
    /// Notes a value. The same value again is the same item.
    pub(in crate::read) fn note(&mut self, name: &'static str, value: Option<&str>) {
        let Some(value) = value else { return };
        match self.first.iter().find(|(known, _)| *known == name) {
            Some((_, first)) if first != value => self.again.push(name),
            Some(_) => {}
            None => self.first.push((name, value.to_owned())),
        }
        self.again.dedup();
    }

    /// Whether this is more than one item.
    pub(in crate::read) fn is_twice(&self) -> bool {
        let is_again = |name| self.again.contains(&name);
        is_again("id") || is_again("guid") || is_again("title") && is_again("link")
    }
}

/// What to say of such an item.
pub(in crate::read) const JOINED: &str = "the item says twice what items say once: the boundary between two items is lost, and one of them is left out";

/// Whether an item holds the boundary of two: the end of a section or of a comment is lost before it. Texts have tags
/// of feeds only as characters.
pub(in crate::read) fn holds_boundary(item: &str) -> bool {
    ["item", "entry"].iter().any(|name| {
        let end = format!("</{name}>");
        let mut parts = item.split(end.as_str()).skip(1);
        parts.any(|rest| {
            let next = rest.trim_start().strip_prefix('<');
            next.is_some_and(|next| next.starts_with(name))
        })
    })
}
