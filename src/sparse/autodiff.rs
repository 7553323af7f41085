use burn::backend::Autodiff;
use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};

use super::backend::{Compressed, Directions, SparseBackend, SparseGradients};

/// A pattern and the two operands of a product along it: what the product's gradients need.
#[derive(Clone, Debug)]
struct Saved<B: SparseBackend> {
    indices: IntTensor<B>,
    pattern: Directions,
    operands: [FloatTensor<B>; 2],
}

impl<B: SparseBackend> Saved<B> {
    /// The matrix with these values times a dense matrix.
    fn product(&self, pattern: Directions, values: FloatTensor<B>, dense: FloatTensor<B>) -> FloatTensor<B> {
        B::sparse_product(self.indices.clone(), pattern, values, dense)
    }

    /// Registers the gradients of a product's operands, from that by its result.
    fn register(self, gradient: FloatTensor<B>, operands: [Option<NodeId>; 2], gradients: &mut Gradients) {
        let [value, dense] = self.operands.clone();
        let [of_value, of_dense] = operands;
        if let Some(id) = of_value {
            let indices = self.indices.clone();
            let of_values = B::sampled_product(indices, self.pattern, gradient.clone(), dense);
            gradients.register::<B>(id, of_values);
        }
        if let Some(id) = of_dense {
            gradients.register::<B>(id, self.product(self.turned(), value, gradient));
        }
    }

    /// The pattern by the other direction.
    fn turned(&self) -> Directions {
        let [rows, columns] = self.pattern;
        [columns, rows]
    }
}

#[derive(Debug)]
struct SparseProduct;

impl<B: SparseBackend> Backward<B, 2> for SparseProduct {
    type State = Saved<B>;

    fn backward(self, ops: Ops<Saved<B>, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let operands = ops.parents.map(|parent| parent.map(|parent| parent.id));
        ops.state.register(gradient, operands, gradients);
    }
}

/// The base's gradient is the result's.
#[derive(Debug)]
struct SparseProductOnto;

impl<B: SparseBackend> Backward<B, 3> for SparseProductOnto {
    type State = Saved<B>;

    fn backward(self, ops: Ops<Saved<B>, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let [value, dense, base] = ops.parents.map(|parent| parent.map(|parent| parent.id));
        if let Some(id) = base {
            gradients.register::<B>(id, gradient.clone());
        }
        ops.state.register(gradient, [value, dense], gradients);
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
        let saved = ops.state;
        let [left, right] = saved.operands.clone();
        if let Some(parent) = left_parent {
            gradients.register::<B>(parent.id, saved.product(saved.pattern, gradient.clone(), right));
        }
        if let Some(parent) = right_parent {
            gradients.register::<B>(parent.id, saved.product(saved.turned(), gradient, left));
        }
    }
}

/// What the gradient of a row softmax needs: the rows, and its result.
#[derive(Clone, Debug)]
struct SavedSoftmax<B: SparseBackend> {
    indices: IntTensor<B>,
    rows: Compressed,
    softmax: FloatTensor<B>,
}

#[derive(Debug)]
struct RowSoftmax;

impl<B: SparseGradients> Backward<B, 1> for RowSoftmax {
    type State = SavedSoftmax<B>;

    fn backward(self, ops: Ops<SavedSoftmax<B>, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let SavedSoftmax { indices, rows, softmax } = ops.state;
        if let [Some(parent)] = ops.parents {
            gradients.register::<B>(parent.id, B::row_softmax_gradient(indices, rows, softmax, gradient));
        }
    }
}

impl<B: SparseGradients, C: CheckpointStrategy> SparseBackend for Autodiff<B, C> {
    fn sparse_product(
        indices: IntTensor<Self>,
        pattern: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let ((value, value_node), (dense, dense_node)) = (value.into_parts(), dense.into_parts());
        let product = B::sparse_product(indices.clone(), pattern, value.clone(), dense.clone());
        match SparseProduct.prepare::<C>([value_node, dense_node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                prepared.finish(Saved { indices, pattern, operands: [value, dense] }, product)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(product),
        }
    }

    fn sparse_product_onto(
        indices: IntTensor<Self>,
        pattern: Directions,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
        base: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let ((value, value_node), (dense, dense_node)) = (value.into_parts(), dense.into_parts());
        let (base, base_node) = base.into_parts();
        let sum = B::sparse_product_onto(indices.clone(), pattern, value.clone(), dense.clone(), base);
        let nodes = [value_node, dense_node, base_node];
        match SparseProductOnto.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                prepared.finish(Saved { indices, pattern, operands: [value, dense] }, sum)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(sum),
        }
    }

    fn sampled_product(
        indices: IntTensor<Self>,
        pattern: Directions,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let ((left, left_node), (right, right_node)) = (left.into_parts(), right.into_parts());
        let product = B::sampled_product(indices.clone(), pattern, left.clone(), right.clone());
        match SampledProduct.prepare::<C>([left_node, right_node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                prepared.finish(Saved { indices, pattern, operands: [left, right] }, product)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(product),
        }
    }

    fn row_softmax(
        indices: IntTensor<Self>,
        rows: Compressed,
        value: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (value, node) = value.into_parts();
        let softmax = B::row_softmax(indices.clone(), rows, value);
        match RowSoftmax.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                let saved = SavedSoftmax::<B> { indices, rows, softmax: softmax.clone() };
                prepared.finish(saved, softmax)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(softmax),
        }
    }
}
