use std::collections::{BTreeSet, HashMap};

/// Distinct identifiers and the index of each.
pub struct Identifiers {
    names: Vec<String>,
    index: HashMap<String, u32>,
}

impl Identifiers {
    /// Numbers identifiers in ascending order.
    pub fn ascending<'a>(identifiers: impl Iterator<Item = &'a str>) -> Self {
        let distinct: BTreeSet<&str> = identifiers.collect();
        let mut names: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
        as_numbers(&mut names, |name| name);
        Self::in_order(names)
    }

    /// Numbers distinct identifiers as they come.
    pub fn in_order(names: Vec<String>) -> Self {
        let index = names.iter().cloned().zip(0..).collect();
        Self { names, index }
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.index.get(name).map(|&index| index as usize)
    }
}

/// Brings what is sorted by name into the order of numbers when all names are whole numbers.
pub fn as_numbers<T>(sorted: &mut [T], name: impl Fn(&T) -> &str) {
    let number = |entry: &T| name(entry).parse::<u64>().ok();
    if sorted.iter().all(|entry| number(entry).is_some()) {
        // Stable, so that 7 and 07 keep the order of their spellings.
        sorted.sort_by_cached_key(number);
    }
}

#[cfg(test)]
mod tests {
    use super::Identifiers;

    #[test]
    fn numbers_ascend_as_numbers_and_text_as_text() {
        let names =
            |identifiers: &[&str]| Identifiers::ascending(identifiers.iter().copied()).names().to_vec();
        assert_eq!(names(&["10", "9", "10", "100"]), ["9", "10", "100"]);
        assert_eq!(names(&["10", "9", "x"]), ["10", "9", "x"]);
        assert_eq!(names(&["7", "07", "3"]), ["3", "07", "7"]);
        let identifiers = Identifiers::ascending(["B2", "A1"].into_iter());
        assert_eq!(
            (identifiers.index("A1"), identifiers.index("B2"), identifiers.index("C")),
            (Some(0), Some(1), None)
        );
    }
}
