//! Rows of runs held against each other, user by user (docs/statistics.md): those of a suite, and a reader's own.

mod difference;
mod error;
mod measured;
mod row;
mod runs;
mod slice;

#[cfg(test)]
mod tests;

pub use difference::{Answer, Difference, Finding, LEVEL, MARGIN, Pair, Tests, correct, differences};
pub use error::RunsError;
pub use measured::{Judges, Measured};
pub use row::Conditions;
pub use runs::{AnswerOnSlice, RowOfRuns, Runs, RunsCompared, RunsQuestion, ValuesOfRow};
pub use slice::{Over, Slice, SliceSummary};

use crate::eval::Metric;

/// What suites compare: accuracy, novelty, bias, and three metrics of all lists together.
pub const COMPARED: [Metric; 7] = [
    Metric::Recall,
    Metric::Ndcg,
    Metric::Efd,
    Metric::Aplt,
    Metric::Gini,
    Metric::ShannonEntropy,
    Metric::ItemCoverageRatio,
];
/// The seed of everything that is drawn here.
const SEED: u32 = 1;
