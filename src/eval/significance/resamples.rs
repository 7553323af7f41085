use crate::random::{Draw, Stream, generator};

/// Users drawn anew from users, with repetition: how often each stands in each of many such samples (Efron and Tibshirani, An
/// Introduction to the Bootstrap, 1993). Metrics of whole lists have no value for a single user, so this is how to see what they
/// would be with other users. All systems see the same samples, so their differences are those of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Resamples {
    users: usize,
    /// `[samples, users]`.
    times: Vec<u16>,
}

impl Resamples {
    /// `samples` samples of those users, of `users` in all, that are among `judged`.
    pub fn draw(users: usize, judged: &[u32], samples: usize, seed: u32) -> Self {
        let mut times = vec![0u16; samples * users];
        let mut random = generator(u64::from(seed), Stream::Resample);
        for sample in times.chunks_exact_mut(users.max(1)) {
            for _ in judged {
                let drawn = judged[random.below(judged.len() as u32) as usize];
                sample[drawn as usize] = sample[drawn as usize].saturating_add(1);
            }
        }
        Self { users, times }
    }

    /// How often each user stands in each sample: `[users]`, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = &[u16]> {
        self.times.chunks_exact(self.users.max(1))
    }
}
