//! The two baselines with nothing to learn.

use burn::tensor::Tensor;

use super::{Batch, LossTerm, Parameters, Recommender, Representation, Setting};
use crate::transfer::upload;

/// Everybody gets what most people took.
pub struct MostPop {
    /// `[users, 1]`, all ones.
    users: Tensor<2>,
    /// `[items, 1]`: train interactions.
    items: Tensor<2>,
}

impl MostPop {
    pub fn new(setting: &Setting<'_>) -> Self {
        let (users, items) = (setting.problem.users, setting.problem.items);
        let popularity: Vec<f32> = setting.problem.popularity().iter().map(|&count| count as f32).collect();
        Self {
            users: upload(vec![1.0; users], [users, 1], setting.device),
            items: upload(popularity, [items, 1], setting.device),
        }
    }
}

impl Recommender for MostPop {
    fn loss(&self, _: &Parameters, _: &Batch) -> Vec<LossTerm> {
        Vec::new()
    }

    fn represent(&self, _: &Parameters) -> Representation {
        Representation::dot(vec![(self.users.clone(), self.items.clone())])
    }
}

/// Everybody gets something by lot.
pub struct Random {
    seed: u32,
    users: usize,
    items: usize,
}

impl Random {
    pub fn new(setting: &Setting<'_>) -> Self {
        Self { seed: setting.spec.seed, users: setting.problem.users, items: setting.problem.items }
    }
}

impl Recommender for Random {
    fn loss(&self, _: &Parameters, _: &Batch) -> Vec<LossTerm> {
        Vec::new()
    }

    fn represent(&self, _: &Parameters) -> Representation {
        Representation::Random { seed: self.seed, users: self.users, items: self.items }
    }
}
