//! The files that a container holds, and those of containers within it.

use super::kinds::{self, Named};
use super::{Container, ContainerPlace, Content, MemberPlace, Opened, unreadable};
use crate::error::{Code, Warning};
use crate::read::source::blob::BlobSource;
use std::io;
use std::sync::Arc;

/// How many containers may lie within each other.
const MOST_LEVELS: usize = 2;

/// The most bytes of all members of a container, as it says.
const MOST_BYTES_OF_ALL: u64 = 16 << 30;

/// Adds the files of a container to what is found.
pub(super) fn list(container: &Arc<Container>, before: &str, level: usize, opened: &mut Opened) {
    let place = |index, name: &str| MemberPlace {
        container: Arc::clone(container),
        index,
        name: format!("{before}{name}"),
    };
    if let Content::Gzip(name) = &container.content {
        // What gzip packed goes by the name of the file that it is in.
        let mut place = place(0, "");
        place.name.truncate(before.trim_end_matches('!').len());
        return add(place, name, level, opened);
    }
    opened.warnings.extend(left_out(container));
    opened.warnings.extend(faults(container));
    let is_web_archive = kinds::is_web_archive(container.members());
    let mut total = 0_u64;
    for (member, index) in container.members().iter().zip(0..) {
        let is_hidden = member
            .name
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX");
        total = total.saturating_add(member.length);
        if total > MOST_BYTES_OF_ALL {
            let error = io::Error::from(io::ErrorKind::FileTooLarge);
            opened.warnings.push(unreadable(&container.path, &error));
            return;
        }
        let is_beside = is_web_archive && !kinds::is_records(&member.name);
        if !is_hidden && !is_beside {
            add(place(index, &member.name), &member.name, level, opened);
        }
    }
}

/// Tells of members that a fault of the directory hides.
fn faults(container: &Container) -> impl Iterator<Item = Warning> {
    let faults = match &container.content {
        Content::Zip(members) => members.faults.as_slice(),
        Content::Gzip(_) => &[],
    };
    let warning = |message: &String| Warning::new(Code::FileUnreadable, message.as_str());
    faults
        .iter()
        .map(move |message| warning(message).in_file(&container.path))
}

/// Tells of members whose names would lead out of the archive.
fn left_out(container: &Container) -> Option<Warning> {
    let Content::Zip(members) = &container.content else {
        return None;
    };
    let first = members.left_out.first()?;
    let message = format!(
        "passed over, since the names would lead out of the archive: {} files, such as {first:?}",
        members.left_out.len()
    );
    let warning = Warning::new(Code::ItemsLeftOut, message).in_file(&container.path);
    Some(
        warning
            .hint("unpack it elsewhere if they are to be read, and name that folder as an input"),
    )
}

/// Adds a file, or what it holds where it is a container itself.
fn add(place: MemberPlace, name: &str, level: usize, opened: &mut Opened) {
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let Named::Container(kind) = kinds::of_name(file_name) else {
        opened.members.push(place);
        return;
    };
    if level >= MOST_LEVELS {
        opened.members.push(place);
        return;
    }
    let shown = format!("{}!{name}", place.container.path);
    let inner = place.container.blob(place.index).and_then(|blob| {
        let source = BlobSource {
            blob,
            path: shown.clone(),
        };
        let outer = ContainerPlace::Member(Arc::clone(&place.container), place.index);
        Container::of(&source, outer, shown.clone(), kind, file_name)
    });
    match inner {
        Ok(Some(inner)) => {
            let before = match place.name.as_str() {
                "" => String::new(),
                name => format!("{name}!"),
            };
            list(&Arc::new(inner), &before, level + 1, opened);
        }
        Ok(None) => opened.members.push(place),
        Err(error) => opened.warnings.push(unreadable(&shown, &error)),
    }
}
