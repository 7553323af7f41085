use burn::tensor::{Device, Tensor};
use ndarray::Array2;

use super::fine_tuned::FineTuned;
use super::loss::bayesian_personalised_ranking;
use super::{
    Batch, Initialiser, ItemGraph, LossTerm, ModelError, Occasion, Parameter, Parameters, Recommender,
    Representation, Sampling, Setting, UserItemGraph,
};
use crate::random::{Draw, Stream, generator_of_step};
use crate::sparse::{Pattern, SparseMatrix, nearest_neighbours};

/// FREEDOM (reference 4.11): `score = u · i`, where u and i are layers of the user–item graph, and i also collects the
/// vectors of items with similar content.
///
/// The graph of similar items is made once, of the raw features. Every epoch trains on a few edges of the user–item
/// graph, those of popular users and items the least likely. The features' trained copies only serve the loss.
pub struct Freedom {
    user: Parameter,
    item: Parameter,
    modalities: Vec<FineTuned>,
    similar: ItemGraph,
    interactions: SparseMatrix,
    graph: UserItemGraph,
    /// What this epoch trains on.
    pruned: UserItemGraph,
    drop: f64,
    layers: usize,
    item_layers: usize,
    modal_weight: f64,
    seed: u32,
    device: Device,
}

impl Freedom {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let spec = setting.spec;
        let factors = spec.count("factors");
        let features = setting.modalities()?;
        let similar = similar_items(&features, &spec.modality_weights(), spec.count("neighbours"));
        let (edges, weights) = Pattern::upload(&similar, setting.device);
        let interactions = setting.interactions();
        let graph = UserItemGraph::symmetric(interactions.clone(), setting.device);
        Ok(Self {
            user: initialise.xavier_uniform("user", setting.problem.users, factors),
            item: initialise.xavier_uniform("item", setting.problem.items, factors),
            modalities: FineTuned::of_each(&features, factors, initialise, Initialiser::linear),
            similar: ItemGraph { edges, weights },
            interactions,
            pruned: graph.clone(),
            graph,
            drop: spec.hyper_parameter("drop"),
            layers: spec.count("layers"),
            item_layers: spec.count("item-layers"),
            modal_weight: spec.hyper_parameter("modal-weight"),
            seed: spec.seed,
            device: setting.device.clone(),
        })
    }

    /// Users `[users, factors]` and items `[items, factors]`: the mean of the layers along `graph`, and for items
    /// `S^n G_i` added.
    fn propagate(&self, parameters: &Parameters, graph: &UserItemGraph) -> (Tensor<2>, Tensor<2>) {
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let similar = self.similar.propagate(item.clone(), self.item_layers);
        let (user, item) = graph.mean_of_layers(user, item, self.layers);
        (user, item + similar)
    }
}

impl Recommender for Freedom {
    fn sampling(&self) -> Sampling {
        Sampling::Interactions
    }

    fn renew(&mut self, occasion: Occasion, _: Vec<Array2<f32>>) {
        if let Occasion::Epoch(epoch) = occasion
            && self.drop > 0.0
        {
            let mut generator = generator_of_step(self.seed, Stream::Dropout, epoch, 0, 0);
            let kept = prune(&self.interactions, self.drop, &mut generator);
            self.pruned = UserItemGraph::symmetric(kept, &self.device);
        }
    }

    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let distinct = batch.items.distinct();
        let (user, item) = self.propagate(parameters, &self.pruned);
        let scores = batch.scores(user.clone(), item);
        // λ · Σ_m BPR(u, P_m X_m[i⁺], P_m X_m[i⁻])
        let by_modality = self.modalities.iter().map(|modality| {
            let content = modality.project_only(parameters, &distinct.pick);
            let scores = batch.users.dot(&distinct.spread, user.clone(), content);
            bayesian_personalised_ranking(scores, self.modal_weight)
        });
        let mut terms = vec![("ranking", bayesian_personalised_ranking(scores, 1.0))];
        if let Some(sum) = by_modality.reduce(|sum, term| sum + term) {
            terms.push(("ranking by modality", sum));
        }
        terms
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![self.propagate(parameters, &self.graph)])
    }
}

/// `S = Σ_m w_m N_m`, where each row of N_m is the mean of the item's `neighbours` nearest by modality m, itself
/// included: `[items, items]`. The published code divides by k + 10⁻⁷, which is the same to seven digits.
fn similar_items(modalities: &[(String, Array2<f32>)], weights: &[f64], neighbours: usize) -> SparseMatrix {
    let items = modalities.first().map_or(0, |(_, features)| features.nrows());
    let mut entries = Vec::new();
    for ((_, features), weight) in modalities.iter().zip(weights) {
        let nearest = nearest_neighbours(features.view(), neighbours);
        // A catalogue may have fewer than k items.
        let value = (weight / neighbours.min(items) as f64) as f32;
        entries.extend(nearest.iter().map(|(item, neighbour, _)| (item, neighbour, value)));
    }
    SparseMatrix::from_entries(items, items, entries)
}

