use burn::tensor::Tensor;

use super::loss::{bayesian_personalised_ranking, row_dot, squared_norm};
use super::{Batch, Initialiser, LossTerm, Parameter, Parameters, Recommender, Representation, Setting};
use crate::sparse::{Pattern, SparseMatrix};

/// LightGCN (reference 4.3): vectors averaged with those of their neighbours, `score = e_u · e_i`.
///
/// The published code scores through a sigmoid, which changes no order but ties large scores; it is left out.
pub struct LightGcn {
    user: Parameter,
    item: Parameter,
    graph: UserItemGraph,
    layers: usize,
    regularisation: f64,
}

/// The block R̂ of `D^-½ A D^-½` that leads from items to users; its transpose leads back.
struct UserItemGraph {
    interactions: Pattern,
    weights: Tensor<1>,
}

impl LightGcn {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let factors = setting.spec.count("factors");
        let train = &setting.problem.train;
        let matrix = SparseMatrix::interactions(setting.problem.items, &train.start, &train.item);
        let (interactions, weights) = Pattern::upload(&matrix.normalised_by_both_degrees(), setting.device);
        Self {
            user: initialise.normal("user", setting.problem.users, factors, 0.1),
            item: initialise.normal("item", setting.problem.items, factors, 0.1),
            graph: UserItemGraph { interactions, weights },
            layers: setting.spec.count("layers"),
            regularisation: setting.spec.hyper_parameter("regularisation"),
        }
    }

    /// The mean of E⁰ … E^L for users `[users, factors]` and items `[items, factors]`.
    fn propagate(&self, parameters: &Parameters) -> (Tensor<2>, Tensor<2>) {
        let (mut user, mut item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let (mut user_sum, mut item_sum) = (user.clone(), item.clone());
        let UserItemGraph { interactions, weights } = &self.graph;
        for _ in 0..self.layers {
            let next_user = interactions.multiply(weights.clone(), item);
            item = interactions.multiply_transposed(weights.clone(), user);
            user = next_user;
            user_sum = user_sum + user.clone();
            item_sum = item_sum + item.clone();
        }
        let share = 1.0 / (self.layers + 1) as f64;
        (user_sum * share, item_sum * share)
    }
}

impl Recommender for LightGcn {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (user, item) = self.propagate(parameters);
        let scores = row_dot(batch.users.of(user), batch.items.of(item));
        // λ/2 · (Σ‖e⁰_u‖² + Σ‖e⁰_i⁺‖² + Σ‖e⁰_i⁻‖²) / B; each user stands in the batch twice.
        let norms = squared_norm(batch.users.of(parameters[self.user].clone())) * 0.5
            + squared_norm(batch.items.of(parameters[self.item].clone()));
        vec![
            ("ranking", bayesian_personalised_ranking(scores, batch.triples)),
            ("regularisation", norms * (0.5 * self.regularisation / batch.triples as f64)),
        ]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![self.propagate(parameters)])
    }
}
