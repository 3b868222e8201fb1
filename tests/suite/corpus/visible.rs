//! The visible text of an archive's file, found without the program's help: its own reading of the
//! file's head, and the plain text of the parsed markup.

use scraper::{Html, Node};

/// A file's text.
pub struct Body {
    /// The markup behind head and byline.
    pub markup: String,
    /// Whether it is the article's own HTML: behind the header's line of hyphens.
    pub own: bool,
}

/// Elements whose text nobody sees, or that are no text: scripts and their stand-ins, forms' controls,
/// what shows only where something can't play.
const UNSEEN: [&str; 28] = [
    "script",
    "style",
    "noscript",
    "template",
    "title",
    "head",
    "iframe",
    "noembed",
    "noframes",
    "button",
    "select",
    "textarea",
    "option",
    "input",
    "datalist",
    "meter",
    "progress",
    "video",
    "audio",
    "object",
    "embed",
    "canvas",
    "dialog",
    "desc",
    "metadata",
    "annotation",
    "rp",
    "meta",
];

/// Classes of what only screen readers say.
const SPOKEN: [&str; 4] = [
    "off-screen",
    "screen-reader-text",
    "visually-hidden",
    "sr-only",
];

/// Splits a file into its head and its text.
pub fn body(bytes: &[u8]) -> Body {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let behind_matter = text.strip_prefix("---\n").and_then(|rest| {
        let (_, behind) = rest.split_once("\n---")?;
        Some(behind.trim_start_matches('-').trim_start())
    });
    let rest = behind_matter.unwrap_or(text);
    let headed = rest.starts_with("<!--") || rest.starts_with('[');
    let Some((_, markup)) = rest.split_once("\n------").filter(|_| headed) else {
        return Body {
            markup: rest.to_owned(),
            own: false,
        };
    };
    Body {
        markup: without_byline(markup.trim_start_matches('-').trim_start()).to_owned(),
        own: true,
    }
}

/// The text behind a line with the date, and behind a first element that holds a time.
fn without_byline(markup: &str) -> &str {
    let markup = match markup.split_once('\n') {
        Some((first, rest)) if first.starts_with("日期") => rest.trim_start(),
        _ => markup,
    };
    let Some((line, rest)) = markup
        .strip_prefix("<div>")
        .and_then(|rest| rest.split_once("</div>"))
    else {
        return markup;
    };
    let bare: String = line
        .replace("<i>", "")
        .replace("</i>", "")
        .replace("<br>", "");
    let byline = !bare.contains('<') && bare.len() < 2_000;
    if byline { rest } else { markup }
}

/// The characters that take room, in the order of the markup.
pub fn characters(markup: &str) -> Vec<char> {
    let html = Html::parse_fragment(markup);
    let mut found = Vec::new();
    let mut open = vec![html.tree.root()];
    while let Some(node) = open.pop() {
        match node.value() {
            Node::Text(text) => found.extend(text.chars().filter(takes_room)),
            Node::Element(element)
                if UNSEEN.contains(&element.name())
                    || element.classes().any(|class| SPOKEN.contains(&class)) => {}
            _ => {
                let children: Vec<_> = node.children().collect();
                open.extend(children.into_iter().rev());
            }
        }
    }
    found
}

/// Whether a reader sees a character.
pub fn takes_room(c: &char) -> bool {
    let invisible = matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}'
        | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}');
    !c.is_whitespace() && !c.is_control() && !invisible
}
