//! Who takes what: both sides' numbers of interactions are met exactly, and tastes decide the rest.

use std::collections::BTreeSet;

use rand_chacha::ChaCha8Rng;

use super::people::Appeal;
use super::recipe::{DegreeLaw, Recipe, RecipeError, Taste};
use crate::data::{Interaction, Part};
use crate::random::Draw;

/// How much chance there is in a rating, in standard deviations of taste.
const RATING_NOISE: f64 = 0.7;

/// All interactions, sorted by user, then item, split into parts.
///
/// # Errors
/// [`RecipeError::Total`] and [`RecipeError::Crowded`] when the numbers of interactions cannot be met.
pub fn interactions(
    recipe: &Recipe,
    appeals: &[Appeal],
    random: &mut ChaCha8Rng,
) -> Result<Vec<Interaction>, RecipeError> {
    let mut per_user = user_degrees(&recipe.user_degrees, recipe.users);
    let total = per_user.iter().map(|&degree| u64::from(degree)).sum();
    let mut per_item = item_degrees(&recipe.item_degrees, recipe.items, total)?;
    random.shuffle(&mut per_user);
    random.shuffle(&mut per_item);
    let histories = choose(&per_user, per_item, appeals, &recipe.taste, random)?;
    let mut interactions = Vec::new();
    for (user, history) in histories.iter().enumerate() {
        let chosen = history.iter().enumerate().map(|(position, &item)| Interaction {
            user: user as u32,
            item,
            rating: 0.0,
            timestamp: position as i64,
            part: Part::Train,
        });
        interactions.extend(chosen);
    }
    rate(&mut interactions, recipe, appeals, random);
    interactions.sort_by_key(|interaction| (interaction.user, interaction.item));
    Ok(interactions)
}

/// The law's quantiles at the middles of equal steps, rounded down: `[users]`, ascending. Quantiles rather
/// than draws, so that a small twin has its deciles right.
pub fn user_degrees(law: &DegreeLaw, users: u32) -> Vec<u32> {
    (0..users).map(|user| law.quantile((f64::from(user) + 0.5) / f64::from(users)) as u32).collect()
}

/// Numbers of interactions that add up to `total`: `[items]`, ascending. What each has above the minimum is
/// in proportion to the law's quantiles, as far as the maximum allows.
///
/// # Errors
/// [`RecipeError::Total`] when minimum or maximum make it impossible.
pub fn item_degrees(law: &DegreeLaw, items: u32, total: u64) -> Result<Vec<u32>, RecipeError> {
    let (least, most) =
        (u64::from(law.minimum) * u64::from(items), u64::from(law.maximum) * u64::from(items));
    if !(least..=most).contains(&total) {
        return Err(RecipeError::Total { interactions: total, items, least, most });
    }
    let above: Vec<f64> = (0..items)
        .map(|item| law.quantile((f64::from(item) + 0.5) / f64::from(items)) - f64::from(law.minimum))
        .collect();
    let degrees = |factor: f64| -> Vec<u32> {
        above
            .iter()
            .map(|above| (f64::from(law.minimum) + (factor * above).min(1e9)) as u32)
            .map(|degree| degree.min(law.maximum))
            .collect()
    };
    let sum = |degrees: &[u32]| degrees.iter().map(|&degree| u64::from(degree)).sum::<u64>();
    let (mut low, mut high) = (0.0, 1e9);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        *(if sum(&degrees(middle)) <= total { &mut low } else { &mut high }) = middle;
    }
    let mut degrees = degrees(low);
    let mut missing = total - sum(&degrees);
    while missing > 0 {
        for degree in degrees.iter_mut().rev().filter(|degree| **degree < law.maximum) {
            if missing > 0 {
                *degree += 1;
                missing -= 1;
            }
        }
    }
    Ok(degrees)
}

impl DegreeLaw {
    /// The number below which a share `below` of the law lies: at least the minimum, less than the maximum
    /// plus one.
    pub fn quantile(&self, below: f64) -> f64 {
        let end = f64::from(self.maximum) + 1.0 - f64::from(self.minimum);
        let covered = 1.0 - libm::pow(1.0 + end / self.scale, -self.shape);
        let above = self.scale * (libm::pow(1.0 - below * covered, -1.0 / self.shape) - 1.0);
        (f64::from(self.minimum) + above).min(f64::from(self.maximum) + 0.5)
    }
}

