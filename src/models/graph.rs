use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use super::rows::dropout_mask;
use crate::sparse::{Pattern, SparseMatrix};
use crate::transfer::upload;

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
        let (of_user, of_item) = shares_with_self(interactions);
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

    /// `D^-1 (A + I) D^-1` of the bipartite graph A of `interactions`, `[users, items]`, every value 1; D are the degrees
    /// of A + I.
    pub fn divided_twice_with_self(interactions: SparseMatrix, device: &Device) -> Self {
        let (of_user, of_item) = shares_with_self(&interactions);
        let squares = |shares: &[f32]| {
            upload(shares.iter().map(|share| share * share).collect(), [shares.len(), 1], device)
        };
        let to_self = Some((squares(&of_user), squares(&of_item)));
        let (edges, weights) =
            Pattern::upload(&interactions.map(|user, item, _| of_user[user] * of_item[item]), device);
        Self { edges, to_users: weights.clone(), to_items: weights, to_self }
    }

    /// The same graph with each weight, of self-loops too, 0 with probability `rate` and else divided by 1 − rate.
    pub fn thinned(&self, rate: f64, generator: &mut ChaCha8Rng) -> Self {
        Self {
            edges: self.edges.clone(),
            to_users: thin(&self.to_users, rate, generator),
            to_items: thin(&self.to_items, rate, generator),
            to_self: self
                .to_self
                .as_ref()
                .map(|(of_user, of_item)| (thin(of_user, rate, generator), thin(of_item, rate, generator))),
        }
    }

    /// `D⁻¹ A` of the bipartite graph A of `interactions`, `[users, items]`, every value 1: everybody receives the mean
    /// of their neighbours.
    pub fn mean(interactions: SparseMatrix, device: &Device) -> Self {
        let (users, items) = (interactions.row_sums(), interactions.column_sums());
        let by_item = interactions.clone().map(|_, item, value| value / items[item]).value;
        let (edges, to_users) =
            Pattern::upload(&interactions.map(|user, _, value| value / users[user]), device);
        let to_items = upload(by_item, to_users.dims(), device);
        Self { edges, to_users, to_items, to_self: None }
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
        let (next_user, next_item) = (self.to_users(item.clone()), self.to_items(user.clone()));
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

/// A graph among items along which their vectors travel.
#[derive(Clone, Debug)]
pub struct ItemGraph {
    pub edges: Pattern,
    /// `[edges]`: what the vector of the column's item weighs on its way to the row's.
    pub weights: Tensor<1>,
}

impl ItemGraph {
    /// Items `[items, dim]` after each of `layers` times became the weighted sum of its neighbours.
    pub fn propagate(&self, item: Tensor<2>, layers: usize) -> Tensor<2> {
        (0..layers).fold(item, |item, _| self.edges.multiply(self.weights.clone(), item))
    }
}

/// 1 / (degree + 1) of every user and every item.
fn shares_with_self(interactions: &SparseMatrix) -> (Vec<f32>, Vec<f32>) {
    let shares = |degrees: Vec<f32>| degrees.iter().map(|degree| 1.0 / (degree + 1.0)).collect();
    (shares(interactions.row_sums()), shares(interactions.column_sums()))
}

fn thin<const D: usize>(weights: &Tensor<D>, rate: f64, generator: &mut ChaCha8Rng) -> Tensor<D> {
    weights.clone() * dropout_mask(generator, weights.dims(), rate, &weights.device())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Stream, generator_of_step};

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

    #[test]
    fn a_thinned_graph_has_every_weight_as_often_as_it_should_and_its_size_on_average() {
        // 200 users who took all of 20 items.
        let start: Vec<u32> = (0..=200).map(|user| 20 * user).collect();
        let items: Vec<u32> = (0..200).flat_map(|_| 0..20).collect();
        let device = Device::flex();
        let graph = UserItemGraph::mean_with_self(&SparseMatrix::interactions(20, &start, &items), &device);
        let thinned = |epoch| graph.thinned(0.25, &mut generator_of_step(1, Stream::Dropout, epoch, 0, 0));
        let weights = |graph: &UserItemGraph| {
            let (of_user, of_item) = graph.to_self.clone().unwrap();
            [graph.to_users.clone(), graph.to_items.clone(), of_user.flatten(0, 1), of_item.flatten(0, 1)]
                .map(|weights| weights.into_data().iter::<f32>().collect::<Vec<_>>())
        };
        let (whole, left) = (weights(&graph), weights(&thinned(0)));
        for (whole, left) in whole.iter().zip(&left) {
            for (whole, left) in whole.iter().zip(left) {
                assert!(*left == 0.0 || (left * 0.75 - whole).abs() < 1e-6, "{left} of {whole}");
            }
            let kept = left.iter().filter(|&&weight| weight > 0.0).count() as f64 / left.len() as f64;
            // Six standard deviations.
            let bound = 6.0 * (0.25 * 0.75 / left.len() as f64).sqrt();
            assert!((kept - 0.75).abs() < bound, "{kept} of {}", left.len());
        }
        // The two directions of an edge are dropped apart.
        assert!(left[0].iter().zip(&left[1]).any(|(a, b)| (*a == 0.0) != (*b == 0.0)));
        assert_eq!(left, weights(&thinned(0)));
        assert_ne!(left, weights(&thinned(1)));
        assert_eq!(whole, weights(&graph.thinned(0.0, &mut generator_of_step(1, Stream::Dropout, 0, 0, 0))));
    }
}
