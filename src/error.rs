//! What can go wrong: an [`Error`] ends the run, a [`Warning`] is a value and never does.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The run can't go on. Each variant says what happened and where; [`Error::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An option, a variable or the configuration file does not make sense.
    #[error("{0}")]
    Configuration(Box<ConfigurationError>),
    /// There is nothing to read.
    #[error("{message}")]
    NoInput {
        /// What was looked for.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// A file or folder of the output can't be written.
    #[error("cannot write {path}: {source}", path = path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An output can't be put into place, after others have been.
    #[error("cannot write {path}: {source}", path = path.display())]
    Halfway {
        /// The output.
        path: PathBuf,
        /// How many outputs of this run are in place.
        placed: u64,
        /// What the system said.
        source: io::Error,
    },
    /// A file beside the outputs can't be written: the report, a configuration, standard output.
    #[error("cannot write {path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What to do about it.
        hint: &'static str,
    },
    /// A file of the input that everything depends on can't be read.
    #[error("cannot read {path}: {source}", path = path.display())]
    Input {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run holds the output folder.
    #[error("another run is writing to {path}", path = path.display())]
    Locked {
        /// The output folder.
        path: PathBuf,
    },
    /// The image cache can't be read or pruned.
    #[error("cannot use the image cache {path}: {source}", path = path.display())]
    Cache {
        /// The cache's folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A writer could not make its output.
    #[error("the {format} writer failed")]
    Writer {
        /// The writer's name.
        format: &'static str,
        /// What happened.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What does not make sense in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", self.place())]
#[non_exhaustive]
pub struct ConfigurationError {
    /// What does not make sense.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The option that has the wrong value, by its names: `--max-size (epub.max_size)`.
    pub option: Option<String>,
    /// The wrong value.
    pub value: Option<String>,
    /// The configuration file, where it stands in one.
    pub file: Option<PathBuf>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
}

impl ConfigurationError {
    /// What does not make sense and what to do about it, in no file.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        ConfigurationError {
            message: message.into(),
            hint: hint.into(),
            option: None,
            value: None,
            file: None,
            line: None,
        }
    }

    /// Names the file and the line.
    #[must_use]
    pub fn at(self, file: &Path, line: Option<usize>) -> Self {
        ConfigurationError {
            file: Some(file.to_owned()),
            line,
            ..self
        }
    }

    /// The place as it stands before a message.
    fn place(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{}:{line}: ", file.display()),
            (Some(file), None) => format!("{}: ", file.display()),
            (None, _) => String::new(),
        }
    }
}

/// The result of what can end the run.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What does not make sense in the configuration, and what to do about it.
    pub fn configuration(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Error::of_configuration(ConfigurationError::new(message, hint))
    }

    // Not `From`: with two of those, `?` in closures no longer knows which error is meant.
    pub(crate) fn of_configuration(error: ConfigurationError) -> Self {
        Error::Configuration(Box::new(error))
    }

    /// An option, by its names, can't have a value.
    pub fn refused(option: &str, value: &str, hint: impl Into<String>) -> Self {
        let error = ConfigurationError::new(format!("{option} can't be {value:?}"), hint);
        Error::of_configuration(ConfigurationError {
            option: Some(option.to_owned()),
            value: Some(value.to_owned()),
            ..error
        })
    }

    /// The error of a writer, with what caused it: an error of a library, or words.
    pub fn writer(
        format: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Error::Writer {
            format,
            source: source.into(),
        }
    }

    /// The error and what caused it, in one line: each cause once, behind a colon.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            let words = error.to_string();
            // Some errors tell of their cause themselves.
            if !text.ends_with(&words) {
                text += ": ";
                text += &words;
            }
            cause = error.source();
        }
        text
    }

    /// An output error for a path, for use with `map_err`.
    pub fn output(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
        let path = path.to_owned();
        move |source| Error::Output { path, source }
    }

    /// An input error for a path, for use with `map_err`.
    pub fn input(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
        let path = path.to_owned();
        move |source| Error::Input { path, source }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Configuration(error) => Some(error.hint.clone()),
            Error::NoInput { hint, .. } => Some(hint.clone()),
            Error::Output { source, .. } => Some(format!(
                "{}; earlier outputs are untouched",
                output_hint(source.kind())
            )),
            Error::Halfway { source, placed, .. } => Some(format!(
                "{}, then run again; every output is whole, {placed} new, the others as they were",
                output_hint(source.kind())
            )),
            Error::File { hint, .. } => Some((*hint).to_owned()),
            Error::Input { source, .. } => Some(input_hint(source.kind()).to_owned()),
            Error::Locked { .. } => {
                Some("wait for it to end, or let this run wait with --wait SECONDS".to_owned())
            }
            Error::Cache { source, .. } => Some(cache_hint(source.kind()).to_owned()),
            Error::Writer { .. } => Some(
                "this is a defect of the writer: please report it with the article that causes it"
                    .to_owned(),
            ),
        }
    }
}

