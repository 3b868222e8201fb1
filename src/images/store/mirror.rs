//! A folder of pictures laid out as `HOST/PATH[?QUERY]`, the way `wget -x` does.

use crate::images::failure::Failure;
use crate::model::Stamp;
use crate::model::{Address, decode_some};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The longest file name that file systems take.
const LONGEST_NAME: usize = 255;

/// A folder laid out as `HOST/PATH[?QUERY]`.
#[derive(Clone, Debug)]
pub(in crate::images) struct Mirror {
    root: PathBuf,
}

/// A file of the mirror.
#[derive(Clone, Debug)]
pub(in crate::images) struct MirrorFile {
    pub path: PathBuf,
    /// None where the system does not let it be looked at.
    pub stamp: Option<Stamp>,
}

impl Mirror {
    /// A mirror at a folder.
    pub fn new(root: PathBuf) -> Self {
        Mirror { root }
    }

    /// The file of an address, if there is one. Only regular files count: a FIFO would block. One
    /// that can't be looked at is there all the same.
    pub fn find(&self, address: &Address) -> Option<MirrorFile> {
        names(address).find_map(|name| held(self.root.join(name)))
    }
}

/// Reads a file of the mirror.
///
/// # Errors
/// Where it can't be read or is larger than the limit.
pub(in crate::images) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let read = File::open(path).and_then(|file| read_bounded(&file, limit + 1));
    match read {
        Err(_) => Err(Failure::passing("its file in the mirror can't be read")),
        Ok(bytes) if u64::try_from(bytes.len()).is_ok_and(|count| count > limit) => Err(
            Failure::unusable(format!("it is larger than {} MB", limit / 1_000_000)),
        ),
        Ok(bytes) => Ok(bytes),
    }
}

/// Reads no more than so many bytes, into a buffer that has room for what the file should have: one
/// that grows with what comes is copied time and again.
fn read_bounded(file: &File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len().min(most);
    let mut bytes = Vec::new();
    bytes.reserve_exact(usize::try_from(length).unwrap_or_default());
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn held(path: PathBuf) -> Option<MirrorFile> {
    use ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    let stamp = match fs::metadata(&path) {
        Ok(metadata) => Some(metadata.is_file().then(|| Stamp::of(&metadata))?),
        Err(error) => match error.kind() {
            InvalidFilename | InvalidInput | NotADirectory | NotFound => return None,
            _ => None,
        },
    };
    Some(MirrorFile { path, stamp })
}

/// The names that a file of the address may have, relative to the mirror, best first: as the
/// address is written, percent-decoded, and as `wget` writes bytes that it thinks unsafe.
fn names(address: &Address) -> impl Iterator<Item = PathBuf> {
    let host = host(address);
    let all = [Spelling::AsWritten, Spelling::Decoded, Spelling::Wget];
    // What encodes nothing is spelt in one way.
    let is_encoded = address.as_str().contains('%');
    let count = if is_encoded { all.len() } else { 1 };
    let mut given = Vec::new();
    all.into_iter()
        .take(count)
        .flat_map(|spelling| spelling.names(address))
        .filter_map(move |name| safe_join(host.as_deref()?, &name))
        .filter(move |path| {
            let name = path.as_os_str().to_owned();
            let is_new = !given.contains(&name);
            given.push(name);
            is_new
        })
}

/// The folder of the address's host, with its port where it is not the usual one.
fn host(address: &Address) -> Option<String> {
    let host = address.host()?.to_owned();
    Some(match address.url().port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    })
}

/// How the bytes of an address become those of a file name.
#[derive(Clone, Copy)]
enum Spelling {
    /// Percent-encoded, as in the address.
    AsWritten,
    /// Percent-decoded; a slash within a part stays encoded.
    Decoded,
    /// Percent-decoded; control bytes, which for `wget` are those from 128 to 159 too, stay
    /// encoded.
    Wget,
}

