//! Rows of a suite held against each other, user by user (docs/statistics.md).

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use super::measured::{Judges, Measured};
use super::plan::{Plan, Stage};
use super::{Results, Run, Summary};
use crate::data::{Dataset, SplitError};
use crate::eval::significance::{Estimate, Hypothesis, holm, sign_flip, signed_rank};
use crate::eval::{Lists, Metric};
use crate::random::{Stream, generator};
use crate::train::DatasetName;

/// What is compared: accuracy, novelty, bias, and three metrics of all lists together.
pub const COMPARED: [Metric; 7] = [
    Metric::Recall,
    Metric::Ndcg,
    Metric::Efd,
    Metric::Aplt,
    Metric::Gini,
    Metric::ShannonEntropy,
    Metric::ItemCoverageRatio,
];
/// Two values are the same when they are no farther apart than this share of the second.
const MARGIN: f64 = 0.02;
/// A p-value below this counts.
const LEVEL: f64 = 0.05;
/// Assignments of signs drawn for a test.
const FLIPS: u32 = 19_999;
/// The seed of everything that is drawn here.
const SEED: u32 = 1;
/// Standard errors to both sides that 95 % of a normal distribution lie within.
const NINETY_FIVE: f64 = 1.959_963_984_540_054;

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

/// One question, and the pairs of rows that answer it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteAnswer"))]
#[serde(rename_all = "kebab-case")]
pub struct Answer {
    pub question: String,
    pub pairs: Vec<Pair>,
}

/// One row compared with another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuitePair"))]
#[serde(rename_all = "kebab-case")]
pub struct Pair {
    pub label: String,
    pub compared_with: String,
    /// By metric; where a metric is undefined for one of the two, it is absent.
    pub differences: BTreeMap<&'static str, Difference>,
}

/// How two rows differ in a metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteDifference"))]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// The first row's value minus the second's, each the mean over seeds.
    pub difference: f64,
    /// The same as a share of the second's; `null` where that is 0.
    pub relative: Option<f64>,
    /// Where the difference would lie with other users, in 95 of 100 cases.
    pub interval: [f64; 2],
    /// Over seeds, of the difference: what other initial parameters and samples change, the users being the same.
    pub seeds: Option<Summary>,
    pub p: Tests,
    /// The same for all tests of the suite together (Holm).
    pub corrected: Tests,
    pub finding: Finding,
}

/// Chances of what was seen, or more, if there were nothing to see.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteTests"))]
#[serde(rename_all = "kebab-case")]
pub struct Tests {
    /// That the mean difference is zero: by flipping users' signs, or by drawing users anew for a metric of all lists.
    pub difference: f64,
    /// That differences lie symmetrically about zero (Wilcoxon and Pratt); `null` for a metric of all lists, or where no user
    /// differs.
    pub signed_rank: Option<f64>,
    /// That the values are farther apart than the margin: a small one says that they are the same.
    pub equivalence: f64,
}

/// What may be said of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SuiteFinding"))]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    Higher,
    Lower,
    /// Within the margin.
    Same,
    /// Above zero and within the margin.
    SlightlyHigher,
    SlightlyLower,
    /// Neither a difference nor sameness is shown.
    Open,
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
        let judges = Judges::new(dataset, first.common.protocol.split, &seeds, cutoff, SEED)?;
        let (mut measured, mut left_out) = (BTreeMap::new(), Vec::new());
        for row in rows {
            let entry = &plan.entries[row];
            let of_row = match entry.stage(results, &plan.selection) {
                // One run's lists at a time: they are larger than all that is made of them.
                Stage::Judging(judged) => Measured::of(&judges, judged.runs.iter().map(&lists))
                    .map_err(|lacking| format!("{lacking} of its {} runs have no lists", judged.runs.len())),
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
                            differences: differences(measured.get(row)?, measured.get(other)?),
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
        let tests = correct(&mut questions);
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

/// How two rows differ in every metric that both have.
fn differences(one: &Measured, other: &Measured) -> BTreeMap<&'static str, Difference> {
    COMPARED.iter().filter_map(|&metric| Some((metric.name(), Difference::of(one, other, metric)?))).collect()
}

impl Difference {
    fn of(one: &Measured, other: &Measured, metric: Metric) -> Option<Self> {
        let difference = one.minus(other, metric, 1.0)?;
        let other_value = other.value(metric)?;
        // |a − b| < m b, taken apart: a − (1 − m) b is above zero and a − (1 + m) b below. Nothing is divided, so no error of
        // b is forgotten.
        let not_below = one.minus(other, metric, 1.0 - MARGIN)?.p(Hypothesis::NotAbove);
        let not_above = one.minus(other, metric, 1.0 + MARGIN)?.p(Hypothesis::NotBelow);
        let (by_mean, by_rank) = match one.paired(other, metric, 1.0) {
            Some(differences) => {
                let mut random = generator(SEED.into(), Stream::Resample);
                (sign_flip(&differences, FLIPS, &mut random), signed_rank(&differences))
            }
            None => (difference.p(Hypothesis::Zero), None),
        };
        let p = Tests {
            difference: by_mean,
            signed_rank: by_rank.map(|(p, _)| p),
            equivalence: not_below.max(not_above),
        };
        let Estimate { value, error } = difference;
        Some(Self {
            difference: value,
            relative: (other_value != 0.0).then(|| value / other_value),
            interval: [value - NINETY_FIVE * error, value + NINETY_FIVE * error],
            seeds: one.seeds_minus(other, metric),
            p,
            corrected: p,
            finding: Finding::Open,
        })
    }

    /// A difference is found where both tests see it; ranks and mean that point apart leave it open.
    fn judge(&self) -> Finding {
        let Tests { difference, signed_rank, equivalence } = self.corrected;
        let differs = difference < LEVEL && signed_rank.is_none_or(|p| p < LEVEL);
        match (differs, equivalence < LEVEL, self.difference > 0.0) {
            (true, false, true) => Finding::Higher,
            (true, false, false) => Finding::Lower,
            (true, true, true) => Finding::SlightlyHigher,
            (true, true, false) => Finding::SlightlyLower,
            (false, true, _) => Finding::Same,
            (false, false, _) => Finding::Open,
        }
    }
}

/// Corrects the p-values of each kind for all differences together, and says what may be said; returns how many there are.
fn correct(questions: &mut [Answer]) -> usize {
    let pairs = questions.iter_mut().flat_map(|answer| &mut answer.pairs);
    let mut differences: Vec<&mut Difference> =
        pairs.flat_map(|pair| pair.differences.values_mut()).collect();
    let all = |of: fn(&Tests) -> Option<f64>, differences: &[&mut Difference]| {
        let p: Vec<Option<f64>> = differences.iter().map(|each| of(&each.p)).collect();
        let corrected = holm(&p.iter().flatten().copied().collect::<Vec<_>>());
        let mut corrected = corrected.into_iter();
        p.into_iter().map(|p| p.and_then(|_| corrected.next())).collect::<Vec<_>>()
    };
    let by_mean = all(|p| Some(p.difference), &differences);
    let by_rank = all(|p| p.signed_rank, &differences);
    let sameness = all(|p| Some(p.equivalence), &differences);
    for (at, each) in differences.iter_mut().enumerate() {
        each.corrected = Tests {
            difference: by_mean[at].unwrap_or(1.0),
            signed_rank: by_rank[at],
            equivalence: sameness[at].unwrap_or(1.0),
        };
        each.finding = each.judge();
    }
    differences.len()
}
