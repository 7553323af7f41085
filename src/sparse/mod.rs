//! Sparse matrices on the host and on the device, and the products burn lacks.
//!
//! burn has no sparse tensors. Everything that is sparse in a recommender, the user–item graph as well as
//! the rows a batch looks up, is one [`Pattern`] here, and one product with its gradients serves them all.

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
pub use neighbours::{nearest_neighbours, nearest_others};
pub use pattern::{DistinctRows, Pattern, Selection};
