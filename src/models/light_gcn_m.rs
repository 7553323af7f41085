use burn::tensor::Tensor;

use super::fine_tuned::FineTuned;
use super::loss::{bayesian_personalised_ranking, l2_of_batch};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, ModelError, Parameter, Parameters, Recommender, Representation, Setting,
    UserItemGraph,
};

/// LightGCN-M (reference 4.4): LightGCN whose items start from their content, `z_i = Σ_m w_m l2n(P_m x_mi + b_m)`.
///
/// Items have no vector of their own; the features x start as given and are learned on. The weights w are equal
/// unless the specification says otherwise. The published code scores through a sigmoid, which changes no order but
/// ties large scores; it is left out.
pub struct LightGcnM {
    user: Parameter,
    modalities: Vec<FineTuned>,
    /// w, by modality.
    weights: Vec<f64>,
    graph: UserItemGraph,
    layers: usize,
    regularisation: f64,
}

impl LightGcnM {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let factors = setting.spec.count("factors");
        let user = initialise.xavier_uniform("user", setting.problem.users, factors);
        let features = setting.modalities()?;
        Ok(Self {
            user,
            modalities: FineTuned::of_each(&features, factors, initialise, Initialiser::linear),
            weights: setting.spec.modality_weights(),
            graph: UserItemGraph::symmetric(setting.interactions(), setting.device),
            layers: setting.spec.count("layers"),
            regularisation: setting.spec.hyper_parameter("regularisation"),
        })
    }

    /// Users `[users, factors]` and items `[items, factors]` after all layers. Nothing where there are no modalities.
    fn propagate(&self, parameters: &Parameters) -> Option<(Tensor<2>, Tensor<2>)> {
        let weighted = self.modalities.iter().zip(&self.weights);
        let content =
            |(modality, &weight): (&FineTuned, &f64)| unit_rows(modality.project(parameters)) * weight;
        let item = weighted.map(content).reduce(|sum, next| sum + next)?;
        Some(self.graph.mean_of_layers(parameters[self.user].clone(), item, self.layers))
    }
}

impl Recommender for LightGcnM {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let Some((user, item)) = self.propagate(parameters) else { return Vec::new() };
        let scores = batch.scores(user, item.clone());
        // Users as they start, items after all layers.
        let norms = l2_of_batch(batch, parameters[self.user].clone(), item, self.regularisation);
        vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(self.propagate(parameters).into_iter().collect())
    }
}
