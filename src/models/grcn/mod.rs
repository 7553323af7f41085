mod edges;

use std::cell::RefCell;

use burn::tensor::Tensor;
use edges::Edges;

use super::loss::{bayesian_personalised_ranking, mean_square};
use super::rows::{larger, leaky, relu, unit_rows};
use super::{
    Batch, Initialiser, LossTerm, ModelError, Parameter, Parameters, Recommender, Representation, Sampling,
    Setting,
};
use crate::schema::Variant;
use crate::transfer::upload_matrix;

/// GRCN (reference 4.8): content decides what each interaction weighs in the graph along which vectors travel,
/// `score = ē_u · ē_i + Σ_m x_m,u · x_m,i`.
pub struct Grcn {
    user: Parameter,
    item: Parameter,
    /// How far users and items trust each modality, C: `[users, modalities]` and `[items, modalities]`.
    confidence: (Parameter, Parameter),
    modalities: Vec<Modality>,
    edges: Edges,
    layers: usize,
    routings: usize,
    regularisation: f64,
    content_regularisation: f64,
    /// As published, users and items are ranked as they were in the forward pass of the last training batch.
    last_batch: Option<RefCell<Option<Vec<Nodes>>>>,
}

/// A vector for every user and every item, `[users, dim]` and `[items, dim]`.
type Nodes = (Tensor<2>, Tensor<2>);

/// What every interaction weighs on the way to its user and on the way to its item, both `[edges]`.
type Weights = (Tensor<1>, Tensor<1>);

struct Modality {
    /// What users prefer, Q: `[users, modality factors]`.
    preference: Parameter,
    /// P: `[dim, modality factors]`.
    projection: Parameter,
    bias: Parameter,
    /// `[items, dim]`.
    features: Tensor<2>,
}

