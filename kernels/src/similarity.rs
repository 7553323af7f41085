use crate::rows::{RowWork, for_rows};

/// Rows that share what is read of the other matrix, and columns that are summed side by side: together as many sums as
/// fit in registers.
const ROWS: usize = 4;
const COLUMNS: usize = 16;
/// Rows for which a strip of columns stays in the cache.
const BLOCK: usize = 64;

/// The dot products of every row of `left`, `[rows, dim]`, with every column of `right`, `[dim, columns]`; `out` is
/// `[rows, columns]`, and each of its numbers is summed in the order of `dim` on every machine.
#[inline(never)]
pub fn similarities(left: &[f32], right: &[f32], dim: usize, columns: usize, out: &mut [f32]) {
    if dim == 0 || columns == 0 {
        return out.fill(0.0);
    }
    for_rows(out, BLOCK * columns, &Similarities { left, right, dim, columns });
}

struct Similarities<'a> {
    left: &'a [f32],
    right: &'a [f32],
    dim: usize,
    columns: usize,
}

impl RowWork for Similarities<'_> {
    /// A block of rows.
    #[inline(always)]
    fn row(&self, nth: usize, out: &mut [f32]) {
        let Self { dim, columns, .. } = *self;
        let left = &self.left[nth * BLOCK * dim..][..out.len() / columns * dim];
        for first in (0..columns).step_by(COLUMNS) {
            let strip = Strip { right: &self.right[first..], columns, width: COLUMNS.min(columns - first) };
            for (left, out) in left.chunks(ROWS * dim).zip(out.chunks_mut(ROWS * columns)) {
                strip.products(left, dim, &mut out[first..]);
            }
        }
    }
}

/// Some adjacent columns of a matrix.
struct Strip<'a> {
    /// From the strip's first number on.
    right: &'a [f32],
    /// Of the whole matrix.
    columns: usize,
    width: usize,
}

impl Strip<'_> {
    /// The strip's dot products with up to [`ROWS`] rows.
    #[inline(always)]
    fn products(&self, left: &[f32], dim: usize, out: &mut [f32]) {
        let mut sums = [[0f32; COLUMNS]; ROWS];
        let full = left.len() == ROWS * dim && self.width == COLUMNS;
        if full {
            for (k, right) in self.right.chunks(self.columns).take(dim).enumerate() {
                let right = &right[..COLUMNS];
                for (row, sums) in sums.iter_mut().enumerate() {
                    let value = left[row * dim + k];
                    for (sum, &other) in sums.iter_mut().zip(right) {
                        *sum += value * other;
                    }
                }
            }
        } else {
            for (k, right) in self.right.chunks(self.columns).take(dim).enumerate() {
                for (left, sums) in left.chunks(dim).zip(&mut sums) {
                    for (sum, &other) in sums.iter_mut().zip(&right[..self.width]) {
                        *sum += left[k] * other;
                    }
                }
            }
        }
        for (out, sums) in out.chunks_mut(self.columns).zip(&sums).take(left.len() / dim) {
            out[..self.width].copy_from_slice(&sums[..self.width]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_gives_every_dot_product() {
        for (rows, dim, columns) in [(1, 1, 1), (3, 5, 15), (4, 2, 16), (67, 7, 33), (130, 3, 48), (5, 4, 0)]
        {
            let left: Vec<f32> = (0..rows * dim).map(|at| (at % 11) as f32 - 5.0).collect();
            let right: Vec<f32> = (0..dim * columns).map(|at| (at % 7) as f32 - 3.0).collect();
            let mut out = vec![f32::NAN; rows * columns];
            similarities(&left, &right, dim, columns, &mut out);
            for row in 0..rows {
                for column in 0..columns {
                    let expected: f32 =
                        (0..dim).map(|k| left[row * dim + k] * right[k * columns + column]).sum();
                    assert_eq!(out[row * columns + column], expected, "{rows} × {dim} × {columns}");
                }
            }
        }
    }

    #[test]
    fn without_numbers_there_is_nothing_alike() {
        let mut out = [f32::NAN; 4];
        similarities(&[], &[], 0, 2, &mut out);
        assert_eq!(out, [0.0; 4]);
    }
}
