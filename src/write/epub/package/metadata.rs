//! What a volume says about itself.

use crate::model::{CleanText, Direction, Language, Profile, Timestamp};
use crate::write::epub::pages::wording::Wording;
use crate::write::epub::period::day;
use crate::write::epub::volume::Volume;
use crate::write::{BookSettings, opds};
use uuid::Uuid;

/// The most subjects and contributors that a package names.
const NAMES: usize = 30;
/// The headlines that the description quotes.
const HEADLINES: usize = 5;

/// The metadata of one volume (EPUB 3.3, section 5.5).
#[derive(Debug)]
pub(in crate::write::epub) struct Metadata {
    /// A version 5 UUID of the publication's id and the period: it stays while the book grows.
    pub(in crate::write::epub) identifier: Uuid,
    /// The publication's title.
    pub(in crate::write::epub) title: String,
    /// What the volume covers, where it is not everything.
    pub(in crate::write::epub) period: Option<String>,
    /// The dates of the first and the last article.
    pub(in crate::write::epub) span: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// The main language.
    pub(in crate::write::epub) language: Language,
    /// Whether that is not known, and is named since the device takes no book without one.
    pub(in crate::write::epub) language_assumed: bool,
    /// The other languages, the most frequent first.
    pub(in crate::write::epub) further_languages: Vec<Language>,
    pub(in crate::write::epub) creator: String,
    pub(in crate::write::epub) contributors: Vec<String>,
    pub(in crate::write::epub) publisher: Option<String>,
    pub(in crate::write::epub) sources: Vec<String>,
    pub(in crate::write::epub) rights: Option<String>,
    pub(in crate::write::epub) subjects: Vec<String>,
    pub(in crate::write::epub) description: String,
    /// When the newest article was published.
    pub(in crate::write::epub) date: Option<Timestamp>,
    pub(in crate::write::epub) modified: Timestamp,
    pub(in crate::write::epub) series: Option<Series>,
    pub(in crate::write::epub) direction: Direction,
    pub(in crate::write::epub) accessibility: Accessibility,
}

/// The series of volumes.
#[derive(Debug)]
pub(in crate::write::epub) struct Series {
    pub(in crate::write::epub) identifier: Uuid,
    pub(in crate::write::epub) title: String,
    pub(in crate::write::epub) position: Option<String>,
}

/// What is known of how the book can be read (EPUB Accessibility 1.1, section 2).
#[derive(Debug)]
pub(in crate::write::epub) struct Accessibility {
    pub(in crate::write::epub) pictures: bool,
    /// Whether each picture has words that stand for it.
    pub(in crate::write::epub) described: bool,
    /// Whether something may move or flash.
    pub(in crate::write::epub) animated: bool,
    pub(in crate::write::epub) formulas: bool,
    pub(in crate::write::epub) summary: &'static str,
}

impl Metadata {
    /// Settles the metadata of a volume that has all its chapters.
    pub(in crate::write::epub) fn of(volume: &Volume<'_>) -> Self {
        let run = volume.run;
        let facts = &volume.facts;
        let known = languages(volume);
        let assumed = known.is_empty().then(|| for_device(volume)).flatten();
        let language_assumed = assumed.is_some();
        let language = known.first().cloned().or(assumed);
        let language = language.unwrap_or_else(Language::undetermined);
        let wording = Wording::of(&language);
        let vertical = run.settings.get::<BookSettings>().vertical
            && crate::write::epub::pages::page::is_set_vertically(&language);
        let title = run.publication.title();
        let zone = run.publication.zone;
        Metadata {
            identifier: identifier(&run.publication.id, &volume.name()),
            period: volume.label(wording),
            span: facts
                .published()
                .map(|(first, last)| (day(first, zone), day(last, zone))),
            creator: creator(volume, &title),
            contributors: texts(facts.authors(), NAMES),
            publisher: publisher(volume),
            sources: sources(volume),
            rights: rights(volume),
            subjects: texts(facts.tags(), NAMES),
            description: description(volume, wording),
            date: facts.published().map(|(_, last)| last),
            modified: modified(volume),
            series: series(volume, &title),
            direction: if vertical {
                Direction::RightToLeft
            } else {
                language.direction()
            },
            accessibility: accessibility(volume, wording),
            title: title.into(),
            further_languages: known.into_iter().skip(1).take(NAMES).collect(),
            language,
            language_assumed,
        }
    }

    /// Title and period.
    pub(in crate::write::epub) fn full_title(&self) -> String {
        match &self.period {
            Some(period) => format!("{} · {period}", self.title),
            None => self.title.clone(),
        }
    }

    /// The period as the title page says it: its name, or the first and the last day.
    pub(in crate::write::epub) fn period_text(&self, wording: &Wording) -> Option<String> {
        let (first, last) = match (&self.period, self.span) {
            (Some(period), _) => return Some(period.clone()),
            (None, span) => span?,
        };
        let (first, last) = (wording.day(first), wording.day(last));
        Some(if first == last {
            first
        } else {
            format!("{first}{}{last}", wording.to)
        })
    }

