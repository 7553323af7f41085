use burn::backend::Flex;
use burn::backend::tensor::FloatTensor;

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
        {
            let p = &mut parameter.storage_mut::<f32>()[..length];
            let m = &mut first.storage_mut::<f32>()[..length];
            let v = &mut second.storage_mut::<f32>()[..length];
            pulp::Arch::new().dispatch(|| {
                for (((p, m), v), &g) in p.iter_mut().zip(m).zip(v).zip(g) {
                    *m = FIRST_DECAY * *m + (1.0 - FIRST_DECAY) * g;
                    *v = SECOND_DECAY * *v + (1.0 - SECOND_DECAY) * (g * g);
                    *p -= rate * *m / (v.sqrt() * correction + EPSILON);
                }
            });
        }
        (parameter, first, second)
    }
}
