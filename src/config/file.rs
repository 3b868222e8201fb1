//! `offprint.toml`: the options of a build, by section.

use super::filter::PatternOptions;
use super::plain_words::{Explained, explained};
use super::pull::PullOptions;
use crate::error::{ConfigurationError, Error, Result};
use crate::model::{Proxy, Site};
use crate::options::{Layer, table};
use crate::registry::Registry;
use crate::write::{AnyWriter, EpubOptions, FeedOptions, ImageAddresses, Settings};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

table! {
    /// The options of a build, all of them optional. The configuration file and the command line both
    /// become this; the first that names an option wins.
    pub struct Options {
        /// What is published.
        pub publication: PublicationOptions,
        /// What is read.
        pub input: InputOptions,
        /// What is written.
        pub output: OutputOptions,
        /// How feeds are made.
        pub feeds: FeedOptions,
        /// How books are made.
        pub epub: EpubOptions,
        /// How pictures are had.
        pub images: ImageOptions,
        /// Which articles are taken.
        pub select: SelectOptions,
        /// What is taken for the text of an article.
        pub text: TextOptions,
        /// Which articles are one.
        pub duplicates: DuplicateOptions,
        /// How the run goes.
        pub run: RunOptions,
        /// What is subscribed to, and how it is saved.
        pub pull: PullOptions,
        /// Facts about sites, added to the built-in ones.
        pub site: Vec<Site>,
        /// Image proxies, added to the built-in ones.
        pub proxy: Vec<Proxy>,
        /// Settings of writers that have tables of their own.
        #[serde(skip)]
        pub writers: Settings,
    }
}

table! {
    /// Section `[publication]`.
    pub struct PublicationOptions {
        pub name: Option<String>,
        pub title: Option<String>,
        pub language: Option<String>,
        pub author: Option<String>,
        pub base_url: Option<String>,
        /// The address of the page that the publication belongs to, which feeds and their list name.
        /// [default: none; where there is no base URL either, the site of most of its articles]
        pub homepage: Option<String>,
        /// What the publication is known by, for ever: the id of the Atom feed, and what the books'
        /// identifiers are made of. [default: the base URL and the name, else the name]
        pub id: Option<String>,
        /// A statement of rights for the collection.
        pub rights: Option<String>,
        /// Where days, weeks, months and years begin: a name of the IANA database, such as
        /// `Asia/Shanghai`. [default: UTC]
        pub timezone: Option<String>,
    }
}

table! {
    /// Section `[input]`.
    pub struct InputOptions {
        pub paths: Option<Vec<PathBuf>>,
        pub from: Option<String>,
        pub encoding: Option<String>,
    }
}

table! {
    /// Section `[output]`.
    pub struct OutputOptions {
        pub out: Option<PathBuf>,
        pub to: Option<Vec<String>>,
        pub prune: Option<bool>,
        pub report: Option<PathBuf>,
    }
}

table! {
    /// Section `[images]`.
    pub struct ImageOptions {
        pub mirror: Option<PathBuf>,
        pub cache: Option<PathBuf>,
        pub offline: Option<bool>,
        pub allow_private_network: Option<bool>,
        /// Which address of a picture feeds name where the archive names an image proxy: archived, the
        /// proxy's, or origin, the picture's own. [default: archived]
        pub feed_urls: Option<ImageAddresses>,
        /// Whether a picture without a caption shows its alternative text as one, if that is a sentence;
        /// else only those who can't see the picture have it. [default: false]
        pub alt_as_caption: Option<bool>,
        /// The longest that all downloads of a run may take; what is left over is a placeholder, and the
        /// next run goes on. [default: 5min]
        pub time_budget: Option<String>,
        /// The most bytes that all downloads of a run may bring, such as `500MB`. [default: no bound]
        pub max_total: Option<String>,
        /// How long a cached picture is fresh; after that its server is asked whether it changed.
        /// [default: 30d]
        pub revalidate: Option<String>,
        /// A proxy for downloads: `http://HOST:PORT`, or `environment` for the one that `ALL_PROXY`,
        /// `HTTPS_PROXY` or `HTTP_PROXY` name, except for the hosts in `NO_PROXY`.
        pub proxy: Option<String>,
        /// How servers can reach you: an address of the web or of mail, sent with every request in the
        /// header `User-Agent`. [default: none is sent]
        pub contact: Option<String>,
        /// A file with certificates (PEM) of authorities that are believed beside those of the web: for
        /// servers of a company or a home.
        pub certificates: Option<PathBuf>,
    }
}

table! {
    /// Section `[select]`.
    pub struct SelectOptions {
        pub since: Option<String>,
        pub until: Option<String>,
        /// An article is taken only if each key that stands here has a pattern that matches. In a
        /// pattern `*` stands for any characters, and upper or lower case does not matter.
        pub include: Option<PatternOptions>,
        /// An article is left out if any pattern here matches; patterns as in `include`.
        pub exclude: Option<PatternOptions>,
    }
}

