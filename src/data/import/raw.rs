use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::identifiers::as_numbers;
use super::lines::Line;
use super::{ImportError, Imported};
use crate::data::{Dataset, Interaction, Part, Provenance, Subsample, subsample};
use crate::schema::Split;

/// How data that are reviews and no more are prepared: who stays, and what is train, validation and test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Raw {
    /// Interactions that every user and every item must have with those that stay; 1 keeps all.
    pub core: usize,
    pub split: Split,
    /// Of the split.
    pub seed: u32,
}

impl Default for Raw {
    /// The 5-core, split as the paper splits: at random, a fifth of each user's interactions for test and a fifth of the
    /// others for validation.
    fn default() -> Self {
        Self { core: 5, split: Split::Random, seed: 1 }
    }
}

/// Reviews on their way to interactions: 24 bytes each, whatever was written in them.
#[derive(Default)]
pub struct Reviews {
    users: Names,
    items: Names,
    rows: Vec<Interaction>,
}

impl Reviews {
    /// Adds what a line says.
    pub fn add(
        &mut self,
        line: Line,
        user: &str,
        item: &str,
        rating: f32,
        timestamp: i64,
    ) -> Result<(), ImportError> {
        for (field, name) in [("user", user), ("item", item)] {
            if name.is_empty() {
                return Err(line.wrong(field, name, "an identifier"));
            }
        }
        if !rating.is_finite() {
            return Err(line.wrong("rating", rating, "a finite number"));
        }
        let (user, item) = (self.users.number(user), self.items.number(item));
        self.rows.push(Interaction { user, item, rating, timestamp, part: Part::Train });
        Ok(())
    }

    /// The reviews as data without content: of a pair's reviews the last one by time, then the core, then the split.
    pub fn prepare(mut self, name: &str, provenance: Provenance, raw: &Raw) -> Result<Imported, ImportError> {
        let mut notes = Vec::new();
        let pair = |row: &Interaction| (row.user, row.item);
        let reviews = self.rows.len();
        // Stable, so that of reviews of the same time the one that was read last comes last.
        self.rows.sort_by_key(|row| (pair(row), row.timestamp));
        self.rows.dedup_by(|later, kept| {
            let again = pair(later) == pair(kept);
            if again {
                *kept = *later;
            }
            again
        });
        if self.rows.len() < reviews {
            let count = reviews - self.rows.len();
            notes.push(format!(
                "reviews were left out where the same user reviewed the same item later, {count} in all"
            ));
        }
        let (users, new_user) = self.users.ascending();
        let (items, new_item) = self.items.ascending();
        for row in &mut self.rows {
            (row.user, row.item) = (new_user[row.user as usize], new_item[row.item as usize]);
        }
        self.rows.sort_unstable_by_key(pair);
        let mut dataset = Dataset {
            name: name.into(),
            provenance,
            users,
            items,
            interactions: self.rows,
            modalities: BTreeMap::new(),
            texts: Vec::new(),
            thumbnails: None,
            sounds: None,
        };
        dataset.check()?;
        if raw.core > 1 {
            let sizes = |data: &Dataset| [data.users.len(), data.items.len(), data.interactions.len()];
            let before = sizes(&dataset);
            dataset = subsample(&dataset, &Subsample { users: None, core: raw.core, seed: raw.seed })?;
            let [users, items, interactions] = sizes(&dataset);
            let [all_users, all_items, all_interactions] = before;
            notes.push(format!(
                "the {}-core has {users} of {all_users} users, {items} of {all_items} items and {interactions} of \
                 {all_interactions} interactions",
                raw.core
            ));
        }
        dataset = dataset.resplit(raw.split, raw.seed)?;
        let split = serde_json::to_value(raw.split).unwrap_or_default();
        let recipe = &dataset.provenance.recipe;
        dataset.provenance.recipe =
            format!("{recipe}; split={},seed={}", split.as_str().unwrap_or_default(), raw.seed);
        Ok(Imported { dataset, notes })
    }
}

