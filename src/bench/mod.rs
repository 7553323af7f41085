//! Handing a run on, and checking one that was handed on; many runs that answer one question.

mod link;
pub mod suite;
mod verdict;

pub use link::{Claim, LinkError, Shared, decode, encode};
pub use verdict::{Outcome, Verdict, on_claim, on_receipt};
