use std::ops::Range;

use super::{Dataset, Part};
use crate::digest::Digest;

/// One part of the data by user, in compressed rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserItems {
    /// `[users + 1]`: where each user's row starts.
    pub start: Vec<u32>,
    /// Item indices, ascending within a row.
    pub item: Vec<u32>,
    /// The rating of each.
    pub rating: Vec<f32>,
}

impl UserItems {
    /// Number of users, those with an empty row included.
    pub fn users(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// The user's items, ascending; empty for a user beyond the last.
    pub fn items(&self, user: usize) -> &[u32] {
        self.row(user).and_then(|row| self.item.get(row)).unwrap_or_default()
    }

    /// The ratings of [`items`](Self::items), in the same order.
    pub fn ratings(&self, user: usize) -> &[f32] {
        self.row(user).and_then(|row| self.rating.get(row)).unwrap_or_default()
    }

    /// The same without what is not to be kept, by user and item.
    pub fn only(&self, keep: impl Fn(usize, u32) -> bool) -> Self {
        let mut kept = Self { start: vec![0], ..Self::default() };
        for user in 0..self.users() {
            for (&item, &rating) in self.items(user).iter().zip(self.ratings(user)) {
                if keep(user, item) {
                    kept.item.push(item);
                    kept.rating.push(rating);
                }
            }
            kept.start.push(kept.item.len() as u32);
        }
        kept
    }

    fn row(&self, user: usize) -> Option<Range<usize>> {
        Some(*self.start.get(user)? as usize..*self.start.get(user + 1)? as usize)
    }
}

/// What training and evaluation work on: who has which items in each part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    pub users: usize,
    pub items: usize,
    pub train: UserItems,
    pub validation: UserItems,
    pub test: UserItems,
}

impl Problem {
    /// Takes each interaction into the part at its position in `parts`, as [`split`](super::split()) gives them.
    pub fn new(dataset: &Dataset, parts: &[Part]) -> Self {
        Self {
            users: dataset.users.len(),
            items: dataset.items.len(),
            train: user_items(dataset, parts, Part::Train),
            validation: user_items(dataset, parts, Part::Validation),
            test: user_items(dataset, parts, Part::Test),
        }
    }

    /// Without the train interactions of some items: what is learned from where they are left out. Validation and test stay.
    pub fn learning_without(&self, left: &[bool]) -> Self {
        Self { train: self.train.only(|_, item| left[item as usize]), ..self.clone() }
    }

    /// With the split that the bundle has.
    pub fn of_bundle(dataset: &Dataset) -> Self {
        let parts: Vec<Part> = dataset.interactions.iter().map(|interaction| interaction.part).collect();
        Self::new(dataset, &parts)
    }

    pub fn part(&self, part: Part) -> &UserItems {
        match part {
            Part::Train => &self.train,
            Part::Validation => &self.validation,
            Part::Test => &self.test,
        }
    }

    /// Train interactions of each item, `[items]`.
    pub fn popularity(&self) -> Vec<u32> {
        let mut popularity = vec![0; self.items];
        for &item in &self.train.item {
            popularity[item as usize] += 1;
        }
        popularity
    }

    /// A digest of the split: who has what, in which part, rated how.
    pub fn fingerprint(&self) -> String {
        let mut digest = Digest::new();
        digest.words(&[self.users as u32, self.items as u32]);
        for part in [&self.train, &self.validation, &self.test] {
            digest.words(&part.start);
            digest.words(&part.item);
            digest.floats(&part.rating);
        }
        digest.finish()
    }
}

/// The interactions of one part; they are sorted by user, then item, already.
fn user_items(dataset: &Dataset, parts: &[Part], wanted: Part) -> UserItems {
    let mut rows = UserItems { start: vec![0; dataset.users.len() + 1], ..UserItems::default() };
    for (interaction, _) in dataset.interactions.iter().zip(parts).filter(|(_, part)| **part == wanted) {
        rows.start[interaction.user as usize + 1] += 1;
        rows.item.push(interaction.item);
        rows.rating.push(interaction.rating);
    }
    for user in 1..rows.start.len() {
        rows.start[user] += rows.start[user - 1];
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::sample::sample;
    use super::*;

    #[test]
    fn rows_hold_what_the_parts_say() {
        let dataset = sample();
        let parts: Vec<Part> = dataset.interactions.iter().map(|interaction| interaction.part).collect();
        let problem = Problem::new(&dataset, &parts);
        assert_eq!((problem.users, problem.items), (3, 4));
        assert_eq!(problem.train.start, [0, 2, 3, 4]);
        assert_eq!(problem.train.item, [0, 1, 0, 2]);
        assert_eq!(problem.train.ratings(0), [5.0, 4.0]);
        assert_eq!(problem.validation.items(1), [2]);
        assert_eq!(problem.test.items(0), [3]);
        assert_eq!(problem.test.items(9), [0u32; 0]);
        assert_eq!(problem.popularity(), [2, 1, 1, 0]);
    }

    #[test]
    fn the_fingerprint_changes_with_the_split_alone() {
        let mut dataset = sample();
        let mut parts: Vec<Part> = dataset.interactions.iter().map(|interaction| interaction.part).collect();
        let before = Problem::new(&dataset, &parts).fingerprint();
        dataset.texts.clear();
        assert_eq!(Problem::new(&dataset, &parts).fingerprint(), before);
        parts.swap(0, 2);
        assert_ne!(Problem::new(&dataset, &parts).fingerprint(), before);
    }
}
