use burn::backend::Flex;
use burn::backend::tensor::FloatTensor;

use super::{SumBackend, SumGradients, Summand};
use crate::flex::{in_place, slice, tensor};

impl SumBackend for Flex {
    fn weighted_sum(values: FloatTensor<Self>, summand: Summand, weight: f32) -> FloatTensor<Self> {
        let values = values.to_contiguous();
        tensor(vec![weight * fusebox_kernels::sum(summand, slice(&values))], [1])
    }
}

impl SumGradients for Flex {
    fn weighted_sum_gradient(
        values: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        summand: Summand,
        weight: f32,
    ) -> FloatTensor<Self> {
        let factor = weight * slice::<f32>(&gradient)[0];
        in_place(values, |values, _| fusebox_kernels::sum_gradient(summand, values, factor))
    }
}
