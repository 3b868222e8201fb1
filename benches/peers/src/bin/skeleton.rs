//! The least that a program of this kind can do: read the articles, parse them, compress their text,
//! and put it into one file with the pictures. What it writes is no book.
//!
//!     skeleton ARCHIVE MIRROR OUT

use libdeflater::{CompressionLvl, Compressor};
use offprint_peers::{files, picture, seed};
use rayon::prelude::*;
use scraper::{Html, Selector};
use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const WINDOW: usize = 128;

fn main() -> Result<(), Box<dyn Error>> {
    let [archive, mirror, out] = &env::args().skip(1).map(PathBuf::from).collect::<Vec<_>>()[..]
    else {
        return Err("usage: skeleton ARCHIVE MIRROR OUT".into());
    };
    let mut out = BufWriter::new(File::create(out)?);
    for window in files(archive)?.chunks(WINDOW) {
        let parts: Vec<_> = window.par_iter().filter_map(|path| part(path)).collect();
        for (text, pictures) in parts {
            out.write_all(&text)?;
            for name in pictures {
                io::copy(&mut File::open(mirror.join(name))?, &mut out)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// The compressed text of an article and the pictures that it shows.
fn part(path: &Path) -> Option<(Vec<u8>, Vec<String>)> {
    let seed = seed(&fs::read_to_string(path).ok()?)?;
    let html = Html::parse_fragment(&seed.body);
    let images = Selector::parse("img").ok()?;
    let sources = html.select(&images).filter_map(|image| image.attr("src"));
    let pictures = sources.filter_map(picture).map(str::to_owned).collect();
    let text = html.html();
    let mut compressor = Compressor::new(CompressionLvl::new(6).ok()?);
    let mut bytes = vec![0; compressor.deflate_compress_bound(text.len())];
    let length = compressor
        .deflate_compress(text.as_bytes(), &mut bytes)
        .ok()?;
    bytes.truncate(length);
    Some((bytes, pictures))
}
