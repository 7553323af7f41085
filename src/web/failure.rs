use serde::Serialize;
use wasm_bindgen::JsValue;

use super::value::to_js;
use crate::bench::comparison::RunsError;
use crate::data::BundleError;
use crate::schema::SpecError;
use crate::train::TrainError;

/// What every function that fails throws: a plain object with one sentence.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Failure {
    /// What was being done: `spec`, `link`, `bundle`, `training`, `device`, `user`, `comparison` or `value`.
    kind: &'static str,
    message: String,
    /// The field of the specification to look at.
    field: Option<String>,
}

impl Failure {
    pub fn new(kind: &'static str, message: &str) -> Self {
        Self { kind, message: message.into(), field: None }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        to_js(&failure).unwrap_or_else(|error| error)
    }
}

impl From<SpecError> for Failure {
    fn from(error: SpecError) -> Self {
        Self { kind: "spec", message: error.to_string(), field: error.field().map(Into::into) }
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        Self::new("bundle", &error.to_string())
    }
}

impl From<RunsError> for Failure {
    fn from(error: RunsError) -> Self {
        Self::new("comparison", &error.to_string())
    }
}

impl From<TrainError> for Failure {
    fn from(error: TrainError) -> Self {
        match error {
            TrainError::Spec(error) => error.into(),
            TrainError::Device(_) => Self::new("device", &error.to_string()),
            _ => Self::new("training", &error.to_string()),
        }
    }
}

/// Prints every panic to the console and hands its first line to `report`.
pub fn report_panics(report: js_sys::Function) {
    // Wasm has one thread, but the hook's type asks for more.
    struct OneThread(js_sys::Function);
    unsafe impl Send for OneThread {}
    unsafe impl Sync for OneThread {}
    let report = OneThread(report);
    std::panic::set_hook(Box::new(move |panic| {
        let report = &report;
        console_error_panic_hook::hook(panic);
        let message = panic.to_string().replace('\n', " ");
        let _ = report.0.call1(&JsValue::NULL, &JsValue::from_str(&message));
    }));
}
