use burn::tensor::Tensor;

use super::loss::{bayesian_personalised_ranking, l2_of_batch};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, ModelError, Parameter, Parameters, Recommender, Representation, Setting,
};
use crate::schema::Variant;
use crate::transfer::upload_matrix;

/// VBPR (reference 4.2): `score = γ_u · γ_i + θ_u · p_i` with `p_i = l2n(P f_i + b)`.
///
/// The content features f are frozen and concatenated in the order of the specification's modalities.
pub struct Vbpr {
    user: Parameter,
    item: Parameter,
    user_content: Parameter,
    projection: Parameter,
    bias: Parameter,
    /// `[items, Σ dim]`.
    features: Tensor<2>,
    regularisation: f64,
}

impl Vbpr {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let factors = setting.spec.count("factors");
        let (users, items) = (setting.problem.users, setting.problem.items);
        let features = setting.content()?;
        let dim = features.ncols();
        let user = initialise.xavier_uniform("user", users, factors);
        let item = initialise.xavier_uniform("item", items, factors);
        // The published code applies the initialiser to another table twice and leaves this one at N(0, 1).
        let user_content = match setting.spec.variant {
            Variant::Corrected => initialise.xavier_uniform("user-content", users, factors),
            Variant::AsPublished => initialise.normal("user-content", users, factors, 1.0),
        };
        let (projection, bias) = initialise.linear("projection", "projection-bias", dim, factors);
        Ok(Self {
            user,
            item,
            user_content,
            projection,
            bias,
            features: upload_matrix(&features, setting.device),
            regularisation: setting.spec.hyper_parameter("regularisation"),
        })
    }

    /// `p = l2n(f P + b)`: `[rows, Σ dim]` to `[rows, factors]`.
    fn project(&self, parameters: &Parameters, features: Tensor<2>) -> Tensor<2> {
        let projected = features.matmul(parameters[self.projection].clone()) + parameters[self.bias].clone();
        unit_rows(projected)
    }
}

impl Recommender for Vbpr {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let user_content = parameters[self.user_content].clone();
        let distinct = batch.items.distinct();
        let content = self.project(parameters, distinct.pick.of(self.features.clone()));
        let scores = batch.scores(user.clone(), item.clone())
            + batch.users.dot(&distinct.spread, user_content.clone(), content);
        // λ/2 · (Σ‖γ_u‖² + Σ‖γ_i‖² + Σ‖θ_u‖²) / B; each user stands in the batch twice. The two terms of the
        // unit vectors p are the constant λ and have no gradient.
        let norms = l2_of_batch(batch, user, item, self.regularisation)
            + batch.users.squares(user_content, 0.25 * self.regularisation / batch.triples as f64);
        vec![
            ("ranking", bayesian_personalised_ranking(scores, 1.0)),
            ("regularisation", norms + self.regularisation),
        ]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        let content = self.project(parameters, self.features.clone());
        Representation::dot(vec![
            (parameters[self.user].clone(), parameters[self.item].clone()),
            (parameters[self.user_content].clone(), content),
        ])
    }
}
