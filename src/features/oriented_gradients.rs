use ndarray::{Array1, Array3};

use super::Pixels;
use super::extractor::{ExtractorDescription, Reads};
use super::pictures::{side_by_side, unit};
use super::plane::Plane;
use crate::data::Features;

/// Cells along each side of the picture.
const CELLS: usize = 4;

/// Directions of an edge over half a turn, 20 degrees each.
const ORIENTATIONS: usize = 9;

/// Blocks along each side: squares of 2 x 2 neighbouring cells, overlapping by one.
const BLOCKS: usize = CELLS - 1;

const BLOCK_VALUES: usize = 4 * ORIENTATIONS;

/// Length of [`oriented_gradients`].
pub const GRADIENT_VALUES: usize = BLOCKS * BLOCKS * BLOCK_VALUES;

/// Gradient length, in grey levels, which normalisation treats as nothing.
const FAINT: f32 = 1.0;

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "oriented-gradients",
    title: "Oriented gradients",
    summary: "Where edges run in which direction: the outlines of the thing and of what is printed on it.",
    reads: Reads::Thumbnails,
    domain: None,
    width: GRADIENT_VALUES,
    source: "Dalal and Triggs, Histograms of Oriented Gradients for Human Detection, CVPR 2005",
};

/// `[items, GRADIENT_VALUES]`: each picture's [`gradients`], less their mean.
pub fn features(pictures: &[Option<&Pixels>]) -> Features {
    let origin = format!("oriented gradients ({GRADIENT_VALUES}), less their mean");
    side_by_side(&[&gradients], GRADIENT_VALUES, pictures, origin)
}

/// The [`oriented_gradients`] scaled to length one, `[GRADIENT_VALUES]`.
pub fn gradients(picture: &Pixels) -> Array1<f32> {
    unit(oriented_gradients(picture))
}

/// Where edges run in which direction: `[GRADIENT_VALUES]`, the histograms of oriented gradients of Dalal and
/// Triggs (CVPR 2005), on a grid of 4 x 4 cells whatever the picture's size.
///
/// Block by block from the top left, each with its four cells, each with nine orientations. A block is
/// divided by its length, which takes out contrast; light that is added everywhere cancels in the
/// differences. All zero for a uniform picture.
pub fn oriented_gradients(picture: &Pixels) -> Array1<f32> {
    let cells = cell_histograms(picture);
    let mut blocks = Vec::with_capacity(GRADIENT_VALUES);
    for block_row in 0..BLOCKS {
        for block_column in 0..BLOCKS {
            let start = blocks.len();
            for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let cell = cells.slice(ndarray::s![block_row + row, block_column + column, ..]);
                blocks.extend(cell.iter());
            }
            let block = &mut blocks[start..];
            let length = (block.iter().map(|value| value * value).sum::<f32>() + FAINT * FAINT).sqrt();
            block.iter_mut().for_each(|value| *value /= length);
        }
    }
    Array1::from(blocks)
}

/// `[CELLS, CELLS, ORIENTATIONS]`: the mean gradient length of each cell's pixels by orientation; a gradient
/// between two orientations is shared by both.
fn cell_histograms(picture: &Pixels) -> Array3<f32> {
    let (width, height) = (picture.width(), picture.height());
    let grey = Plane::new(picture, 1, |pixel| {
        let [red, green, blue] = pixel.map(f32::from);
        0.299 * red + 0.587 * green + 0.114 * blue
    });
    let mut cells = Array3::zeros((CELLS, CELLS, ORIENTATIONS));
    let share = (CELLS * CELLS) as f32 / (width * height) as f32;
    for row in 0..height {
        for column in 0..width {
            let at = grey.at(column, row);
            let across = grey.values[at + 1] - grey.values[at - 1];
            let down = grey.values[at + grey.stride] - grey.values[at - grey.stride];
            let length = (across * across + down * down).sqrt();
            if length == 0.0 {
                continue;
            }
            let half_turns = libm::atan2f(down, across) / core::f32::consts::PI;
            let place = (half_turns + 1.0) * ORIENTATIONS as f32;
            let below = place as usize;
            let above_share = place - below as f32;
            let (cell_row, cell_column) = (row * CELLS / height, column * CELLS / width);
            cells[[cell_row, cell_column, below % ORIENTATIONS]] += share * length * (1.0 - above_share);
            cells[[cell_row, cell_column, (below + 1) % ORIENTATIONS]] += share * length * above_share;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(colour: impl Fn(usize, usize) -> u8) -> Pixels {
        let values = (0..32 * 32).map(|at| [colour(at % 32, at / 32); 3]).collect();
        Pixels::new(32, 32, values).unwrap()
    }

    #[test]
    fn a_uniform_picture_has_no_gradients() {
        assert!(oriented_gradients(&drawn(|_, _| 77)).iter().all(|&value| value == 0.0));
    }

    #[test]
    fn an_upright_edge_lies_in_the_first_orientation_of_the_middle_cells() {
        let gradients = oriented_gradients(&drawn(|column, _| if column < 12 { 10 } else { 200 }));
        for (at, &value) in gradients.iter().enumerate() {
            let (block, cell) = (at / BLOCK_VALUES, at % BLOCK_VALUES / ORIENTATIONS);
            let cell_column = block % BLOCKS + cell % 2;
            let expected = at % ORIENTATIONS == 0 && cell_column == 1;
            assert_eq!(value > 0.0, expected, "value {at}");
        }
    }

    #[test]
    fn a_quarter_turn_of_the_picture_turns_the_orientations() {
        let total = |picture: &Pixels| {
            let gradients = oriented_gradients(picture);
            let mut by_orientation = [0.0; ORIENTATIONS];
            gradients.iter().enumerate().for_each(|(at, value)| by_orientation[at % ORIENTATIONS] += value);
            by_orientation
        };
        let upright = total(&drawn(|column, _| if column < 12 { 10 } else { 200 }));
        let level = total(&drawn(|_, row| if row < 12 { 10 } else { 200 }));
        // 90 degrees lie halfway between orientations 4 and 5.
        assert!(upright[0] > 0.0 && upright[4] == 0.0 && upright[5] == 0.0);
        assert!(level[0] == 0.0 && level[4] > 0.0 && (level[4] - level[5]).abs() < 1e-3, "{level:?}");
    }

    proptest! {
        #[test]
        fn light_added_everywhere_changes_nothing(
            values in prop::collection::vec(0u8..200, 64), light in 0u8..56,
        ) {
            let picture = |add: u8| Pixels::new(8, 8, values.iter().map(|v| [v + add; 3]).collect()).unwrap();
            let (dark, bright) = (oriented_gradients(&picture(0)), oriented_gradients(&picture(light)));
            for (one, other) in dark.iter().zip(&bright) {
                prop_assert!((one - other).abs() < 1e-3);
            }
        }

        #[test]
        fn blocks_are_never_longer_than_one(width in 1usize..9, height in 1usize..9, seed in any::<u8>()) {
            let values = (0..width * height).map(|at| [(at as u8).wrapping_mul(seed); 3]).collect();
            let gradients = oriented_gradients(&Pixels::new(width, height, values).unwrap());
            prop_assert_eq!(gradients.len(), GRADIENT_VALUES);
            for block in gradients.as_slice().unwrap().chunks(BLOCK_VALUES) {
                prop_assert!(block.iter().map(|v| v * v).sum::<f32>() <= 1.0 + 1e-5);
            }
        }
    }
}
