use burn::backend::Autodiff;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};

use super::backend::SparseBackend;

/// A product of two operands along a pattern: rows and columns of the pattern, of its transpose, and the operands.
type Product<B> = fn(
    IntTensor<B>,
    IntTensor<B>,
    IntTensor<B>,
    IntTensor<B>,
    IntTensor<B>,
    IntTensor<B>,
    FloatTensor<B>,
    FloatTensor<B>,
) -> FloatTensor<B>;

/// A pattern, its transpose, and the two operands of a product along it: what the product's gradients need.
#[derive(Clone, Debug)]
struct Saved<B: SparseBackend> {
    pattern: [IntTensor<B>; 3],
    transposed: [IntTensor<B>; 3],
    operands: [FloatTensor<B>; 2],
}

impl<B: SparseBackend> Saved<B> {
    fn multiply(self, product: Product<B>) -> FloatTensor<B> {
        let Self { pattern: [start, column, entry], transposed, operands: [left, right] } = self;
        let [back_start, back_column, back_entry] = transposed;
        product(start, column, entry, back_start, back_column, back_entry, left, right)
    }

    /// The same along the transposed pattern, with other operands.
    fn turned(&self, operands: [FloatTensor<B>; 2]) -> Self {
        Self { pattern: self.transposed.clone(), transposed: self.pattern.clone(), operands }
    }

    fn with(&self, operands: [FloatTensor<B>; 2]) -> Self {
        Self { operands, ..self.clone() }
    }
}

#[derive(Debug)]
struct SparseProduct;

impl<B: SparseBackend> Backward<B, 2> for SparseProduct {
    type State = Saved<B>;

    fn backward(self, ops: Ops<Saved<B>, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let [value_parent, dense_parent] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        let [value, dense] = ops.state.operands.clone();
        if let Some(parent) = value_parent {
            let of_values = ops.state.with([gradient.clone(), dense]).multiply(B::sampled_product);
            gradients.register::<B>(parent.id, of_values);
        }
        if let Some(parent) = dense_parent {
            let of_dense = ops.state.turned([value, gradient]).multiply(B::sparse_product);
            gradients.register::<B>(parent.id, of_dense);
        }
    }
}

/// With `S` the sparse matrix of the results' gradients, the operands' are `S · right` and `Sᵀ · left`.
#[derive(Debug)]
struct SampledProduct;

impl<B: SparseBackend> Backward<B, 2> for SampledProduct {
    type State = Saved<B>;

    fn backward(self, ops: Ops<Saved<B>, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let [left_parent, right_parent] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        let [left, right] = ops.state.operands.clone();
        if let Some(parent) = left_parent {
            let of_left = ops.state.with([gradient.clone(), right]).multiply(B::sparse_product);
            gradients.register::<B>(parent.id, of_left);
        }
        if let Some(parent) = right_parent {
            let of_right = ops.state.turned([gradient, left]).multiply(B::sparse_product);
            gradients.register::<B>(parent.id, of_right);
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
        let saved = Saved::<B> {
            pattern: [start, column, entry],
            transposed: [transposed_start, transposed_column, transposed_entry],
            operands: [value.primitive().clone(), dense.primitive().clone()],
        };
        let product = saved.clone().multiply(B::sparse_product);
        match SparseProduct.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish(saved, product),
            OpsKind::UnTracked(prepared) => prepared.finish(product),
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
        let saved = Saved::<B> {
            pattern: [start, column, entry],
            transposed: [transposed_start, transposed_column, transposed_entry],
            operands: [left.primitive().clone(), right.primitive().clone()],
        };
        let product = saved.clone().multiply(B::sampled_product);
        match SampledProduct.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish(saved, product),
            OpsKind::UnTracked(prepared) => prepared.finish(product),
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
