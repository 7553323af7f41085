//! What several systems minimise.

use burn::tensor::{Tensor, activation::log_sigmoid};

/// BPR: the mean over triples of −ln σ(Δ), where Δ is the positive's score less the negative's.
/// `scores` is `[2 · triples]`, positives first; returns one element.
pub fn bayesian_personalised_ranking(scores: Tensor<1>, triples: usize) -> Tensor<1> {
    let negatives = scores.clone().narrow(0, triples, triples);
    let positives = scores.narrow(0, 0, triples);
    // Added and not subtracted: a page downloads every kind of operation that is used.
    -log_sigmoid(positives + negatives.neg()).mean()
}

/// The row-wise dot product of two `[rows, dim]`: `[rows]`.
pub fn row_dot(left: Tensor<2>, right: Tensor<2>) -> Tensor<1> {
    (left * right).sum_dim(1).squeeze_dim(1)
}

/// The mean of all squares, one element.
pub fn mean_square(rows: Tensor<2>) -> Tensor<1> {
    rows.square().mean()
}

/// The sum of all squares, one element.
pub fn squared_norm(rows: Tensor<2>) -> Tensor<1> {
    rows.square().sum()
}
