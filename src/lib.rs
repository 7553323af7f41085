//! Fusebox: a bench for multimodal recommendation that runs natively and in a web page.
//!
//! The modules stand in the order in which data flows; each uses only those above it.

/// Our own random numbers: one seed, one named stream a purpose, the same on every backend.
pub mod random;
/// Short names for long data.
pub mod digest;
/// *Which, how, when* as types: the run specification, its checks, and where each system sits.
pub mod schema;
/// Singular vectors of large matrices.
mod linear;
/// Interactions, item features with presence masks, splits, the bundle file, importers and twins.
pub mod data;
/// Extractors: pixels and words to vectors.
pub mod features;
/// Loops over rows on the CPU.
mod parallel;
/// Opening a GPU natively.
#[cfg(all(feature = "webgpu", not(target_arch = "wasm32")))]
pub mod gpu;
/// Launching kernels on the GPU.
#[cfg(feature = "webgpu")]
mod launch;
/// Sparse matrices and the few tensor operations burn lacks.
pub mod sparse;
/// The recommenders: one trait, one registry, one file a system.
pub mod models;
/// Ranking and metrics.
pub mod eval;
/// Samplers, optimiser and the training stream.
pub mod train;
/// Links and verdicts: handing a run on, and checking one that was handed on.
pub mod bench;

/// The only place that knows JavaScript.
#[cfg(target_arch = "wasm32")]
pub mod web;

/// The only place that knows terminals and files.
#[cfg(feature = "cli")]
pub mod cli;

#[cfg(test)]
mod types;