    /// What the catalogue of volumes says about this one.
    pub(in crate::write::epub) fn for_catalogue(&self, file: &str, cover: &str) -> opds::Book {
        opds::Book {
            title: self.full_title(),
            id: self.urn(),
            author: self.creator.clone(),
            language: self.language.to_string(),
            updated: self.modified,
            issued: self.date,
            summary: self.description.clone(),
            file: file.to_owned(),
            cover: cover.to_owned(),
        }
    }

    /// The identifier as `dc:identifier` has it.
    pub(in crate::write::epub) fn urn(&self) -> String {
        self.identifier.urn().to_string()
    }
}

/// The languages that are known, the main one first, which is the one that was named.
fn languages(volume: &Volume<'_>) -> Vec<Language> {
    let facts = volume.facts.languages();
    let mut languages: Vec<Language> = facts.into_iter().cloned().collect();
    let undetermined = Language::undetermined();
    languages.retain(|language| *language != undetermined);
    if let Some(configured) = &volume.run.publication.language {
        languages.retain(|language| language != configured);
        languages.insert(0, configured.clone());
    }
    languages
}

fn accessibility(volume: &Volume<'_>, wording: &'static Wording) -> Accessibility {
    let pictures = !volume.pictures.is_empty();
    Accessibility {
        pictures,
        described: volume.facts.described(),
        animated: volume.facts.animated(),
        formulas: !volume.with_formulas().is_empty(),
        summary: summary(wording, pictures),
    }
}

/// The identifier of a volume of a publication; of the publication itself where the name is empty.
pub(in crate::write::epub) fn identifier(publication: &str, volume: &str) -> Uuid {
    let name = match volume {
        "" => publication.to_owned(),
        volume => format!("{publication}\n{volume}"),
    };
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}

/// What a book without a known language says on a device that refuses such books: that of the words
/// that the book adds.
fn for_device(volume: &Volume<'_>) -> Option<Language> {
    let profile = volume.run.settings.get::<BookSettings>().profile;
    let language = || Language::new(Wording::of(&Language::undetermined()).language);
    (profile == Profile::Kindle).then(language).flatten()
}

fn summary(wording: &'static Wording, pictures: bool) -> &'static str {
    let [without, with] = wording.accessibility;
    if pictures { with } else { without }
}

/// The author that was named, else the source of most of the articles; where none has most of them,
/// the publication, as in the feeds.
fn creator(volume: &Volume<'_>, title: &CleanText) -> String {
    let author = volume.run.publication.author.as_ref();
    author
        .or_else(|| main_source(volume))
        .unwrap_or(title)
        .to_string()
}

fn main_source<'volume>(volume: &'volume Volume<'_>) -> Option<&'volume CleanText> {
    let sources = volume.facts.sources();
    let (name, facts) = sources.first()?;
    (facts.articles * 2 > volume.facts.articles()).then_some(*name)
}

/// The one source of the volume; of several, none published the book.
fn publisher(volume: &Volume<'_>) -> Option<String> {
    match volume.facts.sources().as_slice() {
        [(name, _)] => Some(name.to_string()),
        _ => volume
            .run
            .publication
            .author
            .as_ref()
            .map(ToString::to_string),
    }
}

fn sources(volume: &Volume<'_>) -> Vec<String> {
    let sources = volume.facts.sources();
    let homes = sources.iter().filter_map(|(_, facts)| facts.home.as_ref());
    let mut homes: Vec<String> = homes.map(ToString::to_string).take(NAMES).collect();
    homes.dedup();
    homes
}

fn rights(volume: &Volume<'_>) -> Option<String> {
    let configured = volume.run.publication.rights.as_ref();
    let rights = configured.or_else(|| volume.facts.common_rights());
    rights.map(ToString::to_string)
}

fn description(volume: &Volume<'_>, wording: &Wording) -> String {
    let mut parts = vec![wording.articles(volume.facts.articles())];
    let chapters = volume.chapters.iter().take(HEADLINES);
    parts.extend(chapters.map(|chapter| chapter.title.to_string()));
    if volume.chapters.len() > HEADLINES {
        parts.push("…".to_owned());
    }
    parts.join(" · ")
}

fn modified(volume: &Volume<'_>) -> Timestamp {
    let configured = volume.run.settings.get::<BookSettings>().modified;
    let time = configured.or_else(|| volume.facts.modified());
    time.unwrap_or(Timestamp::EPOCH)
}

fn series(volume: &Volume<'_>, title: &CleanText) -> Option<Series> {
    let publication = volume.run.publication;
    volume.is_of_series().then(|| Series {
        identifier: identifier(&publication.id, "series"),
        title: title.to_string(),
        position: volume.position(),
    })
}

fn texts(names: Vec<&CleanText>, most: usize) -> Vec<String> {
    let visible = names.into_iter().filter(|name| !name.is_blank());
    visible.take(most).map(ToString::to_string).collect()
}
