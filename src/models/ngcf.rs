use burn::tensor::Tensor;
use ndarray::Array2;

use super::loss::{bayesian_personalised_ranking, l2_of_batch};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, NodeGraph, Occasion, Parameter, Parameters, Recommender, Representation,
    Sampling, Setting,
};
use crate::fused::leaky;
use crate::random::{Stream, generator_of_step};

/// The slope of LeakyReLU below zero.
const SLOPE: f32 = 0.2;
/// Tells the draw of what an epoch drops of the graph apart from the masks of its first step.
const GRAPH: u8 = u8::MAX;

/// NGCF (reference 4.5): in every layer a vector x and the mean s of its neighbours and itself become
/// `l2n(dropout(LeakyReLU(s W₁ + b₁ + (s ⊙ x) W₂ + b₂)))`; `score = e_u · e_i`, where e is all layers side by side.
///
/// The last batch of an epoch is as long as there are interactions left; the published code fills it up.
pub struct Ngcf {
    user: Parameter,
    item: Parameter,
    layers: Vec<Layer>,
    graph: NodeGraph,
    /// What this epoch's node dropout leaves of the graph.
    thinned: NodeGraph,
    message_dropout: f64,
    node_dropout: f64,
    regularisation: f64,
    seed: u32,
}

struct Layer {
    /// W₁ and W₂: `[factors, factors]`.
    sum_weight: Parameter,
    product_weight: Parameter,
    /// b₁ and b₂: `[1, factors]`.
    sum_bias: Parameter,
    product_bias: Parameter,
}

impl Layer {
    fn new(nth: usize, factors: usize, initialise: &mut Initialiser) -> Self {
        let mut draw = |name: &str, rows| initialise.xavier_uniform(format!("{name}-{nth}"), rows, factors);
        Self {
            sum_weight: draw("sum-weight", factors),
            sum_bias: draw("sum-bias", 1),
            product_weight: draw("product-weight", factors),
            product_bias: draw("product-bias", 1),
        }
    }

    /// `LeakyReLU(s W₁ + b₁ + (s ⊙ x) W₂ + b₂)` of vectors x and their neighbours' means s, all `[rows, factors]`.
    fn transform(&self, parameters: &Parameters, own: Tensor<2>, mean: Tensor<2>) -> Tensor<2> {
        let product = (mean.clone() * own).matmul(parameters[self.product_weight].clone());
        let bias = parameters[self.sum_bias].clone() + parameters[self.product_bias].clone();
        leaky(mean.matmul(parameters[self.sum_weight].clone()) + product + bias, SLOPE)
    }
}

impl Ngcf {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let factors = setting.spec.count("factors");
        let graph = NodeGraph::mean_with_self(&setting.interactions(), setting.device);
        Self {
            user: initialise.xavier_uniform("user", setting.problem.users, factors),
            item: initialise.xavier_uniform("item", setting.problem.items, factors),
            layers: (1..=setting.spec.count("layers"))
                .map(|nth| Layer::new(nth, factors, initialise))
                .collect(),
            thinned: graph.clone(),
            graph,
            message_dropout: setting.spec.hyper_parameter("message-dropout"),
            node_dropout: setting.spec.hyper_parameter("node-dropout"),
            regularisation: setting.spec.hyper_parameter("regularisation"),
            seed: setting.spec.seed,
        }
    }

    /// E⁰ … E^L side by side for users, `[users, factors · (L + 1)]`, and items, `[items, factors · (L + 1)]`. `drop`
    /// makes of what the nth layer gives, `[nodes, factors]`, what is left of it. Nodes are users and then items, so that
    /// each operation does for both.
    fn propagate(
        &self,
        parameters: &Parameters,
        graph: &NodeGraph,
        drop: impl Fn(usize, Tensor<2>) -> Tensor<2>,
    ) -> (Tensor<2>, Tensor<2>) {
        let tables = [self.user, self.item].map(|table| parameters[table].clone());
        let [users, items] = [&tables[0], &tables[1]].map(|table| table.dims()[0]);
        let mut nodes = Tensor::cat(tables.to_vec(), 0);
        let mut all = vec![nodes.clone()];
        for (nth, layer) in self.layers.iter().enumerate() {
            let mean = graph.step(nodes.clone());
            nodes = unit_rows(drop(nth, layer.transform(parameters, nodes, mean)));
            all.push(nodes.clone());
        }
        let all = Tensor::cat(all, 1);
        (all.clone().narrow(0, 0, users), all.narrow(0, users, items))
    }
}

impl Recommender for Ngcf {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let [users, items] = [self.user, self.item].map(|table| parameters[table].shape().num_elements());
        let dropout = batch.dropout(self.message_dropout, &vec![users + items; self.layers.len()]);
        let (user, item) = self.propagate(parameters, &self.thinned, |nth, rows| dropout.of(nth, rows));
        let scores = batch.scores(user.clone(), item.clone());
        let norms = l2_of_batch(batch, user, item, self.regularisation);
        vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)]
    }

    /// From the whole graph.
    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![self.propagate(parameters, &self.graph, |_, rows| rows)])
    }

    fn sampling(&self) -> Sampling {
        Sampling::DistinctUsers
    }

    fn renew(&mut self, occasion: Occasion, _: Vec<Array2<f32>>) {
        if let Occasion::Epoch(epoch) = occasion {
            let mut generator = generator_of_step(self.seed, Stream::Dropout, epoch, 0, GRAPH);
            self.thinned = self.graph.thinned(self.node_dropout, &mut generator);
        }
    }
}
