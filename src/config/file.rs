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
    reason = "the keys are documented where users look: docs and --help"
)]
pub struct PublicationOptions {
    pub name: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub author: Option<String>,
    pub base_url: Option<String>,
    pub id: Option<String>,
    pub rights: Option<String>,
    pub timezone: Option<String>,
}

/// Section `[input]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the keys are documented where users look: docs and --help"
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
    reason = "the keys are documented where users look: docs and --help"
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
    reason = "the keys are documented where users look: docs and --help"
)]
pub struct FeedOptions {
    pub items: Option<usize>,
    pub archive: Option<String>,
    pub by: Option<Vec<String>>,
    pub content: Option<String>,
    pub max_bytes: Option<String>,
    pub hubs: Option<Vec<String>>,
    pub ttl: Option<u32>,
}

/// Section `[epub]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the keys are documented where users look: docs and --help"
)]
pub struct EpubOptions {
    pub profile: Option<String>,
    pub group_by: Option<String>,
    pub split: Option<String>,
    pub max_size: Option<String>,
    pub vertical: Option<bool>,
    pub css: Option<PathBuf>,
    pub css_mode: Option<String>,
}

/// Section `[images]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the keys are documented where users look: docs and --help"
)]
pub struct ImageOptions {
    pub mirror: Option<PathBuf>,
    pub cache: Option<PathBuf>,
    pub offline: Option<bool>,
    pub allow_private_network: Option<bool>,
    pub feed_urls: Option<String>,
    pub time_budget: Option<String>,
    pub max_total: Option<String>,
    pub revalidate: Option<String>,
    pub proxy: Option<String>,
}

/// Section `[select]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the keys are documented where users look: docs and --help"
)]
pub struct SelectOptions {
    pub since: Option<String>,
    pub until: Option<String>,
    pub include: Option<PatternOptions>,
    pub exclude: Option<PatternOptions>,
}

/// Section `[run]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the keys are documented where users look: docs and --help"
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
            hint:
                "correct the spelling or take it out; `offprint build --help` explains the options"
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
