//! Stand-ins: what pages show until a picture is there, told by its address.

use crate::clean::body::parse::tree::in_lower_case;
use crate::clean::body::walk::pictures::address::{file_name, words};
use crate::clean::body::walk::pictures::width::{is_number, sides};

/// Words of which the names of stand-ins are made.
const STAND_INS: [&str; 17] = [
    "spacer",
    "placeholder",
    "placeholders",
    "loading",
    "lazyload",
    "lazyloading",
    "lazy",
    "transparent",
    "1x1",
    "lazyloadplaceholder",
    "imgplaceholder",
    "imageplaceholder",
    "pixeltransparent",
    "noimage",
    "noimg",
    "nopic",
    "nophoto",
];

/// The same, where the file is of a kind that photographs are not.
const DRAWN_STAND_INS: [&str; 14] = [
    "blank",
    "pixel",
    "grey",
    "gray",
    "clear",
    "trans",
    "empty",
    "dummy",
    "loader",
    "preloader",
    "spinner",
    "none",
    "dot",
    "space",
];

/// Words that stand beside those in such names and tell nothing.
const BESIDE: [&str; 31] = [
    "image",
    "images",
    "img",
    "picture",
    "photo",
    "pic",
    "default",
    "bg",
    "background",
    "white",
    "black",
    "color",
    "colour",
    "gif",
    "png",
    "icon",
    "ajax",
    "load",
    "px",
    "small",
    "large",
    "medium",
    "square",
    "wide",
    "thumb",
    "thumbnail",
    "post",
    "article",
    "light",
    "dark",
    "new",
];

/// Whether an address is empty, or that of a stand-in.
pub(in crate::clean::body) fn is_placeholder(address: &str) -> bool {
    let address = address.trim();
    let start = |scheme: &str| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if address.is_empty()
        || address.starts_with(['#', '{', '['])
        || start("data:")
        || start("about:")
        || start("javascript:")
        || is_template(address)
    {
        return true;
    }
    let name = in_lower_case(file_name(address));
    let (stem, kind) = name.rsplit_once('.').unwrap_or((&name, ""));
    // A photograph is no stand-in of a shape.
    let is_drawn = !matches!(kind, "" | "jpg" | "jpeg" | "jpe" | "jfif" | "heic" | "avif");
    is_stand_in(stem, is_drawn)
        || (is_drawn && words(stem).any(|word| word.contains("placeholder")))
}

/// Whether an address wants something filled in: `/a_{width}x.jpg`.
pub(in crate::clean::body) fn is_template(address: &str) -> bool {
    if memchr::memchr2(b'{', b'%', address.as_bytes()).is_none() {
        return false;
    }
    let address = address
        .to_ascii_lowercase()
        .replace("%7b", "{")
        .replace("%7d", "}");
    let wanted = address
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'));
    let mut names = wanted.map(|(name, _)| name.trim());
    names.any(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}

/// Whether an address is that of a picture of one pixel, or shape, that stands for one of the same name.
pub(in crate::clean::body) fn is_one_pixel(address: &str) -> bool {
    let name = in_lower_case(file_name(address));
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    words(stem).last() == Some("1x1")
}

/// Whether the name of a file says nothing but that the picture is not there yet.
fn is_stand_in(stem: &str, is_drawn: bool) -> bool {
    let says_so =
        |word: &str| STAND_INS.contains(&word) || (is_drawn && DRAWN_STAND_INS.contains(&word));
    let is_one = words(stem).any(says_so);
    is_one && words(stem).all(|word| says_so(word) || tells_nothing(word))
}

/// Whether a word is a colour, a size, a number or the like.
fn tells_nothing(word: &str) -> bool {
    let hashed = word.len() >= 6
        && word.bytes().all(|b| b.is_ascii_hexdigit())
        && word.bytes().any(|b| b.is_ascii_digit());
    BESIDE.contains(&word)
        || DRAWN_STAND_INS.contains(&word)
        || is_number(word)
        || hashed
        || sides(word).is_some()
        || word.strip_prefix('v').is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_is_called_nothing_else() {
        for address in [
            "",
            "#",
            "about:blank",
            "data:image/gif;base64,R0",
            "/blank.gif",
            "/i/1x1.png?v=3",
            "https://s.example/img/loading.gif",
            "/lazy_placeholder.gif",
            "/1x1-00000000.png",
            "/grey-placeholder.png",
            "/paper_placeholder.png",
            "/spacer.gif",
            "/placeholder-600x400.jpg",
            "/pixel.png",
        ] {
            assert!(is_placeholder(address), "{address}");
        }
        for address in [
            "/board-1x1.jpg",
            "/board-1x1.png",
            "/nuclear.gif",
            "/coal-loading.jpg",
            "/mont-blank.png",
            "/unloading.jpg",
            "/placeholder-names.jpg",
            "/1.jpg",
            "/deadbeef.jpg",
            "/spacer-bar.jpg",
            "/crazy.gif",
        ] {
            assert!(!is_placeholder(address), "{address}");
        }
    }
}
