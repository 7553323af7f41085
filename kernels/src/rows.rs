//! Loops over the rows of a matrix: the widest vector instructions the processor has, and threads natively.

use pulp::{Arch, NullaryFnOnce};

/// Below this many numbers a second thread costs more than it brings.
#[cfg(feature = "threads")]
const WORTH_A_THREAD: usize = 1 << 16;

/// What is done to each row of a matrix.
///
/// A trait and not a closure: implementations mark `row` as `#[inline(always)]`, and so it surely ends up inside the function
/// that is compiled for the widest vector instructions. Closures do not, if they are long.
pub(crate) trait RowWork: Sync {
    fn row(&self, row: usize, values: &mut [f32]);
}

/// Calls `work.row(row, values)` for every row of a row-major matrix with `dim` columns; the last row may be shorter.
///
/// Every row is computed by one thread in one order, so the result does not depend on the number of threads.
pub(crate) fn for_rows(matrix: &mut [f32], dim: usize, work: &impl RowWork) {
    if dim == 0 {
        return;
    }
    let architecture = Arch::new();
    #[cfg(feature = "threads")]
    if matrix.len() >= WORTH_A_THREAD && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        let block = matrix.len().div_ceil(dim).div_ceil(4 * rayon::current_num_threads());
        matrix.par_chunks_mut(block * dim).enumerate().for_each(|(nth, matrix)| {
            architecture.dispatch(Block { first: nth * block, matrix, dim, work });
        });
        return;
    }
    architecture.dispatch(Block { first: 0, matrix, dim, work });
}

/// Consecutive rows of a matrix, and what is done to each.
struct Block<'a, W> {
    /// The number of the first.
    first: usize,
    matrix: &'a mut [f32],
    dim: usize,
    work: &'a W,
}

impl<W: RowWork> NullaryFnOnce for Block<'_, W> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (row, values) in self.matrix.chunks_mut(self.dim).enumerate() {
            self.work.row(self.first + row, values);
        }
    }
}

/// Sums that run side by side, so that a dot product becomes vector instructions and few additions wait for the one before.
const LANES: usize = 16;

/// The dot product of two vectors of one length.
#[inline(always)]
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let (left, right) = (left.chunks_exact(LANES), right.chunks_exact(LANES));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (left, right) in left.zip(right) {
        for lane in 0..LANES {
            sums[lane] += left[lane] * right[lane];
        }
    }
    total_of(sums) + rest
}

/// The sum of a vector's numbers.
#[inline(always)]
pub(crate) fn total(values: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let values = values.chunks_exact(LANES);
    let rest: f32 = values.remainder().iter().sum();
    for values in values {
        for lane in 0..LANES {
            sums[lane] += values[lane];
        }
    }
    total_of(sums) + rest
}

/// Adds the lanes up by halves, which are vectors too: in their order they would be added one by one, and so would all that
/// led to them in wasm.
#[inline(always)]
fn total_of(mut sums: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
        half /= 2;
    }
    sums[0]
}
