//! The highlights of an item, in Markdown: quotations, each with the remark and the labels below it.

use crate::read::exports::highlights::Highlight;
use crate::read::front_matter::yaml::Fields;
use crate::read::markdown;

/// The highlights of a file, in order.
pub(super) fn read(text: &str) -> Vec<Highlight> {
    let mut found: Vec<Highlight> = Vec::new();
    let mut remark = String::new();
    let mut in_quote = false;
    for line in text.lines() {
        let quoted = line.trim_start().strip_prefix('>');
        match (quoted, in_quote) {
            (Some(quoted), true) => {
                if let Some(last) = found.last_mut() {
                    last.quote.push('\n');
                    last.quote.push_str(quoted.trim_start());
                }
            }
            (Some(quoted), false) => {
                settle(&mut found, &mut remark);
                found.push(Highlight {
                    quote: quoted.trim_start().to_owned(),
                    remark: String::new(),
                });
            }
            (None, _) => {
                remark.push_str(line);
                remark.push('\n');
            }
        }
        in_quote = quoted.is_some();
    }
    settle(&mut found, &mut remark);
    found
}

/// Gives what stands below a quotation to it; what stands above the first is a remark on all.
fn settle(found: &mut Vec<Highlight>, remark: &mut String) {
    let text = std::mem::take(remark);
    if text.trim().is_empty() {
        return;
    }
    let html = markdown::html(&text, &Fields::default());
    match found.last_mut() {
        Some(last) => last.remark = html,
        None => found.push(Highlight {
            quote: String::new(),
            remark: html,
        }),
    }
}
