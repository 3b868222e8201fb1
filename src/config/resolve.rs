//! From options to settings: defaults filled in, names looked up, contradictions refused.

use super::archive_folders::{ArchiveFolder, archive_folders};
use super::environment::{cache_folder, pages_address};
use super::file::{ImageOptions, Options, PublicationOptions, SelectOptions};
use super::period::Span;
use super::{Filter, Input, Period, Settings};
use crate::clean;
use crate::error::{Error, Result};
use crate::images;
use crate::model::{
    Address, CleanText, Language, Profile, Proxy, Publication, Site, Sites, Timestamp, Zone,
};
use crate::options::{bytes, duration};
use crate::registry::Registry;
use crate::write::{self, BookSettings, FeedSettings};
use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder that is read where nothing is named.
const DEFAULT_INPUT: &str = "seeds";
/// The most folders that a message names.
const FOLDERS_NAMED: usize = 10;
/// The most worker threads that may be asked for.
pub const MOST_JOBS: u16 = 1024;

/// Makes settings of options. The registry tells what is written where no format is asked for, and
/// which formats come along.
///
/// # Errors
/// Where an option has a value that means nothing, or there is nothing to read.
pub fn resolve(mut options: Options, registry: &Registry) -> Result<Settings> {
    let publication = publication(&options.publication)?;
    let images = image_settings(&options.images, options.epub.profile.unwrap_or_default())?;
    let write = write_settings(&mut options)?;
    check_sites_and_proxies(&options.site, &options.proxy)?;
    let sites = Sites::builtin().extend(Sites::new(options.site, options.proxy));
    let formats = options.output.to.take().unwrap_or_default();
    let formats = registry.formats(formats)?;
    let out = options.output.out.unwrap_or_else(|| PathBuf::from("out"));
    Ok(Settings {
        inputs: inputs(options.input.paths, &out, registry)?,
        out,
        period: period(&options.select, publication.zone)?,
        filter: Filter::new(
            &options.select.include.unwrap_or_default(),
            &options.select.exclude.unwrap_or_default(),
        )?,
        reader: options.input.from,
        encoding: options
            .input
            .encoding
            .as_deref()
            .map(encoding)
            .transpose()?,
        clean: clean::Settings {
            sites,
            language: publication.language.clone(),
            alternative_as_caption: options.images.alt_as_caption.unwrap_or(false),
        },
        boilerplate: options.text.boilerplate.unwrap_or(true),
        across_sources: options.duplicates.across_sources.unwrap_or(false),
        images,
        write,
        jobs: jobs(options.run.jobs)?,
        wait: Duration::from_secs(options.run.wait.unwrap_or(0)),
        dry_run: options.run.dry_run.unwrap_or(false),
        prune: options.output.prune.unwrap_or(false),
        strict: options.run.strict.unwrap_or(false),
        report: options.output.report,
        formats,
        publication,
    })
}

/// The number of worker threads; 0 is one for each core.
fn jobs(number: Option<usize>) -> Result<usize> {
    match number {
        Some(number) if !(1..=usize::from(MOST_JOBS)).contains(&number) => Err(Error::refused(
            "run.jobs",
            &number.to_string(),
            format!(
                "give a number from 1 to {MOST_JOBS}, or leave it out for one thread for each core"
            ),
        )),
        number => Ok(number.unwrap_or(0)),
    }
}

pub(super) fn check_sites_and_proxies(sites: &[Site], proxies: &[Proxy]) -> Result<()> {
    check_sites(sites)?;
    check_proxies(proxies)
}

/// Facts that are about no host would count for none, and a selector that means nothing would remove
/// nothing, in silence.
fn check_sites(sites: &[Site]) -> Result<()> {
    if sites.iter().any(|site| site.hosts.is_empty()) {
        return Err(Error::refused(
            "a [[site]]'s `hosts`",
            "[]",
            "name the hosts that the facts are about, for example [\"example.org\"]",
        ));
    }
    let mut selectors = sites.iter().flat_map(|site| &site.remove);
    match selectors.find(|selector| !clean::body::is_selector(selector)) {
        Some(selector) => Err(Error::refused(
            "a [[site]]'s `remove`",
            selector,
            "give CSS selectors such as .share-bar or aside[role=complementary]",
        )),
        None => Ok(()),
    }
}

