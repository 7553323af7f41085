//! Whether a difference between two systems is more than chance, judged across users (docs/statistics.md).

mod holm;
mod normal;
mod resamples;
mod sign_flip;
mod signed_rank;

pub use holm::holm;
pub use normal::{Estimate, Hypothesis};
pub use resamples::Resamples;
pub use sign_flip::sign_flip;
pub use signed_rank::signed_rank;

#[cfg(test)]
mod tests;
