//! Documents of feeds on their way from the server to the comparison with the archive. They are compared
//! in the order of the subscriptions and come in any, so many wait: what is too much for memory waits in
//! files.

use crate::error::Warning;
use crate::model::{Address, Entry};
use crate::pull::Content;
use crate::pull::feed::Facts;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much text of documents waits in memory, in bytes. Items that were read of it weigh twice as much
/// beside it.
const MOST_WAITING: u64 = 8 * 1024 * 1024;

/// A feed's document.
pub(in crate::pull) struct Document {
    pub address: Address,
    pub facts: Facts,
    items: Items,
}

enum Items {
    Read(
        Vec<Entry>,
        Vec<Warning>,
        #[allow(dead_code, reason = "gives its place free")] Reservation,
    ),
    /// The text that they are read of.
    Kept(File),
}

/// The room in memory for documents that wait.
#[derive(Clone)]
pub(in crate::pull) struct Room(Arc<AtomicU64>);

/// Some of it, until it is dropped.
struct Reservation(Room, u64);

impl Default for Room {
    fn default() -> Self {
        Room(Arc::new(AtomicU64::new(MOST_WAITING)))
    }
}

impl Room {
    fn take(&self, bytes: usize) -> Option<Reservation> {
        let bytes = u64::try_from(bytes).ok()?;
        let take = |left: u64| left.checked_sub(bytes);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.is_ok().then(|| Reservation(self.clone(), bytes))
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.0.0.fetch_add(self.1, Ordering::Relaxed);
    }
}

impl Document {
    /// A document of its text. Its items are read at once where there is room for them.
    pub fn new(text: &str, address: Address, content: &dyn Content, room: &Room) -> Self {
        let items = match room.take(text.len()) {
            Some(place) => read(text, &address, content, place),
            // Where no file can be written, there is no other way.
            None => kept(text).map_or_else(
                |_| read(text, &address, content, Reservation(room.clone(), 0)),
                Items::Kept,
            ),
        };
        Document {
            facts: Facts::of(text),
            address,
            items,
        }
    }

    /// Its items, and what can't be read of it.
    ///
    /// # Errors
    /// Where the file that it waited in can't be read.
    pub fn items(self, content: &dyn Content) -> io::Result<(Vec<Entry>, Vec<Warning>)> {
        match self.items {
            Items::Read(entries, warnings, _) => Ok((entries, warnings)),
            Items::Kept(mut file) => {
                let mut text = String::new();
                file.rewind()?;
                file.read_to_string(&mut text)?;
                Ok(content.items(&text, self.address.as_str()))
            }
        }
    }
}

fn read(text: &str, address: &Address, content: &dyn Content, reserved: Reservation) -> Items {
    let (entries, warnings) = content.items(text, address.as_str());
    Items::Read(entries, warnings, reserved)
}

fn kept(text: &str) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}
