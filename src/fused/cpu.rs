use burn::backend::Flex;
use burn::backend::tensor::FloatTensor;
use burn::tensor::TensorData;
use burn_flex::FlexTensor;

use super::FusedBackend;
use crate::flex::{range, slice};

impl FusedBackend for Flex {
    fn leaky(rows: FloatTensor<Self>, slope: f32) -> FloatTensor<Self> {
        in_place(rows, |rows, _| fusebox_kernels::leaky(rows, slope))
    }

    fn leaky_gradient(
        result: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slope: f32,
    ) -> FloatTensor<Self> {
        let result = result.to_contiguous();
        in_place(gradient, |gradient, _| fusebox_kernels::leaky_gradient(slice(&result), gradient, slope))
    }

    fn unit_rows(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let count = rows.layout().shape()[0];
        let mut share = vec![0f32; count];
        let unit = in_place(rows, |rows, dim| fusebox_kernels::unit_rows(rows, dim, &mut share));
        (unit, FlexTensor::from_data(TensorData::new(share, [count])))
    }

    fn unit_rows_gradient(
        unit: FloatTensor<Self>,
        share: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (unit, share) = (unit.to_contiguous(), share.to_contiguous());
        in_place(gradient, |gradient, dim| {
            fusebox_kernels::unit_rows_gradient(slice(&unit), slice(&share), gradient, dim);
        })
    }

    fn exponentials(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let count = rows.layout().shape()[0];
        let mut sums = vec![0f32; count];
        let powers = in_place(rows, |rows, dim| fusebox_kernels::exponentials(rows, dim, &mut sums));
        let logarithms = sums.iter().map(|sum| sum.ln()).collect();
        let column = |values: Vec<f32>| FlexTensor::from_data(TensorData::new(values, [count, 1]));
        (powers, column(sums), column(logarithms))
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
}

/// Does `work` to all rows, whose length it is told, in the tensor itself where nothing else holds it.
fn in_place(tensor: FlexTensor, work: impl FnOnce(&mut [f32], usize)) -> FlexTensor {
    let mut tensor = contiguous(tensor);
    let (range, dim) = (range(&tensor), tensor.layout().shape()[1]);
    work(&mut tensor.storage_mut::<f32>()[range], dim);
    tensor
}

/// Consumes the tensor, so that the result is its only holder.
fn contiguous(tensor: FlexTensor) -> FlexTensor {
    tensor.to_contiguous()
}
