use burn::backend::Flex;
use burn::backend::tensor::FloatTensor;
use fusebox_kernels::AdamStep;

use super::{AdamBackend, EPSILON, FIRST_DECAY, SECOND_DECAY};

impl AdamBackend for Flex {
    fn adam_step(
        parameter: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        rate: f32,
        correction: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let gradient = gradient.to_contiguous();
        let [mut parameter, mut first, mut second] = [parameter, first, second].map(|t| t.to_contiguous());
        let length = parameter.layout().num_elements();
        let offset = gradient.layout().start_offset();
        let g = &gradient.storage::<f32>()[offset..][..length];
        let step = AdamStep {
            first_decay: FIRST_DECAY,
            second_decay: SECOND_DECAY,
            rate,
            correction,
            epsilon: EPSILON,
        };
        fusebox_kernels::adam_step(
            step,
            g,
            &mut parameter.storage_mut::<f32>()[..length],
            &mut first.storage_mut::<f32>()[..length],
            &mut second.storage_mut::<f32>()[..length],
        );
        (parameter, first, second)
    }
}
