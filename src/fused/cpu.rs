use burn::backend::Flex;
use burn::backend::tensor::FloatTensor;
use burn::tensor::TensorData;
use burn_flex::FlexTensor;

use super::{FusedBackend, SHORTEST};
use crate::parallel::{RowWork, dot, for_rows, range, slice};

impl FusedBackend for Flex {
    fn leaky(rows: FloatTensor<Self>, slope: f32) -> FloatTensor<Self> {
        in_place(rows, &Leaky { slope })
    }

    fn leaky_gradient(
        result: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slope: f32,
    ) -> FloatTensor<Self> {
        let result = contiguous(result);
        let dim = result.layout().shape()[1];
        in_place(gradient, &LeakyGradient { result: slice(&result), dim, slope })
    }

    fn unit_rows(rows: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let rows = contiguous(rows);
        let [count, dim] = [0, 1].map(|axis| rows.layout().shape()[axis]);
        let mut share = vec![0f32; count];
        for_rows(&mut share, 1, &Shares { rows: slice(&rows), dim });
        let unit = in_place(rows, &Scaled { share: &share });
        (unit, FlexTensor::from_data(TensorData::new(share, [count])))
    }

    fn unit_rows_gradient(
        unit: FloatTensor<Self>,
        share: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (unit, share) = (contiguous(unit), contiguous(share));
        let dim = unit.layout().shape()[1];
        in_place(gradient, &UnitRowsGradient { unit: slice(&unit), share: slice(&share), dim })
    }
}

/// Does `work` to every row, in the tensor itself where nothing else holds it.
fn in_place(tensor: FlexTensor, work: &impl RowWork) -> FlexTensor {
    let mut tensor = contiguous(tensor);
    let (range, dim) = (range(&tensor), tensor.layout().shape()[1]);
    for_rows(&mut tensor.storage_mut::<f32>()[range], dim, work);
    tensor
}

/// Consumes the tensor, so that the result is its only holder.
fn contiguous(tensor: FlexTensor) -> FlexTensor {
    tensor.to_contiguous()
}

struct Leaky {
    slope: f32,
}

impl RowWork for Leaky {
    #[inline(always)]
    fn row(&self, _: usize, values: &mut [f32]) {
        for value in values {
            *value = if *value > 0.0 { *value } else { self.slope * *value };
        }
    }
}

/// Turns the gradient by the result into that by the rows.
struct LeakyGradient<'a> {
    result: &'a [f32],
    dim: usize,
    slope: f32,
}

impl RowWork for LeakyGradient<'_> {
    #[inline(always)]
    fn row(&self, row: usize, gradient: &mut [f32]) {
        let result = &self.result[row * self.dim..][..self.dim];
        for (gradient, &result) in gradient.iter_mut().zip(result) {
            *gradient *= if result > 0.0 { 1.0 } else { self.slope };
        }
    }
}

/// One over the length of each row.
struct Shares<'a> {
    rows: &'a [f32],
    dim: usize,
}

impl RowWork for Shares<'_> {
    #[inline(always)]
    fn row(&self, row: usize, share: &mut [f32]) {
        let values = &self.rows[row * self.dim..][..self.dim];
        share[0] = 1.0 / dot(values, values).sqrt().max(SHORTEST);
    }
}

struct Scaled<'a> {
    share: &'a [f32],
}

impl RowWork for Scaled<'_> {
    #[inline(always)]
    fn row(&self, row: usize, values: &mut [f32]) {
        let share = self.share[row];
        for value in values {
            *value *= share;
        }
    }
}

/// Turns the gradient by the unit rows into that by the rows.
struct UnitRowsGradient<'a> {
    unit: &'a [f32],
    share: &'a [f32],
    dim: usize,
}

impl RowWork for UnitRowsGradient<'_> {
    #[inline(always)]
    fn row(&self, row: usize, gradient: &mut [f32]) {
        let (unit, share) = (&self.unit[row * self.dim..][..self.dim], self.share[row]);
        let along = if share < 1.0 / SHORTEST { dot(unit, gradient) } else { 0.0 };
        for (gradient, &value) in gradient.iter_mut().zip(unit) {
            *gradient = share * (*gradient - along * value);
        }
    }
}