fn output_hint(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder that may be written with --out DIR"
        }
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "a file stands where a folder has to be: move it, or choose another folder with --out DIR"
        }
        io::ErrorKind::IsADirectory => {
            "a folder stands where a file has to be: move it, or choose another folder with --out DIR"
        }
        _ => "check the output folder and its disk",
    }
}

fn input_hint(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::WouldBlock => {
            "the system starts no more threads: wait until it has less to do, or allow more"
        }
        _ => "check that the path exists and may be read",
    }
}

fn cache_hint(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::ResourceBusy => "wait for the run to end, then prune",
        _ => "name a folder that may be written with --image-cache DIR",
    }
}

/// Something was skipped, lost, replaced or guessed. A warning never ends the run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Warning {
    /// What kind of thing happened.
    pub code: Code,
    /// The file, relative to where the user stands.
    pub path: Option<String>,
    /// The number of the article in a file that holds several, counted from 1.
    pub item: Option<u32>,
    /// The line in it, counted from 1.
    pub line: Option<u32>,
    /// What happened.
    pub message: String,
    /// What can be done about it.
    pub hint: Option<String>,
    /// Whether an earlier run told the same of the article, which did not change: a terminal need not
    /// say it again.
    #[serde(skip)]
    pub is_repeated: bool,
}

impl Warning {
    /// A warning without a place (see [`Warning::at`]), with what can usually be done about its kind.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Warning {
            code,
            path: None,
            item: None,
            line: None,
            message: message.into(),
            hint: Some(code.hint().to_owned()),
            is_repeated: false,
        }
    }

    /// Names the file and the line.
    pub fn at(mut self, path: impl Into<String>, line: u32) -> Self {
        self.path = Some(path.into());
        self.line = Some(line);
        self
    }

    /// Names the file.
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says what can be done, where more is known than what usually can.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(formatter, "{path}")?;
            match (self.item, self.line) {
                (Some(item), Some(line)) => write!(formatter, " item {item}, line {line}: ")?,
                (Some(item), None) => write!(formatter, " item {item}: ")?,
                (None, Some(line)) => write!(formatter, ":{line}: ")?,
                (None, None) => write!(formatter, ": ")?,
            }
        }
        write!(formatter, "{} [{}]", self.message, self.code)
    }
}

/// Declares the codes once: meaning, name in the report, whether something was lost, and what can
/// usually be done.
macro_rules! codes {
    ($(#[doc = $meaning:literal] $variant:ident = $name:literal, $loss:literal, $hint:literal;)*) => {
        /// The kinds of warning. Their names are part of the report's contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name in reports and messages.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// What happened, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning.trim_ascii()),* }
            }

            /// What can usually be done. A warning may know better.
            pub fn hint(self) -> &'static str {
                match self { $(Code::$variant => $hint),* }
            }

            /// Whether something was skipped, lost or replaced, so that `--strict` objects. The
            /// other codes tell of a guess or an oddity only.
            pub fn is_loss(self) -> bool {
                match self { $(Code::$variant => $loss),* }
            }
        }
    };
}

