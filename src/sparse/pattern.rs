use burn::tensor::{Device, Int, Tensor};

use super::SparseMatrix;
use super::backend::{self, Compressed};
use crate::transfer::{upload, upload_indices};

/// Where a sparse matrix has entries, by row and by column, on a device.
///
/// The values are a tensor apart, so that they can be parameters; entry `e` is the `e`-th in row order.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The parts of both directions, one after the other.
    pub(super) indices: Tensor<1, Int>,
    pub(super) by_row: Compressed,
    pub(super) by_column: Compressed,
}

impl Pattern {
    /// The pattern of a host matrix and its values, `[entries]`.
    pub fn upload(matrix: &SparseMatrix, device: &Device) -> (Self, Tensor<1>) {
        let entries = matrix.entries();
        let by_row = Compressed { first: 0, rows: matrix.rows(), entries };
        let by_column = Compressed { first: by_row.entry().end, rows: matrix.columns, entries };
        let mut indices: Vec<i32> = matrix.start.iter().map(|&at| at as i32).collect();
        indices.extend(matrix.column.iter().map(|&column| column as i32));
        indices.extend(0..entries as i32);
        let (start, row, entry) =
            transpose(matrix.columns, &indices[by_row.start()], &indices[by_row.column()]);
        for part in [start, row, entry] {
            indices.extend(part);
        }
        let pattern = Self { indices: upload_indices(indices, device), by_row, by_column };
        (pattern, upload(matrix.value.clone(), [entries], device))
    }

    /// The product of the matrix with these `values` (`[entries]`) and a dense `[columns, dim]`: `[rows, dim]`.
    /// Both operands get gradients.
    pub fn multiply(&self, values: Tensor<1>, dense: Tensor<2>) -> Tensor<2> {
        backend::product(&self.indices, [self.by_row, self.by_column], values, dense)
    }

    /// The product of the transposed matrix and a dense `[rows, dim]`: `[columns, dim]`.
    pub fn multiply_transposed(&self, values: Tensor<1>, dense: Tensor<2>) -> Tensor<2> {
        backend::product(&self.indices, [self.by_column, self.by_row], values, dense)
    }

    /// [`multiply`](Self::multiply) added to `base`, `[rows, dim]`.
    pub fn multiply_onto(&self, base: Tensor<2>, values: Tensor<1>, dense: Tensor<2>) -> Tensor<2> {
        backend::product_onto(&self.indices, [self.by_row, self.by_column], values, dense, base)
    }

    /// [`multiply_transposed`](Self::multiply_transposed) added to `base`, `[columns, dim]`.
    pub fn multiply_transposed_onto(
        &self,
        base: Tensor<2>,
        values: Tensor<1>,
        dense: Tensor<2>,
    ) -> Tensor<2> {
        backend::product_onto(&self.indices, [self.by_column, self.by_row], values, dense, base)
    }

    /// The dot products of the rows of `left` (`[rows, dim]`) and `right` (`[columns, dim]`) where the pattern has
    /// entries: `[entries]`. Both operands get gradients.
    pub fn sampled_product(&self, left: Tensor<2>, right: Tensor<2>) -> Tensor<1> {
        backend::sampled_product(&self.indices, [self.by_row, self.by_column], left, right)
    }

    /// The softmax of values (`[entries]`) over the entries of each row.
    pub fn softmax_by_row(&self, values: Tensor<1>) -> Tensor<1> {
        backend::softmax(&self.indices, self.by_row, values)
    }

    /// The softmax of values (`[entries]`) over the entries of each column.
    pub fn softmax_by_column(&self, values: Tensor<1>) -> Tensor<1> {
        backend::softmax(&self.indices, self.by_column, values)
    }
}

/// The places of each of `count` values, in compressed rows: where each value's places start, and all places.
pub fn by_bucket(count: usize, values: &[i32]) -> (Vec<i32>, Vec<i32>) {
    let mut start = vec![0i32; count + 1];
    for &value in values {
        start[value as usize + 1] += 1;
    }
    for value in 0..count {
        start[value + 1] += start[value];
    }
    let mut free = start.clone();
    let mut order = vec![0i32; values.len()];
    for (place, &value) in (0..).zip(values) {
        let at = &mut free[value as usize];
        order[*at as usize] = place;
        *at += 1;
    }
    (start, order)
}

/// Compressed columns from compressed rows: starts, row indices, and each entry's position in row order.
fn transpose(columns: usize, start: &[i32], column: &[i32]) -> (Vec<i32>, Vec<i32>, Vec<i32>) {
    let (column_start, entries) = by_bucket(columns, column);
    let mut row_of = vec![0i32; column.len()];
    for (row, entries) in (0..).zip(start.windows(2)) {
        row_of[entries[0] as usize..entries[1] as usize].fill(row);
    }
    let rows = entries.iter().map(|&entry| row_of[entry as usize]).collect();
    (column_start, rows, entries)
}
