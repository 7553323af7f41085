//! What several systems do with rows of numbers.

use burn::tensor::Tensor;

/// Every row divided by its length, `l2n` in the reference: `[rows, dim]`. A row of zeros stays.
pub fn unit_rows(rows: Tensor<2>) -> Tensor<2> {
    // Bounded before the root, whose gradient at zero is infinite. One inverse a row, because the gradient of a quotient
    // goes over all rows twice more than that of a product.
    let norms = rows.clone().square().sum_dim(1).clamp_min(1e-24).sqrt();
    rows * norms.recip()
}
