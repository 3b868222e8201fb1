//! What an earlier run told of articles that did not change, so that it need not be told again.

use super::state::ArticleNote;
use crate::error::{Code, Warning};
use std::collections::HashSet;

/// Warnings of an earlier run: what they are about.
#[derive(Default)]
pub(super) struct Told(HashSet<(Code, String)>);

impl Told {
    /// Adds what was told of an article and its pictures.
    pub fn add(&mut self, note: &ArticleNote) {
        let of_pictures = note.images.iter().filter_map(|image| image.warning());
        let warnings = note.warnings.iter().chain(of_pictures);
        self.0.extend(warnings.map(about));
    }

    /// Marks those of some warnings that were told before.
    pub fn mark(&self, warnings: &mut [Warning]) {
        for warning in warnings {
            warning.is_repeated = self.0.contains(&about(warning));
        }
    }
}

/// What a warning is about: where it names an address, that alone, for the reason why a server gives
/// nothing is another one every day.
fn about(warning: &Warning) -> (Code, String) {
    let message = warning.message.as_str();
    let scheme = message.find("://").unwrap_or(message.len());
    let end = message.get(scheme..).and_then(|rest| rest.find(": "));
    let end = end.map_or(message.len(), |length| scheme + length);
    (
        warning.code,
        message.get(..end).unwrap_or(message).to_owned(),
    )
}