table! {
    /// Section `[text]`.
    pub struct TextOptions {
        /// Whether short lines that many articles of one source begin or end with, such as notices of
        /// plug-ins, are left out. [default: true]
        pub boilerplate: Option<bool>,
    }
}

table! {
    /// Section `[duplicates]`.
    pub struct DuplicateOptions {
        /// Whether articles of different sources with the same text are one article, of which the
        /// earliest stands. [default: false]
        pub across_sources: Option<bool>,
    }
}

table! {
    /// Section `[run]`.
    pub struct RunOptions {
        pub jobs: Option<usize>,
        pub strict: Option<bool>,
        pub wait: Option<u64>,
        pub dry_run: Option<bool>,
    }
}

/// The name of the configuration file that is looked for where the user stands.
pub const FILE_NAME: &str = "offprint.toml";

/// Reads the configuration file: the one that is named, else `offprint.toml` here if there is one.
/// Paths in it are relative to the folder that it lies in. A table that is none of the sections here
/// is read as the settings of the registry's writer that has it.
///
/// # Errors
/// Where the named file does not exist, or the file says something that no option means.
pub fn load(named: Option<&Path>, registry: &Registry) -> Result<Options> {
    let path = named.unwrap_or(Path::new(FILE_NAME));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Options::default());
        }
        Err(source) => {
            return Err(Error::Input {
                path: path.to_owned(),
                source,
            });
        }
    };
    let mut options = parse(&text, registry).map_err(|error| in_file(&error, &text, path))?;
    options.anchor(path.parent().unwrap_or(Path::new("")));
    Ok(options)
}

/// The sections are read by serde as one; before that, what belongs to writers is taken out.
fn parse(text: &str, registry: &Registry) -> Result<Options, toml::de::Error> {
    let mut tables = DeTable::parse(text)?;
    let mut writers = Settings::default();
    let own = || registry.writers().filter(|writer| has_own_table(*writer));
    for writer in own() {
        // Writers that share a table read it each as they understand it.
        if let Some(table) = tables.get_ref().get(writer.table()) {
            writer.read_settings(table.clone().into(), &mut writers)?;
        }
    }
    for writer in own() {
        tables.get_mut().remove(writer.table());
    }
    let mut options = Options::deserialize(toml::Deserializer::from(tables))?;
    options.writers = writers;
    Ok(options)
}

/// Whether a writer's table is none of the sections of [`Options`], which the command line speaks of
/// too.
fn has_own_table(writer: &dyn AnyWriter) -> bool {
    let table = writer.table();
    !table.is_empty() && !Options::KEYS.contains(&table)
}

/// The error with its place (the file, the line, and the key whose value is wrong), in plain words.
fn in_file(error: &toml::de::Error, text: &str, path: &Path) -> Error {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| before.matches('\n').count() + 1);
    let key = before.and_then(key_before);
    let Explained { message, hint } = explained(error.message(), key.as_deref());
    let error = ConfigurationError::new(message, hint).at(path, line);
    Error::of_configuration(ConfigurationError {
        option: key,
        ..error
    })
}

/// The key whose value stands behind some text, with its section: on the same line, or above where
/// the value is a list of several lines.
fn key_before(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let key = |line: &str| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim();
        (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
    };
    let mut lines = text.rsplit('\n');
    let line = lines.next()?;
    let continues = line.trim_start().is_empty() || line.trim_start().starts_with(['"', '\'', '[']);
    let list = |line: &str| key(line).filter(|_| line.trim_end().ends_with(['[', ',']));
    let key = match key(line) {
        None if continues && !line.starts_with('[') => {
            list(lines.clone().find(|line| line.contains('='))?)?
        }
        key => key?,
    };
    let header = lines.find(|line| line.trim_start().starts_with('['));
    let section = header.map(|line| line.trim().trim_matches(['[', ']']).trim());
    Some(match section {
        Some(section) => format!("{section}.{key}"),
        None => key,
    })
}

impl Options {
    /// Makes paths relative to where the user stands.
    fn anchor(&mut self, folder: &Path) {
        self.pull.anchor(folder);
        let paths = self.input.paths.iter_mut().flatten();
        let single = [
            &mut self.output.out,
            &mut self.output.report,
            &mut self.images.mirror,
            &mut self.images.cache,
            &mut self.images.certificates,
            &mut self.epub.css,
            &mut self.epub.cover_font,
        ];
        for path in paths.chain(single.into_iter().flatten()) {
            if path.as_os_str() != "-" {
                *path = folder.join(&path);
            }
        }
    }

    /// Fills what is not named here with what `other` names.
    #[must_use]
    pub fn or(self, other: Options) -> Options {
        Layer::or(self, other)
    }
}
