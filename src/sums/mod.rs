//! Sums over all numbers of a tensor, of which losses are made: one pass each, forward and backward.

mod autodiff;
mod cpu;
#[cfg(feature = "webgpu")]
pub mod gpu;
#[cfg(test)]
mod tests;

use burn::backend::tensor::FloatTensor;
use burn::backend::{Dispatch, backend_extension};
use burn::tensor::Tensor;
pub use fusebox_kernels::Summand;

/// The sums, as each backend has to provide them. All floats are `f32`.
#[backend_extension(Cube: cfg(feature = "webgpu"), Flex, Autodiff)]
pub trait SumBackend: burn::backend::Backend {
    /// `weight` times the sum over all `values`, of any shape: one element.
    fn weighted_sum(values: FloatTensor<Self>, summand: Summand, weight: f32) -> FloatTensor<Self>;
}

/// Their gradients.
pub trait SumGradients: SumBackend {
    /// The gradient of [`weighted_sum`](SumBackend::weighted_sum) by its values, from that by its result (one element).
    fn weighted_sum_gradient(
        values: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        summand: Summand,
        weight: f32,
    ) -> FloatTensor<Self>;
}

/// `weight` times the sum over all `values`: one element.
pub fn weighted_sum<const D: usize>(values: Tensor<D>, summand: Summand, weight: f64) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::weighted_sum(values.into_dispatch(), summand, weight as f32))
}
