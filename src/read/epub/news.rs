//! The articles of calibre's news: a folder each, behind lists of sections and articles.

use super::chapters::{Chapter, Part, Plan, titles};
use crate::read::zip::members::folder_of;

/// The articles of a book of news.
pub(super) fn chapters(plan: &Plan<'_>) -> Vec<Chapter> {
    let titles = titles(plan.contents);
    let mut chapters: Vec<Chapter> = Vec::new();
    let documents = plan.documents().into_iter();
    for (path, _) in documents.filter(|(path, _)| is_article(path)) {
        let Some(member) = plan.members.named(path) else {
            continue;
        };
        let goes_on = |before: &&mut Chapter| {
            let last = before.parts.last();
            last.is_some_and(|last| folder_of(&last.path) == folder_of(path))
        };
        match chapters.last_mut().filter(goes_on) {
            Some(before) => before.parts.push(Part::whole(path)),
            None => chapters.push(Chapter {
                title: titles.get(path).map(|title| (*title).to_owned()),
                parts: vec![Part::whole(path)],
                place: None,
                span: member.span,
            }),
        }
    }
    chapters
}

/// Whether a document is an article, and no list of a section's articles.
fn is_article(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with("article_"))
}
