use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// What is said of some modalities, in the order of their names. A map in files; a list here, because every type of map weighs
/// kilobytes in the wasm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByModality<T>(Vec<(String, T)>);

impl<T> ByModality<T> {
    pub fn get(&self, modality: &str) -> Option<&T> {
        self.place(modality).ok().map(|at| &self.0[at].1)
    }

    /// What was said of the modality before is forgotten.
    pub fn insert(&mut self, modality: String, what: T) {
        match self.place(&modality) {
            Ok(at) => self.0[at].1 = what,
            Err(at) => self.0.insert(at, (modality, what)),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (String, T)> {
        self.0.iter()
    }

    /// Where the modality is, or would be.
    fn place(&self, modality: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(modality))
    }
}

impl<T> FromIterator<(String, T)> for ByModality<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut by_modality = Self(Vec::new());
        entries.into_iter().for_each(|(modality, what)| by_modality.insert(modality, what));
        by_modality
    }
}

impl<T: Serialize> Serialize for ByModality<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(modality, what)| (modality, what)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByModality<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = ByModality<T>;

    fn expecting(&self, message: &mut fmt::Formatter<'_>) -> fmt::Result {
        message.write_str("modalities by name")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut by_modality = ByModality(Vec::new());
        while let Some((modality, what)) = map.next_entry()? {
            by_modality.insert(modality, what);
        }
        Ok(by_modality)
    }
}
