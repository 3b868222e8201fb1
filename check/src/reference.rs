//! Where a relative address in a container leads.

/// What an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A file of the container, and an id in it.
    Inside {
        path: String,
        fragment: Option<String>,
    },
    /// Another place; the scheme in lower case, empty where there is none (`//host/`).
    Outside(String),
    /// Nowhere that a reader may go, and why.
    Nowhere(&'static str),
}

/// Resolves an address found in the file `base` of the container.
pub(super) fn resolve(base: &str, address: &str) -> Target {
    let address = address.trim_matches([' ', '\t', '\n', '\r']);
    if let Some(scheme) = scheme(address) {
        return Target::Outside(scheme);
    }
    if address.starts_with("//") {
        return Target::Outside(String::new());
    }
    if address.contains([' ', '<', '>', '"', '{', '}', '|', '\\', '^', '`']) {
        return Target::Nowhere("it has characters that no address may have");
    }
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    };
    if path.starts_with('/') {
        return Target::Nowhere("it begins at the root, which no container has");
    }
    if path.contains('?') {
        return Target::Nowhere("it has a query");
    }
    let Some(path) = decoded(path).and_then(|path| joined(base, &path)) else {
        return Target::Nowhere("it leaves the container");
    };
    match fragment.map(decoded) {
        None => Target::Inside {
            path,
            fragment: None,
        },
        Some(Some(fragment)) => Target::Inside {
            path,
            fragment: Some(fragment),
        },
        Some(None) => Target::Nowhere("its fragment is not UTF-8"),
    }
}

/// The scheme of an absolute address, in lower case.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    let first = letters.next()?.is_ascii_alphabetic();
    let legal = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
    (first && letters.all(legal)).then(|| scheme.to_ascii_lowercase())
}

/// Whether a scheme makes a reader run or open something of the machine.
pub(super) fn is_unsafe(scheme: &str) -> bool {
    matches!(
        scheme,
        "javascript" | "vbscript" | "data" | "file" | "blob" | "livescript" | "mocha"
    )
}

fn decoded(text: &str) -> Option<String> {
    let bytes = percent_encoding::percent_decode_str(text);
    bytes.decode_utf8().ok().map(|text| text.into_owned())
}

fn joined(base: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(base.to_owned());
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
