//! The metrics by family, as pure functions. Definitions: reference, section 6.

pub mod accuracy;
pub mod bias;
pub mod coverage;
pub mod diversity;
pub mod novelty;
