//! Suites: many runs that answer one question, planned and put in one table. Whoever holds the plan runs it.

mod check;
mod file;
mod grid;
mod pace;
mod plan;
mod results;
mod table;
mod text;

pub use check::SuiteError;
pub use file::{Entry, Suite, TrainingChange};
pub use pace::Pace;
pub use plan::{Plan, Run};
pub use results::{Finished, Results};
pub use table::{Attempt, METRICS, Row, Summary, Table};

#[cfg(test)]
mod tests;
