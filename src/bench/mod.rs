//! Handing a run on, and checking one that was handed on; runs held against each other; many runs that answer one question.

pub mod comparison;
mod link;
pub mod suite;
mod summary;
mod verdict;

pub use link::{Claim, LinkError, Shared, decode, encode};
pub use summary::Summary;
pub use verdict::{Outcome, Verdict, on_claim, on_receipt};
