//! Ranking and metrics: from scores to lists, and from lists to what they are worth.
//!
//! [`Ranker`] turns one user's scores into a list; [`read_lists`] takes any other system's lists from
//! text; [`Evaluator`] holds one part of the data against them and gives a [`MetricTable`]. The
//! definitions are Elliot's (reference, section 6), each described by [`Metric::description`].

mod evaluator;
mod exposure;
mod foreign;
mod judged_list;
mod lists;
mod metric;
pub mod metrics;
mod popularity;
mod rank;
mod relevance;
pub mod significance;

use std::collections::BTreeMap;

pub use evaluator::Evaluator;
pub use exposure::Exposure;
pub use foreign::{ForeignError, ForeignLists, read_lists};
pub use judged_list::JudgedList;
pub use lists::Lists;
pub use metric::{Description, Direction, Family, Metric, Scope, decimals};
pub use popularity::{Group, Popularity};
pub use rank::{RankError, Ranker, rank_block};
pub use relevance::Relevance;

/// Values by metric name, then by cutoff; `None` where the metric is undefined (an empty group of
/// items, say).
pub type MetricTable = BTreeMap<String, BTreeMap<u32, Option<f64>>>;