/// The interactions that are left when `⌊E (1 − drop)⌋` of all E are kept, but at least one. They are drawn without
/// replacement, an edge between nodes of degrees d_u and d_i with weight `1 / √(d_u d_i)`: every edge waits for a time
/// that is exponential with this rate, and the first to come are kept.
fn prune(interactions: &SparseMatrix, drop: f64, generator: &mut impl Draw) -> SparseMatrix {
    let (of_user, of_item) = (interactions.row_sums(), interactions.column_sums());
    let mut waits: Vec<(f64, usize)> = interactions
        .iter()
        .enumerate()
        .map(|(edge, (user, item, _))| {
            let degrees = f64::from(of_user[user as usize]) * f64::from(of_item[item as usize]);
            (-libm::log(1.0 - generator.unit()) * degrees.sqrt(), edge)
        })
        .collect();
    waits.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let count = ((waits.len() as f64 * (1.0 - drop)) as usize).max(1);
    let mut kept = vec![false; waits.len()];
    for (_, edge) in waits.into_iter().take(count) {
        kept[edge] = true;
    }
    interactions.keeping(&kept)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::super::trial::{Trial, total};
    use super::*;
    use crate::random::generator;

    #[test]
    fn an_epoch_decides_what_it_trains_on_and_evaluation_sees_all() {
        let (recommender, parameters, batch) =
            &mut Trial::on_noise("freedom", &[("factors", 8.0), ("drop", 0.5)]).ready(0);
        let scores = |recommender: &dyn Recommender, parameters: &Parameters| {
            pollster::block_on(recommender.represent(parameters).scores(0..12)).unwrap()
        };
        let whole = scores(recommender.as_ref(), parameters);
        let losses = [0, 1, 0].map(|epoch| {
            recommender.renew(Occasion::Epoch(epoch), Vec::new());
            total(&recommender.loss(parameters, batch))
        });
        assert_eq!(losses[0], losses[2]);
        assert_ne!(losses[0], losses[1]);
        assert_eq!(whole, scores(recommender.as_ref(), parameters));
    }

    #[test]
    fn each_row_of_similar_items_is_a_mean() {
        let features = [
            ("visual".to_string(), array![[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.8], [0.0, 0.0]]),
            ("textual".to_string(), array![[1.0], [1.0], [1.0], [1.0], [1.0]]),
        ];
        for neighbours in [1, 3, 5, 100] {
            for (at, weights) in [(0, [1.0, 0.0]), (1, [0.0, 1.0]), (0, [0.1, 0.9])] {
                let graph = similar_items(&features, &weights, neighbours);
                assert!(graph.row_sums().iter().all(|sum| (sum - 1.0).abs() < 1e-6), "{neighbours}, {at}");
            }
        }
        let graph = similar_items(&features, &[1.0, 0.0], 2);
        assert_eq!(graph.row(0).filter(|entry| entry.1 > 0.0).collect::<Vec<_>>(), [(0, 0.5), (1, 0.5)]);
    }

    #[test]
    fn pruning_keeps_a_fixed_number_of_edges_and_spares_the_unpopular() {
        // Users 0 to 9 took item 0; user 0 took items 1 to 9 as well; user 10 took item 10 only.
        let mut entries: Vec<(u32, u32, f32)> = (0..10).map(|user| (user, 0, 1.0)).collect();
        entries.extend((1..10).map(|item| (0, item, 1.0)));
        entries.push((10, 10, 1.0));
        let interactions = SparseMatrix::from_entries(11, 11, entries);
        let mut generator = generator(1, Stream::Dropout);
        let mut times = [0u32; 3];
        for _ in 0..2000 {
            let kept = prune(&interactions, 0.75, &mut generator);
            assert_eq!(kept.entries(), 5);
            assert!(kept.iter().all(|edge| interactions.iter().any(|known| known == edge)));
            for (nth, edge) in [(10, 10), (5, 0), (0, 0)].into_iter().enumerate() {
                times[nth] += u32::from(kept.iter().any(|(user, item, _)| (user, item) == edge));
            }
        }
        // Of edges of weights 1, 1 / √10 and 1 / 10, drawn one after the other; simulated apart from this.
        for (found, share) in times.into_iter().map(f64::from).zip([0.581f64, 0.241, 0.084]) {
            let deviation = (2000.0 * share * (1.0 - share)).sqrt();
            assert!((found - 2000.0 * share).abs() < 4.0 * deviation, "{times:?}");
        }
    }

    #[test]
    fn pruning_never_leaves_nothing() {
        let one = SparseMatrix::interactions(2, &[0, 0, 1], &[1]);
        assert_eq!(prune(&one, 0.95, &mut generator(1, Stream::Dropout)), one);
    }
}
