use std::ops::Range;

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Dispatch, backend_extension};
use burn::tensor::{Int, Tensor};

/// Where in a pattern's indices one of its directions lies, in compressed rows: where each row starts in the two others,
/// then the column of every entry, then where every entry's value lies.
#[derive(Clone, Copy, Debug)]
pub struct Compressed {
    pub first: usize,
    pub rows: usize,
    pub entries: usize,
}

impl Compressed {
    /// `[rows + 1]`.
    pub fn start(self) -> Range<usize> {
        self.first..self.first + self.rows + 1
    }

    /// `[entries]`.
    pub fn column(self) -> Range<usize> {
        let first = self.start().end;
        first..first + self.entries
    }

    /// `[entries]`.
    pub fn entry(self) -> Range<usize> {
        let first = self.column().end;
        first..first + self.entries
    }
}

/// A direction of a pattern, and the other one, which the gradients need.
pub type Directions = [Compressed; 2];

/// The sparse operations, as each backend has to provide them.
///
/// What is said of rows and columns is said of the pattern's first direction. All indices are `i32`, all floats `f32`.
#[backend_extension(Cube: cfg(feature = "webgpu"), Flex, Autodiff)]
pub trait SparseBackend: burn::backend::Backend {
    /// `out[r, k] = Σ_{e in row r} value[entry[e]] · dense[column[e], k]`, `[rows, dim]`.
    fn sparse_product(
        indices: IntTensor<Self>,
        pattern: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// The same added to `base`, `[rows, dim]`.
    fn sparse_product_onto(
        indices: IntTensor<Self>,
        pattern: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
        base: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// `out[entry[e]] = left[r] · right[column[e]]` for every entry `e` of every row `r`, `[entries]`:
    /// the product of two dense matrices, only where the pattern has entries.
    fn sampled_product(
        indices: IntTensor<Self>,
        pattern: Directions,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// `out[entry[e]] = exp(value[entry[e]]) / Σ_{f in the same row} exp(value[entry[f]])`, `[entries]`.
    fn row_softmax(indices: IntTensor<Self>, rows: Compressed, value: FloatTensor<Self>)
    -> FloatTensor<Self>;
}

/// The gradients that are not sparse operations themselves.
pub trait SparseGradients: SparseBackend {
    /// The gradient of [`row_softmax`](SparseBackend::row_softmax) by its values, from its result y and the gradient g
    /// by that: `y_e · (g_e − Σ_{f in the same row} y_f · g_f)`, `[entries]`.
    fn row_softmax_gradient(
        indices: IntTensor<Self>,
        rows: Compressed,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
}

pub(super) fn product(
    indices: &Tensor<1, Int>,
    pattern: Directions,
    values: Tensor<1>,
    dense: Tensor<2>,
) -> Tensor<2> {
    let indices = indices.clone().into_dispatch();
    let (values, dense) = (values.into_dispatch(), dense.into_dispatch());
    Tensor::from_dispatch(Dispatch::sparse_product(indices, pattern, values, dense))
}

pub(super) fn product_onto(
    indices: &Tensor<1, Int>,
    pattern: Directions,
    values: Tensor<1>,
    dense: Tensor<2>,
    base: Tensor<2>,
) -> Tensor<2> {
    let indices = indices.clone().into_dispatch();
    let [dense, base] = [dense, base].map(Tensor::into_dispatch);
    Tensor::from_dispatch(Dispatch::sparse_product_onto(
        indices,
        pattern,
        values.into_dispatch(),
        dense,
        base,
    ))
}

pub(super) fn sampled_product(
    indices: &Tensor<1, Int>,
    pattern: Directions,
    left: Tensor<2>,
    right: Tensor<2>,
) -> Tensor<1> {
    let indices = indices.clone().into_dispatch();
    let (left, right) = (left.into_dispatch(), right.into_dispatch());
    Tensor::from_dispatch(Dispatch::sampled_product(indices, pattern, left, right))
}

pub(super) fn softmax(indices: &Tensor<1, Int>, rows: Compressed, values: Tensor<1>) -> Tensor<1> {
    let (indices, values) = (indices.clone().into_dispatch(), values.into_dispatch());
    Tensor::from_dispatch(Dispatch::row_softmax(indices, rows, values))
}
