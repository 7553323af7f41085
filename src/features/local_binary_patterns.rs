use ndarray::Array1;

use super::Pixels;
use super::extractor::{ExtractorDescription, Reads};
use super::pictures::side_by_side;
use super::plane::{Plane, lightness};
use crate::data::Features;

/// Cells along each side of the picture.
const CELLS: usize = 2;

/// Codes that change at most twice around the ring have a bin each, all others share one.
const BINS: usize = 59;

/// Length of [`local_binary_patterns`].
pub const PATTERN_VALUES: usize = CELLS * CELLS * BINS;

/// The neighbours of a pixel, right and down, clockwise from the top left: the bits of a code from the lowest.
const RING: [(isize, isize); 8] = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)];

/// The bin of each code.
const BIN_OF_CODE: [u8; 256] = bins();

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "local-binary-patterns",
    title: "Local binary patterns",
    summary: "The texture: whether the pixels around a pixel are lighter than it, counted in four quarters.",
    reads: Reads::Thumbnails,
    domain: None,
    width: PATTERN_VALUES,
    source: "Ojala, Pietikäinen and Mäenpää, Multiresolution Gray-Scale and Rotation Invariant Texture \
             Classification with Local Binary Patterns, PAMI 2002",
};

/// `[items, PATTERN_VALUES]`: each picture's [`local_binary_patterns`], less their mean.
pub fn features(pictures: &[Option<&Pixels>]) -> Features {
    let origin = format!("local binary patterns of each quarter ({PATTERN_VALUES}), less their mean");
    side_by_side(&[&local_binary_patterns], PATTERN_VALUES, pictures, origin)
}

/// How far from a pixel, in the plane's numbers, its eight neighbours at a distance lie, in the order of [`RING`].
///
/// The ring is a square, so that no value has to be interpolated.
pub fn ring(plane: &Plane<u32>, distance: usize) -> [isize; 8] {
    let (stride, distance) = (plane.stride as isize, distance as isize);
    RING.map(|(right, down)| distance * (down * stride + right))
}

/// Which of the pixels on a ring are at least as light as the one in its middle, one bit each.
pub fn code(plane: &Plane<u32>, at: usize, ring: &[isize; 8]) -> u8 {
    let middle = plane.values[at];
    let mut code = 0;
    for (bit, &offset) in ring.iter().enumerate() {
        let lighter = plane.values[(at as isize + offset) as usize] >= middle;
        code |= u8::from(lighter) << bit;
    }
    code
}

/// How often a code changes between neighbours on the ring.
pub const fn changes(code: u8) -> u32 {
    (code ^ code.rotate_left(1)).count_ones()
}

/// Histograms of the codes in each quarter of the picture: `[PATTERN_VALUES]`, not negative; the square roots of shares,
/// of length one in all. A quarter in which there is no pixel, as in a picture of one, is zero.
pub fn local_binary_patterns(picture: &Pixels) -> Array1<f32> {
    let (width, height) = (picture.width(), picture.height());
    let plane = Plane::new(picture, 1, lightness);
    let ring = ring(&plane, 1);
    let mut counts = vec![0u32; PATTERN_VALUES];
    for row in 0..height {
        for column in 0..width {
            let cell = row * CELLS / height * CELLS + column * CELLS / width;
            let code = code(&plane, plane.at(column, row), &ring);
            counts[cell * BINS + usize::from(BIN_OF_CODE[usize::from(code)])] += 1;
        }
    }
    let filled = counts.chunks(BINS).filter(|cell| cell.iter().any(|&count| count > 0)).count();
    let mut values = Vec::with_capacity(PATTERN_VALUES);
    for cell in counts.chunks(BINS) {
        let all = cell.iter().sum::<u32>().max(1) as f32 * filled as f32;
        values.extend(cell.iter().map(|&count| (count as f32 / all).sqrt()));
    }
    Array1::from(values)
}

const fn bins() -> [u8; 256] {
    let mut bins = [BINS as u8 - 1; 256];
    let (mut code, mut next) = (0, 0);
    while code < 256 {
        if changes(code as u8) <= 2 {
            bins[code] = next;
            next += 1;
        }
        code += 1;
    }
    bins
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grey(width: usize, values: &[u8]) -> Pixels {
        Pixels::new(width, values.len() / width, values.iter().map(|&value| [value; 3]).collect()).unwrap()
    }

    /// Around 50, clockwise from the top left: 60, 40, 50, 10, 90, 49, 51, 50. At least 50 are bits 0, 2, 4, 6
    /// and 7: 1 + 4 + 16 + 64 + 128.
    #[test]
    fn a_code_done_by_hand() {
        let picture = grey(3, &[60, 40, 50, 50, 50, 10, 51, 49, 90]);
        let plane = Plane::new(&picture, 2, lightness);
        assert_eq!(code(&plane, plane.at(1, 1), &ring(&plane, 1)), 213);
        assert_eq!(changes(213), 6);
        // Two away, outside is the nearest border pixel: the same eight.
        assert_eq!(code(&plane, plane.at(1, 1), &ring(&plane, 2)), 213);
    }

    #[test]
    fn fifty_eight_codes_are_uniform_and_the_others_share_a_bin() {
        let mut uniform: Vec<u8> = BIN_OF_CODE.into_iter().filter(|&bin| bin < 58).collect();
        uniform.sort_unstable();
        assert_eq!(uniform, (0..58).collect::<Vec<_>>());
        assert_eq!(BIN_OF_CODE.iter().filter(|&&bin| bin == 58).count(), 256 - 58);
        // 0b11111111 is the last uniform code, 0b01010101 is not uniform.
        assert_eq!((BIN_OF_CODE[0], BIN_OF_CODE[255], BIN_OF_CODE[0b0101_0101]), (0, 57, 58));
    }

    #[test]
    fn a_flat_picture_has_one_code_and_a_single_pixel_one_quarter() {
        let flat = local_binary_patterns(&grey(4, &[7; 16]));
        for (at, &value) in flat.iter().enumerate() {
            assert_eq!(value, if at % BINS == 57 { 0.5 } else { 0.0 }, "{at}");
        }
        let single = local_binary_patterns(&grey(1, &[7]));
        assert_eq!(single.iter().filter(|&&value| value != 0.0).collect::<Vec<_>>(), [&1.0]);
    }

    proptest! {
        #[test]
        fn light_added_everywhere_and_more_contrast_change_nothing(
            values in prop::collection::vec(any::<[u8; 3]>(), 64), light in 0u8..56,
        ) {
            let picture = |change: &dyn Fn(u8) -> u8| {
                let values = values.iter().map(|pixel| pixel.map(|value| change(value % 100))).collect();
                local_binary_patterns(&Pixels::new(8, 8, values).unwrap())
            };
            let plain = picture(&|value| value);
            prop_assert_eq!(&picture(&|value| value + light), &plain);
            prop_assert_eq!(&picture(&|value| 2 * value), &plain);
        }

        #[test]
        fn the_length_is_one_whatever_the_size(
            width in 1usize..9, height in 1usize..9, values in prop::collection::vec(any::<[u8; 3]>(), 64),
        ) {
            let picture = Pixels::new(width, height, values[..width * height].to_vec()).unwrap();
            let patterns = local_binary_patterns(&picture);
            prop_assert_eq!(patterns.len(), PATTERN_VALUES);
            prop_assert!((patterns.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}
