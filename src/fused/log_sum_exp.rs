use burn::backend::Dispatch;
use burn::tensor::{Device, Tensor};

use super::FusedBackend;
use crate::sums::{Summand, weighted_sum};

/// Products that exist at once on the CPU: few enough to stay in its cache.
const ON_CPU: usize = 1 << 20;
/// But a row of a block must pay its share of reading all of `right`, so there are at least so many of them.
const FEWEST_ROWS: usize = 128;
/// Products that exist at once on a GPU, which wants large blocks: a quarter of what any WebGPU adapter can bind.
const ON_GPU: usize = 1 << 23;

/// `Σ_b weight_b · log Σ_j exp(left_b · right_j)`, one element: `left` is `[rows, dim]`, `right` `[columns, dim]`, `weight`
/// `[rows, 1]`. The first two get gradients.
///
/// The products are computed by blocks of rows, and used up before the next block, so there never are `[rows, columns]`
/// of anything. None is taken off the exponents, so they have to stay within ±87.
pub fn log_sum_exp(left: Tensor<2>, right: Tensor<2>, weight: Tensor<2>) -> Tensor<1> {
    let block = rows_at_once(right.dims()[0], &right.device());
    by_blocks(left, right, weight, block)
}

fn rows_at_once(columns: usize, device: &Device) -> usize {
    match *device == Device::flex() {
        true => (ON_CPU / columns.max(1)).max(FEWEST_ROWS),
        false => (ON_GPU / columns.max(1)).max(1),
    }
}

/// With p the softmax of a row's products, the gradients are `weight_b Σ_j p_bj right_j` and `Σ_b weight_b p_bj left_b`. As
/// the result is one element, they are known up to a factor as soon as it is; so they are computed along with it, from
/// the same exponentials.
pub(super) fn by_blocks(left: Tensor<2>, right: Tensor<2>, weight: Tensor<2>, block: usize) -> Tensor<1> {
    let (rows, columns, weight) = (left.clone().inner(), right.clone().inner(), weight.inner());
    let count = rows.dims()[0];
    let (mut logarithms, mut of_left, mut of_right) = (Vec::new(), Vec::new(), None);
    for first in (0..count).step_by(block) {
        let of_block = |of_rows: &Tensor<2>| of_rows.clone().narrow(0, first, block.min(count - first));
        let (rows, weight) = (of_block(&rows), of_block(&weight));
        // `[block, columns]`, `[block, 1]` and `[block, 1]`.
        let (powers, sums, logarithm) = exponentials(rows.clone().matmul(columns.clone().transpose()));
        let share = weight * sums.recip();
        of_left.push(powers.clone().matmul(columns.clone()) * share.clone());
        let part = powers.transpose().matmul(rows * share);
        of_right = Some(match of_right {
            None => part,
            Some(sum) => sum + part,
        });
        logarithms.push(logarithm);
    }
    let value = weighted_sum(Tensor::cat(logarithms, 0) * weight, Summand::Itself, 1.0);
    let of_right = of_right.unwrap_or_else(|| columns.zeros_like());
    Tensor::from_dispatch(Dispatch::with_gradients(
        value.into_dispatch(),
        left.into_dispatch(),
        right.into_dispatch(),
        Tensor::cat(of_left, 0).into_dispatch(),
        of_right.into_dispatch(),
    ))
}

/// e^x of every number of `[rows, dim]`, the sum of each row and its logarithm, `[rows, 1]`.
fn exponentials(rows: Tensor<2>) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    let (powers, sums, logarithms) = Dispatch::exponentials(rows.into_dispatch());
    (Tensor::from_dispatch(powers), Tensor::from_dispatch(sums), Tensor::from_dispatch(logarithms))
}
