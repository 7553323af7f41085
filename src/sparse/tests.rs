//! The sparse product against a dense one, and its gradients against finite differences, on every backend at hand.

use burn::tensor::{DType, Device, Tensor, TensorData};
use proptest::prelude::*;

use super::{Pattern, SparseMatrix};
use crate::devices::devices;
use crate::random::{Draw, Stream, generator};

fn dense(rows: usize, dim: usize, seed: u64) -> Vec<f32> {
    let mut generator = generator(seed, Stream::Initialise);
    (0..rows * dim).map(|_| generator.unit() as f32 - 0.5).collect()
}

fn upload(values: &[f32], rows: usize, dim: usize, device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(values.to_vec(), [rows, dim]), (device, DType::F32))
}

fn read(tensor: Tensor<2>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

fn naive(matrix: &SparseMatrix, x: &[f32], dim: usize) -> Vec<f32> {
    let mut out = vec![0.0; matrix.rows() * dim];
    for row in 0..matrix.rows() {
        for (column, value) in matrix.row(row) {
            for k in 0..dim {
                out[row * dim + k] += value * x[column as usize * dim + k];
            }
        }
    }
    out
}

fn close(left: &[f32], right: &[f32], tolerance: f32) {
    assert_eq!(left.len(), right.len());
    for (at, (a, b)) in left.iter().zip(right).enumerate() {
        assert!((a - b).abs() <= tolerance * (1.0 + a.abs()), "element {at}: {a} and {b}");
    }
}

/// 5 × 4 with an empty row, an empty column and a full row.
fn example() -> SparseMatrix {
    let entries =
        vec![(0, 0, 0.5), (0, 2, -1.5), (2, 2, 2.0), (3, 0, 1.0), (3, 1, -0.25), (3, 2, 0.75), (4, 1, 3.0)];
    SparseMatrix::from_entries(5, 4, entries)
}

#[test]
fn products_equal_the_dense_ones() {
    let matrix = example();
    for device in devices() {
        for dim in [1, 3, 64, 65] {
            let (pattern, values) = Pattern::upload(&matrix, &device);
            let x = dense(4, dim, 1);
            let product = pattern.multiply(values.clone(), upload(&x, 4, dim, &device));
            close(&read(product), &naive(&matrix, &x, dim), 1e-6);
            let y = dense(5, dim, 2);
            let product = pattern.multiply_transposed(values.clone(), upload(&y, 5, dim, &device));
            close(&read(product), &naive(&matrix.transposed(), &y, dim), 1e-6);
            let sum = pattern.multiply_onto(
                upload(&y, 5, dim, &device),
                values.clone(),
                upload(&x, 4, dim, &device),
            );
            let added = |product: Vec<f32>, base: &[f32]| -> Vec<f32> {
                product.iter().zip(base).map(|(a, b)| a + b).collect()
            };
            close(&read(sum), &added(naive(&matrix, &x, dim), &y), 1e-6);
            let sum = pattern.multiply_transposed_onto(
                upload(&x, 4, dim, &device),
                values,
                upload(&y, 5, dim, &device),
            );
            close(&read(sum), &added(naive(&matrix.transposed(), &y, dim), &x), 1e-6);
        }
    }
}

#[test]
fn gradients_equal_finite_differences() {
    let (matrix, dim) = (example(), 3);
    let (x, base) = (dense(4, dim, 3), dense(5, dim, 5));
    let weight = dense(5, dim, 4);
    // A loss that is not linear in the sum: Σ w · y².
    let loss = |matrix: &SparseMatrix, x: &[f32], base: &[f32]| -> f64 {
        let sums = naive(matrix, x, dim).into_iter().zip(base).map(|(product, base)| product + base);
        sums.zip(&weight).map(|(y, w)| f64::from(w * y * y)).sum()
    };
    for device in devices() {
        let (pattern, values) = Pattern::upload(&matrix, &device);
        for onto in [false, true] {
            let base = if onto { base.clone() } else { vec![0.0; base.len()] };
            let values = values.clone().autodiff().require_grad();
            let table = upload(&x, 4, dim, &device).autodiff().require_grad();
            let tracked_base = upload(&base, 5, dim, &device).autodiff().require_grad();
            let sum = match onto {
                false => pattern.multiply(values.clone(), table.clone()),
                true => pattern.multiply_onto(tracked_base.clone(), values.clone(), table.clone()),
            };
            let weights = upload(&weight, 5, dim, &device).autodiff();
            let gradients = (weights * sum.square()).sum().backward();
            let expected = differences(&x, |x| loss(&matrix, x, &base));
            close(&read(table.grad(&gradients).unwrap()), &expected, 2e-3);
            let of_values: Vec<f32> = values.grad(&gradients).unwrap().into_data().iter::<f32>().collect();
            let expected = differences(&matrix.value, |value| {
                loss(&SparseMatrix { value: value.to_vec(), ..matrix.clone() }, &x, &base)
            });
            close(&of_values, &expected, 2e-3);
            if onto {
                let expected = differences(&base, |base| loss(&matrix, &x, base));
                close(&read(tracked_base.grad(&gradients).unwrap()), &expected, 2e-3);
            }
        }
    }
}

/// The derivative of `loss` by each number, by central differences.
fn differences(at: &[f32], loss: impl Fn(&[f32]) -> f64) -> Vec<f32> {
    let step = 1e-2f32;
    let moved = |index: usize, by: f32| {
        let mut moved = at.to_vec();
        moved[index] += by;
        loss(&moved)
    };
    (0..at.len())
        .map(|index| ((moved(index, step) - moved(index, -step)) / f64::from(2.0 * step)) as f32)
        .collect()
}

/// Row and column of each entry, in row order.
fn places(matrix: &SparseMatrix) -> Vec<(usize, usize)> {
    (0..matrix.rows())
        .flat_map(|row| matrix.row(row).map(move |(column, _)| (row, column as usize)))
        .collect()
}

/// A loss that is not linear in its argument: Σ w · y².
fn weighted_squares(weights: &[f32], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| f64::from(*weight) * value * value).sum()
}