impl Spelling {
    /// The names below the host's folder, `/` between the parts. A folder's own picture is
    /// `index.html` to `wget`; a slash in a query is `%2F`, or a folder where the name was joined
    /// by hand.
    fn names(self, address: &Address) -> Vec<Vec<u8>> {
        let url = address.url();
        let path: Vec<Vec<u8>> = url
            .path_segments()
            .into_iter()
            .flatten()
            .map(|part| self.spell(part))
            .collect();
        let path = path.join(&b'/');
        let is_folder = path.is_empty() || path.ends_with(b"/");
        let index = || [path.as_slice(), b"index.html"].concat();
        let Some(query) = url.query() else {
            return vec![if is_folder { index() } else { path }];
        };
        let join = |path: &[u8], query: &[u8]| [path, b"?", query].concat();
        let encoded = self.spell(&query.replace('/', "%2F"));
        let mut names = vec![join(&path, &encoded), join(&path, &self.spell(query))];
        if is_folder {
            names.push(join(&index(), &encoded));
        }
        names
    }

    fn spell(self, part: &str) -> Vec<u8> {
        if matches!(self, Spelling::AsWritten) {
            return part.as_bytes().to_vec();
        }
        decode_some(part, |byte| !self.keeps_encoded(byte))
    }

    fn keeps_encoded(self, byte: u8) -> bool {
        match self {
            Spelling::AsWritten => true,
            Spelling::Decoded => matches!(byte, b'/' | b'\\' | 0),
            Spelling::Wget => matches!(byte, b'/' | b'\\' | 0..=31 | 127..=159),
        }
    }
}

/// Joins host and name to a path that can't leave the mirror, if there is one: no part of it is
/// empty, `.` or `..`, holds a separator, or is longer than a file name may be.
fn safe_join(host: &str, name: &[u8]) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in std::iter::once(host.as_bytes()).chain(name.split(|byte| *byte == b'/')) {
        let fits = !part.is_empty()
            && part.len() <= LONGEST_NAME
            && part != b"."
            && part != b".."
            && memchr::memchr2(b'\\', 0, part).is_none();
        if !fits {
            return None;
        }
        path.push(file_name(part)?);
    }
    Some(path)
}

/// A part as a file name: any bytes on Unix, text elsewhere.
#[cfg(unix)]
fn file_name(part: &[u8]) -> Option<&std::ffi::OsStr> {
    use std::os::unix::ffi::OsStrExt;
    Some(std::ffi::OsStr::from_bytes(part))
}

#[cfg(not(unix))]
fn file_name(part: &[u8]) -> Option<&std::ffi::OsStr> {
    std::str::from_utf8(part)
        .ok()
        .filter(|part| !part.contains(':'))
        .map(std::ffi::OsStr::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Component;

    fn names_of(text: &str) -> Vec<String> {
        names(&Address::parse(text).unwrap())
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn files_are_looked_for_as_written_and_decoded() {
        assert_eq!(names_of("https://a.example/b/c.jpg"), ["a.example/b/c.jpg"]);
        assert_eq!(
            names_of("https://a.example/%E7%89%B9%20.jpg?q=1"),
            [
                "a.example/%E7%89%B9%20.jpg?q=1",
                "a.example/特 .jpg?q=1",
                "a.example/\u{FFFD}%89\u{FFFD} .jpg?q=1",
            ]
        );
    }

    #[test]
    fn a_proxy_address_is_found_as_wget_names_it() {
        let names = names_of("https://images.weserv.nl/?url=static.dw.example/image/1.jpg");
        assert!(names.contains(
            &"images.weserv.nl/index.html?url=static.dw.example%2Fimage%2F1.jpg".to_owned()
        ));
        assert!(names.contains(&"images.weserv.nl/?url=static.dw.example/image/1.jpg".to_owned()));
    }

    #[test]
    fn hostile_55_encoded_dots_and_slashes_do_not_leave_the_mirror() {
        assert_eq!(
            names_of("https://a.example/..%2f..%2fx"),
            ["a.example/..%2f..%2fx", "a.example/..%2F..%2Fx"]
        );
        assert_eq!(
            names_of(&format!("https://a.example/{}", "x".repeat(300))),
            [""; 0]
        );
    }

    proptest! {
        #[test]
        fn no_address_leads_out_of_the_mirror(text in "https?://[a-z.%0-9:]{1,12}/[ -~特]{0,40}") {
            if let Some(address) = Address::parse(&text) {
                for name in names(&address) {
                    prop_assert!(name.components().all(|part| matches!(part, Component::Normal(_))));
                }
            }
        }
    }
}
