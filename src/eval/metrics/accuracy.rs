//! How many of the items a user turned out to like are listed, and how high.
//!
//! Every function is of one user with at least one relevant item; the metric is the mean over those
//! users. K stands for the cutoff.

use crate::eval::JudgedList;

/// Hits over relevant items (all of them, even when there are more than K).
pub fn recall(list: &JudgedList) -> f64 {
    list.hits() / list.relevant()
}

/// Hits over K, even when the list is shorter.
pub fn precision(list: &JudgedList) -> f64 {
    list.hits() / f64::from(list.cutoff)
}

/// Harmonic mean of precision and recall; 0 when both are.
pub fn f1(list: &JudgedList) -> f64 {
    let (precision, recall) = (precision(list), recall(list));
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// 1 with any hit, else 0.
pub fn hit_rate(list: &JudgedList) -> f64 {
    f64::from(u8::from(list.hits() > 0.0))
}

/// One over the place of the first hit, counted from 1; 0 without a hit.
pub fn reciprocal_rank(list: &JudgedList) -> f64 {
    list.gains.iter().position(|&gain| gain > 0.0).map_or(0.0, |rank| 1.0 / (rank + 1) as f64)
}

/// Elliot's graded nDCG: gains 2^(rating − θ + 1) − 1, against the best possible order of all relevant
/// items cut at K.
pub fn ndcg(list: &JudgedList) -> f64 {
    let dcg = discounted(list.gains, list.discount);
    if dcg > 0.0 { dcg / discounted(&list.ideal[..list.reachable()], list.discount) } else { 0.0 }
}

/// nDCG with a gain of 1 for every relevant item.
pub fn ndcg_binary(list: &JudgedList) -> f64 {
    let hits = list.gains.iter().zip(list.discount).filter(|&(&gain, _)| gain > 0.0);
    let ideal: f64 = list.discount[..list.reachable()].iter().sum();
    hits.map(|(_, discount)| discount).sum::<f64>() / ideal
}

/// Standard average precision: the precision at each hit, over min(relevant items, K).
pub fn average_precision(list: &JudgedList) -> f64 {
    let mut hits = 0.0;
    let mut sum = 0.0;
    for (rank, &gain) in list.gains.iter().enumerate() {
        if gain > 0.0 {
            hits += 1.0;
            sum += hits / (rank + 1) as f64;
        }
    }
    sum / list.reachable() as f64
}

/// What Elliot calls average precision: the mean of precision@n over n = 1..K, hit or not (trap 13).
pub fn mean_precision(list: &JudgedList) -> f64 {
    let total = list.hits();
    if total == 0.0 {
        return 0.0;
    }
    let mut hits = 0.0;
    let mut sum = 0.0;
    for place in 1..=list.cutoff {
        // Beyond the end of a short list the hits stay, and their share goes down.
        hits = match list.gains.get(place as usize - 1) {
            Some(&gain) if gain > 0.0 => hits + 1.0,
            Some(_) => hits,
            None => total,
        };
        sum += hits / f64::from(place);
    }
    sum / f64::from(list.cutoff)
}

fn discounted(gains: &[f64], discount: &[f64]) -> f64 {
    gains.iter().zip(discount).map(|(gain, discount)| gain * discount).sum()
}
