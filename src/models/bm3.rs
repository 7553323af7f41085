use burn::tensor::Tensor;

use super::dropout::Dropout;
use super::fine_tuned::FineTuned;
use super::loss::{mean, squares};
use super::rows::unit_rows;
use super::{
    Batch, Initialiser, LossTerm, ModelError, Parameter, Parameters, Recommender, Representation, Sampling,
    Setting, UserItemGraph,
};

/// The first masks of a step.
const USERS: usize = 0;
const ITEMS: usize = 1;

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
}

/// Where vectors `[rows, factors]` point with some of their numbers dropped, by the nth mask: the same shape, without a
/// gradient.
fn target(dropout: &Dropout, nth: usize, rows: Tensor<2>) -> Tensor<2> {
    unit_rows(dropout.of(nth, rows.inner()))
}

impl Recommender for Bm3 {
    fn sampling(&self) -> Sampling {
        Sampling::PositiveInteractions
    }

    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (users, items) = (batch.users.distinct(), batch.items.distinct());
        // One mask a user and item, as if drawn for the whole tables, and one an item for every modality.
        let factors = parameters[self.predictor].dims()[0];
        let mut masks = vec![factors * items.pick.places(); self.modalities.len() + 2];
        masks[USERS] = factors * users.pick.places();
        let dropout = batch.dropout(self.dropout, &masks);
        let (all_users, all_items) = self.encode(parameters);
        let user = users.pick.of(all_users.clone());
        let item = items.pick.of(all_items.clone());
        let user_target = target(&dropout, USERS, user.clone());
        let item_target = target(&dropout, ITEMS, item.clone());
        let user_online = unit_rows(self.predict(parameters, user));
        let item_online = unit_rows(self.predict(parameters, item));
        // c(R u, drop i) + c(R i, drop u), where c = 1 − mean cosine over the batch's pairs.
        let cosine = users.spread.dot(&items.spread, user_online, item_target.clone())
            + items.spread.dot(&users.spread, item_online, user_target);
        let mut terms = vec![("alignment", mean(cosine, -1.0) + 2.0)];
        // λ_cl · Σ_m c(R z_m, drop i) + c(R z_m, drop z_m), both between an item and itself.
        let of_modality = |(nth, modality): (usize, &FineTuned)| {
            let content = modality.project_only(parameters, &items.pick);
            let targets = target(&dropout, nth, content.clone()) + item_target.clone();
            let online = unit_rows(self.predict(parameters, content));
            mean(items.spread.dot(&items.spread, online, targets), -self.content_weight)
        };
        let modalities = (ITEMS + 1..).zip(&self.modalities);
        if let Some(sum) = modalities.map(of_modality).reduce(|sum, term| sum + term) {
            let most = 2.0 * self.content_weight * self.modalities.len() as f64;
            terms.push(("content alignment", sum + most));
        }
        // λ_reg · (‖U*‖ + ‖I*‖) / I, lengths and not their squares, over all users and items.
        let item_count = all_items.dims()[0] as f64;
        let norms = squares(all_users, 1.0).sqrt() + squares(all_items, 1.0).sqrt();
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
