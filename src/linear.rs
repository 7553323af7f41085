//! The leading singular vectors of large matrices.
//!
//! A randomised range finder with power iterations (Halko, Martinsson and Tropp, 2011, algorithms 4.4 and 5.1), then
//! one-sided Jacobi rotations of the small triangle that is left. Every sum is taken in one fixed order with
//! additions, multiplications and square roots alone, which are exactly rounded: a seed gives the same vectors, to
//! the last bit, on every processor and in WebAssembly.

use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, Zip, s};
use rand_chacha::rand_core::Rng;

use crate::random::{Stream, generator};

/// Directions sought beyond those asked for; they make the last ones asked for accurate.
const OVERSAMPLING: usize = 10;
/// Each one multiplies the ratio between wanted and unwanted singular values by its square once more.
const POWER_ITERATIONS: usize = 4;
/// Columns that lose this share of their length to earlier ones are taken to depend on them.
const DEPENDENT: f64 = 1e-12;
/// Rows and columns worked on together, so that what they share stays in the fastest cache.
const BLOCK: usize = 16;
/// Jacobi rotations converge quadratically; ten sweeps are typical.
const SWEEPS: usize = 60;

/// A matrix `[rows, columns]` that is only ever multiplied, so that it may be sparse.
pub trait LinearOperator {
    /// Rows and columns.
    fn size(&self) -> (usize, usize);
    /// The product with `right` `[columns, width]`: `[rows, width]`.
    fn multiply(&self, right: ArrayView2<f64>) -> Array2<f64>;
    /// The transpose's product with `right` `[rows, width]`: `[columns, width]`.
    fn multiply_transposed(&self, right: ArrayView2<f64>) -> Array2<f64>;
}

impl LinearOperator for ArrayView2<'_, f32> {
    fn size(&self) -> (usize, usize) {
        self.dim()
    }

    fn multiply(&self, right: ArrayView2<f64>) -> Array2<f64> {
        product(*self, right)
    }

    fn multiply_transposed(&self, right: ArrayView2<f64>) -> Array2<f64> {
        let mut product = Array2::zeros((self.ncols(), right.ncols()));
        for (values, right) in
            self.axis_chunks_iter(Axis(0), BLOCK).zip(right.axis_chunks_iter(Axis(0), BLOCK))
        {
            add_product(&mut product.view_mut(), values.t(), right);
        }
        product
    }
}

/// The leading part of a singular value decomposition: `left · diag(singular_values) · rightᵀ`.
#[derive(Clone, Debug, PartialEq)]
pub struct TruncatedSvd {
    /// `[rows, rank]`, orthonormal columns.
    pub left: Array2<f64>,
    /// `[rank]`, descending.
    pub singular_values: Array1<f64>,
    /// `[columns, rank]`, orthonormal columns; the largest component of each is positive.
    pub right: Array2<f64>,
}

/// The rows of a matrix along its `rank` leading right singular vectors, `[rows, rank]`: latent semantic analysis of
/// weighted words, principal components of centred features. As many columns as [`truncated_svd`] finds.
pub fn reduce(matrix: ArrayView2<f32>, rank: usize, seed: u64) -> Array2<f32> {
    let svd = truncated_svd(&matrix, rank, seed);
    (svd.left * svd.singular_values).mapv(|value| value as f32)
}

