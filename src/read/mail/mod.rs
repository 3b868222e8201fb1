//! Mails: single ones and mailboxes (mbox), of newsletters above all. They are private, so that they are
//! read only where the user names this reader.

mod mailbox;
mod message;

use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::Format;
use crate::read::source::digest_of_span;

/// Reads mails and mailboxes; it takes no file by itself.
pub struct Mail;

static FORMAT: Format = Format {
    name: "mail",
    description: "Mails and mailboxes (mbox), newsletters above all; only with --from mail",
    files: "*.eml, *.mbox",
    options: &["from", "encoding"],
};

impl Reader for Mail {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, _probe: &Probe<'_>) -> Confidence {
        Confidence::No
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut take = |at: Locator| {
            let item = message::read(source, &at, options).and_then(|loaded| {
                let content = digest_of_span(source, at.span);
                let content = content.map_err(|error| source.unreadable(&error))?;
                Ok(Item::new(at, loaded.entry, content))
            });
            match item {
                Ok(item) => each(item),
                Err(warning) => warnings.push(at.placed(warning)),
            }
        };
        if let Err(error) = mailbox::messages(source, &mut take) {
            warnings.push(source.unreadable(&error));
        }
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let mut loaded =
            message::read(source, at, options).map_err(|warning| at.placed(warning))?;
        loaded.entry.resources = message::pictures(source, at);
        Ok(loaded)
    }
}

fn broken(source: &dyn Source, message: impl Into<String>) -> Warning {
    Warning::new(Code::ExportBroken, message)
        .in_file(source.path())
        .hint("leave it out of the folder, or save it again as a mail (.eml) or a mailbox (mbox)")
}
