use burn::tensor::Device;

/// The CPU and, where there is an adapter, the GPU: what tests of tensor operations compute on.
pub fn devices() -> Vec<Device> {
    let mut devices = vec![Device::flex()];
    #[cfg(feature = "webgpu")]
    match crate::gpu::native() {
        Ok(device) => devices.push(device),
        Err(reason) => println!("skipped on the GPU: {reason}"),
    }
    devices
}
