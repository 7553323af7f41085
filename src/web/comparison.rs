//! Finished runs held against each other.

use wasm_bindgen::prelude::*;

use super::failure::Failure;
use super::value::{from_js, to_js};
use crate::bench::comparison::{Conditions, RowOfRuns, Runs, RunsQuestion};
use crate::data::read_bundle;
use crate::eval::Lists;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "RunSpec")]
    pub type JsRunSpec;
    #[wasm_bindgen(typescript_type = "SliceSummary[]")]
    pub type JsSlices;
    #[wasm_bindgen(typescript_type = "RowOfRuns[]")]
    pub type JsRows;
    #[wasm_bindgen(typescript_type = "ValuesOfRow[]")]
    pub type JsValues;
    #[wasm_bindgen(typescript_type = "RunsQuestion")]
    pub type JsQuestion;
    #[wasm_bindgen(typescript_type = "RunsCompared")]
    pub type JsCompared;
}

/// Finished runs on the same data. Every function throws a `Failure` where it is asked for what is not there.
#[wasm_bindgen(js_name = Runs)]
pub struct RunsHandle {
    runs: Runs,
}

#[wasm_bindgen(js_class = Runs)]
impl RunsHandle {
    /// No runs yet, on the data of a bundle.
    pub fn on(bundle: &[u8]) -> Result<RunsHandle, JsValue> {
        Ok(Self { runs: Runs::on(read_bundle(bundle).map_err(Failure::from)?) })
    }

    /// Takes in a run: its specification, and everybody's list, best first, one after the other; `start` is `[users + 1]`. Says at
    /// which place.
    pub fn add(&mut self, spec: JsRunSpec, start: Vec<u32>, item: Vec<u32>) -> Result<usize, JsValue> {
        let score = Vec::new();
        let lists = Lists { start, item, score };
        Ok(self.runs.add(from_js::<Conditions>(&spec)?, lists).map_err(Failure::from)?)
    }

    /// The slices of what was held out from a run, everything first.
    pub fn slices(&self, run: usize) -> Result<JsSlices, JsValue> {
        to_js(&self.runs.slices(run).map_err(Failure::from)?)
    }

    /// Every metric of every row on a slice.
    pub fn values(&self, rows: JsRows, slice: &str, cutoffs: &[u32]) -> Result<JsValues, JsValue> {
        let rows = from_js::<Vec<RowOfRuns>>(&rows)?;
        to_js(&self.runs.values(&rows, slice, cutoffs).map_err(Failure::from)?)
    }

    /// Holds rows against each other.
    pub fn compare(&self, question: JsQuestion) -> Result<JsCompared, JsValue> {
        to_js(&self.runs.compare(&from_js::<RunsQuestion>(&question)?).map_err(Failure::from)?)
    }
}