impl Grcn {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let (factors, width) = (setting.spec.count("factors"), setting.spec.count("modality-factors"));
        let (users, items) = (setting.problem.users, setting.problem.items);
        let user = initialise.xavier_uniform("user", users, factors);
        let item = initialise.xavier_uniform("item", items, factors);
        let modalities: Vec<_> = setting
            .modalities()?
            .into_iter()
            .map(|(name, features)| {
                let dim = features.ncols();
                let (weight, bias) = (format!("{name}-projection"), format!("{name}-projection-bias"));
                let (projection, bias) = initialise.linear(weight, bias, dim, width);
                Modality {
                    preference: initialise.xavier_uniform(format!("{name}-preference"), users, width),
                    projection,
                    bias,
                    features: upload_matrix(&features, setting.device),
                }
            })
            .collect();
        // One Xavier table of users and items, [users + items, modalities].
        let bound = (6.0 / (users + items + modalities.len()) as f64).sqrt();
        let confidence = (
            initialise.uniform("user-confidence", users, modalities.len(), bound),
            initialise.uniform("item-confidence", items, modalities.len(), bound),
        );
        let regularisation = setting.spec.hyper_parameter("regularisation");
        let as_published = setting.spec.variant == Variant::AsPublished;
        Ok(Self {
            user,
            item,
            confidence,
            modalities,
            edges: Edges::new(&setting.interactions(), as_published, setting.device),
            layers: setting.spec.count("layers"),
            routings: setting.spec.count("routings"),
            regularisation,
            // The published code leaves these norms without a weight.
            content_regularisation: if as_published { 1.0 } else { regularisation },
            last_batch: as_published.then(RefCell::default),
        })
    }

    /// The parts of which users and items are concatenated: ē, then each modality's x. With an emphasis, each modality's x of
    /// items and its attention count so many times what they do.
    fn forward(&self, parameters: &Parameters, emphasis: Option<&[f64]>) -> Vec<Nodes> {
        let refined = self.modalities.iter().map(|modality| self.refine(parameters, modality));
        let (mut content, mut attention): (Vec<Nodes>, Vec<Weights>) = refined.unzip();
        let weighed = content.iter_mut().zip(&mut attention).zip(emphasis.into_iter().flatten());
        for (((_, item), (by_user, by_item)), &times) in weighed {
            *item = item.clone() * times;
            (*by_user, *by_item) = (by_user.clone() * times, by_item.clone() * times);
        }
        let identity = self.weigh(parameters, attention).map(|weights| self.propagate(parameters, weights));
        identity.into_iter().chain(content).collect()
    }

    /// One modality's vectors, `[users, modality factors]` and `[items, modality factors]`, and its attention.
    fn refine(&self, parameters: &Parameters, modality: &Modality) -> (Nodes, Weights) {
        let projected = modality.features.clone().matmul(parameters[modality.projection].clone());
        let content = unit_rows(leaky(projected + parameters[modality.bias].clone()));
        let mut preference = unit_rows(parameters[modality.preference].clone());
        // Routing: preferences are drawn to those of the user's items that fit them; content stays.
        for _ in 0..self.routings {
            let logits = self.edges.logits(preference.clone(), content.clone());
            let attention = self.edges.softmax_by_user(logits);
            preference = unit_rows(self.edges.to_users_onto(preference, attention, content.clone()));
        }
        let logits = self.edges.logits(preference.clone(), content.clone());
        let by_user = self.edges.softmax_by_user(logits.clone());
        let by_item = self.edges.softmax_by_item(logits);
        let user = self.edges.to_users_onto(preference.clone(), by_user.clone(), content.clone());
        let item = self.edges.to_items_onto(content, by_item.clone(), preference);
        ((user, item), (by_user, by_item))
    }

    /// Every edge's weight: relu of the maximum over modalities of attention times the receiver's confidence. Nothing where
    /// there are no modalities.
    fn weigh(&self, parameters: &Parameters, attention: Vec<Weights>) -> Option<Weights> {
        let (by_user, by_item): (Vec<_>, Vec<_>) = attention.into_iter().unzip();
        let largest = |attention: Vec<Tensor<1>>, confidence: Tensor<2>| {
            let of_modality = |nth| confidence.clone().narrow(1, nth, 1);
            let weighted = attention.into_iter().enumerate();
            let weighted = weighted.map(|(nth, values)| values.unsqueeze_dim(1) * of_modality(nth));
            // The maximum of all, two at a time, and of zero.
            let largest = weighted.reduce(larger);
            largest.map(|largest| relu(largest).squeeze_dim(1))
        };
        Some((
            largest(by_user, self.edges.users_of(parameters[self.confidence.0].clone()))?,
            largest(by_item, self.edges.items_of(parameters[self.confidence.1].clone()))?,
        ))
    }

    /// ē = Σ e^l with e^(l+1) = l2n(A_α e^l): `[users, factors]` and `[items, factors]`.
    fn propagate(&self, parameters: &Parameters, (to_users, to_items): Weights) -> Nodes {
        let mut user = unit_rows(parameters[self.user].clone());
        let mut item = unit_rows(parameters[self.item].clone());
        let (mut user_sum, mut item_sum) = (user.clone(), item.clone());
        for _ in 0..self.layers {
            let next_user = unit_rows(self.edges.to_users(to_users.clone(), item.clone()));
            item = unit_rows(self.edges.to_items(to_items.clone(), user));
            user = next_user;
            user_sum = user_sum + user.clone();
            item_sum = item_sum + item.clone();
        }
        (user_sum, item_sum)
    }
}

impl Recommender for Grcn {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let parts = self.forward(parameters, None);
        if let Some(last_batch) = &self.last_batch {
            let detached = parts.iter().map(|(user, item)| (user.clone().inner(), item.clone().inner()));
            last_batch.replace(Some(detached.collect()));
        }
        let scores = parts.into_iter().map(|(user, item)| batch.scores(user, item));
        let Some(scores) = scores.reduce(|sum, next| sum + next) else { return Vec::new() };
        // The mean of G_u² + G_i² over pairs and factors.
        let norms = mean_square(&batch.users, parameters[self.user].clone(), self.regularisation)
            + mean_square(&batch.items, parameters[self.item].clone(), self.regularisation);
        let mut terms =
            vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)];
        let preferences = self.modalities.iter().map(|modality| parameters[modality.preference].clone());
        let squares =
            preferences.map(|preference| mean_square(&batch.users, preference, self.content_regularisation));
        if let Some(squares) = squares.reduce(|sum, next| sum + next) {
            terms.push(("content-regularisation", squares));
        }
        terms
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        let last_batch = self.last_batch.as_ref().and_then(|parts| parts.borrow().clone());
        Representation::dot(last_batch.unwrap_or_else(|| self.forward(parameters, None)))
    }

    /// Nothing as published: what is ranked is left of the last batch.
    fn represent_weighed(&self, parameters: &Parameters, emphasis: &[f64]) -> Option<Representation> {
        self.last_batch.is_none().then(|| Representation::dot(self.forward(parameters, Some(emphasis))))
    }

    fn represents_last_batch(&self) -> bool {
        self.last_batch.is_some()
    }

    fn sampling(&self) -> Sampling {
        Sampling::Interactions
    }
}
