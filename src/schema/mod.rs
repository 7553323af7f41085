//! The paper's three questions as types, and the specification of one run.

mod admissible;
pub(crate) mod axis;
mod by_modality;
mod check;
mod checked;
#[cfg(test)]
pub mod covering;
mod design;
#[cfg(test)]
mod document;
mod error;
mod missing;
mod placebo;
mod set;
mod spec;
mod system;

pub use admissible::Inadmissible;
pub use axis::{Axis, Choice};
pub use by_modality::ByModality;
pub use check::SELECTION_METRICS;
pub use checked::CheckedSpec;
pub use design::*;
pub use error::SpecError;
pub use missing::{Missing, MissingPolicy, Side, TakenFrom};
pub use placebo::Placebo;
pub use spec::*;
pub use system::{HyperParameter, Scale, System, SystemDescription};
