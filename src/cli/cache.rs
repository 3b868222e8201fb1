//! `offprint cache`: what the image cache holds, and pruning it.

use super::args::Cache as Arguments;
use super::diagnostics::Terminal;
use super::output::print;
use super::summary::size;
use super::{DONE, Outcome};
use chrono::DateTime;
use offprint::command::{self, Cache, Prune, Summary};
use offprint::settings::{self, Options};
use offprint::{Error, Registry, Result};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Shows the cache, or prunes it.
pub fn run(arguments: Arguments, terminal: &Terminal) -> Outcome {
    let what = arguments.prune.as_deref().map(what_to_prune).transpose()?;
    let folder = folder(arguments)?;
    match what {
        None => print(shown(&folder)?.as_bytes())?,
        Some(what) => terminal.say(&prune(&folder, what)?),
    }
    Ok(DONE)
}

/// The cache that a build would use.
fn folder(arguments: Arguments) -> Result<PathBuf> {
    let file = settings::load(arguments.config.as_deref(), &Registry::standard())?;
    let mut options = Options::default();
    options.images.cache = arguments.image_cache;
    command::image_cache(&options.or(file).images).ok_or_else(|| {
        Error::configuration(
            "there is no folder for an image cache: the user has no home",
            "name one with --image-cache DIR",
        )
    })
}

/// An age or a size. A number that may be either, such as `30m` or `500`, is refused.
fn what_to_prune(text: &str) -> Result<Prune> {
    match (command::duration(text), command::bytes(text)) {
        (Some(age), None) => Ok(Prune::UnusedFor(age)),
        (None, Some(bytes)) => Ok(Prune::DownTo(bytes)),
        _ => Err(Error::refused(
            "--prune",
            text,
            "give an age with min, h, d or w, for example 30d, or a size with B, kB, MB or GB, for example 500MB",
        )),
    }
}

/// Opens a cache that is there: nothing is made by looking.
fn open(folder: &Path) -> Result<Option<Cache>> {
    if !Cache::is_at(folder) {
        if folder.is_file() {
            return Err(failed(folder)(io::ErrorKind::NotADirectory.into()));
        }
        return Ok(None);
    }
    Cache::open(folder).map(Some).map_err(failed(folder))
}

fn failed(folder: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
    let path = folder.to_owned();
    move |source| Error::Cache { path, source }
}

fn shown(folder: &Path) -> Result<String> {
    let summary = match open(folder)? {
        Some(cache) => cache.summary().map_err(failed(folder))?,
        None => Summary::default(),
    };
    let Summary {
        pictures,
        addresses,
        failures,
        bytes,
        oldest_use,
        newest_use,
    } = summary;
    let mut text = format!("cache      {}\n", folder.display());
    if !folder.exists() {
        text += "           there is no such folder yet\n";
    }
    text += &format!("pictures   {pictures} for {}\n", counted(addresses));
    let (failed, are) = (counted(failures), if failures == 1 { "is" } else { "are" });
    text += &format!("failures   {failed} that {are} not asked for a while\n");
    text += &format!("size       {}\n", size(bytes));
    if let (Some(oldest), Some(newest)) = (oldest_use, newest_use) {
        text += &format!("last used  {} to {}\n", day(oldest), day(newest));
    }
    Ok(text)
}

fn counted(addresses: u64) -> String {
    match addresses {
        1 => "1 address".to_owned(),
        _ => format!("{addresses} addresses"),
    }
}

/// The day of a time, in UTC. Use is noted once a day, so the hour would mean nothing.
fn day(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs())
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .map_or_else(String::new, |time| time.format("%Y-%m-%d").to_string())
}

fn prune(folder: &Path, what: Prune) -> Result<String> {
    let (pruned, left) = match open(folder)? {
        Some(cache) => {
            let pruned = cache.prune(what).map_err(failed(folder))?;
            let left = open(folder)?.map(|cache| cache.summary()).transpose();
            (pruned, left.map_err(failed(folder))?.unwrap_or_default())
        }
        None => Default::default(),
    };
    Ok(format!(
        "removed {} files, {}; pictures left: {}, {}\n",
        pruned.files,
        size(pruned.bytes),
        left.pictures,
        size(left.bytes)
    ))
}
