use serde::{Deserialize, Serialize};

/// Modalities that items lack: what is done about it, and how many more are taken away to see what that costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Missing {
    pub policy: MissingPolicy,
    /// The share of the items that have a modality from which it is taken away, from 0 to 1.
    pub rate: f64,
    /// The items from which modalities are taken away.
    pub taken_from: TakenFrom,
    /// The modalities that are taken away; all that are used when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub modalities: Option<Vec<String>>,
}

impl Missing {
    /// Whether this is what happens when nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What stands in for a modality that an item lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MissingPolicy {
    /// The mean of the items that have it.
    #[default]
    Mean,
    /// Zeros.
    Zeros,
    /// The mean of the items that have it and are most alike in the other modalities.
    Neighbours,
    /// What flows there from the items that have it, along who took what.
    Propagation,
}

/// The items from which modalities are taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum TakenFrom {
    /// Any, by lot; what is taken at a rate is taken at every higher one.
    #[default]
    Random,
    /// Those with most train interactions.
    Popular,
    /// Those with fewest.
    Unpopular,
}
