use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::tensor::TensorData;
use burn_flex::FlexTensor;

use super::backend::SparseBackend;
use crate::parallel::{for_rows, vectorised};

impl SparseBackend for Flex {
    fn sparse_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        _: IntTensor<Self>,
        _: IntTensor<Self>,
        _: IntTensor<Self>,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let dense = dense.to_contiguous();
        let value = value.to_contiguous();
        let dim = dense.layout().shape()[1];
        let rows = start.layout().shape()[0] - 1;
        let (start, column, entry) = (slice::<i32>(&start), slice::<i32>(&column), slice::<i32>(&entry));
        let (value, dense) = (slice::<f32>(&value), slice::<f32>(&dense));
        let mut out = vec![0f32; rows * dim];
        for_rows(&mut out, dim, |row, out| {
            for at in start[row] as usize..start[row + 1] as usize {
                let weight = value[entry[at] as usize];
                let source = &dense[column[at] as usize * dim..][..dim];
                for (sum, &term) in out.iter_mut().zip(source) {
                    *sum += weight * term;
                }
            }
        });
        FlexTensor::from_data(TensorData::new(out, [rows, dim]))
    }

    fn sampled_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        _: IntTensor<Self>,
        _: IntTensor<Self>,
        _: IntTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (left, right) = (left.to_contiguous(), right.to_contiguous());
        let dim = left.layout().shape()[1];
        let (start, column, entry) = (slice::<i32>(&start), slice::<i32>(&column), slice::<i32>(&entry));
        let (left, right) = (slice::<f32>(&left), slice::<f32>(&right));
        let mut out = vec![0f32; column.len()];
        vectorised(|| {
            for row in 0..start.len() - 1 {
                let left = &left[row * dim..][..dim];
                for at in start[row] as usize..start[row + 1] as usize {
                    let right = &right[column[at] as usize * dim..][..dim];
                    out[entry[at] as usize] = dot(left, right);
                }
            }
        });
        vector(out)
    }

    fn row_softmax(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let value = value.to_contiguous();
        let (start, entry, value) = (slice::<i32>(&start), slice::<i32>(&entry), slice::<f32>(&value));
        let mut out = vec![0f32; value.len()];
        for row in start.windows(2) {
            let entries = &entry[row[0] as usize..row[1] as usize];
            let largest = entries.iter().fold(f32::NEG_INFINITY, |most, &at| most.max(value[at as usize]));
            let mut sum = 0.0;
            for &at in entries {
                let power = (value[at as usize] - largest).exp();
                out[at as usize] = power;
                sum += power;
            }
            for &at in entries {
                out[at as usize] /= sum;
            }
        }
        vector(out)
    }

    fn row_softmax_gradient(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (softmax, gradient) = (softmax.to_contiguous(), gradient.to_contiguous());
        let (start, entry) = (slice::<i32>(&start), slice::<i32>(&entry));
        let (softmax, gradient) = (slice::<f32>(&softmax), slice::<f32>(&gradient));
        let mut out = vec![0f32; softmax.len()];
        for row in start.windows(2) {
            let entries = &entry[row[0] as usize..row[1] as usize];
            let mean: f32 = entries.iter().map(|&at| softmax[at as usize] * gradient[at as usize]).sum();
            for &at in entries {
                out[at as usize] = softmax[at as usize] * (gradient[at as usize] - mean);
            }
        }
        vector(out)
    }
}

/// Sums that run side by side, so that a dot product becomes vector instructions.
const LANES: usize = 8;

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

fn vector(values: Vec<f32>) -> FlexTensor {
    let length = values.len();
    FlexTensor::from_data(TensorData::new(values, [length]))
}

/// The elements of a contiguous tensor, which may be a view into a longer buffer.
fn slice<E: burn::tensor::Element + bytemuck::Pod>(tensor: &FlexTensor) -> &[E] {
    let layout = tensor.layout();
    &tensor.storage::<E>()[layout.start_offset()..][..layout.num_elements()]
}