/// The `rank` leading singular values and vectors of a matrix of finite numbers.
///
/// Fewer come back when the matrix has fewer: never more than its smaller side, and none that are zero up to rounding.
pub fn truncated_svd(matrix: &impl LinearOperator, rank: usize, seed: u64) -> TruncatedSvd {
    let (rows, columns) = matrix.size();
    let width = rank.saturating_add(OVERSAMPLING).min(rows).min(columns);
    let mut generator = generator(seed, Stream::Project);
    // Uniform over [-1, 1): a sketch needs independence and symmetry, not normality.
    let sketch = Array2::from_shape_simple_fn((columns, width), || {
        (generator.next_u64() as i64) as f64 / (1u64 << 63) as f64
    });
    let (mut range, _) = orthonormalise(matrix.multiply(sketch.view()));
    for _ in 0..POWER_ITERATIONS {
        let (co_range, _) = orthonormalise(matrix.multiply_transposed(range.view()));
        range = orthonormalise(matrix.multiply(co_range.view())).0;
    }
    // A ≈ Q·Qᵀ·A and Aᵀ·Q = P·R, hence A ≈ Q·Rᵀ·Pᵀ; with R = U·Σ·Vᵀ this is (Q·V)·Σ·(P·U)ᵀ.
    let (co_range, triangle) = orthonormalise(matrix.multiply_transposed(range.view()));
    let (small_left, singular_values, small_right) = jacobi(triangle);
    let floor = singular_values.first().map_or(0.0, |largest| largest * DEPENDENT);
    let rank = singular_values.iter().take(rank).take_while(|&&value| value > floor).count();
    let mut left = product(range.view(), small_right.slice(s![.., ..rank]));
    let mut right = product(co_range.view(), small_left.slice(s![.., ..rank]));
    for (mut left, mut right) in left.columns_mut().into_iter().zip(right.columns_mut()) {
        let largest =
            right.iter().fold(0.0f64, |largest, &x| if x.abs() > largest.abs() { x } else { largest });
        if largest < 0.0 {
            left.mapv_inplace(|x| -x);
            right.mapv_inplace(|x| -x);
        }
    }
    TruncatedSvd { left, singular_values: singular_values.slice(s![..rank]).to_owned(), right }
}

/// Gram and Schmidt, each column cleared of the earlier ones twice ("twice is enough", Kahan and Parlett): an
/// orthonormal basis `[rows, kept]` of the columns and the coefficients `[kept, columns]` whose product is the input.
fn orthonormalise(matrix: Array2<f64>) -> (Array2<f64>, Array2<f64>) {
    // Columns as rows, so that each is contiguous.
    let columns = matrix.t().as_standard_layout().into_owned();
    let mut basis = Array2::<f64>::zeros(columns.raw_dim());
    let mut coefficients = Array2::<f64>::zeros((columns.nrows(), columns.nrows()));
    let mut kept = 0;
    for (position, column) in columns.rows().into_iter().enumerate() {
        let mut rest = column.to_owned();
        let before = length(&rest);
        for _ in 0..2 {
            for earlier in 0..kept {
                let direction = basis.row(earlier);
                let share =
                    dot(direction.as_slice().unwrap_or_default(), rest.as_slice().unwrap_or_default());
                coefficients[[earlier, position]] += share;
                rest.scaled_add(-share, &direction);
            }
        }
        let after = length(&rest);
        if after > before * DEPENDENT {
            coefficients[[kept, position]] = after;
            basis.row_mut(kept).assign(&(rest / after));
            kept += 1;
        }
    }
    let basis = basis.slice(s![..kept, ..]).reversed_axes().as_standard_layout().into_owned();
    (basis, coefficients.slice(s![..kept, ..]).to_owned())
}

/// The singular value decomposition of a small matrix `[m, n]` with m ≤ n by one-sided Jacobi rotations (Hestenes):
/// left vectors `[m, m]`, singular values `[m]` descending, right vectors `[n, m]`.
fn jacobi(matrix: Array2<f64>) -> (Array2<f64>, Array1<f64>, Array2<f64>) {
    let count = matrix.nrows();
    // The rows of `rotated` are turned until they are orthogonal: rotated = turns · matrix = Σ·Vᵀ.
    let mut rotated = matrix;
    let mut turns = Array2::<f64>::eye(count);
    for _ in 0..SWEEPS {
        let mut turned = false;
        for first in 0..count {
            for second in first + 1..count {
                turned |= rotate(&mut rotated, &mut turns, first, second);
            }
        }
        if !turned {
            break;
        }
    }
    let lengths: Vec<f64> = rotated.rows().into_iter().map(|row| length(&row.to_owned())).collect();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| lengths[b].total_cmp(&lengths[a]).then(a.cmp(&b)));
    let mut right = rotated.select(Axis(0), &order);
    let singular_values: Array1<f64> = order.iter().map(|&row| lengths[row]).collect();
    for (mut row, &value) in right.rows_mut().into_iter().zip(&singular_values) {
        if value > 0.0 {
            row /= value;
        }
    }
    let left = turns.select(Axis(0), &order);
    (left.reversed_axes(), singular_values, right.reversed_axes())
}

