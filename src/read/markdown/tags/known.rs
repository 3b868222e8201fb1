//! What the tags of Jekyll, Hexo and Hugo show.

use super::variables::hidden;
use super::{Kind, Place, Tag, boxes};
use crate::read::markdown::marks::PICTURES;

/// What a tag is for.
pub(super) fn kind(tag: &Tag<'_>) -> Kind {
    match tag.name.to_ascii_lowercase().as_str() {
        "raw" | "verbatim" => Kind::Raw,
        "comment" | "css" | "js" | "javascript" | "stylesheet" | "for" => Kind::Hidden,
        "highlight" | "codeblock" | "code" | "prism" | "raw-code" | "mermaid" | "katex"
        | "math" => Kind::Listing,
        _ => Kind::Other,
    }
}

/// Whether what a pair of tags encloses is set off as code by Markdown's own marks.
pub(super) fn is_fenced(inside: Option<&str>) -> bool {
    inside.is_some_and(|inside| inside.trim_start().starts_with(['`', '~']))
}

/// The fence before a listing.
pub(super) fn listing(tag: &Tag<'_>) -> String {
    if is_formula(tag) {
        return "\n\n$$".to_owned();
    }
    let is_language = |word: &&str| {
        word.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-'))
    };
    let language = match tag.name {
        "mermaid" => "mermaid",
        _ => tag.named(&["lang", "language"]).unwrap_or_else(|| {
            let stripped = tag.value(0).unwrap_or_default();
            let language = stripped.strip_prefix("lang:").unwrap_or(stripped);
            Some(language).filter(is_language).unwrap_or_default()
        }),
    };
    format!("\n\n``````{language}\n")
}

/// The fence behind a listing.
pub(super) fn listing_end(tag: &Tag<'_>) -> &'static str {
    match is_formula(tag) {
        true => "$$\n\n",
        false => "\n``````\n",
    }
}

fn is_formula(tag: &Tag<'_>) -> bool {
    matches!(tag.name, "katex" | "math")
}

/// What stands for a tag.
pub(super) fn shown(tag: &Tag<'_>, place: &Place<'_>) -> String {
    let name = tag.name.to_ascii_lowercase();
    if let Some(shown) = named(tag, &name, place.has_end) {
        return shown;
    }
    if place.has_end {
        return pair(tag, &name, place);
    }
    if tag.closes {
        return hidden(place.written);
    }
    single(tag, &name, place)
}

/// What the tags show that are known by their names.
fn named(tag: &Tag<'_>, name: &str, has_end: bool) -> Option<String> {
    let word = |number| tag.value(number).unwrap_or_default();
    let opens = !tag.closes;
    Some(match name {
        "more" | "toc" | "raw" | "excerpt" | "truncate" => String::new(),
        "post_url" | "post_path" | "asset_path" | "ref" | "relref" if opens => word(0).to_owned(),
        "link" if opens && !has_end && tag.address().is_none() => word(0).to_owned(),
        "post_link" | "asset_link" if opens => link(tag)?,
        "img" | "image" | "asset_img" | "figure" | "picture" | "include" | "inlineimage"
        | "fullimage"
            if opens =>
        {
            picture(tag).or_else(|| film(tag, word(0)))?
        }
        "gist" => bare(&gist(tag)?),
        "github" if !has_end => bare(&format!("https://github.com/{}", repository(tag)?)),
        "tweet" | "twitter" | "x" if !has_end => bare(&tweet(tag)?),
        "blockquote" | "quote" | "centerquote" | "pullquote" | "cq" if has_end => quotation(tag),
        _ if !has_end && opens => film(tag, name)?,
        _ => return None,
    })
}

/// A film by the name of where it is shown.
fn film(tag: &Tag<'_>, name: &str) -> Option<String> {
    let provider = tag
        .named(&["provider"])
        .unwrap_or(name)
        .to_ascii_lowercase();
    let (before, of_address) = [
        ("youtube", "https://www.youtube.com/embed/", "v="),
        ("vimeo", "https://player.vimeo.com/video/", "vimeo.com/"),
        (
            "bilibili",
            "https://player.bilibili.com/player.html?bvid=",
            "video/",
        ),
    ]
    .iter()
    .find_map(|(known, before, mark)| provider.contains(known).then_some((*before, *mark)))?;
    if let Some(address) = tag.address() {
        let behind = address.split_once(of_address).map(|(_, behind)| behind);
        let behind = behind.or_else(|| address.rsplit('/').next())?;
        let end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-');
        let id = behind.split(end).next().filter(|id| !id.is_empty())?;
        return Some(frame(before, id));
    }
    Some(frame(before, id(tag)?))
}

/// One of a pair that is not known by its name: an address makes it a link around what it encloses.
fn pair(tag: &Tag<'_>, name: &str, place: &Place<'_>) -> String {
    let is_link = matches!(name, "button" | "btn" | "link" | "cta" | "a");
    if is_link && tag.closes {
        return "</a>".to_owned();
    }
    if is_link {
        let address = tag.address().unwrap_or_default();
        return format!("<a href=\"{}\">", quoted(address));
    }
    if let Some(shown) = boxes::shown(tag, name, place) {
        return shown;
    }
    match tag.address() {
        Some(address) if !tag.closes => format!("\n\n{}\n\n", bare(address)),
        _ => String::new(),
    }
}

/// A tag by itself that is not known by its name: its pictures, the address that it names, else its words.
fn single(tag: &Tag<'_>, name: &str, place: &Place<'_>) -> String {
    let values = tag.arguments.iter().map(|argument| argument.value);
    let pictures: Vec<&str> = values.filter(|value| is_picture(value)).collect();
    if !pictures.is_empty() {
        let alternative = tag.named(&["alt", "caption", "title"]).unwrap_or_default();
        let images = pictures.iter().map(|source| image(source, alternative));
        return images.collect::<Vec<_>>().join(" ");
    }
    if let Some(address) = tag.address() {
        let is_label = |word: &&str| {
            !word.contains("://") && !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit())
        };
        let named = tag.named(&["title", "text", "label", "caption"]);
        let words: Vec<&str> = tag.values().filter(is_label).collect();
        let words = named.map_or_else(|| words.join(" "), str::to_owned);
        return match words.is_empty() {
            true => bare(address),
            false => anchor(address, &words),
        };
    }
    let words = words(tag, name, place).map(|words| words.trim().to_owned());
    words
        .filter(|words| !words.is_empty())
        .unwrap_or_else(|| hidden(place.written))
}

