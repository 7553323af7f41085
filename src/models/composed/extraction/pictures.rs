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
        let pixels = pictures.of(thumbnails, item).into_iter().flat_map(in_patches);
        row.iter_mut().zip(pixels).for_each(|(value, channel)| *value = f32::from(channel));
    }
    Ok(standardised(values, present))
}

/// Red, green and blue of a miniature's pixels, patch by patch. Patches lie in Morton's order, so that those of a square of
/// four follow each other.
fn in_patches(pixels: &[[u8; 3]]) -> impl Iterator<Item = u8> {
    (0..PATCHES).flat_map(move |patch| {
        let (left, top) = (SIDE * every_other_bit(patch), SIDE * every_other_bit(patch >> 1));
        let rows = (top..top + SIDE).map(move |row| &pixels[row * MINIATURE + left..][..SIDE]);
        rows.flatten().flatten().copied()
    })
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
        let pixels: Vec<[u8; 3]> = (0..=255).map(|at| [at, at, at]).collect();
        let numbers: Vec<u8> = in_patches(&pixels).collect();
        assert_eq!(numbers.len(), PATCHES * PATCH);
        // The corner of every patch, as row and column of pixels.
        let corners: Vec<_> = numbers.chunks(PATCH).map(|patch| (patch[0] / 16, patch[0] % 16)).collect();
        assert_eq!(corners[..8], [(0, 0), (0, 4), (4, 0), (4, 4), (0, 8), (0, 12), (4, 8), (4, 12)]);
        let mut corners = corners;
        corners.sort_unstable();
        corners.dedup();
        assert_eq!(corners.len(), PATCHES);
        // Inside of a patch, row by row.
        let second: Vec<u8> = numbers[PATCH..2 * PATCH].chunks(3).map(|pixel| pixel[0]).collect();
        assert_eq!(second, [4, 5, 6, 7, 20, 21, 22, 23, 36, 37, 38, 39, 52, 53, 54, 55]);
    }
}
