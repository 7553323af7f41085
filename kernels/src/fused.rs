//! What would be many passes over a matrix, in one. All matrices are row by row.

use crate::exp::exp;
use crate::rows::{RowWork, dot, for_rows, total};

/// Vectors shorter than this are divided by it, not by their length.
pub const SHORTEST: f32 = 1e-12;

/// Numbers that are worked on at once where rows do not matter.
const STRETCH: usize = 1024;

/// LeakyReLU in place: `x` where it is positive, else `slope · x`.
#[inline(never)]
pub fn leaky(values: &mut [f32], slope: f32) {
    for_rows(values, STRETCH, &Leaky { slope });
}

struct Leaky {
    slope: f32,
}

impl RowWork for Leaky {
    #[inline(always)]
    fn row(&self, _: usize, values: &mut [f32]) {
        for value in values {
            *value = if *value > 0.0 { *value } else { self.slope * *value };
        }
    }
}

/// Turns the gradient by the result of [`leaky`], which has the signs of its argument, into that by the argument.
#[inline(never)]
pub fn leaky_gradient(result: &[f32], gradient: &mut [f32], slope: f32) {
    for_rows(gradient, STRETCH, &LeakyGradient { result, slope });
}

struct LeakyGradient<'a> {
    result: &'a [f32],
    slope: f32,
}

impl RowWork for LeakyGradient<'_> {
    #[inline(always)]
    fn row(&self, row: usize, gradient: &mut [f32]) {
        let result = &self.result[row * STRETCH..][..gradient.len()];
        for (gradient, &result) in gradient.iter_mut().zip(result) {
            *gradient *= if result > 0.0 { 1.0 } else { self.slope };
        }
    }
}

/// Divides every row by n = max(‖row‖, [`SHORTEST`]) in place, and puts all 1 / n into `share`, `[rows]`.
#[inline(never)]
pub fn unit_rows(rows: &mut [f32], dim: usize, share: &mut [f32]) {
    for_rows(share, 1, &Shares { rows, dim });
    for_rows(rows, dim, &Scaled { share });
}

/// One over the length of each row.
struct Shares<'a> {
    rows: &'a [f32],
    dim: usize,
}

impl RowWork for Shares<'_> {
    #[inline(always)]
    fn row(&self, row: usize, share: &mut [f32]) {
        let values = &self.rows[row * self.dim..][..self.dim];
        share[0] = 1.0 / dot(values, values).sqrt().max(SHORTEST);
    }
}

struct Scaled<'a> {
    share: &'a [f32],
}

impl RowWork for Scaled<'_> {
    #[inline(always)]
    fn row(&self, row: usize, values: &mut [f32]) {
        let share = self.share[row];
        for value in values {
            *value *= share;
        }
    }
}

/// Turns the gradient g by the unit rows y into that by the rows: `(g − y · (y · g)) / n`, and `g / n` for rows that
/// are too short. `share` are all 1 / n.
#[inline(never)]
pub fn unit_rows_gradient(unit: &[f32], share: &[f32], gradient: &mut [f32], dim: usize) {
    for_rows(gradient, dim, &UnitRowsGradient { unit, share, dim });
}

struct UnitRowsGradient<'a> {
    unit: &'a [f32],
    share: &'a [f32],
    dim: usize,
}

impl RowWork for UnitRowsGradient<'_> {
    #[inline(always)]
    fn row(&self, row: usize, gradient: &mut [f32]) {
        let (unit, share) = (&self.unit[row * self.dim..][..self.dim], self.share[row]);
        let along = if share < 1.0 / SHORTEST { dot(unit, gradient) } else { 0.0 };
        for (gradient, &value) in gradient.iter_mut().zip(unit) {
            *gradient = share * (*gradient - along * value);
        }
    }
}

/// Replaces every number x by e^x, and puts the sum of each row into `sums`, `[rows]`.
#[inline(never)]
pub fn exponentials(rows: &mut [f32], dim: usize, sums: &mut [f32]) {
    for_rows(rows, dim, &Exponentials);
    for_rows(sums, 1, &Sums { rows, dim });
}

struct Exponentials;

impl RowWork for Exponentials {
    #[inline(always)]
    fn row(&self, _: usize, values: &mut [f32]) {
        for value in values {
            *value = exp(*value);
        }
    }
}

struct Sums<'a> {
    rows: &'a [f32],
    dim: usize,
}

impl RowWork for Sums<'_> {
    #[inline(always)]
    fn row(&self, row: usize, sum: &mut [f32]) {
        sum[0] = total(&self.rows[row * self.dim..][..self.dim]);
    }
}
