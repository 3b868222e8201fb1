//! `offprint.toml`: the options of a build, by section.

use super::filter::PatternOptions;
use crate::error::{Error, Result};
use crate::model::{Proxy, Site};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// The options of a build, all of them optional. The configuration file and the command line both
/// become this; the first that names an option wins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    /// How the run goes.
    pub run: RunOptions,
    /// Facts about sites, added to the built-in ones.
    pub site: Vec<Site>,
    /// Image proxies, added to the built-in ones.
    pub proxy: Vec<Proxy>,
}

/// Section `[publication]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct PublicationOptions {
    pub name: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub author: Option<String>,
    pub base_url: Option<String>,
    /// What the publication is known by, for ever: the id of the Atom feed, and what the books'
    /// identifiers are made of. [default: the base URL and the name, else the name]
    pub id: Option<String>,
    /// A statement of rights for the collection.
    pub rights: Option<String>,
    /// Where days, weeks, months and years begin: a name of the IANA database, such as
    /// `Asia/Shanghai`. [default: UTC]
    pub timezone: Option<String>,
}

/// Section `[input]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct InputOptions {
    pub paths: Option<Vec<PathBuf>>,
    pub from: Option<String>,
    pub encoding: Option<String>,
}

/// Section `[output]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct OutputOptions {
    pub out: Option<PathBuf>,
    pub to: Option<Vec<String>>,
    pub prune: Option<bool>,
    pub report: Option<PathBuf>,
}

/// Section `[feeds]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct FeedOptions {
    pub items: Option<usize>,
    pub archive: Option<String>,
    /// `["source"]` makes feeds for each source too, in `source/NAME/`. [default: []]
    pub by: Option<Vec<String>>,
    /// How much of an article an item holds: full, summary. [default: full]
    pub content: Option<String>,
    /// The largest that a feed may be, such as `2MB`. The oldest texts of a larger one become
    /// summaries, then its oldest articles are left out. [default: no bound]
    pub max_bytes: Option<String>,
    /// WebSub hubs that the feeds name. Offprint tells them nothing; whoever publishes does. They
    /// need a base URL.
    pub hubs: Option<Vec<String>>,
    /// Minutes until a program should ask for an RSS feed again. [default: 60]
    pub ttl: Option<u32>,
}

/// Section `[epub]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct EpubOptions {
    pub profile: Option<String>,
    pub group_by: Option<String>,
    pub split: Option<String>,
    pub max_size: Option<String>,
    pub vertical: Option<bool>,
    /// A style sheet for the books. A path in the file is relative to the file's folder.
    pub css: Option<PathBuf>,
    /// Whether the style sheet follows the built-in one or takes its place: add, replace.
    /// [default: add]
    pub css_mode: Option<String>,
}

/// Section `[images]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct ImageOptions {
    pub mirror: Option<PathBuf>,
    pub cache: Option<PathBuf>,
    pub offline: Option<bool>,
    pub allow_private_network: Option<bool>,
    /// Which address of a picture feeds name where the archive names an image proxy: archived, the
    /// proxy's, or origin, the picture's own. [default: archived]
    pub feed_urls: Option<String>,
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
}

/// Section `[select]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct SelectOptions {
    pub since: Option<String>,
    pub until: Option<String>,
    /// An article is taken only if each key that stands here has a pattern that matches. In a
    /// pattern `*` stands for any characters, and upper or lower case does not matter.
    pub include: Option<PatternOptions>,
    /// An article is left out if any pattern here matches; patterns as in `include`.
    pub exclude: Option<PatternOptions>,
}

/// Section `[run]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "a key that has an option is explained by it: see src/cli/args.rs"
)]
pub struct RunOptions {
    pub jobs: Option<usize>,
    pub strict: Option<bool>,
    pub wait: Option<u64>,
    pub dry_run: Option<bool>,
}

/// The name of the configuration file that is looked for where the user stands.
pub const FILE_NAME: &str = "offprint.toml";

/// Reads the configuration file: the one that is named, else `offprint.toml` here if there is one.
/// Paths in it are relative to the folder that it lies in.
///
/// # Errors
/// Where the named file does not exist, or the file says something that no option means.
pub fn load(named: Option<&Path>) -> Result<Options> {
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
    let mut options = parse(&text, path)?;
    options.anchor(path.parent().unwrap_or(Path::new("")));
    Ok(options)
}

fn parse(text: &str, path: &Path) -> Result<Options> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map(|before| before.matches('\n').count() + 1);
        let place = line.map_or_else(
            || path.display().to_string(),
            |line| format!("{}:{line}", path.display()),
        );
        Error::Configuration {
            message: format!("{place}: {}", error.message()),
            hint: "correct it or take it out; `offprint build --help` explains the options"
                .to_owned(),
        }
    })
}

impl Options {
    /// Makes paths relative to where the user stands.
    fn anchor(&mut self, folder: &Path) {
        let paths = self.input.paths.iter_mut().flatten();
        let single = [
            &mut self.output.out,
            &mut self.output.report,
            &mut self.images.mirror,
            &mut self.images.cache,
            &mut self.epub.css,
        ];
        for path in paths.chain(single.into_iter().flatten()) {
            if path.as_os_str() != "-" {
                *path = folder.join(&path);
            }
        }
    }

    /// Fills what is not named here with what `other` names.
    pub fn or(mut self, other: Options) -> Options {
        macro_rules! fill {
            ($($section:ident: $($key:ident),*;)*) => {
                $($(if self.$section.$key.is_none() { self.$section.$key = other.$section.$key; })*)*
            };
        }
        fill! {
            publication: name, title, language, author, base_url, id, rights, timezone;
            input: paths, from, encoding;
            output: out, to, prune, report;
            feeds: items, archive, by, content, max_bytes, hubs, ttl;
            epub: profile, group_by, split, max_size, vertical, css, css_mode;
            images: mirror, cache, offline, allow_private_network, feed_urls, time_budget, max_total, revalidate, proxy;
            select: since, until, include, exclude;
            run: jobs, strict, wait, dry_run;
        }
        self.site.extend(other.site);
        self.proxy.extend(other.proxy);
        self
    }
}
