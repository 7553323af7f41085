use burn::tensor::{Device, Tensor};
use ndarray::Array2;

use super::super::rows::{softmax, unit_rows};
use super::super::{Initialiser, ItemGraph, Occasion, Parameter, Parameters, Setting, UserItemGraph};
use super::Part;
use super::learned_graph::{LearnedGraph, normalised};
use super::pruning::prune;
use super::similar_items::{nearest_by_modality, similar_items};
use crate::random::{Stream, generator_of_step};
use crate::schema::{CheckedSpec, Design, ItemItem, UserItem};
use crate::sparse::{Pattern, SparseMatrix, nearest_neighbours};
use crate::transfer::{upload, upload_matrix};

/// The graphs along which users and items learn from each other before they meet.
pub struct Backbone {
    crowd: Option<Crowd>,
    similar: Similar,
}

/// The user–item graph.
struct Crowd {
    whole: UserItemGraph,
    /// What is left of it in this epoch.
    pruned: UserItemGraph,
    interactions: SparseMatrix,
    /// Whether every layer's vectors have length 1.
    unit: bool,
    layers: usize,
    drop: f64,
    seed: u32,
    device: Device,
}

/// The graph among items.
enum Similar {
    None,
    Itself,
    Frozen { graph: Box<Frozen>, layers: usize },
    Learned { graph: Box<Learned>, layers: usize },
}

/// Which items are similar is settled once.
struct Frozen {
    graph: ItemGraph,
    /// By modality, every item's nearest.
    nearest: Vec<SparseMatrix>,
    /// What each modality's graph counts.
    weights: Vec<f64>,
    device: Device,
}

/// Which items are similar is settled before the first step of every epoch. That step alone has gradients for the graph's
/// values; the epoch's others take them as they were (reference 4.9).
struct Learned {
    graph: LearnedGraph,
    /// The graph as it was when it was made.
    current: ItemGraph,
    /// By modality, the graph of the features as they came.
    fixed: Vec<SparseMatrix>,
    /// `[1, modalities]`, whose softmax is what each modality's graph counts.
    logits: Parameter,
    neighbours: usize,
    fixed_share: f64,
    device: Device,
}

/// What users and items travel along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trip {
    /// In training, this epoch's graph.
    Training,
    /// To be ranked, the whole graph.
    Evaluation,
}

