use burn::backend::cubecl::dtype_to_storage_type;
use burn::backend::tensor::FloatTensor;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{AdamBackend, EPSILON, FIRST_DECAY, SECOND_DECAY};
use crate::launch::{CUBE, cubes};

#[cube(launch)]
fn adam_kernel<F: Float>(
    parameter: &mut Tensor<F>,
    gradient: &Tensor<F>,
    first: &mut Tensor<F>,
    second: &mut Tensor<F>,
    rate: f32,
    correction: f32,
    #[define(F)] _float: ElemType,
) {
    if ABSOLUTE_POS >= parameter.len() {
        terminate!();
    }
    let g = gradient[ABSOLUTE_POS];
    let m = F::new(FIRST_DECAY) * first[ABSOLUTE_POS] + F::new(1.0 - FIRST_DECAY) * g;
    let v = F::new(SECOND_DECAY) * second[ABSOLUTE_POS] + F::new(1.0 - SECOND_DECAY) * g * g;
    first[ABSOLUTE_POS] = m;
    second[ABSOLUTE_POS] = v;
    let step = F::cast_from(rate) * m / (F::sqrt(v) * F::cast_from(correction) + F::new(EPSILON));
    parameter[ABSOLUTE_POS] -= step;
}

/// The tensor itself where nothing else holds its buffer, else a copy, so that it can be written.
fn owned(tensor: CubeTensor) -> CubeTensor {
    let tensor = into_contiguous(tensor);
    if tensor.can_mut() { tensor } else { tensor.copy() }
}

impl AdamBackend for CubeBackend {
    fn adam_step(
        parameter: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        rate: f32,
        correction: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let [parameter, first, second] = [parameter, first, second].map(owned);
        let length = parameter.meta.num_elements();
        let float = dtype_to_storage_type(parameter.dtype);
        adam_kernel::launch(
            &parameter.client,
            cubes(length),
            CUBE,
            parameter.clone().into_tensor_arg(),
            into_contiguous(gradient).into_tensor_arg(),
            first.clone().into_tensor_arg(),
            second.clone().into_tensor_arg(),
            rate,
            correction,
            float,
        );
        (parameter, first, second)
    }
}
