//! How much of the catalogue is shown to anybody.

use crate::eval::{Exposure, Popularity};

/// Number of different items in the lists, those without a train interaction included (trap 12).
/// `None` without lists.
pub fn item_coverage(exposure: &Exposure) -> Option<f64> {
    (exposure.users() > 0).then(|| exposure.items().count() as f64)
}

/// The share of train items that are shown. Items without a train interaction count neither above nor
/// below the line, so that this is a share; without them it is [`item_coverage`] over the train items.
/// `None` without lists or train items.
pub fn item_coverage_ratio(exposure: &Exposure, popularity: &Popularity) -> Option<f64> {
    let shown = exposure.items().filter(|&(item, ..)| popularity.count(item) > 0).count();
    let catalogue = popularity.catalogue();
    (exposure.users() > 0 && catalogue > 0).then(|| shown as f64 / catalogue as f64)
}