/// The words that a tag shows.
fn words(tag: &Tag<'_>, name: &str, place: &Place<'_>) -> Option<String> {
    match name {
        "checkbox" | "radio" => {
            let done = tag.values().any(|value| value == "checked");
            let sign = if done { "☑ " } else { "☐ " };
            tag.values().last().map(|last| format!("{sign}{last}"))
        }
        "label" => {
            let (_, text) = place.written.split_once('@')?;
            Some(text.trim_end_matches(['%', '}', '>', '-', ' ']).to_owned())
        }
        "kbd" | "u" | "emp" | "wavy" | "del" | "span" | "sup" | "sub" => {
            Some(tag.values().collect::<Vec<_>>().join(" "))
        }
        "include" | "extends" | "import" | "set" | "assign" | "param" => None,
        _ => {
            let keys = [
                "text", "body", "content", "caption", "message", "label", "title", "summary",
            ];
            let named = tag.named(&keys).filter(|value| !value.contains("://"));
            let words = named.or_else(|| tag.quoted());
            words
                .filter(|words| boxes::is_words(words))
                .map(str::to_owned)
        }
    }
}

/// Whether a value is a picture's address or path, and no pattern of several.
fn is_picture(value: &str) -> bool {
    let path = value.split(['?', '#']).next().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    !path.contains(['*', ' '])
        && PICTURES
            .iter()
            .any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
}

fn image(source: &str, alternative: &str) -> String {
    let (source, alternative) = (quoted(source), quoted(alternative));
    format!("<img src=\"{source}\" alt=\"{alternative}\">")
}

fn repository<'text>(tag: &Tag<'text>) -> Option<&'text str> {
    let name = tag
        .named(&["repo", "repository"])
        .or_else(|| tag.value(0))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    (name.chars().all(plain) && name.matches('/').count() == 1).then_some(name)
}

