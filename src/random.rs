use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

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
}

/// The generator of one purpose: ChaCha with 8 rounds, the same numbers on every platform.
pub fn generator(seed: u64, stream: Stream) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(stream as u64);
    generator
}
