//! Drawings (SVG) become pixels: without fonts, without the network, without entities, within
//! bounds.

use super::Profile;
use super::encode::Encoded;
use super::failure::Failure;

pub(super) fn render(bytes: &[u8], profile: Profile) -> Result<Encoded, Failure> {
    let _ = (bytes, profile);
    Err(Failure::unusable("SVG can't be read"))
}

pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), super::inspect::Defect> {
    let _ = bytes;
    Ok((1, 1))
}
