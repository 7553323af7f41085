//! The fused operations against burn's own, forward and backward, on every backend at hand.

use burn::tensor::activation::leaky_relu;
use burn::tensor::{DType, Device, Int, Tensor, TensorData};

use super::log_sum_exp::by_blocks;
use super::{drop_out, leaky, log_sum_exp, unit_rows};
use crate::devices::devices;
use crate::random::{Draw, Stream, generator};

/// Noise, `[rows, dim]`.
fn noise(rows: usize, dim: usize, seed: u64, device: &Device) -> Tensor<2> {
    let mut generator = generator(seed, Stream::Initialise);
    let values: Vec<f32> = (0..rows * dim).map(|_| generator.normal() as f32).collect();
    Tensor::from_data(TensorData::new(values, [rows, dim]), (device, DType::F32))
}

fn read(tensor: Tensor<2>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

/// What an operation makes of some rows, and their gradient where that of the result is noise.
fn both(operation: impl Fn(Tensor<2>) -> Tensor<2>, rows: &Tensor<2>) -> (Vec<f32>, Vec<f32>) {
    let [count, dim] = rows.dims();
    let tracked = rows.clone().autodiff().require_grad();
    let result = operation(tracked.clone());
    let weights = Tensor::from_inner(noise(count, dim, 2, &rows.device()));
    let gradients = (result.clone() * weights).sum().backward();
    (read(result.inner()), read(tracked.grad(&gradients).unwrap()))
}

fn close(left: &[f32], right: &[f32]) {
    assert_eq!(left.len(), right.len());
    for (at, (a, b)) in left.iter().zip(right).enumerate() {
        assert!((a - b).abs() <= 1e-5 * (1.0 + b.abs()), "number {at}: {a} and {b}");
    }
}

/// By burn's operations, each a pass of its own.
fn unit_rows_in_passes(rows: Tensor<2>) -> Tensor<2> {
    let norms = rows.clone().square().sum_dim(1).clamp_min(1e-24).sqrt();
    rows / norms
}

#[test]
fn fused_operations_are_what_burn_computes_in_passes() {
    for device in devices() {
        for (rows, dim) in [(1, 1), (5, 3), (70, 33), (7, 64), (3, 129)] {
            let rows = noise(rows, dim, 1, &device);
            // A view that does not begin where its buffer does.
            let view = noise(9, dim, 3, &device).narrow(0, 2, 5);
            for rows in [rows, view] {
                let (result, gradient) = both(|rows| leaky(rows, 0.2), &rows);
                let (expected, expected_gradient) = both(|rows| leaky_relu(rows, 0.2), &rows);
                close(&result, &expected);
                close(&gradient, &expected_gradient);
                let (result, gradient) = both(unit_rows, &rows);
                let (expected, expected_gradient) = both(unit_rows_in_passes, &rows);
                close(&result, &expected);
                close(&gradient, &expected_gradient);
            }
        }
    }
}

#[test]
fn what_an_operation_reads_stays_as_it_was() {
    for device in devices() {
        let rows = noise(4, 5, 1, &device);
        let before = read(rows.clone());
        let _ = (leaky(rows.clone(), 0.01), unit_rows(rows.clone()));
        assert_eq!(read(rows), before);
    }
}

#[test]
fn a_row_of_zeros_stays_and_has_a_finite_gradient() {
    for device in devices() {
        let (result, gradient) = both(unit_rows, &Tensor::zeros([2, 3], &device));
        assert_eq!(result, [0.0; 6]);
        assert!(gradient.iter().all(|value| value.is_finite()), "{gradient:?}");
    }
}

#[test]
fn what_is_dropped_has_no_gradient_and_the_rest_is_scaled() {
    for device in devices() {
        for (rows, dim) in [(1usize, 1), (5, 13), (3, 64)] {
            // A word that is not of this mask, then one for every 32 numbers, each with its highest bit set.
            let count = rows * dim;
            let word = |at: usize| (0x9ab4_5e01u32.rotate_left(at as u32) | 1 << 31) as i32;
            let words: Vec<i32> = (0..=count.div_ceil(32)).map(word).collect();
            let share = |at: usize| if words[1 + at / 32] >> (at % 32) & 1 == 1 { 1.25 } else { 0.0 };
            let length = [words.len()];
            let kept =
                Tensor::<1, Int>::from_data(TensorData::new(words.clone(), length), (&device, DType::I32));
            let rows = noise(rows, dim, 1, &device);
            let (result, gradient) = both(|rows| drop_out(rows, kept.clone(), 1, 1.25), &rows);
            let weights = read(noise(rows.dims()[0], dim, 2, &device));
            for (at, (value, weight)) in read(rows).into_iter().zip(weights).enumerate() {
                assert_eq!(result[at], value * share(at), "number {at}");
                assert_eq!(gradient[at], weight * share(at), "number {at}");
            }
        }
    }
}

/// What `operation` makes of `[rows, dim]`, `[columns, dim]` and weights `[rows, 1]`, and the gradients by the first two.
fn log_sums(
    operation: impl Fn(Tensor<2>, Tensor<2>, Tensor<2>) -> Tensor<1>,
    [rows, columns, dim]: [usize; 3],
    device: &Device,
) -> [Vec<f32>; 3] {
    let tracked = |count, seed| noise(count, dim, seed, device).autodiff().require_grad();
    let (left, right) = (tracked(rows, 1), tracked(columns, 2));
    // Around 2: where terms cancel each other out, what is left of them is rounding errors.
    let value = operation(left.clone(), right.clone(), noise(rows, 1, 3, device) + 2.0);
    // The right side counts on its own too, and the value more than once.
    let total = (value.clone() * value.clone()).sum() + right.clone().square().sum();
    let gradients = total.backward();
    let [of_left, of_right] = [left, right].map(|tensor| read(tensor.grad(&gradients).unwrap()));
    [value.inner().into_data().iter::<f32>().collect(), of_left, of_right]
}

/// By burn's operations, all products at once.
fn log_sum_exp_in_passes(left: Tensor<2>, right: Tensor<2>, weight: Tensor<2>) -> Tensor<1> {
    (left.matmul(right.transpose()).exp().sum_dim(1).log() * weight).sum()
}

fn close_relative_to_the_largest(left: &[f32], right: &[f32]) {
    assert_eq!(left.len(), right.len());
    let scale = right.iter().fold(0f32, |scale, value| scale.max(value.abs()));
    for (at, (a, b)) in left.iter().zip(right).enumerate() {
        assert!((a - b).abs() <= 1e-5 * scale, "number {at}: {a} and {b}");
    }
}

#[test]
fn log_sums_are_the_same_by_any_blocks() {
    for device in devices() {
        for sizes in [[1, 1, 1], [1, 9, 3], [9, 1, 3], [12, 33, 8], [7, 65, 1]] {
            let expected = log_sums(log_sum_exp_in_passes, sizes, &device);
            for block in [1, 3, 4, 12, 100] {
                let found =
                    log_sums(|left, right, weight| by_blocks(left, right, weight, block), sizes, &device);
                for (found, expected) in found.iter().zip(&expected) {
                    close_relative_to_the_largest(found, expected);
                }
            }
        }
    }
}

#[test]
fn more_products_than_a_block_holds_are_all_counted() {
    for device in devices() {
        let sizes = [300, 4097, 4];
        let found = log_sums(log_sum_exp, sizes, &device);
        for (found, expected) in found.iter().zip(&log_sums(log_sum_exp_in_passes, sizes, &device)) {
            close_relative_to_the_largest(found, expected);
        }
    }
}

#[test]
fn the_longest_unit_vectors_over_the_smallest_temperature_overflow_nothing() {
    for device in devices() {
        let row = |values: [f32; 2]| Tensor::<2>::from_data([values], (&device, DType::F32));
        let (left, opposite) = (row([20.0, 0.0]), row([-1.0, 0.0]));
        for (right, expected) in [(row([1.0, 0.0]), 20.0), (opposite, -20.0)] {
            let value = log_sum_exp(left.clone(), right, Tensor::ones([1, 1], &device));
            let value: f32 = value.into_scalar();
            assert!((value - expected).abs() < 1e-5, "{value}");
        }
    }
}
