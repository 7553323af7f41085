//! Sparse matrices on the host and on the device, and the products burn lacks.
//!
//! burn has no sparse tensors. Every graph of a recommender is one [`Pattern`] here, and a few products with their gradients
//! serve them all.

mod autodiff;
mod backend;
mod cpu;
#[cfg(feature = "webgpu")]
mod gpu;
mod matrix;
mod neighbours;
mod pattern;
#[cfg(test)]
mod tests;

pub use matrix::SparseMatrix;
pub use neighbours::{nearest_admitted, nearest_neighbours, nearest_others};
pub use pattern::{Pattern, by_bucket};
