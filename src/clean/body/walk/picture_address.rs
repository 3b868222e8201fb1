//! What the address of a picture tells of it: whether it is a stand-in, how wide it is, whether it is a
//! small or blurred version.

use url::form_urlencoded;

/// Kinds of files that hold pictures.
const KINDS: [&str; 13] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "svg", "bmp", "heic", "jxl", "tif",
];

/// Words of which the names of stand-ins are made.
const STAND_INS: [&str; 13] = [
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
];

/// The same, where the file is of a kind that photographs are not.
const DRAWN_STAND_INS: [&str; 11] = [
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

/// Words in the names of small or blurred versions, that are there before the picture itself.
const BLURRED: [&str; 12] = [
    "blur",
    "blurred",
    "blurry",
    "blurhash",
    "lqip",
    "lowres",
    "lowquality",
    "lowsrc",
    "tiny",
    "placeholder",
    "pixelated",
    "micro",
];

/// Words in the names of small versions, unless a width says that they are none.
const SMALL: [&str; 7] = [
    "thumb",
    "thumbs",
    "thumbnail",
    "thumbnails",
    "preview",
    "small",
    "mini",
];

/// A version up to this wide, in pixels, gives way to another one of the same picture.
const SMALL_WIDTH: f32 = 320.0;

/// A quality up to this, in hundredths, is that of a version that is soon replaced.
const LOW_QUALITY: f32 = 20.0;

/// Parameters that name a width.
const WIDTHS: [&str; 14] = [
    "w",
    "width",
    "imwidth",
    "wid",
    "maxwidth",
    "max-width",
    "max-w",
    "maxw",
    "mw",
    "sw",
    "resize",
    "fit",
    "size",
    "sz",
];

/// Parts of a path behind which a width stands.
const WIDTH_PARTS: [&str; 7] = ["max", "w", "width", "fit", "fill", "resize", "scale"];

/// Whether an address is empty, or that of a stand-in.
pub(in crate::clean::body) fn is_placeholder(address: &str) -> bool {
    let address = address.trim();
    let start = |scheme: &str| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if address.is_empty()
        || address.starts_with('#')
        || start("data:")
        || start("about:")
        || start("javascript:")
    {
        return true;
    }
    let name = file_name(address).to_ascii_lowercase();
    let (stem, kind) = name.rsplit_once('.').unwrap_or((&name, ""));
    // A photograph is no stand-in of a shape.
    let is_drawn = !matches!(kind, "" | "jpg" | "jpeg" | "jpe" | "jfif" | "heic" | "avif");
    is_stand_in(stem, is_drawn)
        || (is_drawn && words(stem).any(|word| word.contains("placeholder")))
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

/// Whether an address is that of a picture, as far as it tells: its file is one, or one is asked for.
pub(in crate::clean::body) fn is_picture(address: &str) -> bool {
    let address = address.trim();
    let odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}' | '\\' | '|');
    if address.is_empty() || address.len() > 4_000 || address.contains(odd) {
        return false;
    }
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, _)) = scheme.split_once(':')
        && !scheme.eq_ignore_ascii_case("http")
        && !scheme.eq_ignore_ascii_case("https")
    {
        return false;
    }
    kind(address).is_some() || asks_for_picture(address)
}

/// The kind of a picture's file that an address names.
pub(in crate::clean::body) fn kind(address: &str) -> Option<&'static str> {
    let name = file_name(address);
    // Some servers take instructions behind the name.
    let name = name.split(['!', '@', ':']).next().unwrap_or_default();
    let (stem, kind) = name.rsplit_once('.')?;
    let known = KINDS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(kind))?;
    (!stem.is_empty()).then_some(known)
}

/// Whether the parameters of an address ask for a picture's format, or name a picture's file.
fn asks_for_picture(address: &str) -> bool {
    query(address).any(|(name, value)| {
        let is_kind = KINDS.iter().any(|known| known.eq_ignore_ascii_case(&value));
        let asks = matches!(&*name, "wx_fmt" | "fm" | "format" | "f" | "ext" | "output");
        (asks && is_kind) || (value.contains('/') && kind(&value).is_some())
    })
}

/// Whether an address is that of a small or blurred version.
pub(in crate::clean::body) fn is_reduced(address: &str) -> bool {
    let name = file_name(address).to_ascii_lowercase();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let effect = |part: &str| part.starts_with("e_blur") || part.starts_with("blur(");
    let blurred = words(stem).any(|word| BLURRED.contains(&word))
        || parts(address).any(|part| part == "lqip" || part == "blur" || effect(part))
        || query(address).any(|(name, value)| is_blurring(&name, &value));
    blurred
        || match width(address) {
            Some(width) => width <= SMALL_WIDTH,
            None => {
                words(stem).any(|word| SMALL.contains(&word))
                    || parts(address).any(|part| SMALL.contains(&part))
            }
        }
}

fn is_blurring(name: &str, value: &str) -> bool {
    let number = value.parse::<f32>().ok();
    match name {
        "blur" | "blr" | "sigma" => number != Some(0.0) && value != "false",
        "q" | "quality" => number.is_some_and(|quality| (1.0..=LOW_QUALITY).contains(&quality)),
        "lqip" | "placeholder" | "low" => value != "0" && value != "false",
        _ => false,
    }
}

