use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::plan::{Configuration, Planned, Stage};
use super::{Finished, Plan, Results, Run};
use crate::bench::Summary;
use crate::eval::Metric;
use crate::schema::Variant;
use crate::train::DatasetName;

/// What a suite came to: a row an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteTable"))]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    pub name: String,
    pub description: String,
    pub dataset: DatasetName,
    /// Digests of the programs that made the runs: more than one where older receipts were kept.
    pub programs: BTreeSet<String>,
    /// The validation metric that selected epochs and configurations, as `recall@20`.
    pub selection: String,
    pub cutoffs: Vec<u32>,
    pub rows: Vec<Row>,
    /// Of the selection, which is a column of people's table where it is among the cutoffs.
    #[serde(skip)]
    pub(super) shown_cutoff: u32,
}

/// One entry. What is averaged is averaged over the seeds whose runs finished.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteRow"))]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    pub label: String,
    pub system: &'static str,
    pub variant: Variant,
    /// `null` where the system reads no content.
    pub modalities: Option<Vec<String>>,
    /// The share of items that had content when lists were made, by modality; `null` where the system reads none.
    pub coverage: Option<BTreeMap<String, f64>>,
    /// All of the judged configuration; empty where every configuration failed.
    pub hyper_parameters: BTreeMap<String, f64>,
    /// Those of them that won against the others of the grid.
    pub chosen: BTreeMap<String, f64>,
    /// How many configurations were tried; 1 where there is no grid.
    pub configurations: usize,
    /// How many runs the means are over.
    pub seeds: usize,
    /// On test, by metric and cutoff; `null` where no run defines the metric.
    pub test: BTreeMap<&'static str, BTreeMap<u32, Option<Summary>>>,
    /// The selection metric on validation.
    pub validation: Option<Summary>,
    /// `null` where nothing is trained, as is the next.
    pub seconds_per_epoch: Option<f64>,
    pub best_epoch: Option<f64>,
    /// The run of each configuration of the grid, in the grid's order.
    pub tuning: Vec<Attempt>,
    /// The judged runs, in the order of the seeds.
    pub runs: Vec<Attempt>,
}

/// One run and its outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteAttempt"))]
#[serde(rename_all = "kebab-case")]
pub struct Attempt {
    /// What the receipt is called, without its ending.
    pub name: String,
    pub seed: u32,
    /// What was chosen from the grid.
    pub hyper_parameters: BTreeMap<String, f64>,
    /// The selection metric on validation.
    pub validation: Option<f64>,
    /// Why there is no receipt.
    pub failure: Option<String>,
}

impl Table {
    /// The table of a suite whose runs are done; a run without a result counts as one that never was.
    pub fn of(plan: &Plan, results: &Results) -> Self {
        let (metric, cutoff) = &plan.selection;
        let rows: Vec<Row> = plan.entries.iter().map(|entry| Row::of(entry, plan, results)).collect();
        let used = rows.iter().flat_map(|row| row.tuning.iter().chain(&row.runs));
        let finished = used.filter_map(|attempt| results.get(&attempt.name)?.as_ref().ok());
        Self {
            name: plan.name.clone(),
            description: plan.description.clone(),
            dataset: plan.dataset.clone(),
            programs: finished.map(|finished| finished.program.clone()).collect(),
            selection: format!("{metric}@{cutoff}"),
            cutoffs: plan.cutoffs.clone(),
            rows,
            shown_cutoff: plan.list_length(),
        }
    }

    /// Every run that failed, with its row.
    pub fn failures(&self) -> impl Iterator<Item = (&Row, &Attempt, &str)> {
        self.rows.iter().flat_map(|row| row.failures().map(move |(attempt, why)| (row, attempt, why)))
    }
}

impl Row {
    fn of(entry: &Planned, plan: &Plan, results: &Results) -> Self {
        let attempt = |tried: &Configuration, run: &Run| {
            let outcome = results.get(&run.name);
            Attempt {
                name: run.name.clone(),
                seed: run.spec.seed,
                hyper_parameters: tried.chosen.clone(),
                validation: outcome.and_then(|outcome| outcome.as_ref().ok()?.selected(&plan.selection)),
                failure: outcome.and_then(|outcome| outcome.as_ref().err().cloned()),
            }
        };
        let judged = match entry.stage(results, &plan.selection) {
            Stage::Judging(configuration) => Some(configuration),
            Stage::Tuning(_) | Stage::Failed => None,
        };
        let runs = judged.map_or(&[][..], |judged| &judged.runs);
        let finished: Vec<&Finished> =
            runs.iter().filter_map(|run| results.get(&run.name)?.as_ref().ok()).collect();
        let trained = || finished.iter().filter(|finished| finished.epochs > 0);
        let test = Metric::ALL.map(|metric| {
            let value = |finished: &&Finished, cutoff: u32| {
                *finished.metrics.test.get(metric.name())?.get(&cutoff)?
            };
            let summary = |&cutoff: &u32| {
                (cutoff, Summary::of(finished.iter().filter_map(|finished| value(finished, cutoff))))
            };
            (metric.name(), plan.cutoffs.iter().map(summary).collect())
        });
        let common = &entry.common;
        Self {
            label: entry.label.clone(),
            system: common.system.description().name,
            variant: common.variant,
            modalities: common.modalities.clone(),
            coverage: coverage(&finished),
            hyper_parameters: runs.first().map(|run| run.spec.hyper_parameters.clone()).unwrap_or_default(),
            chosen: judged.map(|judged| judged.chosen.clone()).unwrap_or_default(),
            configurations: entry.configurations.len(),
            seeds: finished.len(),
            test: test.into(),
            validation: Summary::of(
                finished.iter().filter_map(|finished| finished.selected(&plan.selection)),
            ),
            seconds_per_epoch: mean(trained().map(|finished| finished.seconds_per_epoch)),
            best_epoch: mean(trained().map(|finished| f64::from(finished.best_epoch))),
            tuning: entry
                .configurations
                .iter()
                .filter_map(|tried| Some(attempt(tried, tried.tuning.as_ref()?)))
                .collect(),
            runs: judged
                .map(|judged| judged.runs.iter().map(|run| attempt(judged, run)).collect())
                .unwrap_or_default(),
        }
    }

    pub(super) fn failures(&self) -> impl Iterator<Item = (&Attempt, &str)> {
        let attempts = self.tuning.iter().chain(&self.runs);
        attempts.filter_map(|attempt| Some((attempt, attempt.failure.as_deref()?)))
    }
}

/// The mean over runs: where content is taken away by lot, as many items lose it with every seed, but for what they lack anyway.
fn coverage(finished: &[&Finished]) -> Option<BTreeMap<String, f64>> {
    let all = || finished.iter().filter_map(|finished| finished.coverage.as_ref());
    let of = |name: &String| mean(all().filter_map(|coverage| coverage.get(name).copied()));
    all().next().map(|first| first.keys().filter_map(|name| Some((name.clone(), of(name)?))).collect())
}

fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    Summary::of(values).map(|summary| summary.mean)
}