#[test]
fn sampled_products_and_their_gradients_are_right() {
    let (matrix, dim) = (example(), 11);
    let (left, right, weight) = (dense(5, dim, 7), dense(4, dim, 8), dense(7, 1, 9));
    let products = |left: &[f32], right: &[f32]| -> Vec<f64> {
        let places = places(&matrix).into_iter();
        places
            .map(|(row, column)| {
                (0..dim).map(|k| f64::from(left[row * dim + k]) * f64::from(right[column * dim + k])).sum()
            })
            .collect()
    };
    for device in devices() {
        let (pattern, _) = Pattern::upload(&matrix, &device);
        let tracked = |values, rows| upload(values, rows, dim, &device).autodiff().require_grad();
        let (of_left, of_right) = (tracked(&left, 5), tracked(&right, 4));
        let product = pattern.sampled_product(of_left.clone(), of_right.clone());
        let values: Vec<f32> = product.clone().inner().into_data().iter::<f32>().collect();
        close(&values, &products(&left, &right).iter().map(|&x| x as f32).collect::<Vec<_>>(), 1e-5);
        let weights = upload(&weight, 1, 7, &device).autodiff().flatten::<1>(0, 1);
        let gradients = (weights * product.square()).sum().backward();
        let expected = differences(&left, |left| weighted_squares(&weight, &products(left, &right)));
        close(&read(of_left.grad(&gradients).unwrap()), &expected, 1e-2);
        let expected = differences(&right, |right| weighted_squares(&weight, &products(&left, right)));
        close(&read(of_right.grad(&gradients).unwrap()), &expected, 1e-2);
    }
}

