use burn::backend::Autodiff;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;

use super::{SumBackend, SumGradients, Summand};

#[derive(Debug)]
struct WeightedSum;

impl<B: SumGradients> Backward<B, 1> for WeightedSum {
    type State = (FloatTensor<B>, Summand, f32);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let (values, summand, weight) = ops.state;
        if let [Some(parent)] = ops.parents {
            let of_values = B::weighted_sum_gradient(values, gradient, summand, weight);
            gradients.register::<B>(parent.id, of_values);
        }
    }
}

impl<B: SumGradients, C: CheckpointStrategy> SumBackend for Autodiff<B, C> {
    fn weighted_sum(values: FloatTensor<Self>, summand: Summand, weight: f32) -> FloatTensor<Self> {
        let (values, node) = values.into_parts();
        let sum = B::weighted_sum(values.clone(), summand, weight);
        match WeightedSum.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((values, summand, weight), sum),
            OpsKind::UnTracked(prepared) => prepared.finish(sum),
        }
    }
}