/// Each user's items in the order of taking.
///
/// People come in random order, once for each interaction they will have, and take an item that they have not
/// got, with a chance in proportion to the interactions that the item still lacks (the crowd) times
/// e^(strength x appeal) of what this choice goes by. Who finds only items they have got swaps with an
/// earlier choice of somebody else.
fn choose(
    per_user: &[u32],
    mut lacking: Vec<u32>,
    appeals: &[Appeal],
    taste: &Taste,
    random: &mut ChaCha8Rng,
) -> Result<Vec<Vec<u32>>, RecipeError> {
    let mut turns: Vec<u32> = per_user
        .iter()
        .enumerate()
        .flat_map(|(user, &degree)| (0..degree).map(move |_| user as u32))
        .collect();
    random.shuffle(&mut turns);
    let mut histories = vec![Vec::new(); per_user.len()];
    let mut owned = vec![BTreeSet::new(); per_user.len()];
    for user in turns.into_iter().map(|user| user as usize) {
        let reason = Reason::draw(taste, random);
        let mut chances = reason.chances(&appeals[user], &lacking, taste);
        for &item in &owned[user] {
            chances[item as usize] = 0.0;
        }
        let item = match weighted(&chances, random) {
            Some(item) => {
                lacking[item as usize] -= 1;
                item
            }
            None => {
                swap(user, &mut lacking, &mut histories, &mut owned, random).ok_or(RecipeError::Crowded)?
            }
        };
        histories[user].push(item);
        owned[user].insert(item);
    }
    Ok(histories)
}

/// What a single choice goes by, beside the interactions that items still lack.
#[derive(Clone, Copy)]
enum Reason {
    /// Looks, words, sound and kind add up, weighed as the recipe says.
    Any,
    /// Looks, words and sound must all please; the kind adds to that.
    All,
    /// Nothing else.
    Crowd,
}

impl Reason {
    fn draw(taste: &Taste, random: &mut ChaCha8Rng) -> Self {
        let (follows_crowd, needs_all) = (random.unit() < taste.crowd, random.unit() < taste.conjunction);
        match (follows_crowd, needs_all) {
            (true, _) => Self::Crowd,
            (false, true) => Self::All,
            (false, false) => Self::Any,
        }
    }

    /// `[items]`, not normalised.
    fn chances(self, appeal: &Appeal, lacking: &[u32], taste: &Taste) -> Vec<f64> {
        let followed = match self {
            Self::Any => appeal.weighed(taste),
            Self::All => appeal.least(taste),
            Self::Crowd => vec![0.0; lacking.len()],
        };
        let chance =
            |(followed, &lacking): (&f64, &u32)| f64::from(lacking) * libm::exp(taste.strength * followed);
        followed.iter().zip(lacking).map(chance).collect()
    }
}

/// An item drawn with chances in these proportions; `None` when all are zero.
fn weighted(chances: &[f64], random: &mut ChaCha8Rng) -> Option<u32> {
    let total: f64 = chances.iter().sum();
    let mut left = random.unit() * total;
    let mut last = None;
    for (item, &chance) in chances.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
        last = Some(item as u32);
        left -= chance;
        if left < 0.0 {
            break;
        }
    }
    last
}

/// Gives somebody else an item that still lacks interactions, in place of one that `user` has not got, and
/// returns that one; `None` when nobody can swap.
fn swap(
    user: usize,
    lacking: &mut [u32],
    histories: &mut [Vec<u32>],
    owned: &mut [BTreeSet<u32>],
    random: &mut ChaCha8Rng,
) -> Option<u32> {
    let users = histories.len();
    let start = random.below(users as u32) as usize;
    let left_over: Vec<u32> = (0..lacking.len() as u32).filter(|&item| lacking[item as usize] > 0).collect();
    for other in (0..users).map(|step| (start + step) % users).filter(|&other| other != user) {
        let Some(&given) = left_over.iter().find(|item| !owned[other].contains(item)) else { continue };
        let Some(place) = histories[other].iter().position(|item| !owned[user].contains(item)) else {
            continue;
        };
        let taken = core::mem::replace(&mut histories[other][place], given);
        owned[other].remove(&taken);
        owned[other].insert(given);
        lacking[given as usize] -= 1;
        return Some(taken);
    }
    None
}

