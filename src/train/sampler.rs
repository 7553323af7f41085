use rand_chacha::ChaCha8Rng;
use thiserror::Error;

use crate::data::Problem;
use crate::digest::Digest;
use crate::models::{Sampling, Triples};
use crate::random::{Draw, Stream, generator};

/// Why no batch can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SamplerError {
    #[error(
        "no user has both a train item and an item left that is not in train, so there is nothing to learn"
    )]
    NoUser,
}

/// Draws the training batches of one run.
pub struct Sampler {
    sampling: Sampling,
    generator: ChaCha8Rng,
    /// Users with at least one positive and at least one negative. All draws are from these, so every search for a
    /// negative ends.
    users: Vec<u32>,
    /// Items with a train interaction.
    pool: Vec<u32>,
    /// The users' interactions in this epoch's order, where every one is drawn once.
    interactions: Vec<(u32, u32)>,
    batch_size: usize,
    /// Triples in one epoch.
    length: usize,
}

impl Sampler {
    pub fn new(
        problem: &Problem,
        sampling: Sampling,
        batch_size: usize,
        seed: u32,
    ) -> Result<Self, SamplerError> {
        let train = &problem.train;
        let pool: Vec<u32> =
            (0u32..).zip(problem.popularity()).filter(|(_, n)| *n > 0).map(|(i, _)| i).collect();
        let negatives = sampling != Sampling::PositiveInteractions;
        let most = if negatives { pool.len() } else { pool.len() + 1 };
        let users: Vec<u32> = (0..problem.users as u32)
            .filter(|&user| (1..most).contains(&train.items(user as usize).len()))
            .collect();
        if users.is_empty() {
            return Err(SamplerError::NoUser);
        }
        let interactions: Vec<(u32, u32)> = match sampling {
            Sampling::Interactions | Sampling::PositiveInteractions => users
                .iter()
                .flat_map(|&user| train.items(user as usize).iter().map(move |&item| (user, item)))
                .collect(),
            Sampling::UsersUniformly | Sampling::DistinctUsers => Vec::new(),
        };
        let length = if interactions.is_empty() { train.item.len() } else { interactions.len() };
        let generator = generator(u64::from(seed), Stream::Sample);
        Ok(Self { sampling, generator, users, pool, interactions, batch_size, length })
    }

    /// Steps in one epoch: as many triples as train interactions, the last batch shorter.
    pub fn steps_per_epoch(&self) -> usize {
        self.length.div_ceil(self.batch_size)
    }

    /// The batch of one step of an epoch. Steps are to be asked for in their order.
    pub fn batch(&mut self, problem: &Problem, step: usize) -> Triples {
        let first = step * self.batch_size;
        let size = self.batch_size.min(self.length - first);
        let mut triples = Triples::default();
        match self.sampling {
            Sampling::UsersUniformly => {
                for _ in 0..size {
                    let user = self.users[self.generator.below(self.users.len() as u32) as usize];
                    self.push_of(problem, user, &mut triples);
                }
            }
            Sampling::DistinctUsers => {
                // The first places of a partial Fisher–Yates shuffle.
                for place in 0..size.min(self.users.len()) {
                    let rest = (self.users.len() - place) as u32;
                    self.users.swap(place, place + self.generator.below(rest) as usize);
                    self.push_of(problem, self.users[place], &mut triples);
                }
            }
            Sampling::Interactions | Sampling::PositiveInteractions => {
                if step == 0 {
                    self.generator.shuffle(&mut self.interactions);
                }
                for at in first..first + size {
                    let (user, item) = self.interactions[at];
                    self.push(problem, user, item, &mut triples);
                }
            }
        }
        triples
    }

    /// Adds a triple of the user with one of their items, uniformly.
    fn push_of(&mut self, problem: &Problem, user: u32, triples: &mut Triples) {
        let owned = problem.train.items(user as usize);
        let item = owned[self.generator.below(owned.len() as u32) as usize];
        self.push(problem, user, item, triples);
    }

    fn push(&mut self, problem: &Problem, user: u32, item: u32, triples: &mut Triples) {
        triples.users.push(user);
        triples.positives.push(item);
        if self.sampling == Sampling::PositiveInteractions {
            return;
        }
        let owned = problem.train.items(user as usize);
        triples.negatives.push(loop {
            let item = self.pool[self.generator.below(self.pool.len() as u32) as usize];
            if owned.binary_search(&item).is_err() {
                break item;
            }
        });
    }
}

impl Triples {
    /// Adds the triples to a fingerprint of samples.
    pub fn digest(&self, digest: &mut Digest) {
        digest.words(&self.users);
        digest.words(&self.positives);
        digest.words(&self.negatives);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::data::UserItems;

    /// User 0 has items 0 and 1, user 1 all four, user 2 item 2, user 3 none, user 4 items 1 and 3.
    fn problem() -> Problem {
        let item = vec![0, 1, 0, 1, 2, 3, 2, 1, 3];
        let train = UserItems { start: vec![0, 2, 6, 7, 7, 9], rating: vec![1.0; item.len()], item };
        Problem { users: 5, items: 5, train, ..Problem::default() }
    }

    fn epoch(sampling: Sampling, batch_size: usize) -> Vec<Triples> {
        let problem = problem();
        let mut sampler = Sampler::new(&problem, sampling, batch_size, 1).unwrap();
        (0..sampler.steps_per_epoch()).map(|step| sampler.batch(&problem, step)).collect()
    }

    #[test]
    fn a_triple_is_a_user_what_they_took_and_what_they_did_not() {
        let problem = problem();
        for sampling in [Sampling::UsersUniformly, Sampling::DistinctUsers, Sampling::Interactions] {
            for triples in epoch(sampling, 4) {
                assert_eq!(triples.users.len(), triples.negatives.len());
                for ((&user, positive), negative) in
                    triples.users.iter().zip(&triples.positives).zip(&triples.negatives)
                {
                    let owned = problem.train.items(user as usize);
                    assert!(owned.contains(positive) && !owned.contains(negative) && *negative != 4);
                    // User 1 owns every item of the pool: there is nothing they did not take.
                    assert_ne!(user, 1, "{sampling:?}");
                }
            }
        }
    }

    #[test]
    fn users_of_a_batch_are_distinct_where_the_system_wants_it() {
        for triples in epoch(Sampling::DistinctUsers, 4) {
            let distinct: BTreeSet<_> = triples.users.iter().collect();
            assert_eq!(distinct.len(), triples.users.len());
        }
    }

    #[test]
    fn an_epoch_has_every_interaction_once() {
        let mut seen: Vec<(u32, u32)> = epoch(Sampling::PositiveInteractions, 2)
            .into_iter()
            .inspect(|triples| assert!(triples.negatives.is_empty()))
            .flat_map(|triples| triples.users.into_iter().zip(triples.positives))
            .collect();
        seen.sort_unstable();
        assert_eq!(seen, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (1, 3), (2, 2), (4, 1), (4, 3)]);
        // With negatives, the user who has no negative is left out.
        assert_eq!(epoch(Sampling::Interactions, 2).iter().map(|t| t.users.len()).sum::<usize>(), 5);
    }

    #[test]
    fn epochs_differ() {
        let problem = problem();
        let mut sampler = Sampler::new(&problem, Sampling::Interactions, 5, 1).unwrap();
        let epochs: BTreeSet<Vec<u32>> = (0..20).map(|_| sampler.batch(&problem, 0).positives).collect();
        assert!(epochs.len() > 5);
    }
}
