//! The arguments of `offprint pull`.

use crate::cli::values::seconds;
use clap::Args;
use clap::builder::BoolishValueParser;
use offprint::settings::Options;
use std::path::PathBuf;

#[derive(Args)]
pub struct Pull {
    /// Feeds, by source, address, host or group [default: all, and the reading lists]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Lists of feeds (OPML), beside those of the configuration
    #[arg(long, value_name = "FILE")]
    pub opml: Vec<PathBuf>,
    /// Reading lists: exports of Pocket, Instapaper, Readwise, Karakeep, Linkwarden, Raindrop,
    /// bookmarks, or lines of addresses
    #[arg(long, value_name = "FILE")]
    pub links: Vec<PathBuf>,
    /// The archive that articles are saved into [default: articles]
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Read the histories of feeds to their beginning
    #[arg(long)]
    pub history: bool,
    /// Say what would be saved; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write what happened to FILE, as JSON; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Exit with 1 where anything could not be had
    #[arg(long)]
    pub strict: bool,
    /// Wait this long for another pull into the same archive [default: 0]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub wait: Option<u32>,
    /// Where notes for later runs are kept [default: the user's cache folder]
    #[arg(long, value_name = "DIR", env = "OFFPRINT_IMAGE_CACHE")]
    pub image_cache: Option<PathBuf>,
    /// Let feeds and pages be on loopback and private addresses, and at any port
    #[arg(long, value_name = "BOOL", env = "OFFPRINT_ALLOW_PRIVATE_NETWORK", value_parser = BoolishValueParser::new(), num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub allow_private_network: Option<bool>,
    /// Configuration file [default: offprint.toml here, if there is one]
    #[arg(long, value_name = "FILE", env = "OFFPRINT_CONFIG")]
    pub config: Option<PathBuf>,
    /// The time of the run, in milliseconds since 1970, for tests
    #[arg(long, value_name = "MILLISECONDS", hide = true)]
    pub now: Option<i64>,
}

impl Pull {
    /// Puts the arguments where the configuration has them.
    pub fn into_options(self) -> Options {
        let mut options = Options::default();
        options.pull.folder = self.folder;
        options.pull.history = self.history.then_some(true);
        options.pull.allow_private_network = self.allow_private_network;
        options.images.cache = self.image_cache;
        options.output.report = self.report;
        options.run.dry_run = self.dry_run.then_some(true);
        options.run.strict = self.strict.then_some(true);
        options.run.wait = self.wait.map(u64::from);
        options
    }
}
