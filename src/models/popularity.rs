//! The two baselines with nothing to learn.

use burn::tensor::{DType, Tensor, TensorData};

use super::{Batch, LossTerm, Parameters, Recommender, Representation, Setting};

/// Everybody gets what most people took.
pub struct MostPop {
    /// `[users, 1]`, all ones.
    users: Tensor<2>,
    /// `[items, 1]`: train interactions.
    items: Tensor<2>,
}

impl MostPop {
    pub fn new(setting: &Setting<'_>) -> Self {
        let popularity: Vec<f32> = setting.problem.popularity().iter().map(|&count| count as f32).collect();
        let items = TensorData::new(popularity, [setting.problem.items, 1]);
        Self {
            users: Tensor::ones([setting.problem.users, 1], (setting.device, DType::F32)),
            items: Tensor::from_data(items, (setting.device, DType::F32)),
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
