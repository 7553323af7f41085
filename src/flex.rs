//! Where the numbers of a tensor on the CPU lie.

use std::ops::Range;

use burn::tensor::TensorData;
use burn_flex::FlexTensor;

/// Where the elements of a contiguous tensor, which may be a view, lie in its buffer.
pub fn range(tensor: &FlexTensor) -> Range<usize> {
    let first = tensor.layout().start_offset();
    first..first + tensor.layout().num_elements()
}

/// The elements of a contiguous tensor.
pub fn slice<E: burn::tensor::Element + bytemuck::Pod>(tensor: &FlexTensor) -> &[E] {
    &tensor.storage::<E>()[range(tensor)]
}

/// A tensor of these numbers, row by row.
pub fn tensor<const D: usize>(values: Vec<f32>, shape: [usize; D]) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(values, shape))
}

/// Does `work` to all numbers, told the length of a row, in the tensor itself where nothing else holds it.
pub fn in_place(tensor: FlexTensor, work: impl FnOnce(&mut [f32], usize)) -> FlexTensor {
    let mut tensor = contiguous(tensor);
    let (range, dim) = (range(&tensor), tensor.layout().shape().last().copied().unwrap_or(1));
    work(&mut tensor.storage_mut::<f32>()[range], dim);
    tensor
}

/// Consumes the tensor, so that the result is its only holder.
fn contiguous(tensor: FlexTensor) -> FlexTensor {
    tensor.to_contiguous()
}
