use burn::tensor::Tensor;

use super::super::representation::{Representation, Scorer, fuse};
use super::super::rows::relu;
use super::super::{Batch, Initialiser, Parameter, Parameters};
use super::Part;
use crate::schema::{Design, Inference, Operator, When};
use crate::selection::{DistinctRows, Selection};

/// How parts become scores: all parts one, or with late fusion each one and then the scores one.
pub struct Scoring {
    /// What maps users and items before they are scored.
    pub predictor: Option<Predictor>,
    /// One, or with late fusion one a part.
    heads: Vec<Head>,
    /// What fuses the scores of content, when it is fused late.
    late: Option<Operator>,
    /// Whether the first part is no content; its score is added to that of content.
    identity: bool,
}

/// How users and items become a score (ρ in the schema).
enum Head {
    /// `Σ_p u_p · i_p`.
    DotProduct,
    /// `w · relu(Σ_p u_p A_p + i_p B_p + b)`.
    Perceptron {
        /// A and B by part, `[width, factors]` each.
        inputs: Vec<(Parameter, Parameter)>,
        /// b: `[1, factors]`.
        bias: Parameter,
        /// w: `[factors, 1]`.
        output: Parameter,
    },
}

/// R: a linear map of `factors` numbers to as many.
#[derive(Clone, Copy)]
pub struct Predictor {
    weight: Parameter,
    bias: Parameter,
}

impl Predictor {
    /// R of `[rows, factors]`: the same shape.
    pub fn of(self, parameters: &Parameters, rows: Tensor<2>) -> Tensor<2> {
        rows.matmul(parameters[self.weight].clone()) + parameters[self.bias].clone()
    }
}

impl Scoring {
    /// Of parts that are this wide.
    pub fn new(design: &Design, widths: &[usize], factors: usize, initialise: &mut Initialiser) -> Self {
        let late = (design.when == When::Late).then_some(design.operator);
        let at_once = if late.is_some() { 1 } else { widths.len().max(1) };
        let predictor = (design.inference == Inference::Predictor).then(|| {
            let (weight, bias) =
                initialise.linear_xavier_normal("predictor", "predictor-bias", factors, factors);
            Predictor { weight, bias }
        });
        let heads = widths.chunks(at_once).enumerate().map(|(nth, widths)| match design.inference {
            Inference::DotProduct | Inference::Predictor => Head::DotProduct,
            Inference::Perceptron => {
                let mut input = |side: &str, part: usize, width: usize| {
                    initialise.xavier_uniform(format!("perceptron-{nth}-{side}-{part}"), width, factors)
                };
                let inputs = widths.iter().enumerate();
                let inputs =
                    inputs.map(|(part, &width)| (input("user", part, width), input("item", part, width)));
                Head::Perceptron {
                    inputs: inputs.collect(),
                    bias: initialise.uniform(format!("perceptron-{nth}-bias"), 1, factors, 0.0),
                    output: initialise.xavier_uniform(format!("perceptron-{nth}-output"), factors, 1),
                }
            }
        });
        Self { predictor, heads: heads.collect(), late, identity: design.identity }
    }

    /// The scores of a batch's pairs, `[pairs]`. `distinct` are its distinct items, of which a part may have been picked.
    pub fn of_pairs(
        &self,
        parameters: &Parameters,
        parts: &[Part],
        batch: &Batch,
        distinct: Option<&DistinctRows>,
    ) -> Option<Tensor<1>> {
        let parts = self.predicted(parameters, parts);
        let items = |part: &Part| match distinct {
            Some(distinct) if part.picked => &distinct.spread,
            _ => &batch.items,
        };
        let scores = self.units(&parts).map(|(head, parts)| head.of_pairs(parameters, parts, batch, items));
        let mut scores: Vec<Tensor<1>> = scores.collect::<Option<_>>()?;
        let Some(operator) = self.late else { return scores.pop() };
        let content = scores.split_off(usize::from(self.identity)).into_iter();
        let content = content.reduce(|fused, next| fuse(fused, next, operator));
        scores.into_iter().chain(content).reduce(|own, content| own + content)
    }

    /// How users and items stand before the score.
    pub fn represent(&self, parameters: &Parameters, parts: &[Part]) -> Representation {
        let parts = self.predicted(parameters, parts);
        let mut scorers: Vec<_> =
            self.units(&parts).map(|(head, parts)| head.scorer(parameters, parts)).collect();
        if let Some(operator) = self.late {
            let content = scorers.split_off(usize::from(self.identity));
            scorers.extend(Scorer::fused(content, operator));
        }
        let scorer = Scorer::fused(scorers, Operator::Sum);
        Representation::Dense(scorer.unwrap_or_else(|| Scorer::dot(Vec::new())))
    }

    /// The parts as they meet: `R u` and `R i` where there is a predictor.
    fn predicted(&self, parameters: &Parameters, parts: &[Part]) -> Vec<Part> {
        let mut parts = parts.to_vec();
        if let Some(predictor) = self.predictor {
            for part in &mut parts {
                part.user = predictor.of(parameters, part.user.clone());
                part.item = predictor.of(parameters, part.item.clone());
            }
        }
        parts
    }

    fn units<'a>(&'a self, parts: &'a [Part]) -> impl Iterator<Item = (&'a Head, &'a [Part])> {
        let at_once = if self.late.is_some() { 1 } else { parts.len().max(1) };
        self.heads.iter().zip(parts.chunks(at_once))
    }
}

impl Head {
    fn of_pairs<'a>(
        &self,
        parameters: &Parameters,
        parts: &[Part],
        batch: &Batch,
        items: impl Fn(&Part) -> &'a Selection,
    ) -> Option<Tensor<1>> {
        match self {
            Self::DotProduct => {
                let dot = |part: &Part| batch.users.dot(items(part), part.user.clone(), part.item.clone());
                parts.iter().map(dot).reduce(|sum, next| sum + next)
            }
            Self::Perceptron { output, .. } => {
                let of_batch =
                    |part: &Part| (batch.users.of(part.user.clone()), items(part).of(part.item.clone()));
                let (user, item) = self.inputs(parameters, parts.iter().map(of_batch))?;
                Some(relu(user + item).matmul(parameters[*output].clone()).squeeze_dim(1))
            }
        }
    }

    /// For all users and items.
    fn scorer(&self, parameters: &Parameters, parts: &[Part]) -> Scorer {
        let tables = parts.iter().map(|part| (part.user.clone(), part.item.clone()));
        match self {
            Self::DotProduct => Scorer::dot(tables.collect()),
            Self::Perceptron { output, .. } => match self.inputs(parameters, tables) {
                None => Scorer::dot(Vec::new()),
                Some((users, items)) => {
                    Scorer::Perceptron { users, items, output: Box::new(parameters[*output].clone()) }
                }
            },
        }
    }

    /// `Σ_p u_p A_p` and `Σ_p i_p B_p + b` of users and items `[rows, width]` by part: `[rows, factors]` each.
    fn inputs(
        &self,
        parameters: &Parameters,
        parts: impl Iterator<Item = (Tensor<2>, Tensor<2>)>,
    ) -> Option<(Tensor<2>, Tensor<2>)> {
        let Self::Perceptron { inputs, bias, .. } = self else { return None };
        let mapped = parts.zip(inputs).map(|((user, item), &(of_user, of_item))| {
            (user.matmul(parameters[of_user].clone()), item.matmul(parameters[of_item].clone()))
        });
        let (user, item) = mapped.reduce(|(users, items), (user, item)| (users + user, items + item))?;
        Some((user, item + parameters[*bias].clone()))
    }
}
