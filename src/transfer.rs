//! Numbers on their way between the host and a device.
//!
//! burn's own functions for this can turn every type of number into every other, and that is code which a reader of
//! the page would have to download. All numbers here are `f32`, all indices `i32`, so nothing has to be turned.

use burn::backend::Dispatch;
use burn::backend::ops::{FloatTensorOps, IntTensorOps};
use burn::tensor::{Device, ExecutionError, Int, Tensor, TensorData};
use ndarray::Array2;

/// A tensor of these values, row by row.
pub fn upload<const D: usize>(values: Vec<f32>, shape: [usize; D], device: &Device) -> Tensor<D> {
    let data = TensorData::new(values, shape);
    Tensor::from_dispatch(Dispatch::float_from_data(data, device.as_dispatch()))
}

/// The same of a matrix: `[rows, columns]`.
pub fn upload_matrix(values: &Array2<f32>, device: &Device) -> Tensor<2> {
    upload(values.iter().copied().collect(), [values.nrows(), values.ncols()], device)
}

/// A tensor of these indices, `[values]`.
pub fn upload_indices(values: Vec<i32>, device: &Device) -> Tensor<1, Int> {
    let length = values.len();
    let data = TensorData::new(values, [length]);
    Tensor::from_dispatch(Dispatch::int_from_data(data, device.as_dispatch()))
}

/// The values of a tensor, row by row. Without autodiff.
pub async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, ExecutionError> {
    let data = Dispatch::float_into_data(tensor.into_dispatch()).await?;
    data.try_into_vec().map_err(|error| ExecutionError::WithContext { reason: error.to_string() })
}
