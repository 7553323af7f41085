//! Recommenders composed of answers to the schema's questions. One file a question.

mod backbone;
mod bootstrap;
mod extraction;
mod fusion;
mod learned_graph;
mod modality;
mod objective;
mod pruning;
mod scoring;
mod similar_items;
#[cfg(test)]
mod tests;

use burn::tensor::Tensor;
use ndarray::Array2;

use self::backbone::{Backbone, Trip};
use self::bootstrap::Bootstrap;
use self::fusion::Fusion;
use self::modality::Modality;
use self::scoring::Scoring;
use super::loss::{bayesian_personalised_ranking, cross_entropy, mean};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, ModelError, Occasion, Parameter, Parameters, Recommender, Representation,
    Sampling, Setting,
};
use crate::schema::{Design, Initialisation, Loss, Regularised, Role, Space};
use crate::selection::{DistinctRows, Selection};

/// The recommender of a design.
///
/// Content is represented, modality by modality or jointly (*how*), and fused (*when*); with users' and items' own vectors
/// it travels along graphs, is scored, and scores are compared. BPR-MF, LightGCN, VBPR, LightGCN-M, LATTICE, FREEDOM and BM3
/// are designs.
pub struct Composed {
    design: Design,
    /// Users' and items' own vectors, `[users, factors]` and `[items, factors]`.
    identity: Option<(Parameter, Parameter)>,
    /// One joint representation, or one a modality that is represented.
    modalities: Vec<Modality>,
    /// Where content is scored.
    fusion: Option<Fusion>,
    backbone: Backbone,
    /// Which modalities of the specification join items.
    joining: Vec<usize>,
    scoring: Scoring,
    /// Where the loss is a bootstrap.
    bootstrap: Option<Bootstrap>,
    weights: LossWeights,
}

/// What each term of the loss counts.
struct LossWeights {
    regularisation: f64,
    by_modality: f64,
    content: f64,
    alignment: f64,
    temperature: f64,
}

/// What meets in a score: users `[users, width]`, and items `[items, width]` or, when `picked`, a batch's distinct items only.
#[derive(Clone)]
struct Part {
    user: Tensor<2>,
    item: Tensor<2>,
    picked: bool,
    /// Whether all items have length 1.
    unit: bool,
}

