//! An object of JSON, and whether it says something twice: then it is two, and what parted them is lost.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The members of an object.
pub(crate) struct MembersOfObject {
    pub all: Map<String, Value>,
    /// Whether one stands there twice, with another value.
    pub is_twice: bool,
}

impl<'de> Deserialize<'de> for MembersOfObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = MembersOfObject;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<MembersOfObject, A::Error> {
        let mut all = Map::new();
        let mut is_twice = false;
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            is_twice |= all.get(&name).is_some_and(|known| *known != value);
            all.insert(name, value);
        }
        Ok(MembersOfObject { all, is_twice })
    }
}
