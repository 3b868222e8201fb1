//! What is wrong in the configuration file, in plain words instead of those of the program.

/// What is wrong, and what to do about it.
pub struct Explained {
    pub message: String,
    pub hint: String,
}

const HINT: &str = "correct it or take it out; `offprint build --help` explains the options";

/// The types of whole numbers that keys have, with the largest number of each, if it is one that
/// somebody may reach.
const NUMBERS: [(&str, Option<u64>); 5] = [
    ("usize", None),
    ("u64", None),
    ("u32", Some(u32::MAX as u64)),
    ("u16", Some(u16::MAX as u64)),
    ("u8", Some(u8::MAX as u64)),
];

/// Turns the parser's message about the value of a key into words that need no knowledge of types.
pub fn explained(message: &str, key: Option<&str>) -> Explained {
    let named = key.map_or_else(|| "this".to_owned(), |key| format!("`{key}`"));
    let (message, hint) = mismatch(message, &named)
        .or_else(|| unknown(message, &named))
        .unwrap_or_else(|| {
            let place = key.map(|key| format!("`{key}`: "));
            (place.unwrap_or_default() + message, HINT.to_owned())
        });
    Explained { message, hint }
}

/// A value of another type, or out of bounds.
fn mismatch(message: &str, named: &str) -> Option<(String, String)> {
    let rest = message.strip_prefix("invalid type: ");
    let rest = rest.or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let (expected, hint) = wanted(expected);
    let message = format!("{named} is {expected}, not {}", described(found));
    Some((message, hint.to_owned()))
}

/// What a key takes, and how it is written.
fn wanted(expected: &str) -> (String, &'static str) {
    if let Some((_, most)) = NUMBERS.iter().find(|(name, _)| *name == expected) {
        let bound = most.map(|most| format!(" from 0 to {most}"));
        let words = format!("a whole number{}", bound.unwrap_or_default());
        return (
            words,
            "write the digits alone, without quotation marks, for example 50",
        );
    }
    let (words, hint) = match expected {
        "a boolean" => (
            "true or false",
            "write true or false, without quotation marks",
        ),
        "a string" | "string" => ("a text", "put it into quotation marks: \"…\""),
        "path string" => ("a path", "put it into quotation marks: \"…\""),
        "a sequence" => ("a list", "put it into square brackets: [\"…\"]"),
        "a map" => ("a table", HINT),
        other if other.starts_with("struct ") => (
            "a table",
            "begin it with a line of its own, its name in square brackets",
        ),
        other => (other, HINT),
    };
    (words.to_owned(), hint)
}

/// What stands there.
fn described(found: &str) -> String {
    let quoted = |prefix: &str| {
        let value = found.strip_prefix(prefix)?;
        Some(value.trim_matches('`').to_owned())
    };
    if let Some(text) = found.strip_prefix("string ") {
        return format!("the text {text}");
    }
    let number = quoted("integer ").or_else(|| quoted("floating point "));
    number
        .or_else(|| quoted("boolean "))
        .unwrap_or_else(|| match found {
            "sequence" => "a list".to_owned(),
            "map" => "a table".to_owned(),
            other => other.to_owned(),
        })
}

/// A key, or one of several values, that does not exist; or a key that is missing.
fn unknown(message: &str, named: &str) -> Option<(String, String)> {
    if let Some(missing) = message.strip_prefix("missing field ") {
        let hint = format!("add a line {} = …", missing.trim_matches('`'));
        return Some((format!("the key {missing} is missing here"), hint));
    }
    let (what, choices) = message.rsplit_once(", expected ")?;
    let choices = choices.strip_prefix("one of ").unwrap_or(choices);
    let said = if let Some(field) = what.strip_prefix("unknown field ") {
        format!("there is no key {field} here")
    } else {
        let value = what.strip_prefix("unknown variant ")?;
        format!("{named} can't be {value}")
    };
    Some((format!("{said}: choose from {choices}"), HINT.to_owned()))
}
