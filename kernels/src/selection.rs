//! Rows of a table that a batch looks up, and what becomes of them. A place is a position in the batch.

use pulp::{Arch, NullaryFnOnce};

use crate::rows::{RowWork, dot, for_rows};
use crate::sparse::{Terms, WeightedSums};

/// Which places look up each row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// `[table rows + 1]`: where each row's places start.
    pub start: &'a [i32],
    /// `[places]`: all places, by the row that they look up and ascending for each.
    pub place: &'a [i32],
}

impl Places<'_> {
    #[inline(always)]
    fn of_row(&self, row: usize) -> &[i32] {
        &self.place[self.start[row] as usize..self.start[row + 1] as usize]
    }
}

/// `out[p] = table[row[p]]`; `table` is `[table rows, dim]`, `out` `[places, dim]`.
#[inline(never)]
pub fn look_up(row: &[i32], table: &[f32], dim: usize, out: &mut [f32]) {
    for (&row, out) in row.iter().zip(out.chunks_exact_mut(dim.max(1))) {
        out.copy_from_slice(&table[row as usize * dim..][..dim]);
    }
}

/// `out[r] += Σ gradient[p]` over the places p of each row r: `[places, dim]` to `[table rows, dim]`.
#[inline(never)]
pub fn look_up_gradient(places: Places<'_>, gradient: &[f32], dim: usize, out: &mut [f32]) {
    for_rows(out, dim, &WeightedSums { terms: Sums { places }, dense: gradient, dim });
}

struct Sums<'a> {
    places: Places<'a>,
}

impl Terms for Sums<'_> {
    #[inline(always)]
    fn of_row(&self, row: usize) -> impl Iterator<Item = (f32, i32)> {
        self.places.of_row(row).iter().map(|&place| (1.0, place))
    }
}

/// `out[p] = left[left_row[p]] · right[right_row[p]]`, `[places]`.
#[inline(never)]
pub fn paired_product(
    left_row: &[i32],
    right_row: &[i32],
    left: &[f32],
    right: &[f32],
    dim: usize,
    out: &mut [f32],
) {
    Arch::new().dispatch(PairedProduct { left_row, right_row, left, right, dim, out });
}

struct PairedProduct<'a> {
    left_row: &'a [i32],
    right_row: &'a [i32],
    left: &'a [f32],
    right: &'a [f32],
    dim: usize,
    out: &'a mut [f32],
}

impl NullaryFnOnce for PairedProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let rows = self.left_row.iter().zip(self.right_row);
        for ((&left, &right), out) in rows.zip(self.out) {
            let left = &self.left[left as usize * self.dim..][..self.dim];
            let right = &self.right[right as usize * self.dim..][..self.dim];
            *out = dot(left, right);
        }
    }
}

/// The gradient of [`paired_product`] by the table whose rows lie at `places`:
/// `out[r] += Σ gradient[p] · other[other_row[p]]` over the places p of each row r, `[table rows, dim]`.
#[inline(never)]
pub fn paired_product_gradient(
    places: Places<'_>,
    other_row: &[i32],
    gradient: &[f32],
    other: &[f32],
    dim: usize,
    out: &mut [f32],
) {
    let terms = Partners { places, other_row, gradient };
    for_rows(out, dim, &WeightedSums { terms, dense: other, dim });
}

struct Partners<'a> {
    places: Places<'a>,
    other_row: &'a [i32],
    gradient: &'a [f32],
}

impl Terms for Partners<'_> {
    #[inline(always)]
    fn of_row(&self, row: usize) -> impl Iterator<Item = (f32, i32)> {
        let places = self.places.of_row(row).iter();
        places.map(|&place| (self.gradient[place as usize], self.other_row[place as usize]))
    }
}

/// The sum of the squares of all numbers that are looked up, repetitions counted.
#[inline(never)]
pub fn selected_squares(places: Places<'_>, table: &[f32], dim: usize) -> f32 {
    Arch::new().dispatch(Squares { places, table, dim })
}

struct Squares<'a> {
    places: Places<'a>,
    table: &'a [f32],
    dim: usize,
}

impl NullaryFnOnce for Squares<'_> {
    type Output = f32;

    #[inline(always)]
    fn call(self) -> f32 {
        let mut sum = 0.0;
        for row in 0..self.places.start.len() - 1 {
            let count = self.places.of_row(row).len();
            if count > 0 {
                let values = &self.table[row * self.dim..][..self.dim];
                sum += count as f64 * f64::from(dot(values, values));
            }
        }
        sum as f32
    }
}

/// The gradient of [`selected_squares`] times `factor`: `out[r] = 2 · factor · count of r · table[r]`.
#[inline(never)]
pub fn selected_squares_gradient(
    places: Places<'_>,
    table: &[f32],
    factor: f32,
    dim: usize,
    out: &mut [f32],
) {
    for_rows(out, dim, &SquaresGradient { places, table, factor, dim });
}

struct SquaresGradient<'a> {
    places: Places<'a>,
    table: &'a [f32],
    factor: f32,
    dim: usize,
}

impl RowWork for SquaresGradient<'_> {
    #[inline(always)]
    fn row(&self, row: usize, out: &mut [f32]) {
        let factor = 2.0 * self.factor * self.places.of_row(row).len() as f32;
        for (out, &value) in out.iter_mut().zip(&self.table[row * self.dim..][..self.dim]) {
            *out = factor * value;
        }
    }
}
