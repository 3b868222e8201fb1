//! Which pages an archive in WACZ says that it holds (WACZ 1.1.1, section 5.2.2): among its records are
//! those of frames and advertisements, too.

use super::told::name;
use crate::model::Digest;
use crate::read::{MOST_BYTES, Source};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The lists of an archive, from the folder of its records on: the pages that were asked for, and those
/// that a crawler found.
const LISTS: [&str; 2] = ["../pages/pages.jsonl", "../pages/extraPages.jsonl"];

/// The most pages that are kept in mind.
const MOST_PAGES: usize = 1_000_000;

/// The most characters of a title that are kept.
const LONGEST_TITLE: usize = 1_000;

/// The pages that an archive lists.
#[derive(Debug, Default)]
pub(super) struct Listed {
    addresses: Vec<String>,
    titles: HashMap<Digest, String>,
}

impl Listed {
    /// The lists around a file of records; nothing where none names a page.
    pub fn around(source: &dyn Source) -> Option<Self> {
        if source.folders().last()? != "archive" {
            return None;
        }
        let around = source.resources();
        let mut listed = Listed::default();
        for list in LISTS {
            let bytes = around.find(list).map(|found| found.bytes.read(MOST_BYTES));
            if let Some(Ok(bytes)) = bytes {
                listed.add(&bytes);
            }
        }
        (!listed.addresses.is_empty()).then_some(listed)
    }

    fn add(&mut self, bytes: &[u8]) {
        for line in bytes.split(|&byte| byte == b'\n') {
            if self.addresses.len() >= MOST_PAGES {
                return;
            }
            let page: Option<Map<String, Value>> = serde_json::from_slice(line).ok();
            let text = |name: &str| page.as_ref()?.get(name)?.as_str().map(str::to_owned);
            // The first line says what the list is, and names no page.
            let Some(address) = text("url") else { continue };
            if let Some(title) = text("title").filter(|title| !title.trim().is_empty()) {
                let title = title.chars().take(LONGEST_TITLE).collect();
                self.titles.insert(name(&address), title);
            }
            self.addresses.push(address);
        }
    }

    /// The addresses of the pages.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.addresses.iter().map(String::as_str)
    }

    /// The title of a page, which is plain text.
    pub fn title(&self, address: &str) -> Option<&str> {
        self.titles.get(&name(address)).map(String::as_str)
    }

    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        let addresses = self.addresses.iter().map(|address| 24 + address.len());
        let titles = self.titles.values().map(|title| 100 + title.len());
        addresses.sum::<usize>() + titles.sum::<usize>()
    }
}
