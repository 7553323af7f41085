use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_flex::FlexTensor;
use fusebox_kernels::Places;

use super::backend::{Parts, SelectionBackend, SelectionGradients};
use crate::flex::{slice, tensor};

impl SelectionBackend for Flex {
    fn look_up(indices: IntTensor<Self>, parts: Parts, table: FloatTensor<Self>) -> FloatTensor<Self> {
        let table = table.to_contiguous();
        let dim = table.layout().shape()[1];
        let mut out = vec![0f32; parts.places * dim];
        fusebox_kernels::look_up(&slice(&indices)[parts.row()], slice(&table), dim, &mut out);
        tensor(out, [parts.places, dim])
    }

    fn paired_product(
        left_indices: IntTensor<Self>,
        right_indices: IntTensor<Self>,
        left_parts: Parts,
        right_parts: Parts,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (left, right) = (left.to_contiguous(), right.to_contiguous());
        let dim = left.layout().shape()[1];
        let mut out = vec![0f32; left_parts.places];
        fusebox_kernels::paired_product(
            &slice(&left_indices)[left_parts.row()],
            &slice(&right_indices)[right_parts.row()],
            slice(&left),
            slice(&right),
            dim,
            &mut out,
        );
        tensor(out, [left_parts.places])
    }

    fn selected_squares(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self> {
        let table = table.to_contiguous();
        let dim = table.layout().shape()[1];
        let squares = fusebox_kernels::selected_squares(places(&indices, parts), slice(&table), dim);
        tensor(vec![weight * squares], [1])
    }
}

impl SelectionGradients for Flex {
    fn look_up_gradient(
        indices: IntTensor<Self>,
        parts: Parts,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let gradient = gradient.to_contiguous();
        let dim = gradient.layout().shape()[1];
        let mut out = vec![0f32; parts.table_rows * dim];
        fusebox_kernels::look_up_gradient(places(&indices, parts), slice(&gradient), dim, &mut out);
        tensor(out, [parts.table_rows, dim])
    }

    fn paired_product_gradient(
        indices: IntTensor<Self>,
        other_indices: IntTensor<Self>,
        parts: Parts,
        other_parts: Parts,
        gradient: FloatTensor<Self>,
        other: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (gradient, other) = (gradient.to_contiguous(), other.to_contiguous());
        let dim = other.layout().shape()[1];
        let mut out = vec![0f32; parts.table_rows * dim];
        fusebox_kernels::paired_product_gradient(
            places(&indices, parts),
            &slice(&other_indices)[other_parts.row()],
            slice(&gradient),
            slice(&other),
            dim,
            &mut out,
        );
        tensor(out, [parts.table_rows, dim])
    }

    fn selected_squares_gradient(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self> {
        let table = table.to_contiguous();
        let dim = table.layout().shape()[1];
        let factor = weight * slice::<f32>(&gradient)[0];
        let mut out = vec![0f32; parts.table_rows * dim];
        let places = places(&indices, parts);
        fusebox_kernels::selected_squares_gradient(places, slice(&table), factor, dim, &mut out);
        tensor(out, [parts.table_rows, dim])
    }
}

fn places(indices: &FlexTensor, parts: Parts) -> Places<'_> {
    let indices = slice(indices);
    Places { start: &indices[parts.start()], place: &indices[parts.place()] }
}
