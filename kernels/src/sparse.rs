use std::ops::Range;

use pulp::{Arch, NullaryFnOnce};

use crate::rows::{RowWork, dot, for_rows};

/// Where a sparse matrix has entries, in compressed rows.
#[derive(Clone, Copy, Debug)]
pub struct Entries<'a> {
    /// `[rows + 1]`: where each row starts in the two others.
    pub start: &'a [i32],
    /// `[entries]`.
    pub column: &'a [i32],
    /// `[entries]`: where each entry's value lies.
    pub value_at: &'a [i32],
}

impl Entries<'_> {
    #[inline(always)]
    fn of_row(&self, row: usize) -> Range<usize> {
        self.start[row] as usize..self.start[row + 1] as usize
    }
}

/// `out[r, k] += Σ_{e in row r} value[e] · dense[column[e], k]`; `dense` is `[columns, dim]`, `out` `[rows, dim]`.
#[inline(never)]
pub fn sparse_product(entries: Entries<'_>, value: &[f32], dense: &[f32], dim: usize, out: &mut [f32]) {
    for_rows(out, dim, &WeightedSums { terms: Product { entries, value }, dense, dim });
}

struct Product<'a> {
    entries: Entries<'a>,
    value: &'a [f32],
}

impl Terms for Product<'_> {
    #[inline(always)]
    fn of_row(&self, row: usize) -> impl Iterator<Item = (f32, i32)> {
        let Entries { column, value_at, .. } = self.entries;
        let entries = self.entries.of_row(row);
        let entries = column[entries.clone()].iter().zip(&value_at[entries]);
        entries.map(|(&column, &value_at)| (self.value[value_at as usize], column))
    }
}

/// What is added to a row of the result.
pub(crate) trait Terms: Sync {
    /// What each term weighs, and the row of a dense matrix that it takes.
    fn of_row(&self, row: usize) -> impl Iterator<Item = (f32, i32)>;
}

/// Adds weighted sums of rows of a dense matrix, `dim` wide.
pub(crate) struct WeightedSums<'a, T> {
    pub terms: T,
    pub dense: &'a [f32],
    pub dim: usize,
}

/// The columns that are summed at once: few enough for a row's sums to stay in registers, of which a page has half as many
/// numbers.
const BLOCK: usize = if cfg!(target_arch = "wasm32") { 32 } else { 64 };

impl<T: Terms> RowWork for WeightedSums<'_, T> {
    #[inline(always)]
    fn row(&self, row: usize, out: &mut [f32]) {
        let mut first = 0;
        while first + BLOCK <= self.dim {
            self.columns::<BLOCK>(row, first, out);
            first += BLOCK;
        }
        while first + 8 <= self.dim {
            self.columns::<8>(row, first, out);
            first += 8;
        }
        while first < self.dim {
            self.columns::<1>(row, first, out);
            first += 1;
        }
    }
}

impl<T: Terms> WeightedSums<'_, T> {
    /// `WIDTH` columns of a row, from the `first` on.
    #[inline(always)]
    fn columns<const WIDTH: usize>(&self, row: usize, first: usize, out: &mut [f32]) {
        let mut sums = [0f32; WIDTH];
        sums.copy_from_slice(&out[first..first + WIDTH]);
        for (weight, source) in self.terms.of_row(row) {
            let source = &self.dense[source as usize * self.dim + first..][..WIDTH];
            for (sum, &term) in sums.iter_mut().zip(source) {
                *sum += weight * term;
            }
        }
        out[first..first + WIDTH].copy_from_slice(&sums);
    }
}

/// `out[e] = left[r] · right[column[e]]` for every entry `e` of every row `r`; `left` is `[rows, dim]`, `right`
/// `[columns, dim]`, `out` `[entries]`.
#[inline(never)]
pub fn sampled_product(entries: Entries<'_>, left: &[f32], right: &[f32], dim: usize, out: &mut [f32]) {
    Arch::new().dispatch(SampledProduct { entries, left, right, dim, out });
}

struct SampledProduct<'a> {
    entries: Entries<'a>,
    left: &'a [f32],
    right: &'a [f32],
    dim: usize,
    out: &'a mut [f32],
}

impl NullaryFnOnce for SampledProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Entries { start, column, value_at } = self.entries;
        for row in 0..start.len() - 1 {
            let left = &self.left[row * self.dim..][..self.dim];
            for entry in self.entries.of_row(row) {
                let right = &self.right[column[entry] as usize * self.dim..][..self.dim];
                self.out[value_at[entry] as usize] = dot(left, right);
            }
        }
    }
}
