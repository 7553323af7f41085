use thiserror::Error;

use super::{Inadmissible, SELECTION_METRICS, System};

/// What is wrong with a specification.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SpecError {
    #[error("the specification cannot be read: {0}")]
    Unreadable(String),
    #[error("`system` is `{0}`, but the systems are {known}", known = names(System::ALL.map(|s| s.description().name)))]
    UnknownSystem(String),
    #[error("`variant` is `as-published`, but {0} has no slip to reproduce; use `corrected`")]
    UnknownVariant(&'static str),
    #[error("`hyper-parameters` has `{name}`, but {system} knows {known}")]
    UnknownHyperParameter { name: String, system: &'static str, known: String },
    #[error("`design` is given, but {0} is designed already; use the system `composed`")]
    NoDesign(&'static str),
    #[error(transparent)]
    Inadmissible(#[from] Inadmissible),
    #[error("`{field}` is {value}, but must be {allowed}")]
    OutOfRange { field: String, value: String, allowed: String },
    #[error("`modalities` names `{name}`, but the data have {known}")]
    UnknownModality { name: String, known: String },
    #[error("`modalities` is empty, but {0} needs at least one")]
    NoModality(&'static str),
    #[error("`modality-weights` is given, but {0} does not weigh modalities")]
    NoWeights(&'static str),
    #[error("`modalities` names `{0}` twice")]
    RepeatedModality(String),
    #[error("`missing` is given, but {0} uses no modality")]
    NothingToMiss(&'static str),
    #[error("`placebo` is given, but {0} uses no modality that it could stand in for")]
    NothingToReplace(&'static str),
    #[error(
        "`missing.dropout` hides modalities in training, but with `missing.policy` `drop` items without them are not trained on"
    )]
    DropoutOfDropped,
    #[error("`{field}` names `{name}`, but the modalities used are {known}")]
    UnusedModality { field: &'static str, name: String, known: String },
    #[error(
        "`missing.policy` is `neighbours`, which are neighbours in another modality, but only `{0}` is used"
    )]
    NoOtherModality(String),
    #[error("`training.selection` is `{0}`, but must be one of {known} with a cutoff, as in `recall@20`", known = names(SELECTION_METRICS))]
    UnknownSelection(String),
    #[error("`{key}` is not something that can be set; try one of {known}")]
    UnknownKey { key: String, known: String },
    #[error("`dataset.digest` is {wanted}, but the data at hand ({name}) have {found}")]
    OtherData { name: String, wanted: String, found: String },
}

impl SpecError {
    /// The field to look at.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Unreadable(_) => None,
            Self::UnknownSystem(_) => Some("system"),
            Self::UnknownVariant(_) => Some("variant"),
            Self::UnknownHyperParameter { .. } => Some("hyper-parameters"),
            Self::NoDesign(_) => Some("design"),
            Self::Inadmissible(reason) => Some(reason.field()),
            Self::OutOfRange { field, .. } => Some(field),
            Self::UnknownModality { .. } | Self::NoModality(_) | Self::RepeatedModality(_) => {
                Some("modalities")
            }
            Self::NoWeights(_) => Some("modality-weights"),
            Self::NothingToMiss(_) => Some("missing"),
            Self::NothingToReplace(_) => Some("placebo"),
            Self::UnusedModality { field, .. } => Some(field),
            Self::NoOtherModality(_) => Some("missing.policy"),
            Self::DropoutOfDropped => Some("missing.dropout"),
            Self::UnknownSelection(_) => Some("training.selection"),
            Self::UnknownKey { key, .. } => Some(key),
            Self::OtherData { .. } => Some("dataset.digest"),
        }
    }
}

/// Names as messages list them.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}
