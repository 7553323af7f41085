use burn::backend::cubecl::dtype_to_storage_type;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use cubecl::prelude::*;

use super::backend::SparseBackend;
use crate::launch::{CUBE, allocate, cubes};

/// One unit computes one element of the product; neighbours share a row, so reads of `dense` are adjacent.
#[cube(launch)]
fn product_kernel<F: Float, I: Numeric>(
    start: &Tensor<I>,
    column: &Tensor<I>,
    entry: &Tensor<I>,
    value: &Tensor<F>,
    dense: &Tensor<F>,
    out: &mut Tensor<F>,
    dim: u32,
    total: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= total as usize {
        terminate!();
    }
    let dim = dim as usize;
    let row = ABSOLUTE_POS / dim;
    let at = ABSOLUTE_POS % dim;
    let first = usize::cast_from(start[row]);
    let end = usize::cast_from(start[row + 1]);
    let mut sum = F::new(0.0_f32);
    for e in first..end {
        sum += value[usize::cast_from(entry[e])] * dense[usize::cast_from(column[e]) * dim + at];
    }
    out[ABSOLUTE_POS] = sum;
}

/// One unit computes the dot products of one row's entries.
#[cube(launch)]
fn sampled_kernel<F: Float, I: Numeric>(
    start: &Tensor<I>,
    column: &Tensor<I>,
    entry: &Tensor<I>,
    left: &Tensor<F>,
    right: &Tensor<F>,
    out: &mut Tensor<F>,
    dim: u32,
    rows: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= rows as usize {
        terminate!();
    }
    let dim = dim as usize;
    let first = usize::cast_from(start[ABSOLUTE_POS]);
    let end = usize::cast_from(start[ABSOLUTE_POS + 1]);
    for e in first..end {
        let other = usize::cast_from(column[e]) * dim;
        let mut sum = F::new(0.0_f32);
        for k in 0..dim {
            sum += left[ABSOLUTE_POS * dim + k] * right[other + k];
        }
        out[usize::cast_from(entry[e])] = sum;
    }
}

/// One unit computes the softmax of one row's entries.
#[cube(launch)]
fn softmax_kernel<F: Float, I: Numeric>(
    start: &Tensor<I>,
    entry: &Tensor<I>,
    value: &Tensor<F>,
    out: &mut Tensor<F>,
    rows: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= rows as usize {
        terminate!();
    }
    let first = usize::cast_from(start[ABSOLUTE_POS]);
    let end = usize::cast_from(start[ABSOLUTE_POS + 1]);
    if first == end {
        terminate!();
    }
    let mut largest = value[usize::cast_from(entry[first])];
    for e in first..end {
        largest = F::max(largest, value[usize::cast_from(entry[e])]);
    }
    let mut sum = F::new(0.0_f32);
    for e in first..end {
        sum += F::exp(value[usize::cast_from(entry[e])] - largest);
    }
    for e in first..end {
        let at = usize::cast_from(entry[e]);
        out[at] = F::exp(value[at] - largest) / sum;
    }
}

/// One unit computes the gradients of one row's entries.
#[cube(launch)]
fn softmax_gradient_kernel<F: Float, I: Numeric>(
    start: &Tensor<I>,
    entry: &Tensor<I>,
    softmax: &Tensor<F>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    rows: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= rows as usize {
        terminate!();
    }
    let first = usize::cast_from(start[ABSOLUTE_POS]);
    let end = usize::cast_from(start[ABSOLUTE_POS + 1]);
    let mut mean = F::new(0.0_f32);
    for e in first..end {
        let at = usize::cast_from(entry[e]);
        mean += softmax[at] * gradient[at];
    }
    for e in first..end {
        let at = usize::cast_from(entry[e]);
        out[at] = softmax[at] * (gradient[at] - mean);
    }
}

impl SparseBackend for CubeBackend {
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
        let (value, dense) = (into_contiguous(value), into_contiguous(dense));
        let (rows, dim) = (start.meta.shape()[0] - 1, dense.meta.shape()[1]);
        let (float, index) = (dtype_to_storage_type(dense.dtype), dtype_to_storage_type(start.dtype));
        let out = allocate(&dense, vec![rows, dim]);
        let total = rows * dim;
        product_kernel::launch(
            &out.client,
            cubes(total),
            CUBE,
            start.into_tensor_arg(),
            column.into_tensor_arg(),
            entry.into_tensor_arg(),
            value.into_tensor_arg(),
            dense.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            dim as u32,
            total as u32,
            float,
            index,
        );
        out
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
        let (left, right) = (into_contiguous(left), into_contiguous(right));
        let (rows, dim) = (start.meta.shape()[0] - 1, left.meta.shape()[1]);
        let (float, index) = (dtype_to_storage_type(left.dtype), dtype_to_storage_type(start.dtype));
        let out = allocate(&left, vec![column.meta.shape()[0]]);
        sampled_kernel::launch(
            &out.client,
            cubes(rows),
            CUBE,
            start.into_tensor_arg(),
            column.into_tensor_arg(),
            entry.into_tensor_arg(),
            left.into_tensor_arg(),
            right.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            dim as u32,
            rows as u32,
            float,
            index,
        );
        out
    }

    fn row_softmax(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let value = into_contiguous(value);
        let rows = start.meta.shape()[0] - 1;
        let (float, index) = (dtype_to_storage_type(value.dtype), dtype_to_storage_type(start.dtype));
        let out = allocate(&value, vec![value.meta.num_elements()]);
        softmax_kernel::launch(
            &out.client,
            cubes(rows),
            CUBE,
            start.into_tensor_arg(),
            entry.into_tensor_arg(),
            value.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            rows as u32,
            float,
            index,
        );
        out
    }

    fn row_softmax_gradient(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (softmax, gradient) = (into_contiguous(softmax), into_contiguous(gradient));
        let rows = start.meta.shape()[0] - 1;
        let (float, index) = (dtype_to_storage_type(softmax.dtype), dtype_to_storage_type(start.dtype));
        let out = allocate(&softmax, vec![softmax.meta.num_elements()]);
        softmax_gradient_kernel::launch(
            &out.client,
            cubes(rows),
            CUBE,
            start.into_tensor_arg(),
            entry.into_tensor_arg(),
            softmax.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            rows as u32,
            float,
            index,
        );
        out
    }
}
