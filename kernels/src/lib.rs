//! The loops in which a run on the CPU spends its time, over plain slices.
//!
//! They are a crate of their own because cargo optimises crate by crate: the wasm file is built to be small, except for
//! these. So no function here is generic or may be inlined: it would be optimised like the place where it is called.

mod adam;
mod dropout;
mod exp;
mod fused;
mod rows;
mod selection;
mod similarity;
mod softmax;
mod sparse;
mod sums;

pub use adam::{AdamStep, adam_step};
pub use dropout::drop_out;
pub use fused::{SHORTEST, exponentials, leaky, leaky_gradient, unit_rows, unit_rows_gradient};
pub use selection::{
    Places, look_up, look_up_gradient, paired_product, paired_product_gradient, selected_squares,
    selected_squares_gradient,
};
pub use similarity::similarities;
pub use softmax::{row_softmax, row_softmax_gradient};
pub use sparse::{Entries, sampled_product, sparse_product};
pub use sums::{Summand, sum, sum_gradient};

/// Whether any score beats `bound` or is NaN. Without a branch inside, this becomes vector compares.
#[inline(never)]
pub fn any_above(scores: &[f32], bound: f32) -> bool {
    // `!(a <= b)` and not `a > b`: NaN must be found.
    #[allow(clippy::neg_cmp_op_on_partial_ord)]
    scores.iter().fold(false, |any, &score| any | !(score <= bound))
}
