//! Settings of writers, each of a type of its writer's own.

use serde::de::DeserializeOwned;
use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// The settings of one writer, or of several that share them.
///
/// They are read from their table of the configuration file as serde reads the type, so
/// `#[serde(default, deny_unknown_fields)]` is what most want. What they print with `{:?}` tells
/// whether they changed since the last run: it has to name every setting.
pub trait WriterSettings:
    Clone + fmt::Debug + Default + DeserializeOwned + Send + Sync + 'static
{
    /// The table of `offprint.toml` that they stand in: the writer's name, as a rule. A section that
    /// every configuration has, such as `run` or `feeds`, is not read as settings of another type.
    const TABLE: &'static str;
}

/// The settings of a writer that has none.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoSettings {}

impl WriterSettings for NoSettings {
    /// No table has this name.
    const TABLE: &'static str = "";
}

/// The settings of all writers, by type.
///
/// ```
/// use offprint::settings::{BookSettings, Split, WriteSettings};
/// let mut settings = WriteSettings::default();
/// settings.get_mut::<BookSettings>().split = Split::Month;
/// assert_eq!(settings.get::<BookSettings>().split, Split::Month);
/// ```
#[derive(Default)]
pub struct Settings(BTreeMap<(&'static str, TypeId), Box<dyn Held>>);

/// Settings whose type is hidden.
trait Held: Any + fmt::Debug + Send + Sync {
    fn copy(&self) -> Box<dyn Held>;
}

impl<S: WriterSettings> Held for S {
    fn copy(&self) -> Box<dyn Held> {
        Box::new(self.clone())
    }
}

fn key<S: WriterSettings>() -> (&'static str, TypeId) {
    (S::TABLE, TypeId::of::<S>())
}

impl Settings {
    /// The settings of a type; the defaults where nothing was set.
    pub fn get<S: WriterSettings>(&self) -> &S {
        let held = self.0.get(&key::<S>());
        let settings = held.and_then(|held| {
            let any: &dyn Any = held.as_ref();
            any.downcast_ref()
        });
        match settings {
            Some(settings) => settings,
            None => defaults(),
        }
    }

    /// The settings of a type, to be changed.
    pub fn get_mut<S: WriterSettings>(&mut self) -> &mut S {
        let held = self.0.entry(key::<S>());
        let held = held.or_insert_with(|| Box::new(S::default()));
        let any: &mut dyn Any = held.as_mut();
        #[allow(clippy::expect_used, reason = "the key holds the type's own id")]
        any.downcast_mut().expect("settings of this type")
    }

    /// Puts settings in the place of those of their type.
    pub fn set<S: WriterSettings>(&mut self, settings: S) {
        *self.get_mut() = settings;
    }
}

/// The defaults of a type, made once and kept for good, so that they can be lent like settings that
/// were set.
fn defaults<S: WriterSettings>() -> &'static S {
    type Kept = BTreeMap<TypeId, &'static (dyn Any + Send + Sync)>;
    static KEPT: Mutex<Kept> = Mutex::new(BTreeMap::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let found = kept.get(&TypeId::of::<S>()).copied();
    found.and_then(|any| any.downcast_ref()).unwrap_or_else(|| {
        let made: &'static S = Box::leak(Box::default());
        kept.insert(TypeId::of::<S>(), made);
        made
    })
}

impl crate::options::Layer for Settings {
    fn or(mut self, other: Self) -> Self {
        for (key, held) in other.0 {
            self.0.entry(key).or_insert(held);
        }
        self
    }
}

impl Clone for Settings {
    fn clone(&self) -> Self {
        let copies = self.0.iter().map(|(key, held)| (*key, held.copy()));
        Settings(copies.collect())
    }
}

/// By table. The state of a publication compares this form.
impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables = self.0.iter().map(|((table, _), held)| (table, held));
        formatter.debug_map().entries(tables).finish()
    }
}
