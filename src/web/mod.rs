//! The wasm-bindgen interface. Values cross as the JSON that links and receipts are made of, so that there is one shape for each
//! thing. The bench's files have handles for data sets and runs, and pure functions; the data file, which is only loaded when a
//! reader changes data, describes items anew.

#[cfg(not(feature = "data-file"))]
mod backend;
#[cfg(not(feature = "data-file"))]
mod bench;
#[cfg(not(feature = "data-file"))]
mod dataset;
#[cfg(feature = "data-file")]
mod description;
mod failure;
#[cfg(not(feature = "data-file"))]
mod run;
mod value;

use wasm_bindgen::prelude::*;

/// The types of everything that crosses, generated from the Rust types.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../www/src/lib/types.ts");

/// Installs the panic hook: `report` gets one sentence when the wasm dies. Promises that are under way then never
/// settle, so the caller has to start a new Worker.
#[wasm_bindgen]
pub fn start(report: js_sys::Function) {
    failure::report_panics(report);
}
