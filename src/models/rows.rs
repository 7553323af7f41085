//! What several systems do with rows of numbers.

use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use crate::random::Draw;
use crate::transfer::upload;

/// Every row divided by its length, `l2n` in the reference: `[rows, dim]`. A row of zeros stays.
pub fn unit_rows(rows: Tensor<2>) -> Tensor<2> {
    // Added before the root, whose gradient at zero is infinite; it changes no row that is longer than 1e-9. One inverse a
    // row, because the gradient of a quotient goes over all rows twice more than that of a product.
    let norms = (rows.clone().square().sum_dim(1) + 1e-24).sqrt();
    rows * norms.recip()
}

/// A mask of this shape to multiply with: 0 with probability `rate`, else 1 / (1 − rate), so that means stay.
pub fn dropout_mask<const D: usize>(
    generator: &mut ChaCha8Rng,
    shape: [usize; D],
    rate: f64,
    device: &Device,
) -> Tensor<D> {
    let kept = (1.0 / (1.0 - rate)) as f32;
    let threshold = (rate * f64::from(1u32 << 31) * 2.0) as u32;
    let draw = |_| if generator.word() < threshold { 0.0 } else { kept };
    let values: Vec<f32> = (0..shape.iter().product()).map(draw).collect();
    upload(values, shape, device)
}
