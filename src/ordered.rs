use std::collections::BTreeMap;

/// A map of these entries.
///
/// Collecting into a map sorts first, and a page downloads the sort of every kind of map; inserting needs none.
pub fn ordered<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}
