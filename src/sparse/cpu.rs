use std::ops::Range;

use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::tensor::TensorData;
use burn_flex::FlexTensor;
use pulp::NullaryFnOnce;

use super::backend::SparseBackend;
use crate::parallel::{RowWork, dot, for_rows, slice};

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
        let mut out = vec![0f32; rows * dim];
        let product = Product {
            start: slice(&start),
            column: slice(&column),
            entry: slice(&entry),
            value: slice(&value),
            dense: slice(&dense),
            dim,
        };
        for_rows(&mut out, dim, &product);
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
        let mut out = vec![0f32; column.layout().num_elements()];
        pulp::Arch::new().dispatch(SampledProduct {
            start: slice(&start),
            column: slice(&column),
            entry: slice(&entry),
            left: slice(&left),
            right: slice(&right),
            dim,
            out: &mut out,
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

/// The columns of a product that are computed at once: few enough for a row's sums to stay in registers.
const BLOCK: usize = 64;

struct Product<'a> {
    start: &'a [i32],
    column: &'a [i32],
    entry: &'a [i32],
    value: &'a [f32],
    dense: &'a [f32],
    dim: usize,
}

impl RowWork for Product<'_> {
    #[inline(always)]
    fn row(&self, row: usize, out: &mut [f32]) {
        let entries = self.start[row] as usize..self.start[row + 1] as usize;
        let mut first = 0;
        while first + BLOCK <= self.dim {
            self.columns::<BLOCK>(entries.clone(), first, out);
            first += BLOCK;
        }
        while first + 8 <= self.dim {
            self.columns::<8>(entries.clone(), first, out);
            first += 8;
        }
        while first < self.dim {
            self.columns::<1>(entries.clone(), first, out);
            first += 1;
        }
    }
}

impl Product<'_> {
    /// `WIDTH` columns of a row, from the `first` on.
    #[inline(always)]
    fn columns<const WIDTH: usize>(&self, entries: Range<usize>, first: usize, out: &mut [f32]) {
        let mut sums = [0f32; WIDTH];
        for (&column, &entry) in self.column[entries.clone()].iter().zip(&self.entry[entries]) {
            let weight = self.value[entry as usize];
            let source = &self.dense[column as usize * self.dim + first..][..WIDTH];
            for (sum, &term) in sums.iter_mut().zip(source) {
                *sum += weight * term;
            }
        }
        out[first..first + WIDTH].copy_from_slice(&sums);
    }
}

struct SampledProduct<'a> {
    start: &'a [i32],
    column: &'a [i32],
    entry: &'a [i32],
    left: &'a [f32],
    right: &'a [f32],
    dim: usize,
    out: &'a mut [f32],
}

impl NullaryFnOnce for SampledProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for row in 0..self.start.len() - 1 {
            let left = &self.left[row * self.dim..][..self.dim];
            for at in self.start[row] as usize..self.start[row + 1] as usize {
                let right = &self.right[self.column[at] as usize * self.dim..][..self.dim];
                self.out[self.entry[at] as usize] = dot(left, right);
            }
        }
    }
}

fn vector(values: Vec<f32>) -> FlexTensor {
    let length = values.len();
    FlexTensor::from_data(TensorData::new(values, [length]))
}
