//! Links as note programs and Markdown write them, where a name is expected.

/// The line with the name of each link in its place: `[[People/Ann Writer|Ann]]`,
/// `[Ann Writer](https://a.example/ann)`.
pub(super) fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (name, after) = wikilink(after)
            .or_else(|| markdown(after))
            .unwrap_or(("[", after));
        text.push_str(name);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The name in a link to a note, and what follows the link. The note is called by the whole name as
/// a rule, while what is shown may be short; the note of an address or a key is called otherwise.
fn wikilink(after: &str) -> Option<(&str, &str)> {
    let (link, after) = after.strip_prefix('[')?.split_once("]]")?;
    let (note, shown) = match link.split_once('|') {
        Some((note, shown)) => (note, Some(shown.trim())),
        None => (link, None),
    };
    let page = note.split('#').next().unwrap_or_default();
    let page = page.rsplit('/').next().unwrap_or_default().trim();
    let page = page.strip_suffix(".md").unwrap_or(page);
    let shown = shown.filter(|shown| !shown.is_empty() && !is_whole_name(page));
    Some((shown.unwrap_or(page), after))
}

/// Whether a note is called by a name of several words or characters.
fn is_whole_name(page: &str) -> bool {
    let is_large = page
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    is_large
        && !page.contains(['_', '@'])
        && !page.chars().any(char::is_numeric)
        && (page.contains(' ') || !page.is_ascii())
}

fn markdown(after: &str) -> Option<(&str, &str)> {
    let (shown, after) = after.split_once("](")?;
    let (_, after) = after.split_once(')')?;
    (!shown.contains(['[', ']'])).then_some((shown, after))
}
