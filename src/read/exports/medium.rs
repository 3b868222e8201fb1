//! Posts in exports of Medium: pages that say in microformats what they are (h-entry).

use crate::error::{Code, Warning};
use crate::model::{Entry, Format, Head, Markup, WrittenTime};
use crate::read::single::{Part, SingleArticle};
use crate::read::xhtml::{Piece, Pieces};
use crate::read::{Confidence, Locator, Probe, Source};
use memchr::memmem;
use std::path::{Path, PathBuf};

/// Reads the posts of Medium's exports.
pub struct Medium;

static FORMAT: Format = Format {
    name: "medium",
    description: "Posts in exports of Medium; drafts are left out",
    files: "posts/*.html",
    options: &["from", "encoding"],
};

/// What the text of a post begins with.
const BODY: &str = "<section data-field=\"body\" class=\"e-content\">";

impl SingleArticle for Medium {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let has = |text: &str| memmem::find(probe.first(), text.as_bytes()).is_some();
        match has("class=\"h-entry\"") && has(BODY) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn entry(
        &self,
        text: &str,
        source: &dyn Source,
        _part: Part,
        warnings: &mut Vec<Warning>,
    ) -> Option<Entry> {
        let Some((before, body)) = text.split_once(BODY) else {
            warnings.push(source.changed());
            return None;
        };
        let (body, behind) = body.rsplit_once("<footer").unwrap_or((body, ""));
        let body = body.trim_end();
        let body = body.strip_suffix("</section>").unwrap_or(body);
        let told = Told::of(before, behind);
        if told.published.is_none() {
            let message = "1 item is left out: it is a draft";
            let warning = Warning::new(Code::ItemsLeftOut, message).in_file(source.path());
            warnings.push(warning.hint("nothing needs to be done, unless its text is wanted"));
            return None;
        }
        let lines = before.bytes().filter(|&byte| byte == b'\n').count();
        Some(Entry {
            head: Head {
                folders: Vec::new(),
                title: told.title,
                address: told.address,
                summary: told.summary,
                authors: told.authors,
                published: told.published,
                tags: told.tags,
                ..source.head(&Locator::whole(source.length()))
            },
            body_line: u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1),
            markup: Markup::Article(body.to_owned()),
            resources: source.resources(),
        })
    }
}

/// The page that tells of the person whose export it is: with it, a folder is known as one.
pub(in crate::read) const PROFILE: &str = "profile/profile.html";

/// What stands beside the posts: the person's data, and lists of others' posts.
const BESIDE_POSTS: [&str; 18] = [
    "README.html",
    "blocks",
    "bookmarks",
    "claps",
    "highlights",
    "interests",
    "ips",
    "lists",
    "memberships",
    "notes",
    "partner-program",
    "profile",
    "pubs-following",
    "series",
    "sessions",
    "topics-following",
    "twitter",
    "users-following",
];

/// Whether a page is a person's card and no post.
pub(in crate::read) fn is_profile(page: &[u8]) -> bool {
    let has = |text: &str| memmem::find(page, text.as_bytes()).is_some();
    has("class=\"h-card\"") && !has("class=\"h-entry\"")
}

/// The files and folders of an export that hold no post: what a person told Medium is nobody's to read in a
/// feed.
pub(in crate::read) fn beside_posts(export: &Path) -> [PathBuf; BESIDE_POSTS.len()] {
    BESIDE_POSTS.map(|name| export.join(name))
}

/// What a post tells of itself, as markup.
#[derive(Default)]
struct Told {
    title: Option<String>,
    summary: Option<String>,
    address: Option<String>,
    authors: Vec<String>,
    published: Option<WrittenTime>,
    tags: Vec<String>,
}

impl Told {
    /// Reads what stands before and behind the text.
    fn of(before: &str, behind: &str) -> Self {
        let mut told = Told::default();
        for part in [before, behind] {
            let mut open = String::new();
            for piece in Pieces::of(part) {
                match piece {
                    Piece::Start(tag) => {
                        open = tag.value("class").unwrap_or_default();
                        let has =
                            |name: &str| open.split_ascii_whitespace().any(|word| word == name);
                        if has("p-canonical") {
                            told.address = tag.value("href");
                        } else if has("dt-published") {
                            let time = tag.value("datetime").unwrap_or_default();
                            told.published = WrittenTime::parse(time.trim());
                        }
                    }
                    Piece::End(_) => open.clear(),
                    Piece::Text(text) => told.add(&open, text.trim()),
                    Piece::Data(text) => told.add(&open, text.replace('&', "&amp;").trim()),
                }
            }
        }
        told
    }

    fn add(&mut self, class: &str, text: &str) {
        let has = |name: &str| class.split_ascii_whitespace().any(|word| word == name);
        if text.is_empty() {
        } else if has("p-name") {
            self.title.get_or_insert_with(|| text.to_owned());
        } else if has("p-summary") {
            self.summary.get_or_insert_with(|| text.to_owned());
        } else if has("p-author") {
            self.authors.push(text.to_owned());
        } else if has("p-tag") {
            self.tags.push(text.to_owned());
        }
    }
}
