//! Rows of a suite held against each other, user by user (docs/statistics.md).

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use super::plan::{Plan, Stage};
use super::{Results, Run};
use crate::bench::comparison::{
    Answer, COMPARED, Judges, LEVEL, MARGIN, Measured, Pair, Slice, correct, differences,
};
use crate::data::{Dataset, SplitError};
use crate::eval::Lists;
use crate::train::DatasetName;

/// The answers to a suite's questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteComparisons"))]
#[serde(rename_all = "kebab-case")]
pub struct Comparisons {
    pub name: String,
    pub dataset: DatasetName,
    /// Of the lists.
    pub cutoff: u32,
    /// Users who are judged, in at least one seed.
    pub users: usize,
    /// Values no farther apart than this share of the second are the same.
    pub margin: f64,
    pub level: f64,
    /// Tests for which p-values are corrected together.
    pub tests: usize,
    pub questions: Vec<Answer>,
    /// Rows that no pair has, although a question asks for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<LeftOut>>"))]
    pub left_out: Vec<LeftOut>,
}

/// A row that cannot be compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteRowLeftOut"))]
#[serde(rename_all = "kebab-case")]
pub struct LeftOut {
    pub label: String,
    /// As in `1 of its 5 runs have no lists`.
    pub reason: String,
}

/// Why there are no comparisons.
#[derive(Debug, Error)]
pub enum ComparisonError {
    #[error("the suite asks for no comparison")]
    NothingAsked,
    #[error("no two rows that are asked for can be compared; `{row}`: {reason}")]
    NothingLeft { row: String, reason: String },
    #[error(transparent)]
    Split(#[from] SplitError),
}

impl Comparisons {
    /// Answers the plan's questions by the lists of its judged runs. Rows that lack some are left out, and named.
    pub fn of(
        plan: &Plan,
        results: &Results,
        dataset: &Dataset,
        lists: impl Fn(&Run) -> Option<Lists>,
    ) -> Result<Self, ComparisonError> {
        let cutoff = plan.list_length();
        let mut rows: Vec<usize> = Vec::new();
        for &(row, other) in plan.comparisons.iter().flat_map(|comparison| &comparison.pairs) {
            rows.extend([row, other]);
        }
        rows.sort_unstable();
        rows.dedup();
        let first =
            rows.first().and_then(|&row| plan.entries.get(row)).ok_or(ComparisonError::NothingAsked)?;
        let seeds: Vec<u32> = first
            .configurations
            .iter()
            .take(1)
            .flat_map(|tried| &tried.runs)
            .map(|run| run.spec.seed)
            .collect();
        let judges = Judges::new(dataset, first.common.protocol.split, &seeds, cutoff, &Slice::Everything)?;
        let (mut measured, mut left_out) = (BTreeMap::new(), Vec::new());
        for row in rows {
            let entry = &plan.entries[row];
            let of_row = match entry.stage(results, &plan.selection) {
                // One run's lists at a time: they are larger than all that is made of them.
                Stage::Judging(judged) => {
                    let of_runs = judged.runs.iter().map(|run| (run.spec.seed, lists(run)));
                    Measured::of(&judges, &COMPARED, of_runs).map_err(|lacking| {
                        format!("{lacking} of its {} runs have no lists", judged.runs.len())
                    })
                }
                _ => Err("none of its configurations came to an end".into()),
            };
            match of_row {
                Ok(of_row) => drop(measured.insert(row, of_row)),
                Err(reason) => left_out.push(LeftOut { label: entry.label.clone(), reason }),
            }
        }
        let mut questions: Vec<Answer> = plan
            .comparisons
            .iter()
            .map(|comparison| Answer {
                question: comparison.question.clone(),
                pairs: comparison
                    .pairs
                    .iter()
                    .filter_map(|(row, other)| {
                        Some(Pair {
                            label: plan.entries[*row].label.clone(),
                            compared_with: plan.entries[*other].label.clone(),
                            differences: differences(measured.get(row)?, measured.get(other)?, &COMPARED),
                        })
                    })
                    .collect(),
            })
            .collect();
        if let (true, Some(LeftOut { label: row, reason })) =
            (questions.iter().all(|answer| answer.pairs.is_empty()), left_out.first().cloned())
        {
            return Err(ComparisonError::NothingLeft { row, reason });
        }
        let pairs = questions.iter_mut().flat_map(|answer| &mut answer.pairs);
        let tests = correct(pairs.flat_map(|pair| pair.differences.values_mut()));
        Ok(Self {
            name: plan.name.clone(),
            dataset: plan.dataset.clone(),
            cutoff,
            users: judges.users(),
            margin: MARGIN,
            level: LEVEL,
            tests,
            questions,
            left_out,
        })
    }
}
