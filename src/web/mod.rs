//! The wasm-bindgen interface. Values cross as the JSON that links and receipts are made of, so that there is one shape for each
//! thing. The bench's files have handles for data sets and runs, and pure functions. Two more are loaded when a reader asks for
//! what they do: the data file describes items anew and imports what readers bring, the compare file holds finished runs against
//! each other. Which file a module is in is said here and nowhere else; what is under no feature is in all.

#[cfg(feature = "bench-file")]
mod backend;
#[cfg(feature = "bench-file")]
mod bench;
#[cfg(feature = "compare-file")]
mod comparison;
#[cfg(feature = "bench-file")]
mod dataset;
#[cfg(feature = "data-file")]
mod description;
mod failure;
#[cfg(feature = "data-file")]
mod import;
#[cfg(feature = "bench-file")]
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
