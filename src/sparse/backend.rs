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
    /// the product of two dense matrices, only where the pattern has entries.
    fn sampled_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
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
