//! What a run has learned, as a file.

use super::TrainError;
use crate::models::Parameters;
use crate::schema::CheckedSpec;
use crate::transfer::read;

/// The parameters by name, `[rows, dim]` each, in safetensors' layout: the length of the header, the header as JSON, and the numbers
/// as 32-bit floats, little-endian, row by row. The specification stands in the header, as `spec`.
///
/// Fails where nothing is learned. The crate `safetensors` would write the same, but weighs 10 kB in the wasm.
pub async fn weights(spec: &CheckedSpec, parameters: &Parameters) -> Result<Vec<u8>, TrainError> {
    let json = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let spec_as_json = serde_json::to_string(&**spec).unwrap_or_default();
    let mut header = format!("{{\"__metadata__\":{{\"spec\":{}}}", json(&spec_as_json));
    let mut numbers = Vec::new();
    for (name, tensor) in parameters.iter() {
        let ([rows, dim], start) = (tensor.dims(), numbers.len());
        for number in read(tensor.clone()).await? {
            numbers.extend(number.to_le_bytes());
        }
        header += &format!(
            ",{}:{{\"dtype\":\"F32\",\"shape\":[{rows},{dim}],\"data_offsets\":[{start},{}]}}",
            json(name),
            numbers.len()
        );
    }
    if numbers.is_empty() {
        return Err(TrainError::NothingLearned(spec.system.description().title));
    }
    header.push('}');
    // Numbers begin at a multiple of eight bytes.
    header.extend(std::iter::repeat_n(' ', header.len().next_multiple_of(8) - header.len()));
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.into_bytes());
    file.extend(numbers);
    Ok(file)
}
