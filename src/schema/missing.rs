use serde::{Deserialize, Serialize};

use super::axis::{Choice, choices};

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
    /// When what is taken away is lacking.
    #[serde(skip_serializing_if = "Side::is_both")]
    #[cfg_attr(test, ts(as = "Option<Side>", optional))]
    pub side: Side,
    /// The chance with which each item's modality is hidden for an epoch of training, so that the system learns to do without;
    /// from 0 to 0.9.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(test, ts(as = "Option<f64>", optional))]
    pub dropout: f64,
}

fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

impl Missing {
    /// Whether this is what happens when nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether items have other content in training than when they are ranked.
    pub fn differs_by_occasion(&self) -> bool {
        self.dropout > 0.0 || self.rate > 0.0 && !self.side.is_both()
    }
}

choices! {
    /// What stands in for a modality that an item lacks.
    #[derive(Default)]
    MissingPolicy {
        /// The mean of the items that have it.
        #[default]
        Mean = "mean",
        /// Zeros.
        Zeros = "zeros",
        /// The mean of the items that have it and are most alike in the other modalities.
        Neighbours = "neighbours",
        /// What flows there from the items that have it, along who took what.
        Propagation = "propagation",
        /// Nothing: an item that lacks any of the modalities is neither learned from nor recommended.
        Drop = "drop",
    }
}

choices! {
    /// When what is taken away is lacking.
    #[derive(Default)]
    Side {
        /// In training, and when items are ranked.
        #[default]
        Both = "both",
        /// In training alone: the items' content comes later.
        Train = "train",
        /// When items are ranked alone: the system has learned from content that is then lacking.
        Test = "test",
    }
}

impl Side {
    fn is_both(&self) -> bool {
        *self == Self::Both
    }
}

choices! {
    /// The items from which modalities are taken away.
    #[derive(Default)]
    TakenFrom {
        /// Any, by lot; what is taken at a rate is taken at every higher one.
        #[default]
        Random = "random",
        /// Those with most train interactions.
        Popular = "popular",
        /// Those with fewest.
        Unpopular = "unpopular",
    }
}
