//! What an image store is made of, from its settings.

use super::mirror::Mirror;
use crate::error::{Code, Error, Result, Warning};
use crate::images::Settings;
use crate::images::cache::Cache;
use crate::net::{Client, ClientSettings, SettingsError};
use std::io;
use std::path::Path;

/// Opens the mirror.
///
/// # Errors
/// Where it is no folder.
pub(in crate::images) fn open_mirror(path: &Path) -> Result<Mirror> {
    if path.is_dir() {
        return Ok(Mirror::new(path.to_owned()));
    }
    Err(Error::configuration(
        format!("the image mirror {} is no folder", path.display()),
        "name a folder laid out as HOST/PATH, or leave the mirror out",
    ))
}

/// Opens the cache, or one for this run only, which costs a warning where something is lost by it.
pub(in crate::images) fn open_cache(
    settings: &Settings,
    warnings: &mut Vec<Warning>,
) -> Option<Cache> {
    if !settings.keep {
        let readable = settings.cache.as_deref().map(Cache::open_read_only);
        return readable
            .and_then(io::Result::ok)
            .or_else(|| Cache::temporary().ok());
    }
    let cache = settings
        .cache
        .as_deref()
        .map(|path| (path, Cache::open(path)));
    match cache {
        Some((_, Ok(cache))) => Some(cache),
        Some((path, Err(error))) => {
            let (readable, what) = match Cache::open_read_only(path) {
                Ok(cache) => (Some(cache), "written"),
                Err(_) => (None, "used"),
            };
            let message = format!(
                "the image cache {} can't be {what}: {error}",
                path.display()
            );
            warnings.push(unusable(message));
            readable.or_else(|| Cache::temporary().ok())
        }
        // Nothing is downloaded, so nothing is lost at the end of the run.
        None if settings.offline => Cache::temporary().ok(),
        None => {
            warnings.push(unusable("there is no folder for an image cache".to_owned()));
            Cache::temporary().ok()
        }
    }
}

fn unusable(message: String) -> Warning {
    Warning::new(Code::CacheUnusable, message)
}

/// Makes the client that asks for pictures.
///
/// # Errors
/// Where the proxy's address, the contact or the file of certificates can't be read.
pub(in crate::images) fn open_client(settings: &Settings) -> Result<Client> {
    let client = Client::new(&ClientSettings {
        contact: settings.contact.clone(),
        allow_private_network: settings.allow_private_network,
        proxy: settings.proxy.clone(),
        certificates: settings.certificates.clone(),
        max_total: settings.max_total,
        limits: settings.limits.network.clone(),
    });
    client.map_err(|error| match error {
        SettingsError::Proxy => {
            let proxy = settings.proxy.as_deref().unwrap_or_default();
            Error::configuration(
                format!("the proxy {proxy} can't be read"),
                "write it as http://HOST:PORT, or `environment` for what HTTP_PROXY says",
            )
        }
        SettingsError::Contact => Error::configuration(
            "images.contact holds characters that can't be sent",
            "write it as an address of the web or of mail, in ASCII",
        ),
        SettingsError::Certificates(error) => Error::configuration(error.to_string(), error.hint()),
    })
}
