use ndarray::Axis;

use super::super::super::content::has_raw;
use super::super::super::{ModelError, Setting};
use super::{no_input, room, standardised};
use crate::data::Features;
use crate::features::MINIATURE;

/// Width and height of a patch, which is a place of the network.
const SIDE: usize = 4;
/// Numbers of a patch: red, green and blue of its pixels.
pub const PATCH: usize = SIDE * SIDE * 3;
/// Patches of a miniature.
const PATCHES: usize = (MINIATURE / SIDE) * (MINIATURE / SIDE);

/// The items' thumbnails, patch by patch: `[items, PATCHES · PATCH]`.
pub fn input(setting: &Setting<'_>) -> Result<Features, ModelError> {
    let dataset = setting.dataset;
    let missing = || no_input("visual", "the data have no thumbnails");
    let thumbnails = dataset.thumbnails.as_ref().ok_or_else(missing)?;
    let pictures = setting.pictures.ok_or_else(|| no_input("visual", "their thumbnails were not decoded"))?;
    let present = has_raw(dataset, "visual").ok_or_else(missing)?;
    let mut values = room("visual", dataset.items.len(), PATCHES * PATCH)?;
    for (item, mut row) in values.axis_iter_mut(Axis(0)).enumerate() {
        let Some(pixels) = pictures.of(thumbnails, item) else { continue };
        for (at, value) in row.iter_mut().enumerate() {
            *value = f32::from(pixels[pixel_at(at / 3)][at % 3]);
        }
    }
    Ok(standardised(values, present))
}

/// Where in a miniature the nth pixel lies when they are counted patch by patch. Patches lie in Morton's order, so that those of
/// a square of four follow each other.
fn pixel_at(nth: usize) -> usize {
    let (patch, inside) = (nth / (SIDE * SIDE), nth % (SIDE * SIDE));
    let row = SIDE * every_other_bit(patch >> 1) + inside / SIDE;
    let column = SIDE * every_other_bit(patch) + inside % SIDE;
    row * MINIATURE + column
}

/// Bits 0, 2, 4, … of a number, as a number.
fn every_other_bit(number: usize) -> usize {
    (0..4).map(|bit| (number >> (2 * bit) & 1) << bit).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_patches_that_follow_each_other_are_a_square() {
        let places: Vec<_> = (0..MINIATURE * MINIATURE).map(pixel_at).map(|at| (at / 16, at % 16)).collect();
        let corners: Vec<_> = places.iter().step_by(SIDE * SIDE).copied().collect();
        assert_eq!(corners[..8], [(0, 0), (0, 4), (4, 0), (4, 4), (0, 8), (0, 12), (4, 8), (4, 12)]);
        // Inside of a patch, row by row.
        assert_eq!(places[16..22], [(0, 4), (0, 5), (0, 6), (0, 7), (1, 4), (1, 5)]);
        let mut all = places;
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), MINIATURE * MINIATURE);
    }
}
