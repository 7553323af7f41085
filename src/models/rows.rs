//! What several systems do with numbers of tensors.

use burn::tensor::Tensor;

pub use crate::fused::{shares_of_length, unit_rows};

/// LeakyReLU, every negative number divided by a hundred.
pub fn leaky<const D: usize>(values: Tensor<D>) -> Tensor<D> {
    crate::fused::leaky(values, 0.01)
}

/// The positive numbers, and 0 for the others.
pub fn relu<const D: usize>(values: Tensor<D>) -> Tensor<D> {
    crate::fused::leaky(values, 0.0)
}

/// The larger of two numbers: max(a, b) = a + relu(b − a).
pub fn larger<const D: usize>(some: Tensor<D>, others: Tensor<D>) -> Tensor<D> {
    some.clone() + relu(others + some.neg())
}

/// σ of every number, `1 / (1 + e^-x)`. They must stay above -87.
pub fn sigmoid(values: Tensor<2>) -> Tensor<2> {
    (values.neg().exp() + 1.0).recip()
}

/// Every row's powers of e divided by their sum, `[rows, dim]`. They must stay below 87.
pub fn softmax(rows: Tensor<2>) -> Tensor<2> {
    let powers = rows.exp();
    powers.clone() * powers.sum_dim(1).recip()
}
