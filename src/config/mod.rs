//! Settings: from the command line, the environment and `offprint.toml`, in this order.

mod archive_folders;
mod environment;
mod file;
mod filter;
mod period;
mod plain_words;
mod pull;
mod resolve;

pub use crate::options::{bytes, duration};
pub use archive_folders::{archive_folders, reading_lists};
pub use file::{Options, load};
pub use filter::{Filter, PatternOptions, SelectionFacts, TextFacts};
pub use period::Period;
pub use pull::{PullSettings, resolve_pull};
pub use resolve::{MOST_JOBS, image_cache, resolve};

use crate::clean;
use crate::images;
use crate::model::{Publication, Sites};
use crate::write;
use std::path::PathBuf;
use std::time::Duration;

/// Everything a run needs to know, resolved and checked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Files and folders to read.
    pub inputs: Vec<Input>,
    /// The folder that outputs go to.
    pub out: PathBuf,
    /// The names of the output formats; where there are none, those that the registry's writers make
    /// where nothing else is asked for.
    pub formats: Vec<String>,
    /// The publication.
    pub publication: Publication,
    /// The span of time that articles are taken from.
    pub period: Period,
    /// Which of them are taken.
    pub filter: Filter,
    /// The name of the reader that takes every file, if sniffing is not wanted.
    pub reader: Option<String>,
    /// The charset of files that are not UTF-8, if it is not to be guessed.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// What cleaning needs to know.
    pub clean: clean::Settings,
    /// Whether what a source puts at the ends of its articles is left out.
    pub boilerplate: bool,
    /// Whether articles of different sources with one text are one article.
    pub across_sources: bool,
    /// Where pictures come from and what becomes of them.
    pub images: images::Settings,
    /// What the writers need to know.
    pub write: write::Settings,
    /// Worker threads; 0 is one for each core.
    pub jobs: usize,
    /// How long to wait for another run on the same output folder.
    pub wait: Duration,
    /// Say what would change and write nothing.
    pub dry_run: bool,
    /// Remove outputs of earlier runs that are no longer made.
    pub prune: bool,
    /// Whether a loss makes the exit status 1.
    pub strict: bool,
    /// Where the report goes; `-` is standard output.
    pub report: Option<PathBuf>,
}

/// Where articles come from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// A file, or a folder with all that lies in it.
    Path(PathBuf),
    /// One article on standard input.
    Stdin,
    /// What a program holds, as a file of the archive would have it.
    Memory {
        /// Stands for the file's path, with `/` between its parts: in messages, and where a
        /// reader looks at the names of files and folders.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// Takes `-` for standard input.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        if path.as_os_str() == "-" {
            Input::Stdin
        } else {
            Input::Path(path)
        }
    }

    /// The input as users name it.
    pub fn display(&self) -> String {
        match self {
            Input::Path(path) => path.to_string_lossy().into_owned(),
            Input::Stdin => "standard input".to_owned(),
            Input::Memory { name, .. } => name.clone(),
        }
    }

    /// An article that a program holds, as a file of the archive would have it.
    pub fn memory(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Input::Memory {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

impl<P: Into<PathBuf>> From<P> for Input {
    /// See [`Input::new`].
    fn from(path: P) -> Self {
        Input::new(path)
    }
}

impl Settings {
    /// The defaults for some inputs, without a configuration file or the environment; no network.
    pub fn for_inputs<I: Into<Input>>(inputs: impl IntoIterator<Item = I>) -> Self {
        Settings {
            inputs: inputs.into_iter().map(Into::into).collect(),
            out: PathBuf::from("out"),
            formats: Vec::new(),
            publication: Publication::new("archive"),
            period: Period::default(),
            filter: Filter::default(),
            reader: None,
            encoding: None,
            clean: clean::Settings::new(Sites::builtin()),
            boilerplate: true,
            across_sources: false,
            images: images::Settings::default(),
            write: write::Settings::default(),
            jobs: 0,
            wait: Duration::ZERO,
            dry_run: false,
            prune: false,
            strict: false,
            report: None,
        }
    }
}
