//! Kinds of reading device.

use serde::Deserialize;

/// Kinds of reading device, by what pictures they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Up to 1600 pixels wide and high; strips up to 4800 high.
    #[default]
    Generic,
    /// 1264×1680.
    Kindle,
    /// 1264×1680.
    Kobo,
    /// 1264×1680, grey.
    EInk,
}
