use burn::tensor::Tensor;

use super::super::dropout::Dropout;
use super::super::loss::mean;
use super::super::rows::unit_rows;
use super::super::{Batch, LossTerm, Parameters};
use super::Part;
use super::scoring::Predictor;
use crate::selection::DistinctRows;

/// The first masks of a step.
const USERS: usize = 0;
const ITEMS: usize = 1;

/// BM3's loss, from positives alone (reference 4.10).
///
/// A vector, passed through the predictor R, has to point where its partner points. The partner is the same network's
/// own output with numbers dropped, taken as given (no gradient). Content never enters the score, only the loss.
pub struct Bootstrap {
    pub predictor: Predictor,
    pub dropout: f64,
    pub content_weight: f64,
}

impl Bootstrap {
    /// The terms for users and items as they are scored, and for each modality's representation of a batch's distinct items,
    /// `[distinct, factors]`.
    pub fn terms(
        &self,
        parameters: &Parameters,
        part: &Part,
        content: &[Tensor<2>],
        batch: &Batch,
        items: &DistinctRows,
    ) -> Vec<LossTerm> {
        let users = batch.users.distinct();
        // One mask a user and item, as if drawn for the whole tables, and one an item for every modality.
        let factors = part.user.dims()[1];
        let mut masks = vec![factors * items.pick.places(); content.len() + 2];
        masks[USERS] = factors * users.pick.places();
        let dropout = batch.dropout(self.dropout, &masks);
        let user = users.pick.of(part.user.clone());
        let item = items.pick.of(part.item.clone());
        let user_target = target(&dropout, USERS, user.clone());
        let item_target = target(&dropout, ITEMS, item.clone());
        let user_online = unit_rows(self.predictor.of(parameters, user));
        let item_online = unit_rows(self.predictor.of(parameters, item));
        // c(R u, drop i) + c(R i, drop u), where c = 1 − mean cosine over the batch's pairs.
        let cosine = users.spread.dot(&items.spread, user_online, item_target.clone())
            + items.spread.dot(&users.spread, item_online, user_target);
        let mut terms = vec![("alignment", mean(cosine, -1.0) + 2.0)];
        // λ_cl · Σ_m c(R z_m, drop i) + c(R z_m, drop z_m), both between an item and itself.
        let of_modality = |(nth, content): (usize, &Tensor<2>)| {
            let targets = target(&dropout, nth, content.clone()) + item_target.clone();
            let online = unit_rows(self.predictor.of(parameters, content.clone()));
            mean(items.spread.dot(&items.spread, online, targets), -self.content_weight)
        };
        if let Some(sum) = (ITEMS + 1..).zip(content).map(of_modality).reduce(|sum, term| sum + term) {
            let most = 2.0 * self.content_weight * content.len() as f64;
            terms.push(("content alignment", sum + most));
        }
        terms
    }
}

/// Where vectors `[rows, factors]` point with some of their numbers dropped, by the nth mask: the same shape, without a
/// gradient.
fn target(dropout: &Dropout, nth: usize, rows: Tensor<2>) -> Tensor<2> {
    unit_rows(dropout.of(nth, rows.inner()))
}