codes! {
    /// A file that is meant as an article has no header that can be read.
    HeaderMissing = "header-missing", true,
        "it should begin with the lines <!--EPOCH-->, [title](address) and ------";
    /// The line of hyphens between header and text is missing.
    SeparatorMissing = "separator-missing", true,
        "put a line `------` after the line [title](address)";
    /// A saved page holds no article: it is a list, an error, a log-in or a challenge.
    PageWithoutArticle = "page-without-article", true,
        "save the article's own page again, or delete the file; `offprint inspect FILE` shows it";
    /// A file or folder can't be read from the disk.
    FileUnreadable = "file-unreadable", true,
        "check that the file is there and may be read";
    /// An article made the program fail; it is left out.
    ArticleFailed = "article-failed", true,
        "please report it with the file; all other articles are written";
    /// A feed is not whole, or holds nothing; what can be read of it is.
    FeedBroken = "feed-broken", true,
        "fetch or save the feed again";
    /// An export, a book or another container is not whole, or holds nothing; what can be read of it is.
    ExportBroken = "export-broken", true,
        "export or download it again";
    /// Items of an export are no articles, or their texts are not in it; they are left out.
    ItemsLeftOut = "items-left-out", false,
        "nothing needs to be done, unless they should be read";
    /// The article has no text.
    BodyEmpty = "body-empty", false,
        "save the article again, or delete the file";
    /// The epoch in the header is not a number.
    EpochUnreadable = "epoch-unreadable", false,
        "write milliseconds since 1970; a byline or front matter may give the date instead";
    /// The epoch in the header was in seconds.
    EpochInSeconds = "epoch-in-seconds", false,
        "write milliseconds since 1970: three more zeros";
    /// The byline has a date that can't be read, or that the calendar lacks.
    BylineDateUnreadable = "byline-date-unreadable", false,
        "the names in the byline are kept as authors; write the date as 2021-12-31";
    /// The article has no date that can be read.
    DateMissing = "date-missing", false,
        "the article is kept and stands behind those that have a date";
    /// Of two saves of one article with differing texts, one stands for both.
    TextReplaced = "text-replaced", true,
        "look at both files, and delete the one that is not wanted";
    /// The article's date lies after the year 2099.
    DateInFuture = "date-in-future", false,
        "check the clock of the machine that saved the article";
    /// The file is not UTF-8 and was read in another charset.
    EncodingGuessed = "encoding-guessed", false,
        "if it looks wrong, name the charset with --encoding NAME";
    /// Some bytes are no characters and were replaced by U+FFFD.
    BytesReplaced = "bytes-replaced", true,
        "save the article again, or name its charset with --encoding NAME";
    /// The source address is no address.
    AddressUnreadable = "address-unreadable", false,
        "the article is kept, without a link to its source";
    /// The front matter can't be read.
    FrontMatterUnreadable = "front-matter-unreadable", false,
        "correct the line that is named; the other fields are used";
    /// The article was nested deeper than the model goes; the text was kept.
    NestingCut = "nesting-cut", false,
        "nothing needs to be done; `offprint inspect FILE` shows what came of it";
    /// A formula became a line of text; its signs were kept.
    FormulaFlattened = "formula-flattened", true,
        "save the article with the formula as a picture; `offprint inspect FILE` shows what came of it";
    /// A picture could not be had; a placeholder stands for it.
    ImageMissing = "image-missing", true,
        "a later run tries again; or put the picture into a folder named with --image-mirror DIR";
    /// A picture is of a kind that can't be used; a placeholder stands for it.
    ImageUnusable = "image-unusable", true,
        "put a JPEG, PNG, GIF or WebP in its place, in a folder named with --image-mirror DIR";
    /// The end of a picture is missing; what is there is shown, the rest is grey or coarser.
    ImageCut = "image-cut", true,
        "put the whole picture into a folder named with --image-mirror DIR";
    /// The address of a picture is not allowed.
    ImageRefused = "image-refused", true,
        "if the address is one of your own network, allow such with --allow-private-network";
    /// The image cache can't be used.
    CacheUnusable = "cache-unusable", false,
        "name a folder that may be written with --image-cache DIR; this run's pictures are not kept";
    /// What the run made of what could not be noted; the next run makes everything anew.
    StateUnwritable = "state-unwritable", false,
        "name a folder that may be written with --image-cache DIR; until then each run makes everything anew";
    /// The output folder can't be locked against other runs.
    LockMissing = "lock-missing", false,
        "name a folder for the image cache on a file system with locks (--image-cache DIR), and start one run at a time";
    /// Time or bytes for pictures ran out; the next run goes on.
    ImageBudgetSpent = "image-budget-spent", true,
        "run again, or allow more with images.time_budget and images.max_total";
    /// An output of an earlier run is no longer made.
    OutputStale = "output-stale", false,
        "remove such outputs with --prune";
    /// Outputs that are no longer made were not removed, though `--prune` asks for that.
    PruneSkipped = "prune-skipped", false,
        "let the next run read what this one could not, or remove by hand what is not wanted";
    /// A volume is larger than the bound, since one article alone is.
    VolumeTooLarge = "volume-too-large", false,
        "allow larger volumes with --max-size, or smaller pictures with --profile";
    /// A book has no known language, and its device refuses such a book: it says that it is English.
    LanguageAssumed = "language-assumed", false,
        "name the language with --language";
    /// A feed was larger than the bound; its oldest texts became summaries.
    FeedShortened = "feed-shortened", true,
        "allow larger feeds with feeds.max_bytes, or fewer articles with --items";
    /// A feed that is subscribed to could not be had.
    FeedUnavailable = "feed-unavailable", true,
        "a later run tries again; look at its address, or unsubscribe";
    /// A feed is elsewhere than where it is subscribed to.
    FeedMoved = "feed-moved", false,
        "subscribe to the address that is named; until then it is asked for there";
    /// A feed is gone for ever.
    FeedGone = "feed-gone", true,
        "unsubscribe from it";
    /// The page behind an item or on a reading list could not be had.
    PageUnavailable = "page-unavailable", true,
        "nothing needs to be done: a page that may come is asked for again";
    /// An item of a feed has no date; it is dated by the run that saved it.
    ItemUndated = "item-undated", false,
        "correct the first line of the file by hand, if the date matters";
    /// The text of an item is another at every visit.
    EditionsMany = "editions-many", false,
        "switch editions off with pull.editions = false";
    /// The archive documents of a feed can't name each other, so no subscriber finds them.
    FeedArchiveUnlinked = "feed-archive-unlinked", false,
        "name the address of the output folder with --base-url URL";
    /// A selector that the configuration names for a site matches nothing in its articles.
    SelectorUnmatched = "selector-unmatched", false,
        "look with `offprint inspect` at what the site calls the element now, or take the selector out";
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let mut codes = Code::ALL.iter().copied();
        let code = codes.find(|code| code.name() == name);
        code.ok_or_else(|| serde::de::Error::custom(format!("there is no code {name:?}")))
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
