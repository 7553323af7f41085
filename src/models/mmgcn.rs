use burn::tensor::Tensor;

use super::loss::{bayesian_personalised_ranking, mean_square, row_dot, squares};
use super::rows::{leaky, unit_rows};
use super::{
    Batch, Initialiser, LossTerm, ModelError, Parameter, Parameters, Recommender, Representation, Sampling,
    Setting, UserItemGraph,
};
use crate::transfer::upload_matrix;

/// The modality whose features are projected first, and whose preferences are regularised.
const PICTURES: &str = "visual";

/// MMGCN (reference 4.7): one graph network a modality, `score = e_u · e_i` with e the mean of their last layers.
///
/// The published code ranks with the vectors of the last training batch; here they are computed anew.
pub struct Mmgcn {
    user: Parameter,
    item: Parameter,
    networks: Vec<Network>,
    /// The one preference table that is regularised: that for pictures, or else the first.
    regularised: Option<Parameter>,
    /// Every node receives the mean of its neighbours.
    graph: UserItemGraph,
    regularisation: f64,
}

/// A vector for every user and every item, `[users, dim]` and `[items, dim]`; or for those of a batch's pairs, both
/// `[pairs, dim]`.
type Nodes = (Tensor<2>, Tensor<2>);

/// What users and items are apart from any modality.
struct Identity {
    all: Nodes,
    /// Of the wanted rows of the last layer only.
    wanted: Nodes,
}

/// Which rows of the last layer are needed.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    All,
    Pairs(&'a Batch),
}

impl Wanted<'_> {
    /// `[users, dim]` and `[items, dim]` to the wanted rows of them.
    fn of(self, (user, item): Nodes) -> Nodes {
        match self {
            Self::All => (user, item),
            Self::Pairs(batch) => (batch.users.of(user), batch.items.of(item)),
        }
    }
}

impl Mmgcn {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let factors = setting.spec.count("factors");
        let user = initialise.xavier_uniform("user", setting.problem.users, factors);
        let item = initialise.xavier_uniform("item", setting.problem.items, factors);
        let (mut networks, mut regularised) = (Vec::new(), None);
        for (name, features) in setting.modalities()? {
            let features = upload_matrix(&features, setting.device);
            let network = Network::new(setting, initialise, &name, features);
            if regularised.is_none() || name == PICTURES {
                regularised = Some(network.preference);
            }
            networks.push(network);
        }
        Ok(Self {
            user,
            item,
            networks,
            regularised,
            graph: UserItemGraph::mean(setting.interactions(), setting.device),
            regularisation: setting.spec.hyper_parameter("regularisation"),
        })
    }

    /// The mean over modalities of the last layer's wanted rows, where each modality counts as much as the others or
    /// `emphasis` times that. Nothing where there are no modalities.
    fn propagate(
        &self,
        parameters: &Parameters,
        wanted: Wanted<'_>,
        emphasis: Option<&[f64]>,
    ) -> Option<Nodes> {
        let all = (parameters[self.user].clone(), parameters[self.item].clone());
        let identity = Identity { wanted: wanted.of(all.clone()), all };
        let of_each = |(nth, network): (usize, &Network)| {
            let (user, item) = network.propagate(parameters, &self.graph, &identity, wanted);
            match emphasis.and_then(|emphasis| emphasis.get(nth)) {
                Some(&times) => (user * times, item * times),
                None => (user, item),
            }
        };
        let last = self.networks.iter().enumerate().map(of_each);
        let (user, item) = last.reduce(|(users, items), (user, item)| (users + user, items + item))?;
        let share = 1.0 / self.networks.len() as f64;
        Some((user * share, item * share))
    }
}

impl Recommender for Mmgcn {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let Some((user, item)) = self.propagate(parameters, Wanted::Pairs(batch), None) else {
            return Vec::new();
        };
        // λ · (the mean of G_u² + G_i² over pairs and factors + the mean of Q²).
        let identity = mean_square(&batch.users, parameters[self.user].clone(), self.regularisation)
            + mean_square(&batch.items, parameters[self.item].clone(), self.regularisation);
        let preference = self.regularised.iter().map(|&table| parameters[table].clone());
        let of_all = |table: Tensor<2>| {
            let count = table.shape().num_elements();
            squares(table, self.regularisation / count as f64)
        };
        let norms = preference.map(of_all).fold(identity, |sum, next| sum + next);
        let scores = row_dot(user, item);
        vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(self.propagate(parameters, Wanted::All, None).into_iter().collect())
    }

    /// Each modality's vectors are multiplied, of users and of items; a score is their product.
    fn represent_weighed(&self, parameters: &Parameters, emphasis: &[f64]) -> Option<Representation> {
        let nodes = self.propagate(parameters, Wanted::All, Some(emphasis));
        Some(Representation::dot(nodes.into_iter().collect()))
    }

    fn sampling(&self) -> Sampling {
        Sampling::Interactions
    }
}

