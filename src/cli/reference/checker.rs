//! `checker-rules.md`: every rule of `offprint check`.

use super::cell;
use offprint_check::Rule;

pub fn page() -> String {
    let rows = Rule::ALL
        .iter()
        .map(|rule| format!("| `{rule}` | {} |\n", cell(rule.meaning())));
    format!(
        "## The {} rules\n\n| rule | what holds |\n|---|---|\n{}",
        Rule::ALL.len(),
        rows.collect::<String>()
    )
}
