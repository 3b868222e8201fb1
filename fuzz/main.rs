//! Fuzz targets: what holds of any bytes whatever, told to a fuzzer through the library's public door.
//!
//! `cargo test --test fuzz` replays the kept corpus (`__fuzz__/TARGET/corpus`), what once failed
//! (`__fuzz__/TARGET/crashes`), and some random inputs, the same ones each time
//! (`OFFPRINT_TEST_SEED` says which). `tests/fuzz.sh` runs the same targets for long under
//! libFuzzer, led by coverage. Where a target reads text, bytes that are UTF-8 stand for
//! themselves and all others for words of that target (`spelling.rs`), so that random bytes say
//! something and corpus files can be written by hand.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a target that finds something panics"
)]

mod archive;
mod books;
mod check;
mod configuration;
mod dates;
mod drawing;
mod exports;
mod feeds;
mod headers;
mod markdown;
mod markup;
mod model;
#[path = "../tests/suite/numbers.rs"]
mod numbers;
mod pages;
mod pictures;
mod random;
mod spelling;
mod web_archives;
mod wordpress;
mod written;

use std::time::Duration;

/// A target of the given name: so many random inputs in the suite, beside the kept ones.
macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident: $iterations:literal;)*) => {
        $(
            $(#[$doc])*
            #[test]
            fn $name() {
                bolero::check!()
                    .with_iterations(0)
                    .with_test_time(Duration::MAX)
                    .with_shrink_time(Duration::ZERO)
                    .for_each(|bytes: &[u8]| $name::holds(bytes));
                random::inputs($iterations, $name::holds);
            }
        )*
    };
}

targets! {
    /// A file's head: header lines, front matter, byline, charset.
    headers: 1500;
    /// A feed that is read.
    feeds: 600;
    /// Markdown that is read.
    markdown: 600;
    /// A book that is read.
    books: 200;
    /// A saved page, by itself or in MHTML.
    pages: 300;
    /// A web archive that is read, by itself, in gzip or as WACZ.
    web_archives: 150;
    /// An export that is read.
    exports: 300;
    /// A WordPress export that is read.
    wordpress: 300;
    /// A time as people and sites write it.
    dates: 6000;
    /// Markup that becomes the model's tree.
    markup: 400;
    /// The model's tree that becomes markup, and that again a tree.
    model: 400;
    /// A picture's bytes.
    pictures: 200;
    /// A configuration file.
    configuration: 600;
    /// What `check` reads: books, feeds, pictures.
    check: 200;
    /// Files of an archive that become feeds and a book.
    archive: 12;
}
