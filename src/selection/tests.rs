//! Look-ups and what is made of them against plain loops, and their gradients against finite differences, on every
//! backend at hand.

use burn::tensor::{DType, Device, Tensor, TensorData};
use proptest::prelude::*;

use super::Selection;
use crate::devices::devices;
use crate::random::{Draw, Stream, generator};

fn noise(count: usize, seed: u64) -> Vec<f32> {
    let mut generator = generator(seed, Stream::Initialise);
    (0..count).map(|_| generator.unit() as f32 - 0.5).collect()
}

fn upload<const D: usize>(values: &[f32], shape: [usize; D], device: &Device) -> Tensor<D> {
    Tensor::from_data(TensorData::new(values.to_vec(), shape), (device, DType::F32))
}

fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

fn close(left: &[f32], right: &[f64], tolerance: f64) {
    assert_eq!(left.len(), right.len());
    for (at, (&a, &b)) in left.iter().zip(right).enumerate() {
        assert!((f64::from(a) - b).abs() <= tolerance * (1.0 + b.abs()), "number {at}: {a} and {b}");
    }
}

/// The derivative of `loss` by each number, by central differences.
fn differences(at: &[f32], loss: impl Fn(&[f32]) -> f64) -> Vec<f64> {
    let step = 1e-2f32;
    let moved = |index: usize, by: f32| {
        let mut moved = at.to_vec();
        moved[index] += by;
        loss(&moved)
    };
    (0..at.len()).map(|index| (moved(index, step) - moved(index, -step)) / f64::from(2.0 * step)).collect()
}

/// A loss that is not linear in its argument: Σ w · y².
fn weighted_squares(weights: &[f32], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(&weight, value)| f64::from(weight) * value * value).sum()
}

/// Rows of a table of six and rows of a table of four: some repeated, some not there, one table's last place unlike its
/// first.
const ROWS: [u32; 7] = [5, 1, 3, 1, 5, 1, 0];
const OTHERS: [u32; 7] = [0, 0, 3, 2, 3, 0, 2];

fn look_up(rows: &[u32], table: &[f32], dim: usize) -> Vec<f64> {
    let of_row = |&row: &u32| table[row as usize * dim..][..dim].iter().map(|&value| f64::from(value));
    rows.iter().flat_map(of_row).collect()
}

#[test]
fn rows_are_looked_up_and_collect_their_gradients() {
    for device in devices() {
        for dim in [1, 3, 64, 73] {
            // Uploaded behind another, so that its parts lie somewhere.
            let [_, selection] = Selection::upload_all([(4, OTHERS.to_vec()), (6, ROWS.to_vec())], &device);
            let (table, weight) = (noise(6 * dim, 1), noise(7 * dim, 2));
            let tracked = upload(&table, [6, dim], &device).autodiff().require_grad();
            let rows = selection.of(tracked.clone());
            close(&read(rows.clone().inner()), &look_up(&ROWS, &table, dim), 0.0);
            let weights = upload(&weight, [7, dim], &device).autodiff();
            let gradients = (weights * rows.square()).sum().backward();
            let loss = |table: &[f32]| weighted_squares(&weight, &look_up(&ROWS, table, dim));
            close(&read(tracked.grad(&gradients).unwrap()), &differences(&table, loss), 1e-3);
        }
    }
}

#[test]
fn pairs_have_dot_products_with_gradients_for_both_tables() {
    let weight = noise(7, 5);
    let products = |left: &[f32], right: &[f32], dim: usize| -> Vec<f64> {
        let (left, right) = (look_up(&ROWS, left, dim), look_up(&OTHERS, right, dim));
        let rows = left.chunks(dim).zip(right.chunks(dim));
        rows.map(|(left, right)| left.iter().zip(right).map(|(a, b)| a * b).sum()).collect()
    };
    for device in devices() {
        for dim in [1, 11, 64] {
            let together = Selection::upload_all([(6, ROWS.to_vec()), (4, OTHERS.to_vec())], &device);
            let apart = [(6, ROWS), (4, OTHERS)]
                .map(|(table_rows, rows)| Selection::upload(table_rows, rows.to_vec(), &device));
            for [own, other] in [together, apart] {
                let (left, right) = (noise(6 * dim, 3), noise(4 * dim, 4));
                let of_left = upload(&left, [6, dim], &device).autodiff().require_grad();
                let of_right = upload(&right, [4, dim], &device).autodiff().require_grad();
                let product = own.dot(&other, of_left.clone(), of_right.clone());
                close(&read(product.clone().inner()), &products(&left, &right, dim), 1e-5);
                let weights = upload(&weight, [7], &device).autodiff();
                let gradients = (weights * product.square()).sum().backward();
                let loss = |left: &[f32]| weighted_squares(&weight, &products(left, &right, dim));
                close(&read(of_left.grad(&gradients).unwrap()), &differences(&left, loss), 1e-2);
                let loss = |right: &[f32]| weighted_squares(&weight, &products(&left, right, dim));
                close(&read(of_right.grad(&gradients).unwrap()), &differences(&right, loss), 1e-2);
            }
        }
    }
}

