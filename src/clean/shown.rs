//! What a text shows and leads to beside its words: short texts of one column often differ in nothing
//! else.

use crate::model::{Address, Block, Body, Digest, ImageSource, Inline, Target};
use std::collections::BTreeSet;

/// The most pictures, films and links of a text that are kept.
const MOST: usize = 64;

/// How the names of pictures' files end. What a program answers depends on all of its address.
const ENDINGS: [&str; 10] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "jxl", "heic", "bmp",
];

/// The digests of the pictures, films and links of a text: the lowest of them.
pub(super) fn shown(body: &Body) -> BTreeSet<u32> {
    let mut shown = BTreeSet::new();
    for image in body.images() {
        shown.insert(of_picture(&image.source));
    }
    collect(body.blocks(), &mut shown);
    shown.into_iter().take(MOST).collect()
}

/// A picture by its file, whatever size was asked for; one without a file's name by all of its address.
fn of_picture(source: &ImageSource) -> u32 {
    let Some(address) = source.origin() else {
        return match source {
            ImageSource::Resource { id, .. } => digest(id.digest().as_ref()),
            _ => 0,
        };
    };
    let name = address
        .as_str()
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    let ending = name.rsplit(['/', '.']).next().unwrap_or_default();
    let is_file = ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known));
    match is_file {
        true => digest(name.as_bytes()),
        false => of_address(address),
    }
}

fn of_address(address: &Address) -> u32 {
    let place = address.as_str().split('#').next().unwrap_or_default();
    digest(place.as_bytes())
}

fn digest(bytes: &[u8]) -> u32 {
    u32::try_from(Digest::of(bytes).first_half() >> 32).unwrap_or_default()
}

fn collect(blocks: &[Block], shown: &mut BTreeSet<u32>) {
    for block in blocks {
        if let Block::Embed(embed) = block {
            shown.insert(of_address(&embed.address));
        }
        collect_line(block.line().unwrap_or_default(), shown);
        for group in block.children() {
            collect(group, shown);
        }
    }
}

fn collect_line(line: &[Inline], shown: &mut BTreeSet<u32>) {
    for inline in line {
        if let Inline::Link(link) = inline
            && let Target::Address(address) = &link.target
        {
            shown.insert(of_address(address));
        }
        for group in inline.children() {
            collect_line(group, shown);
        }
    }
}
