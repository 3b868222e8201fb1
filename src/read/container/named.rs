//! A file by its name on the command line, whether it lies on the disk or in a container.

use super::{MemberPlace, open_container};
use crate::read::Source;
use crate::read::seeming::source_seems_to_be;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Of so many files of a container messages name the first.
const NAMED: usize = 5;

/// The bytes of a list of addresses or feeds, at most `most`: of a file, of what gzip packed, or of a member
/// of a container, which stands behind an exclamation mark (`export.zip!lists/all.csv`) and may be left out
/// where only one member is a list.
///
/// # Errors
/// Where there is no such file or member, several could be meant, it is longer, or the system refuses.
pub fn read_list(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !path.is_file()
        && let Some((container, name)) = parted(path)
    {
        let opened = open_container(&container, &container.to_string_lossy()).unwrap_or_default();
        let mut members = opened.members.iter();
        let member = members.find(|member| member.name() == name);
        return bytes(member.ok_or(io::ErrorKind::NotFound)?, most);
    }
    match open_container(path, &path.to_string_lossy()) {
        Some(opened) if !opened.members.is_empty() => bytes(only_list(&opened.members)?, most),
        _ => bounded(File::open(path)?, most),
    }
}

/// A path on the disk and the member that is named behind it.
pub fn parted(path: &Path) -> Option<(PathBuf, String)> {
    let text = path.to_str()?;
    let mut parts = text.match_indices('!').map(|(at, _)| text.split_at(at));
    let (file, member) = parts.find(|(file, _)| Path::new(file).is_file())?;
    Some((PathBuf::from(file), member.get(1..)?.to_owned()))
}

/// The one member that is a list.
fn only_list(members: &[MemberPlace]) -> io::Result<&MemberPlace> {
    if let [member] = members {
        return Ok(member);
    }
    let is_list = |member: &&MemberPlace| {
        let source = member.open(member.name().to_owned(), Vec::new());
        let seeming = source.ok().and_then(|source| source_seems_to_be(&source));
        seeming.is_some_and(|seeming| seeming.kind.names_addresses())
    };
    let lists: Vec<&MemberPlace> = members.iter().filter(is_list).collect();
    if let [list] = lists.as_slice() {
        return Ok(list);
    }
    let named = if lists.is_empty() {
        members.iter().collect()
    } else {
        lists
    };
    let names: Vec<&str> = named
        .iter()
        .take(NAMED)
        .map(|member| member.name())
        .collect();
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!(
            "it holds {} files; name one of them behind an exclamation mark, as in !{}",
            members.len(),
            names.join(", !")
        ),
    ))
}

fn bytes(member: &MemberPlace, most: u64) -> io::Result<Vec<u8>> {
    let source = member.open(member.name().to_owned(), Vec::new())?;
    let source: &dyn Source = &source;
    if source.length() > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let bytes = source.bytes(source.span()).map(Cow::into_owned);
    bytes.map_err(|warning| io::Error::other(warning.message))
}

fn bounded(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}
