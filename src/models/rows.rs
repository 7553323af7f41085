//! What several systems do with rows of numbers.

use burn::tensor::Tensor;

/// Every row divided by its length, `l2n` in the reference: `[rows, dim]`. A row of zeros stays.
pub fn unit_rows(rows: Tensor<2>) -> Tensor<2> {
    // Added before the root, whose gradient at zero is infinite; it changes no row that is longer than 1e-9.
    let norms = (rows.clone().square().sum_dim(1) + 1e-24).sqrt();
    rows / norms
}
