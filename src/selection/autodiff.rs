use burn::backend::Autodiff;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};

use super::backend::{Parts, SelectionBackend, SelectionGradients};

#[derive(Debug)]
struct LookUp;

impl<B: SelectionGradients> Backward<B, 1> for LookUp {
    type State = (IntTensor<B>, Parts);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let (indices, parts) = ops.state;
        if let [Some(parent)] = ops.parents {
            gradients.register::<B>(parent.id, B::look_up_gradient(indices, parts, gradient));
        }
    }
}

/// A selection and the table that it looks rows up in.
#[derive(Clone, Debug)]
struct Side<B: SelectionGradients> {
    indices: IntTensor<B>,
    parts: Parts,
    table: FloatTensor<B>,
}

impl<B: SelectionGradients> Side<B> {
    /// What the products with another side have as the gradient by this one's table.
    fn gradient(&self, other: &Self, of_products: FloatTensor<B>) -> FloatTensor<B> {
        B::paired_product_gradient(
            self.indices.clone(),
            other.indices.clone(),
            self.parts,
            other.parts,
            of_products,
            other.table.clone(),
        )
    }
}

#[derive(Debug)]
struct PairedProduct;

impl<B: SelectionGradients> Backward<B, 2> for PairedProduct {
    type State = [Side<B>; 2];

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let [left, right] = &ops.state;
        let [left_parent, right_parent] = ops.parents;
        if let Some(parent) = left_parent {
            gradients.register::<B>(parent.id, left.gradient(right, gradient.clone()));
        }
        if let Some(parent) = right_parent {
            gradients.register::<B>(parent.id, right.gradient(left, gradient));
        }
    }
}

#[derive(Debug)]
struct SelectedSquares;

impl<B: SelectionGradients> Backward<B, 1> for SelectedSquares {
    type State = (Side<B>, f32);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let (Side { indices, parts, table }, weight) = ops.state;
        if let [Some(parent)] = ops.parents {
            let of_table = B::selected_squares_gradient(indices, parts, table, gradient, weight);
            gradients.register::<B>(parent.id, of_table);
        }
    }
}

impl<B: SelectionGradients, C: CheckpointStrategy> SelectionBackend for Autodiff<B, C> {
    fn look_up(indices: IntTensor<Self>, parts: Parts, table: FloatTensor<Self>) -> FloatTensor<Self> {
        let (table, node) = table.into_parts();
        let rows = B::look_up(indices.clone(), parts, table);
        match LookUp.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((indices, parts), rows),
            OpsKind::UnTracked(prepared) => prepared.finish(rows),
        }
    }

    fn paired_product(
        left_indices: IntTensor<Self>,
        right_indices: IntTensor<Self>,
        left_parts: Parts,
        right_parts: Parts,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let ((left, left_node), (right, right_node)) = (left.into_parts(), right.into_parts());
        let products = B::paired_product(
            left_indices.clone(),
            right_indices.clone(),
            left_parts,
            right_parts,
            left.clone(),
            right.clone(),
        );
        match PairedProduct.prepare::<C>([left_node, right_node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                let sides = [
                    Side { indices: left_indices, parts: left_parts, table: left },
                    Side { indices: right_indices, parts: right_parts, table: right },
                ];
                prepared.finish(sides, products)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(products),
        }
    }

    fn selected_squares(
        indices: IntTensor<Self>,
        parts: Parts,
        table: FloatTensor<Self>,
        weight: f32,
    ) -> FloatTensor<Self> {
        let (table, node) = table.into_parts();
        let squares = B::selected_squares(indices.clone(), parts, table.clone(), weight);
        match SelectedSquares.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((Side { indices, parts, table }, weight), squares),
            OpsKind::UnTracked(prepared) => prepared.finish(squares),
        }
    }
}
