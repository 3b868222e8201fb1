//! What is said of images that were not had, or not whole.

use crate::error::{Cause, Code, Warning};
use crate::images::Wanted;
use crate::images::failure::Failure;
use crate::model::Address;

/// Tells of an image that was not had.
pub(super) fn warning(wanted: &Wanted, failure: &Failure) -> Warning {
    let is_consequence = failure.is_consequence();
    told(
        wanted,
        failure.code(),
        "not had",
        &failure.reason,
        is_consequence,
    )
}

/// Tells of an image whose end was not had.
pub(super) fn cut_warning(wanted: &Wanted) -> Warning {
    let reason = "its end is missing; books show what is there";
    told(wanted, Code::ImageCut, "not whole", reason, false)
}

/// Tells what is wrong with an image and why, with the host that gave cause, where it has one.
fn told(wanted: &Wanted, code: Code, fault: &str, reason: &str, is_consequence: bool) -> Warning {
    let what = match name_of(wanted) {
        Some(name) => format!("image {fault}: {name}"),
        None => format!("image in the article's text {fault}"),
    };
    let mut warning = Warning::new(code, format!("{what}: {reason}")).in_file(&wanted.path);
    (warning.item, warning.line) = wanted.item.unzip();
    match wanted.source.origin().and_then(Address::shown_host) {
        Some(host) => warning.caused_by(Cause::new(host, reason).consequence(is_consequence)),
        None => warning,
    }
}

/// What users know an image by: its address, or the name of the file that the archive brings.
fn name_of(wanted: &Wanted) -> Option<String> {
    if let Some(origin) = wanted.source.origin() {
        return Some(origin.to_string());
    }
    let file = wanted.resource.as_ref()?.bytes.file()?;
    Some(file.file_name()?.to_string_lossy().into_owned())
}
