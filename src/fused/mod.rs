//! What burn would compute in many passes over a matrix, computed in one or block by block, with gradients.

mod autodiff;
mod cpu;
#[cfg(feature = "webgpu")]
mod gpu;
mod log_sum_exp;
#[cfg(test)]
mod tests;

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Dispatch, backend_extension};
use burn::tensor::{Int, Tensor};

pub use log_sum_exp::log_sum_exp;

/// The fused operations, as each backend has to provide them. All tensors are `f32` and, if nothing else is said, of one
/// shape, `[rows, dim]`.
#[backend_extension(Cube: cfg(feature = "webgpu"), Flex, Autodiff)]
pub trait FusedBackend: burn::backend::Backend {
    /// `x` where it is positive, else `slope · x`; of any shape.
    fn leaky(rows: FloatTensor<Self>, slope: f32) -> FloatTensor<Self>;

    /// The gradient of [`leaky`](Self::leaky), from its result, which has the signs of `x`, and the gradient by that.
    fn leaky_gradient(
        result: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slope: f32,
    ) -> FloatTensor<Self>;

    /// Every row x divided by n = max(‖x‖, 10⁻¹²), and all 1 / n, `[rows]`.
    fn unit_rows(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// The gradient of [`unit_rows`](Self::unit_rows) by its rows, from its results y and 1 / n and the gradient g by y:
    /// `(g − y · (y · g)) / n`, and `g / n` for rows that are too short.
    fn unit_rows_gradient(
        unit: FloatTensor<Self>,
        share: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// e^x of every number, `[rows, dim]`, the sum of each row, `[rows, 1]`, and its logarithm, `[rows, 1]`.
    fn exponentials(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);

    /// `value`, one element, as what was computed from `left` and `right` and has these gradients by them.
    fn with_gradients(
        value: FloatTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
        of_left: FloatTensor<Self>,
        of_right: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// Every number times `scale` where its bit is set, else times 0; of any shape. The bits of 32 numbers are one of
    /// `kept`, from the `first` on and from the lowest bit on.
    fn drop_out(
        values: FloatTensor<Self>,
        kept: IntTensor<Self>,
        first: usize,
        scale: f32,
    ) -> FloatTensor<Self>;
}

/// `x` where it is positive, else `slope · x`, with 0 ≤ slope; of any shape.
pub fn leaky<const D: usize>(values: Tensor<D>, slope: f32) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::leaky(values.into_dispatch(), slope))
}

/// Every row divided by its length, `l2n` in the reference: `[rows, dim]`. A row of zeros stays.
pub fn unit_rows(rows: Tensor<2>) -> Tensor<2> {
    let (unit, _) = Dispatch::unit_rows(rows.into_dispatch());
    Tensor::from_dispatch(unit)
}

/// 1 divided by the length of every row, which is at least 10⁻¹²: `[rows, dim]` to `[rows]`. Without autodiff.
pub fn shares_of_length(rows: Tensor<2>) -> Tensor<1> {
    let (_, shares) = Dispatch::unit_rows(rows.into_dispatch());
    Tensor::from_dispatch(shares)
}

/// Every number times `scale` where its bit is set, else times 0. The bits of 32 numbers are one of `kept`, from the
/// `first` on and from the lowest bit on.
pub fn drop_out<const D: usize>(
    values: Tensor<D>,
    kept: Tensor<1, Int>,
    first: usize,
    scale: f32,
) -> Tensor<D> {
    let (values, kept) = (values.into_dispatch(), kept.into_dispatch());
    Tensor::from_dispatch(Dispatch::drop_out(values, kept, first, scale))
}
