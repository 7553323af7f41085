use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::row::{Row, Run};
use super::{
    Conditions, Difference, Judges, LEVEL, MARGIN, Measured, Pair, RunsError, Slice, SliceSummary, correct,
    differences,
};
use crate::bench::Summary;
use crate::data::{Dataset, Problem, split};
use crate::eval::{Lists, Metric, MetricTable};
use crate::ordered::ordered;

/// Finished runs on the same data, with everybody's lists.
#[derive(Debug)]
pub struct Runs {
    dataset: Dataset,
    runs: Vec<Run>,
}

/// Runs of the same design, told apart by their seeds: users are averaged over them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RowOfRuns {
    pub label: String,
    /// By their places.
    pub runs: Vec<usize>,
}

/// What is to be held against what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RunsQuestion {
    pub rows: Vec<RowOfRuns>,
    /// The row that is compared, and the one it is compared with, by their places.
    pub pairs: Vec<[usize; 2]>,
    /// By their names. All that is asked is corrected together.
    pub slices: Vec<String>,
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub metrics: Vec<Metric>,
    /// Of the lists.
    pub cutoff: u32,
}

/// What a row's lists are worth, over its seeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct ValuesOfRow {
    pub label: String,
    /// By metric and cutoff; `null` where no run defines the metric. Without what does not concern the slice.
    pub test: BTreeMap<&'static str, BTreeMap<u32, Option<Summary>>>,
}

/// How rows differ on a slice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct AnswerOnSlice {
    pub slice: String,
    /// Users who are judged, in at least one seed.
    pub users: usize,
    pub pairs: Vec<Pair>,
}

/// Rows of runs compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct RunsCompared {
    pub cutoff: u32,
    /// Values no farther apart than this share of the second are the same.
    pub margin: f64,
    pub level: f64,
    /// Tests for which p-values are corrected together.
    pub tests: usize,
    /// In the order in which they were asked for.
    pub answers: Vec<AnswerOnSlice>,
}

impl Runs {
    /// No runs yet.
    pub fn on(dataset: Dataset) -> Self {
        Self { dataset, runs: Vec::new() }
    }

    /// Takes in a run with everybody's lists; says at which place.
    pub fn add(&mut self, conditions: Conditions, lists: Lists) -> Result<usize, RunsError> {
        let (users, items) = (self.dataset.users.len(), self.dataset.items.len());
        let end = lists.start.last().copied().unwrap_or_default();
        if lists.users() != users {
            return Err(RunsError::OtherUsers { found: lists.users(), users });
        }
        if end as usize != lists.item.len() || !lists.start.is_sorted() {
            return Err(RunsError::BrokenLists { end, found: lists.item.len() });
        }
        if let Some(&item) = lists.item.iter().find(|&&item| item as usize >= items) {
            return Err(RunsError::NoItem { item, items });
        }
        let longest = (0..users).map(|user| lists.items(user).len() as u32).max().unwrap_or(0);
        let asked = conditions.protocol.cutoffs.iter().copied().max().unwrap_or(0);
        self.runs.push(Run { conditions, lists, longest: longest.max(asked) });
        Ok(self.runs.len() - 1)
    }

    /// The slices that there are of what was held out from a run.
    pub fn slices(&self, run: usize) -> Result<Vec<SliceSummary>, RunsError> {
        let problem = self.problem(self.run(run)?)?;
        Ok(Slice::of(&self.dataset, &problem)
            .iter()
            .map(|slice| slice.summary(&self.dataset, &problem))
            .collect())
    }

    /// Every metric of every row on a slice.
    pub fn values(
        &self,
        rows: &[RowOfRuns],
        slice: &str,
        cutoffs: &[u32],
    ) -> Result<Vec<ValuesOfRow>, RunsError> {
        let rows = self.rows(rows, cutoffs)?;
        let slice = self.slice(&rows, slice)?;
        let judges = self.judges(&rows, &slice, 0)?;
        let of_row = |row: &Row| {
            let tables: Vec<MetricTable> = row
                .runs
                .iter()
                .filter_map(|run| judges.evaluate(run.conditions.seed, &run.lists, cutoffs))
                .collect();
            let value =
                |table: &MetricTable, metric: Metric, cutoff| *table.get(metric.name())?.get(&cutoff)?;
            let over_seeds =
                |metric, cutoff| Summary::of(tables.iter().filter_map(|table| value(table, metric, cutoff)));
            let metrics = Metric::ALL.into_iter().filter(|&metric| slice.concerns(metric));
            let by_cutoff =
                |metric| ordered(cutoffs.iter().map(|&cutoff| (cutoff, over_seeds(metric, cutoff))));
            ValuesOfRow {
                label: row.label.into(),
                test: ordered(metrics.map(|metric| (metric.name(), by_cutoff(metric)))),
            }
        };
        Ok(rows.iter().map(of_row).collect())
    }

