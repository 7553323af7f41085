use std::cell::RefCell;

use burn::tensor::Device;
use wasm_bindgen::prelude::*;

use super::bench::JsBackend;
#[cfg(feature = "webgpu")]
use super::bench::{JsRunSpec, JsSelfCheck};
use super::failure::Failure;
#[cfg(feature = "webgpu")]
use super::value::from_js;
use super::value::to_js;
use crate::train::{Backend, BackendKind, Host};

thread_local! {
    /// The device of this Worker, opened once.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
    /// The first thing that went wrong on the GPU without an error of its own.
    static FAULT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Opens the device of this file: the CPU, or the GPU in the file that was built for it. Once a Worker; throws a
/// `Failure` when there is no adapter.
#[wasm_bindgen]
pub async fn initialise() -> Result<JsBackend, JsValue> {
    if let Some(host) = HOST.with_borrow(Clone::clone) {
        return to_js(&host.backend);
    }
    let host = open().await?;
    let backend = host.backend.clone();
    HOST.set(Some(host));
    to_js(&backend)
}

/// The device that `initialise` opened.
pub fn host() -> Result<Host, Failure> {
    HOST.with_borrow(Clone::clone)
        .ok_or_else(|| Failure::new("device", "initialise() has to be awaited first"))
}

/// Fails once the GPU has reported a fault: numbers that came after it may be stale.
pub fn healthy() -> Result<(), Failure> {
    match FAULT.with_borrow(Clone::clone) {
        None => Ok(()),
        Some(fault) => Err(Failure::new("device", &fault)),
    }
}

/// Monotonic, and finer than the date; where there is no Worker around us, the date has to do.
fn clock() -> f64 {
    let scope = js_sys::global().dyn_into::<web_sys::WorkerGlobalScope>().ok();
    let milliseconds = scope.and_then(|scope| scope.performance()).map(|performance| performance.now());
    milliseconds.unwrap_or_else(js_sys::Date::now) / 1000.0
}

/// The memory of the wasm instance, which never shrinks.
fn peak_memory() -> Option<f64> {
    Some((core::arch::wasm32::memory_size(0) * 65_536) as f64 / 1e6)
}

#[cfg(not(feature = "webgpu"))]
async fn open() -> Result<Host, Failure> {
    let backend = Backend {
        kind: BackendKind::Cpu,
        name: "WebAssembly with SIMD, one thread".into(),
        reason: "this is the file for the CPU".into(),
    };
    Ok(Host { device: Device::flex(), backend, clock, peak_memory })
}

#[cfg(feature = "webgpu")]
async fn open() -> Result<Host, Failure> {
    log::set_logger(&FaultLogger).map_err(|error| Failure::new("device", &error.to_string()))?;
    log::set_max_level(log::LevelFilter::Warn);
    let (device, setup) = Device::wgpu_options().init_with_setup_async().await.map_err(|error| {
        Failure::new("device", &format!("the browser offers WebGPU but no adapter: {error}"))
    })?;
    setup.device.on_uncaptured_error(std::sync::Arc::new(|error| fault(error.to_string())));
    setup.device.set_device_lost_callback(|reason, message| {
        fault(format!("the GPU was lost ({reason:?}): {message}"))
    });
    let info = setup.adapter.get_info();
    let name = if info.name.is_empty() { "WebGPU".to_string() } else { format!("WebGPU: {}", info.name) };
    let backend =
        Backend { kind: BackendKind::Gpu, name, reason: "the browser offers a WebGPU adapter".into() };
    Ok(Host { device, backend, clock, peak_memory })
}

#[cfg(feature = "webgpu")]
fn fault(message: String) {
    FAULT.with_borrow_mut(|first| {
        first.get_or_insert(message);
    });
}

/// A shader that fails validation in the browser is only logged, and what follows can be stale but plausible
/// (cubecl#1641). So an error in the log fails the run.
#[cfg(feature = "webgpu")]
struct FaultLogger;

#[cfg(feature = "webgpu")]
impl log::Log for FaultLogger {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &log::Record<'_>) {
        let message = record.args().to_string();
        if record.level() == log::Level::Error {
            web_sys::console::error_1(&JsValue::from_str(&message));
            fault(message);
        } else if self.enabled(record.metadata()) {
            web_sys::console::warn_1(&JsValue::from_str(&message));
        }
    }

    fn flush(&self) {}
}

/// One fixed step of the specification's system on a small problem, on this file's device and on the CPU. Throws a
/// `Failure` when they differ by more than a thousandth: then nothing this device computes may be shown. The file for the CPU
/// has nothing to be checked.
#[cfg(feature = "webgpu")]
#[wasm_bindgen]
pub async fn self_check(spec: JsRunSpec) -> Result<JsSelfCheck, JsValue> {
    let spec = from_js::<crate::schema::RunSpec>(&spec)?;
    let result = crate::train::self_check(&spec, &host()?.device).await.map_err(Failure::from)?;
    healthy()?;
    to_js(&result)
}
