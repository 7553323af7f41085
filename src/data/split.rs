use thiserror::Error;

use super::{Dataset, Interaction, Part};
use crate::order::order_by;
use crate::random::{Draw, Stream, generator};
use crate::schema::Split;

/// Why data cannot be split as asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SplitError {
    #[error("the split \"{}\" leaves no interaction for {}", name(*split), name(*part))]
    Empty { split: Split, part: Part },
    #[error("the split \"temporal\" needs timestamps, and these data have none; \"random\" needs nothing")]
    NoTimestamps,
    #[error(
        "the split \"cold-items\" holds out a tenth of the items twice, so it needs 10; these data have {items}"
    )]
    TooFewItems { items: usize },
}

/// The part of each interaction, in the order of [`Dataset::interactions`]; no part is empty.
///
/// `Random` and `Temporal` give each user's test n − ⌊0.8·n⌋ of n interactions and validation m − ⌊0.8·m⌋ of the
/// remaining m (reference, section 2.3). So a user needs three interactions to have one in train.
pub fn split(dataset: &Dataset, split: Split, seed: u32) -> Result<Vec<Part>, SplitError> {
    let parts = match split {
        Split::Bundle => dataset.interactions.iter().map(|interaction| interaction.part).collect(),
        Split::Random => random(&dataset.interactions, seed),
        Split::Temporal => temporal(&dataset.interactions)?,
        Split::ColdItems => cold_items(dataset, seed)?,
    };
    for part in [Part::Train, Part::Validation, Part::Test] {
        if !parts.contains(&part) {
            return Err(SplitError::Empty { split, part });
        }
    }
    Ok(parts)
}

impl Dataset {
    /// The same data, split anew.
    pub fn resplit(mut self, split: Split, seed: u32) -> Result<Self, SplitError> {
        let parts = self::split(&self, split, seed)?;
        for (interaction, part) in self.interactions.iter_mut().zip(parts) {
            interaction.part = part;
        }
        Ok(self)
    }
}

fn random(interactions: &[Interaction], seed: u32) -> Vec<Part> {
    let mut generator = generator(u64::from(seed), Stream::Split);
    let mut parts = Vec::with_capacity(interactions.len());
    for history in interactions.chunk_by(|a, b| a.user == b.user) {
        let mut labels: Vec<Part> = shares(history.len()).collect();
        generator.shuffle(&mut labels);
        parts.extend(labels);
    }
    parts
}

fn temporal(interactions: &[Interaction]) -> Result<Vec<Part>, SplitError> {
    if interactions.iter().all(|interaction| interaction.timestamp == 0) {
        return Err(SplitError::NoTimestamps);
    }
    let mut parts = Vec::with_capacity(interactions.len());
    for history in interactions.chunk_by(|a, b| a.user == b.user) {
        // Simultaneous ones stay in the order of their items. With the sign turned around, whole numbers order as their bits do.
        let order = order_by(history.iter().map(|interaction| interaction.timestamp as u64 ^ (1 << 63)));
        let mut labels = vec![Part::Train; history.len()];
        for (position, label) in order.zip(shares(history.len())) {
            labels[position as usize] = label;
        }
        parts.extend(labels);
    }
    Ok(parts)
}

fn cold_items(dataset: &Dataset, seed: u32) -> Result<Vec<Part>, SplitError> {
    let mut part_of_item = vec![Part::Train; dataset.items.len()];
    let mut items: Vec<u32> = dataset.interactions.iter().map(|interaction| interaction.item).collect();
    items.sort_unstable();
    items.dedup();
    let held_out = items.len() / 10;
    if held_out == 0 {
        return Err(SplitError::TooFewItems { items: items.len() });
    }
    generator(u64::from(seed), Stream::Split).shuffle(&mut items);
    for (position, &item) in items.iter().take(2 * held_out).enumerate() {
        part_of_item[item as usize] = if position < held_out { Part::Test } else { Part::Validation };
    }
    Ok(dataset.interactions.iter().map(|interaction| part_of_item[interaction.item as usize]).collect())
}

/// The labels of a history of `count` interactions: train first, test last.
fn shares(count: usize) -> impl Iterator<Item = Part> {
    let before_test = count * 4 / 5;
    let train = before_test * 4 / 5;
    (0..count).map(move |position| match position {
        position if position < train => Part::Train,
        position if position < before_test => Part::Validation,
        _ => Part::Test,
    })
}

