//! Pictures: mirror, cache, network, conversion.

mod broken;
mod brought;
mod cache_command;
mod candidates;
mod cut_off;
mod files;
mod given_up;
mod hostile;
mod items;
mod keeping;
mod killing;
pub mod measured;
mod network;
pub mod place;
mod progress;
mod referer;
mod runs;
pub mod samples;
pub mod server;

use image::{DynamicImage, GrayImage, RgbImage};
pub use offprint::command::{Cache, Prune, Summary};
use offprint::model::{Address, ImageSource, PictureBytes, Rendition};
pub use offprint::parts::images::{Candidate, ImageSet, ImageStore, Purpose, Wanted};
use offprint::settings::ImageSettings;
use offprint::{Code, Warning};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// ImageSettings that keep tests short: no waits worth mentioning.
fn settings(cache: &Path) -> ImageSettings {
    let mut settings = ImageSettings::default();
    settings.cache = Some(cache.to_owned());
    settings.offline = false;
    settings.allow_private_network = true;
    settings.limits.network.backoff = Duration::from_millis(5);
    settings.limits.proxy_interval = Duration::ZERO;
    settings
}

fn offline(cache: &Path, mirror: &Path) -> ImageSettings {
    let mut settings = settings(cache);
    settings.mirror = Some(mirror.to_owned());
    settings.offline = true;
    settings
}

fn open(settings: ImageSettings) -> ImageStore {
    let (store, warnings) = ImageStore::open(settings).unwrap();
    assert_eq!(warnings, []);
    store
}

fn source(address: &str) -> ImageSource {
    proxied(address, address)
}

fn proxied(origin: &str, archived: &str) -> ImageSource {
    ImageSource::Web {
        origin: Address::parse(origin).unwrap(),
        archived: Address::parse(archived).unwrap(),
    }
}

fn wanted(source: ImageSource) -> Wanted {
    Wanted {
        resource: None,
        candidates: Vec::new(),
        source,
        referer: Address::parse("https://news.example/article"),
        path: "seeds/a.md".to_owned(),
        item: None,
    }
}

fn get(store: &ImageStore, address: &str) -> ImageSet {
    store.get(&[wanted(source(address))], Purpose::Embed)
}

fn rendition(had: &ImageSet, address: &str) -> Rendition {
    had.pictures
        .rendition(&source(address))
        .unwrap_or_else(|| panic!("{address}: {:?}", had.warnings))
        .clone()
}

fn bytes(rendition: &Rendition) -> Vec<u8> {
    let bytes = match &rendition.bytes {
        PictureBytes::File(file) => std::fs::read(file.path()).unwrap(),
        PictureBytes::Memory(bytes) => bytes.to_vec(),
    };
    assert_eq!(bytes.len() as u64, rendition.length);
    assert_eq!(blake3::hash(&bytes).to_hex()[..32], rendition.name);
    bytes
}

fn pixels(rendition: &Rendition) -> DynamicImage {
    let image = read(&bytes(rendition));
    assert_eq!(
        (image.width(), image.height()),
        (rendition.width, rendition.height)
    );
    image
}

/// Decodes a picture. For JPEG not with the decoder of the `image` crate, which gets optimised
/// tables wrong.
fn read(bytes: &[u8]) -> DynamicImage {
    if !bytes.starts_with(b"\xFF\xD8") {
        return image::load_from_memory(bytes).unwrap();
    }
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    let pixels = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => {
            DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, pixels).unwrap())
        }
        _ => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels).unwrap()),
    }
}

/// The code and the reason of the only warning.
fn only_warning(had: &ImageSet) -> (Code, String) {
    let [Warning { code, message, .. }] = had.warnings.as_slice() else {
        panic!("one warning: {:?}", had.warnings);
    };
    let reason = message.rsplit(": ").next().unwrap();
    (*code, reason.to_owned())
}

/// Lays a file into a mirror.
fn lay(mirror: &Path, name: &str, bytes: &[u8]) {
    let path = mirror.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Every file below a folder; none where it is not there, for a run may be killed before it is made.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.unwrap(),
        };
        for entry in entries.flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found
}