/// The width that an address names, in pixels: the narrowest of several.
pub(in crate::clean::body) fn width(address: &str) -> Option<f32> {
    let asked = query(address).filter(|(name, _)| WIDTHS.contains(&&**name));
    let asked = asked.filter_map(|(_, value)| leading_number(&value));
    let path = path(address).to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let in_name = words(stem).filter_map(word_width);
    let in_path = path
        .rsplit('/')
        .skip(1)
        .flat_map(|part| part.split([',', '_', ';']))
        .filter_map(word_width);
    asked
        .chain(in_name)
        .chain(in_path)
        .chain(behind(&path, stem))
        .filter(|width| *width > 0.0)
        .reduce(f32::min)
}

/// Widths in parts of a path or a name that stand behind what says so: `/max/60/`, `w_60`,
/// `resize:fit:60`.
fn behind(path: &str, stem: &str) -> Option<f32> {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let mut before = "";
    let mut narrowest: Option<f32> = None;
    let parts = folders.split(['/', '_', ':', ',', '-']);
    for part in parts.chain(stem.split(['_', ':', ',', '-'])) {
        if WIDTH_PARTS.contains(&before) && is_number(part) {
            let width = part.parse().ok();
            narrowest = narrowest.into_iter().chain(width).reduce(f32::min);
        }
        before = part;
    }
    narrowest
}

/// The width that a word names: `150x150`, `60x`, `220px`, `w300`, `300w`.
fn word_width(word: &str) -> Option<f32> {
    if let Some((width, height)) = sides(word) {
        // Shapes are named so too: 16x9.
        let is_shape = height.is_some_and(|height| width <= 24.0 && height <= 24.0);
        return (!is_shape).then_some(width);
    }
    let bare = word
        .strip_suffix("px")
        .or_else(|| word.strip_suffix('w'))
        .or_else(|| word.strip_prefix('w'))?;
    is_number(bare).then(|| bare.parse().ok()).flatten()
}

/// The sides of `150x150` or `60x`.
fn sides(word: &str) -> Option<(f32, Option<f32>)> {
    let (width, height) = word.split_once('x')?;
    let fits = is_number(width) && (height.is_empty() || is_number(height));
    if !fits {
        return None;
    }
    Some((width.parse().ok()?, height.parse().ok()))
}

fn is_number(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn leading_number(text: &str) -> Option<f32> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    text.get(..end.unwrap_or(text.len()))?.parse().ok()
}

/// The words of a name: `Tower_bridge-60x60` is `Tower`, `bridge`, `60x60`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The parts of a path, but for the file's name.
fn parts(address: &str) -> impl Iterator<Item = &str> {
    path(address).rsplit('/').skip(1)
}

/// The name of the file that two addresses may share whatever their widths: without signs for them.
pub(in crate::clean::body) fn subject(address: &str) -> String {
    let name = file_name(address).to_ascii_lowercase();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let tells = |word: &&str| {
        word_width(word).is_none() && !BLURRED.contains(word) && !SMALL.contains(word)
    };
    words(stem).filter(tells).collect::<Vec<_>>().join("-")
}

fn file_name(address: &str) -> &str {
    path(address).rsplit('/').next().unwrap_or_default()
}

/// An address without scheme, host, parameters and fragment.
fn path(address: &str) -> &str {
    let bare = address.trim();
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let behind_host = bare.split_once("//").filter(|(scheme, _)| {
        scheme.is_empty() || (scheme.ends_with(':') && !scheme.contains('/'))
    });
    match behind_host {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => bare,
    }
}

/// The parameters of an address, their names in lower case.
pub(in crate::clean::body) fn query(address: &str) -> impl Iterator<Item = (String, String)> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.into_owned()))
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

    #[test]
    fn widths_are_read_from_addresses() {
        for (address, expected) in [
            ("/a.jpg?w=20&blur=50", Some(20.0)),
            ("/a-150x150.jpg", Some(150.0)),
            ("/g-60x-1.png", Some(60.0)),
            ("/max/60/1*abc.jpeg?q=20", Some(60.0)),
            ("/v2/resize:fit:60/1*abc.jpeg", Some(60.0)),
            ("/upload/w_30,e_blur:900/a.jpg", Some(30.0)),
            ("/thumb/220px-A.jpg", Some(220.0)),
            ("/a-1024x683.jpg?resize=300%2C200", Some(300.0)),
            ("/board-16x9.jpg", None),
            ("/2020/10/a.jpg", None),
            ("https://w60.example/a.jpg", None),
        ] {
            assert_eq!(width(address), expected, "{address}");
        }
    }

    #[test]
    fn small_and_blurred_versions_are_told() {
        for address in [
            "/b-lqip.jpg",
            "/c-tiny.jpg",
            "/thumbs/a.jpg",
            "/a.jpg?quality=10",
            "/e_blur:100/a.jpg",
            "/a_thumb.jpg",
        ] {
            assert!(is_reduced(address), "{address}");
        }
        for address in [
            "/a.jpg",
            "/thumb/a/800px-a.jpg",
            "/a.jpg?q=80",
            "/a.jpg?blur=0",
            "/a-1200x-1.png",
        ] {
            assert!(!is_reduced(address), "{address}");
        }
    }

    #[test]
    fn addresses_of_pictures_are_told_from_others() {
        for address in [
            "/i/d.jpg",
            "d.WEBP",
            "//cdn.example/a.jpg!large",
            "https://mmbiz.example/640?wx_fmt=jpeg",
            "/_next/image?url=%2Fa.png&w=640&q=75",
        ] {
            assert!(is_picture(address), "{address}");
        }
        for address in [
            "a picture.jpg of me",
            "<b>a.jpg",
            "/story.html",
            "javascript:a.jpg",
            "16",
            ".jpg",
            "{\"src\":\"/a.jpg\"}",
        ] {
            assert!(!is_picture(address), "{address}");
        }
    }
}
