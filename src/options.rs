//! What options are made of: layers that fill each other's gaps, and amounts as people write them.

use std::time::Duration;

/// One layer of options: the command line, the variables, the file.
pub trait Layer {
    /// This layer, with what it leaves out taken from another.
    #[must_use]
    fn or(self, other: Self) -> Self;
}

impl<T> Layer for Option<T> {
    fn or(self, other: Self) -> Self {
        Option::or(self, other)
    }
}

/// Lists of facts add up.
impl<T> Layer for Vec<T> {
    fn or(mut self, other: Self) -> Self {
        self.extend(other);
        self
    }
}

/// Declares a table of options once: its keys as serde reads them, and how layers of it are merged.
/// The reference of the configuration reads the same declaration.
macro_rules! table {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $($(#[$of_key:meta])* pub $key:ident: $kind:ty,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[allow(
            missing_docs,
            reason = "a key that has an option is explained by it: see src/cli/args/"
        )]
        pub struct $name {
            $($(#[$of_key])* pub $key: $kind,)*
        }

        impl $name {
            /// The names of the keys.
            #[allow(dead_code, reason = "few ask for the keys of a table")]
            pub(crate) const KEYS: &'static [&'static str] = &[$(stringify!($key)),*];
        }

        impl $crate::options::Layer for $name {
            fn or(self, other: Self) -> Self {
                $name {
                    $($key: $crate::options::Layer::or(self.$key, other.$key),)*
                }
            }
        }
    };
}
pub(crate) use table;

/// Bytes: a number, with `B`, `kB`, `MB`, `GB` (powers of 1000) or `KiB`, `MiB`, `GiB`.
///
/// ```
/// use offprint::command::bytes;
/// assert_eq!(bytes("50MB"), Some(50_000_000));
/// assert_eq!(bytes("1.5 MiB"), Some(1_572_864));
/// ```
pub fn bytes(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let factor: u32 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    whole(number * f64::from(factor))
}

/// A duration: a number with `s`, `m` (minutes), `h`, `d`, `w`; without a unit, seconds.
///
/// ```
/// use offprint::command::duration;
/// use std::time::Duration;
/// assert_eq!(duration("30d"), Some(Duration::from_secs(30 * 86_400)));
/// ```
pub fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text)?;
    let factor: u32 = match unit {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    Duration::try_from_secs_f64(number * f64::from(factor)).ok()
}

fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, unit.trim()))
}

/// The number without its fraction, if it fits.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked before"
)]
fn whole(number: f64) -> Option<u64> {
    (0.0..9e18).contains(&number).then_some(number as u64)
}
