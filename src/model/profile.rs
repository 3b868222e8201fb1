//! Kinds of reading device.

use serde::Deserialize;

/// Kinds of reading device, by what they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Profile {
    /// Up to 1600 pixels wide and high; strips up to 4800 high.
    #[default]
    Generic,
    /// 1264×1680; volumes that can be mailed; a language that the device knows.
    Kindle,
    /// 1264×1680; no transparent pictures, for they are seen on black.
    Kobo,
    /// 1264×1680, grey; no progressive JPEG, for simple readers don't show it.
    EInk,
}
