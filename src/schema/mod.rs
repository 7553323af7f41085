//! The paper's three questions as types, and the specification of one run.

mod check;
mod missing;
mod spec;
mod system;

pub use check::{CheckedSpec, SELECTION_METRICS, SpecError};
pub use missing::{Missing, MissingPolicy, TakenFrom};
pub use spec::*;
pub use system::{HyperParameter, Scale, System, SystemDescription};
