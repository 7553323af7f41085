use serde::{Deserialize, Serialize};

use super::Claim;
use crate::eval::MetricTable;
use crate::train::Receipt;

/// Early losses may differ by so much, relatively: other hardware adds in another order.
const LOSS_TOLERANCE: f64 = 1e-3;
/// Metrics may differ by so much, relatively, where no spread over seeds is known.
const METRIC_TOLERANCE: f64 = 0.02;
/// Differences below this are rounding, however small the metric.
const METRIC_FLOOR: f64 = 1e-4;

/// What a re-run says of the run it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    pub verdict: Outcome,
    /// The first stage that differs.
    pub stage: Option<String>,
    /// One sentence for people.
    pub explanation: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The same program on the same target, every digit and every list equal.
    Identical,
    /// Equal within what other hardware explains.
    Agrees,
    Different,
}

impl Verdict {
    fn identical() -> Self {
        let explanation = "Every metric and every list is the same, to the last digit.".into();
        Self { verdict: Outcome::Identical, stage: None, explanation }
    }

    fn agrees(why: &str) -> Self {
        Self { verdict: Outcome::Agrees, stage: None, explanation: why.into() }
    }

    fn different(stage: &str, explanation: String) -> Self {
        Self { verdict: Outcome::Different, stage: Some(stage.into()), explanation }
    }
}

/// Holds a re-run against the claim of a link.
pub fn on_claim(claim: &Claim, rerun: &Receipt) -> Verdict {
    let again = Claim::of(rerun);
    let same_bits =
        millionths(&claim.test) == millionths(&again.test) && claim.lists_digest == again.lists_digest;
    let same_program = claim.program == again.program && claim.target == again.target;
    match (same_bits, same_program) {
        (true, true) => return Verdict::identical(),
        (true, false) => {
            return Verdict::agrees("Every metric and list is the same, on another program or machine.");
        }
        (false, _) => {}
    }
    if let Some(difference) = metric_difference(&claim.test, &again.test) {
        return Verdict::different("metrics", difference);
    }
    if same_program && claim.target.ends_with("cpu") {
        let explanation = "The same program on the same kind of machine gave other lists.".into();
        return Verdict::different("lists", explanation);
    }
    Verdict::agrees("All test metrics agree within 2 %; another program or machine explains the rest.")
}

/// Metrics in whole millionths, which is what a claim promises.
fn millionths(metrics: &MetricTable) -> Vec<(&str, u32, Option<i64>)> {
    let rows = metrics.iter().flat_map(|(name, values)| {
        values.iter().map(move |(&cutoff, value)| {
            (name.as_str(), cutoff, value.map(|value| (value * 1e6).round() as i64))
        })
    });
    rows.collect()
}

/// Holds a re-run against a whole receipt, stage by stage.
pub fn on_receipt(original: &Receipt, rerun: &Receipt) -> Verdict {
    let (original, rerun) = (&original.as_read_back(), &rerun.as_read_back());
    let same_program = original.program == rerun.program && original.target == rerun.target;
    let stages = [
        ("data", original.dataset.digest == rerun.dataset.digest, "The data are not the same."),
        (
            "split",
            original.fingerprints.split == rerun.fingerprints.split,
            "Train, validation and test are not the same.",
        ),
        (
            "initial-parameters",
            original.fingerprints.initial_parameters == rerun.fingerprints.initial_parameters,
            "The runs start from other parameters.",
        ),
        (
            "samples",
            original.fingerprints.samples == rerun.fingerprints.samples,
            "The first epoch draws other samples.",
        ),
    ];
    if let Some((stage, _, explanation)) = stages.iter().find(|(_, same, _)| !same) {
        return Verdict::different(stage, (*explanation).into());
    }
    if original.metrics == rerun.metrics && original.lists_digest == rerun.lists_digest {
        return match same_program {
            true => Verdict::identical(),
            false => Verdict::agrees("Every metric and list is the same, on another program or machine."),
        };
    }
    if let Some(difference) = loss_difference(&original.fingerprints.losses, &rerun.fingerprints.losses) {
        return Verdict::different("losses", difference);
    }
    if let Some(difference) = metric_difference(&original.metrics.test, &rerun.metrics.test) {
        return Verdict::different("metrics", difference);
    }
    if same_program && original.target.ends_with("cpu") {
        let explanation = "The same program on the same kind of machine gave other digits.".into();
        return Verdict::different("lists", explanation);
    }
    Verdict::agrees("The runs start alike, and all test metrics agree within 2 %.")
}

fn loss_difference(original: &[f64], rerun: &[f64]) -> Option<String> {
    if original.len() != rerun.len() {
        return Some(format!("One run took {} early steps, the other {}.", original.len(), rerun.len()));
    }
    let step = original
        .iter()
        .zip(rerun)
        .position(|(a, b)| (a - b).abs() > LOSS_TOLERANCE * a.abs().max(f64::from(f32::MIN_POSITIVE)))?;
    Some(format!("The loss of step {} was {:.6} and is {:.6} now.", step + 1, original[step], rerun[step]))
}

fn metric_difference(original: &MetricTable, rerun: &MetricTable) -> Option<String> {
    for (name, values) in original {
        for (cutoff, &value) in values {
            let again = rerun.get(name).and_then(|values| *values.get(cutoff)?);
            let close = match (value, again) {
                (None, None) => true,
                (Some(a), Some(b)) => (a - b).abs() <= (METRIC_TOLERANCE * a.abs()).max(METRIC_FLOOR),
                _ => false,
            };
            if !close {
                let show =
                    |value: Option<f64>| value.map_or("undefined".into(), |value| format!("{value:.6}"));
                return Some(format!("{name}@{cutoff} was {} and is {} now.", show(value), show(again)));
            }
        }
    }
    None
}
