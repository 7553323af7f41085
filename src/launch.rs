//! How many GPU units a kernel of ours gets, and where its results go.

use burn::tensor::Shape;
use burn_cubecl::tensor::CubeTensor;
use cubecl::{CubeCount, CubeDim};

/// Units of one cube: a size that every adapter takes.
const UNITS: u32 = 64;

pub const CUBE: CubeDim = CubeDim::new_1d(UNITS);

/// WebGPU's limit for one dimension of a dispatch.
const MOST_CUBES: u32 = 65_535;

/// The cubes for at least `units` units, in two dimensions where one would pass WebGPU's limit.
pub fn cubes(units: usize) -> CubeCount {
    let cubes = units.div_ceil(UNITS as usize) as u32;
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
