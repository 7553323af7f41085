//! What several systems minimise.

use burn::tensor::Tensor;

use super::Batch;
use crate::selection::Selection;
use crate::sums::{Summand, weighted_sum};

/// BPR: `weight` times the mean over triples of −ln σ(Δ), where Δ is the positive's score less the negative's.
/// `scores` is `[2 · triples]`, positives first; returns one element.
pub fn bayesian_personalised_ranking(scores: Tensor<1>, weight: f64) -> Tensor<1> {
    let triples = scores.dims()[0] / 2;
    weighted_sum(scores, Summand::Ranking, weight / triples as f64)
}

/// Cross-entropy: the mean over triples of −ln σ(s) where the user took the item, and −ln σ(−s) where not. `scores` is
/// `[2 · triples]`, positives first; returns one element.
pub fn cross_entropy(scores: Tensor<1>) -> Tensor<1> {
    let triples = scores.dims()[0] / 2;
    weighted_sum(scores, Summand::CrossEntropy, 1.0 / triples as f64)
}

/// The row-wise dot product of two `[rows, dim]`: `[rows]`.
pub fn row_dot(left: Tensor<2>, right: Tensor<2>) -> Tensor<1> {
    (left * right).sum_dim(1).squeeze_dim(1)
}

/// `weight` times the mean of all numbers, one element.
pub fn mean(values: Tensor<1>, weight: f64) -> Tensor<1> {
    let count = values.dims()[0];
    sum(values, weight / count as f64)
}

/// `weight` times the sum of all numbers, one element.
pub fn sum<const D: usize>(values: Tensor<D>, weight: f64) -> Tensor<1> {
    weighted_sum(values, Summand::Itself, weight)
}

/// What vectors of a batch's users and items cost, `[users, dim]` and `[items, dim]`: `λ/2 · (Σ‖u‖² + Σ‖i⁺‖² + Σ‖i⁻‖²) / B`, one
/// element.
pub fn l2_of_batch(batch: &Batch, user: Tensor<2>, item: Tensor<2>, lambda: f64) -> Tensor<1> {
    l2_of_users(batch, user, lambda) + l2_of_items(&batch.items, item, lambda)
}

/// The users' share of it. Each user stands in the batch twice and counts once.
pub fn l2_of_users(batch: &Batch, user: Tensor<2>, lambda: f64) -> Tensor<1> {
    batch.users.squares(user, 0.25 * lambda / batch.triples as f64)
}

/// The items' share of it. `items` looks up every triple's two items.
pub fn l2_of_items(items: &Selection, item: Tensor<2>, lambda: f64) -> Tensor<1> {
    items.squares(item, lambda / items.places() as f64)
}

/// `weight` times the mean of the squares of all numbers that are looked up in a table `[table rows, dim]`, one element.
pub fn mean_square(selection: &Selection, table: Tensor<2>, weight: f64) -> Tensor<1> {
    let count = selection.places() * table.dims()[1];
    selection.squares(table, weight / count as f64)
}

/// `weight` times the sum of all squares, one element.
pub fn squares(rows: Tensor<2>, weight: f64) -> Tensor<1> {
    weighted_sum(rows, Summand::Square, weight)
}
