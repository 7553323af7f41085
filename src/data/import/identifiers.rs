use std::collections::{BTreeSet, HashMap};

/// Distinct identifiers and the index of each.
pub struct Identifiers {
    names: Vec<String>,
    index: HashMap<String, u32>,
}

impl Identifiers {
    /// Numbers identifiers in ascending order: as numbers when all are whole numbers, else as text.
    pub fn ascending<'a>(identifiers: impl Iterator<Item = &'a str>) -> Self {
        let distinct: BTreeSet<&str> = identifiers.collect();
        let mut names: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
        let numbers: Option<Vec<u64>> = names.iter().map(|name| name.parse().ok()).collect();
        if numbers.is_some() {
            // Stable, so that 7 and 07 keep the order of their spellings.
            names.sort_by_cached_key(|name| name.parse::<u64>().unwrap_or(u64::MAX));
        }
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
