//! Settings of the books: the table `[epub]`.

use crate::error::{Error, Result};
use crate::model::{Profile, Timestamp};
use crate::options::{bytes, table};
use crate::write::WriterSettings;
use crate::write::epub::cover_font::CoverFont;
use serde::Deserialize;
use std::fs;
use std::path::PathBuf;

/// The largest book for a mail of 50 MB, which is what Amazon takes: attachments are written in base64,
/// four characters for three bytes and line ends behind 76 (RFC 2045, section 6.8), and the mail has
/// a head.
const MAIL_BOUND: u64 = 36_000_000;

table! {
    /// Section `[epub]`.
    pub struct EpubOptions {
        pub profile: Option<Profile>,
        pub group_by: Option<GroupBy>,
        pub split: Option<Split>,
        pub max_size: Option<String>,
        pub vertical: Option<bool>,
        /// A style sheet for the books. A path in the file is relative to the file's folder.
        pub css: Option<PathBuf>,
        /// Whether the style sheet follows the built-in one or takes its place: add, replace.
        /// [default: add]
        pub css_mode: Option<CssMode>,
        /// A font file (.ttf, .otf, .ttc) for the titles on covers. Without it covers bear titles in
        /// Latin, Greek and Cyrillic letters. A path in the file is relative to the file's folder.
        pub cover_font: Option<PathBuf>,
        /// How many levels of an article's headings the table of contents lists below it, 0 to 5.
        /// [default: 1; in volumes of 200 articles and more, 0]
        pub contents_depth: Option<u16>,
    }
}

/// Settings of the books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "EpubOptions")]
#[non_exhaustive]
pub struct BookSettings {
    /// The levels of the table of contents.
    pub group_by: GroupBy,
    /// Where one volume ends and the next begins.
    pub split: Split,
    /// The bound of one volume's file in bytes. With [`Split::Never`] there is one book as long as
    /// it stays within the bound, and volumes as with [`Split::Size`] when it does not.
    pub max_size: Option<u64>,
    /// Whether Traditional Chinese and Japanese are set vertically, pages turning to the left.
    pub vertical: bool,
    /// A style sheet beside the built-in one, or in its place.
    pub style: Style,
    /// How many levels of an article's headings the table of contents lists below it; by default 1 in
    /// volumes of fewer than 200 articles.
    pub contents_depth: Option<u8>,
    /// The device that the books are for.
    pub profile: Profile,
    /// A font for the titles on covers, beside the program's.
    pub cover_font: Option<CoverFont>,
    /// The size of the cover picture in pixels.
    pub cover: CoverSize,
    /// The time that stands for the newest article's as the time of the last change
    /// (`SOURCE_DATE_EPOCH`).
    pub modified: Option<Timestamp>,
}

impl WriterSettings for BookSettings {
    const TABLE: &'static str = "epub";
}

/// Where one volume of a book ends and the next begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Split {
    /// One book.
    #[default]
    #[serde(rename = "none")]
    #[cfg_attr(feature = "cli", value(name = "none"))]
    Never,
    /// A volume a year.
    Year,
    /// A volume a month.
    Month,
    /// A volume a week, by ISO 8601: from Monday, named by the week's own year.
    Week,
    /// A volume a day.
    Day,
    /// As many days in a volume as [`BookSettings::max_size`] allows; 50 MB where it is not set.
    Size,
}

/// What the table of contents groups articles by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum GroupBy {
    /// Month, then day; years instead of months where there are more than two of them.
    #[default]
    Date,
    /// Source, then month.
    Source,
}

/// What a style sheet is to the built-in one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CssMode {
    /// It follows the built-in one.
    #[default]
    Add,
    /// It takes its place.
    Replace,
}

/// What a book looks like, beside the built-in style sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// The built-in style sheet alone.
    #[default]
    BuiltIn,
    /// CSS that follows the built-in style sheet.
    Added(String),
    /// CSS that takes its place.
    Replaced(String),
}

/// The size of a cover picture in pixels, and its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoverSize {
    /// From left to right.
    pub width: u16,
    /// From top to bottom.
    pub height: u16,
    /// Whether it is grey, for electronic paper.
    pub grey: bool,
}

impl Default for CoverSize {
    /// 3:4, as most e-readers' screens.
    fn default() -> Self {
        CoverSize {
            width: 1200,
            height: 1600,
            grey: false,
        }
    }
}

impl CoverSize {
    /// A cover that fills the device's screen.
    fn of(profile: Profile) -> Self {
        match profile {
            Profile::Generic => CoverSize::default(),
            Profile::Kindle | Profile::Kobo | Profile::EInk => CoverSize {
                width: 1264,
                height: 1680,
                grey: profile == Profile::EInk,
            },
        }
    }
}

impl TryFrom<EpubOptions> for BookSettings {
    type Error = Error;

    fn try_from(options: EpubOptions) -> Result<Self> {
        let profile = options.profile.unwrap_or_default();
        Ok(BookSettings {
            group_by: options.group_by.unwrap_or_default(),
            split: split(
                options.split.unwrap_or_default(),
                options.max_size.as_deref(),
            ),
            max_size: max_size(options.max_size.as_deref(), profile)?,
            contents_depth: contents_depth(options.contents_depth)?,
            vertical: options.vertical.unwrap_or(false),
            style: style(options.css, options.css_mode.unwrap_or_default())?,
            profile,
            cover_font: options
                .cover_font
                .as_deref()
                .map(CoverFont::read)
                .transpose()?,
            cover: CoverSize::of(profile),
            modified: None,
        })
    }
}

/// Where volumes end; a bound that was asked for alone cuts by size.
fn split(mode: Split, max_size: Option<&str>) -> Split {
    let bounded = max_size.is_some_and(|size| size != "none");
    match mode {
        Split::Never if bounded => Split::Size,
        mode => mode,
    }
}

/// The deepest level of headings.
const DEEPEST: u8 = 5;

fn contents_depth(depth: Option<u16>) -> Result<Option<u8>> {
    let Some(depth) = depth else {
        return Ok(None);
    };
    let known = u8::try_from(depth).ok().filter(|depth| *depth <= DEEPEST);
    known.map(Some).ok_or_else(|| {
        let hint = format!("give a number from 0 to {DEEPEST}");
        Error::refused("epub.contents_depth", &depth.to_string(), hint)
    })
}

/// The bound of a volume: what was asked for, else what the profile's device is sent by mail.
fn max_size(text: Option<&str>, profile: Profile) -> Result<Option<u64>> {
    let hint = "give a number of bytes, for example 50MB";
    match text {
        None => Ok((profile == Profile::Kindle).then_some(MAIL_BOUND)),
        Some("none") => Ok(None),
        Some(text) => bytes(text)
            .map(Some)
            .ok_or_else(|| Error::refused("--max-size (epub.max_size)", text, hint)),
    }
}

fn style(css: Option<PathBuf>, mode: CssMode) -> Result<Style> {
    let style = match mode {
        CssMode::Add => Style::Added,
        CssMode::Replace => Style::Replaced,
    };
    match css {
        Some(path) => fs::read_to_string(&path)
            .map(style)
            .map_err(Error::input(&path)),
        None => Ok(Style::BuiltIn),
    }
}
