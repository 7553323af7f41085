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
    /// `[users, 1]` and `[items, 1]`: what a vector weighs on its way to itself; absent where there are no self-loops.
    to_self: Option<(Tensor<2>, Tensor<2>)>,
}

impl UserItemGraph {
    /// `D^-½ A D^-½` of the bipartite graph A of `interactions`, `[users, items]`, every value 1.
    pub fn symmetric(interactions: SparseMatrix, device: &Device) -> Self {
        let (edges, weights) = Pattern::upload(&interactions.normalised_by_both_degrees(), device);
        Self { edges, to_users: weights.clone(), to_items: weights, to_self: None }
    }

    /// `D^-1 (A + I)` of the bipartite graph A of `interactions`, `[users, items]`, every value 1; D are the degrees of
    /// A + I. So a step is the mean over the neighbours and the vector itself.
    pub fn mean_with_self(interactions: &SparseMatrix, device: &Device) -> Self {
        let shares =
            |degrees: Vec<f32>| degrees.iter().map(|degree| 1.0 / (degree + 1.0)).collect::<Vec<_>>();
        let (of_user, of_item) = (shares(interactions.row_sums()), shares(interactions.column_sums()));
        let (edges, to_users) =
            Pattern::upload(&interactions.clone().map(|user, _, _| of_user[user]), device);
        let to_items = interactions.column.iter().map(|&item| of_item[item as usize]).collect();
        Self {
            edges,
            to_users,
            to_items: upload(to_items, [interactions.entries()], device),
            to_self: Some((
                upload(of_user, [interactions.rows(), 1], device),
                upload(of_item, [interactions.columns, 1], device),
            )),
        }
    }

    /// Users `[users, dim]` and items `[items, dim]` as the weighted sums of their neighbours.
    pub fn step(&self, user: Tensor<2>, item: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let next_user = self.edges.multiply(self.to_users.clone(), item.clone());
        let next_item = self.edges.multiply_transposed(self.to_items.clone(), user.clone());
        match self.to_self.clone() {
            None => (next_user, next_item),
            Some((of_user, of_item)) => (next_user + user * of_user, next_item + item * of_item),
        }
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

fn upload<const D: usize>(values: Vec<f32>, shape: [usize; D], device: &Device) -> Tensor<D> {
    Tensor::from_data(TensorData::new(values, shape), (device, DType::F32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_with_self_counts_every_neighbour_and_the_vector_itself_once() {
        // User 0 took items 0 and 1, user 1 took item 0, nobody took item 2.
        let interactions = SparseMatrix::interactions(3, &[0, 2, 3], &[0, 1, 0]);
        let device = Device::flex();
        let graph = UserItemGraph::mean_with_self(&interactions, &device);
        let (user, item) = graph
            .step(upload(vec![3.0, 6.0], [2, 1], &device), upload(vec![12.0, 24.0, 5.0], [3, 1], &device));
        let numbers = |tensor: Tensor<2>| tensor.into_data().iter::<f32>().collect::<Vec<_>>();
        assert_eq!(numbers(user), [13.0, 9.0]);
        assert_eq!(numbers(item), [7.0, 13.5, 5.0]);
    }
}
