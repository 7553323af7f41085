use burn::backend::cubecl::dtype_to_storage_type;
use burn::backend::ops::FloatTensorOps;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;
use fusebox_kernels::SHORTEST;

use super::FusedBackend;
use crate::launch::{CUBE, allocate, cubes};

#[cube(launch)]
fn leaky_kernel<F: Float>(rows: &Tensor<F>, out: &mut Tensor<F>, slope: f32, #[define(F)] _float: ElemType) {
    if ABSOLUTE_POS >= out.len() {
        terminate!();
    }
    let value = rows[ABSOLUTE_POS];
    out[ABSOLUTE_POS] = select(value > F::new(0.0_f32), value, F::cast_from(slope) * value);
}

#[cube(launch)]
fn leaky_gradient_kernel<F: Float>(
    result: &Tensor<F>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    slope: f32,
    #[define(F)] _float: ElemType,
) {
    if ABSOLUTE_POS >= out.len() {
        terminate!();
    }
    let gradient = gradient[ABSOLUTE_POS];
    let positive = result[ABSOLUTE_POS] > F::new(0.0_f32);
    out[ABSOLUTE_POS] = select(positive, gradient, F::cast_from(slope) * gradient);
}

/// One unit normalises one row.
#[cube(launch)]
fn unit_kernel<F: Float>(
    rows: &Tensor<F>,
    unit: &mut Tensor<F>,
    share: &mut Tensor<F>,
    dim: u32,
    count: u32,
    #[define(F)] _float: ElemType,
) {
    if ABSOLUTE_POS >= count as usize {
        terminate!();
    }
    let first = ABSOLUTE_POS * dim as usize;
    let end = first + dim as usize;
    let mut square = F::new(0.0_f32);
    for at in first..end {
        square += rows[at] * rows[at];
    }
    let of_row = F::new(1.0_f32) / F::max(F::sqrt(square), F::new(SHORTEST));
    for at in first..end {
        unit[at] = rows[at] * of_row;
    }
    share[ABSOLUTE_POS] = of_row;
}

/// One unit computes the gradient of one row.
#[cube(launch)]
fn unit_gradient_kernel<F: Float>(
    unit: &Tensor<F>,
    share: &Tensor<F>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    dim: u32,
    count: u32,
    #[define(F)] _float: ElemType,
) {
    if ABSOLUTE_POS >= count as usize {
        terminate!();
    }
    let first = ABSOLUTE_POS * dim as usize;
    let end = first + dim as usize;
    let mut along = F::new(0.0_f32);
    for at in first..end {
        along += unit[at] * gradient[at];
    }
    let of_row = share[ABSOLUTE_POS];
    // Half of the largest share, because GPUs may round it either way.
    let along = select(of_row < F::new(0.5_f32 / SHORTEST), along, F::new(0.0_f32));
    for at in first..end {
        out[at] = of_row * (gradient[at] - along * unit[at]);
    }
}

#[cube(launch)]
fn drop_out_kernel<F: Float>(
    values: &Tensor<F>,
    kept: &Tensor<u32>,
    out: &mut Tensor<F>,
    first: u32,
    scale: f32,
    #[define(F)] _float: ElemType,
) {
    if ABSOLUTE_POS >= out.len() {
        terminate!();
    }
    let bits = kept[first as usize + ABSOLUTE_POS / 32];
    let bit = (bits >> (ABSOLUTE_POS % 32) as u32) & 1;
    out[ABSOLUTE_POS] = values[ABSOLUTE_POS] * select(bit == 1, F::cast_from(scale), F::new(0.0_f32));
}

/// A new tensor of the same shape.
fn like(tensor: &CubeTensor) -> CubeTensor {
    allocate(tensor, tensor.meta.shape().to_vec())
}

impl FusedBackend for CubeBackend {
    fn leaky(rows: FloatTensor<Self>, slope: f32) -> FloatTensor<Self> {
        let rows = into_contiguous(rows);
        let (out, float) = (like(&rows), dtype_to_storage_type(rows.dtype));
        leaky_kernel::launch(
            &out.client,
            cubes(out.meta.num_elements()),
            CUBE,
            rows.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            slope,
            float,
        );
        out
    }

    fn leaky_gradient(
        result: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slope: f32,
    ) -> FloatTensor<Self> {
        let (result, gradient) = (into_contiguous(result), into_contiguous(gradient));
        let (out, float) = (like(&result), dtype_to_storage_type(result.dtype));
        leaky_gradient_kernel::launch(
            &out.client,
            cubes(out.meta.num_elements()),
            CUBE,
            result.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            slope,
            float,
        );
        out
    }

    fn unit_rows(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let rows = into_contiguous(rows);
        let (count, dim) = (rows.meta.shape()[0], rows.meta.shape()[1]);
        let (unit, share) = (like(&rows), allocate(&rows, vec![count]));
        let float = dtype_to_storage_type(rows.dtype);
        unit_kernel::launch(
            &unit.client,
            cubes(count),
            CUBE,
            rows.into_tensor_arg(),
            unit.clone().into_tensor_arg(),
            share.clone().into_tensor_arg(),
            dim as u32,
            count as u32,
            float,
        );
        (unit, share)
    }

    fn unit_rows_gradient(
        unit: FloatTensor<Self>,
        share: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (unit, gradient) = (into_contiguous(unit), into_contiguous(gradient));
        let (out, float) = (like(&unit), dtype_to_storage_type(unit.dtype));
        let (count, dim) = (unit.meta.shape()[0], unit.meta.shape()[1]);
        unit_gradient_kernel::launch(
            &out.client,
            cubes(count),
            CUBE,
            unit.into_tensor_arg(),
            share.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            dim as u32,
            count as u32,
            float,
        );
        out
    }

    fn exponentials(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let powers = Self::float_exp(rows);
        let sums = Self::float_sum_dim(powers.clone(), 1);
        (powers, sums.clone(), Self::float_log(sums))
    }

    fn with_gradients(
        value: FloatTensor<Self>,
        _: FloatTensor<Self>,
        _: FloatTensor<Self>,
        _: FloatTensor<Self>,
        _: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        value
    }

    fn drop_out(
        values: FloatTensor<Self>,
        kept: IntTensor<Self>,
        first: usize,
        scale: f32,
    ) -> FloatTensor<Self> {
        let values = into_contiguous(values);
        let (out, float) = (like(&values), dtype_to_storage_type(values.dtype));
        drop_out_kernel::launch(
            &out.client,
            cubes(out.meta.num_elements()),
            CUBE,
            values.into_tensor_arg(),
            kept.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            first as u32,
            scale,
            float,
        );
        out
    }
}
