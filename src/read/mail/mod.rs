//! Mails: single ones and mailboxes (mbox), of newsletters above all. They are private, so that they are
//! read only where the user names this reader.

mod flowed;
mod furniture;
mod mailbox;
mod message;
mod pictures;
mod within;

use super::passed_over::{PassedOver, Tally};
use super::{Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{Entry, Format, Head};
use crate::read::source::digest_of_span;
use message::is_web;

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
        let mut walk = Walk {
            source,
            options,
            each,
            number: 0,
            tally: Tally::default(),
            warnings: Vec::new(),
        };
        let read = mailbox::messages(source, &mut |at| walk.take(at));
        let Walk {
            mut warnings,
            tally,
            ..
        } = walk;
        if let Err(error) = read {
            warnings.push(source.unreadable(&error));
        }
        warnings.extend(tally.told(source.path()));
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let message = message::read(source, at, options).map_err(|warning| at.placed(warning))?;
        let mut loaded = message.loaded;
        loaded.entry.resources = pictures::of(source, at);
        Ok(loaded)
    }
}

/// How many messages may be within each other.
const DEEPEST: usize = 4;

/// The way through a file.
struct Walk<'walk> {
    source: &'walk dyn Source,
    options: &'walk ReadOptions,
    each: &'walk mut dyn FnMut(Item),
    /// Of the last message.
    number: u32,
    tally: Tally,
    warnings: Vec<Warning>,
}

impl Walk<'_> {
    /// Takes a message, and those within it.
    fn take(&mut self, at: Locator) {
        let mut waiting = vec![(at, 0)];
        while let Some((mut at, depth)) = waiting.pop() {
            let message = message::read(self.source, &at, self.options);
            let has_more = |message: &message::Message| !message.within.is_empty();
            if at.number > 0 || message.as_ref().is_ok_and(has_more) {
                self.number += 1;
                at.number = self.number;
            }
            let message = match message {
                Ok(message) => message,
                Err(warning) => {
                    self.warnings.push(at.placed(warning));
                    continue;
                }
            };
            if message.is_deleted {
                self.tally.add(PassedOver::Trashed);
                continue;
            }
            if message.coded > 0 || depth >= DEEPEST && has_more(&message) {
                let told = broken(self.source, "a mail within this mail can't be read");
                self.warnings.push(at.placed(told));
            }
            if depth < DEEPEST {
                let within = message.within.iter().rev();
                waiting.extend(within.map(|&(span, line)| {
                    let number = 1;
                    (Locator { span, line, number }, depth + 1)
                }));
            }
            let is_blank = message.loaded.entry.markup.as_str().trim().is_empty();
            if is_blank && has_more(&message) {
                // What only carries others is none itself.
                self.number -= 1;
                continue;
            }
            self.give(at, message.loaded);
        }
    }

    fn give(&mut self, at: Locator, loaded: Loaded) {
        let numbered = Head {
            item: at.item(),
            ..loaded.entry.head
        };
        let entry = Entry {
            head: numbered,
            ..loaded.entry
        };
        match digest_of_span(self.source, at.span) {
            Ok(content) => (self.each)(Item::new(at, entry, content)),
            Err(error) => self
                .warnings
                .push(at.placed(self.source.unreadable(&error))),
        }
    }
}

fn broken(source: &dyn Source, message: impl Into<String>) -> Warning {
    Warning::new(Code::ExportBroken, message)
        .in_file(source.path())
        .hint("leave it out of the folder, or save it again as a mail (.eml) or a mailbox (mbox)")
}
