//! The directory of a ZIP archive as it stands in the file, held against what its end says of it: a library that
//! reads as many members as the end names, and each name once, passes over the others in silence.

use crate::read::Source;
use crate::read::source::cursor::Cursor;
use std::collections::HashSet;
use std::io;

/// How a line of the directory begins (APPNOTE 6.3.10, section 4.3.12), and how long it is without its names.
const MARK: &[u8] = b"PK\x01\x02";
const LENGTH: usize = 46;

/// The most lines that are gone over.
const MOST: usize = 200_000;

/// What the directory has that is not read, in words.
///
/// # Errors
/// Where the system refuses.
pub(crate) fn faults(source: &dyn Source, start: u64, read: usize) -> io::Result<Vec<String>> {
    let mut cursor = Cursor::at(source, start, 1);
    let mut names = HashSet::new();
    let mut again = Vec::new();
    while names.len() + again.len() < MOST {
        let line = cursor.peek(LENGTH)?;
        if !line.starts_with(MARK) || line.len() < LENGTH {
            break;
        }
        let number = |at: usize| {
            let bytes = line.get(at..at + 2).and_then(|two| two.try_into().ok());
            usize::from(u16::from_le_bytes(bytes.unwrap_or_default()))
        };
        let (name, more) = (number(28), number(30) + number(32));
        cursor.advance(LENGTH);
        let name_bytes = cursor.peek(name)?.get(..name).unwrap_or_default().to_vec();
        cursor.advance(name);
        cursor.peek(more)?;
        cursor.advance(more);
        match names.contains(&name_bytes) {
            true => again.push(String::from_utf8_lossy(&name_bytes).into_owned()),
            false => {
                names.insert(name_bytes);
            }
        }
    }
    let repeated = again.first().map(|first| {
        let count = again.len();
        format!("{count} members are left out, since others have their names, such as {first:?}")
    });
    let unread = names.len().saturating_sub(read);
    let beyond = (unread > 0).then(|| {
        format!("{unread} members are left out: the directory has more than its end says")
    });
    Ok(repeated.into_iter().chain(beyond).collect())
}
