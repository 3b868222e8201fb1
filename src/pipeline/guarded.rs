//! A panic on an article's way costs that article: parsers, charset detectors and readers or writers
//! of somebody else may have defects that one text in a million meets.

use crate::error::{Code, Warning, said_by_panic};
use std::panic::{self, AssertUnwindSafe};

/// Does some work for an article of a file; a panic becomes a warning.
///
/// What the work changed before it panicked must not be used: callers drop it with the article.
pub(super) fn guarded<T>(
    path: &str,
    work: impl FnOnce() -> Result<T, Warning>,
) -> Result<T, Warning> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let message = format!(
            "the article makes the program fail: {}",
            said_by_panic(panic.as_ref())
        );
        Err(Warning::new(Code::ArticleFailed, message).in_file(path))
    })
}
