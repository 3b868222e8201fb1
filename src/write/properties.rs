//! What the registry and the configuration know of a writer without its types.

use super::{Settings, Writer, WriterSettings};
use serde::Deserialize;
use toml::de::ValueDeserializer;

/// What a writer's outputs are to those of other writers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Feeds, which subscribers' programs poll.
    Feed,
    /// Books. Where a run makes feeds too, the book's writer gives them their icon.
    Book,
    /// A list of the feeds, which comes with them.
    List,
    /// Anything else.
    #[default]
    Other,
}

/// What is known of a writer whose types are hidden. Every [`Writer`] has it.
pub trait Properties {
    /// See [`Writer::kind`].
    fn kind(&self) -> Kind;
    /// See [`Writer::is_default`].
    fn is_default(&self) -> bool;
    /// See [`WriterSettings::TABLE`].
    fn table(&self) -> &'static str;
    /// Reads the writer's settings from its table.
    ///
    /// # Errors
    /// Where the table says something that the settings don't mean.
    #[doc(hidden)]
    fn read_settings(
        &self,
        table: ValueDeserializer<'_>,
        settings: &mut Settings,
    ) -> Result<(), toml::de::Error>;
}

impl<W: Writer> Properties for W {
    fn kind(&self) -> Kind {
        Writer::kind(self)
    }

    fn is_default(&self) -> bool {
        Writer::is_default(self)
    }

    fn table(&self) -> &'static str {
        W::Settings::TABLE
    }

    fn read_settings(
        &self,
        table: ValueDeserializer<'_>,
        settings: &mut Settings,
    ) -> Result<(), toml::de::Error> {
        settings.set(W::Settings::deserialize(table)?);
        Ok(())
    }
}
