//! Interactions, item content and everything that brings them in.

pub mod bundle;
mod card;
mod check;
pub mod import;
mod problem;
mod reduce;
#[cfg(test)]
mod sample;
mod sheet;
mod split;
mod subsample;
mod summary;
pub mod twins;

use std::collections::BTreeMap;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

pub use bundle::{BundleError, digest as bundle_digest, read as read_bundle, write as write_bundle};
pub use card::{Cards, ItemCard, Recommendation, UserHistory};
pub use check::DatasetError;
pub use problem::{Problem, UserItems};
pub use reduce::{Reduced, Reduction, ReductionError, reduce};
pub use split::{SplitError, split};
pub use subsample::{Subsample, SubsampleError, subsample};
pub use summary::{DatasetSummary, ModalitySummary, SoundsSummary, ThumbnailsSummary};

use crate::schema::Choice;
use crate::schema::axis::choices;

/// The part of the data an interaction belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Part {
    Train = 0,
    Validation = 1,
    Test = 2,
}

/// One user's interaction with one item, by index into [`Dataset::users`] and [`Dataset::items`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    pub user: u32,
    pub item: u32,
    /// As in the source; 1 where the source has none.
    pub rating: f32,
    /// Seconds, or the position in the user's history; 0 where the source has none.
    pub timestamp: i64,
    pub part: Part,
}

choices! {
    /// How a modality's numbers are kept in the bundle file.
    Precision {
        /// With 16 bits.
        F16 = "f16",
        /// With 32 bits.
        F32 = "f32",
    }
}

impl Precision {
    /// Of one number.
    pub fn bytes(self) -> usize {
        match self {
            Self::F16 => 2,
            Self::F32 => 4,
        }
    }
}

/// One modality of all items.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// `[items, dim]`; the row of an item without this modality is zero and must not be read.
    pub values: Array2<f32>,
    /// `[items]`: whether the item has this modality.
    pub present: Vec<bool>,
    pub precision: Precision,
    /// Where the vectors come from, in words: the extractor, or the file.
    pub origin: String,
}

/// What is said of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ItemText {
    pub title: String,
    pub description: String,
    /// What kind of thing it is, in the source's words; empty where it does not say. People see it, systems do not: no
    /// extractor reads it, and the data's digest does not cover it.
    pub kind: String,
}

/// Small pictures of items on one sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Thumbnails {
    /// An encoded PNG or JPEG.
    pub sheet: Vec<u8>,
    /// Width and height of one picture, in pixels.
    pub tile: u32,
    /// Pictures in one row of the sheet.
    pub columns: u32,
    /// `[items]`: the position of the item's picture on the sheet, row by row.
    pub position: Vec<Option<u32>>,
}

/// Short sounds of items, of one channel, all with one rate and one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sounds {
    /// Samples a second, in hertz.
    pub rate: u32,
    /// Samples of each sound.
    pub length: usize,
    /// `[items, length]`, item by item; full scale is 32,768. An item without a sound has zeros.
    pub samples: Vec<i16>,
    /// `[items]`: whether the item has a sound.
    pub present: Vec<bool>,
}

impl Sounds {
    /// An item's samples: `[length]`.
    pub fn of(&self, item: usize) -> Option<&[i16]> {
        self.present.get(item).filter(|present| **present)?;
        self.samples.get(item * self.length..)?.get(..self.length)
    }
}

/// Where data come from and what may be done with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Provenance {
    pub source: String,
    pub licence: String,
    /// How this bundle was made: the command or the recipe, in words.
    pub recipe: String,
    /// True for generated data, which says so wherever it is shown.
    pub synthetic: bool,
}

/// A data set: who interacted with what, and what the items are.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    pub name: String,
    pub provenance: Provenance,
    /// The source's own identifier of each user; the position is the user's index.
    pub users: Vec<String>,
    /// The source's own identifier of each item; the position is the item's index.
    pub items: Vec<String>,
    /// Sorted by user, then item; no pair twice.
    pub interactions: Vec<Interaction>,
    /// By modality name: `visual`, `textual`, `audio`.
    pub modalities: BTreeMap<String, Features>,
    /// `[items]`, or empty.
    pub texts: Vec<ItemText>,
    pub thumbnails: Option<Thumbnails>,
    pub sounds: Option<Sounds>,
}
