//! Counts warnings that are too many to be shown one by one, by host and reason.

use offprint::Warning;
use std::collections::BTreeMap;

/// Warnings of one code about one host, or with one message.
#[derive(Debug, Default)]
pub struct Row<'warnings> {
    /// The host that gave cause; none where none did.
    pub host: Option<&'warnings str>,
    /// The number of warnings.
    pub count: usize,
    /// The reasons: how often each was given, and how much it tells of why.
    reasons: BTreeMap<&'warnings str, Reason>,
    /// The first files in which that happened, with their lines.
    pub examples: Vec<String>,
}

/// How often a reason was given, and how often as a cause of its own.
#[derive(Clone, Copy, Debug, Default)]
struct Reason {
    given: usize,
    causing: usize,
}

/// The number of files that stand for the others of a row.
const EXAMPLES: usize = 2;

/// The rows of some warnings, most frequent first, then by host and reason.
pub fn rows<'warnings>(
    warnings: impl IntoIterator<Item = &'warnings Warning>,
) -> Vec<Row<'warnings>> {
    let mut rows: BTreeMap<(Option<&str>, &str), Row<'_>> = BTreeMap::new();
    for warning in warnings {
        let cause = warning.cause.as_ref();
        let host = cause.map(|cause| cause.host.as_str());
        let words = cause.map_or(&warning.message, |cause| &cause.reason);
        // A host is one row, whatever it answered; what names no host is parted by what it says.
        let key = (host, host.map_or(words.as_str(), |_| ""));
        let row = rows.entry(key).or_default();
        row.host = host;
        row.count += 1;
        let reason = row.reasons.entry(words).or_default();
        reason.given += 1;
        reason.causing += usize::from(cause.is_none_or(|cause| !cause.is_consequence));
        if row.examples.len() < EXAMPLES {
            let example = example(warning).filter(|example| !row.examples.contains(example));
            row.examples.extend(example);
        }
    }
    let mut rows: Vec<Row<'_>> = rows.into_values().collect();
    // The sort is stable, so rows of the same count stay in the order of the map.
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// The one reason that all warnings of several hosts give, if they give one.
pub fn common_reason<'rows>(rows: &'rows [Row<'_>]) -> Option<&'rows str> {
    let (first, _) = rows.first().filter(|_| rows.len() > 1)?.reason();
    let agrees = |row: &Row<'_>| row.host.is_some() && row.reason() == (first, 0);
    rows.iter().all(agrees).then_some(first)
}

impl Row<'_> {
    /// The reason that was given most often, and for how many warnings others were. That a host was
    /// not asked says less than why it was not.
    pub fn reason(&self) -> (&str, usize) {
        let most = self
            .reasons
            .iter()
            .max_by_key(|&(words, reason)| (reason.causing, std::cmp::Reverse(*words)));
        most.map_or(("", 0), |(words, reason)| {
            (*words, self.count - reason.given)
        })
    }
}

/// The file of a warning, with the line where there is one.
fn example(warning: &Warning) -> Option<String> {
    let path = warning.path.as_ref()?;
    Some(match warning.line {
        Some(line) => format!("{path}:{line}"),
        None => path.clone(),
    })
}