    /// Holds rows against each other.
    pub fn compare(&self, question: &RunsQuestion) -> Result<RunsCompared, RunsError> {
        let rows = self.rows(&question.rows, &[question.cutoff])?;
        let mut answers = Vec::new();
        for name in &question.slices {
            let slice = self.slice(&rows, name)?;
            let judges = self.judges(&rows, &slice, question.cutoff)?;
            let metrics: Vec<Metric> =
                question.metrics.iter().copied().filter(|&metric| slice.concerns(metric)).collect();
            let measured = rows.iter().map(|row| {
                let lists = row.runs.iter().map(|run| (run.conditions.seed, Some(&run.lists)));
                Measured::of(&judges, &metrics, lists).map_err(|_| RunsError::EmptyRow(row.label.into()))
            });
            let measured = measured.collect::<Result<Vec<_>, _>>()?;
            let pair = |&[row, other]: &[usize; 2]| {
                let known = |row: usize| {
                    rows.get(row).zip(measured.get(row)).ok_or(RunsError::NoRow { row, rows: rows.len() })
                };
                let ((row, measured), (other, others)) = (known(row)?, known(other)?);
                Ok(Pair {
                    label: row.label.into(),
                    compared_with: other.label.into(),
                    differences: differences(measured, others, &metrics),
                })
            };
            let pairs = question.pairs.iter().map(pair).collect::<Result<Vec<_>, RunsError>>()?;
            answers.push(AnswerOnSlice { slice: slice.name(), users: judges.users(), pairs });
        }
        let pairs = answers.iter_mut().flat_map(|answer| &mut answer.pairs);
        let all: Vec<&mut Difference> = pairs.flat_map(|pair| pair.differences.values_mut()).collect();
        let tests = correct(all);
        Ok(RunsCompared { cutoff: question.cutoff, margin: MARGIN, level: LEVEL, tests, answers })
    }

    fn run(&self, run: usize) -> Result<&Run, RunsError> {
        self.runs.get(run).ok_or(RunsError::NoRun { run, runs: self.runs.len() })
    }

    fn problem(&self, run: &Run) -> Result<Problem, RunsError> {
        let Conditions { seed, protocol } = &run.conditions;
        Ok(Problem::new(&self.dataset, &split(&self.dataset, protocol.split, *seed)?))
    }

    /// The rows that are asked for, if they can be held against each other: judged alike, on the same splits, with lists that are
    /// long enough.
    fn rows<'a>(&'a self, asked: &'a [RowOfRuns], cutoffs: &[u32]) -> Result<Vec<Row<'a>>, RunsError> {
        let mut rows = Vec::new();
        for RowOfRuns { label, runs } in asked {
            let runs = runs.iter().map(|&run| self.run(run)).collect::<Result<Vec<_>, _>>()?;
            let row = Row { label, runs };
            row.check(cutoffs)?;
            rows.push(row);
        }
        let first: &Row = rows.first().ok_or(RunsError::NothingAsked)?;
        rows.iter().try_for_each(|row| row.is_judged_as(first))?;
        Ok(rows)
    }

    /// The slice of that name in the data of the first run.
    fn slice(&self, rows: &[Row], name: &str) -> Result<Slice, RunsError> {
        let first = rows.first().and_then(|row| row.runs.first()).ok_or(RunsError::NothingAsked)?;
        let slices = Slice::of(&self.dataset, &self.problem(first)?);
        slices.iter().find(|slice| slice.name() == name).cloned().ok_or_else(|| RunsError::NoSlice {
            name: name.into(),
            known: slices.iter().map(Slice::name).collect::<Vec<_>>().join(", "),
        })
    }

    fn judges(&self, rows: &[Row], slice: &Slice, cutoff: u32) -> Result<Judges, RunsError> {
        let first = rows.first().and_then(|row| row.runs.first()).ok_or(RunsError::NothingAsked)?;
        let mut seeds = BTreeSet::new();
        seeds.extend(rows.iter().flat_map(Row::seeds));
        let seeds: Vec<u32> = seeds.into_iter().collect();
        Ok(Judges::new(&self.dataset, first.conditions.protocol.split, &seeds, cutoff, slice)?)
    }
}
