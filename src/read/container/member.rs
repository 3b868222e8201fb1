//! A file within a container as a source, and the files around it.

use super::{Container, Content};
use crate::model::{Digest, Resource, ResourceBytes, ResourceId, ResourceLookup, Resources};
use crate::read::source::blob::{Blob, BlobSource, PartOfBlob};
use crate::read::source::digest_of;
use crate::read::zip::members::resolved;
use crate::read::{Source, Span};
use std::io;
use std::sync::Arc;

/// A file within a container, unpacked.
pub struct MemberSource {
    pub(super) blob: Arc<Blob>,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) folders: Vec<String>,
    /// The folder within the container.
    pub(super) folder: String,
    pub(super) container: Arc<Container>,
}

impl Source for MemberSource {
    fn path(&self) -> &str {
        &self.path
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn folders(&self) -> &[String] {
        &self.folders
    }

    fn length(&self) -> u64 {
        self.blob.length
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.blob.read_at(position, buffer)
    }

    fn in_memory(&self) -> Option<&[u8]> {
        self.blob.in_memory()
    }

    /// Of its bytes, and of what articles may be made of beside their texts: a text stays as it was though
    /// a picture changes.
    fn digest(&self) -> io::Result<Digest> {
        let own = digest_of(self.length(), |position, buffer| {
            self.read_at(position, buffer)
        })?;
        let own = match self.fault() {
            Some(fault) => Digest::of_parts([own.as_ref(), fault.as_bytes()]),
            None => own,
        };
        Ok(match self.container.beside() {
            Some(beside) => Digest::of_parts([own.as_ref(), beside.as_ref()]),
            None => own,
        })
    }

    fn fault(&self) -> Option<String> {
        self.container.fault.get().cloned()
    }

    fn kept(&self) -> Option<Arc<dyn Source>> {
        Some(Arc::new(BlobSource {
            blob: Arc::clone(&self.blob),
            path: self.path.clone(),
        }))
    }

    fn held(&self, span: Span) -> Arc<dyn ResourceBytes> {
        Arc::new(PartOfBlob {
            blob: Arc::clone(&self.blob),
            span,
        })
    }

    fn resources(&self) -> Resources {
        Resources::new(MembersAround {
            folder: self.folder.clone(),
            container: Arc::clone(&self.container),
        })
    }
}

/// The files of a container around one of them.
struct MembersAround {
    folder: String,
    container: Arc<Container>,
}

impl ResourceLookup for MembersAround {
    fn find(&self, reference: &str) -> Option<Resource> {
        let Content::Zip(members) = &self.container.content else {
            return None;
        };
        let name = resolved(&self.folder, reference)?;
        let index = members.position(&name)?;
        let member = members.all.get(index)?;
        let id = format!("{}!{name} {:x}", self.container.path, member.crc);
        Some(Resource {
            id: ResourceId::of(id.as_bytes()),
            bytes: Arc::new(MemberBytes {
                container: Arc::clone(&self.container),
                index,
            }),
        })
    }
}

/// The bytes of a member that is read when it is wanted.
struct MemberBytes {
    container: Arc<Container>,
    index: usize,
}

impl ResourceBytes for MemberBytes {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let source = self.container.source()?;
        let member = self.container.members().get(self.index);
        member
            .ok_or(io::ErrorKind::NotFound)?
            .bytes(source.as_ref(), most)
    }
}
