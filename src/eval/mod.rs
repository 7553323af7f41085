//! Ranking and metrics.

use std::collections::BTreeMap;

/// Values by metric name, then by cutoff; `None` where the metric is undefined (an empty group of
/// items, say).
pub type MetricTable = BTreeMap<String, BTreeMap<u32, Option<f64>>>;

/// One part of the data by user, in compressed rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserItems {
    /// `[users + 1]`: where each user's row starts.
    pub start: Vec<u32>,
    /// Item indices, ascending within a row.
    pub item: Vec<u32>,
    /// The rating of each.
    pub rating: Vec<f32>,
}

/// Ranked lists of all users, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lists {
    /// `[users + 1]`: where each user's list starts; lists may be shorter than the cutoff.
    pub start: Vec<u32>,
    pub item: Vec<u32>,
    pub score: Vec<f32>,
}
