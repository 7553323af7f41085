//! What several systems do with rows of numbers.

use burn::tensor::Tensor;

pub use crate::fused::unit_rows;

/// LeakyReLU, every negative number divided by a hundred: `[rows, dim]`.
pub fn leaky(rows: Tensor<2>) -> Tensor<2> {
    crate::fused::leaky(rows, 0.01)
}
