use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::tensor::TensorData;
use burn_flex::FlexTensor;
use fusebox_kernels::Entries;

use super::backend::SparseBackend;
use crate::flex::slice;

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
        let (value, dense) = (value.to_contiguous(), dense.to_contiguous());
        let dim = dense.layout().shape()[1];
        let rows = start.layout().shape()[0] - 1;
        let mut out = vec![0f32; rows * dim];
        let entries = entries(&start, &column, &entry);
        fusebox_kernels::sparse_product(entries, slice(&value), slice(&dense), dim, &mut out);
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
        let entries = entries(&start, &column, &entry);
        let mut out = vec![0f32; entries.column.len()];
        fusebox_kernels::sampled_product(entries, slice(&left), slice(&right), dim, &mut out);
        vector(out)
    }

    fn row_softmax(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let value = value.to_contiguous();
        let value = slice(&value);
        let mut out = vec![0f32; value.len()];
        fusebox_kernels::row_softmax(slice(&start), slice(&entry), value, &mut out);
        vector(out)
    }

    fn row_softmax_gradient(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (softmax, gradient) = (softmax.to_contiguous(), gradient.to_contiguous());
        let softmax = slice(&softmax);
        let mut out = vec![0f32; softmax.len()];
        let (start, entry) = (slice(&start), slice(&entry));
        fusebox_kernels::row_softmax_gradient(start, entry, softmax, slice(&gradient), &mut out);
        vector(out)
    }
}

fn entries<'a>(start: &'a FlexTensor, column: &'a FlexTensor, entry: &'a FlexTensor) -> Entries<'a> {
    Entries { start: slice(start), column: slice(column), value_at: slice(entry) }
}

fn vector(values: Vec<f32>) -> FlexTensor {
    let length = values.len();
    FlexTensor::from_data(TensorData::new(values, [length]))
}