#[test]
fn squares_count_repetitions_and_have_gradients() {
    for device in devices() {
        for dim in [1, 5, 64] {
            let [_, selection] = Selection::upload_all([(4, OTHERS.to_vec()), (6, ROWS.to_vec())], &device);
            let table = noise(6 * dim, 6);
            let tracked = upload(&table, [6, dim], &device).autodiff().require_grad();
            let squares = selection.squares(tracked.clone(), 1.5);
            let loss = |table: &[f32]| {
                1.5 * look_up(&ROWS, table, dim).iter().map(|value| value * value).sum::<f64>()
            };
            close(&read(squares.clone().inner()), &[loss(&table)], 1e-5);
            let gradients = (squares * 2.0).backward();
            let expected = differences(&table, |table| 2.0 * loss(table));
            close(&read(tracked.grad(&gradients).unwrap()), &expected, 1e-2);
        }
    }
}

#[test]
fn many_squares_are_summed_by_many_and_none_is_left_out() {
    // More than one cube of the GPU sums.
    let (places, dim) = (3000, 7);
    let rows: Vec<u32> = (0..places).map(|place| place * 37 % 100).collect();
    let table = noise(100 * dim, 7);
    let expected: f64 = look_up(&rows, &table, dim).iter().map(|value| value * value).sum();
    for device in devices() {
        let selection = Selection::upload(100, rows.clone(), &device);
        close(&read(selection.squares(upload(&table, [100, dim], &device), 1.0)), &[expected], 1e-5);
    }
}

#[test]
fn the_first_rows_of_a_selection_are_counted() {
    for device in devices() {
        let selection = Selection::upload(5, vec![4, 1, 4, 4, 3, 1, 0], &device);
        let table = upload(&noise(10, 6), [5, 2], &device);
        let (distinct, times) = selection.counted(5);
        let expected = Selection::upload(5, vec![1, 3, 4], &device);
        assert_eq!(read(distinct.of(table.clone())), read(expected.of(table)));
        assert_eq!(read(times), [1.0, 1.0, 3.0]);
    }
}

#[test]
fn distinct_rows_spread_to_the_selection() {
    for device in devices() {
        let selection = Selection::upload(5, vec![4, 1, 3, 1, 4], &device);
        let table = upload(&noise(10, 6), [5, 2], &device);
        let distinct = selection.distinct();
        let picked = distinct.pick.of(table.clone());
        assert_eq!(picked.dims(), [3, 2]);
        assert_eq!(read(distinct.spread.of(picked)), read(selection.of(table)));
    }
}

proptest! {
    #[test]
    fn any_selection_looks_up_and_counts(rows in prop::collection::vec(0u32..9, 0..40), dim in 1usize..6) {
        let device = Device::flex();
        let selection = Selection::upload(9, rows.clone(), &device);
        let table = noise(9 * dim, 8);
        let tracked = upload(&table, [9, dim], &device).autodiff().require_grad();
        let looked_up = selection.of(tracked.clone());
        close(&read(looked_up.clone().inner()), &look_up(&rows, &table, dim), 0.0);
        let counts = read(tracked.grad(&looked_up.sum().backward()).unwrap());
        for (row, counts) in counts.chunks(dim).enumerate() {
            let count = rows.iter().filter(|&&selected| selected as usize == row).count() as f32;
            prop_assert!(counts.iter().all(|&found| found == count));
        }
    }
}
