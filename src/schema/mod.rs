//! The paper's three questions as types, and the specification of one run.

mod admissible;
pub(crate) mod axis;
mod check;
#[cfg(test)]
pub mod covering;
mod design;
#[cfg(test)]
mod document;
mod missing;
mod placebo;
mod spec;
mod system;

pub use admissible::Inadmissible;
pub use axis::{Axis, Choice};
pub use check::{CheckedSpec, SELECTION_METRICS, SpecError};
pub use design::*;
pub use missing::{Missing, MissingPolicy, Side, TakenFrom};
pub use placebo::Placebo;
pub use spec::*;
pub use system::{HyperParameter, Scale, System, SystemDescription};
