//! Whether a body is HTML or Markdown: both may begin with a tag, and either may lie behind front matter.

use super::lines::split_lines;

/// The part of a body that decides, in bytes.
const DECISIVE: usize = 8 * 1024;

/// Whether a body is HTML rather than Markdown. One that is blank is neither, and no HTML.
pub(in crate::read) fn is_html(body: &str) -> bool {
    let body = body.trim_start();
    let sample = body
        .get(..body.floor_char_boundary(DECISIVE))
        .unwrap_or(body);
    // Site generators fill in their tags in Markdown, in which HTML may stand.
    if ["{{<", "{{%", "{% "].iter().any(|tag| sample.contains(tag)) {
        return false;
    }
    let (mut tags, mut marks) = (0_usize, 0_usize);
    for line in split_lines(sample) {
        tags += usize::from(holds_tags(line));
        marks += usize::from(is_markdown(line));
    }
    if begins_with_tag(sample) {
        tags > marks
    } else {
        tags > 0 && marks == 0 && sample.contains("</p>")
    }
}

/// Whether a body is Markdown that says more than its headings do.
pub(in crate::read) fn is_prose(body: &str) -> bool {
    let says = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    !is_html(body) && split_lines(body).any(says)
}

fn begins_with_tag(text: &str) -> bool {
    text.strip_prefix('<').is_some_and(|rest| {
        let name = rest.trim_start_matches(['/', '!']);
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(name.len());
        // `<https://…>` is a link of Markdown.
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
            && !name.get(end..).unwrap_or_default().starts_with(':')
    })
}

fn holds_tags(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    let tags = [
        "<p>",
        "<p ",
        "</p>",
        "<div",
        "</div>",
        "<br",
        "<span",
        "<h1",
        "<h2",
        "<h3",
        "<h4",
        "<ul",
        "<ol",
        "<li",
        "<a ",
        "<figure",
        "<article",
        "<section",
        "<blockquote",
        "<html",
        "<body",
        "<!doctype",
        "<table",
        "<img",
    ];
    tags.iter().any(|tag| line.contains(tag))
}

/// Whether a line has something that only Markdown gives a meaning.
fn is_markdown(line: &str) -> bool {
    let text = line.trim_start();
    let heading = text.trim_start_matches('#');
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (heading.len() < text.len() && heading.starts_with(' '))
        || ["- ", "* ", "+ ", "> ", "```", "~~~", "|"]
            .iter()
            .any(|mark| text.starts_with(mark))
        || (number.len() < text.len() && number.starts_with(". "))
        || line.contains("](")
        || line.contains("**")
        || (!text.is_empty() && !text.contains('<') && text.len() > 80)
}