/// A proxy that does not say where the picture's own address stands would unwrap nothing, in silence.
fn check_proxies(proxies: &[Proxy]) -> Result<()> {
    let vague = |proxy: &&Proxy| proxy.parameter.is_none() && proxy.path_after.is_none();
    match proxies.iter().find(vague) {
        Some(proxy) => Err(Error::configuration(
            format!(
                "a [[proxy]] ({}) does not say where the picture's own address stands",
                proxy.hosts.join(", ")
            ),
            "name a `parameter` of the query, or the text of the path that it comes after (`path_after`)",
        )),
        None => Ok(()),
    }
}

/// The settings of all writers. Those of feeds and books stand in sections, for the command line
/// speaks of them too.
fn write_settings(options: &mut Options) -> Result<write::Settings> {
    let mut settings = std::mem::take(&mut options.writers);
    settings.set(FeedSettings {
        image_addresses: options.images.feed_urls.unwrap_or_default(),
        ..std::mem::take(&mut options.feeds).try_into()?
    });
    settings.set(BookSettings {
        modified: source_date_epoch()?,
        ..std::mem::take(&mut options.epub).try_into()?
    });
    Ok(settings)
}

/// What is read: the paths that are named, else `seeds`, else the one folder here that holds articles.
fn inputs(paths: Option<Vec<PathBuf>>, out: &Path, registry: &Registry) -> Result<Vec<Input>> {
    if let Some(paths) = paths.filter(|paths| !paths.is_empty()) {
        return Ok(paths.into_iter().map(Input::new).collect());
    }
    if Path::new(DEFAULT_INPUT).is_dir() {
        return Ok(vec![Input::new(DEFAULT_INPUT)]);
    }
    let folders = archive_folders(Path::new("."), out, registry);
    match folders.as_slice() {
        [folder] => Ok(vec![Input::Path(folder.path.clone())]),
        [] => Err(Error::NoInput {
            message: "there is nothing to read: no path is given, no offprint.toml names one, and no folder here holds articles"
                .to_owned(),
            hint: "say where the saved articles are, for example: offprint build articles/"
                .to_owned(),
        }),
        several => Err(several_folders(several)),
    }
}

/// Whether they belong into one publication is the user's to say.
fn several_folders(folders: &[ArchiveFolder]) -> Error {
    let named = folders.iter().take(FOLDERS_NAMED).map(|folder| {
        let (path, files) = (folder.path.display(), folder.files);
        let word = if files == 1 { "file" } else { "files" };
        format!("{path} ({files} {word})")
    });
    let mut named: Vec<String> = named.collect();
    if folders.len() > FOLDERS_NAMED {
        named.push(format!("{} more", folders.len() - FOLDERS_NAMED));
    }
    let first = folders
        .first()
        .map(|folder| folder.path.display().to_string());
    Error::NoInput {
        message: format!("articles lie in several folders here: {}", named.join(", ")),
        hint: format!(
            "say which are meant, for example: offprint build {}; or let `offprint init` write a configuration that names all",
            first.unwrap_or_default()
        ),
    }
}

fn publication(options: &PublicationOptions) -> Result<Publication> {
    let name = options.name.clone().unwrap_or_else(|| "archive".to_owned());
    check_name(&name)?;
    let base = options.base_url.clone().or_else(pages_address);
    let base = base.as_deref().map(base_address).transpose()?;
    let id = options.id.clone().unwrap_or_else(|| match &base {
        Some(base) => format!("{base}{name}"),
        None => name.clone(),
    });
    Ok(Publication {
        title: options
            .title
            .as_deref()
            .map(CleanText::line)
            .filter(|title| !title.is_blank()),
        language: options.language.as_deref().map(language).transpose()?,
        author: options
            .author
            .as_deref()
            .map(CleanText::line)
            .filter(|author| !author.is_blank()),
        rights: options
            .rights
            .as_deref()
            .map(CleanText::line)
            .filter(|rights| !rights.is_blank()),
        zone: options
            .timezone
            .as_deref()
            .map(zone)
            .transpose()?
            .unwrap_or(chrono_tz::UTC),
        homepage: options.homepage.as_deref().map(homepage).transpose()?,
        name,
        base,
        id,
    })
}

/// A name becomes part of file names on every system.
fn check_name(name: &str) -> Result<()> {
    let legal = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    let safe = !name.is_empty()
        && name.len() <= 100
        && name.chars().all(legal)
        && name.trim_matches(['.', ' ']) == name;
    if safe {
        return Ok(());
    }
    Err(Error::refused(
        "the name (publication.name)",
        name,
        "it becomes part of file names: letters, digits, `-`, `_` and `.`, 100 bytes at most",
    ))
}

