use burn::backend::Autodiff;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};

use super::backend::SparseBackend;

/// What the gradients of a sparse product need: the pattern, its transpose, and both operands.
#[derive(Clone, Debug)]
struct Saved<B: SparseBackend> {
    pattern: [IntTensor<B>; 3],
    transposed: [IntTensor<B>; 3],
    value: FloatTensor<B>,
    dense: FloatTensor<B>,
}

#[derive(Debug)]
struct SparseProduct;

impl<B: SparseBackend> Backward<B, 2> for SparseProduct {
    type State = Saved<B>;

    fn backward(self, ops: Ops<Saved<B>, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let [value_parent, dense_parent] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        let Saved { pattern, transposed, value, dense } = ops.state;
        if let Some(parent) = value_parent {
            let [start, column, entry] = pattern.clone();
            let of_values = B::sampled_product(start, column, entry, gradient.clone(), dense);
            gradients.register::<B>(parent.id, of_values);
        }
        if let Some(parent) = dense_parent {
            let [start, column, entry] = transposed;
            let [back_start, back_column, back_entry] = pattern;
            let of_dense =
                B::sparse_product(start, column, entry, back_start, back_column, back_entry, value, gradient);
            gradients.register::<B>(parent.id, of_dense);
        }
    }
}

impl<B: SparseBackend, C: CheckpointStrategy> SparseBackend for Autodiff<B, C> {
    fn sparse_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        transposed_start: IntTensor<Self>,
        transposed_column: IntTensor<Self>,
        transposed_entry: IntTensor<Self>,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let parents = [value.node(), dense.node()];
        let (value, dense) = (value.primitive().clone(), dense.primitive().clone());
        let forward = |saved: Saved<B>| {
            let [start, column, entry] = saved.pattern;
            let [back_start, back_column, back_entry] = saved.transposed;
            B::sparse_product(
                start,
                column,
                entry,
                back_start,
                back_column,
                back_entry,
                saved.value,
                saved.dense,
            )
        };
        let saved = Saved::<B> {
            pattern: [start, column, entry],
            transposed: [transposed_start, transposed_column, transposed_entry],
            value,
            dense,
        };
        match SparseProduct.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish(saved.clone(), forward(saved)),
            OpsKind::UnTracked(prepared) => prepared.finish(forward(saved)),
        }
    }

    /// Only the gradient of [`SparseProduct`] uses it, on the inner backend; so it is a constant here.
    fn sampled_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let product =
            B::sampled_product(start, column, entry, left.primitive().clone(), right.primitive().clone());
        <Self as burn::backend::AutodiffBackend>::from_inner(product)
    }
}
