//! Seeds, streams and draws.
//!
//! The draws use integer arithmetic and `libm` alone, so that the same seed gives the same numbers natively and in
//! WebAssembly, to the last bit.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of random numbers is for. Streams of one seed never overlap, so that drawing more
/// of one purpose leaves every other purpose as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Stream {
    /// Initial parameters.
    Initialise = 1,
    /// Positives and negatives of training batches.
    Sample = 2,
    /// Splitting interactions into train, validation and test.
    Split = 3,
    /// Drawing a subset of users.
    Subsample = 4,
    /// Random projections of the truncated singular value decomposition.
    Project = 5,
    /// The random recommender's scores.
    Score = 6,
    /// Generating a twin.
    Twin = 7,
    /// Shuffling features across items, to measure what content is worth.
    Shuffle = 8,
    /// What is dropped in training: numbers, edges, nodes.
    Dropout = 9,
    /// Drawing the configurations that a suite tries.
    Tune = 10,
    /// Taking modalities away from items.
    Missing = 11,
    /// Drawing users anew, and the signs of their differences, to tell a difference from chance.
    Resample = 12,
}

/// The generator of one purpose: ChaCha with 8 rounds, the same numbers on every platform.
pub fn generator(seed: u64, stream: Stream) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(stream as u64);
    generator
}

/// The generator of one purpose at one step, so that what is drawn there does not depend on what was drawn before.
/// `nth` tells several draws of one step apart.
pub fn generator_of_step(seed: u32, stream: Stream, epoch: u32, step: u32, nth: u8) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(u64::from(epoch) << 32 | u64::from(seed));
    generator.set_stream(u64::from(step) << 16 | u64::from(nth) << 8 | stream as u64);
    generator
}

/// Draws that do not depend on the platform.
pub trait Draw {
    /// Uniform over `0..bound`; `bound` must be positive.
    fn below(&mut self, bound: u32) -> u32;
    /// Uniform over all 32-bit numbers.
    fn word(&mut self) -> u32;
    /// Uniform over [0, 1).
    fn unit(&mut self) -> f64;
    /// Standard normal, by Box and Muller.
    fn normal(&mut self) -> f64;
    /// A uniformly random order, by Fisher and Yates.
    fn shuffle<T>(&mut self, values: &mut [T]);
}

impl<G: Rng> Draw for G {
    fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    fn word(&mut self) -> u32 {
        self.next_u32()
    }

    fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        radius * libm::cos(core::f64::consts::TAU * self.unit())
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let other = self.below(last as u32 + 1) as usize;
            values.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_one_seed_differ_and_repeat() {
        let draw = |stream| generator(1, stream).next_u64();
        assert_eq!(draw(Stream::Sample), draw(Stream::Sample));
        assert_ne!(draw(Stream::Sample), draw(Stream::Initialise));
    }

    #[test]
    fn draws_have_the_moments_they_promise() {
        let mut generator = generator(7, Stream::Initialise);
        let count = 100_000;
        let normal: Vec<f64> = (0..count).map(|_| generator.normal()).collect();
        let mean = normal.iter().sum::<f64>() / f64::from(count);
        let variance = normal.iter().map(|x| x * x).sum::<f64>() / f64::from(count);
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
        let mut seen = [0u32; 7];
        for _ in 0..count {
            seen[generator.below(7) as usize] += 1;
        }
        assert!(seen.iter().all(|&n| (13_700..14_900).contains(&n)), "{seen:?}");
    }

    #[test]
    fn a_shuffle_is_a_permutation() {
        let mut values: Vec<u32> = (0..50).collect();
        generator(3, Stream::Split).shuffle(&mut values);
        assert_ne!(values, (0..50).collect::<Vec<_>>());
        values.sort_unstable();
        assert_eq!(values, (0..50).collect::<Vec<_>>());
    }
}