/// Distinct names, numbered in the order in which they are met.
#[derive(Default)]
struct Names(BTreeMap<String, u32>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        match self.0.get(name) {
            Some(&number) => number,
            None => {
                let number = self.0.len() as u32;
                self.0.insert(name.to_owned(), number);
                number
            }
        }
    }

    /// The names in ascending order, and the place there of each number.
    fn ascending(self) -> (Vec<String>, Vec<u32>) {
        let mut sorted: Vec<(String, u32)> = self.0.into_iter().collect();
        as_numbers(&mut sorted, |(name, _)| name);
        let mut places = vec![0; sorted.len()];
        for ((_, number), place) in sorted.iter().zip(0..) {
            places[*number as usize] = place;
        }
        (sorted.into_iter().map(|(name, _)| name).collect(), places)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::MemoryFolder;
    use super::super::lines::Lines;
    use super::super::sample::files;
    use super::*;

    /// Prepares reviews of the form `user item rating time`.
    fn prepared(reviews: &[&str], raw: &Raw) -> Result<Imported, ImportError> {
        let folder = MemoryFolder::new(files(&[("a", reviews.join("\n").as_bytes())]));
        let (mut read, mut notes) = (Reviews::default(), Vec::new());
        Lines::open(&folder, "a", &|_| {})?.each(&mut notes, |line| {
            let cells: Vec<&str> = line.text()?.split(' ').collect();
            read.add(line, cells[0], cells[1], cells[2].parse().unwrap(), cells[3].parse().unwrap())
        })?;
        let mut imported =
            read.prepare("small", Provenance { recipe: "by hand".into(), ..Default::default() }, raw)?;
        imported.notes.splice(0..0, notes);
        Ok(imported)
    }

    /// A user with five items, so that a split finds something for every part.
    const FIVE: [&str; 5] = ["z 1 1 10", "z 2 1 20", "z 3 1 30", "z 4 1 40", "z 10 1 50"];
    const ALL: Raw = Raw { core: 1, split: Split::Temporal, seed: 1 };

    #[test]
    fn of_a_pairs_reviews_the_last_by_time_counts_and_of_the_same_time_the_last_read() {
        let reviews = [&FIVE[..], &["a 4 5 9", "a 4 2 7", "z 2 4 20", "z 2 3 20"]].concat();
        let Imported { dataset, notes } = prepared(&reviews, &ALL).unwrap();
        assert_eq!(dataset.users, ["a", "z"]);
        assert_eq!(dataset.items, ["1", "2", "3", "4", "10"]);
        let rows: Vec<_> =
            dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.timestamp)).collect();
        assert_eq!(
            rows,
            [
                (0, 3, 5.0, 9),
                (1, 0, 1.0, 10),
                (1, 1, 3.0, 20),
                (1, 2, 1.0, 30),
                (1, 3, 1.0, 40),
                (1, 4, 1.0, 50)
            ]
        );
        assert_eq!(
            notes,
            ["reviews were left out where the same user reviewed the same item later, 3 in all"]
        );
        use Part::{Test, Train, Validation};
        let parts: Vec<_> = dataset.interactions.iter().map(|i| i.part).collect();
        assert_eq!(parts, [Test, Train, Train, Train, Validation, Test]);
        assert_eq!(dataset.provenance.recipe, "by hand; split=temporal,seed=1");
    }

    /// By hand: w has one item and goes, which leaves item 9 to nobody.
    #[test]
    fn the_core_comes_before_the_split() {
        let mut reviews = vec!["w 9 1 1".to_owned()];
        for user in ["x", "y", "z"] {
            reviews.extend((1..=5).map(|item| format!("{user} {item} 1 {item}")));
        }
        let reviews: Vec<&str> = reviews.iter().map(String::as_str).collect();
        let Imported { dataset, notes } = prepared(&reviews, &Raw { core: 3, ..ALL }).unwrap();
        assert_eq!((dataset.users.len(), dataset.items.len()), (3, 5));
        assert_eq!(notes, ["the 3-core has 3 of 4 users, 5 of 6 items and 15 of 16 interactions"]);
        assert_eq!(dataset.provenance.recipe, "by hand; subsample core=3,seed=1; split=temporal,seed=1");
        let error = prepared(&reviews, &Raw::default()).unwrap_err().to_string();
        assert!(error.starts_with("the 5-core is empty"), "{error}");
    }

    #[test]
    fn what_cannot_be_an_interaction_is_left_out() {
        let reviews = [&FIVE[..], &[" 1 5 0", "a  5 0", "a 1 inf 0"]].concat();
        let notes = prepared(&reviews, &ALL).unwrap().notes;
        assert_eq!(
            notes,
            [
                "a: lines that cannot be used were left out, 3 of 8",
                "a, line 6: the user is \"\", expected an identifier",
                "a, line 7: the item is \"\", expected an identifier",
                "a, line 8: the rating is \"inf\", expected a finite number",
            ]
        );
    }

    #[test]
    fn what_cannot_be_prepared_says_why() {
        let error = |reviews: &[&str], raw: Raw| prepared(reviews, &raw).unwrap_err().to_string();
        assert_eq!(error(&[], ALL), "there is not a single interaction");
        assert!(error(&["a 1 1 0", "a 2 1 0"], ALL).contains("needs timestamps"));
        assert!(error(&["a 1 1 3"], ALL).contains("leaves no interaction for train"));
        let held = Raw { split: Split::ColdItems, ..ALL };
        assert!(error(&FIVE, held).contains("needs 10; these data have 5"));
    }

    proptest! {
        /// Against the definition: a map from pair to the review that comes last by time, then by place.
        #[test]
        fn every_pair_keeps_its_last_review(
            reviews in prop::collection::vec((0u8..4, 0u8..12, 1u8..6, 0i64..4), 20..80),
        ) {
            let lines: Vec<String> =
                reviews.iter().map(|(user, item, rating, time)| format!("u{user} {item} {rating} {time}")).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let raw = Raw { split: Split::Random, ..ALL };
            let Ok(Imported { dataset, notes }) = prepared(&lines, &raw) else { return Ok(()) };
            prop_assert_eq!(dataset.check(), Ok(()));
            let mut last = BTreeMap::<_, (i64, u8)>::new();
            for &(user, item, rating, time) in &reviews {
                let kept = last.entry((format!("u{user}"), item.to_string())).or_insert((time, rating));
                if time >= kept.0 {
                    *kept = (time, rating);
                }
            }
            prop_assert_eq!(dataset.interactions.len(), last.len());
            for pair in &dataset.interactions {
                let key = (dataset.users[pair.user as usize].clone(), dataset.items[pair.item as usize].clone());
                let (time, rating) = last[&key];
                prop_assert_eq!((pair.timestamp, pair.rating), (time, f32::from(rating)));
            }
            let left_out = reviews.len() - last.len();
            prop_assert_eq!(notes.is_empty(), left_out == 0);
            if left_out > 0 {
                let end = format!("later, {left_out} in all");
                prop_assert!(notes[0].ends_with(&end));
            }
        }
    }
}
