use burn::tensor::Tensor;
use ndarray::Array2;

use super::super::rows::{larger, sigmoid, softmax};
use super::super::{Initialiser, Parameter, Parameters, Setting};
use super::Part;
use crate::schema::{Design, Operator, Variant, When};

/// *When* and by what represented modalities are fused, and what users want of content.
pub struct Fusion {
    /// θ, `[users, width]` each: one for what is fused early, else one a modality.
    users: Vec<Parameter>,
    weights: Weights,
    when: When,
    operator: Operator,
    /// Whether every representation has length 1.
    unit: bool,
    /// How wide each part is.
    pub widths: Vec<usize>,
}

/// What each modality counts.
enum Weights {
    One,
    /// By modality.
    Given(Vec<f64>),
    /// `[users, modalities]`, whose softmax they are.
    OfUsers(Parameter),
    /// By modality, w `[factors, 1]` and b `[1, 1]` of `σ(z w + b)`.
    OfItems(Vec<(Parameter, Parameter)>),
}

impl Fusion {
    /// Of representations by name, each `factors` numbers long; a joint one has one name.
    pub fn new(design: &Design, names: &[&str], setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let (users, factors) = (setting.problem.users, setting.spec.count("factors"));
        let whole = if design.identity { "user-content" } else { "user" };
        let mut table = |name: &str, width| match setting.spec.variant {
            Variant::Corrected => initialise.xavier_uniform(name, users, width),
            // VBPR's published code applies the initialiser to another table twice and leaves this one at N(0, 1).
            Variant::AsPublished => initialise.normal(name, users, width, 1.0),
        };
        let (tables, widths) = match (design.when, design.operator) {
            (When::Late, _) => {
                let of_modality = |name: &&str| table(&format!("user-{name}"), factors);
                (names.iter().map(of_modality).collect(), vec![factors; names.len()])
            }
            (_, Operator::Concat) => {
                let width = factors * names.len();
                (vec![table(whole, width)], vec![width])
            }
            (_, Operator::Attention) => (vec![table(whole, factors)], vec![factors; names.len()]),
            _ => (vec![table(whole, factors)], vec![factors]),
        };
        let weights = match design.operator {
            Operator::Mean => Weights::Given(vec![1.0 / names.len() as f64; names.len()]),
            Operator::Weighted => Weights::Given(setting.spec.weights_of(names)),
            Operator::Attention => {
                Weights::OfUsers(initialise.given("user-attention", &Array2::zeros((users, names.len()))))
            }
            Operator::Gated => {
                let gate = |name: &&str| {
                    initialise.linear(format!("{name}-gate"), format!("{name}-gate-bias"), factors, 1)
                };
                Weights::OfItems(names.iter().map(gate).collect())
            }
            _ => Weights::One,
        };
        let (when, operator) = (design.when, design.operator);
        Self { users: tables, weights, when, operator, unit: design.normalised, widths }
    }

    /// What users `[users, width]` and content `[rows, width]` are made of before the score, from each modality's
    /// representation, `[rows, factors]`. `picked` tells whether rows are a batch's distinct items, and not all.
    pub fn parts(&self, parameters: &Parameters, content: Vec<Tensor<2>>, picked: bool) -> Vec<Part> {
        let user = |nth: usize| parameters[self.users[nth.min(self.users.len() - 1)]].clone();
        let unit = self.unit && matches!(self.weights, Weights::One | Weights::OfUsers(_));
        let content = self.weighted(parameters, content);
        let of_modality = |(nth, item)| Part { user: user(nth), item, picked, unit };
        if let Weights::OfUsers(logits) = self.weights {
            let shares = softmax(parameters[logits].clone());
            let parts = content.into_iter().enumerate().map(of_modality).enumerate();
            let attentive = |(nth, part): (usize, Part)| Part {
                user: part.user * shares.clone().narrow(1, nth, 1),
                ..part
            };
            return parts.map(attentive).collect();
        }
        if self.when != When::Early {
            return content.into_iter().enumerate().map(of_modality).collect();
        }
        let fused = match self.operator {
            Operator::Concat => Some(Tensor::cat(content, 1)),
            Operator::Max => content.into_iter().reduce(larger),
            Operator::Product => content.into_iter().reduce(|product, next| product * next),
            _ => content.into_iter().reduce(|sum, next| sum + next),
        };
        fused.into_iter().map(|item| Part { user: user(0), item, picked, unit: false }).collect()
    }

    /// Each modality's representation times what it counts, where that does not depend on the user.
    fn weighted(&self, parameters: &Parameters, content: Vec<Tensor<2>>) -> Vec<Tensor<2>> {
        match &self.weights {
            Weights::One | Weights::OfUsers(_) => content,
            Weights::Given(weights) => {
                content.into_iter().zip(weights).map(|(content, &weight)| content * weight).collect()
            }
            Weights::OfItems(gates) => {
                let gated = |(content, &(weight, bias)): (Tensor<2>, &(Parameter, Parameter))| {
                    let logits = content.clone().matmul(parameters[weight].clone());
                    content * sigmoid(logits + parameters[bias].clone())
                };
                content.into_iter().zip(gates).map(gated).collect()
            }
        }
    }
}
