use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::tensor::TensorData;
use burn_flex::FlexTensor;

use super::backend::SparseBackend;
use crate::parallel::for_rows;

impl SparseBackend for Flex {
    fn sparse_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        _: IntTensor<Self>,
        _: IntTensor<Self>,
        _: IntTensor<Self>,
        value: FloatTensor<Self>,
        dense: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let dense = dense.to_contiguous();
        let value = value.to_contiguous();
        let dim = dense.layout().shape()[1];
        let rows = start.layout().shape()[0] - 1;
        let (start, column, entry) = (slice::<i32>(&start), slice::<i32>(&column), slice::<i32>(&entry));
        let (value, dense) = (slice::<f32>(&value), slice::<f32>(&dense));
        let mut out = vec![0f32; rows * dim];
        for_rows(&mut out, dim, |row, out| {
            for at in start[row] as usize..start[row + 1] as usize {
                let weight = value[entry[at] as usize];
                let source = &dense[column[at] as usize * dim..][..dim];
                for (sum, &term) in out.iter_mut().zip(source) {
                    *sum += weight * term;
                }
            }
        });
        FlexTensor::from_data(TensorData::new(out, [rows, dim]))
    }

    fn sampled_product(
        start: IntTensor<Self>,
        column: IntTensor<Self>,
        entry: IntTensor<Self>,
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (left, right) = (left.to_contiguous(), right.to_contiguous());
        let dim = left.layout().shape()[1];
        let (start, column, entry) = (slice::<i32>(&start), slice::<i32>(&column), slice::<i32>(&entry));
        let (left, right) = (slice::<f32>(&left), slice::<f32>(&right));
        let mut out = vec![0f32; column.len()];
        for row in 0..start.len() - 1 {
            let left = &left[row * dim..][..dim];
            for at in start[row] as usize..start[row + 1] as usize {
                let right = &right[column[at] as usize * dim..][..dim];
                out[entry[at] as usize] = left.iter().zip(right).map(|(a, b)| a * b).sum();
            }
        }
        let entries = out.len();
        FlexTensor::from_data(TensorData::new(out, [entries]))
    }
}

/// The elements of a contiguous tensor, which may be a view into a longer buffer.
fn slice<E: burn::tensor::Element + bytemuck::Pod>(tensor: &FlexTensor) -> &[E] {
    let layout = tensor.layout();
    &tensor.storage::<E>()[layout.start_offset()..][..layout.num_elements()]
}