#[test]
fn softmaxes_over_rows_and_columns_and_their_gradients_are_right() {
    let matrix = example();
    let (values, weight) = (dense(7, 1, 10).iter().map(|x| 4.0 * x).collect::<Vec<_>>(), dense(7, 1, 11));
    let softmax = |values: &[f32], group: fn(&(usize, usize)) -> usize| -> Vec<f64> {
        let groups: Vec<usize> = places(&matrix).iter().map(group).collect();
        let power = |at: usize| f64::from(values[at]).exp();
        let sum = |of: usize| -> f64 { (0..7).filter(|&at| groups[at] == groups[of]).map(power).sum() };
        (0..7).map(|at| power(at) / sum(at)).collect()
    };
    let by_row: fn(&(usize, usize)) -> usize = |place| place.0;
    let by_column: fn(&(usize, usize)) -> usize = |place| place.1;
    for device in devices() {
        let (pattern, _) = Pattern::upload(&matrix, &device);
        for (rows, group) in [(true, by_row), (false, by_column)] {
            let data = TensorData::new(values.clone(), [7]);
            let tracked = Tensor::<1>::from_data(data, (&device, DType::F32)).autodiff().require_grad();
            let result = match rows {
                true => pattern.softmax_by_row(tracked.clone()),
                false => pattern.softmax_by_column(tracked.clone()),
            };
            let found: Vec<f32> = result.clone().inner().into_data().iter::<f32>().collect();
            close(&found, &softmax(&values, group).iter().map(|&x| x as f32).collect::<Vec<_>>(), 1e-5);
            let weights = upload(&weight, 1, 7, &device).autodiff().flatten::<1>(0, 1);
            let gradients = (weights * result.square()).sum().backward();
            let found: Vec<f32> = tracked.grad(&gradients).unwrap().into_data().iter::<f32>().collect();
            let expected = differences(&values, |values| weighted_squares(&weight, &softmax(values, group)));
            close(&found, &expected, 1e-3);
        }
    }
}

#[test]
fn a_softmax_of_large_values_stays_a_number() {
    for device in devices() {
        let matrix = SparseMatrix::from_entries(1, 2, vec![(0, 0, 1.0), (0, 1, 1.0)]);
        let (pattern, _) = Pattern::upload(&matrix, &device);
        let values = Tensor::<1>::from_data(TensorData::new(vec![1e4f32, 0.0], [2]), (&device, DType::F32));
        let softmax: Vec<f32> = pattern.softmax_by_row(values).into_data().iter::<f32>().collect();
        assert_eq!(softmax, [1.0, 0.0]);
    }
}

#[test]
fn neighbours_are_the_most_similar_rows() {
    // Two directions, a mixture, and a row of zeros that is similar to nothing.
    let rows = ndarray::array![[2.0f32, 0.0], [0.0, 3.0], [1.0, 0.1], [0.0, 0.0]];
    let graph = super::nearest_neighbours(rows.view(), 2);
    let row = |row| graph.row(row).map(|(column, _)| column).collect::<Vec<_>>();
    assert_eq!((row(0), row(1), row(2), row(3)), (vec![0, 2], vec![1, 2], vec![0, 2], vec![0, 1]));
    close(&graph.row(0).map(|(_, value)| value).collect::<Vec<_>>(), &[1.0, 1.0 / 1.01f32.sqrt()], 1e-6);
    // More neighbours than rows are all rows.
    assert_eq!(super::nearest_neighbours(rows.view(), 9).entries(), 16);
    assert_eq!(super::nearest_neighbours(ndarray::Array2::zeros((0, 3)).view(), 5).rows(), 0);
}

#[test]
fn rounding_does_not_choose_neighbours() {
    // Items without a picture: all of one vector, give or take what another order of adding up changes.
    let off_by = |step: f32| {
        let mut rows = ndarray::Array2::from_elem((40, 3), 0.3f32);
        rows.indexed_iter_mut()
            .for_each(|((row, k), value)| *value *= 1.0 + step * ((row * 7 + k * 5) % 11) as f32);
        super::nearest_neighbours(rows.view(), 5).column
    };
    assert_eq!(off_by(1e-7), off_by(0.0));
    assert_eq!(off_by(-1e-7), off_by(0.0));
}