impl Backbone {
    /// `features`, `[items, dim]` by name, are those of the modalities that say which items are alike.
    pub fn new(
        design: &Design,
        features: &[&(String, Array2<f32>)],
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Self {
        let spec = setting.spec;
        let crowd = (design.user_item_graph != UserItem::None).then(|| {
            let unit = design.user_item_graph == UserItem::UnitLayers;
            let interactions = setting.interactions();
            let whole = match unit {
                true => UserItemGraph::divided_twice_with_self(interactions.clone(), setting.device),
                false => UserItemGraph::symmetric(interactions.clone(), setting.device),
            };
            Crowd {
                pruned: whole.clone(),
                whole,
                interactions,
                unit,
                layers: spec.count("layers"),
                drop: spec.optional("drop").unwrap_or(0.0),
                seed: spec.seed,
                device: setting.device.clone(),
            }
        });
        let similar = match design.item_item_graph {
            ItemItem::None => Similar::None,
            ItemItem::Itself => Similar::Itself,
            ItemItem::Frozen => {
                let nearest = nearest_by_modality(features, spec.count("neighbours"));
                let weights = weights_of(features, spec);
                let (graph, device) = (frozen(&nearest, &weights, setting.device), setting.device.clone());
                let graph = Box::new(Frozen { graph, nearest, weights, device });
                Similar::Frozen { graph, layers: spec.count("item-layers") }
            }
            ItemItem::Learned => Similar::Learned {
                graph: Box::new(Learned::new(features, setting, initialise)),
                layers: spec.count("item-layers"),
            },
        };
        Self { crowd, similar }
    }

    /// Whether nothing travels, so that a batch's users and items are all that is needed.
    pub fn is_none(&self) -> bool {
        self.crowd.is_none() && matches!(self.similar, Similar::None)
    }

    /// The graph among items as it learns from `content`, each joined modality's representation of all items,
    /// `[items, factors]`.
    pub fn learned(&self, parameters: &Parameters, content: &[Tensor<2>]) -> Option<ItemGraph> {
        match &self.similar {
            Similar::Learned { graph, .. } => Some(graph.graph.of(content, graph.shares(parameters))),
            _ => None,
        }
    }

    /// The graph among items when each modality that joins them counts so many times what it does. `content` as in
    /// [`learned`](Self::learned).
    pub fn weighed(
        &self,
        parameters: &Parameters,
        content: &[Tensor<2>],
        emphasis: Vec<f32>,
    ) -> Option<ItemGraph> {
        match &self.similar {
            Similar::None | Similar::Itself => None,
            Similar::Frozen { graph, .. } => {
                let weights = graph.weights.iter().zip(&emphasis);
                let weights: Vec<f64> = weights.map(|(weight, &times)| weight * f64::from(times)).collect();
                Some(frozen(&graph.nearest, &weights, &graph.device))
            }
            Similar::Learned { graph, .. } => {
                let emphasis = upload(emphasis, [1, graph.fixed.len()], &graph.device);
                Some(graph.graph.of(content, graph.shares(parameters) * emphasis))
            }
        }
    }

    /// The parts after all graphs. `similar` takes the place of the graph among items, where there is one.
    pub fn travel(&self, start: &[Part], trip: Trip, similar: Option<&ItemGraph>) -> Vec<Part> {
        let of_part = |part: &Part| {
            let Part { user, item, .. } = part.clone();
            let collected = match &self.similar {
                Similar::None => None,
                Similar::Itself => Some(item.clone()),
                Similar::Frozen { graph, layers } => {
                    Some(similar.unwrap_or(&graph.graph).propagate(item.clone(), *layers))
                }
                Similar::Learned { graph, layers } => {
                    let graph = similar.unwrap_or(&graph.current);
                    Some(unit_rows(graph.propagate(item.clone(), *layers)))
                }
            };
            let (user, item) = match &self.crowd {
                None => (user, item),
                Some(crowd) => crowd.propagate(user, item, trip),
            };
            let item = match collected {
                None => item,
                Some(collected) => item + collected,
            };
            Part { user, item, picked: part.picked, unit: part.unit && self.is_none() }
        };
        start.iter().map(of_part).collect()
    }

    /// What a learned graph's next making has to see of its parameters.
    pub fn observed(&self, parameters: &Parameters) -> Option<Tensor<2>> {
        match &self.similar {
            Similar::Learned { graph, .. } => Some(parameters[graph.logits].clone()),
            _ => None,
        }
    }

    /// Whether a graph learns from content in this step of an epoch.
    pub fn learns_at(&self, step: u32) -> bool {
        matches!(self.similar, Similar::Learned { .. }) && step == 0
    }

    /// Makes anew what an epoch trains on, and the learned graph of `observed`: each modality's representation, and last the
    /// logits.
    pub fn renew(&mut self, occasion: Occasion, observed: Vec<Array2<f32>>) {
        if let (Some(crowd), Occasion::Epoch(epoch)) = (&mut self.crowd, occasion)
            && crowd.drop > 0.0
        {
            let mut generator = generator_of_step(crowd.seed, Stream::Dropout, epoch, 0, 0);
            let kept = prune(&crowd.interactions, crowd.drop, &mut generator);
            crowd.pruned = UserItemGraph::symmetric(kept, &crowd.device);
        }
        if let Similar::Learned { graph, .. } = &mut self.similar {
            graph.renew(observed);
        }
    }
}

impl Crowd {
    fn propagate(&self, user: Tensor<2>, item: Tensor<2>, trip: Trip) -> (Tensor<2>, Tensor<2>) {
        let graph = match trip {
            Trip::Training => &self.pruned,
            Trip::Evaluation => &self.whole,
        };
        match self.unit {
            true => graph.mean_of_unit_layers(user, item, self.layers),
            false => graph.mean_of_layers(user, item, self.layers),
        }
    }
}

/// The frozen graph of every item's nearest by modality.
fn frozen(nearest: &[SparseMatrix], weights: &[f64], device: &Device) -> ItemGraph {
    let (edges, weights) = Pattern::upload(&similar_items(nearest, weights), device);
    ItemGraph { edges, weights }
}

/// What each of these modalities weighs.
fn weights_of(features: &[&(String, Array2<f32>)], spec: &CheckedSpec) -> Vec<f64> {
    let names: Vec<&str> = features.iter().map(|(name, _)| name.as_str()).collect();
    spec.weights_of(&names)
}

impl Learned {
    fn new(features: &[&(String, Array2<f32>)], setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let (spec, device) = (setting.spec, setting.device);
        let (neighbours, fixed_share) = (spec.count("neighbours"), spec.hyper_parameter("fixed-share"));
        let nearest: Vec<SparseMatrix> =
            features.iter().map(|(_, raw)| nearest_neighbours(raw.view(), neighbours)).collect();
        let fixed: Vec<SparseMatrix> = nearest.iter().map(normalised).collect();
        // Their softmax are the weights. A weight of 0 has no logarithm; a millionth does as well.
        let weights = weights_of(features, spec);
        let logits =
            Array2::from_shape_fn((1, weights.len()), |(_, nth)| libm::log(weights[nth].max(1e-6)) as f32);
        // Until the first is learned, the raw features make the graph.
        let graph = LearnedGraph::new(&nearest, &fixed, fixed_share, device);
        let raw: Vec<_> = features.iter().map(|(_, raw)| upload_matrix(raw, device)).collect();
        let current = graph.of(&raw, softmax(upload_matrix(&logits, device)));
        let logits = initialise.given("modality-logits", &logits);
        Self { graph, current, fixed, logits, neighbours, fixed_share, device: device.clone() }
    }

    /// What each modality's graph counts, `[1, modalities]`. Logits stay near the logarithms of weights, so no power overflows.
    fn shares(&self, parameters: &Parameters) -> Tensor<2> {
        softmax(parameters[self.logits].clone())
    }

    fn renew(&mut self, mut observed: Vec<Array2<f32>>) {
        let Some(logits) = observed.pop() else { return };
        let nearest: Vec<SparseMatrix> =
            observed.iter().map(|content| nearest_neighbours(content.view(), self.neighbours)).collect();
        let content: Vec<_> = observed.iter().map(|content| upload_matrix(content, &self.device)).collect();
        self.graph = LearnedGraph::new(&nearest, &self.fixed, self.fixed_share, &self.device);
        self.current = self.graph.of(&content, softmax(upload_matrix(&logits, &self.device)));
    }
}
