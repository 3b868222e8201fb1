//! The kinds of warning, and what can usually be done about each.

use std::fmt;

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
    /// A file that no noted run had made stood in an output's place, and was replaced.
    OutputReplaced = "output-replaced", false,
        "keep the folder of the image cache from run to run, or name an output folder of its own with --out";
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
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let mut codes = Code::ALL.iter().copied();
        let code = codes.find(|code| code.name() == name);
        code.ok_or_else(|| serde::de::Error::custom(format!("there is no code {name:?}")))
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
