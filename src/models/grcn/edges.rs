use burn::tensor::{Device, Tensor};

use crate::selection::Selection;
use crate::sparse::{Pattern, SparseMatrix};

/// The train interactions, in the order of their users.
pub struct Edges {
    /// `[users, items]`.
    pattern: Pattern,
    /// As published, the other direction is another pattern, `[items, users]`: see [`scrambled`].
    scrambled: Option<Pattern>,
    /// Every edge's user, `[edges]`.
    user: Selection,
    /// Every edge's item, `[edges]`.
    item: Selection,
}

impl Edges {
    pub fn new(interactions: &SparseMatrix, as_published: bool, device: &Device) -> Self {
        let (users, items) = (interactions.rows(), interactions.columns);
        let users_of_edges: Vec<u32> =
            (0..users as u32).flat_map(|user| interactions.row(user as usize).map(move |_| user)).collect();
        Self {
            pattern: Pattern::upload(interactions, device).0,
            scrambled: as_published.then(|| scrambled(interactions, device)),
            user: Selection::upload(users, users_of_edges, device),
            item: Selection::upload(items, interactions.column.clone(), device),
        }
    }

    /// Every edge's row of a table `[users, dim]`: `[edges, dim]`.
    pub fn users_of(&self, table: Tensor<2>) -> Tensor<2> {
        self.user.of(table)
    }

    /// Every edge's row of a table `[items, dim]`: `[edges, dim]`.
    pub fn items_of(&self, table: Tensor<2>) -> Tensor<2> {
        self.item.of(table)
    }

    /// How well users' preferences `[users, dim]` fit their items' content `[items, dim]`: `[edges]`.
    pub fn logits(&self, preference: Tensor<2>, content: Tensor<2>) -> Tensor<1> {
        self.pattern.sampled_product(preference, content)
    }

    pub fn softmax_by_user(&self, logits: Tensor<1>) -> Tensor<1> {
        self.pattern.softmax_by_row(logits)
    }

    pub fn softmax_by_item(&self, logits: Tensor<1>) -> Tensor<1> {
        match &self.scrambled {
            None => self.pattern.softmax_by_column(logits),
            Some(scrambled) => scrambled.softmax_by_row(logits),
        }
    }

    /// The weighted sums of users' items, `[items, dim]` to `[users, dim]`.
    pub fn to_users(&self, weights: Tensor<1>, item: Tensor<2>) -> Tensor<2> {
        self.pattern.multiply(weights, item)
    }

    /// The same added to `base`, `[users, dim]`.
    pub fn to_users_onto(&self, base: Tensor<2>, weights: Tensor<1>, item: Tensor<2>) -> Tensor<2> {
        self.pattern.multiply_onto(base, weights, item)
    }

    /// The weighted sums of items' users, `[users, dim]` to `[items, dim]`.
    pub fn to_items(&self, weights: Tensor<1>, user: Tensor<2>) -> Tensor<2> {
        match &self.scrambled {
            None => self.pattern.multiply_transposed(weights, user),
            Some(scrambled) => scrambled.multiply(weights, user),
        }
    }

    /// The same added to `base`, `[items, dim]`.
    pub fn to_items_onto(&self, base: Tensor<2>, weights: Tensor<1>, user: Tensor<2>) -> Tensor<2> {
        match &self.scrambled {
            None => self.pattern.multiply_transposed_onto(base, weights, user),
            Some(scrambled) => scrambled.multiply_onto(base, weights, user),
        }
    }
}

/// The published code's item side (reference, section 0, trap 1): edges in the order of their items, where numbers in the
/// order of their users are taken to belong. So an item with d users gets d numbers in a row of unrelated edges.
fn scrambled(interactions: &SparseMatrix, device: &Device) -> Pattern {
    let turned = (0..interactions.rows())
        .flat_map(|user| interactions.row(user).map(move |(item, value)| (item, user as u32, value)));
    let turned = SparseMatrix::from_entries(interactions.columns, interactions.rows(), turned.collect());
    Pattern::upload(&turned, device).0
}

#[cfg(test)]
mod tests {
    use burn::tensor::activation::softmax;

    use super::*;

    /// Reference, section 11: 2 users, 2 items, edges (0, 0), (0, 1), (1, 0) with the logits s₀, s₁, s₂.
    #[test]
    fn the_item_side_is_scrambled_as_published_only() {
        let device = Device::flex();
        let interactions = SparseMatrix::interactions(2, &[0, 2, 3], &[0, 1, 0]);
        let numbers = |tensor: Tensor<1>| tensor.into_data().iter::<f32>().collect::<Vec<_>>();
        let softmax_of = |a: f32, b: f32| numbers(softmax(Tensor::from_floats([a, b], &device), 0));
        let logits = || Tensor::from_floats([0.5, -1.0, 2.0], &device);
        // What arrives at items from users 0 and 1, who send (1, 0) and (0, 1), is what they weigh.
        let arrives = |as_published: bool| {
            let edges = Edges::new(&interactions, as_published, &device);
            let weights = edges.softmax_by_item(logits());
            let user = Tensor::from_floats([[1.0, 0.0], [0.0, 1.0]], &device);
            numbers(edges.to_items(weights, user).flatten(0, 1))
        };
        assert_eq!(arrives(false), [softmax_of(0.5, 2.0), vec![1.0, 0.0]].concat());
        assert_eq!(arrives(true), [softmax_of(0.5, -1.0), vec![1.0, 0.0]].concat());
    }
}
