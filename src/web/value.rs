use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

use super::failure::Failure;

/// A JavaScript value of what serde makes of a Rust one.
pub fn to_js<T: Serialize, J: JsCast>(value: &T) -> Result<J, JsValue> {
    let json = serde_json::to_string(value).map_err(|error| Failure::new("value", &error.to_string()))?;
    Ok(js_sys::JSON::parse(&json)?.unchecked_into())
}

/// The Rust value of a plain JavaScript one.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    let json = js_sys::JSON::stringify(value)?.as_string().unwrap_or_default();
    Ok(serde_json::from_str(&json).map_err(|error| Failure::new("value", &error.to_string()))?)
}
