use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use super::dropout::Dropout;
use super::rows::unit_rows;
use crate::random::Draw;
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
        match self.to_self.clone() {
            None => (self.to_users(item.clone()), self.to_items(user)),
            Some((of_user, of_item)) => {
                self.step_onto(user.clone() * of_user, item.clone() * of_item, user, item)
            }
        }
    }

    /// The weighted sums of the neighbours of users `[users, dim]` and items `[items, dim]`, added to the bases, of the same
    /// shapes.
    fn step_onto(
        &self,
        user_base: Tensor<2>,
        item_base: Tensor<2>,
        user: Tensor<2>,
        item: Tensor<2>,
    ) -> (Tensor<2>, Tensor<2>) {
        (
            self.edges.multiply_onto(user_base, self.to_users.clone(), item),
            self.edges.multiply_transposed_onto(item_base, self.to_items.clone(), user),
        )
    }

    /// The mean of E⁰ … E^L for users `[users, dim]` and items `[items, dim]`, where each layer is a step from the last
    /// (reference 4.3). The graph must be one without self-loops.
    pub fn mean_of_layers(&self, user: Tensor<2>, item: Tensor<2>, layers: usize) -> (Tensor<2>, Tensor<2>) {
        let (user, item) = self.sum_of_layers(user, item, layers);
        let share = 1.0 / (layers + 1) as f64;
        (user * share, item * share)
    }

    /// The mean of E⁰ … E^L where each layer is a step from the last whose rows are given length 1 (LATTICE, reference 4.9).
    pub fn mean_of_unit_layers(
        &self,
        mut user: Tensor<2>,
        mut item: Tensor<2>,
        layers: usize,
    ) -> (Tensor<2>, Tensor<2>) {
        let (mut user_sum, mut item_sum) = (user.clone(), item.clone());
        for _ in 0..layers {
            (user, item) = self.step(user, item);
            (user, item) = (unit_rows(user), unit_rows(item));
            user_sum = user_sum + user.clone();
            item_sum = item_sum + item.clone();
        }
        let share = 1.0 / (layers + 1) as f64;
        (user_sum * share, item_sum * share)
    }

    /// The sum instead of the mean. It is `E⁰ + A (E⁰ + A (E⁰ + …))`, so that each step adds to E⁰.
    pub fn sum_of_layers(&self, user: Tensor<2>, item: Tensor<2>, layers: usize) -> (Tensor<2>, Tensor<2>) {
        let (mut user_sum, mut item_sum) = (user.clone(), item.clone());
        for _ in 0..layers {
            (user_sum, item_sum) = self.step_onto(user.clone(), item.clone(), user_sum, item_sum);
        }
        (user_sum, item_sum)
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

/// A graph of all nodes, which are the users and then the items, along which vectors travel.
#[derive(Clone, Debug)]
pub struct NodeGraph {
    edges: Pattern,
    /// `[edges]`: what the vector of the column's node weighs on its way to the row's.
    weights: Tensor<1>,
}

impl NodeGraph {
    /// `D^-1 (A + I)` of the bipartite graph A of `interactions`, `[users, items]`, every value 1; D are the degrees of
    /// A + I. So a step is the mean over the neighbours and the vector itself.
    pub fn mean_with_self(interactions: &SparseMatrix, device: &Device) -> Self {
        let (of_user, of_item) = shares_with_self(interactions);
        let (users, nodes) = (of_user.len(), of_user.len() + of_item.len());
        let itself = (0u32..).zip(of_user.iter().chain(&of_item)).map(|(node, &share)| (node, node, share));
        let others = interactions.iter().flat_map(|(user, item, _)| {
            let node = users as u32 + item;
            [(user, node, of_user[user as usize]), (node, user, of_item[item as usize])]
        });
        let (edges, weights) = Pattern::upload(
            &SparseMatrix::from_entries(nodes, nodes, itself.chain(others).collect()),
            device,
        );
        Self { edges, weights }
    }

    /// The same graph with each weight 0 with probability `rate` and else divided by 1 − rate.
    pub fn thinned(&self, rate: f64, generator: &mut ChaCha8Rng) -> Self {
        let (weights, device) = (self.weights.clone(), self.weights.device());
        let dropout = Dropout::draw(rate, &weights.dims(), &device, |_| generator.word());
        Self { edges: self.edges.clone(), weights: dropout.of(0, weights) }
    }

    /// Nodes `[nodes, dim]` as the weighted sums of their neighbours.
    pub fn step(&self, nodes: Tensor<2>) -> Tensor<2> {
        self.edges.multiply(self.weights.clone(), nodes)
    }
}

/// 1 / (degree + 1) of every user and every item.
fn shares_with_self(interactions: &SparseMatrix) -> (Vec<f32>, Vec<f32>) {
    let shares = |degrees: Vec<f32>| degrees.iter().map(|degree| 1.0 / (degree + 1.0)).collect();
    (shares(interactions.row_sums()), shares(interactions.column_sums()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Stream, generator_of_step};

    fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().iter::<f32>().collect()
    }

    #[test]
    fn a_mean_with_self_counts_every_neighbour_and_the_vector_itself_once() {
        // User 0 took items 0 and 1, user 1 took item 0, nobody took item 2.
        let interactions = SparseMatrix::interactions(3, &[0, 2, 3], &[0, 1, 0]);
        let device = Device::flex();
        let graph = NodeGraph::mean_with_self(&interactions, &device);
        let nodes = graph.step(upload(vec![3.0, 6.0, 12.0, 24.0, 5.0], [5, 1], &device));
        assert_eq!(numbers(nodes), [13.0, 9.0, 7.0, 13.5, 5.0]);
    }

    #[test]
    fn a_mean_of_layers_counts_every_layer_once() {
        // User 0 took items 0 and 1, user 1 took item 0: halves, and 1 / √2 where a degree is 1.
        let interactions = SparseMatrix::interactions(2, &[0, 2, 3], &[0, 1, 0]);
        let device = Device::flex();
        let graph = UserItemGraph::symmetric(interactions, &device);
        let start = || (upload(vec![1.0, 2.0], [2, 1], &device), upload(vec![3.0, 4.0], [2, 1], &device));
        let (mut user, mut item) = start();
        let (mut user_sum, mut item_sum) = start();
        for _ in 0..2 {
            (user, item) = graph.step(user, item);
            (user_sum, item_sum) = (user_sum + user.clone(), item_sum + item.clone());
        }
        let (user, item) = (start().0, start().1);
        let (user, item) = graph.mean_of_layers(user, item, 2);
        for (found, sum) in [(user, user_sum), (item, item_sum)] {
            for (found, sum) in numbers(found).into_iter().zip(numbers(sum)) {
                assert!((3.0 * found - sum).abs() < 1e-5, "{found} and {sum}");
            }
        }
    }

    #[test]
    fn a_thinned_graph_has_every_weight_as_often_as_it_should_and_its_size_on_average() {
        // 200 users who took all of 20 items.
        let start: Vec<u32> = (0..=200).map(|user| 20 * user).collect();
        let items: Vec<u32> = (0..200).flat_map(|_| 0..20).collect();
        let interactions = SparseMatrix::interactions(20, &start, &items);
        let graph = NodeGraph::mean_with_self(&interactions, &Device::flex());
        let thinned = |rate, epoch| {
            let mut generator = generator_of_step(1, Stream::Dropout, epoch, 0, 0);
            numbers(graph.thinned(rate, &mut generator).weights)
        };
        let (whole, left) = (numbers(graph.weights.clone()), thinned(0.25, 0));
        assert_eq!(whole.len(), 2 * 4000 + 220);
        for (whole, left) in whole.iter().zip(&left) {
            assert!(*left == 0.0 || (left * 0.75 - whole).abs() < 1e-6, "{left} of {whole}");
        }
        let kept = left.iter().filter(|&&weight| weight > 0.0).count() as f64 / left.len() as f64;
        // Six standard deviations.
        let bound = 6.0 * (0.25 * 0.75 / left.len() as f64).sqrt();
        assert!((kept - 0.75).abs() < bound, "{kept} of {}", left.len());
        // The two directions of an edge are dropped apart: user 0's edges are the second to the 21st weight, and after all
        // users' every item's begin with that to user 0.
        let backward = (0..20).map(|item| left[200 * 21 + item * 201]);
        assert!(left[1..21].iter().zip(backward).any(|(there, back)| (*there == 0.0) != (back == 0.0)));
        assert_eq!(left, thinned(0.25, 0));
        assert_ne!(left, thinned(0.25, 1));
        assert_eq!(whole, thinned(0.0, 0));
    }
}
