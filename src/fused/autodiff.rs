use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, AutodiffBackend};
use burn::tensor::Shape;

use super::FusedBackend;

#[derive(Debug)]
struct Leaky;

impl<B: FusedBackend> Backward<B, 1> for Leaky {
    /// The result and the slope.
    type State = (FloatTensor<B>, f32);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let (result, slope) = ops.state;
        if let [Some(parent)] = ops.parents {
            gradients.register::<B>(parent.id, B::leaky_gradient(result, gradient, slope));
        }
    }
}

#[derive(Debug)]
struct UnitRows;

impl<B: FusedBackend> Backward<B, 1> for UnitRows {
    /// Both results.
    type State = (FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let (unit, share) = ops.state;
        if let [Some(parent)] = ops.parents {
            gradients.register::<B>(parent.id, B::unit_rows_gradient(unit, share, gradient));
        }
    }
}

#[derive(Debug)]
struct WithGradients;

impl<B: FusedBackend> Backward<B, 2> for WithGradients {
    /// The gradients by both parents.
    type State = [FloatTensor<B>; 2];

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        // One element, as a matrix.
        let gradient = B::float_reshape(gradients.consume::<B>(&ops.node), Shape::new([1, 1]));
        for (parent, of_parent) in ops.parents.into_iter().zip(ops.state) {
            if let Some(parent) = parent {
                gradients.register::<B>(parent.id, B::float_mul(of_parent, gradient.clone()));
            }
        }
    }
}

/// What is dropped of the numbers is dropped of their gradients.
#[derive(Debug)]
struct DropOut;

impl<B: FusedBackend> Backward<B, 1> for DropOut {
    /// What is kept, where it begins, and the scale.
    type State = (IntTensor<B>, usize, f32);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let (kept, first, scale) = ops.state;
        if let [Some(parent)] = ops.parents {
            gradients.register::<B>(parent.id, B::drop_out(gradient, kept, first, scale));
        }
    }
}

impl<B: FusedBackend, C: CheckpointStrategy> FusedBackend for Autodiff<B, C> {
    fn leaky(rows: FloatTensor<Self>, slope: f32) -> FloatTensor<Self> {
        let (rows, node) = rows.into_parts();
        let result = B::leaky(rows, slope);
        match Leaky.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((result.clone(), slope), result),
            OpsKind::UnTracked(prepared) => prepared.finish(result),
        }
    }

    /// Only the gradient of [`Leaky`] uses it, on the inner backend; so it is a constant here.
    fn leaky_gradient(
        result: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slope: f32,
    ) -> FloatTensor<Self> {
        let of_rows = B::leaky_gradient(result.into_primitive(), gradient.into_primitive(), slope);
        <Self as AutodiffBackend>::from_inner(of_rows)
    }

    fn unit_rows(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let (rows, node) = rows.into_parts();
        let (unit, share) = B::unit_rows(rows);
        let result = match UnitRows.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((unit.clone(), share.clone()), unit),
            OpsKind::UnTracked(prepared) => prepared.finish(unit),
        };
        (result, <Self as AutodiffBackend>::from_inner(share))
    }

    /// Only the gradient of [`UnitRows`] uses it, on the inner backend; so it is a constant here.
    fn unit_rows_gradient(
        unit: FloatTensor<Self>,
        share: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let [unit, share, gradient] = [unit, share, gradient].map(|tensor| tensor.into_primitive());
        <Self as AutodiffBackend>::from_inner(B::unit_rows_gradient(unit, share, gradient))
    }

    /// Only [`log_sum_exp`](super::log_sum_exp) uses it, without autodiff; so its results are constants here.
    fn exponentials(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (powers, sums, logarithms) = B::exponentials(rows.into_primitive());
        let constant = <Self as AutodiffBackend>::from_inner;
        (constant(powers), constant(sums), constant(logarithms))
    }

    fn with_gradients(
        value: FloatTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
        of_left: FloatTensor<Self>,
        of_right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let value = value.into_primitive();
        match WithGradients.prepare::<C>([left.node(), right.node()]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                prepared.finish([of_left, of_right].map(|tensor| tensor.into_primitive()), value)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(value),
        }
    }

    fn drop_out(
        values: FloatTensor<Self>,
        kept: IntTensor<Self>,
        first: usize,
        scale: f32,
    ) -> FloatTensor<Self> {
        let (values, node) = values.into_parts();
        let left = B::drop_out(values, kept.clone(), first, scale);
        match DropOut.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((kept, first, scale), left),
            OpsKind::UnTracked(prepared) => prepared.finish(left),
        }
    }
}
