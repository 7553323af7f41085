//! Samplers, the optimiser, and training as a stream of events.

mod adam;
mod error;
mod event;
mod occasions;
mod ranking;
mod receipt;
mod sampler;
mod self_check;
mod step;
mod training;
mod weights;

pub use error::TrainError;
pub use event::Event;
pub use receipt::{Backend, BackendKind, CurvePoint, DatasetName, Fingerprints, Metrics, Receipt, Timing};
pub use sampler::{Sampler, SamplerError};
pub use self_check::{SelfCheck, self_check};
pub use training::{Host, TrainingRun};

/// What each term of a loss came to, by name; `total` is their sum.
pub type Losses = std::collections::BTreeMap<String, f64>;
