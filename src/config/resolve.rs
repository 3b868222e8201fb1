//! From options to settings: defaults filled in, names looked up, contradictions refused.

use super::environment::{cache_folder, pages_address};
use super::file::{
    EpubOptions, FeedOptions, ImageOptions, Options, PublicationOptions, SelectOptions,
};
use super::period::Span;
use super::{Filter, Input, Period, Settings, values};
use crate::clean;
use crate::error::{Error, Result};
use crate::images::{self, Profile};
use crate::model::{
    Address, CleanText, Language, Proxy, Publication, Site, Sites, Timestamp, Zone,
};
use crate::write::{
    self, BookSettings, CoverSize, FeedArchive, FeedContent, FeedSettings, GroupBy, ImageAddresses,
    Split, Style,
};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder that is read where nothing is named.
const DEFAULT_INPUT: &str = "seeds";
/// The most worker threads that may be asked for.
pub const MOST_JOBS: u16 = 1024;
/// The largest book that Amazon takes by mail.
const MAIL_BOUND: u64 = 50_000_000;

/// Makes settings of options.
///
/// # Errors
/// Where an option has a value that means nothing, or there is nothing to read.
pub fn resolve(options: Options) -> Result<Settings> {
    let publication = publication(&options.publication)?;
    check_sites(&options.site)?;
    check_proxies(&options.proxy)?;
    let sites = Sites::builtin().extend(Sites::new(options.site, options.proxy));
    let formats = options.output.to.unwrap_or_else(super::default_formats);
    Ok(Settings {
        inputs: inputs(options.input.paths)?,
        out: options.output.out.unwrap_or_else(|| PathBuf::from("out")),
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
        },
        images: image_settings(&options.images, &options.epub)?,
        write: write::Settings {
            feeds: feed_settings(&options.feeds, &options.images, &formats)?,
            book: book_settings(&options.epub)?,
            icon: has_icon(&publication, &formats),
        },
        jobs: jobs(options.run.jobs)?,
        wait: Duration::from_secs(options.run.wait.unwrap_or(0)),
        dry_run: options.run.dry_run.unwrap_or(false),
        prune: options.output.prune.unwrap_or(false),
        strict: options.run.strict.unwrap_or(false),
        report: options.output.report,
        formats: outputs(formats)?,
        publication,
    })
}

/// The number of worker threads; 0 is one for each core.
fn jobs(number: Option<usize>) -> Result<usize> {
    match number {
        Some(number) if !(1..=usize::from(MOST_JOBS)).contains(&number) => Err(refused(
            "run.jobs",
            &number.to_string(),
            &format!(
                "give a number from 1 to {MOST_JOBS}, or leave it out for one thread for each core"
            ),
        )),
        number => Ok(number.unwrap_or(0)),
    }
}

