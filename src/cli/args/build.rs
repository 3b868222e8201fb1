//! The arguments of `offprint build`, in the groups that its help shows.

use super::Reading;
use crate::cli::values::{items, jobs, seconds};
use clap::Args;
use clap::builder::BoolishValueParser;
use offprint::model::Profile;
use offprint::settings::Options;
use offprint::settings::{FeedArchive, GroupBy, Split};
use std::path::PathBuf;

#[derive(Args)]
pub struct Build {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub publication: Publication,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub images: Images,
    #[command(flatten)]
    pub running: Running,
}

#[derive(Args)]
#[command(next_help_heading = "Publication")]
pub struct Publication {
    /// Title of the feeds and books [default: the name]
    #[arg(long, env = "OFFPRINT_TITLE")]
    pub title: Option<String>,
    /// Author of the collection
    #[arg(long, env = "OFFPRINT_AUTHOR")]
    pub author: Option<String>,
    /// Address of the output folder on the web; links between outputs need it
    #[arg(long, value_name = "URL", env = "OFFPRINT_BASE_URL")]
    pub base_url: Option<String>,
    /// Stem of the books' file names [default: archive]
    #[arg(long, env = "OFFPRINT_NAME")]
    pub name: Option<String>,
    /// Take articles published at this time or later: RFC 3339, 2021-12-31, 2021-12 or 2021
    #[arg(long, value_name = "DATE", env = "OFFPRINT_SINCE")]
    pub since: Option<String>,
    /// Take articles published until the end of this day, month or year
    #[arg(long, value_name = "DATE", env = "OFFPRINT_UNTIL")]
    pub until: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "Writing")]
pub struct Writing {
    /// Folder for the outputs [default: out]
    #[arg(short, long, value_name = "DIR", env = "OFFPRINT_OUT")]
    pub out: Option<PathBuf>,
    /// Formats to write, separated by commas [default: rss,atom,json,epub]
    #[arg(
        short,
        long,
        value_name = "LIST",
        value_delimiter = ',',
        env = "OFFPRINT_TO"
    )]
    pub to: Option<Vec<String>>,
    /// Number of newest articles in the feeds; 0 is all [default: 50]
    #[arg(long, value_name = "N", env = "OFFPRINT_ITEMS", value_parser = items)]
    pub items: Option<usize>,
    /// RFC 5005 archive documents beside the feeds: none, year, month, week, day [default: none]
    #[arg(
        long,
        value_name = "MODE",
        env = "OFFPRINT_FEED_ARCHIVE",
        value_enum,
        hide_possible_values = true
    )]
    pub feed_archive: Option<FeedArchive>,
    /// Bounds and encoding of pictures for a reader: generic, kindle, kobo, e-ink [default: generic]
    #[arg(
        long,
        value_name = "NAME",
        env = "OFFPRINT_PROFILE",
        value_enum,
        hide_possible_values = true
    )]
    pub profile: Option<Profile>,
    /// EPUB volumes: none, year, month, week, day, size [default: none]
    #[arg(
        long,
        value_name = "MODE",
        env = "OFFPRINT_SPLIT",
        value_enum,
        hide_possible_values = true
    )]
    pub split: Option<Split>,
    /// Upper bound of one EPUB volume, for example 50MB, or none; alone it means --split size
    /// [default: none; 36MB, what goes by mail, with --profile kindle]
    #[arg(long, value_name = "BYTES", env = "OFFPRINT_MAX_SIZE")]
    pub max_size: Option<String>,
    /// Set Traditional Chinese and Japanese vertically, pages turning to the left
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_VERTICAL", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub vertical: Option<bool>,
    /// Table of contents by date or source [default: date]
    #[arg(
        long,
        value_name = "KEY",
        env = "OFFPRINT_GROUP_BY",
        value_enum,
        hide_possible_values = true
    )]
    pub group_by: Option<GroupBy>,
    /// Remove outputs of earlier runs that this run no longer makes
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_PRUNE", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub prune: Option<bool>,
    /// Say what would change; write nothing
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_DRY_RUN", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub dry_run: Option<bool>,
}

#[derive(Args)]
#[command(next_help_heading = "Images")]
pub struct Images {
    /// Look for images here first: DIR/HOST/PATH[?QUERY], as `wget -x` lays files out
    #[arg(long, value_name = "DIR", env = "OFFPRINT_IMAGE_MIRROR")]
    pub image_mirror: Option<PathBuf>,
    /// Downloaded images [default: the user's cache folder]
    #[arg(long, value_name = "DIR", env = "OFFPRINT_IMAGE_CACHE")]
    pub image_cache: Option<PathBuf>,
    /// Never touch the network
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_OFFLINE", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub offline: Option<bool>,
    /// Let images come from loopback and private addresses, and from any port
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_ALLOW_PRIVATE_NETWORK", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub allow_private_network: Option<bool>,
}

#[derive(Args)]
#[command(next_help_heading = "Running")]
pub struct Running {
    /// Worker threads [default: one for each core]
    #[arg(long, value_name = "N", env = "OFFPRINT_JOBS", value_parser = jobs)]
    pub jobs: Option<u16>,
    /// Wait this long for another run on the same output folder [default: 0]
    #[arg(long, value_name = "SECONDS", env = "OFFPRINT_WAIT", value_parser = seconds)]
    pub wait: Option<u32>,
    /// Exit with 1 where anything was skipped, lost or replaced
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_STRICT", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub strict: Option<bool>,
    /// Write what happened to FILE, as JSON; `-` is standard output
    #[arg(long, value_name = "FILE", env = "OFFPRINT_REPORT")]
    pub report: Option<PathBuf>,
}

impl Build {
    /// Puts the arguments where the configuration has them.
    pub fn into_options(self) -> Options {
        let mut options = self.reading.into_options(self.paths);
        options.publication.title = self.publication.title;
        options.publication.author = self.publication.author;
        options.publication.base_url = self.publication.base_url;
        options.publication.name = self.publication.name;
        options.select.since = self.publication.since;
        options.select.until = self.publication.until;
        options.output.out = self.writing.out;
        options.output.to = self.writing.to;
        options.output.prune = self.writing.prune;
        options.output.report = self.running.report;
        options.feeds.items = self.writing.items;
        options.feeds.archive = self.writing.feed_archive;
        options.epub.profile = self.writing.profile;
        options.epub.split = self.writing.split;
        options.epub.max_size = self.writing.max_size;
        options.epub.vertical = self.writing.vertical;
        options.epub.group_by = self.writing.group_by;
        options.images.mirror = self.images.image_mirror;
        options.images.cache = self.images.image_cache;
        options.images.offline = self.images.offline;
        options.images.allow_private_network = self.images.allow_private_network;
        options.run.jobs = self.running.jobs.map(usize::from);
        options.run.wait = self.running.wait.map(u64::from);
        options.run.strict = self.running.strict;
        options.run.dry_run = self.writing.dry_run;
        options
    }
}
