//! Suites: many runs that answer one question, planned and put in one table. Whoever holds the plan runs it.

mod check;
mod comparisons;
mod comparisons_text;
mod file;
mod grid;
mod pace;
mod plan;
mod question;
mod results;
mod table;
mod text;

pub use check::SuiteError;
pub use comparisons::{ComparisonError, Comparisons, LeftOut};
pub use file::{Entry, Question, Suite, TrainingChange, Variation};
pub use pace::Pace;
pub use plan::{Plan, Run};
pub use results::{Finished, Results};
pub use table::{Attempt, Row, Table};

#[cfg(test)]
mod comparison_tests;
#[cfg(test)]
mod tests;
