//! The arguments, as clap derives them.

use super::values::{items, jobs, seconds};
use clap::builder::BoolishValueParser;
use clap::{Args, Command as Clap, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use offprint::model::Profile;
use offprint::settings::{FeedArchive, GroupBy, Options, Split};
use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  offprint                          read what offprint.toml names, else seeds/, else
                                    the one folder here with articles; write to out/
  offprint build articles/          read a folder
  offprint build articles/ -t epub -o books --title 'News 2021' --since 2021 --until 2021
  offprint build articles/ --base-url https://example.org/news/
  offprint pull                     save what is new in the feeds of offprint.toml
  offprint pull --opml feeds.opml   the same for a list of feeds
  offprint init                     write offprint.toml and a GitHub Actions workflow
  offprint inspect articles/1.txt   show how an article was understood
  offprint cache --prune 90d        remove pictures that no run has used for 90 days
  offprint check out                check feeds and books
  cat article.txt | offprint build -

Each option has a variable, OFFPRINT_ and its name (OFFPRINT_BASE_URL), and a key in
offprint.toml; the command line wins, then the variable, then the file.

Exit status: 0 done (warnings may have been printed); 1 done, but something was skipped,
lost or replaced and --strict was given; 2 nothing could be written.";

const CHECK_EXIT: &str = "\
Exit status: 0 every rule is kept; 1 something breaks a rule (one line each on standard
output); 2 there is nothing to check, or it can't be read.";

const PULL_EXIT: &str = "\
Exit status: 0 done (warnings may have been printed), also where nothing is new; 1 done, but
something could not be had and --strict was given; 2 no feed could be read and nothing was saved.";

/// Turns an archive of saved articles into RSS, Atom, JSON Feed and EPUB.
#[derive(Parser)]
#[command(version, about, after_help = EXAMPLES, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub build: Build,
    #[command(flatten)]
    pub display: Display,
}

impl Arguments {
    /// Reads the command line and the variables. One that is empty counts as none: a workflow sets
    /// variables from inputs that nobody filled in.
    pub fn read() -> Result<Self, clap::Error> {
        let command = without_empty_variables(Arguments::command_line());
        let matches = command.try_get_matches()?;
        Arguments::from_arg_matches(&matches)
    }

    /// The whole command line, as its help shows it. The variables are explained once, not at each option.
    pub fn command_line() -> Clap {
        without_variables(Arguments::command())
    }
}

fn without_empty_variables(command: Clap) -> Clap {
    let is_empty = |name: &OsStr| env::var_os(name).is_some_and(|value| value.is_empty());
    command
        .mut_args(|argument| match argument.get_env() {
            Some(name) if is_empty(name) => argument.env(None::<&str>),
            _ => argument,
        })
        .mut_subcommands(without_empty_variables)
}

fn without_variables(command: Clap) -> Clap {
    command
        .mut_args(|argument| argument.hide_env(true))
        .mut_subcommands(without_variables)
}

#[derive(Subcommand)]
pub enum Command {
    /// Read the archive and write feeds and books (what happens without a command)
    Build(Box<Build>),
    /// Ask feeds and reading lists for what is new, and save it into the archive
    #[command(after_help = PULL_EXIT)]
    Pull(Box<Pull>),
    /// Write offprint.toml and a GitHub Actions workflow for the archive that is found
    Init(Init),
    /// Show how articles are understood: the document model as a tree
    Inspect(Inspect),
    /// Show what the image cache holds, and prune it
    Cache(Cache),
    /// Check feeds and books against what Offprint promises, without Java or Python
    #[command(after_help = CHECK_EXIT)]
    Check(Check),
    /// List the formats that can be read and written, with their options
    Formats,
    /// Print the completions for a shell, for packagers
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page (roff), for packagers
    Man {
        /// One of the commands, for the page of its own
        command: Option<String>,
    },
}

/// What the terminal shows.
#[derive(Args)]
pub struct Display {
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show every warning, and what happens
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What is read, and with which configuration.
#[derive(Args)]
pub struct Reading {
    /// Configuration file [default: offprint.toml here, if there is one]
    #[arg(
        long,
        value_name = "FILE",
        env = "OFFPRINT_CONFIG",
        help_heading = "Reading"
    )]
    pub config: Option<PathBuf>,
    /// Take this reader instead of looking at the files' contents (see `offprint formats`)
    #[arg(
        long,
        value_name = "NAME",
        env = "OFFPRINT_FROM",
        help_heading = "Reading"
    )]
    pub from: Option<String>,
    /// Charset of files that are not UTF-8, instead of guessing
    #[arg(
        long,
        value_name = "NAME",
        env = "OFFPRINT_ENCODING",
        help_heading = "Reading"
    )]
    pub encoding: Option<String>,
    /// Language of articles whose text does not tell, and of the publication
    #[arg(
        long,
        value_name = "TAG",
        env = "OFFPRINT_LANGUAGE",
        help_heading = "Publication"
    )]
    pub language: Option<String>,
}

#[derive(Args)]
pub struct Init {
    /// The archive [default: the folders here that hold articles]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Overwrite files that are there
    #[arg(long)]
    pub force: bool,
    /// Lists of feeds that are pulled into the archive (OPML) [default: those here]
    #[arg(long, value_name = "FILE")]
    pub opml: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Inspect {
    /// Files or folders; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write JSON, one object an article (schema: docs/inspect.schema.json)
    #[arg(long)]
    pub json: bool,
    /// Show one article of files that hold several, by its number
    #[arg(long, value_name = "NUMBER")]
    pub item: Option<u32>,
    #[command(flatten)]
    pub reading: Reading,
}

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

#[derive(Args)]
pub struct Cache {
    /// Remove what no run has used for a time (30d, 12h), or the longest unused until no more than
    /// a size is left (500MB)
    #[arg(long, value_name = "AGE|SIZE")]
    pub prune: Option<String>,
    /// The cache [default: the user's cache folder]
    #[arg(long, value_name = "DIR", env = "OFFPRINT_IMAGE_CACHE")]
    pub image_cache: Option<PathBuf>,
    /// Configuration file [default: offprint.toml here, if there is one]
    #[arg(long, value_name = "FILE", env = "OFFPRINT_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub struct Check {
    /// Folder with feeds and books, or one file
    #[arg(value_name = "DIR", default_value = "out")]
    pub path: PathBuf,
    /// Write JSON, one object a finding
    #[arg(long)]
    pub json: bool,
    /// List the rules with their meaning, and check nothing
    #[arg(long)]
    pub rules: bool,
}

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

impl Reading {
    /// Puts the arguments where the configuration has them.
    pub fn into_options(self, paths: Vec<PathBuf>) -> Options {
        let mut options = Options::default();
        options.input.paths = (!paths.is_empty()).then_some(paths);
        options.input.from = self.from;
        options.input.encoding = self.encoding;
        options.publication.language = self.language;
        options
    }
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
