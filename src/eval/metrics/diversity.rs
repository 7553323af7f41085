//! How evenly the lists of all users share out the catalogue.

use crate::eval::{Exposure, Popularity};

/// Elliot's Gini index, one minus the Gini coefficient of how often items are shown: 1 when all train
/// items are shown equally often, 0 when one item is shown alone (trap 11).
///
/// Train items never shown count as zeros. The sum follows Elliot where items without a train
/// interaction are shown as well; it can then leave 0..1. `None` without lists or with one train item.
pub fn gini(exposure: &Exposure, popularity: &Popularity) -> Option<f64> {
    let mut times: Vec<u32> = exposure.items().map(|(_, times, _)| times).collect();
    times.sort_unstable();
    let total: f64 = times.iter().map(|&times| f64::from(times)).sum();
    let catalogue = popularity.catalogue() as f64;
    // Zeros come first in ascending order: the shown items take the last places, counted from 1.
    let first_place = catalogue - times.len() as f64 + 1.0;
    let coefficient: f64 = times
        .iter()
        .enumerate()
        .map(|(nth, &times)| {
            (2.0 * (first_place + nth as f64) - catalogue - 1.0) * (f64::from(times) / total)
        })
        .sum();
    (total > 0.0 && catalogue > 1.0).then(|| 1.0 - coefficient / (catalogue - 1.0))
}

/// Shannon entropy of exposure, in bits. With lists of equal length it is that of the shares of all
/// shown places; otherwise a user with a short list weighs as much as one with a long list.
/// `None` without lists.
pub fn shannon_entropy(exposure: &Exposure) -> Option<f64> {
    let total: f64 = exposure.items().map(|(_, times, _)| f64::from(times)).sum();
    let bits: f64 =
        exposure.items().map(|(_, times, share)| share * -libm::log2(f64::from(times) / total)).sum();
    (exposure.users() > 0).then(|| bits / f64::from(exposure.users()))
}