#[test]
fn others_are_the_most_similar_rows_without_the_row_itself() {
    let rows = ndarray::array![[2.0f32, 0.0], [0.0, 3.0], [1.0, 0.1]];
    let graph = super::nearest_others(rows.view(), 1);
    assert_eq!(graph.column, [2, 2, 0]);
    // All rows are equal, so the smallest index of the others counts.
    let graph = super::nearest_others(ndarray::Array2::ones((3, 1)).view(), 1);
    assert_eq!(graph.column, [1, 0, 0]);
    // There are only two others.
    assert_eq!(super::nearest_others(rows.view(), 9).entries(), 6);
}

#[test]
fn a_transposed_matrix_has_its_rows_as_columns() {
    let transposed = example().transposed();
    assert_eq!((transposed.rows(), transposed.columns), (4, 5));
    assert_eq!(transposed.row(2).collect::<Vec<_>>(), [(0, -1.5), (2, 2.0), (3, 0.75)]);
    assert_eq!(transposed.transposed(), example());
}

proptest! {
    #[test]
    fn neighbours_equal_those_of_a_full_search(
        values in prop::collection::vec(-1f32..1.0, 300 * 2), k in 1usize..8,
    ) {
        let rows = ndarray::Array2::from_shape_vec((300, 2), values).unwrap();
        let graph = super::nearest_neighbours(rows.view(), k);
        let unit = |row: usize| {
            let row = rows.row(row);
            let norm = (row[0] * row[0] + row[1] * row[1]).sqrt().max(1e-12);
            [row[0] / norm, row[1] / norm]
        };
        for row in 0..300 {
            let own = unit(row);
            let mut all: Vec<f32> = (0..300).map(|other| own[0] * unit(other)[0] + own[1] * unit(other)[1]).collect();
            let mut found: Vec<f32> = graph.row(row).map(|(_, value)| value).collect();
            all.sort_by(|a, b| b.total_cmp(a));
            found.sort_by(|a, b| b.total_cmp(a));
            prop_assert_eq!(found.len(), k);
            for (a, b) in found.iter().zip(&all) {
                prop_assert!((a - b).abs() < 2e-5);
            }
        }
    }
}

#[test]
fn normalisation_divides_by_both_degrees() {
    // Two users, two items; user 0 took both, user 1 the first.
    let matrix = SparseMatrix::interactions(2, &[0, 2, 3], &[0, 1, 0]).normalised_by_both_degrees();
    close(&matrix.value, &[0.5, 1.0 / 2f32.sqrt(), 1.0 / 2f32.sqrt()], 1e-6);
}

proptest! {
    #[test]
    fn any_pattern_multiplies(entries in prop::collection::vec((0u32..9, 0u32..7, -2f32..2.0), 0..40), dim in 1usize..6) {
        let matrix = SparseMatrix::from_entries(9, 7, entries);
        let device = Device::flex();
        let x = dense(7, dim, 6);
        let (pattern, values) = Pattern::upload(&matrix, &device);
        let product = read(pattern.multiply(values, upload(&x, 7, dim, &device)));
        close(&product, &naive(&matrix, &x, dim), 1e-5);
    }
}

#[test]
fn values_are_found_in_a_wider_pattern() {
    let matrix = example();
    let mut entries: Vec<(u32, u32, f32)> =
        matrix.iter().map(|(row, column, _)| (row, column, 1.0)).collect();
    assert_eq!(SparseMatrix::from_entries(5, 4, entries.clone()).values_at(&matrix), [1.0; 7]);
    entries.extend([(0, 1, 1.0), (1, 3, 1.0), (4, 3, 1.0)]);
    let wider = SparseMatrix::from_entries(5, 4, entries);
    assert_eq!(matrix.values_at(&wider), [0.5, 0.0, -1.5, 0.0, 2.0, 1.0, -0.25, 0.75, 3.0, 0.0]);
    assert_eq!(wider.values_at(&matrix), [1.0; 7]);
}

#[test]
fn only_what_is_kept_stays() {
    let left = example().keeping(&[true, false, false, true, false, true, true]);
    assert_eq!(left.iter().collect::<Vec<_>>(), [(0, 0, 0.5), (3, 0, 1.0), (3, 2, 0.75), (4, 1, 3.0)]);
    assert_eq!((left.rows(), left.columns), (5, 4));
}