/// Stars by satisfaction: the taste for the item with some chance in it, cut at the recipe's shares.
fn rate(interactions: &mut [Interaction], recipe: &Recipe, appeals: &[Appeal], random: &mut ChaCha8Rng) {
    let tastes: Vec<Vec<f64>> = appeals.iter().map(|appeal| appeal.weighed(&recipe.taste)).collect();
    let satisfaction: Vec<f64> = interactions
        .iter()
        .map(|Interaction { user, item, .. }| {
            tastes[*user as usize][*item as usize] + RATING_NOISE * random.normal()
        })
        .collect();
    let mut ascending: Vec<usize> = (0..interactions.len()).collect();
    ascending.sort_by(|&one, &other| satisfaction[one].total_cmp(&satisfaction[other]));
    for (rank, at) in ascending.into_iter().enumerate() {
        let below = (rank as f64 + 0.5) / interactions.len() as f64;
        let mut reached = 0.0;
        let lower = recipe.ratings[..4].iter().take_while(|&&share| {
            reached += share;
            reached <= below
        });
        interactions[at].rating = lower.count() as f32 + 1.0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::{Stream, generator};

    #[test]
    fn quantiles_run_from_minimum_to_maximum() {
        let law = DegreeLaw { minimum: 5, maximum: 94, scale: 10.0, shape: 2.5 };
        assert_eq!(law.quantile(0.0), 5.0);
        assert!((law.quantile(1.0) - 94.5).abs() < 1e-9);
        // Half of a Lomax law with scale 10 and shape 2.5 lies below 10 (2^0.4 - 1) = 3.195; the truncation,
        // which cuts off 0.3 %, moves that to 3.18.
        assert!((law.quantile(0.5) - 8.18).abs() < 0.01, "{}", law.quantile(0.5));
    }

    #[test]
    fn item_degrees_say_when_they_cannot_add_up() {
        let law = DegreeLaw { minimum: 2, maximum: 4, scale: 1.0, shape: 1.0 };
        let error = item_degrees(&law, 10, 41).unwrap_err();
        assert_eq!(error, RecipeError::Total { interactions: 41, items: 10, least: 20, most: 40 });
    }

    proptest! {
        #[test]
        fn item_degrees_add_up_within_the_bounds(
            minimum in 0u32..6, more in 0u32..60, scale in 0.01f64..50.0, shape in 0.05f64..8.0,
            items in 1u32..200, place in 0.0f64..=1.0,
        ) {
            let law = DegreeLaw { minimum, maximum: minimum + more, scale, shape };
            let total = u64::from(minimum * items) + (place * f64::from(more * items)) as u64;
            let degrees = item_degrees(&law, items, total).unwrap();
            prop_assert_eq!(degrees.iter().map(|&degree| u64::from(degree)).sum::<u64>(), total);
            prop_assert!(degrees.iter().all(|degree| (minimum..=minimum + more).contains(degree)));
            prop_assert_eq!(degrees.len(), items as usize);
        }

        /// Degrees of a random set of pairs can be met; where single swaps do not get there, it says so.
        #[test]
        fn both_sides_are_met_without_repetition(
            pairs in prop::collection::btree_set((0u32..8, 0u32..8), 1..56), seed: u64,
        ) {
            let (mut per_user, mut per_item) = (vec![0; 8], vec![0; 8]);
            for &(user, item) in &pairs {
                per_user[user as usize] += 1;
                per_item[item as usize] += 1;
            }
            let mut random = generator(seed, Stream::Twin);
            let none = || vec![0.0; 8];
            let indifferent = Appeal { looks: none(), words: none(), sound: none(), kind: none() };
            let taste = Taste {
                looks: 0.4, words: 0.3, sound: 0.0, kind: 0.1, crowd: 0.2, conjunction: 0.5, strength: 1.0, circles: 1,
                conformity: 0.5, colour: 1.0, pattern: 1.0, brand: 1.0, material: 1.0, theme: 1.0, register: 0.0,
                tempo: 0.0, tone: 0.0,
            };
            let appeals = vec![indifferent; 8];
            let histories = match choose(&per_user, per_item.clone(), &appeals, &taste, &mut random) {
                Ok(histories) => histories,
                Err(error) => {
                    prop_assert_eq!(error, RecipeError::Crowded);
                    return Ok(());
                }
            };
            let mut taken = vec![0; 8];
            for (history, degree) in histories.iter().zip(per_user) {
                prop_assert_eq!(history.len() as u32, degree);
                let distinct: BTreeSet<_> = history.iter().collect();
                prop_assert_eq!(distinct.len(), history.len());
                history.iter().for_each(|&item| taken[item as usize] += 1);
            }
            prop_assert_eq!(taken, per_item);
        }
    }
}
