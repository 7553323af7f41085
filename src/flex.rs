//! Where the numbers of a tensor on the CPU lie.

use std::ops::Range;

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
