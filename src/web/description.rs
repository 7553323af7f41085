//! Describing items anew: extractors on a bundle's own pictures, words and sounds.

use wasm_bindgen::prelude::*;

use super::failure::Failure;
use super::value::to_js;
use crate::data::{read_bundle, write_bundle};
use crate::features::{ExtractionSummary, Extractor, Material, Wanted, extend, extract};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "ExtractorDescription[]")]
    pub type JsExtractors;
    #[wasm_bindgen(typescript_type = "ExtractionSummary[]")]
    pub type JsOutcomes;
}

/// The extractors there are, and what each sees.
#[wasm_bindgen]
pub fn extractors() -> Result<JsExtractors, JsValue> {
    to_js(&Extractor::ALL.map(Extractor::description))
}

/// A bundle with other modalities, and how their extraction went.
#[wasm_bindgen]
pub struct Described {
    bundle: Vec<u8>,
    outcomes: Vec<ExtractionSummary>,
}

#[wasm_bindgen]
impl Described {
    /// The bundle's bytes; they are given once.
    pub fn bundle(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bundle)
    }

    pub fn outcomes(&self) -> Result<JsOutcomes, JsValue> {
        to_js(&self.outcomes)
    }
}

/// Describes the items of a bundle anew, by extractors as in `tf-idf,visual=clothing-looks`; throws a `Failure` when there is
/// nothing that they can read.
#[wasm_bindgen]
pub fn describe(bundle: &[u8], wanted: &str) -> Result<Described, JsValue> {
    let Wanted(wanted) = wanted.parse().map_err(|error| failed(&error))?;
    let mut dataset = read_bundle(bundle).map_err(Failure::from)?;
    let extractors: Vec<Extractor> = wanted.iter().map(|(_, extractor)| *extractor).collect();
    let material = Material::of(&dataset, &extractors).map_err(|error| failed(&error))?;
    let extractions = extractors.iter().map(|&extractor| extract(extractor, &material));
    let extractions = extractions.collect::<Result<Vec<_>, _>>().map_err(|error| failed(&error))?;
    drop(material);
    let mut outcomes = Vec::new();
    for ((modality, extractor), extraction) in wanted.iter().zip(extractions) {
        outcomes.push(ExtractionSummary::of(modality, *extractor, &extraction));
        dataset =
            extend(dataset, modality, *extractor, extraction.features).map_err(|error| failed(&error))?;
    }
    Ok(Described { bundle: write_bundle(&dataset), outcomes })
}

fn failed(error: &dyn std::error::Error) -> Failure {
    Failure::new("features", &error.to_string())
}
