//! Fusebox: a bench for multimodal recommendation that runs natively and in a web page.
//!
//! The modules stand in the order in which data flows; each uses only those above it.

/// Links and verdicts: handing a run on, and checking one that was handed on. Suites: many runs, one table.
pub mod bench;
/// The best of many scores.
mod best;
/// Interactions, item features with presence masks, splits, the bundle file, importers and twins.
pub mod data;
/// Short names for long data.
pub mod digest;
/// Ranking and metrics.
pub mod eval;
/// Extractors: pixels, words and sounds to vectors.
pub mod features;
/// Where the numbers of a tensor on the CPU lie.
mod flex;
/// Operations on matrices that burn would do in many passes.
mod fused;
/// Opening a GPU natively.
#[cfg(all(feature = "webgpu", not(target_arch = "wasm32")))]
pub mod gpu;
/// Launching kernels on the GPU.
#[cfg(feature = "webgpu")]
mod launch;
/// Singular vectors of large matrices.
mod linear;
/// The recommenders: one trait, one registry, one file a system.
pub mod models;
/// Maps without a sort.
mod order;
mod ordered;
/// Our own random numbers: one seed, one named stream a purpose, the same on every backend.
pub mod random;
/// *Which, how, when* as types: the run specification, its checks, and where each system sits.
pub mod schema;
/// Rows of tables that a batch looks up.
mod selection;
/// Sparse matrices and the few tensor operations burn lacks.
pub mod sparse;
/// Sums of which losses are made.
mod sums;
/// Samplers, optimiser and the training stream.
pub mod train;
/// Numbers on their way between the host and a device.
mod transfer;

/// The only place that knows JavaScript.
#[cfg(target_arch = "wasm32")]
pub mod web;

/// The only place that knows terminals and files.
#[cfg(feature = "cli")]
pub mod cli;

/// What there is to compute on in tests.
#[cfg(test)]
mod devices;
#[cfg(test)]
mod types;
