use burn::backend::cubecl::dtype_to_storage_type;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use cubecl::prelude::*;

use super::backend::{Parts, SelectionBackend, SelectionGradients};
use crate::launch::{CUBE, SUMMING_CUBE, SUMMING_UNITS, allocate, cubes, sum_of_cube, summing_cubes};
use crate::sums::gpu::add_up;

/// One unit copies one number.
#[cube(launch)]
fn look_up_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    table: &Tensor<F>,
    out: &mut Tensor<F>,
    row: u32,
    dim: u32,
    total: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= total as usize {
        terminate!();
    }
    let dim = dim as usize;
    let source = usize::cast_from(indices[row as usize + ABSOLUTE_POS / dim]);
    out[ABSOLUTE_POS] = table[source * dim + ABSOLUTE_POS % dim];
}

/// One unit adds up one number of a row of the table.
#[cube(launch)]
fn look_up_gradient_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    place: u32,
    dim: u32,
    total: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= total as usize {
        terminate!();
    }
    let dim = dim as usize;
    let start = start as usize + ABSOLUTE_POS / dim;
    let first = place as usize + usize::cast_from(indices[start]);
    let end = place as usize + usize::cast_from(indices[start + 1]);
    let mut sum = F::new(0.0_f32);
    for at in first..end {
        let place = usize::cast_from(indices[at]);
        sum += gradient[place * dim + ABSOLUTE_POS % dim];
    }
    out[ABSOLUTE_POS] = sum;
}

/// One unit computes the dot product of one place.
#[cube(launch)]
fn paired_kernel<F: Float, I: Numeric>(
    left_indices: &Tensor<I>,
    right_indices: &Tensor<I>,
    left: &Tensor<F>,
    right: &Tensor<F>,
    out: &mut Tensor<F>,
    left_row: u32,
    right_row: u32,
    dim: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= out.len() {
        terminate!();
    }
    let dim = dim as usize;
    let left_first = usize::cast_from(left_indices[left_row as usize + ABSOLUTE_POS]) * dim;
    let right_first = usize::cast_from(right_indices[right_row as usize + ABSOLUTE_POS]) * dim;
    let mut sum = F::new(0.0_f32);
    for k in 0..dim {
        sum += left[left_first + k] * right[right_first + k];
    }
    out[ABSOLUTE_POS] = sum;
}

/// One unit adds up one number of a row of the table.
#[cube(launch)]
fn paired_gradient_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    other_indices: &Tensor<I>,
    gradient: &Tensor<F>,
    other: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    place: u32,
    other_row: u32,
    dim: u32,
    total: u32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= total as usize {
        terminate!();
    }
    let dim = dim as usize;
    let start = start as usize + ABSOLUTE_POS / dim;
    let first = place as usize + usize::cast_from(indices[start]);
    let end = place as usize + usize::cast_from(indices[start + 1]);
    let mut sum = F::new(0.0_f32);
    for at in first..end {
        let place = usize::cast_from(indices[at]);
        let source = usize::cast_from(other_indices[other_row as usize + place]);
        sum += gradient[place] * other[source * dim + ABSOLUTE_POS % dim];
    }
    out[ABSOLUTE_POS] = sum;
}

/// One cube adds up the squares of every so many looked up numbers.
#[cube(launch)]
fn squares_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    table: &Tensor<F>,
    out: &mut Tensor<F>,
    row: u32,
    dim: u32,
    count: u32,
    weight: f32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    let dim = dim as usize;
    let mut sum = F::new(0.0_f32);
    for at in range_stepped(ABSOLUTE_POS, count as usize, CUBE_COUNT * SUMMING_UNITS) {
        let source = usize::cast_from(indices[row as usize + at / dim]);
        let value = table[source * dim + at % dim];
        sum += value * value;
    }
    let sum = sum_of_cube::<F>(sum);
    if UNIT_POS == 0 {
        out[CUBE_POS] = F::cast_from(weight) * sum;
    }
}

/// One unit computes one number of the gradient.
#[cube(launch)]
fn squares_gradient_kernel<F: Float, I: Numeric>(
    indices: &Tensor<I>,
    table: &Tensor<F>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    start: u32,
    dim: u32,
    weight: f32,
    #[define(F)] _float: ElemType,
    #[define(I)] _index: ElemType,
) {
    if ABSOLUTE_POS >= out.len() {
        terminate!();
    }
    let start = start as usize + ABSOLUTE_POS / dim as usize;
    let count = F::cast_from(indices[start + 1] - indices[start]);
    out[ABSOLUTE_POS] = F::cast_from(2.0 * weight) * gradient[0] * count * table[ABSOLUTE_POS];
}

