//! The sparse product against a dense one, and its gradients against finite differences, on every backend at hand.

use burn::tensor::{DType, Device, Tensor, TensorData};
use proptest::prelude::*;

use super::{Pattern, Selection, SparseMatrix};
use crate::random::{Draw, Stream, generator};

/// The CPU and, where there is an adapter, the GPU.
fn devices() -> Vec<Device> {
    let mut devices = vec![Device::flex()];
    #[cfg(feature = "webgpu")]
    match crate::gpu::native() {
        Ok(device) => devices.push(device),
        Err(reason) => println!("skipped on the GPU: {reason}"),
    }
    devices
}

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
            let transposed = SparseMatrix::from_entries(
                4,
                5,
                (0..5).flat_map(|r| matrix.row(r as usize).map(move |(c, v)| (c, r, v))).collect(),
            );
            let product = pattern.multiply_transposed(values, upload(&y, 5, dim, &device));
            close(&read(product), &naive(&transposed, &y, dim), 1e-6);
        }
    }
}

#[test]
fn gradients_equal_finite_differences() {
    let (matrix, dim) = (example(), 3);
    let x = dense(4, dim, 3);
    let weight = dense(5, dim, 4);
    // A loss that is not linear in the product: Σ w · y².
    let loss = |matrix: &SparseMatrix, x: &[f32]| -> f64 {
        naive(matrix, x, dim).iter().zip(&weight).map(|(y, w)| f64::from(w * y * y)).sum()
    };
    let step = 1e-2f32;
    for device in devices() {
        let (pattern, values) = Pattern::upload(&matrix, &device);
        let values = values.autodiff().require_grad();
        let table = upload(&x, 4, dim, &device).autodiff().require_grad();
        let product = pattern.multiply(values.clone(), table.clone());
        let weights = upload(&weight, 5, dim, &device).autodiff();
        let gradients = (weights * product.square()).sum().backward();
        let of_table = read(table.grad(&gradients).unwrap());
        for at in 0..x.len() {
            let (mut up, mut down) = (x.clone(), x.clone());
            up[at] += step;
            down[at] -= step;
            let expected = (loss(&matrix, &up) - loss(&matrix, &down)) / f64::from(2.0 * step);
            assert!((expected as f32 - of_table[at]).abs() < 2e-3, "{at}: {expected} and {}", of_table[at]);
        }
        let of_values: Vec<f32> = values.grad(&gradients).unwrap().into_data().iter::<f32>().collect();
        for (at, &of_value) in of_values.iter().enumerate() {
            let (mut up, mut down) = (matrix.clone(), matrix.clone());
            up.value[at] += step;
            down.value[at] -= step;
            let expected = (loss(&up, &x) - loss(&down, &x)) / f64::from(2.0 * step);
            assert!((expected as f32 - of_value).abs() < 2e-3, "{at}: {expected} and {of_value}");
        }
    }
}

#[test]
fn a_repeated_row_gathers_its_gradients() {
    for device in devices() {
        let table = upload(&dense(3, 2, 5), 3, 2, &device).autodiff().require_grad();
        let selection = Selection::upload(3, &[2, 0, 2, 2], &device);
        let gradients = selection.of(table.clone()).sum().backward();
        assert_eq!(read(table.grad(&gradients).unwrap()), [1.0, 1.0, 0.0, 0.0, 3.0, 3.0]);
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
