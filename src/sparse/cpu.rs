use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_flex::FlexTensor;
use fusebox_kernels::Entries;

use super::backend::{Compressed, Directions, SparseBackend, SparseGradients};
use crate::flex::{in_place, slice, tensor};

impl SparseBackend for Flex {
    fn sparse_product(
        indices: IntTensor<Self>,
        [pattern, _]: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (value, dense) = (value.to_contiguous(), dense.to_contiguous());
        let dim = dense.layout().shape()[1];
        let mut out = vec![0f32; pattern.rows * dim];
        let entries = entries(&indices, pattern);
        fusebox_kernels::sparse_product(entries, slice(&value), slice(&dense), dim, &mut out);
        tensor(out, [pattern.rows, dim])
    }

    fn sparse_product_onto(
        indices: IntTensor<Self>,
        [pattern, _]: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
        base: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (value, dense) = (value.to_contiguous(), dense.to_contiguous());
        let entries = entries(&indices, pattern);
        in_place(base, |out, dim| {
            fusebox_kernels::sparse_product(entries, slice(&value), slice(&dense), dim, out);
        })
    }

    fn sampled_product(
        indices: IntTensor<Self>,
        [pattern, _]: Directions,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (left, right) = (left.to_contiguous(), right.to_contiguous());
        let dim = left.layout().shape()[1];
        let mut out = vec![0f32; pattern.entries];
        let entries = entries(&indices, pattern);
        fusebox_kernels::sampled_product(entries, slice(&left), slice(&right), dim, &mut out);
        tensor(out, [pattern.entries])
    }

    fn row_softmax(
        indices: IntTensor<Self>,
        rows: Compressed,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let value = value.to_contiguous();
        let mut out = vec![0f32; rows.entries];
        let Entries { start, value_at, .. } = entries(&indices, rows);
        fusebox_kernels::row_softmax(start, value_at, slice(&value), &mut out);
        tensor(out, [rows.entries])
    }
}

impl SparseGradients for Flex {
    fn row_softmax_gradient(
        indices: IntTensor<Self>,
        rows: Compressed,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (softmax, gradient) = (softmax.to_contiguous(), gradient.to_contiguous());
        let (softmax, gradient) = (slice(&softmax), slice(&gradient));
        let mut out = vec![0f32; rows.entries];
        let Entries { start, value_at, .. } = entries(&indices, rows);
        fusebox_kernels::row_softmax_gradient(start, value_at, softmax, gradient, &mut out);
        tensor(out, [rows.entries])
    }
}

fn entries(indices: &FlexTensor, part: Compressed) -> Entries<'_> {
    let indices = slice(indices);
    Entries {
        start: &indices[part.start()],
        column: &indices[part.column()],
        value_at: &indices[part.entry()],
    }
}
