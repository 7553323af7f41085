use std::collections::BTreeMap;

use serde::Serialize;

use super::SEED;
use super::measured::Measured;
use crate::bench::Summary;
use crate::eval::Metric;
use crate::eval::significance::{Estimate, Hypothesis, holm, sign_flip, signed_rank};
use crate::ordered::ordered;
use crate::random::{Stream, generator};

/// Two values are the same when they are no farther apart than this share of the second.
pub const MARGIN: f64 = 0.02;
/// A p-value below this counts.
pub const LEVEL: f64 = 0.05;
/// Assignments of signs drawn for a test.
const FLIPS: u32 = 19_999;
/// Standard errors to both sides that 95 % of a normal distribution lie within.
const NINETY_FIVE: f64 = 1.959_963_984_540_054;

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
    /// The same for all tests that are shown together (Holm).
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

/// How two rows differ in those of the metrics that both have.
pub fn differences(
    one: &Measured,
    other: &Measured,
    metrics: &[Metric],
) -> BTreeMap<&'static str, Difference> {
    ordered(metrics.iter().filter_map(|&metric| Some((metric.name(), Difference::of(one, other, metric)?))))
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
pub fn correct<'a>(differences: impl IntoIterator<Item = &'a mut Difference>) -> usize {
    let mut differences: Vec<&mut Difference> = differences.into_iter().collect();
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