/// The graph network of one modality. Its first layer is as wide as the modality, the others as the identities.
struct Network {
    /// What users prefer in this modality, Q: `[users, width]`.
    preference: Parameter,
    /// `[items, width]`, unit rows; or `[items, dim]`, the features before the projection.
    features: Tensor<2>,
    projection: Option<Linear>,
    layers: Vec<Layer>,
}

impl Network {
    /// `features` is `[items, dim]`.
    fn new(setting: &Setting<'_>, initialise: &mut Initialiser, name: &str, features: Tensor<2>) -> Self {
        let (factors, dim) = (setting.spec.count("factors"), features.dims()[1]);
        let width = match setting.spec.count("visual-factors") {
            width @ 1.. if name == PICTURES => Some(width),
            _ => None,
        };
        let projection = width.map(|width| {
            let (weight, bias) = (format!("{name}-projection"), format!("{name}-projection-bias"));
            let (weight, bias) = initialise.linear(weight, bias, dim, width);
            Linear { weight, bias }
        });
        let width = width.unwrap_or(dim);
        let layers = (0..setting.spec.count("layers")).map(|layer| {
            let width = if layer == 0 { width } else { factors };
            Layer::new(initialise, &format!("{name}-{layer}"), width, factors)
        });
        Self {
            layers: layers.collect(),
            preference: initialise.xavier_uniform(format!("{name}-preference"), setting.problem.users, width),
            // Nothing is learned before them, so they are made unit rows once.
            features: if projection.is_none() { unit_rows(features) } else { features },
            projection,
        }
    }

    /// The wanted rows of the last layer.
    fn propagate(
        &self,
        parameters: &Parameters,
        graph: &UserItemGraph,
        identity: &Identity,
        wanted: Wanted<'_>,
    ) -> Nodes {
        let features = self.features.clone();
        let mut nodes = (
            unit_rows(parameters[self.preference].clone()),
            match &self.projection {
                Some(projection) => unit_rows(projection.of(parameters, features)),
                None => features,
            },
        );
        for (nth, layer) in self.layers.iter().enumerate() {
            nodes = match nth + 1 == self.layers.len() {
                true => layer.propagate(parameters, graph, nodes, &identity.wanted, wanted),
                false => layer.propagate(parameters, graph, nodes, &identity.all, Wanted::All),
            };
        }
        nodes
    }
}

/// x ← leaky(g h + leaky(L x) + id), where h = leaky(mean over neighbours of W x).
struct Layer {
    /// W, `[width, width]`.
    message: Parameter,
    /// L, `[width, factors]`.
    own: Linear,
    /// g, `[width, factors]`.
    received: Linear,
}

impl Layer {
    fn new(initialise: &mut Initialiser, name: &str, width: usize, factors: usize) -> Self {
        Self {
            message: initialise.xavier_uniform(format!("{name}-message"), width, width),
            own: Linear::xavier(initialise, &format!("{name}-own"), width, factors),
            received: Linear::xavier(initialise, &format!("{name}-received"), width, factors),
        }
    }

    /// From all nodes, `width` wide, to the wanted ones, `factors` wide, which have these identities.
    ///
    /// W is applied on the items' side both ways, to what items send and to what they received: there are fewer of them.
    fn propagate(
        &self,
        parameters: &Parameters,
        graph: &UserItemGraph,
        (user, item): Nodes,
        identity: &Nodes,
        wanted: Wanted<'_>,
    ) -> Nodes {
        let message = parameters[self.message].clone();
        let by_user = graph.to_users(item.clone().matmul(message.clone()));
        let by_item = graph.to_items(user.clone());
        let (by_user, by_item) = wanted.of((by_user, by_item));
        let by_item = by_item.matmul(message);
        let (user, item) = wanted.of((user, item));
        let (user_identity, item_identity) = identity.clone();
        (
            self.combine(parameters, user, by_user, user_identity),
            self.combine(parameters, item, by_item, item_identity),
        )
    }

    /// Own vectors and messages `[rows, width]`, identities `[rows, factors]`, to `[rows, factors]`.
    fn combine(
        &self,
        parameters: &Parameters,
        own: Tensor<2>,
        received: Tensor<2>,
        identity: Tensor<2>,
    ) -> Tensor<2> {
        let received = self.received.of(parameters, leaky(received));
        leaky(received + leaky(self.own.of(parameters, own)) + identity)
    }
}

/// Weight `[inputs, outputs]` and bias `[1, outputs]`.
struct Linear {
    weight: Parameter,
    bias: Parameter,
}

impl Linear {
    /// The weight by Xavier, the bias U(−1/√inputs, 1/√inputs).
    fn xavier(initialise: &mut Initialiser, name: &str, inputs: usize, outputs: usize) -> Self {
        let bound = 1.0 / (inputs as f64).sqrt();
        Self {
            weight: initialise.xavier_uniform(name, inputs, outputs),
            bias: initialise.uniform(format!("{name}-bias"), 1, outputs, bound),
        }
    }

    /// `[rows, inputs]` to `[rows, outputs]`.
    fn of(&self, parameters: &Parameters, rows: Tensor<2>) -> Tensor<2> {
        rows.matmul(parameters[self.weight].clone()) + parameters[self.bias].clone()
    }
}
