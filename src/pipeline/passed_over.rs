//! What to say where files are found and none of them holds an article.

use super::inputs;
use crate::config::{Input, Settings};
use crate::read::{FileKind, Seeming, source_seems_to_be};

/// The most files that are looked at.
const MOST_FILES: usize = 1_000;

/// The files of a kind.
struct Group {
    kind: &'static FileKind,
    /// The first of them, as messages name it.
    first: String,
    files: usize,
    addresses: usize,
}

/// What the files of the inputs seem to be, in words, and what to do with those that are most. Nothing
/// where no file's kind is known.
pub(super) fn described(settings: &Settings) -> Option<(String, String)> {
    // Standard input has been read already.
    let inputs = settings
        .inputs
        .iter()
        .filter(|input| !matches!(input, Input::Stdin));
    let inputs: Vec<Input> = inputs.cloned().collect();
    let inputs = inputs::list(&inputs, &settings.out, |_| false).ok()?;
    let mut groups: Vec<Group> = Vec::new();
    for file in 0..inputs.len().min(MOST_FILES) {
        let opened = inputs.open(file).ok();
        if let Some(seeming) = opened.and_then(|opened| source_seems_to_be(opened.source.as_ref()))
        {
            add(&mut groups, seeming, || inputs.display(file));
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.files));
    let most = groups.first()?;
    let advice = most.kind.advice.replace("FILE", &shell_word(&most.first));
    let known: usize = groups.iter().map(|group| group.files).sum();
    let mut words: Vec<String> = groups.iter().map(words).collect();
    if inputs.len() > known {
        words.push(format!("{} of other kinds", inputs.len() - known));
    }
    let files = if inputs.len() == 1 {
        "the file seems"
    } else {
        "these files seem"
    };
    Some((format!("{files} to be: {}", words.join(", ")), advice))
}

fn add(groups: &mut Vec<Group>, seeming: Seeming, path: impl FnOnce() -> String) {
    let addresses = seeming.addresses.unwrap_or(0);
    match groups
        .iter_mut()
        .find(|group| group.kind.one == seeming.kind.one)
    {
        Some(group) => {
            group.files += 1;
            group.addresses += addresses;
        }
        None => groups.push(Group {
            kind: seeming.kind,
            first: path(),
            files: 1,
            addresses,
        }),
    }
}

fn words(group: &Group) -> String {
    let mut words = match group.files {
        1 => group.kind.one.to_owned(),
        files => format!("{files} {}", group.kind.several),
    };
    match group.addresses {
        0 => {}
        1 => words += " with 1 address",
        addresses => words += &format!(" with {addresses} addresses"),
    }
    words
}

/// A path as one word of a command line.
fn shell_word(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
