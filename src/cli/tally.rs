//! Counts warnings that are too many to be shown one by one, by host and reason.

use offprint::Warning;
use std::collections::BTreeMap;

/// Warnings of one code about one host, or with one message.
#[derive(Debug, Default)]
pub struct Row<'warnings> {
    /// The host of the address that the warnings name; none where they name none.
    pub host: Option<&'warnings str>,
    /// The number of warnings.
    pub count: usize,
    /// How often each reason was given.
    reasons: BTreeMap<&'warnings str, usize>,
    /// The first files in which that happened, with their lines.
    pub examples: Vec<String>,
}

/// How the reason begins that a picture was not asked for.
const GIVEN_UP: &str = "its host was given up";

/// The number of files that stand for the others of a row.
const EXAMPLES: usize = 2;

/// The rows of some warnings, most frequent first, then by host and reason.
pub fn rows<'warnings>(
    warnings: impl IntoIterator<Item = &'warnings Warning>,
) -> Vec<Row<'warnings>> {
    let mut rows: BTreeMap<(Option<&str>, &str), Row<'_>> = BTreeMap::new();
    for warning in warnings {
        let (host, reason) = host_and_reason(&warning.message);
        // A host is one row, whatever it answered; what names no host is parted by what it says.
        let key = (host, host.map_or(reason, |_| ""));
        let row = rows.entry(key).or_default();
        row.host = host;
        row.count += 1;
        *row.reasons.entry(reason).or_default() += 1;
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
    /// given up says less than why it was.
    pub fn reason(&self) -> (&str, usize) {
        let most = self
            .reasons
            .iter()
            .map(|(reason, count)| {
                (
                    reason,
                    if reason.starts_with(GIVEN_UP) {
                        &0
                    } else {
                        count
                    },
                )
            })
            .max_by_key(|&(reason, count)| (*count, std::cmp::Reverse(*reason)));
        most.map_or(("", 0), |(reason, _)| {
            let count = self.reasons.get(reason).copied().unwrap_or_default();
            (*reason, self.count - count)
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

/// The host of the first address in a message, and what is said behind it; the whole message where
/// there is no address.
fn host_and_reason(message: &str) -> (Option<&str>, &str) {
    let parts = message.split_once("://").and_then(|(_, rest)| {
        let (address, reason) = rest.split_once(": ")?;
        let host = address.split(['/', '?', '#']).next()?;
        Some((host.rsplit('@').next()?, reason))
    });
    match parts {
        Some((host, reason)) if !host.is_empty() && !host.contains(' ') => (Some(host), reason),
        _ => (None, message),
    }
}
