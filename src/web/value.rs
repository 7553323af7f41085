use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

use super::failure::Failure;

/// A JavaScript value of what serde makes of a Rust one.
pub fn to_js<T: Serialize, J: JsCast>(value: &T) -> Result<J, JsValue> {
    let json = serde_json::to_string(value).map_err(|error| Failure::new("value", &error.to_string()))?;
    Ok(js_sys::JSON::parse(&json)?.unchecked_into())
}
