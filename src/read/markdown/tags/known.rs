//! What the tags of Jekyll, Hexo and Hugo show.

use super::Tag;

/// Whether what stands between a pair of tags is code.
pub(super) fn is_listing(name: &str) -> bool {
    matches!(
        name,
        "highlight" | "codeblock" | "code" | "prism" | "raw-code"
    )
}

/// Whether what stands between a pair of tags is never shown.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "comment")
}

/// Whether a variable is the site's address or a part of it.
pub(super) fn is_site(name: &str) -> bool {
    let name = name.split('|').next().unwrap_or_default().trim();
    matches!(
        name,
        "site.baseurl" | "site.url" | "site.base_url" | "base_path" | "site.cdn" | "site.image_url"
    )
}

/// The fence before a listing, and its title.
pub(super) fn listing(tag: &Tag<'_>) -> String {
    let is_language = |word: &&str| {
        word.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-'))
    };
    let language = tag.named(&["lang"]).unwrap_or_else(|| {
        let stripped = tag.value(0).unwrap_or_default();
        let language = stripped.strip_prefix("lang:").unwrap_or(stripped);
        Some(language).filter(is_language).unwrap_or_default()
    });
    format!("\n\n``````{language}\n")
}

/// What stands for a tag. None where it is not known, and stays as written.
pub(super) fn shown(tag: &Tag<'_>, has_end: bool) -> Option<String> {
    let word = |number| tag.value(number).unwrap_or_default();
    Some(match tag.name {
        "raw" | "more" | "toc" => String::new(),
        "post_url" | "post_path" | "link" | "asset_path" | "ref" | "relref" if !tag.closes => {
            word(0).to_owned()
        }
        "post_link" | "asset_link" if !tag.closes => link(tag)?,
        "img" | "image" | "asset_img" | "figure" | "picture" | "include" if !tag.closes => {
            picture(tag)?
        }
        "youtube" | "youtuber" if !has_end => frame("https://www.youtube.com/embed/", id(tag)?),
        "vimeo" => frame("https://player.vimeo.com/video/", id(tag)?),
        "bilibili" => frame("https://player.bilibili.com/player.html?bvid=", id(tag)?),
        "gist" => bare(&gist(tag)?),
        "tweet" | "twitter" | "x" if !has_end => bare(&tweet(tag)?),
        "blockquote" | "quote" | "centerquote" | "pullquote" | "cq" if has_end => quotation(tag),
        _ if has_end => String::new(),
        _ => {
            let keys = ["src", "url", "href", "link"];
            let target = tag
                .named(&keys)
                .filter(|target| target.starts_with("http"))?;
            bare(target)
        }
    })
}

/// The pictures of Hexo stand behind their classes and before their size and title.
fn picture(tag: &Tag<'_>) -> Option<String> {
    let has_ending = |word: &&str| word.contains(['.', '/']) && !word.contains(' ');
    let source = tag.named(&["src", "image_path", "link", "url", "path"]);
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
    let image = format!(
        "<img src=\"{}\" alt=\"{}\">",
        quoted(source),
        quoted(alternative)
    );
    Some(match caption {
        Some(caption) if tag.name == "figure" => format!(
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
    let number = tag.named(&["id"]).or(first)?;
    let user = tag.named(&["user"]).unwrap_or("i/web");
    Some(format!("https://twitter.com/{user}/status/{number}"))
}

/// An address that is shown as it stands.
fn bare(address: &str) -> String {
    let address = address.replace(['<', '>', ' ', '\n'], "");
    format!("<{address}>")
}

/// The beginning or the end of a quotation. Who said it stands at its end in Hexo, and at the
/// beginning of what can be told here.
fn quotation(tag: &Tag<'_>) -> String {
    if tag.closes {
        return "\n\n</blockquote>\n\n".to_owned();
    }
    let words: Vec<&str> = tag.values().collect();
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
