//! The least that a program of this kind can do with the crates that Offprint uses, on all cores. What it
//! writes is neither a book nor a feed.
//!
//!     skeleton book ARCHIVE MIRROR OUT        reads the articles, parses them, compresses their text, and
//!                                             puts it into one file with the pictures
//!     skeleton converted ARCHIVE MIRROR OUT   the same, and makes JPEGs of WebP pictures
//!     skeleton feeds ARCHIVE OUT              reads the articles, parses them, and writes them once by
//!                                             each of the two feed crates, into one file

use atom_syndication as atom;
use libdeflater::{CompressionLvl, Compressor};
use offprint_peers::{Seed, files, picture, seed, time};
use rayon::prelude::*;
use scraper::{Html, Selector};
use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Offprint's, so that allocators are not what is compared.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const WINDOW: usize = 128;

fn main() -> Outcome {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["book", archive, mirror, out] => {
            book(archive.as_ref(), mirror.as_ref(), out.as_ref(), false)
        }
        ["converted", archive, mirror, out] => {
            book(archive.as_ref(), mirror.as_ref(), out.as_ref(), true)
        }
        ["feeds", archive, out] => feeds(archive.as_ref(), out.as_ref()),
        _ => Err("usage: skeleton book|converted ARCHIVE MIRROR OUT | feeds ARCHIVE OUT".into()),
    }
}

/// A picture on its way into the file.
enum Picture {
    Copied(File),
    Converted(Vec<u8>),
}

fn book(archive: &Path, mirror: &Path, out: &Path, converts: bool) -> Outcome {
    let mut out = BufWriter::new(File::create(out)?);
    for window in files(archive)?.chunks(WINDOW) {
        let parts = window.par_iter().map(|path| page(path, mirror, converts));
        for part in parts.collect::<Vec<_>>() {
            let (text, pictures) = part?;
            out.write_all(&text)?;
            for picture in pictures {
                match picture {
                    Picture::Copied(mut file) => drop(io::copy(&mut file, &mut out)?),
                    Picture::Converted(bytes) => out.write_all(&bytes)?,
                }
            }
        }
    }
    Ok(out.flush()?)
}

/// The compressed text of an article and the pictures that it shows.
fn page(path: &Path, mirror: &Path, converts: bool) -> Outcome<(Vec<u8>, Vec<Picture>)> {
    let (_, html) = parsed(path)?;
    let images = Selector::parse("img").map_err(|error| error.to_string())?;
    let sources = html.select(&images).filter_map(|image| image.attr("src"));
    let pictures = sources.filter_map(picture).map(|name| {
        let path = mirror.join(name);
        match converts && name.ends_with(".webp") {
            true => converted(&path).map(Picture::Converted),
            false => Ok(Picture::Copied(File::open(path)?)),
        }
    });
    let pictures = pictures.collect::<Outcome<_>>()?;
    let text = html.html();
    let level = CompressionLvl::new(6).map_err(|_| "no such level")?;
    let mut compressor = Compressor::new(level);
    let mut bytes = vec![0; compressor.deflate_compress_bound(text.len())];
    let length = compressor.deflate_compress(text.as_bytes(), &mut bytes)?;
    bytes.truncate(length);
    Ok((bytes, pictures))
}

fn parsed(path: &Path) -> Outcome<(Seed, Html)> {
    let seed = seed(&fs::read_to_string(path)?).ok_or("no article")?;
    let html = Html::parse_fragment(&seed.body);
    Ok((seed, html))
}

/// A JPEG of a picture, made as Offprint makes it for books.
fn converted(path: &Path) -> Outcome<Vec<u8>> {
    let pixels = image::open(path)?.into_rgb8();
    let (width, height) = (
        u16::try_from(pixels.width())?,
        u16::try_from(pixels.height())?,
    );
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 82);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)?;
    Ok(bytes)
}

fn feeds(archive: &Path, out: &Path) -> Outcome {
    let mut out = BufWriter::new(File::create(out)?);
    for window in files(archive)?.chunks(WINDOW) {
        let parts = window.par_iter().map(|path| items(path));
        for part in parts.collect::<Vec<_>>() {
            let (item, entry) = part?;
            out.write_all(&item)?;
            out.write_all(&entry)?;
        }
    }
    Ok(out.flush()?)
}

/// An article in a document of each feed format.
fn items(path: &Path) -> Outcome<(Vec<u8>, Vec<u8>)> {
    let (seed, html) = parsed(path)?;
    let text = html.html();
    let date = time(seed.millis).ok_or("a date out of range")?;
    let item = rss::Item {
        title: Some(seed.title.clone()),
        link: Some(seed.address.clone()),
        pub_date: Some(date.to_rfc2822()),
        content: Some(text.clone()),
        ..Default::default()
    };
    let entry = atom::Entry {
        title: atom::Text::plain(seed.title),
        id: seed.address,
        updated: date,
        content: Some(atom::Content {
            value: Some(text),
            content_type: Some("html".to_owned()),
            ..Default::default()
        }),
        ..Default::default()
    };
    let channel = rss::Channel {
        items: vec![item],
        ..Default::default()
    };
    let feed = atom::Feed {
        entries: vec![entry],
        ..Default::default()
    };
    Ok((channel.write_to(Vec::new())?, feed.write_to(Vec::new())?))
}
