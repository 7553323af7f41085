use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Dataset, Part, Provenance, bundle};
use crate::ordered::ordered;

/// A data set in numbers, as `fusebox inspect` and the page show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct DatasetSummary {
    pub name: String,
    /// The content's digest, 64 hexadecimal digits.
    pub digest: String,
    pub users: usize,
    pub items: usize,
    pub interactions: usize,
    pub train: usize,
    pub validation: usize,
    pub test: usize,
    /// Interactions over users × items, between 0 and 1.
    pub density: f64,
    pub modalities: BTreeMap<String, ModalitySummary>,
    pub provenance: Provenance,
    pub thumbnails: Option<ThumbnailsSummary>,
    pub sounds: Option<SoundsSummary>,
    /// Whether items have titles or descriptions.
    pub texts: bool,
}

/// One modality in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct ModalitySummary {
    /// Length of its vectors.
    pub dim: usize,
    /// Items that have it.
    pub present: usize,
    pub origin: String,
}

/// How to cut the sheet of thumbnails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct ThumbnailsSummary {
    /// Width and height of one picture, in pixels.
    pub tile: u32,
    /// Pictures in one row of the sheet.
    pub columns: u32,
}

/// The sounds in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct SoundsSummary {
    /// Samples a second, in hertz.
    pub rate: u32,
    /// Samples of each sound.
    pub length: usize,
    /// Items that have one.
    pub present: usize,
}

impl DatasetSummary {
    pub fn of(dataset: &Dataset) -> Self {
        let count =
            |part: Part| dataset.interactions.iter().filter(|interaction| interaction.part == part).count();
        let present = |mask: &[bool]| mask.iter().filter(|present| **present).count();
        let modality = |features: &super::Features| ModalitySummary {
            dim: features.values.ncols(),
            present: present(&features.present),
            origin: features.origin.clone(),
        };
        Self {
            name: dataset.name.clone(),
            digest: bundle::digest(dataset),
            users: dataset.users.len(),
            items: dataset.items.len(),
            interactions: dataset.interactions.len(),
            train: count(Part::Train),
            validation: count(Part::Validation),
            test: count(Part::Test),
            density: dataset.interactions.len() as f64
                / (dataset.users.len() as f64 * dataset.items.len() as f64),
            modalities: ordered(
                dataset.modalities.iter().map(|(name, features)| (name.clone(), modality(features))),
            ),
            provenance: dataset.provenance.clone(),
            thumbnails: dataset
                .thumbnails
                .as_ref()
                .map(|thumbnails| ThumbnailsSummary { tile: thumbnails.tile, columns: thumbnails.columns }),
            sounds: dataset.sounds.as_ref().map(|sounds| SoundsSummary {
                rate: sounds.rate,
                length: sounds.length,
                present: present(&sounds.present),
            }),
            texts: !dataset.texts.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{sample, sounds};
    use super::*;

    #[test]
    fn the_summary_counts_what_is_there() {
        let summary = serde_json::to_value(DatasetSummary::of(&sample())).unwrap();
        let digest = bundle::digest(&sample());
        let expected = serde_json::json!({
            "name": "hand-made", "digest": digest, "users": 3, "items": 4, "interactions": 6,
            "train": 4, "validation": 1, "test": 1, "density": 0.5,
            "modalities": {
                "textual": { "dim": 2, "present": 4, "origin": "words" },
                "visual": { "dim": 3, "present": 3, "origin": "pixels" },
            },
            "provenance": { "source": "a test", "licence": "none", "recipe": "by hand", "synthetic": true },
            "thumbnails": { "tile": 8, "columns": 2 }, "sounds": null, "texts": true,
        });
        assert_eq!(summary, expected);
        let sounding = DatasetSummary::of(&Dataset { sounds: Some(sounds()), ..sample() });
        assert_eq!(sounding.sounds, Some(SoundsSummary { rate: 8000, length: 3, present: 3 }));
    }
}
