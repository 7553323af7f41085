use std::fmt;
use std::str::FromStr;

use ndarray::Axis;
use thiserror::Error;

use super::{Dataset, Features, Sounds, Thumbnails};
use crate::random::{Draw, Stream, generator};

/// A smaller data set of the same kind: `users=300,core=5,seed=1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subsample {
    /// Users to draw; all when absent.
    pub users: Option<usize>,
    /// Interactions that every user and every item left must have among those left.
    pub core: usize,
    pub seed: u32,
}

/// Why a subsample cannot be read or drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SubsampleError {
    #[error("\"{text}\" is not of the form key=value; a subsample looks like users=300,core=5,seed=1")]
    Form { text: String },
    #[error("a subsample has no \"{key}\"; it has users, core and seed")]
    Key { key: String },
    #[error("the subsample's \"{key}\" is given twice")]
    Twice { key: String },
    #[error(
        "the subsample's {key} is \"{value}\"; a whole number from {minimum} to {} is expected",
        u32::MAX
    )]
    Number { key: &'static str, value: String, minimum: u32 },
    #[error("the subsample names neither users nor core, so it would keep everything")]
    Nothing,
    #[error("the subsample asks for {wanted} users, and the data have {users}")]
    TooManyUsers { wanted: usize, users: usize },
    #[error(
        "the {core}-core is empty: no users and items are left that have {core} interactions with each other"
    )]
    EmptyCore { core: usize },
}

impl FromStr for Subsample {
    type Err = SubsampleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let [mut users, mut core, mut seed] = [None; 3];
        for pair in text.split(',') {
            let (key, value) =
                pair.split_once('=').ok_or_else(|| SubsampleError::Form { text: pair.into() })?;
            let (key, field, minimum) = match key.trim() {
                "users" => ("users", &mut users, 1),
                "core" => ("core", &mut core, 1),
                "seed" => ("seed", &mut seed, 0),
                other => return Err(SubsampleError::Key { key: other.into() }),
            };
            let number = value.trim().parse::<u32>().ok().filter(|&number| number >= minimum);
            let number =
                number.ok_or_else(|| SubsampleError::Number { key, value: value.into(), minimum })?;
            if field.replace(number).is_some() {
                return Err(SubsampleError::Twice { key: key.into() });
            }
        }
        if users.is_none() && core.is_none() {
            return Err(SubsampleError::Nothing);
        }
        let users = users.map(|users| users as usize);
        Ok(Self { users, core: core.unwrap_or(1) as usize, seed: seed.unwrap_or(1) })
    }
}

impl fmt::Display for Subsample {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if let Some(users) = self.users {
            write!(formatter, "users={users},")?;
        }
        write!(formatter, "core={},seed={}", self.core, self.seed)
    }
}

/// Draws users uniformly, then takes users and items with fewer than `core` interactions away until none is left.
///
/// All interactions count, whatever their part, and keep their part. Users and items left without interactions go, and
/// with them their features, texts, sounds and positions on the sheet of thumbnails, which itself stays whole.
pub fn subsample(dataset: &Dataset, wanted: &Subsample) -> Result<Dataset, SubsampleError> {
    let users = dataset.users.len();
    let mut keep_user = vec![true; users];
    if let Some(wanted_users) = wanted.users {
        if wanted_users > users {
            return Err(SubsampleError::TooManyUsers { wanted: wanted_users, users });
        }
        let mut order: Vec<usize> = (0..users).collect();
        generator(u64::from(wanted.seed), Stream::Subsample).shuffle(&mut order);
        for &user in &order[wanted_users..] {
            keep_user[user] = false;
        }
    }
    let mut interactions = dataset.interactions.clone();
    interactions.retain(|interaction| keep_user[interaction.user as usize]);
    let (keep_user, keep_item) = loop {
        let (mut of_user, mut of_item) = (vec![0usize; users], vec![0usize; dataset.items.len()]);
        for interaction in &interactions {
            of_user[interaction.user as usize] += 1;
            of_item[interaction.item as usize] += 1;
        }
        let enough =
            |counts: &[usize]| counts.iter().map(|&count| count >= wanted.core).collect::<Vec<bool>>();
        let (keep_user, keep_item) = (enough(&of_user), enough(&of_item));
        let before = interactions.len();
        interactions.retain(|pair| keep_user[pair.user as usize] && keep_item[pair.item as usize]);
        if interactions.len() == before {
            break (keep_user, keep_item);
        }
    };
    if interactions.is_empty() {
        return Err(SubsampleError::EmptyCore { core: wanted.core });
    }
    let (new_user, new_item) = (renumber(&keep_user), renumber(&keep_item));
    for interaction in &mut interactions {
        interaction.user = new_user[interaction.user as usize];
        interaction.item = new_item[interaction.item as usize];
    }
    let rows: Vec<usize> = (0..keep_item.len()).filter(|&item| keep_item[item]).collect();
    let features = |features: &Features| Features {
        values: features.values.select(Axis(0), &rows),
        present: kept(&features.present, &keep_item),
        precision: features.precision,
        origin: features.origin.clone(),
    };
    let mut provenance = dataset.provenance.clone();
    provenance.recipe = format!("{}; subsample {wanted}", provenance.recipe);
    Ok(Dataset {
        name: dataset.name.clone(),
        provenance,
        users: kept(&dataset.users, &keep_user),
        items: kept(&dataset.items, &keep_item),
        interactions,
        modalities: dataset
            .modalities
            .iter()
            .map(|(name, modality)| (name.clone(), features(modality)))
            .collect(),
        texts: kept(&dataset.texts, &keep_item),
        thumbnails: dataset.thumbnails.as_ref().map(|thumbnails| Thumbnails {
            position: kept(&thumbnails.position, &keep_item),
            ..thumbnails.clone()
        }),
        sounds: dataset.sounds.as_ref().map(|sounds| Sounds {
            samples: rows
                .iter()
                .flat_map(|row| &sounds.samples[row * sounds.length..][..sounds.length])
                .copied()
                .collect(),
            present: kept(&sounds.present, &keep_item),
            ..*sounds
        }),
    })
}

