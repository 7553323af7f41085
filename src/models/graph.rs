use burn::tensor::{DType, Device, Tensor, TensorData};

use crate::sparse::{Pattern, SparseMatrix};

/// The user–item graph along which vectors travel: where it has edges, and their weights in either direction.
#[derive(Clone, Debug)]
pub struct UserItemGraph {
    edges: Pattern,
    /// `[edges]`: what an item's vector weighs on its way to a user.
    to_users: Tensor<1>,
    /// `[edges]`: what a user's vector weighs on its way to an item.
    to_items: Tensor<1>,
}

impl UserItemGraph {
    /// `D^-½ A D^-½` of the bipartite graph A of `interactions`, `[users, items]`, every value 1.
    pub fn symmetric(interactions: SparseMatrix, device: &Device) -> Self {
        let (edges, weights) = Pattern::upload(&interactions.normalised_by_both_degrees(), device);
        Self { edges, to_users: weights.clone(), to_items: weights }
    }

    /// `D⁻¹ A` of the bipartite graph A of `interactions`, `[users, items]`, every value 1: everybody receives the mean
    /// of their neighbours.
    pub fn mean(interactions: SparseMatrix, device: &Device) -> Self {
        let (users, items) = (interactions.row_sums(), interactions.column_sums());
        let by_item = interactions.clone().map(|_, item, value| value / items[item]).value;
        let (edges, to_users) =
            Pattern::upload(&interactions.map(|user, _, value| value / users[user]), device);
        let by_item = TensorData::new(by_item, to_users.shape());
        Self { edges, to_users, to_items: Tensor::from_data(by_item, (device, DType::F32)) }
    }

    /// What users receive from items `[items, dim]`: `[users, dim]`.
    pub fn to_users(&self, item: Tensor<2>) -> Tensor<2> {
        self.edges.multiply(self.to_users.clone(), item)
    }

    /// What items receive from users `[users, dim]`: `[items, dim]`.
    pub fn to_items(&self, user: Tensor<2>) -> Tensor<2> {
        self.edges.multiply_transposed(self.to_items.clone(), user)
    }

    /// Users `[users, dim]` and items `[items, dim]` as the weighted sums of their neighbours.
    pub fn step(&self, user: Tensor<2>, item: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        (self.to_users(item), self.to_items(user))
    }

    /// The mean of E⁰ … E^L for users `[users, dim]` and items `[items, dim]`, where each layer is a [`step`](Self::step)
    /// from the last (reference 4.3).
    pub fn mean_of_layers(
        &self,
        mut user: Tensor<2>,
        mut item: Tensor<2>,
        layers: usize,
    ) -> (Tensor<2>, Tensor<2>) {
        let (mut user_sum, mut item_sum) = (user.clone(), item.clone());
        for _ in 0..layers {
            (user, item) = self.step(user, item);
            user_sum = user_sum + user.clone();
            item_sum = item_sum + item.clone();
        }
        let share = 1.0 / (layers + 1) as f64;
        (user_sum * share, item_sum * share)
    }
}
