//! How many GPU units a kernel of ours gets, how they add up, and where their results go.

use burn::tensor::Shape;
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

/// Units of one cube: a size that every adapter takes.
const UNITS: u32 = 64;

pub const CUBE: CubeDim = CubeDim::new_1d(UNITS);

/// WebGPU's limit for one dimension of a dispatch.
const MOST_CUBES: u32 = 65_535;

/// The cubes for at least `units` units.
pub fn cubes(units: usize) -> CubeCount {
    at_least(units.div_ceil(UNITS as usize))
}

/// At least so many cubes, in two dimensions where one would pass WebGPU's limit.
pub fn at_least(cubes: usize) -> CubeCount {
    let cubes = cubes as u32;
    if cubes > MOST_CUBES {
        CubeCount::Static(MOST_CUBES, cubes.div_ceil(MOST_CUBES), 1)
    } else {
        CubeCount::Static(cubes, 1, 1)
    }
}

/// A new tensor of this shape, its numbers yet to be written, where `like` is and of its type.
pub fn allocate(like: &CubeTensor, shape: Vec<usize>) -> CubeTensor {
    let bytes = shape.iter().product::<usize>() * size_of::<f32>();
    let buffer = like.client.empty(bytes);
    CubeTensor::new_contiguous(
        like.client.clone(),
        like.device.clone(),
        Shape::from(shape),
        buffer,
        like.dtype,
    )
}

/// Units of a cube that sums: as many as every adapter takes.
pub const SUMMING_UNITS: usize = 256;
pub const SUMMING_CUBE: CubeDim = CubeDim::new_1d(SUMMING_UNITS as u32);

/// Numbers that a unit should add up one after the other before a second cube is worth a second pass.
const WORTH_A_CUBE: usize = 16;

/// The cubes that sum this many numbers: few enough for one cube to sum up their sums.
pub fn summing_cubes(numbers: usize) -> usize {
    numbers.div_ceil(SUMMING_UNITS * WORTH_A_CUBE).clamp(1, SUMMING_UNITS)
}

/// The sum over a cube of what each of its units has, always in the same order.
#[cube]
pub fn sum_of_cube<F: Float>(own: F) -> F {
    let mut sums = Shared::<[F]>::new_slice(SUMMING_UNITS);
    let unit = UNIT_POS as usize;
    sums[unit] = own;
    sync_cube();
    let mut reach = comptime!(SUMMING_UNITS / 2).runtime();
    while reach > 0 {
        if unit < reach {
            let other = sums[unit + reach];
            sums[unit] += other;
        }
        sync_cube();
        reach /= 2;
    }
    sums[0]
}
