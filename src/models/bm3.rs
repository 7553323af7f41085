use burn::tensor::Tensor;

use super::fine_tuned::FineTuned;
use super::loss::{row_dot, squared_norm};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, ModelError, Parameter, Parameters, Recommender, Representation, Sampling,
    Setting, UserItemGraph,
};

/// BM3 (reference 4.10): `score = R u · R i`, learned from positives alone.
///
/// A vector, passed through the predictor R, has to point where its partner points. The partner is the same network's
/// own output with numbers dropped, taken as given (no gradient). Content never enters the score, only the loss.
pub struct Bm3 {
    user: Parameter,
    item: Parameter,
    modalities: Vec<FineTuned>,
    predictor: Parameter,
    predictor_bias: Parameter,
    graph: UserItemGraph,
    layers: usize,
    dropout: f64,
    content_weight: f64,
    regularisation: f64,
}

impl Bm3 {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Result<Self, ModelError> {
        let spec = setting.spec;
        let factors = spec.count("factors");
        let user = initialise.xavier_uniform("user", setting.problem.users, factors);
        let item = initialise.xavier_uniform("item", setting.problem.items, factors);
        let features = setting.modalities()?;
        let modalities =
            FineTuned::of_each(&features, factors, initialise, Initialiser::linear_xavier_normal);
        let (predictor, predictor_bias) =
            initialise.linear_xavier_normal("predictor", "predictor-bias", factors, factors);
        Ok(Self {
            user,
            item,
            modalities,
            predictor,
            predictor_bias,
            graph: UserItemGraph::symmetric(setting.interactions(), setting.device),
            layers: spec.count("layers"),
            dropout: spec.hyper_parameter("dropout"),
            content_weight: spec.hyper_parameter("content-weight"),
            regularisation: spec.hyper_parameter("regularisation"),
        })
    }

    /// U* `[users, factors]` and I* `[items, factors]`: the mean of the layers, and for items G_i added.
    fn encode(&self, parameters: &Parameters) -> (Tensor<2>, Tensor<2>) {
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let (users, items) = self.graph.mean_of_layers(user, item.clone(), self.layers);
        (users, items + item)
    }

    /// R of `[rows, factors]`: the same shape.
    fn predict(&self, parameters: &Parameters, rows: Tensor<2>) -> Tensor<2> {
        rows.matmul(parameters[self.predictor].clone()) + parameters[self.predictor_bias].clone()
    }

    /// Where vectors `[rows, factors]` point with some of their numbers dropped: the same shape, without a gradient.
    /// `purpose` tells the masks of one step apart.
    fn target(&self, batch: &Batch, purpose: u8, rows: Tensor<2>) -> Tensor<2> {
        let [count, dim] = rows.dims();
        unit_rows(rows.inner() * batch.dropout(purpose, count, dim, self.dropout))
    }
}

impl Recommender for Bm3 {
    fn sampling(&self) -> Sampling {
        Sampling::PositiveInteractions
    }

    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (all_users, all_items) = self.encode(parameters);
        let (users, items) = (batch.users.distinct(), batch.items.distinct());
        // One mask a user and item, as if drawn for the whole tables.
        let user = users.pick.of(all_users.clone());
        let item = items.pick.of(all_items.clone());
        let user_target = self.target(batch, 0, user.clone());
        let item_target = self.target(batch, 1, item.clone());
        let user_online = unit_rows(self.predict(parameters, user));
        let item_online = unit_rows(self.predict(parameters, item));
        // c(R u, drop i) + c(R i, drop u), where c = 1 − mean cosine over the batch's pairs.
        let cosine = row_dot(users.spread.of(user_online), items.spread.of(item_target.clone()))
            + row_dot(items.spread.of(item_online), users.spread.of(user_target));
        let alignment = cosine.mean().neg() + 2.0;
        let mut terms = vec![("alignment", alignment)];
        // λ_cl · Σ_m c(R z_m, drop i) + c(R z_m, drop z_m), both between an item and itself.
        let of_modality = |(nth, modality): (u8, &FineTuned)| {
            let content = modality.project_only(parameters, &items.pick);
            let targets = self.target(batch, nth, content.clone()) + item_target.clone();
            let cosine = row_dot(unit_rows(self.predict(parameters, content)), targets);
            items.spread.of(cosine.unsqueeze_dim(1)).mean().neg() + 2.0
        };
        if let Some(sum) = (2u8..).zip(&self.modalities).map(of_modality).reduce(|sum, term| sum + term) {
            terms.push(("content alignment", sum * self.content_weight));
        }
        // λ_reg · (‖U*‖ + ‖I*‖) / I, lengths and not their squares, over all users and items.
        let item_count = all_items.dims()[0] as f64;
        let norms = squared_norm(all_users).sqrt() + squared_norm(all_items).sqrt();
        terms.push(("regularisation", norms * (self.regularisation / item_count)));
        terms
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        let (user, item) = self.encode(parameters);
        Representation::dot(vec![(self.predict(parameters, user), self.predict(parameters, item))])
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::super::trial::{Trial, total};

    #[test]
    fn where_all_point_the_same_way_only_length_costs() {
        let settings = [("factors", 8.0), ("layers", 0.0), ("dropout", 0.0), ("regularisation", 0.5)];
        let (recommender, mut parameters, batch) = Trial::on_noise("bm3", &settings).ready(0);
        let ones = |rows| Array2::<f32>::ones((rows, 8));
        for (name, values) in [
            ("user", ones(12)),
            ("item", ones(10)),
            ("visual-projection", Array2::zeros((8, 8))),
            ("visual-projection-bias", ones(1)),
            ("textual-projection", Array2::zeros((8, 8))),
            ("textual-projection-bias", ones(1)),
            ("predictor", Array2::eye(8)),
            ("predictor-bias", Array2::zeros((1, 8))),
        ] {
            assert!(parameters.set(name, &values), "{name}");
        }
        // An item counts twice: its layers and itself.
        let lengths = (12f64 * 8.0).sqrt() + (10f64 * 8.0 * 4.0).sqrt();
        let loss = total(&recommender.loss(&parameters, &batch));
        assert!((loss - 0.5 * lengths / 10.0).abs() < 1e-5, "{loss}");
    }

    #[test]
    fn dropout_depends_on_the_step_alone() {
        let trial = Trial::on_noise("bm3", &[("factors", 8.0)]);
        let loss = |step| {
            let (recommender, parameters, batch) = trial.ready(step);
            total(&recommender.loss(&parameters, &batch))
        };
        assert_eq!(loss(1), loss(1));
        assert_ne!(loss(1), loss(2));
    }
}