/// Facts that are about no host would count for none, and a selector that means nothing would remove
/// nothing, in silence.
fn check_sites(sites: &[Site]) -> Result<()> {
    if sites.iter().any(|site| site.hosts.is_empty()) {
        return Err(refused(
            "a [[site]]'s `hosts`",
            "[]",
            "name the hosts that the facts are about, for example [\"example.org\"]",
        ));
    }
    let mut selectors = sites.iter().flat_map(|site| &site.remove);
    match selectors.find(|selector| !clean::body::is_selector(selector)) {
        Some(selector) => Err(refused(
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
        Some(proxy) => Err(Error::Configuration {
            message: format!(
                "a [[proxy]] ({}) does not say where the picture's own address stands",
                proxy.hosts.join(", ")
            ),
            hint: "name a `parameter` of the query, or the text of the path that it comes after (`path_after`)"
                .to_owned(),
        }),
        None => Ok(()),
    }
}

/// The formats asked for; where feeds are among them, so is the list of feeds.
fn outputs(mut formats: Vec<String>) -> Result<Vec<String>> {
    const LIST: &str = "opml";
    if has_feeds(&formats) {
        formats.push(LIST.to_owned());
    } else if formats.iter().any(|name| name == LIST) {
        return Err(Error::Configuration {
            message: "opml is the list of the feeds, and no feed is asked for".to_owned(),
            hint: "name rss, atom or json with --to; the list comes with them where there is a base URL"
                .to_owned(),
        });
    }
    Ok(formats)
}

fn has_feeds(formats: &[String]) -> bool {
    let feeds = ["rss", "atom", "json"];
    formats.iter().any(|name| feeds.contains(&name.as_str()))
}

/// Feeds name an icon where books are made too and their files have addresses.
fn has_icon(publication: &Publication, formats: &[String]) -> bool {
    let books = formats.iter().any(|name| name == "epub");
    publication.base.is_some() && books && has_feeds(formats)
}

/// An error about the value of an option.
fn refused(option: &str, value: &str, hint: &str) -> Error {
    Error::Configuration {
        message: format!("{option} can't be {value:?}"),
        hint: hint.to_owned(),
    }
}

fn inputs(paths: Option<Vec<PathBuf>>) -> Result<Vec<Input>> {
    if let Some(paths) = paths.filter(|paths| !paths.is_empty()) {
        return Ok(paths.into_iter().map(Input::new).collect());
    }
    if Path::new(DEFAULT_INPUT).is_dir() {
        return Ok(vec![Input::new(DEFAULT_INPUT)]);
    }
    Err(Error::NoInput {
        message: "there is nothing to read: no path is given, no offprint.toml names one, and there is no folder `seeds` here"
            .to_owned(),
        hint: "say where the saved articles are, for example: offprint build articles/".to_owned(),
    })
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
    Err(refused(
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
        .ok_or_else(|| refused("the base URL (publication.base_url)", text, "give the address of the output folder on the web, for example https://example.org/news"))
}

fn language(tag: &str) -> Result<Language> {
    Language::new(tag).ok_or_else(|| {
        refused(
            "the language (publication.language)",
            tag,
            "give a language tag such as en, zh-Hans or ar",
        )
    })
}

fn zone(name: &str) -> Result<Zone> {
    name.parse().map_err(|_| {
        refused(
            "the time zone (publication.timezone)",
            name,
            "give a name of the IANA database such as Asia/Shanghai",
        )
    })
}

fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        refused(
            "the encoding (input.encoding)",
            label,
            "give a label such as gb18030, big5 or windows-1251",
        )
    })
}

fn period(options: &SelectOptions, zone: Zone) -> Result<Period> {
    let span = |option: &str, text: &String| {
        let hint = "give an RFC 3339 time, a day (2021-12-31), a month (2021-12) or a year (2021)";
        Span::parse(text, zone).ok_or_else(|| refused(option, text, hint))
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

fn image_settings(options: &ImageOptions, epub: &EpubOptions) -> Result<images::Settings> {
    let defaults = images::Settings::default();
    let length = |option: &str, text: &Option<String>| match text {
        Some(text) => values::duration(text).map(Some).ok_or_else(|| {
            refused(
                option,
                text,
                "give a number with s, m, h, d or w, for example 30d",
            )
        }),
        None => Ok(None),
    };
    let max_total = options
        .max_total
        .as_deref()
        .map(|text| bytes("images.max_total", text))
        .transpose()?;
    Ok(images::Settings {
        mirror: options.mirror.clone(),
        cache: image_cache(options),
        offline: options.offline.unwrap_or(false),
        allow_private_network: options.allow_private_network.unwrap_or(false),
        profile: profile(epub.profile.as_deref().unwrap_or("generic"))?,
        time_budget: length("images.time_budget", &options.time_budget)?
            .unwrap_or(defaults.time_budget),
        revalidate: length("images.revalidate", &options.revalidate)?
            .unwrap_or(defaults.revalidate),
        max_total,
        proxy: options.proxy.clone(),
        ..defaults
    })
}

/// The folder of downloaded pictures: the one that the options name, else the user's; none where
/// there is no home.
pub fn image_cache(options: &ImageOptions) -> Option<PathBuf> {
    options.cache.clone().or_else(cache_folder)
}

fn bytes(option: &str, text: &str) -> Result<u64> {
    values::bytes(text)
        .ok_or_else(|| refused(option, text, "give a number of bytes, for example 50MB"))
}

fn profile(name: &str) -> Result<Profile> {
    Ok(match name {
        "generic" => Profile::Generic,
        "kindle" => Profile::Kindle,
        "kobo" => Profile::Kobo,
        "e-ink" => Profile::EInk,
        _ => {
            return Err(refused(
                "the profile (epub.profile)",
                name,
                "choose from generic, kindle, kobo, e-ink",
            ));
        }
    })
}

fn feed_settings(
    options: &FeedOptions,
    images: &ImageOptions,
    formats: &[String],
) -> Result<FeedSettings> {
    let defaults = FeedSettings::default();
    let items = match options.items {
        None => defaults.items,
        Some(0) => None,
        Some(number) => Some(number),
    };
    let hub = |text: &String| {
        let hint = "give the hub's address, for example https://hub.example/";
        Address::parse(text)
            .filter(Address::is_web)
            .ok_or_else(|| refused("feeds.hubs", text, hint))
    };
    let max_bytes = options.max_bytes.as_deref();
    Ok(FeedSettings {
        items,
        image_addresses: image_addresses(images.feed_urls.as_deref())?,
        content: feed_content(options.content.as_deref())?,
        archive: feed_archive(options.archive.as_deref())?,
        by_source: by_source(options.by.as_deref().unwrap_or_default())?,
        max_bytes: max_bytes
            .map(|text| bytes("feeds.max_bytes", text))
            .transpose()?,
        hubs: options
            .hubs
            .iter()
            .flatten()
            .map(hub)
            .collect::<Result<_>>()?,
        minutes_to_live: options.ttl.or(defaults.minutes_to_live),
        outlined: formats.to_vec(),
    })
}

fn image_addresses(name: Option<&str>) -> Result<ImageAddresses> {
    match name {
        None | Some("archived") => Ok(ImageAddresses::Archived),
        Some("origin") => Ok(ImageAddresses::Origin),
        Some(other) => Err(refused(
            "images.feed_urls",
            other,
            "choose from archived, origin",
        )),
    }
}

fn feed_content(name: Option<&str>) -> Result<FeedContent> {
    match name {
        None | Some("full") => Ok(FeedContent::Full),
        Some("summary") => Ok(FeedContent::Summary),
        Some(other) => Err(refused("feeds.content", other, "choose from full, summary")),
    }
}

fn feed_archive(name: Option<&str>) -> Result<FeedArchive> {
    match name {
        None | Some("none") => Ok(FeedArchive::None),
        Some("month") => Ok(FeedArchive::Month),
        Some("year") => Ok(FeedArchive::Year),
        Some(other) => Err(refused(
            "--feed-archive (feeds.archive)",
            other,
            "choose from none, month, year",
        )),
    }
}

fn by_source(keys: &[String]) -> Result<bool> {
    match keys.iter().find(|key| *key != "source") {
        Some(other) => Err(refused("feeds.by", other, "it takes [\"source\"]")),
        None => Ok(!keys.is_empty()),
    }
}

fn book_settings(options: &EpubOptions) -> Result<BookSettings> {
    let group_by = match options.group_by.as_deref() {
        None | Some("date") => GroupBy::Date,
        Some("source") => GroupBy::Source,
        Some(other) => {
            return Err(refused(
                "--group-by (epub.group_by)",
                other,
                "choose from date, source",
            ));
        }
    };
    let profile = profile(options.profile.as_deref().unwrap_or("generic"))?;
    Ok(BookSettings {
        group_by,
        split: split(options.split.as_deref(), options.max_size.as_deref())?,
        max_size: max_size(options.max_size.as_deref(), profile)?,
        vertical: options.vertical.unwrap_or(false),
        style: style(options)?,
        cover: cover(profile),
        modified: source_date_epoch()?,
        unreadable: Vec::new(),
    })
}

/// The bound of a volume: what was asked for, else what the profile's device is sent by mail.
fn max_size(text: Option<&str>, profile: Profile) -> Result<Option<u64>> {
    match text {
        None => Ok((profile == Profile::Kindle).then_some(MAIL_BOUND)),
        Some("none") => Ok(None),
        Some(text) => bytes("--max-size (epub.max_size)", text).map(Some),
    }
}

/// Where volumes end; a bound that was asked for alone cuts by size.
fn split(mode: Option<&str>, max_size: Option<&str>) -> Result<Split> {
    Ok(match mode {
        None | Some("none") if max_size.is_some_and(|size| size != "none") => Split::Size,
        None | Some("none") => Split::Never,
        Some("year") => Split::Year,
        Some("month") => Split::Month,
        Some("week") => Split::Week,
        Some("day") => Split::Day,
        Some("size") => Split::Size,
        Some(other) => {
            let hint = "choose from none, year, month, week, day, size";
            return Err(refused("--split (epub.split)", other, hint));
        }
    })
}

fn style(options: &EpubOptions) -> Result<Style> {
    let style: fn(String) -> Style = match options.css_mode.as_deref() {
        None | Some("add") => Style::Added,
        Some("replace") => Style::Replaced,
        Some(other) => return Err(refused("epub.css_mode", other, "choose from add, replace")),
    };
    match &options.css {
        Some(path) => fs::read_to_string(path)
            .map(style)
            .map_err(Error::input(path)),
        None => Ok(Style::BuiltIn),
    }
}

/// A cover that fills the device's screen.
fn cover(profile: Profile) -> CoverSize {
    match profile {
        Profile::Generic => CoverSize::default(),
        Profile::Kindle | Profile::Kobo | Profile::EInk => CoverSize {
            width: 1264,
            height: 1680,
            grey: profile == Profile::EInk,
        },
    }
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
        .ok_or_else(|| refused("SOURCE_DATE_EPOCH", &text, "give seconds since 1970"))
}
