use burn::backend::cubecl::dtype_to_storage_type;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::backend::{Compressed, Directions, SparseBackend, SparseGradients};
use crate::launch::{CUBE, allocate, cubes};

/// One unit computes one element of the product; neighbours share a row, so reads of `dense` are adjacent.
#[cube(launch)]
fn product_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    value: &Tensor<F>,
    dense: &Tensor<F>,
    base: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    column: u32,
    entry: u32,
    dim: u32,
    total: u32,
    #[comptime] onto: bool,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= total as usize {
        terminate!();
    }
    let dim = dim as usize;
    let row = start as usize + ABSOLUTE_POS / dim;
    let at = ABSOLUTE_POS % dim;
    let first = usize::cast_from(indices[row]);
    let end = usize::cast_from(indices[row + 1]);
    let mut sum = F::new(0.0_f32);
    if onto {
        sum += base[ABSOLUTE_POS];
    }
    for e in first..end {
        let source = usize::cast_from(indices[column as usize + e]);
        sum += value[usize::cast_from(indices[entry as usize + e])] * dense[source * dim + at];
    }
    out[ABSOLUTE_POS] = sum;
}

/// One unit computes the dot products of one row's entries.
#[cube(launch)]
fn sampled_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    left: &Tensor<F>,
    right: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    column: u32,
    entry: u32,
    dim: u32,
    rows: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= rows as usize {
        terminate!();
    }
    let dim = dim as usize;
    let first = usize::cast_from(indices[start as usize + ABSOLUTE_POS]);
    let end = usize::cast_from(indices[start as usize + ABSOLUTE_POS + 1]);
    for e in first..end {
        let other = usize::cast_from(indices[column as usize + e]) * dim;
        let mut sum = F::new(0.0_f32);
        for k in 0..dim {
            sum += left[ABSOLUTE_POS * dim + k] * right[other + k];
        }
        out[usize::cast_from(indices[entry as usize + e])] = sum;
    }
}

/// One unit computes the softmax of one row's entries.
#[cube(launch)]
fn softmax_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    value: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    entry: u32,
    rows: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= rows as usize {
        terminate!();
    }
    let first = usize::cast_from(indices[start as usize + ABSOLUTE_POS]);
    let end = usize::cast_from(indices[start as usize + ABSOLUTE_POS + 1]);
    if first == end {
        terminate!();
    }
    let mut largest = value[usize::cast_from(indices[entry as usize + first])];
    for e in first..end {
        largest = F::max(largest, value[usize::cast_from(indices[entry as usize + e])]);
    }
    let mut sum = F::new(0.0_f32);
    for e in first..end {
        sum += F::exp(value[usize::cast_from(indices[entry as usize + e])] - largest);
    }
    for e in first..end {
        let at = usize::cast_from(indices[entry as usize + e]);
        out[at] = F::exp(value[at] - largest) / sum;
    }
}

/// One unit computes the gradients of one row's entries.
#[cube(launch)]
fn softmax_gradient_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    softmax: &Tensor<F>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    entry: u32,
    rows: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= rows as usize {
        terminate!();
    }
    let first = usize::cast_from(indices[start as usize + ABSOLUTE_POS]);
    let end = usize::cast_from(indices[start as usize + ABSOLUTE_POS + 1]);
    let mut mean = F::new(0.0_f32);
    for e in first..end {
        let at = usize::cast_from(indices[entry as usize + e]);
        mean += softmax[at] * gradient[at];
    }
    for e in first..end {
        let at = usize::cast_from(indices[entry as usize + e]);
        out[at] = softmax[at] * (gradient[at] - mean);
    }
}

/// The product, added to a base where there is one.
fn product(
    indices: CubeTensor,
    pattern: Compressed,
    value: CubeTensor,
    dense: CubeTensor,
    base: Option<CubeTensor>,
) -> CubeTensor {
    let (value, dense) = (into_contiguous(value), into_contiguous(dense));
    let (float, index) = (dtype_to_storage_type(dense.dtype), dtype_to_storage_type(indices.dtype));
    let dim = dense.meta.shape()[1];
    let out = allocate(&dense, vec![pattern.rows, dim]);
    let total = pattern.rows * dim;
    let onto = base.is_some();
    product_kernel::launch(
        &out.client,
        cubes(total),
        CUBE,
        indices.into_tensor_arg(),
        value.into_tensor_arg(),
        dense.clone().into_tensor_arg(),
        // Without a base it is not read; any tensor will do.
        base.map_or(dense, into_contiguous).into_tensor_arg(),
        out.clone().into_tensor_arg(),
        pattern.start().start as u32,
        pattern.column().start as u32,
        pattern.entry().start as u32,
        dim as u32,
        total as u32,
        onto,
        float,
        index,
    );
    out
}

impl SparseBackend for CubeBackend {
    fn sparse_product(
        indices: IntTensor<Self>,
        [pattern, _]: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        product(indices, pattern, value, dense, None)
    }

    fn sparse_product_onto(
        indices: IntTensor<Self>,
        [pattern, _]: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
        base: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        product(indices, pattern, value, dense, Some(base))
    }

    fn sampled_product(
        indices: IntTensor<Self>,
        [pattern, _]: Directions,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (left, right) = (into_contiguous(left), into_contiguous(right));
        let (float, index) = (dtype_to_storage_type(left.dtype), dtype_to_storage_type(indices.dtype));
        let dim = left.meta.shape()[1];
        let out = allocate(&left, vec![pattern.entries]);
        sampled_kernel::launch(
            &out.client,
            cubes(pattern.rows),
            CUBE,
            indices.into_tensor_arg(),
            left.into_tensor_arg(),
            right.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            pattern.start().start as u32,
            pattern.column().start as u32,
            pattern.entry().start as u32,
            dim as u32,
            pattern.rows as u32,
            float,
            index,
        );
        out
    }

    fn row_softmax(
        indices: IntTensor<Self>,
        rows: Compressed,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let value = into_contiguous(value);
        let (float, index) = (dtype_to_storage_type(value.dtype), dtype_to_storage_type(indices.dtype));
        let out = allocate(&value, vec![rows.entries]);
        softmax_kernel::launch(
            &out.client,
            cubes(rows.rows),
            CUBE,
            indices.into_tensor_arg(),
            value.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            rows.start().start as u32,
            rows.entry().start as u32,
            rows.rows as u32,
            float,
            index,
        );
        out
    }
}

impl SparseGradients for CubeBackend {
    fn row_softmax_gradient(
        indices: IntTensor<Self>,
        rows: Compressed,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (softmax, gradient) = (into_contiguous(softmax), into_contiguous(gradient));
        let (float, index) = (dtype_to_storage_type(softmax.dtype), dtype_to_storage_type(indices.dtype));
        let out = allocate(&softmax, vec![rows.entries]);
        softmax_gradient_kernel::launch(
            &out.client,
            cubes(rows.rows),
            CUBE,
            indices.into_tensor_arg(),
            softmax.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            rows.start().start as u32,
            rows.entry().start as u32,
            rows.rows as u32,
            float,
            index,
        );
        out
    }
}