impl Composed {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let spec = setting.spec;
        let design = spec.design().cloned().unwrap_or_default();
        let factors = spec.count("factors");
        let features = setting.modalities()?;
        let identity = design.identity.then(|| {
            let mut table = |name, rows| match design.initialisation {
                Initialisation::XavierUniform => initialise.xavier_uniform(name, rows, factors),
                Initialisation::Normal => initialise.normal(name, rows, factors, 0.1),
            };
            (table("user", setting.problem.users), table("item", setting.problem.items))
        });
        let answers = &design;
        let playing = |role| {
            let features = features.iter().enumerate();
            features.filter(move |(_, (name, _))| answers.roles_of(name).contains(&role))
        };
        let names: Vec<&str> = match design.representation {
            Space::Joint => vec!["content"],
            Space::Coordinate => playing(Role::Scoring).map(|(_, (name, _))| name.as_str()).collect(),
        };
        let fusion = design.has(Role::Scoring).then(|| Fusion::new(&design, &names, setting, initialise));
        let modalities = Modality::of_design(&design, &features, setting, initialise)?;
        let (joining, joined): (_, Vec<_>) = playing(Role::EdgeWeights).unzip();
        if let Some((name, _)) = joined.iter().find(|(_, features)| features.ncols() == 0) {
            return Err(ModelError::NothingToJoinBy(name.clone()));
        }
        let backbone = Backbone::new(&design, &joined, setting, initialise);
        let own = identity.map(|_| factors);
        let content = fusion.iter().flat_map(|fusion| &fusion.widths).copied();
        let widths: Vec<usize> = own.into_iter().chain(content).collect();
        let scoring = Scoring::new(&design, &widths, factors, initialise);
        let weight = |name| spec.optional(name).unwrap_or(0.0);
        let bootstrap = match (design.loss, scoring.predictor) {
            (Loss::Bootstrap, Some(predictor)) => Some(Bootstrap {
                predictor,
                dropout: weight("dropout"),
                content_weight: weight("content-weight"),
            }),
            _ => None,
        };
        let weights = LossWeights {
            regularisation: weight("regularisation"),
            by_modality: weight("modal-weight"),
            content: weight("content-weight"),
            alignment: weight("alignment-weight"),
            temperature: spec.optional("temperature").unwrap_or(1.0),
        };
        Ok(Self { design, identity, modalities, fusion, backbone, joining, scoring, bootstrap, weights })
    }

    /// What meets in the score before any graph: users' and items' own vectors, and each modality's representation, where content
    /// is scored. `picked` tells whether these are of a batch's distinct items, and not of all.
    fn start(&self, parameters: &Parameters, content: &[Tensor<2>], picked: bool) -> Vec<Part> {
        let own = self.identity.map(|(user, item)| Part {
            user: parameters[user].clone(),
            item: parameters[item].clone(),
            picked: false,
            unit: false,
        });
        let scored = || self.playing(Role::Scoring, content);
        let content = self.fusion.iter().flat_map(|fusion| fusion.parts(parameters, scored(), picked));
        own.into_iter().chain(content).collect()
    }

    /// Each modality's representation of all items, `[items, factors]`, or of the picked ones only, `[picked, factors]`.
    fn content(&self, parameters: &Parameters, pick: Option<&Selection>) -> Vec<Tensor<2>> {
        self.modalities.iter().map(|modality| modality.represent(parameters, pick)).collect()
    }

    /// Those of `content`, one a modality, that have a role.
    fn playing(&self, role: Role, content: &[Tensor<2>]) -> Vec<Tensor<2>> {
        let content = self.modalities.iter().zip(content);
        content.filter(|(modality, _)| modality.has(role)).map(|(_, content)| content.clone()).collect()
    }

    /// The start for all items.
    fn start_of_all(&self, parameters: &Parameters) -> Vec<Part> {
        let content = match self.fusion {
            Some(_) => self.content(parameters, None),
            None => Vec::new(),
        };
        self.start(parameters, &content, false)
    }

    /// The representations of all items that a learned graph joins them by.
    fn joined(&self, parameters: &Parameters) -> Vec<Tensor<2>> {
        self.playing(Role::EdgeWeights, &self.content(parameters, None))
    }

    /// Whether a batch's items are all that is scored, and whose length costs.
    fn picks_items(&self) -> bool {
        self.backbone.is_none() && self.design.regularised != Regularised::Lengths
    }

    /// Whether the loss meets content item by item.
    fn sees_items_of_batch(&self) -> bool {
        let in_score = self.picks_items() && self.fusion.is_some();
        let in_loss = self.design.has(Role::AuxiliaryLoss) || self.design.has(Role::LossOnly);
        in_score || in_loss || self.design.alignment || self.bootstrap.is_some()
    }

    /// `λ · Σ_m BPR(u, z_m[i⁺], z_m[i⁻])`: every modality ranks alone. `content` is of a batch's distinct items here and below.
    fn ranking_by_modality(
        &self,
        content: Vec<Tensor<2>>,
        own: &Part,
        batch: &Batch,
        items: &DistinctRows,
    ) -> Option<LossTerm> {
        let by_modality = content.into_iter().map(|content| {
            let scores = batch.users.dot(&items.spread, own.user.clone(), content);
            bayesian_personalised_ranking(scores, self.weights.by_modality)
        });
        Some(("ranking by modality", by_modality.reduce(|sum, term| sum + term)?))
    }

    /// `λ · Σ_m (1 − mean cosine of z_m and the item)`.
    fn content_alignment(
        &self,
        content: Vec<Tensor<2>>,
        own: &Part,
        items: &DistinctRows,
    ) -> Option<LossTerm> {
        let item = unit_rows(items.pick.of(own.item.clone()));
        let of_modality = content.into_iter().map(|content| {
            let cosine = items.spread.dot(&items.spread, unit_rows(content), item.clone());
            mean(cosine, -self.weights.content) + self.weights.content
        });
        Some(("content alignment", of_modality.reduce(|sum, term| sum + term)?))
    }

    /// InfoNCE between an item's modalities.
    fn contrast(&self, content: &[Tensor<2>]) -> Option<LossTerm> {
        let contrast = objective::alignment(content, self.weights.temperature)?;
        Some(("alignment of modalities", contrast * self.weights.alignment))
    }
}

