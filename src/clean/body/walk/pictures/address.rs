//! What the address of a picture tells of it: its file and its parameters, whether it is that of a picture, and of
//! a small or blurred version.

use crate::clean::body::parse::tree::in_lower_case;
use crate::clean::body::walk::pictures::width::{sides, width, word_width};
use std::borrow::Cow;
use url::form_urlencoded;

/// Kinds of files that hold pictures.
const KINDS: [&str; 13] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "svg", "bmp", "heic", "jxl", "tif",
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
pub(in crate::clean::body) const SMALL_WIDTH: f32 = 320.0;

/// A quality up to this, in hundredths, is that of a version that is soon replaced.
const LOW_QUALITY: f32 = 20.0;

/// Whether an address is that of a picture, as far as it tells: its file is one, or one is asked for.
pub(in crate::clean::body) fn is_picture(address: &str) -> bool {
    let address = address.trim();
    if address.is_empty() || address.len() > 4_000 || is_odd(address) {
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

/// Whether a text has a character that no address has unescaped.
fn is_odd(text: &str) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'\\' | b'|');
    // Byte for byte: nearly all addresses are of ASCII.
    let is_odd = |byte: u8| byte <= b' ' && char::from(byte).is_whitespace() || is_sign(byte);
    text.bytes().any(is_odd) || (!text.is_ascii() && text.contains(char::is_whitespace))
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
    is_reduced_of(address, width(address))
}

/// The same, where the width that the address names is known.
pub(in crate::clean::body) fn is_reduced_of(address: &str, width: Option<f32>) -> bool {
    let name = in_lower_case(file_name(address));
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let effect = |part: &str| part.starts_with("e_blur") || part.starts_with("blur(");
    let blurred = words(stem).any(|word| BLURRED.contains(&word))
        || parts(address).any(|part| BLURRED.contains(&part) || effect(part))
        || name.contains("@0.")
        || query(address).any(|(name, value)| is_blurring(&name, &value));
    blurred
        || match width {
            Some(width) => width <= SMALL_WIDTH,
            None => {
                words(stem).any(|word| SMALL.contains(&word))
                    || parts(address).any(|part| SMALL.contains(&part))
            }
        }
}

fn is_blurring(name: &str, value: &str) -> bool {
    let number = || value.parse::<f32>().ok();
    match name {
        "blur" | "blr" | "sigma" => number() != Some(0.0) && value != "false",
        "q" | "quality" => number().is_some_and(|it| (1.0..=LOW_QUALITY).contains(&it)),
        "lqip" | "placeholder" | "low" => value != "0" && value != "false",
        _ => false,
    }
}

/// The words of a name: `Tower_bridge-60x60` is `Tower`, `bridge`, `60x60`.
pub(in crate::clean::body) fn words(name: &str) -> impl Iterator<Item = &str> {
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
        word_width(word).is_none()
            && sides(word).is_none()
            && !BLURRED.contains(word)
            && !SMALL.contains(word)
    };
    let stem = stem.split('@').next().unwrap_or_default();
    words(stem).filter(tells).collect::<Vec<_>>().join("-")
}

pub(in crate::clean::body) fn file_name(address: &str) -> &str {
    let path = path(address);
    let name = memchr::memrchr(b'/', path.as_bytes()).and_then(|at| path.get(at + 1..));
    name.unwrap_or(path)
}

/// The longest address, in bytes, whose words are looked at.
const LONGEST_WORDED: usize = 8 * 1024;

/// An address as far as its words tell anything: nothing of one that holds the picture itself, whose bytes
/// would be looked at many times over.
pub(in crate::clean::body) fn worded(address: &str) -> &str {
    let is_data = address.trim_start().get(..5);
    let is_data = is_data.is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    match is_data || address.len() > LONGEST_WORDED {
        true => "",
        false => address,
    }
}

/// An address without scheme, host, parameters and fragment.
pub(in crate::clean::body) fn path(address: &str) -> &str {
    let bare = worded(address).trim();
    let end = memchr::memchr2(b'?', b'#', bare.as_bytes());
    let bare = end.and_then(|end| bare.get(..end)).unwrap_or(bare);
    let split = |text: &'_ str| memchr::memchr(b'/', text.as_bytes());
    let behind_scheme = split(bare).and_then(|at| {
        let (scheme, rest) = bare.split_at_checked(at)?;
        let rest = rest.strip_prefix("//")?;
        (scheme.is_empty() || scheme.ends_with(':')).then_some(rest)
    });
    match behind_scheme {
        Some(rest) => split(rest)
            .and_then(|at| rest.get(at + 1..))
            .unwrap_or_default(),
        None => bare,
    }
}

/// The parameters of an address, their names in lower case.
pub(in crate::clean::body) fn query(
    address: &str,
) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    let query = worded(address)
        .split_once('?')
        .map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    // Most have nothing that is encoded.
    let is_plain = query.is_ascii() && memchr::memchr2(b'%', b'+', query.as_bytes()).is_none();
    let (plain, encoded) = if is_plain { (query, "") } else { ("", query) };
    let plain = plain.split('&').filter(|pair| !pair.is_empty());
    let plain = plain.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let plain = plain.map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)));
    let parameters = plain.chain(form_urlencoded::parse(encoded.as_bytes()));
    parameters.map(|(name, value)| {
        let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = match is_lower {
            true => name,
            false => Cow::Owned(name.to_ascii_lowercase()),
        };
        (name, value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
