//! The seed format: a header of three lines, then the article's own HTML.

pub(super) mod byline;
pub(super) mod header;
pub(super) mod seed;

use self::header::{Header, is_web_address};
use crate::error::{Code, Warning};
use crate::model::{Entry, Format};
use crate::read::single::{Part, SingleArticle};
use crate::read::source::encoding::{decode, may_be_text};
use crate::read::{Confidence, Probe, Source};

/// Reads the seed format:
///
/// ```text
/// <!--1640915226000-->
/// [Title](https://example.org/address)
/// ------
///
/// <div><i>Author<br>2021-12-31T01:44:25Z</i></div><p>Text …</p>
/// ```
///
/// The first line is the time of saving in milliseconds since 1970. Where it is missing or spoilt,
/// a line `日期：…` at the beginning of the text, or the byline, gives the time.
pub struct Archive;

static FORMAT: Format = Format {
    name: "archive",
    description: "Saved articles: lines <!--EPOCH-->, [title](address) and ------, then HTML",
    files: "*.txt, *.md, names without an extension",
    options: &["from", "encoding"],
};

/// Stems of files that stand among articles and are none.
const NOT_ARTICLES: [&str; 13] = [
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "contributing",
    "authors",
    "security",
    "code_of_conduct",
    "index",
    "todo",
    "summary",
];

impl SingleArticle for Archive {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let (first, name) = (probe.first(), probe.name());
        if !may_be_text(first) {
            return Confidence::No;
        }
        let text = decode(first, None, probe.is_cut()).text;
        if text.trim().is_empty() {
            return if names_article(name) {
                Confidence::Maybe
            } else {
                Confidence::No
            };
        }
        match header::parse(&text, 1) {
            Ok(header) => confidence(&header, name),
            Err(_) if header::begins(&text) && !is_about_archive(name) => Confidence::Maybe,
            Err(_) => Confidence::No,
        }
    }

    fn entry(
        &self,
        text: &str,
        source: &dyn Source,
        part: Part,
        warnings: &mut Vec<Warning>,
    ) -> Option<Entry> {
        match header::parse(text, 1) {
            Ok(header) => Some(seed::entry(&header, source, part, warnings)),
            Err(_) if text.trim().is_empty() => {
                warnings.push(empty(source.path()));
                None
            }
            Err(fault) => {
                warnings.push(fault.warning(source.path()));
                None
            }
        }
    }
}

/// How sure a header is one: its first line or an address of the web tells.
fn confidence(header: &Header<'_>, name: &str) -> Confidence {
    let epoch = header
        .epoch
        .is_some_and(|epoch| header::is_epoch_like(epoch.text));
    if epoch {
        Confidence::Certain
    } else if is_about_archive(name) {
        Confidence::No
    } else if is_web_address(header.address) {
        Confidence::Certain
    } else {
        Confidence::Maybe
    }
}

/// The warning that a file has nothing in it.
pub(crate) fn empty(path: &str) -> Warning {
    Warning::new(Code::HeaderMissing, "the file is empty")
        .at(path, 1)
        .hint("save the article again, or delete the file")
}

/// A file's name without its ending.
pub(crate) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether the file tells about the archive rather than being part of it, by its name.
pub(crate) fn is_about_archive(name: &str) -> bool {
    let stem = stem(name).to_ascii_lowercase();
    stem.starts_with("readme") || NOT_ARTICLES.contains(&stem.as_str())
}

/// Whether an empty file is meant as an article: scrapers name articles by numbers and dates.
fn names_article(name: &str) -> bool {
    let is_text = match name.rsplit_once('.') {
        Some((_, extension)) => ["md", "txt"].contains(&extension.to_ascii_lowercase().as_str()),
        None => true,
    };
    is_text && stem(name).contains(|c: char| c.is_ascii_digit())
}
