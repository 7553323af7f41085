use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::axis::{Choice, choices};
use super::{Design, Missing, Placebo, SpecError};

/// Everything that decides a run: the command line's file, the page's state, the link's payload.
///
/// This is what people write; [`CheckedSpec`](super::CheckedSpec) is what can be run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RunSpec {
    /// A name from the registry: `vbpr`, `lightgcn`, …
    pub system: String,
    #[serde(default)]
    pub variant: Variant,
    /// How a composed recommender is made; other systems settle it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub design: Option<Design>,
    #[serde(default)]
    pub dataset: DatasetReference,
    /// *Which* modalities are used; all that the data have when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub modalities: Option<Vec<String>>,
    /// What each modality weighs, in systems that weigh them; the system's own where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Record<string, number>"))]
    pub modality_weights: Option<BTreeMap<String, f64>>,
    /// What becomes of items that lack a modality.
    #[serde(default, skip_serializing_if = "Missing::is_default")]
    #[cfg_attr(test, ts(optional, as = "Option<Missing>"))]
    pub missing: Missing,
    /// What stands in the place of content.
    #[serde(default, skip_serializing_if = "Placebo::is_none")]
    #[cfg_attr(test, ts(optional, as = "Option<Placebo>"))]
    pub placebo: Placebo,
    #[serde(default = "default_seed")]
    pub seed: u32,
    /// By name; the registry's default for any that is absent.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub hyper_parameters: BTreeMap<String, f64>,
    #[serde(default)]
    pub training: Training,
    #[serde(default)]
    pub protocol: Protocol,
}

impl RunSpec {
    /// The defaults for a system, to be checked and changed.
    pub fn of(system: &str) -> Self {
        Self {
            system: system.into(),
            variant: Default::default(),
            design: None,
            dataset: Default::default(),
            modalities: None,
            modality_weights: None,
            missing: Default::default(),
            placebo: Default::default(),
            seed: 1,
            hyper_parameters: BTreeMap::new(),
            training: Default::default(),
            protocol: Default::default(),
        }
    }

    /// Reads a specification from JSON.
    pub fn from_json(json: &str) -> Result<Self, SpecError> {
        serde_json::from_str(json).map_err(|error| SpecError::Unreadable(error.to_string()))
    }
}

choices! {
    /// Whether a system follows its definition or the published code's slips (reference, section 0).
    #[derive(Default)]
    Variant {
        /// Its definition.
        #[default]
        Corrected = "corrected",
        /// The published code.
        AsPublished = "as-published",
    }
}

/// The data a run is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DatasetReference {
    pub name: String,
    /// The bundle's digest; a run on other data is refused when it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub digest: Option<String>,
}

impl Default for DatasetReference {
    fn default() -> Self {
        Self { name: "office-twin".into(), digest: None }
    }
}

/// How long to train, and which epoch to keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Training {
    pub epochs: u32,
    pub batch_size: u32,
    /// Validate after every so many epochs.
    pub evaluate_every: u32,
    /// Stop after so many validations without a better one; 0 never stops early.
    pub patience: u32,
    /// The validation metric that selects the epoch, as `recall@20`.
    pub selection: String,
    /// Learning rates that take the place of the hyper-parameter in the course of a run, by rising epoch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<LearningRate>>"))]
    pub learning_rate_from: Vec<LearningRate>,
}

/// A learning rate from an epoch on, which is counted from 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LearningRate {
    pub epoch: u32,
    pub rate: f64,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            epochs: 200,
            batch_size: 1024,
            evaluate_every: 10,
            patience: 5,
            selection: "recall@20".into(),
            learning_rate_from: Vec::new(),
        }
    }
}

/// How a run is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Protocol {
    pub candidates: Candidates,
    /// Whether a user's validation items are left out of the list judged on test.
    pub mask_validation: bool,
    pub split: Split,
    /// List lengths at which metrics are computed.
    pub cutoffs: Vec<u32>,
}

impl Default for Protocol {
    fn default() -> Self {
        Self {
            candidates: Candidates::TrainItems,
            mask_validation: false,
            split: Split::Bundle,
            cutoffs: vec![10, 20],
        }
    }
}

choices! {
    /// The items a list may contain.
    Candidates {
        /// Items with at least one train interaction: the paper's choice.
        TrainItems = "train-items",
        /// Every item of the data, cold ones too.
        All = "all",
    }
}

choices! {
    /// Where train, validation and test come from.
    Split {
        /// As the bundle has it.
        Bundle = "bundle",
        /// Drawn anew per user: 20 % test, then 20 % of the rest validation (reference 2.3).
        Random = "random",
        /// The same shares per user, the latest interactions last.
        Temporal = "temporal",
        /// Whole items are held out: 10 % of the items in validation, 10 % in test.
        ColdItems = "cold-items",
    }
}

impl Split {
    /// Whether the run's seed decides it.
    pub fn is_drawn(self) -> bool {
        match self {
            Self::Random | Self::ColdItems => true,
            Self::Bundle | Self::Temporal => false,
        }
    }
}

fn default_seed() -> u32 {
    1
}