/// Makes two rows orthogonal; false when they are already.
fn rotate(rotated: &mut Array2<f64>, turns: &mut Array2<f64>, first: usize, second: usize) -> bool {
    let (a, b) = (rotated.row(first).to_owned(), rotated.row(second).to_owned());
    let (a, b) = (a.as_slice().unwrap_or_default(), b.as_slice().unwrap_or_default());
    let (alpha, beta, gamma) = (dot(a, a), dot(b, b), dot(a, b));
    if gamma.abs() <= 1e-14 * (alpha * beta).sqrt() {
        return false;
    }
    // The smaller of the two angles that work.
    let zeta = (beta - alpha) / (2.0 * gamma);
    let tangent = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = cosine * tangent;
    for matrix in [rotated, turns] {
        let (mut upper, mut lower) = matrix.view_mut().split_at(Axis(0), second);
        let (a, b) = (upper.row_mut(first), lower.row_mut(0));
        Zip::from(a).and(b).for_each(|a, b| (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b));
    }
    true
}

/// The product of two dense matrices, summed in the order of the inner axis.
fn product<T: Copy + Into<f64>>(left: ArrayView2<T>, right: ArrayView2<f64>) -> Array2<f64> {
    let mut product = Array2::zeros((left.nrows(), right.ncols()));
    for (left, mut sums) in
        left.axis_chunks_iter(Axis(0), BLOCK).zip(product.axis_chunks_iter_mut(Axis(0), BLOCK))
    {
        for (left, right) in left.axis_chunks_iter(Axis(1), BLOCK).zip(right.axis_chunks_iter(Axis(0), BLOCK))
        {
            add_product(&mut sums, left, right);
        }
    }
    product
}

