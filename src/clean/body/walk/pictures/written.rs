//! Addresses of pictures that a script makes of what an attribute holds: a pattern that wants a width,
//! or an object in JSON.

use crate::clean::body::parse::tree::{Element, attribute};
use crate::clean::body::walk::pictures::address::is_picture;
use crate::clean::body::walk::pictures::stand_ins::is_template;
use crate::clean::body::walk::pictures::width::width;
use serde_json::Value;

/// The width that is asked for where the page names none, in pixels.
const USUAL_WIDTH: u32 = 1_024;

/// The widest version that is asked for, in pixels.
const TARGET_WIDTH: u32 = 2_000;

/// The longest value that is read, in bytes.
const LONGEST_VALUE: usize = 100_000;

/// How many values of an object are looked at.
const MOST_VALUES: usize = 200;

/// Parts of the names of fields and attributes that hold other pictures.
const OTHER: [&str; 7] = [
    "thumb",
    "avatar",
    "icon",
    "logo",
    "placeholder",
    "poster",
    "small",
];

/// The addresses that can be made of an element's attributes.
pub(in crate::clean::body) fn of(element: &Element) -> impl Iterator<Item = String> {
    let values = element.attrs.iter().filter(|(name, value)| {
        let name = &*name.local;
        let own = matches!(name, "alt" | "title" | "style" | "class" | "id" | "srcset");
        let other = || OTHER.iter().any(|part| name.contains(part)) || name.starts_with("on");
        may_be_written(value) && !own && !other()
    });
    values.filter_map(|(_, value)| {
        let value = value.trim();
        match value.starts_with(['{', '[']) && !is_template(value) {
            true => in_object(value),
            false => filled(element, value),
        }
    })
}

/// Whether a value may be an object or a pattern.
fn may_be_written(value: &str) -> bool {
    // A bracket may be encoded.
    let is_encoded = || {
        let mut encodings = value.split('%').skip(1);
        encodings.any(|digits| digits.starts_with("7b") || digits.starts_with("7B"))
    };
    value.len() <= LONGEST_VALUE
        && (memchr::memchr2(b'{', b'[', value.as_bytes()).is_some() || is_encoded())
}

/// A pattern with the width that it wants: the widest of those that the page names and devices need.
fn filled(element: &Element, pattern: &str) -> Option<String> {
    let (start, end) = place(pattern)?;
    let widths = ["data-widths", "data-sizes-list", "widths"]
        .iter()
        .find_map(|name| attribute(element, name))
        .unwrap_or_default();
    let widths = widths
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|width| width.parse::<u32>().ok())
        .filter(|width| (1..=TARGET_WIDTH).contains(width));
    let width = widths.max().unwrap_or(USUAL_WIDTH);
    let before = pattern.get(..start)?;
    let after = pattern.get(end..)?;
    // The height follows from the width.
    let after = match place(after) {
        Some((0 | 1, height)) if after.starts_with(['x', '{']) => {
            format!("x{}", after.get(height..)?)
        }
        Some(_) => return None,
        None => after.to_owned(),
    };
    let address = format!("{before}{width}{after}");
    is_picture(&address).then_some(address)
}

/// Where a pattern wants a width.
fn place(pattern: &str) -> Option<(usize, usize)> {
    let lower = pattern.to_ascii_lowercase();
    let signs = ["{{", "{", "%7b"].iter();
    let found = signs
        .filter_map(|sign| Some((lower.find(sign)?, *sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())));
    let (start, sign) = found?;
    let closing = match sign {
        "{{" => "}}",
        "%7b" => "%7d",
        _ => "}",
    };
    let inside = lower.get(start + sign.len()..)?;
    let length = inside.find(closing)?;
    let name = inside.get(..length)?.trim();
    let wanted = ["width", "w", "size", "height", "h", "imgwidth", "maxwidth"];
    wanted
        .contains(&name)
        .then_some((start, start + sign.len() + length + closing.len()))
}

/// The best address of a picture in an object: the widest, else the first.
fn in_object(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![&value];
    let mut seen = 0;
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > MOST_VALUES {
            break;
        }
        match value {
            Value::String(text) if is_picture(text) => found.push(text.clone()),
            // What stands first is looked at first.
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => {
                let own = |name: &&String| !OTHER.iter().any(|part| name.contains(part));
                found.extend(
                    fields
                        .keys()
                        .filter(own)
                        .filter(|name| is_picture(name))
                        .cloned(),
                );
                let wanted = fields.iter().filter(|(name, _)| own(name));
                open.extend(wanted.map(|(_, value)| value).rev());
            }
            _ => {}
        }
    }
    let widest = |one: &String, other: &String| {
        let of = |address: &String| width(address).unwrap_or(USUAL_WIDTH as f32);
        of(one).total_cmp(&of(other))
    };
    found.reverse();
    found.into_iter().max_by(widest)
}

#[cfg(test)]
mod tests {
    use super::in_object;

    #[test]
    fn the_widest_picture_of_an_object_is_taken() {
        for (text, expected) in [
            ("{\"src\":\"/i/r.jpg\"}", Some("/i/r.jpg")),
            (
                "{\"https://s.example/i/r.jpg\":1}",
                Some("https://s.example/i/r.jpg"),
            ),
            (
                "[{\"url\":\"/r-300x200.jpg\"},{\"url\":\"/r-1200x800.jpg\"}]",
                Some("/r-1200x800.jpg"),
            ),
            (
                "{\"thumb\":\"/t.jpg\",\"large\":\"/l.jpg\"}",
                Some("/l.jpg"),
            ),
            ("{\"id\":1}", None),
            ("{broken", None),
        ] {
            assert_eq!(in_object(text).as_deref(), expected, "{text}");
        }
    }
}
