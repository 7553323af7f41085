use rand_chacha::ChaCha8Rng;
use thiserror::Error;

use crate::data::Problem;
use crate::digest::Digest;
use crate::models::Triples;
use crate::random::{Draw, Stream, generator};

/// Why no batch can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SamplerError {
    #[error(
        "no user has both a train item and an item left that is not in train, so there is nothing to learn"
    )]
    NoUser,
}

/// Draws training triples: a user uniformly with replacement, one of their train items uniformly, and a train
/// item of others uniformly that they do not have (reference, section 3).
pub struct Sampler {
    generator: ChaCha8Rng,
    /// Users with at least one positive and at least one negative.
    users: Vec<u32>,
    /// Items with a train interaction.
    pool: Vec<u32>,
    batch_size: usize,
    interactions: usize,
}

impl Sampler {
    pub fn new(problem: &Problem, batch_size: usize, seed: u32) -> Result<Self, SamplerError> {
        let train = &problem.train;
        let pool: Vec<u32> =
            (0u32..).zip(problem.popularity()).filter(|(_, n)| *n > 0).map(|(i, _)| i).collect();
        let users: Vec<u32> = (0..problem.users as u32)
            .filter(|&user| (1..pool.len()).contains(&train.items(user as usize).len()))
            .collect();
        if users.is_empty() {
            return Err(SamplerError::NoUser);
        }
        let generator = generator(u64::from(seed), Stream::Sample);
        Ok(Self { generator, users, pool, batch_size, interactions: train.item.len() })
    }

    /// Steps in one epoch: as many triples as train interactions, the last batch shorter.
    pub fn steps_per_epoch(&self) -> usize {
        self.interactions.div_ceil(self.batch_size)
    }

    /// The batch of one step of an epoch.
    pub fn batch(&mut self, problem: &Problem, step: usize) -> Triples {
        let size = self.batch_size.min(self.interactions - step * self.batch_size);
        let mut triples = Triples::default();
        for _ in 0..size {
            let user = self.users[self.generator.below(self.users.len() as u32) as usize];
            let owned = problem.train.items(user as usize);
            triples.users.push(user);
            triples.positives.push(owned[self.generator.below(owned.len() as u32) as usize]);
            triples.negatives.push(loop {
                let item = self.pool[self.generator.below(self.pool.len() as u32) as usize];
                if owned.binary_search(&item).is_err() {
                    break item;
                }
            });
        }
        triples
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