/// The new index of each one kept.
fn renumber(keep: &[bool]) -> Vec<u32> {
    keep.iter()
        .scan(0, |next, &keep| {
            let index = *next;
            *next += u32::from(keep);
            Some(index)
        })
        .collect()
}

fn kept<T: Clone>(values: &[T], keep: &[bool]) -> Vec<T> {
    values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Part;
    use super::super::sample::{interaction, sample, sounds};
    use super::*;

    #[test]
    fn the_text_form_is_read_and_shown() {
        let read = |text: &str| text.parse::<Subsample>();
        assert_eq!(read("users=300,core=5,seed=9"), Ok(Subsample { users: Some(300), core: 5, seed: 9 }));
        assert_eq!(read("core=3"), Ok(Subsample { users: None, core: 3, seed: 1 }));
        assert_eq!(read("users=2").unwrap().to_string(), "users=2,core=1,seed=1");
    }

    #[test]
    fn a_mistake_in_the_text_form_is_named() {
        let error = |text: &str| text.parse::<Subsample>().unwrap_err().to_string();
        assert!(error("").contains("not of the form"));
        assert!(error("users").contains("\"users\" is not of the form"));
        assert!(error("people=3").contains("no \"people\""));
        assert!(error("users=-3").contains("users is \"-3\"; a whole number from 1"));
        assert!(error("users=0").contains("a whole number from 1"));
        assert!(error("core=2,core=3").contains("\"core\" is given twice"));
        assert!(error("seed=3").contains("neither users nor core"));
    }

    /// By hand: item 3 has one interaction and goes; ann and bob keep two and one, so the 2-core loses bob, hence
    /// item 0 falls to one; nothing is left.
    #[test]
    fn the_core_is_taken_until_nothing_changes() {
        let two = Subsample { users: None, core: 2, seed: 1 };
        assert_eq!(subsample(&sample(), &two), Err(SubsampleError::EmptyCore { core: 2 }));
        let mut dataset = Dataset { sounds: Some(sounds()), ..sample() };
        dataset.interactions.insert(4, interaction(1, 1, 2.0, 9, Part::Validation));
        // Now ann and bob share items 0 and 1; eve, item 2 and item 3 go.
        let small = subsample(&dataset, &two).unwrap();
        assert_eq!(small.check(), Ok(()));
        assert_eq!(
            (small.users, small.items),
            (vec!["ann".into(), "bob".into()], vec!["10".into(), "20".into()])
        );
        let parts: Vec<_> = small.interactions.iter().map(|pair| (pair.user, pair.item, pair.part)).collect();
        use Part::{Train, Validation};
        assert_eq!(parts, [(0, 0, Train), (0, 1, Train), (1, 0, Train), (1, 1, Validation)]);
        assert_eq!(small.modalities["visual"].values, ndarray::array![[1.0, 0.5, -2.0], [0.25, 0.0, 3.0]]);
        assert_eq!(small.texts[1].title, "Pen");
        assert_eq!(small.thumbnails.unwrap().position, [Some(0), None]);
        let kept = small.sounds.unwrap();
        assert_eq!((kept.of(0), kept.of(1), kept.of(2)), (sounds().of(0), sounds().of(1), None));
        assert_eq!((kept.rate, kept.samples.len()), (8000, 6));
    }

    #[test]
    fn more_users_than_there_are_cannot_be_drawn() {
        let wanted = Subsample { users: Some(4), core: 1, seed: 1 };
        assert_eq!(subsample(&sample(), &wanted), Err(SubsampleError::TooManyUsers { wanted: 4, users: 3 }));
    }

    proptest! {
        #[test]
        fn everybody_left_has_the_core(
            pairs in prop::collection::btree_set((0u32..12, 0u32..10), 1..80),
            users in 1usize..12, core in 1usize..4, seed: u32,
        ) {
            let dataset = Dataset {
                users: (0..12).map(|user| user.to_string()).collect(),
                items: (0..10).map(|item| item.to_string()).collect(),
                interactions: pairs.iter().map(|&(u, i)| interaction(u, i, 1.0, 0, Part::Train)).collect(),
                modalities: Default::default(), texts: Vec::new(), thumbnails: None, sounds: None, ..sample()
            };
            let wanted = Subsample { users: Some(users), core, seed };
            let Ok(small) = subsample(&dataset, &wanted) else { return Ok(()) };
            prop_assert_eq!(small.check(), Ok(()));
            prop_assert!(small.users.len() <= users);
            for user in 0..small.users.len() as u32 {
                prop_assert!(small.interactions.iter().filter(|pair| pair.user == user).count() >= core);
            }
            for item in 0..small.items.len() as u32 {
                prop_assert!(small.interactions.iter().filter(|pair| pair.item == item).count() >= core);
            }
            for pair in &small.interactions {
                let user = small.users[pair.user as usize].parse().unwrap();
                let item = small.items[pair.item as usize].parse().unwrap();
                prop_assert!(pairs.contains(&(user, item)));
            }
            prop_assert_eq!(subsample(&dataset, &wanted), Ok(small));
        }
    }
}
