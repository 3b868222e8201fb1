//! What stands between the articles of a container and is none: counted, and told in one line.

use crate::error::{Code, Warning};
use std::collections::BTreeMap;

/// What is no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassedOver {
    /// What its author has not published.
    Draft,
    /// What is to be published later.
    Scheduled,
    /// What only some may read.
    Private,
    /// What its author has thrown away.
    Trashed,
    /// An earlier form of an article.
    Revision,
    /// A picture or another file.
    Attachment,
    /// An entry of a menu.
    MenuItem,
    /// What somebody wrote below an article.
    Comment,
    /// Settings and templates of a site.
    Setting,
    /// Anything else that a site keeps beside its articles.
    Other,
}

impl PassedOver {
    /// The name of one, and of several.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            PassedOver::Draft => ("draft", "drafts"),
            PassedOver::Scheduled => ("article that is to come", "articles that are to come"),
            PassedOver::Private => ("private article", "private articles"),
            PassedOver::Trashed => ("article in the trash", "articles in the trash"),
            PassedOver::Revision => ("earlier version", "earlier versions"),
            PassedOver::Attachment => ("attachment", "attachments"),
            PassedOver::MenuItem => ("menu item", "menu items"),
            PassedOver::Comment => ("comment", "comments"),
            PassedOver::Setting => ("setting or template", "settings and templates"),
            PassedOver::Other => ("item of another kind", "items of other kinds"),
        }
    }
}

/// How many there are of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(BTreeMap<PassedOver, u64>);

impl Tally {
    pub(super) fn add(&mut self, kind: PassedOver) {
        *self.0.entry(kind).or_default() += 1;
    }

    /// The warning that tells of them; none where there are none.
    pub(super) fn told(&self, path: &str) -> Option<Warning> {
        let parts = self
            .0
            .iter()
            .map(|(kind, &count)| match (count, kind.names()) {
                (1, (one, _)) => format!("1 {one}"),
                (count, (_, several)) => format!("{count} {several}"),
            });
        let parts: Vec<String> = parts.collect();
        let (last, first) = parts.split_last()?;
        let all = match first {
            [] => last.clone(),
            first => format!("{} and {last}", first.join(", ")),
        };
        let warning = Warning::new(Code::ItemsLeftOut, format!("passed over: {all}"));
        Some(warning.in_file(path))
    }
}