impl Recommender for Composed {
    fn sampling(&self) -> Sampling {
        self.design.sampling
    }

    fn observed(&self, parameters: &Parameters) -> Vec<Tensor<2>> {
        match self.backbone.observed(parameters) {
            None => Vec::new(),
            Some(logits) => self.joined(parameters).into_iter().chain([logits]).collect(),
        }
    }

    fn renew(&mut self, occasion: Occasion, observed: Vec<Array2<f32>>) {
        self.backbone.renew(occasion, observed);
    }

    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let distinct = self.sees_items_of_batch().then(|| batch.items.distinct());
        let items = distinct.as_ref();
        let content = match items {
            Some(items) => self.content(parameters, Some(&items.pick)),
            None => Vec::new(),
        };
        let learns = self.backbone.learns_at(batch.moment.step);
        let similar = learns.then(|| self.backbone.learned(parameters, &self.joined(parameters))).flatten();
        let start = match self.picks_items() {
            true => self.start(parameters, &content, true),
            false => self.start_of_all(parameters),
        };
        let end = self.backbone.travel(&start, Trip::Training, similar.as_ref());

        let mut terms = Vec::new();
        match (&self.bootstrap, items, end.first()) {
            (Some(bootstrap), Some(items), Some(own)) => {
                let taught = self.playing(Role::LossOnly, &content);
                terms.extend(bootstrap.terms(parameters, own, &taught, batch, items));
            }
            _ => {
                let scores = self.scoring.of_pairs(parameters, &end, batch, items);
                terms.extend(scores.map(|scores| match self.design.loss {
                    Loss::CrossEntropy => ("cross-entropy", cross_entropy(scores)),
                    Loss::Bpr | Loss::Bootstrap => ("ranking", bayesian_personalised_ranking(scores, 1.0)),
                }));
            }
        }
        if let (Some(items), Some(own)) = (items, end.first()) {
            if self.design.has(Role::AuxiliaryLoss) {
                let ranking = self.playing(Role::AuxiliaryLoss, &content);
                terms.extend(self.ranking_by_modality(ranking, own, batch, items));
            }
            if self.design.has(Role::LossOnly) && self.bootstrap.is_none() {
                terms.extend(self.content_alignment(self.playing(Role::LossOnly, &content), own, items));
            }
            if self.design.alignment {
                terms.extend(self.contrast(&content));
            }
        }
        let (which, lambda) = (self.design.regularised, self.weights.regularisation);
        let norms = objective::regularisation(which, lambda, (&start, &end), batch, items);
        terms.extend(norms.map(|norms| ("regularisation", norms)));
        terms
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        let start = self.start_of_all(parameters);
        let end = self.backbone.travel(&start, Trip::Evaluation, None);
        self.scoring.represent(parameters, &end)
    }

    fn represent_weighed(&self, parameters: &Parameters, emphasis: &[f64]) -> Option<Representation> {
        let content: Vec<_> = match self.fusion {
            Some(_) => self.modalities.iter().map(|one| one.weighed(parameters, emphasis)).collect(),
            None => Vec::new(),
        };
        let start = self.start(parameters, &content, false);
        let joining = self.joining.iter().map(|&nth| emphasis.get(nth).copied().unwrap_or(1.0) as f32);
        let similar = self.backbone.weighed(parameters, &self.joined(parameters), joining.collect());
        let end = self.backbone.travel(&start, Trip::Evaluation, similar.as_ref());
        Some(self.scoring.represent(parameters, &end))
    }
}
