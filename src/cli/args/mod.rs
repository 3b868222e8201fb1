//! The arguments, as clap derives them: the commands, and those of the small ones.

mod build;
mod pull;

pub use build::Build;
pub use pull::Pull;

use clap::{Args, Command as Clap, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use offprint::settings::Options;
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
    /// Show one article of many, by its number in the table or the file, its name, id, address or title
    #[arg(long, value_name = "NUMBER|NAME")]
    pub item: Option<String>,
    #[command(flatten)]
    pub reading: Reading,
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
