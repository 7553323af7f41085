//! What several systems do with rows of numbers.

use burn::tensor::{Tensor, activation::leaky_relu};

/// Every row divided by its length, `l2n` in the reference: `[rows, dim]`. A row of zeros stays.
pub fn unit_rows(rows: Tensor<2>) -> Tensor<2> {
    // Bounded before the root, whose gradient at zero is infinite.
    let norms = rows.clone().square().sum_dim(1).clamp_min(1e-24).sqrt();
    rows / norms
}

/// Every negative number divided by a hundred.
pub fn leaky(rows: Tensor<2>) -> Tensor<2> {
    leaky_relu(rows, 0.01)
}
