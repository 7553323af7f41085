use std::ops::Range;

use burn::backend::backend_extension;
use burn::backend::tensor::{FloatTensor, IntTensor};

/// Where in its indices a selection has what: the table's row of every place, then where each row's places start, then
/// all places by the row that they look up.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub first: usize,
    pub places: usize,
    pub table_rows: usize,
}

impl Parts {
    /// The row of every place, `[places]`.
    pub fn row(self) -> Range<usize> {
        self.first..self.first + self.places
    }

    /// Where each row's places start, `[table rows + 1]`.
    pub fn start(self) -> Range<usize> {
        let first = self.first + self.places;
        first..first + self.table_rows + 1
    }

    /// All places, by the row that they look up and ascending for each, `[places]`.
    pub fn place(self) -> Range<usize> {
        let first = self.start().end;
        first..first + self.places
    }
}

/// The operations on selected rows, as each backend has to provide them. All indices are `i32`, all floats `f32`.
#[backend_extension(Cube: cfg(feature = "webgpu"), Flex, Autodiff)]
pub trait SelectionBackend: burn::backend::Backend {
    /// `out[p] = table[row[p]]` for every place p, `[places, dim]`.
    fn look_up(indices: IntTensor<Self>, parts: Parts, table: FloatTensor<Self>) -> FloatTensor<Self>;

    /// `out[p] = left[left_row[p]] · right[right_row[p]]` for every place p, `[places]`.
    fn paired_product(
        left_indices: IntTensor<Self>,
        right_indices: IntTensor<Self>,
        left_parts: Parts,
        right_parts: Parts,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// `weight · Σ table[row[p], k]²` over all places p and all k, one element.
    fn selected_squares(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self>;
}

/// The gradients of these operations by their tables, each from the gradient by the result.
pub trait SelectionGradients: SelectionBackend {
    /// Of [`look_up`](SelectionBackend::look_up): `out[r] = Σ gradient[p]` over the places p of each row r,
    /// `[table rows, dim]`.
    fn look_up_gradient(
        indices: IntTensor<Self>,
        parts: Parts,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// Of [`paired_product`](SelectionBackend::paired_product) by one table, from the other one:
    /// `out[r] = Σ gradient[p] · other[other_row[p]]` over the places p of each row r, `[table rows, dim]`.
    fn paired_product_gradient(
        indices: IntTensor<Self>,
        other_indices: IntTensor<Self>,
        parts: Parts,
        other_parts: Parts,
        gradient: FloatTensor<Self>,
        other: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    /// Of [`selected_squares`](SelectionBackend::selected_squares):
    /// `out[r] = 2 · weight · gradient · places of r · table[r]`, `[table rows, dim]`.
    fn selected_squares_gradient(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self>;
}
