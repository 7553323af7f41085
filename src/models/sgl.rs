use burn::tensor::{Device, Tensor};
use ndarray::Array2;
use rand_chacha::ChaCha8Rng;

use super::loss::{bayesian_personalised_ranking, l2_of_batch, sum};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, Occasion, Parameter, Parameters, Recommender, Representation, Setting,
    UserItemGraph,
};
use crate::fused::log_sum_exp;
use crate::random::{Draw, Stream, generator_of_step};
use crate::selection::Selection;
use crate::sparse::SparseMatrix;

/// SGL with dropped edges (reference 4.6): LightGCN, and a contrast that wants a vector from one part of the graph to be
/// like its own from another part, and unlike everybody else's.
///
/// The losses are sums over the batch, as published.
pub struct Sgl {
    user: Parameter,
    item: Parameter,
    interactions: SparseMatrix,
    graph: UserItemGraph,
    /// The graph as this epoch's two draws leave it.
    views: [UserItemGraph; 2],
    layers: usize,
    drop: f64,
    temperature: f64,
    contrast: f64,
    regularisation: f64,
    seed: u32,
    device: Device,
}

impl Sgl {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let factors = setting.spec.count("factors");
        let interactions = setting.interactions();
        let graph = UserItemGraph::symmetric(interactions.clone(), setting.device);
        Self {
            user: initialise.xavier_uniform("user", setting.problem.users, factors),
            item: initialise.xavier_uniform("item", setting.problem.items, factors),
            interactions,
            views: [graph.clone(), graph.clone()],
            graph,
            layers: setting.spec.count("layers"),
            drop: setting.spec.hyper_parameter("drop"),
            temperature: setting.spec.hyper_parameter("temperature"),
            contrast: setting.spec.hyper_parameter("contrast"),
            regularisation: setting.spec.hyper_parameter("regularisation"),
            seed: setting.spec.seed,
            device: setting.device.clone(),
        }
    }

    /// Users `[users, factors]` and items `[items, factors]` after all layers.
    fn propagate(&self, parameters: &Parameters) -> (Tensor<2>, Tensor<2>) {
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        self.graph.mean_of_layers(user, item, self.layers)
    }
}

impl Recommender for Sgl {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (user, item) = self.propagate(parameters);
        let scores = batch.scores(user, item);
        // Only where the vectors of the views point counts, so the sum of the layers does as well as their mean.
        let [(user, item), (other_user, other_item)] = self.views.each_ref().map(|view| {
            let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
            view.sum_of_layers(user, item, self.layers)
        });
        let contrast = contrast(user, other_user, &batch.users, batch.triples, self.temperature)
            + contrast(item, other_item, &batch.items, batch.triples, self.temperature);
        // Of the vectors before the first layer; all terms are sums here, not means.
        let triples = batch.triples as f64;
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let norms = l2_of_batch(batch, user, item, self.regularisation * triples);
        vec![
            ("ranking", bayesian_personalised_ranking(scores, triples)),
            ("contrast", contrast * self.contrast),
            ("regularisation", norms),
        ]
    }

    /// From the whole graph.
    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![self.propagate(parameters)])
    }

    fn renew(&mut self, occasion: Occasion, _: Vec<Array2<f32>>) {
        if let Occasion::Epoch(epoch) = occasion {
            self.views = [0, 1].map(|nth| {
                let mut generator = generator_of_step(self.seed, Stream::Dropout, epoch, 0, nth);
                let left = without_some(&self.interactions, self.drop, &mut generator);
                UserItemGraph::symmetric(left, &self.device)
            });
        }
    }
}

/// `Σ_b log Σ_j exp((z_b · z'_j − z_b · z'_b) / τ)`, one element: b are the first `triples` of the selected rows, j all
/// rows, z and z' the unit vectors of `view` and `other`, both `[rows, factors]`. The reference does not say that they
/// have unit length; the paper compares by the cosine.
///
/// Unit vectors and the smallest temperature, 0.05, keep the exponents within ±20.
fn contrast(
    view: Tensor<2>,
    other: Tensor<2>,
    selection: &Selection,
    triples: usize,
    temperature: f64,
) -> Tensor<1> {
    let other = unit_rows(other);
    // Who was drawn several times is compared once, and counts as often.
    let (selection, times) = selection.counted(triples);
    let own = selection.of(other.clone());
    let view = unit_rows(selection.of(view)) * (1.0 / temperature);
    let with_own = view.clone() * own * times.clone();
    log_sum_exp(view, other, times) + sum(with_own, -1.0)
}

/// `interactions` without this share of the entries, drawn uniformly. One entry at least stays.
fn without_some(interactions: &SparseMatrix, share: f64, generator: &mut ChaCha8Rng) -> SparseMatrix {
    let count = interactions.entries();
    let dropped = (share * count as f64).round() as usize;
    let mut order: Vec<usize> = (0..count).collect();
    generator.shuffle(&mut order);
    let mut kept = vec![true; count];
    for &entry in order.iter().take(dropped.min(count.saturating_sub(1))) {
        kept[entry] = false;
    }
    interactions.keeping(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::generator;

    /// Ten users who each took the same four of five items.
    fn interactions() -> SparseMatrix {
        let start: Vec<u32> = (0..=10).map(|user| 4 * user).collect();
        SparseMatrix::interactions(5, &start, &[0, 1, 2, 3].repeat(10))
    }

    #[test]
    fn a_view_lacks_exactly_its_share_of_the_edges_and_any_edge_as_often() {
        let mut generator = generator(1, Stream::Dropout);
        let mut kept = [[0u32; 5]; 10];
        let draws = 4000;
        for _ in 0..draws {
            let left = without_some(&interactions(), 0.1, &mut generator);
            assert_eq!((left.rows(), left.columns, left.entries()), (10, 5, 36));
            for (user, kept) in kept.iter_mut().enumerate() {
                left.row(user).for_each(|(item, _)| kept[item as usize] += 1);
            }
        }
        for row in kept {
            for share in row[..4].iter().map(|&count| f64::from(count) / f64::from(draws)) {
                // Six standard deviations.
                assert!((share - 0.9).abs() < 0.029, "{share}");
            }
            assert_eq!(row[4], 0);
        }
    }

    #[test]
    fn nothing_is_dropped_at_no_rate_and_not_the_last_edge_at_any() {
        let mut generator = generator(2, Stream::Dropout);
        assert_eq!(without_some(&interactions(), 0.0, &mut generator), interactions());
        let single = SparseMatrix::interactions(1, &[0, 1], &[0]);
        assert_eq!(without_some(&single, 0.9, &mut generator), single);
    }
}
