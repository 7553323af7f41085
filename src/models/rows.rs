//! What several systems do with rows of numbers.

use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use crate::random::Draw;
use crate::transfer::upload;

pub use crate::fused::unit_rows;

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

/// LeakyReLU, every negative number divided by a hundred: `[rows, dim]`.
pub fn leaky(rows: Tensor<2>) -> Tensor<2> {
    crate::fused::leaky(rows, 0.01)
}

/// The positive numbers, and 0 for the others: `[rows, dim]`.
pub fn relu(rows: Tensor<2>) -> Tensor<2> {
    crate::fused::leaky(rows, 0.0)
}
