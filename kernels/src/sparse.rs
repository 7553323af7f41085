use crate::rows::for_rows;

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
    /// Column and place of the value of each entry of a row.
    fn row(&self, row: usize) -> impl Iterator<Item = (usize, usize)> {
        let range = self.start[row] as usize..self.start[row + 1] as usize;
        self.column[range.clone()]
            .iter()
            .zip(&self.value_at[range])
            .map(|(&column, &value_at)| (column as usize, value_at as usize))
    }
}

/// `out[r, k] = Σ_{e in row r} value[e] · dense[column[e], k]`; `dense` is `[columns, dim]`, `out` `[rows, dim]`, all zeros.
#[inline(never)]
pub fn sparse_product(entries: Entries<'_>, value: &[f32], dense: &[f32], dim: usize, out: &mut [f32]) {
    for_rows(out, dim, |row, out| {
        for (column, value_at) in entries.row(row) {
            let weight = value[value_at];
            let source = &dense[column * dim..][..dim];
            for (sum, &term) in out.iter_mut().zip(source) {
                *sum += weight * term;
            }
        }
    });
}

/// `out[e] = left[r] · right[column[e]]` for every entry `e` of every row `r`; `left` is `[rows, dim]`, `right`
/// `[columns, dim]`, `out` `[entries]`.
#[inline(never)]
pub fn sampled_product(entries: Entries<'_>, left: &[f32], right: &[f32], dim: usize, out: &mut [f32]) {
    pulp::Arch::new().dispatch(|| {
        for row in 0..entries.start.len() - 1 {
            let left = &left[row * dim..][..dim];
            for (column, value_at) in entries.row(row) {
                out[value_at] = dot(left, &right[column * dim..][..dim]);
            }
        }
    });
}

/// Sums that run side by side, so that a dot product becomes vector instructions.
const LANES: usize = 8;

#[inline(always)]
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let (left, right) = (left.chunks_exact(LANES), right.chunks_exact(LANES));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (left, right) in left.zip(right) {
        for lane in 0..LANES {
            sums[lane] += left[lane] * right[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}
