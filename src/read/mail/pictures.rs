//! The pictures that a message brings with it.

use super::mailbox;
use crate::model::{Resource, ResourceBytes, ResourceId, ResourceLookup, Resources};
use crate::read::source::content_id;
use crate::read::{Locator, Source};
use mailparse::{MailHeaderMap, parse_mail};
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Those of a message in a source.
pub(super) fn of(source: &dyn Source, at: &Locator) -> Resources {
    Resources::new(PicturesOfMail {
        message: source.held(at.span),
        is_marked: mailbox::is_mailbox(source),
        at: *at,
        path: source.path().to_owned(),
        parts: OnceLock::new(),
    })
}

struct PicturesOfMail {
    message: Arc<dyn ResourceBytes>,
    /// Whether a mailbox put marks into its text.
    is_marked: bool,
    at: Locator,
    path: String,
    /// Made when the first picture is asked for.
    parts: OnceLock<Option<Arc<Parts>>>,
}

/// A message and where its parts stand in it, by what texts may call them.
struct Parts {
    bytes: Vec<u8>,
    by_id: HashMap<String, Range<usize>>,
    /// By their place, and by the names of their files.
    by_name: HashMap<String, Range<usize>>,
}

impl Parts {
    fn of(message: &dyn ResourceBytes, is_marked: bool) -> Option<Self> {
        let bytes = message.read(crate::read::MOST_BYTES).ok()?;
        let bytes = mailbox::as_sent(&bytes, is_marked)
            .trim_ascii_start()
            .to_vec();
        let mail = parse_mail(&bytes).ok()?;
        let (mut by_id, mut by_name) = (HashMap::new(), HashMap::new());
        for part in mail.parts() {
            let start = part.raw_bytes.as_ptr().addr();
            let Some(start) = start.checked_sub(bytes.as_ptr().addr()) else {
                continue;
            };
            let place = start..start.saturating_add(part.raw_bytes.len());
            if let Some(id) = part.headers.get_first_value("Content-ID") {
                let id = content_id::of_field(&id).to_owned();
                by_id.entry(id).or_insert_with(|| place.clone());
            }
            let location = part.headers.get_first_value("Content-Location");
            let name = part.ctype.params.get("name").cloned();
            let file = part.get_content_disposition().params.remove("filename");
            for name in [location, file, name].into_iter().flatten() {
                by_name
                    .entry(name.trim().to_owned())
                    .or_insert_with(|| place.clone());
            }
        }
        drop(mail);
        Some(Parts {
            bytes,
            by_id,
            by_name,
        })
    }
}

impl ResourceLookup for PicturesOfMail {
    fn find(&self, reference: &str) -> Option<Resource> {
        let make = || Parts::of(self.message.as_ref(), self.is_marked).map(Arc::new);
        let parts = self.parts.get_or_init(make).as_ref()?;
        // A part that is not there is none, so that the words in its place stand for it.
        let (name, place) = match content_id::of_reference(reference) {
            Some(id) => {
                let place = parts.by_id.get(&*id).or_else(|| parts.by_name.get(&*id))?;
                (format!("cid:{id}"), place.clone())
            }
            None => {
                let name = reference.trim();
                (name.to_owned(), parts.by_name.get(name)?.clone())
            }
        };
        let picture = PictureOfMail {
            place,
            parts: Arc::clone(parts),
        };
        Some(Resource {
            id: ResourceId::of(format!("{} {} {name}", self.path, self.at.span.start).as_bytes()),
            bytes: Arc::new(picture),
        })
    }
}

/// A part of a message.
struct PictureOfMail {
    parts: Arc<Parts>,
    place: Range<usize>,
}

impl ResourceBytes for PictureOfMail {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let invalid = |_| io::Error::from(io::ErrorKind::InvalidData);
        let bytes = self.parts.bytes.get(self.place.clone());
        let part = parse_mail(bytes.ok_or(io::ErrorKind::NotFound)?).map_err(invalid)?;
        let bytes = part.get_body_raw().map_err(invalid)?;
        match bytes.len() as u64 > most {
            true => Err(io::ErrorKind::FileTooLarge.into()),
            false => Ok(bytes),
        }
    }
}
