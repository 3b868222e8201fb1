//! The pictures of a note, which its text names by the MD5 of their bytes.

use super::note::Note;
use crate::model::{Resource, ResourceBytes, ResourceId, ResourceLookup};
use crate::read::Source;
use data_url::forgiving_base64;
use md5::{Digest as _, Md5};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, OnceLock};

/// The longest Base64 of which the bytes are looked at: that of the largest picture that is taken.
const LONGEST: u64 = 64_000_000;

/// What a note brings with it.
pub(super) fn of(note: &Note, source: &dyn Source) -> MediaOfNote {
    let data = note.media.iter().filter_map(|media| media.data);
    let held = data.map(|data| Encoded(source.held(data.span)));
    MediaOfNote {
        media: held.collect(),
        by_digest: OnceLock::new(),
    }
}

/// The media of a note.
pub(super) struct MediaOfNote {
    media: Vec<Encoded>,
    /// Their positions. Each is read once for it, when the first is asked for.
    by_digest: OnceLock<HashMap<String, usize>>,
}

impl MediaOfNote {
    fn position(&self, digest: &str) -> Option<usize> {
        let positions = || {
            let digests = self.media.iter().map(Encoded::md5).zip(0..);
            digests
                .filter_map(|(digest, position)| Some((digest?, position)))
                .collect()
        };
        self.by_digest.get_or_init(positions).get(digest).copied()
    }
}

impl ResourceLookup for MediaOfNote {
    fn find(&self, reference: &str) -> Option<Resource> {
        let digest = reference.trim().strip_prefix("cid:")?;
        let media = self.media.get(self.position(digest)?)?;
        Some(Resource {
            id: ResourceId::of(format!("md5:{digest}").as_bytes()),
            bytes: Arc::new(media.clone()),
        })
    }
}

/// Bytes in Base64.
#[derive(Clone)]
struct Encoded(Arc<dyn ResourceBytes>);

impl Encoded {
    fn md5(&self) -> Option<String> {
        let bytes = self.read(LONGEST).ok()?;
        let mut text = String::with_capacity(32);
        for byte in Md5::digest(&bytes) {
            let _ = write!(text, "{byte:02x}");
        }
        Some(text)
    }
}

impl ResourceBytes for Encoded {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        // Four characters for three bytes, and white space between them.
        let encoded = self.0.read(most.saturating_mul(2).saturating_add(1024))?;
        let bytes = forgiving_base64::decode_to_vec(&encoded)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        if bytes.len() as u64 > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }
}
