use burn::backend::cubecl::dtype_to_storage_type;
use burn::backend::tensor::FloatTensor;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{SumBackend, SumGradients, Summand};
use crate::launch::{CUBE, SUMMING_CUBE, SUMMING_UNITS, allocate, cubes, sum_of_cube, summing_cubes};

/// One cube sums every so many numbers.
#[cube(launch)]
fn sum_kernel<F: Float>(
    values: &Tensor<F>,
    out: &mut Tensor<F>,
    count: u32,
    weight: f32,
    #[comptime] summand: Summand,
    #[define(F)] _float: ElemType,
) {
    let count = count as usize;
    let mut sum = F::new(0.0_f32);
    for at in range_stepped(ABSOLUTE_POS, count, CUBE_COUNT * SUMMING_UNITS) {
        match summand {
            Summand::Itself => sum += values[at],
            Summand::Square => sum += values[at] * values[at],
            Summand::Ranking => {
                let difference = values[at] - values[at + count];
                let power = F::exp(-F::abs(difference));
                sum += F::max(-difference, F::new(0.0_f32)) + F::ln(F::new(1.0_f32) + power);
            }
            Summand::CrossEntropy => {
                let score = select(at < count / 2, values[at], -values[at]);
                let power = F::exp(-F::abs(score));
                sum += F::max(-score, F::new(0.0_f32)) + F::ln(F::new(1.0_f32) + power);
            }
        }
    }
    let sum = sum_of_cube::<F>(sum);
    if UNIT_POS == 0 {
        out[CUBE_POS] = F::cast_from(weight) * sum;
    }
}

/// One unit computes one number of the gradient.
#[cube(launch)]
fn sum_gradient_kernel<F: Float>(
    values: &Tensor<F>,
    gradient: &Tensor<F>,
    out: &mut Tensor<F>,
    weight: f32,
    #[comptime] summand: Summand,
    #[define(F)] _float: ElemType,
) {
    if ABSOLUTE_POS >= out.len() {
        terminate!();
    }
    let factor = F::cast_from(weight) * gradient[0];
    match summand {
        Summand::Itself => out[ABSOLUTE_POS] = factor,
        Summand::Square => out[ABSOLUTE_POS] = F::new(2.0_f32) * factor * values[ABSOLUTE_POS],
        Summand::Ranking => {
            let half = out.len() / 2;
            let positive = ABSOLUTE_POS % half;
            let difference = values[positive] - values[positive + half];
            let power = F::exp(-F::abs(difference));
            let loser =
                select(difference < F::new(0.0_f32), F::new(1.0_f32), power) / (F::new(1.0_f32) + power);
            out[ABSOLUTE_POS] = select(ABSOLUTE_POS < half, -factor, factor) * loser;
        }
        Summand::CrossEntropy => {
            let positive = ABSOLUTE_POS < out.len() / 2;
            let score = select(positive, values[ABSOLUTE_POS], -values[ABSOLUTE_POS]);
            let power = F::exp(-F::abs(score));
            let loser = select(score < F::new(0.0_f32), F::new(1.0_f32), power) / (F::new(1.0_f32) + power);
            out[ABSOLUTE_POS] = select(positive, -factor, factor) * loser;
        }
    }
}

/// One cube for every so many summands.
fn sums(values: CubeTensor, count: usize, cubes: usize, summand: Summand, weight: f32) -> CubeTensor {
    let (out, float) = (allocate(&values, vec![cubes]), dtype_to_storage_type(values.dtype));
    sum_kernel::launch(
        &out.client,
        CubeCount::Static(cubes as u32, 1, 1),
        SUMMING_CUBE,
        values.into_tensor_arg(),
        out.clone().into_tensor_arg(),
        count as u32,
        weight,
        summand,
        float,
    );
    out
}

/// The sum of the sums that [`summing_cubes`] computed: one element.
pub fn add_up(of_cubes: CubeTensor) -> CubeTensor {
    match of_cubes.meta.num_elements() {
        1 => of_cubes,
        count => sums(of_cubes, count, 1, Summand::Itself, 1.0),
    }
}

impl SumBackend for CubeBackend {
    fn weighted_sum(values: FloatTensor<Self>, summand: Summand, weight: f32) -> FloatTensor<Self> {
        let values = into_contiguous(values);
        let count = match summand {
            Summand::Ranking => values.meta.num_elements() / 2,
            Summand::Itself | Summand::Square | Summand::CrossEntropy => values.meta.num_elements(),
        };
        add_up(sums(values, count, summing_cubes(count), summand, weight))
    }
}

impl SumGradients for CubeBackend {
    fn weighted_sum_gradient(
        values: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        summand: Summand,
        weight: f32,
    ) -> FloatTensor<Self> {
        let (values, gradient) = (into_contiguous(values), into_contiguous(gradient));
        let out = allocate(&values, values.meta.shape().to_vec());
        let float = dtype_to_storage_type(values.dtype);
        sum_gradient_kernel::launch(
            &out.client,
            cubes(out.meta.num_elements()),
            CUBE,
            values.into_tensor_arg(),
            gradient.into_tensor_arg(),
            out.clone().into_tensor_arg(),
            weight,
            summand,
            float,
        );
        out
    }
}
