//! Pictures that several outputs share: each stands in the output folder once, by its content.

use super::{OutputFolder, Sealed};
use crate::error::Result;
use crate::model::{Digest, PictureBytes, Rendition};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The folder of shared pictures in the output folder.
const FOLDER: &str = "images";

/// A shared picture of an output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asset {
    name: String,
}

impl Asset {
    /// The asset that a picture is, whether or not it was staged: [`Writer::encode`](super::Writer::encode)
    /// names it, and the sink stages it.
    pub fn of(rendition: &Rendition) -> Self {
        // The rendition's name is the hash of its bytes.
        let (hash, extension) = (&rendition.name, rendition.media_type.extension());
        Asset {
            name: format!("{FOLDER}/{hash}.{extension}"),
        }
    }

    /// The name relative to the output folder: `images/HASH.jpg`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The shared pictures that a run has staged; none in the place of one that is being written.
pub(super) type Assets = Mutex<BTreeMap<Asset, Option<Sealed>>>;

impl OutputFolder {
    /// Stages a picture that any number of outputs, also of different writers, may name. It is
    /// written at the first call; whoever calls again gets the same name. Each output that names it
    /// says so in [`Output::assets`](super::Output::assets): what no output names is not put into
    /// place, and a unit is kept only while its assets stand. There is none where the picture's bytes
    /// are gone, or are no longer those that its name says.
    ///
    /// May be called from many threads at once. The file is on the disk when the call that writes it
    /// returns, so a call may take as long as the disk needs.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn asset(&self, rendition: &Rendition) -> Result<Option<Asset>> {
        let asset = Asset::of(rendition);
        if !self.begin(&asset) {
            return Ok(Some(asset));
        }
        let Ok(Some(bytes)) = bytes_of(rendition) else {
            self.staged().remove(&asset);
            return Ok(None);
        };
        let mut file = self.stage(asset.name())?;
        let written = file.write_all(&bytes);
        written.map_err(file.error())?;
        let sealed = file.seal()?;
        self.staged().insert(asset.clone(), Some(sealed));
        Ok(Some(asset))
    }

    /// Whether nobody has begun to write this asset. The lock is not held while bytes are written.
    fn begin(&self, asset: &Asset) -> bool {
        let mut assets = self.staged();
        if assets.contains_key(asset) {
            return false;
        }
        assets.insert(asset.clone(), None);
        true
    }

    /// Hands over the assets that were staged since the last call, by name.
    pub fn take_assets(&self) -> BTreeMap<Asset, Sealed> {
        let staged = std::mem::take(&mut *self.staged()).into_iter();
        staged
            .filter_map(|(asset, sealed)| Some((asset, sealed?)))
            .collect()
    }

    /// Nothing panics while the lock is held, so what a poisoned one holds is whole.
    fn staged(&self) -> MutexGuard<'_, BTreeMap<Asset, Option<Sealed>>> {
        self.assets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A picture's bytes, if they are still those that it was named by; none where its file holds others now.
/// Whatever the file has become, there are no more of them in memory than the picture had.
///
/// # Errors
/// Where the file can't be read.
pub(in crate::write) fn bytes_of(rendition: &Rendition) -> io::Result<Option<Cow<'_, [u8]>>> {
    let picture = match &rendition.bytes {
        PictureBytes::Memory(bytes) => {
            let is_named = is_named(bytes, &rendition.name);
            return Ok(is_named.then_some(Cow::Borrowed(bytes)));
        }
        PictureBytes::File(picture) => picture,
    };
    let file = File::open(picture.path())?;
    let is_known = picture.is_unchanged(&file);
    let mut bytes = Vec::new();
    bytes.reserve_exact(usize::try_from(rendition.length).unwrap_or_default());
    // One byte more tells that it is longer now.
    let mut bounded = file.take(rendition.length.saturating_add(1));
    bounded.read_to_end(&mut bytes)?;
    let is_known = is_known && u64::try_from(bytes.len()) == Ok(rendition.length);
    Ok((is_known || is_named(&bytes, &rendition.name)).then_some(Cow::Owned(bytes)))
}

/// Whether a picture's name is that of these bytes.
fn is_named(bytes: &[u8], name: &str) -> bool {
    !name.is_empty() && Digest::of(bytes).to_string().starts_with(name)
}
