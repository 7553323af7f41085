use burn::tensor::{Device, Tensor};
use ndarray::Array2;

use super::fine_tuned::FineTuned;
use super::learned_graph::{LearnedGraph, normalised};
use super::loss::{bayesian_personalised_ranking, l2_of_batch};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, ItemGraph, LossTerm, ModelError, Occasion, Parameter, Parameters, Recommender,
    Representation, Sampling, Setting, UserItemGraph,
};
use crate::sparse::{SparseMatrix, nearest_neighbours};
use crate::transfer::upload_matrix;

/// LATTICE (reference 4.9): `score = u · i`, where u and i are layers of the user–item graph, and i also collects the
/// vectors of items with similar content, along a graph that is learned.
///
/// Which items are similar is settled before the first step of every epoch. That step alone has gradients for the graph's
/// values; the epoch's others take them as they were. Â is `D⁻¹ (A + I) D⁻¹` with rows of length 1 after every layer, as
/// in the paper's benchmark; the original has `D⁻¹ (A + I)` and no such lengths.
pub struct Lattice {
    user: Parameter,
    item: Parameter,
    modalities: Vec<FineTuned>,
    /// `[1, modalities]`.
    logits: Parameter,
    /// Â.
    graph: UserItemGraph,
    /// S̃_m.
    fixed: Vec<SparseMatrix>,
    learned: LearnedGraph,
    /// The learned graph as it was when it was made.
    similar: ItemGraph,
    neighbours: usize,
    fixed_share: f64,
    layers: usize,
    item_layers: usize,
    regularisation: f64,
    device: Device,
}

impl Lattice {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let (spec, device) = (setting.spec, setting.device);
        let (factors, neighbours) = (spec.count("factors"), spec.count("neighbours"));
        let fixed_share = spec.hyper_parameter("fixed-share");
        let features = setting.modalities()?;
        let nearest: Vec<SparseMatrix> =
            features.iter().map(|(_, raw)| nearest_neighbours(raw.view(), neighbours)).collect();
        let fixed: Vec<SparseMatrix> = nearest.iter().map(normalised).collect();
        // Their softmax are the weights. A weight of 0 has no logarithm; a millionth does as well.
        let weights = spec.modality_weights();
        let logits =
            Array2::from_shape_fn((1, weights.len()), |(_, nth)| libm::log(weights[nth].max(1e-6)) as f32);
        // Until the first is learned, the raw features make the graph.
        let learned = LearnedGraph::new(&nearest, &fixed, fixed_share, device);
        let raw: Vec<_> = features.iter().map(|(_, raw)| upload_matrix(raw, device)).collect();
        let similar = learned.of(&raw, upload_matrix(&logits, device));
        Ok(Self {
            user: initialise.xavier_uniform("user", setting.problem.users, factors),
            item: initialise.xavier_uniform("item", setting.problem.items, factors),
            modalities: FineTuned::of_each(&features, factors, initialise, Initialiser::linear),
            logits: initialise.given("modality-logits", &logits),
            graph: UserItemGraph::divided_twice_with_self(setting.interactions(), device),
            fixed,
            learned,
            similar,
            neighbours,
            fixed_share,
            layers: spec.count("layers"),
            item_layers: spec.count("item-layers"),
            regularisation: spec.hyper_parameter("regularisation"),
            device: device.clone(),
        })
    }

    /// `P_m X_m` by modality, each `[items, factors]`.
    fn content(&self, parameters: &Parameters) -> Vec<Tensor<2>> {
        self.modalities.iter().map(|modality| modality.project(parameters)).collect()
    }

    /// Users `[users, factors]` and items `[items, factors]`: the mean of the layers `E^(l+1) = l2n(Â E^l)`, and for
    /// items `l2n(G^n G_i)` added.
    fn propagate(&self, parameters: &Parameters, similar: &ItemGraph) -> (Tensor<2>, Tensor<2>) {
        let (mut user, mut item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let collected = unit_rows(similar.propagate(item.clone(), self.item_layers));
        let (mut user_sum, mut item_sum) = (user.clone(), item.clone());
        for _ in 0..self.layers {
            (user, item) = self.graph.step(user, item);
            (user, item) = (unit_rows(user), unit_rows(item));
            user_sum = user_sum + user.clone();
            item_sum = item_sum + item.clone();
        }
        let share = 1.0 / (self.layers + 1) as f64;
        (user_sum * share, item_sum * share + collected)
    }
}

impl Recommender for Lattice {
    fn sampling(&self) -> Sampling {
        Sampling::DistinctUsers
    }

    fn observed(&self, parameters: &Parameters) -> Vec<Tensor<2>> {
        let mut observed = self.content(parameters);
        observed.push(parameters[self.logits].clone());
        observed
    }

    fn renew(&mut self, _: Occasion, mut observed: Vec<Array2<f32>>) {
        let Some(logits) = observed.pop() else { return };
        let nearest: Vec<SparseMatrix> =
            observed.iter().map(|content| nearest_neighbours(content.view(), self.neighbours)).collect();
        let content: Vec<_> = observed.iter().map(|content| upload_matrix(content, &self.device)).collect();
        self.learned = LearnedGraph::new(&nearest, &self.fixed, self.fixed_share, &self.device);
        self.similar = self.learned.of(&content, upload_matrix(&logits, &self.device));
    }

    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let similar = match batch.moment.step {
            0 => self.learned.of(&self.content(parameters), parameters[self.logits].clone()),
            _ => self.similar.clone(),
        };
        let (user, item) = self.propagate(parameters, &similar);
        let scores = batch.scores(user.clone(), item.clone());
        let norms = l2_of_batch(batch, user, item, self.regularisation);
        vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![self.propagate(parameters, &self.similar)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, gradient, total};

    const CONTENT: [&str; 3] = ["visual-features", "textual-projection", "modality-logits"];

    #[test]
    fn only_the_first_step_of_an_epoch_teaches_the_graph() {
        let trial = Trial::on_noise("lattice", &[("factors", 8.0), ("neighbours", 3.0)]);
        let (recommender, parameters, first) = trial.ready(0);
        let later = trial.ready(1).2;
        let losses = [&first, &later].map(|batch| total(&recommender.loss(&parameters, batch)));
        assert!((losses[0] - losses[1]).abs() < 1e-6, "{losses:?}");
        for name in CONTENT {
            assert!(gradient(recommender.as_ref(), &parameters, &first, name) > 1e-8, "{name}");
            assert_eq!(gradient(recommender.as_ref(), &parameters, &later, name), 0.0, "{name}");
        }
    }

    #[test]
    fn a_fixed_graph_alone_teaches_content_nothing() {
        let settings = [("factors", 8.0), ("neighbours", 3.0), ("fixed-share", 1.0)];
        let (recommender, parameters, batch) = Trial::on_noise("lattice", &settings).ready(0);
        for name in &CONTENT[..2] {
            assert_eq!(gradient(recommender.as_ref(), &parameters, &batch, name), 0.0, "{name}");
        }
    }
}
