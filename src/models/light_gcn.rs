use burn::tensor::Tensor;

use super::loss::{bayesian_personalised_ranking, l2_of_batch};
use super::{
    Batch, Initialiser, LossTerm, Parameter, Parameters, Recommender, Representation, Setting, UserItemGraph,
};

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

impl LightGcn {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let factors = setting.spec.count("factors");
        Self {
            user: initialise.normal("user", setting.problem.users, factors, 0.1),
            item: initialise.normal("item", setting.problem.items, factors, 0.1),
            graph: UserItemGraph::symmetric(setting.interactions(), setting.device),
            layers: setting.spec.count("layers"),
            regularisation: setting.spec.hyper_parameter("regularisation"),
        }
    }

    /// Users `[users, factors]` and items `[items, factors]` after all layers.
    fn propagate(&self, parameters: &Parameters) -> (Tensor<2>, Tensor<2>) {
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        self.graph.mean_of_layers(user, item, self.layers)
    }
}

impl Recommender for LightGcn {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (user, item) = self.propagate(parameters);
        let scores = batch.scores(user, item);
        // Of the vectors before the first layer.
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let norms = l2_of_batch(batch, user, item, self.regularisation);
        vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![self.propagate(parameters)])
    }
}
