use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Dispatch, backend_extension};
use burn::tensor::Tensor;

use super::pattern::Compressed;

/// The sparse operations, as each backend has to provide them.
///
/// A pattern is `start` (`[rows + 1]`), `column` (`[entries]`) and `entry` (`[entries]`, where each entry's
/// value lies). All indices are `i32`, all floats `f32`.
#[backend_extension(Cube: cfg(feature = "webgpu"), Flex, Autodiff)]
pub trait SparseBackend: burn::backend::Backend {
    /// `out[r, k] = Σ_{e in row r} value[entry[e]] · dense[column[e], k]`, `[rows, dim]`.
    /// The transposed pattern is there for the gradient.
    #[allow(clippy::too_many_arguments)]
    fn sparse_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        transposed_start: IntTensor<Self>,
        transposed_column: IntTensor<Self>,
        transposed_entry: IntTensor<Self>,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// `out[entry[e]] = left[r] · right[column[e]]` for every entry `e` of every row `r`, `[entries]`:
    /// the product of two dense matrices, only where the pattern has entries. The transposed pattern is there for
    /// the gradient.
    #[allow(clippy::too_many_arguments)]
    fn sampled_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        transposed_start: IntTensor<Self>,
        transposed_column: IntTensor<Self>,
        transposed_entry: IntTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// `out[entry[e]] = exp(value[entry[e]]) / Σ_{f in the same row} exp(value[entry[f]])`, `[entries]`.
    fn row_softmax(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// The gradient of [`row_softmax`](Self::row_softmax) by its values, from its result y and the gradient g by
    /// that: `y_e · (g_e − Σ_{f in the same row} y_f · g_f)`, `[entries]`.
    fn row_softmax_gradient(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
}

pub(super) fn product(
    by_row: &Compressed,
    by_column: &Compressed,
    values: Tensor<1>,
    dense: Tensor<2>,
) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::sparse_product(
        by_row.start.clone().into_dispatch(),
        by_row.column.clone().into_dispatch(),
        by_row.entry.clone().into_dispatch(),
        by_column.start.clone().into_dispatch(),
        by_column.column.clone().into_dispatch(),
        by_column.entry.clone().into_dispatch(),
        values.into_dispatch(),
        dense.into_dispatch(),
    ))
}

pub(super) fn sampled_product(
    by_row: &Compressed,
    by_column: &Compressed,
    left: Tensor<2>,
    right: Tensor<2>,
) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::sampled_product(
        by_row.start.clone().into_dispatch(),
        by_row.column.clone().into_dispatch(),
        by_row.entry.clone().into_dispatch(),
        by_column.start.clone().into_dispatch(),
        by_column.column.clone().into_dispatch(),
        by_column.entry.clone().into_dispatch(),
        left.into_dispatch(),
        right.into_dispatch(),
    ))
}

pub(super) fn softmax(rows: &Compressed, values: Tensor<1>) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::row_softmax(
        rows.start.clone().into_dispatch(),
        rows.entry.clone().into_dispatch(),
        values.into_dispatch(),
    ))
}