/// How a part or a split is called in a specification.
fn name(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{interaction, sample};
    use super::*;

    fn dataset(users: u32, items: u32) -> Dataset {
        let pairs = (0..users).flat_map(|user| (0..items).map(move |item| (user, item)));
        Dataset {
            users: (0..users).map(|user| user.to_string()).collect(),
            items: (0..items).map(|item| item.to_string()).collect(),
            interactions: pairs
                .map(|(user, item)| {
                    interaction(user, item, 1.0, i64::from((item * 7 + user) % 5), Part::Train)
                })
                .collect(),
            modalities: Default::default(),
            texts: Vec::new(),
            thumbnails: None,
            sounds: None,
            ..sample()
        }
    }

    /// By hand: 5 → 4 + 1 test → 3 + 1 validation; 10 → 8 + 2 → 6 + 2; 7 → 5 + 2 → 4 + 1.
    #[test]
    fn the_shares_are_those_of_the_reference() {
        for (count, expected) in
            [(5, [3, 1, 1]), (10, [6, 2, 2]), (7, [4, 1, 2]), (1, [0, 0, 1]), (3, [1, 1, 1])]
        {
            let labels: Vec<Part> = shares(count).collect();
            let found = [Part::Train, Part::Validation, Part::Test]
                .map(|part| labels.iter().filter(|label| **label == part).count());
            assert_eq!(found, expected, "{count}");
        }
    }

    #[test]
    fn the_latest_come_last_and_ties_follow_the_items() {
        let mut dataset = dataset(1, 5);
        for (interaction, timestamp) in dataset.interactions.iter_mut().zip([9, 2, 9, 2, 2]) {
            interaction.timestamp = timestamp;
        }
        use Part::{Test, Train, Validation};
        let parts = split(&dataset, Split::Temporal, 1).unwrap();
        assert_eq!(parts, [Validation, Train, Test, Train, Train]);
    }

    #[test]
    fn a_cold_item_is_in_one_part_only() {
        let dataset = dataset(7, 25);
        let parts = split(&dataset, Split::ColdItems, 4).unwrap();
        let mut part_of_item = [None; 25];
        for (interaction, part) in dataset.interactions.iter().zip(&parts) {
            let seen = part_of_item[interaction.item as usize].get_or_insert(*part);
            assert_eq!(seen, part);
        }
        let count = |part| part_of_item.iter().filter(|seen| **seen == Some(part)).count();
        assert_eq!([count(Part::Train), count(Part::Validation), count(Part::Test)], [21, 2, 2]);
        assert_ne!(split(&dataset, Split::ColdItems, 5), Ok(parts));
    }

    #[test]
    fn what_cannot_be_split_says_why() {
        let error = |dataset: &Dataset, how| split(dataset, how, 1).unwrap_err().to_string();
        let mut dataset = dataset(2, 9);
        assert_eq!(
            error(&dataset, Split::Bundle),
            "the split \"bundle\" leaves no interaction for validation"
        );
        assert!(error(&dataset, Split::ColdItems).ends_with("it needs 10; these data have 9"));
        for interaction in &mut dataset.interactions {
            interaction.timestamp = 0;
        }
        assert!(error(&dataset, Split::Temporal).contains("needs timestamps"));
        dataset.interactions.truncate(1);
        assert!(error(&dataset, Split::Random).contains("leaves no interaction for train"));
    }

    #[test]
    fn the_bundles_own_split_is_kept() {
        let dataset = sample();
        assert_eq!(dataset.clone().resplit(Split::Bundle, 1), Ok(dataset));
    }

    proptest! {
        #[test]
        fn each_user_gets_the_same_shares_whatever_the_seed(users in 1u32..5, items in 5u32..30, seed: u32) {
            let dataset = dataset(users, items);
            let expected: Vec<Part> = shares(items as usize).collect();
            for how in [Split::Random, Split::Temporal] {
                let parts = split(&dataset, how, seed).unwrap();
                for history in parts.chunks(items as usize) {
                    let mut sorted = history.to_vec();
                    sorted.sort();
                    prop_assert_eq!(&sorted, &expected);
                }
                prop_assert_eq!(split(&dataset, how, seed), Ok(parts));
            }
        }
    }
}
