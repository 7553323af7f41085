use std::convert::Infallible;

use fusebox_kernels::similarities;
use ndarray::{ArrayView2, Axis};

use super::SparseMatrix;
use crate::best::Best;

/// Rows whose similarities are computed at once: enough for an efficient product, few enough that no items × items
/// matrix ever exists.
const BLOCK: usize = 256;

/// Similarities that differ by less than about this are equal: it is more than rounding does to a cosine. Items without a
/// picture have one vector in common, and which of them is near must not depend on the machine that computed it.
const GRAIN: f32 = 1.0 / 65_536.0;

/// The graph of each row's `k` nearest rows by cosine, itself included: `[rows, rows]`, the similarity as value,
/// columns ascending. Of equal similarities the smaller index counts; a row of zeros is similar to nothing (0).
///
/// `rows` is `[rows, dim]`. Computed on the host whatever the backend, so that all see the same graph.
pub fn nearest_neighbours(rows: ArrayView2<'_, f32>, k: usize) -> SparseMatrix {
    nearest_admitted(rows, k, |_, _| true)
}

/// The same without the row itself: each row's `k` nearest others.
pub fn nearest_others(rows: ArrayView2<'_, f32>, k: usize) -> SparseMatrix {
    nearest_admitted(rows, k, |row, other| row != other)
}

/// The same of those rows that each admits: it is asked about a row and another.
pub fn nearest_admitted(
    rows: ArrayView2<'_, f32>,
    k: usize,
    admits: impl Fn(u32, u32) -> bool,
) -> SparseMatrix {
    let (count, dim) = rows.dim();
    let mut unit = Vec::with_capacity(count * dim);
    for row in rows.axis_iter(Axis(0)) {
        let norm = row.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-12);
        unit.extend(row.iter().map(|value| value / norm));
    }
    let mut transposed = vec![0f32; count * dim];
    for (row, values) in unit.chunks_exact(dim.max(1)).enumerate() {
        for (k, &value) in values.iter().enumerate() {
            transposed[k * count + row] = value;
        }
    }
    let mut best = Best::new(k.min(count));
    let mut graph = SparseMatrix { columns: count, start: vec![0], column: Vec::new(), value: Vec::new() };
    let mut neighbours = Vec::new();
    let (mut block, mut grains) = (Vec::new(), Vec::new());
    for first in (0..count).step_by(BLOCK) {
        let rows = BLOCK.min(count - first);
        block.resize(rows * count, 0.0);
        similarities(&unit[first * dim..][..rows * dim], &transposed, dim, count, &mut block);
        for similarities in block.chunks_exact(count) {
            let row = graph.rows() as u32;
            grains.clear();
            grains.extend(similarities.iter().map(|similarity| (similarity / GRAIN).round_ties_even()));
            let Ok(nearest) = best.admitted(&grains, |other, _| Ok::<_, Infallible>(admits(row, other)));
            neighbours.clear();
            neighbours.extend(nearest.map(|(column, _)| column));
            neighbours.sort_unstable();
            graph.column.extend(&neighbours);
            graph.value.extend(neighbours.iter().map(|&column| similarities[column as usize]));
            graph.start.push(graph.column.len() as u32);
        }
    }
    graph
}
