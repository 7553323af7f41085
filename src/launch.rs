//! How many GPU units a kernel of ours gets.

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