impl SelectionBackend for CubeBackend {
    fn look_up(indices: IntTensor<Self>, parts: Parts, table: FloatTensor<Self>) -> FloatTensor<Self> {
        let table = into_contiguous(table);
        let (float, index) = (dtype_to_storage_type(table.dtype), dtype_to_storage_type(indices.dtype));
        let dim = table.meta.shape()[1];
        let out = allocate(&table, vec![parts.places, dim]);
        look_up_kernel::launch(
            &out.client,
            cubes(parts.places * dim),
            CUBE,
            indices.into_tensor_arg(),
            table.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            parts.row().start as u32,
            dim as u32,
            (parts.places * dim) as u32,
            float,
            index,
        );
        out
    }

    fn paired_product(
        left_indices: IntTensor<Self>,
        right_indices: IntTensor<Self>,
        left_parts: Parts,
        right_parts: Parts,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (left, right) = (into_contiguous(left), into_contiguous(right));
        let (float, index) = (dtype_to_storage_type(left.dtype), dtype_to_storage_type(left_indices.dtype));
        let dim = left.meta.shape()[1];
        let out = allocate(&left, vec![left_parts.places]);
        paired_kernel::launch(
            &out.client,
            cubes(left_parts.places),
            CUBE,
            left_indices.into_tensor_arg(),
            right_indices.into_tensor_arg(),
            left.into_tensor_arg(),
            right.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            left_parts.row().start as u32,
            right_parts.row().start as u32,
            dim as u32,
            float,
            index,
        );
        out
    }

    fn selected_squares(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self> {
        let table = into_contiguous(table);
        let (float, index) = (dtype_to_storage_type(table.dtype), dtype_to_storage_type(indices.dtype));
        let dim = table.meta.shape()[1];
        let count = parts.places * dim;
        let of_cubes = allocate(&table, vec![summing_cubes(count)]);
        squares_kernel::launch(
            &of_cubes.client,
            CubeCount::Static(summing_cubes(count) as u32, 1, 1),
            SUMMING_CUBE,
            indices.into_tensor_arg(),
            table.into_tensor_arg(),
            of_cubes.clone().into_tensor_arg(),
            parts.row().start as u32,
            dim as u32,
            count as u32,
            weight,
            float,
            index,
        );
        add_up(of_cubes)
    }
}

impl SelectionGradients for CubeBackend {
    fn look_up_gradient(
        indices: IntTensor<Self>,
        parts: Parts,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let gradient = into_contiguous(gradient);
        let (float, index) = (dtype_to_storage_type(gradient.dtype), dtype_to_storage_type(indices.dtype));
        let dim = gradient.meta.shape()[1];
        let out = allocate(&gradient, vec![parts.table_rows, dim]);
        let total = parts.table_rows * dim;
        look_up_gradient_kernel::launch(
            &out.client,
            cubes(total),
            CUBE,
            indices.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            parts.start().start as u32,
            parts.place().start as u32,
            dim as u32,
            total as u32,
            float,
            index,
        );
        out
    }

    fn paired_product_gradient(
        indices: IntTensor<Self>,
        other_indices: IntTensor<Self>,
        parts: Parts,
        other_parts: Parts,
        gradient: FloatTensor<Self>,
        other: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (gradient, other) = (into_contiguous(gradient), into_contiguous(other));
        let (float, index) = (dtype_to_storage_type(other.dtype), dtype_to_storage_type(indices.dtype));
        let dim = other.meta.shape()[1];
        let out = allocate(&other, vec![parts.table_rows, dim]);
        let total = parts.table_rows * dim;
        paired_gradient_kernel::launch(
            &out.client,
            cubes(total),
            CUBE,
            indices.into_tensor_arg(),
            other_indices.into_tensor_arg(),
            gradient.into_tensor_arg(),
            other.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            parts.start().start as u32,
            parts.place().start as u32,
            other_parts.row().start as u32,
            dim as u32,
            total as u32,
            float,
            index,
        );
        out
    }

    fn selected_squares_gradient(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self> {
        let (table, gradient) = (into_contiguous(table), into_contiguous(gradient));
        let (float, index) = (dtype_to_storage_type(table.dtype), dtype_to_storage_type(indices.dtype));
        let dim = table.meta.shape()[1];
        let out = allocate(&table, vec![parts.table_rows, dim]);
        squares_gradient_kernel::launch(
            &out.client,
            cubes(parts.table_rows * dim),
            CUBE,
            indices.into_tensor_arg(),
            table.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            parts.start().start as u32,
            dim as u32,
            weight,
            float,
            index,
        );
        out
    }
}
