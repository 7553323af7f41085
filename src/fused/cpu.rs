use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};

use super::FusedBackend;
use crate::flex::{in_place, slice, tensor};

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
        (unit, tensor(share, [count]))
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
        (powers, tensor(sums, [count, 1]), tensor(logarithms, [count, 1]))
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
        in_place(values, |values, _| fusebox_kernels::drop_out(&slice(&kept)[first..], values, scale))
    }
}
