//! Opening a GPU natively. In the page the device opens asynchronously, see `web`.

use std::sync::OnceLock;

use burn::tensor::Device;

/// The process's GPU, opened on first use; the error is a sentence that says why there is none.
pub fn native() -> Result<Device, String> {
    static DEVICE: OnceLock<Result<Device, String>> = OnceLock::new();
    DEVICE
        .get_or_init(|| {
            Device::wgpu_options().init().map_err(|error| format!("no GPU could be opened: {error}"))
        })
        .clone()
}
