//! What can be asked without data: systems, specifications, links and verdicts.

use wasm_bindgen::prelude::*;

use super::failure::Failure;
use super::value::{from_js, to_js};
use crate::bench::{self, Shared, Verdict};
use crate::schema::{RunSpec, System};
use crate::train::Receipt;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "RunSpec")]
    pub type JsRunSpec;
    #[wasm_bindgen(typescript_type = "SystemDescription[]")]
    pub type JsSystems;
    #[wasm_bindgen(typescript_type = "Shared")]
    pub type JsShared;
    #[wasm_bindgen(typescript_type = "Receipt")]
    pub type JsReceipt;
    #[wasm_bindgen(typescript_type = "Verdict")]
    pub type JsVerdict;
    #[wasm_bindgen(typescript_type = "Backend")]
    pub type JsBackend;
    #[wasm_bindgen(typescript_type = "SelfCheck")]
    pub type JsSelfCheck;
    #[wasm_bindgen(typescript_type = "DatasetSummary")]
    pub type JsSummary;
    #[wasm_bindgen(typescript_type = "UserHistory")]
    pub type JsHistory;
    #[wasm_bindgen(typescript_type = "Event[]")]
    pub type JsEvents;
    #[wasm_bindgen(typescript_type = "ItemCard[]")]
    pub type JsCards;
    #[wasm_bindgen(typescript_type = "Recommendation[]")]
    pub type JsRecommendations;
    #[wasm_bindgen(typescript_type = "[start: Uint32Array, item: Uint32Array, score: Float32Array]")]
    pub type JsLists;
}

/// The systems, where each sits in the schema, and what can be set.
#[wasm_bindgen]
pub fn schema() -> Result<JsSystems, JsValue> {
    let systems: Vec<_> = System::ALL.iter().map(|system| system.description()).collect();
    to_js(&systems)
}

/// Completes a specification with defaults; throws a `Failure` that names the field at fault.
#[wasm_bindgen]
pub fn check(spec: JsRunSpec) -> Result<JsRunSpec, JsValue> {
    let checked = from_js::<RunSpec>(&spec)?.check().map_err(Failure::from)?;
    to_js(&*checked)
}

/// What a link carries, once the page has unpacked it; throws a `Failure` unless it is a run that can be started.
#[wasm_bindgen]
pub fn check_shared(shared: JsShared) -> Result<JsShared, JsValue> {
    let shared = from_js::<Shared>(&shared)?;
    shared.spec.clone().check().map_err(Failure::from)?;
    to_js(&shared)
}

/// The specification and claim of a finished run.
#[wasm_bindgen]
pub fn shared_of(receipt: JsReceipt) -> Result<JsShared, JsValue> {
    to_js(&Shared::of(&from_js::<Receipt>(&receipt)?))
}

/// Holds a re-run against the claim of a link.
#[wasm_bindgen]
pub fn compare(claimed: JsShared, receipt: JsReceipt) -> Result<JsVerdict, JsValue> {
    let (claimed, receipt) = (from_js::<Shared>(&claimed)?, from_js::<Receipt>(&receipt)?);
    let claim = claimed
        .claim
        .ok_or_else(|| Failure::new("link", "this link makes no claim to hold a run against"))?;
    to_js::<Verdict, _>(&bench::on_claim(&claim, &receipt))
}
