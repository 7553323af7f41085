//! How little known the hits are. Both are means over users with a relevant item.

use crate::eval::{JudgedList, Popularity};

/// Expected free discovery: the hits' bits of surprise, weighted by rank, over the weights of the whole
/// list. Misses count nothing, so this rewards accuracy too.
pub fn efd(list: &JudgedList, popularity: &Popularity) -> f64 {
    expected_novelty(list, |item| popularity.information(item))
}

/// Expected popularity complement: as [`efd`], with the share of users who do not have the item.
pub fn epc(list: &JudgedList, popularity: &Popularity) -> f64 {
    expected_novelty(list, |item| popularity.complement(item))
}

fn expected_novelty(list: &JudgedList, novelty: impl Fn(u32) -> f64) -> f64 {
    let mut sum = 0.0;
    let mut weight = 0.0;
    for ((&item, &gain), &discount) in list.items.iter().zip(list.gains).zip(list.discount) {
        if gain > 0.0 {
            sum += discount * novelty(item);
        }
        weight += discount;
    }
    if weight > 0.0 { sum / weight } else { 0.0 }
}
