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
            let [back_start, back_column, back_entry] = transposed.clone();
            let of_values = B::sampled_product(
                start,
                column,
                entry,
                back_start,
                back_column,
                back_entry,
                gradient.clone(),
                dense,
            );
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

/// What the gradients of a sampled product need: the pattern, its transpose, and both operands.
#[derive(Clone, Debug)]
struct SavedOperands<B: SparseBackend> {
    pattern: [IntTensor<B>; 3],
    transposed: [IntTensor<B>; 3],
    left: FloatTensor<B>,
    right: FloatTensor<B>,
}

/// With `S` the sparse matrix of the results' gradients, the operands' are `S · right` and `Sᵀ · left`.
#[derive(Debug)]
struct SampledProduct;

impl<B: SparseBackend> Backward<B, 2> for SampledProduct {
    type State = SavedOperands<B>;

    fn backward(self, ops: Ops<SavedOperands<B>, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let [left_parent, right_parent] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        let SavedOperands { pattern, transposed, left, right } = ops.state;
        let product = |pattern: [IntTensor<B>; 3], transposed: [IntTensor<B>; 3], value, dense| {
            let [start, column, entry] = pattern;
            let [back_start, back_column, back_entry] = transposed;
            B::sparse_product(start, column, entry, back_start, back_column, back_entry, value, dense)
        };
        if let Some(parent) = left_parent {
            let of_left = product(pattern.clone(), transposed.clone(), gradient.clone(), right);
            gradients.register::<B>(parent.id, of_left);
        }
        if let Some(parent) = right_parent {
            gradients.register::<B>(parent.id, product(transposed, pattern, gradient, left));
        }
    }
}

/// What the gradient of a row softmax needs: the rows, and its result.
#[derive(Clone, Debug)]
struct SavedSoftmax<B: SparseBackend> {
    start: IntTensor<B>,
    entry: IntTensor<B>,
    softmax: FloatTensor<B>,
}

#[derive(Debug)]
struct RowSoftmax;

impl<B: SparseBackend> Backward<B, 1> for RowSoftmax {
    type State = SavedSoftmax<B>;

    fn backward(self, ops: Ops<SavedSoftmax<B>, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let SavedSoftmax { start, entry, softmax } = ops.state;
        if let [Some(parent)] = ops.parents {
            gradients.register::<B>(parent.id, B::row_softmax_gradient(start, entry, softmax, gradient));
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

    fn sampled_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        transposed_start: IntTensor<Self>,
        transposed_column: IntTensor<Self>,
        transposed_entry: IntTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let parents = [left.node(), right.node()];
        let saved = SavedOperands::<B> {
            pattern: [start, column, entry],
            transposed: [transposed_start, transposed_column, transposed_entry],
            left: left.primitive().clone(),
            right: right.primitive().clone(),
        };
        let forward = |saved: SavedOperands<B>| {
            let [start, column, entry] = saved.pattern;
            let [back_start, back_column, back_entry] = saved.transposed;
            B::sampled_product(
                start,
                column,
                entry,
                back_start,
                back_column,
                back_entry,
                saved.left,
                saved.right,
            )
        };
        match SampledProduct.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish(saved.clone(), forward(saved)),
            OpsKind::UnTracked(prepared) => prepared.finish(forward(saved)),
        }
    }

    fn row_softmax(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let parents = [value.node()];
        let softmax = B::row_softmax(start.clone(), entry.clone(), value.primitive().clone());
        match RowSoftmax.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                let saved = SavedSoftmax::<B> { start, entry, softmax: softmax.clone() };
                prepared.finish(saved, softmax)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(softmax),
        }
    }

    /// Only the gradient of [`RowSoftmax`] uses it, on the inner backend; so it is a constant here.
    fn row_softmax_gradient(
        start: IntTensor<Self>,
        entry: IntTensor<Self>,
        softmax: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (softmax, gradient) = (softmax.primitive().clone(), gradient.primitive().clone());
        let of_values = B::row_softmax_gradient(start, entry, softmax, gradient);
        <Self as burn::backend::AutodiffBackend>::from_inner(of_values)
    }
}
