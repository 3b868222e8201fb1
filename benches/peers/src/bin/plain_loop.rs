//! What one writes first: a loop over the files with the crates of the field, no cleaning, no checks.
//!
//!     plain_loop epub ARCHIVE MIRROR OUT
//!     plain_loop feeds ARCHIVE OUT          writes OUT/rss.xml and OUT/atom.xml

use atom_syndication as atom;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use offprint_peers::{Seed, files, picture, seed, time};
use scraper::{Html, Selector};
use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["epub", archive, mirror, out] => book(archive.as_ref(), mirror.as_ref(), out.as_ref()),
        ["feeds", archive, out] => feeds(archive.as_ref(), out.as_ref()),
        _ => Err("usage: plain_loop epub ARCHIVE MIRROR OUT | feeds ARCHIVE OUT".into()),
    }
}

fn seeds(archive: &Path) -> Result<impl Iterator<Item = Seed>, Box<dyn Error>> {
    let files = files(archive)?.into_iter();
    Ok(files.filter_map(|path| seed(&fs::read_to_string(path).ok()?)))
}

fn book(archive: &Path, mirror: &Path, out: &Path) -> Outcome {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", "Archive")?;
    let mut stored = BTreeSet::new();
    for (number, seed) in seeds(archive)?.enumerate() {
        let (page, pictures) = page(&seed)?;
        let content = EpubContent::new(format!("c{number:07}.xhtml"), page.as_bytes());
        builder.add_content(content.title(&seed.title))?;
        for picture in pictures {
            let kind = match picture.rsplit('.').next() {
                Some("png") => "image/png",
                Some("gif") => "image/gif",
                Some("webp") => "image/webp",
                _ => "image/jpeg",
            };
            let file = File::open(mirror.join(&picture))?;
            if stored.insert(picture.clone()) {
                builder.add_resource(&picture, file, kind)?;
            }
        }
    }
    builder.generate(BufWriter::new(File::create(out)?))?;
    Ok(())
}

/// An article as a page, as far as html5ever's own serialisation goes, and its pictures.
fn page(seed: &Seed) -> Result<(String, Vec<String>), Box<dyn Error>> {
    let html = Html::parse_fragment(&seed.body);
    let images = Selector::parse("img").map_err(|error| error.to_string())?;
    let sources = html.select(&images).filter_map(|image| image.attr("src"));
    let pictures = sources.filter_map(picture).map(str::to_owned).collect();
    let body = html.root_element().inner_html();
    let body = body.replace("https://images.weserv.nl/?url=", "");
    let title = &seed.title;
    let page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\
         <head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    );
    Ok((page, pictures))
}

fn feeds(archive: &Path, out: &Path) -> Outcome {
    let (mut items, mut entries) = (Vec::new(), Vec::new());
    for seed in seeds(archive)? {
        let date = time(seed.millis).ok_or("a date out of range")?;
        items.push(rss::Item {
            title: Some(seed.title.clone()),
            link: Some(seed.address.clone()),
            guid: Some(rss::Guid {
                value: seed.address.clone(),
                permalink: true,
            }),
            pub_date: Some(date.to_rfc2822()),
            content: Some(seed.body.clone()),
            ..Default::default()
        });
        entries.push(atom::Entry {
            title: atom::Text::plain(seed.title),
            id: seed.address.clone(),
            updated: date,
            links: vec![atom::Link {
                href: seed.address,
                ..Default::default()
            }],
            content: Some(atom::Content {
                value: Some(seed.body),
                content_type: Some("html".to_owned()),
                ..Default::default()
            }),
            ..Default::default()
        });
    }
    let channel = rss::Channel {
        title: "Archive".to_owned(),
        items,
        ..Default::default()
    };
    let feed = atom::Feed {
        title: atom::Text::plain("Archive"),
        entries,
        ..Default::default()
    };
    let mut file = BufWriter::new(File::create(out.join("rss.xml"))?);
    file = channel.write_to(file)?;
    file.flush()?;
    let mut file = BufWriter::new(File::create(out.join("atom.xml"))?);
    file = feed.write_to(file)?;
    file.flush()?;
    Ok(())
}
