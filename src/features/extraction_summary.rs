use serde::Serialize;

use super::{Extraction, Extractor, Reads};

/// How an extraction went, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct ExtractionSummary {
    pub modality: String,
    pub extractor: &'static str,
    pub reads: Reads,
    /// Numbers an item.
    pub width: usize,
    pub items: usize,
    /// Items that have nothing to read.
    pub without_input: usize,
    /// Items that have something which could not be used.
    pub unusable: usize,
    /// In the bundle.
    pub bytes_per_item: usize,
}

impl ExtractionSummary {
    pub fn of(modality: &str, extractor: Extractor, extraction: &Extraction) -> Self {
        let description = extractor.description();
        let features = &extraction.features;
        let (items, width) = features.values.dim();
        Self {
            modality: modality.into(),
            extractor: description.name,
            reads: description.reads,
            width,
            items,
            without_input: extraction.without_input,
            unusable: extraction.unusable,
            bytes_per_item: width * features.precision.bytes(),
        }
    }

    /// Items that have features now.
    pub fn described(&self) -> usize {
        self.items - self.without_input - self.unusable
    }
}
