use std::collections::BTreeMap;

use super::Run;
use crate::schema::System;
use crate::train::{Metrics, Receipt};

/// What is known so far, by the name of the run: what it came to, or why it failed.
pub type Results = BTreeMap<String, Result<Finished, String>>;

/// What a table needs of a receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    pub system: System,
    pub program: String,
    pub metrics: Metrics,
    /// As in the receipt: the share of items with content, by modality, when lists were made.
    pub coverage: Option<BTreeMap<String, f64>>,
    /// 0 where nothing is trained.
    pub epochs: u32,
    pub best_epoch: u32,
    pub seconds_per_epoch: f64,
    /// Of the whole run, about: all evaluations are taken to be as long as the last.
    pub seconds: f64,
}

impl Finished {
    pub fn of(run: &Run, receipt: &Receipt) -> Self {
        let timing = &receipt.timing;
        let evaluations = 1 + receipt.curve.iter().filter(|point| point.validation.is_some()).count();
        let epochs = receipt.curve.len() as u32;
        Self {
            system: run.spec.system,
            program: receipt.program.clone(),
            metrics: receipt.metrics.clone(),
            coverage: receipt.coverage.clone(),
            epochs,
            best_epoch: receipt.best_epoch,
            seconds_per_epoch: timing.seconds_per_epoch,
            seconds: f64::from(epochs) * timing.seconds_per_epoch
                + evaluations as f64 * timing.evaluation_seconds,
        }
    }

    /// The metric on validation by which epochs and configurations are selected; absent where no user has validation
    /// items.
    pub fn selected(&self, (metric, cutoff): &(String, u32)) -> Option<f64> {
        *self.metrics.validation.get(metric)?.get(cutoff)?
    }
}
