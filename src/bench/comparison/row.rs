use std::collections::BTreeSet;

use serde::Deserialize;

use super::RunsError;
use crate::eval::Lists;
use crate::schema::{Protocol, RunSpec};

/// What of a specification decides how lists are judged. It is read from a whole one, whose other fields are of no concern.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Conditions {
    pub seed: u32,
    pub protocol: Protocol,
}

impl From<&RunSpec> for Conditions {
    fn from(spec: &RunSpec) -> Self {
        Self { seed: spec.seed, protocol: spec.protocol.clone() }
    }
}

/// A finished run.
#[derive(Debug)]
pub struct Run {
    pub conditions: Conditions,
    pub lists: Lists,
    /// The length that lists have where there are items enough.
    pub longest: u32,
}

/// A row whose runs are known to be judged alike.
pub struct Row<'a> {
    pub label: &'a str,
    pub runs: Vec<&'a Run>,
}

impl Row<'_> {
    pub fn seeds(&self) -> impl Iterator<Item = u32> {
        self.runs.iter().map(|run| run.conditions.seed)
    }

    /// One run a seed, and lists that reach as far as is asked.
    pub fn check(&self, cutoffs: &[u32]) -> Result<(), RunsError> {
        let mut seen = BTreeSet::new();
        if let Some(seed) = self.seeds().find(|&seed| !seen.insert(seed)) {
            return Err(RunsError::RepeatedSeed { label: self.label.into(), seed });
        }
        let longest = self.runs.iter().map(|run| run.longest).min();
        let longest = longest.ok_or_else(|| RunsError::EmptyRow(self.label.into()))?;
        match cutoffs.iter().find(|&&cutoff| cutoff > longest || cutoff == 0) {
            Some(&cutoff) => Err(RunsError::TooLong { cutoff, row: self.label.into(), longest }),
            None => Ok(()),
        }
    }

    /// Whether all runs of the row are judged as those of the other.
    pub fn is_judged_as(&self, other: &Self) -> Result<(), RunsError> {
        let Some(expected) = other.runs.first().map(|run| &run.conditions.protocol) else { return Ok(()) };
        for protocol in self.runs.iter().map(|run| &run.conditions.protocol) {
            let differs = |what, one: &str, other_value: &str| RunsError::OtherProtocol {
                one: self.label.into(),
                other: other.label.into(),
                what,
                values: format!("\"{one}\" and \"{other_value}\""),
            };
            if protocol.split != expected.split {
                return Err(differs("split", protocol.split.name(), expected.split.name()));
            }
            if protocol.candidates != expected.candidates {
                return Err(differs("candidates", protocol.candidates.name(), expected.candidates.name()));
            }
            if protocol.mask_validation != expected.mask_validation {
                let [one, other] = [protocol, expected].map(|protocol| match protocol.mask_validation {
                    true => "true",
                    false => "false",
                });
                return Err(differs("mask-validation", one, other));
            }
        }
        // Each row has a seed once.
        let alike = self.runs.len() == other.runs.len()
            && self.seeds().all(|seed| other.seeds().any(|other| seed == other));
        match expected.split.is_drawn() && !alike {
            true => Err(RunsError::OtherSplit {
                split: expected.split.name(),
                one: self.label.into(),
                other: other.label.into(),
            }),
            false => Ok(()),
        }
    }
}
