//! Loops over the rows of a matrix: the widest vector instructions the processor has, and threads natively.

/// Below this many numbers a second thread costs more than it brings.
#[cfg(feature = "threads")]
const WORTH_A_THREAD: usize = 1 << 16;

/// Calls `work(row, values)` for every row of a row-major matrix with `dim` columns.
///
/// Every row is computed by one thread in one order, so the result does not depend on the number of threads.
pub(crate) fn for_rows(matrix: &mut [f32], dim: usize, work: impl Fn(usize, &mut [f32]) + Sync) {
    if dim == 0 {
        return;
    }
    let block = (matrix.len() / dim).div_ceil(4 * threads()).max(1);
    for_blocks(matrix, block * dim, |nth, rows| {
        for (row, values) in rows.chunks_exact_mut(dim).enumerate() {
            work(nth * block + row, values);
        }
    });
}

/// Calls `work(nth, values)` for every `size` numbers of a matrix and for what is left at the end.
pub(crate) fn for_blocks(matrix: &mut [f32], size: usize, work: impl Fn(usize, &mut [f32]) + Sync) {
    let architecture = pulp::Arch::new();
    #[cfg(feature = "threads")]
    if matrix.len() >= WORTH_A_THREAD && threads() > 1 {
        use rayon::prelude::*;
        let blocks = matrix.par_chunks_mut(size).enumerate();
        blocks.for_each(|(nth, values)| architecture.dispatch(|| work(nth, values)));
        return;
    }
    architecture.dispatch(|| {
        for (nth, values) in matrix.chunks_mut(size).enumerate() {
            work(nth, values);
        }
    });
}

fn threads() -> usize {
    #[cfg(feature = "threads")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "threads"))]
    return 1;
}
