use burn::tensor::Tensor;

use super::super::Batch;
use super::super::loss::{l2_of_items, l2_of_users, squares, sum};
use super::super::rows::unit_rows;
use super::Part;
use crate::fused::log_sum_exp;
use crate::schema::Regularised;
use crate::selection::DistinctRows;

/// InfoNCE between every two modalities of a batch's distinct items: the mean over pairs and items of
/// `log Σ_j exp((z_b · z'_j − z_b · z'_b) / τ)`, where z and z', `[distinct, factors]`, are given length 1. `content` is one
/// tensor a modality.
pub fn alignment(content: &[Tensor<2>], temperature: f64) -> Option<Tensor<1>> {
    let unit: Vec<Tensor<2>> = content.iter().map(|content| unit_rows(content.clone())).collect();
    let pairs = (0..unit.len()).flat_map(|one| (one + 1..unit.len()).map(move |other| (one, other)));
    let share = 2.0 / (unit.len() * unit.len().saturating_sub(1)).max(1) as f64;
    let of_pair = |(one, other): (usize, usize)| {
        let (one, other) = (unit[one].clone() * (1.0 / temperature), unit[other].clone());
        let weight = share / one.dims()[0] as f64;
        let weights = one.clone().narrow(1, 0, 1).zeros_like() + weight;
        let own = sum(one.clone() * other.clone(), -weight);
        log_sum_exp(one, other, weights) + own
    };
    pairs.map(of_pair).reduce(|sum, next| sum + next)
}

/// What the length of a batch's vectors costs, one element, or nothing: `λ/2 · (Σ‖u‖² + Σ‖i⁺‖² + Σ‖i⁻‖²) / B` over the parts as
/// they start or end; with `Lengths` `λ · (‖U‖ + ‖I‖) / items` over all users and items.
pub fn regularisation(
    which: Regularised,
    lambda: f64,
    (start, end): (&[Part], &[Part]),
    batch: &Batch,
    distinct: Option<&DistinctRows>,
) -> Option<Tensor<1>> {
    let (users, items) = match which {
        Regularised::None => return None,
        Regularised::Start => (start, start),
        Regularised::End => (end, end),
        Regularised::StartAndEnd => (start, end),
        Regularised::Lengths => {
            let lengths = end.iter().map(|part| {
                let norms = length(part.user.clone()) + length(part.item.clone());
                norms * (lambda / part.item.dims()[0] as f64)
            });
            return lengths.reduce(|sum, next| sum + next);
        }
    };
    // Two items of length 1 a triple cost λ, whatever is learned.
    let constant = lambda * items.iter().filter(|part| part.unit).count() as f64;
    let of_part = |(users, items): (&Part, &Part)| {
        let user = l2_of_users(batch, users.user.clone(), lambda);
        match (items.unit, distinct) {
            (true, _) => user,
            (false, Some(distinct)) if items.picked => {
                user + l2_of_items(&distinct.spread, items.item.clone(), lambda)
            }
            (false, _) => user + l2_of_items(&batch.items, items.item.clone(), lambda),
        }
    };
    let norms = users.iter().zip(items).map(of_part).reduce(|sum, next| sum + next)?;
    Some(if constant > 0.0 { norms + constant } else { norms })
}

/// The square root of the sum of all squares, one element. As a power, for which other losses have the operation already.
fn length(rows: Tensor<2>) -> Tensor<1> {
    squares(rows, 1.0).powf_scalar(0.5)
}