/// Adds `left` `[rows, inner]` times `right` `[inner, columns]` to `sums` `[rows, columns]`.
fn add_product<T: Copy + Into<f64>>(
    sums: &mut ArrayViewMut2<f64>,
    left: ArrayView2<T>,
    right: ArrayView2<f64>,
) {
    let (inner, columns) = right.dim();
    let right = right.as_standard_layout();
    let (Some(right), true) = (right.as_slice(), columns > 0) else { return };
    for (weights, mut sum) in left.rows().into_iter().zip(sums.rows_mut()) {
        let Some(sum) = sum.as_slice_mut() else { continue };
        let weight = |row: usize| -> f64 { weights[row].into() };
        // Four rows in one pass, for the sum's trips to memory are what takes the time.
        let mut fours = right.chunks_exact(4 * columns);
        for (first, four) in (0..).step_by(4).zip(&mut fours) {
            let (a, b, c, d) = (weight(first), weight(first + 1), weight(first + 2), weight(first + 3));
            let ((p, q), (r, s)) = {
                let (front, back) = four.split_at(2 * columns);
                (front.split_at(columns), back.split_at(columns))
            };
            for ((((sum, p), q), r), s) in sum.iter_mut().zip(p).zip(q).zip(r).zip(s) {
                *sum = *sum + a * p + b * q + c * r + d * s;
            }
        }
        for (row, right) in (inner / 4 * 4..).zip(fours.remainder().chunks_exact(columns)) {
            let weight = weight(row);
            for (sum, right) in sum.iter_mut().zip(right) {
                *sum += weight * right;
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn length(vector: &Array1<f64>) -> f64 {
    vector.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use proptest::prelude::*;

    use super::*;

    fn composed(svd: &TruncatedSvd) -> Array2<f64> {
        product((&svd.left * &svd.singular_values).view(), svd.right.t())
    }

    fn farthest(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    fn gram(matrix: &Array2<f64>) -> Array2<f64> {
        product(matrix.t(), matrix.view())
    }

    #[test]
    fn a_matrix_done_by_hand() {
        // [[3, 0], [4, 5]] has the singular values √45 and √5.
        let svd = truncated_svd(&array![[3.0f32, 0.0], [4.0, 5.0]].view(), 2, 1);
        assert!((svd.singular_values[0] - 45f64.sqrt()).abs() < 1e-12);
        assert!((svd.singular_values[1] - 5f64.sqrt()).abs() < 1e-12);
        assert!(farthest(&composed(&svd), &array![[3.0, 0.0], [4.0, 5.0]]) < 1e-12);
    }

    #[test]
    fn the_leading_values_of_a_large_matrix_are_found_among_a_long_tail() {
        // Built as Σ σₖ·uₖ·vₖᵀ with σₖ = 0.9ᵏ and vectors of the discrete cosine basis, which are orthonormal.
        let (rows, columns) = (300usize, 120usize);
        let cosine = |size: usize, k: usize, i: usize| {
            let scale = if k == 0 { 1.0 } else { 2.0 } / size as f64;
            scale.sqrt() * (std::f64::consts::PI * (i as f64 + 0.5) * k as f64 / size as f64).cos()
        };
        let matrix = Array2::from_shape_fn((rows, columns), |(i, j)| {
            (0..columns)
                .map(|k| 0.9f64.powi(k as i32) * cosine(rows, k, i) * cosine(columns, k, j))
                .sum::<f64>() as f32
        });
        let svd = truncated_svd(&matrix.view(), 8, 3);
        for (k, value) in svd.singular_values.iter().enumerate() {
            assert!((value - 0.9f64.powi(k as i32)).abs() < 1e-4, "{k}: {value}");
            let agreement: f64 = (0..columns).map(|j| svd.right[[j, k]] * cosine(columns, k, j)).sum();
            assert!(agreement.abs() > 0.999, "{k}: {agreement}");
        }
    }

    #[test]
    fn a_rank_below_the_one_asked_for_is_reported_as_it_is() {
        let matrix = Array2::from_shape_fn((20, 7), |(i, j)| (i + 1) as f32 * (j as f32 - 2.5));
        assert_eq!(truncated_svd(&matrix.view(), 5, 1).singular_values.len(), 1);
        assert_eq!(truncated_svd(&Array2::<f32>::zeros((4, 3)).view(), 2, 1).right.dim(), (3, 0));
        assert_eq!(truncated_svd(&Array2::<f32>::zeros((0, 3)).view(), 2, 1).left.dim(), (0, 0));
    }

    #[test]
    fn the_same_seed_gives_the_same_bits() {
        let matrix = Array2::from_shape_fn((30, 40), |(i, j)| ((i * 7 + j * j) % 11) as f32);
        assert_eq!(truncated_svd(&matrix.view(), 5, 9), truncated_svd(&matrix.view(), 5, 9));
    }

    proptest! {
        #[test]
        fn a_full_decomposition_gives_the_matrix_back(
            rows in 1usize..9, columns in 1usize..9, values in prop::collection::vec(-4i8..=4, 64),
        ) {
            let matrix = Array2::from_shape_fn((rows, columns), |(i, j)| f32::from(values[i * 8 + j]));
            let svd = truncated_svd(&matrix.view(), 9, 5);
            prop_assert!(farthest(&composed(&svd), &matrix.mapv(f64::from)) < 1e-9);
            let rank = svd.singular_values.len();
            prop_assert!(farthest(&gram(&svd.left), &Array2::eye(rank)) < 1e-9);
            prop_assert!(farthest(&gram(&svd.right), &Array2::eye(rank)) < 1e-9);
            prop_assert!(svd.singular_values.windows(2).into_iter().all(|pair| pair[0] >= pair[1]));
        }
    }
}
