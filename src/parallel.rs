//! Loops over the rows of a matrix: the widest vector instructions the processor has, and threads natively.

/// Below this many numbers a second thread costs more than it brings.
#[cfg(feature = "cli")]
const WORTH_A_THREAD: usize = 1 << 16;

/// Runs `work` with the widest vector instructions the processor has.
pub fn vectorised(work: impl FnOnce()) {
    pulp::Arch::new().dispatch(work);
}

/// Calls `work(row, values)` for every row of a row-major matrix with `dim` columns.
///
/// Every row is computed by one thread in one order, so the result does not depend on the number of threads.
pub fn for_rows(matrix: &mut [f32], dim: usize, work: impl Fn(usize, &mut [f32]) + Sync) {
    if dim == 0 {
        return;
    }
    let architecture = pulp::Arch::new();
    #[cfg(feature = "cli")]
    if matrix.len() >= WORTH_A_THREAD && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        let block = (matrix.len() / dim).div_ceil(4 * rayon::current_num_threads());
        matrix.par_chunks_mut(block * dim).enumerate().for_each(|(nth, rows)| {
            architecture.dispatch(|| {
                for (row, values) in rows.chunks_exact_mut(dim).enumerate() {
                    work(nth * block + row, values);
                }
            });
        });
        return;
    }
    architecture.dispatch(|| {
        for (row, values) in matrix.chunks_exact_mut(dim).enumerate() {
            work(row, values);
        }
    });
}
