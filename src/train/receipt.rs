use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Losses;
use crate::eval::MetricTable;
use crate::schema::axis::choices;
use crate::schema::{Choice, RunSpec};

/// What a finished run leaves behind: enough to repeat it and to tell whether the repetition agrees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Receipt {
    /// Of this format.
    pub version: u32,
    pub spec: RunSpec,
    pub dataset: DatasetName,
    /// Digest of the program's sources.
    pub program: String,
    /// Architecture and backend, as `wasm32-cpu`. The same program on the same target gives the same bits on
    /// the CPU.
    pub target: String,
    pub backend: Backend,
    pub metrics: Metrics,
    /// The share of items that have each modality, where any is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Record<string, number>"))]
    pub coverage: Option<BTreeMap<String, f64>>,
    /// The same in the first epoch of training, where items have other content then than when they are ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Record<string, number>"))]
    pub training_coverage: Option<BTreeMap<String, f64>>,
    /// The epoch whose parameters were judged, counted from 1; 0 where nothing is trained.
    pub best_epoch: u32,
    pub stopped_early: bool,
    /// Digest of all users' top-20 lists.
    pub lists_digest: String,
    pub fingerprints: Fingerprints,
    pub curve: Vec<CurvePoint>,
    pub timing: Timing,
}

impl Receipt {
    /// The receipt as its JSON reads: the reader may be off in the last bit of a number, so what is compared with a
    /// receipt that was read has to be read as well.
    pub fn as_read_back(&self) -> Self {
        let read_back = serde_json::to_string(self).and_then(|json| serde_json::from_str(&json));
        read_back.unwrap_or_else(|_| self.clone())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DatasetName {
    pub name: String,
    pub digest: String,
}

/// What computed, and why it was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Backend {
    pub kind: BackendKind,
    pub name: String,
    pub reason: String,
}

choices! {
    /// What computes.
    BackendKind {
        /// The processor.
        Cpu = "cpu",
        /// A graphics processor.
        Gpu = "gpu",
    }
}

impl std::fmt::Display for BackendKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Metrics {
    #[cfg_attr(test, ts(type = "MetricTable"))]
    pub validation: MetricTable,
    #[cfg_attr(test, ts(type = "MetricTable"))]
    pub test: MetricTable,
}

/// Digests and numbers by which two runs are compared stage by stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fingerprints {
    pub split: String,
    pub initial_parameters: String,
    /// Of the first epoch's samples; empty where nothing is trained.
    pub samples: String,
    /// The total loss of the first steps, at most 20.
    pub losses: Vec<f64>,
}

/// One epoch: the mean of each loss term and, where it was validated, the validation metrics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CurvePoint {
    pub epoch: u32,
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub loss: Losses,
    #[cfg_attr(test, ts(type = "MetricTable | null"))]
    pub validation: Option<MetricTable>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Timing {
    pub seconds_per_epoch: f64,
    /// Of the last evaluation, validation and test.
    pub evaluation_seconds: f64,
    /// `null` where the host does not tell.
    pub peak_memory_mb: Option<f64>,
}