fn base_address(text: &str) -> Result<Address> {
    let with_slash = format!("{}/", text.trim().trim_end_matches('/'));
    let plain = |address: &Address| {
        address.is_web() && address.url().query().is_none() && address.fragment().is_none()
    };
    Address::parse(&with_slash)
        .filter(plain)
        .ok_or_else(|| Error::refused("the base URL (publication.base_url)", text, "give the address of the output folder on the web, for example https://example.org/news"))
}

fn homepage(text: &str) -> Result<Address> {
    let hint = "give the address of a page on the web, for example https://example.org/";
    Address::parse(text.trim())
        .filter(Address::is_web)
        .ok_or_else(|| Error::refused("publication.homepage", text, hint))
}

fn language(tag: &str) -> Result<Language> {
    Language::new(tag).ok_or_else(|| {
        Error::refused(
            "the language (publication.language)",
            tag,
            "give a language tag such as en, zh-Hans or ar",
        )
    })
}

fn zone(name: &str) -> Result<Zone> {
    name.parse().map_err(|_| {
        Error::refused(
            "the time zone (publication.timezone)",
            name,
            "give a name of the IANA database such as Asia/Shanghai",
        )
    })
}

fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Error::refused(
            "the encoding (input.encoding)",
            label,
            "give a label such as gb18030, big5 or windows-1251",
        )
    })
}

fn period(options: &SelectOptions, zone: Zone) -> Result<Period> {
    let span = |option: &str, text: &String| {
        let hint = "give an RFC 3339 time, a day (2021-12-31), a month (2021-12) or a year (2021)";
        Span::parse(text, zone).ok_or_else(|| Error::refused(option, text, hint))
    };
    let since = options
        .since
        .as_ref()
        .map(|text| span("--since (select.since)", text))
        .transpose()?;
    let until = options
        .until
        .as_ref()
        .map(|text| span("--until (select.until)", text))
        .transpose()?;
    Ok(Period {
        since: since.map(|span| span.first),
        before: until.map(|span| span.after),
    })
}

fn image_settings(options: &ImageOptions, profile: Profile) -> Result<images::Settings> {
    let defaults = images::Settings::default();
    let max_total = options.max_total.as_deref().map(max_total).transpose()?;
    Ok(images::Settings {
        mirror: options.mirror.clone(),
        cache: image_cache(options),
        offline: options.offline.unwrap_or(false),
        allow_private_network: options.allow_private_network.unwrap_or(false),
        profile,
        time_budget: length("images.time_budget", &options.time_budget)?
            .unwrap_or(defaults.time_budget),
        revalidate: length("images.revalidate", &options.revalidate)?
            .unwrap_or(defaults.revalidate),
        max_total,
        proxy: options.proxy.clone(),
        contact: options.contact.clone(),
        certificates: options.certificates.clone(),
        ..defaults
    })
}

/// A length of time that an option gives, if it does.
pub(super) fn length(option: &str, text: &Option<String>) -> Result<Option<Duration>> {
    let hint = "give a number with s, m, h, d or w, for example 30d";
    let read = |text: &String| duration(text).ok_or_else(|| Error::refused(option, text, hint));
    text.as_ref().map(read).transpose()
}

/// The folder of downloaded pictures: the one that the options name, else the user's; none where
/// there is no home.
pub fn image_cache(options: &ImageOptions) -> Option<PathBuf> {
    options.cache.clone().or_else(cache_folder)
}

fn max_total(text: &str) -> Result<u64> {
    let hint = "give a number of bytes, for example 50MB";
    bytes(text).ok_or_else(|| Error::refused("images.max_total", text, hint))
}

/// The time that reproducible builds ask for, in seconds since 1970.
fn source_date_epoch() -> Result<Option<Timestamp>> {
    let Some(text) = env::var_os("SOURCE_DATE_EPOCH").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = text.to_string_lossy();
    let seconds: Option<i64> = text.trim().parse().ok();
    let time = seconds.and_then(|seconds| Timestamp::from_millis(seconds.checked_mul(1000)?));
    time.map(Some)
        .ok_or_else(|| Error::refused("SOURCE_DATE_EPOCH", &text, "give seconds since 1970"))
}