/// The pictures of Hexo stand behind their classes and before their size and title.
fn picture(tag: &Tag<'_>) -> Option<String> {
    let has_ending = |word: &&str| word.contains(['.', '/']) && !word.contains(' ');
    let file = tag
        .value(0)
        .filter(|_| tag.name == "include")
        .unwrap_or_default();
    if file.contains("youtube") || file.contains("video") {
        return None;
    }
    let source = tag.named(&["src", "image_path", "link", "url", "path", "image", "img"]);
    let first = || {
        tag.values()
            .find(has_ending)
            .filter(|_| tag.name != "include")
    };
    let source = source.or_else(first)?;
    let rest = tag
        .arguments
        .iter()
        .skip_while(|argument| argument.value != source);
    let rest = rest.skip(1).filter(|argument| argument.key.is_empty());
    let (quoted_words, words): (Vec<_>, Vec<_>) = rest
        .filter(|argument| !argument.value.chars().all(|c| c.is_ascii_digit()))
        .partition(|argument| argument.quoted);
    // `"title" "alternative"`, or the words of a title.
    let title = match quoted_words.last() {
        Some(last) => last.value.to_owned(),
        None => words
            .iter()
            .map(|word| word.value)
            .collect::<Vec<_>>()
            .join(" "),
    };
    let caption = tag.named(&["caption", "title"]);
    let alternative = tag.named(&["alt"]).or(caption).unwrap_or(&title);
    let image = image(source, alternative);
    Some(match caption {
        // Hugo reads a caption as Markdown.
        Some(caption) if tag.name == "figure" && caption.contains(['*', '_', '`', '[']) => format!(
            "\n\n<figure>{image}\n\n<figcaption>\n\n<span></span>{caption}\n\n</figcaption>\n\n</figure>\n\n"
        ),
        Some(caption) if tag.name == "figure" || file.contains("figure") => format!(
            "\n\n<figure>{image}<figcaption>{}</figcaption></figure>\n\n",
            quoted(caption)
        ),
        _ => image,
    })
}

/// `{% post_link slug title %}`
fn link(tag: &Tag<'_>) -> Option<String> {
    let target = tag.value(0)?;
    let words: Vec<&str> = tag
        .values()
        .skip(1)
        .filter(|word| *word != "false")
        .collect();
    Some(if words.is_empty() {
        target.to_owned()
    } else {
        words.join(" ")
    })
}

fn id<'text>(tag: &Tag<'text>) -> Option<&'text str> {
    let id = tag.named(&["id", "v"]).or_else(|| tag.value(0))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    id.chars().all(plain).then_some(id)
}

fn frame(before: &str, id: &str) -> String {
    format!("\n\n<iframe src=\"{before}{id}\"></iframe>\n\n")
}

fn gist(tag: &Tag<'_>) -> Option<String> {
    let owner = tag.value(0)?;
    let path = tag.value(1).filter(|word| !word.contains('.'));
    let path = path.map_or_else(|| owner.to_owned(), |number| format!("{owner}/{number}"));
    Some(format!("https://gist.github.com/{path}"))
}

fn tweet(tag: &Tag<'_>) -> Option<String> {
    let first = tag.value(0);
    if let Some(address) = first.filter(|word| word.starts_with("http")) {
        return Some(address.to_owned());
    }
    let number = tag
        .named(&["id"])
        .or_else(|| tag.values().last())
        .or(first)?;
    let user = tag.named(&["user"]).unwrap_or("i/web");
    Some(format!("https://twitter.com/{user}/status/{number}"))
}

/// An address that is shown as it stands.
fn bare(address: &str) -> String {
    anchor(address, address)
}

fn anchor(address: &str, words: &str) -> String {
    let address = address.replace(['<', '>', ' ', '\n'], "");
    let words = quoted(words);
    format!("<a href=\"{}\">{words}</a>", quoted(&address))
}

/// The beginning or the end of a quotation. Who said it stands at its end in Hexo, and at the
/// beginning of what can be told here.
fn quotation(tag: &Tag<'_>) -> String {
    if tag.closes {
        return "\n\n</blockquote>\n\n".to_owned();
    }
    let mut words: Vec<&str> = tag.values().collect();
    words.extend(tag.named(&["author", "by", "cite", "source", "name"]));
    match words.is_empty() {
        true => "\n\n<blockquote>\n\n".to_owned(),
        false => format!("\n\n<blockquote>\n\n{}\n\n", words.join(" ")),
    }
}

/// A text as the value of an attribute.
fn quoted(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace(['\n', '\r'], " ")
}
