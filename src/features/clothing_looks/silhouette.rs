use ndarray::Array1;

use super::super::foreground::Foreground;
use super::super::pictures::unit;

/// Cells along each side of the square around the thing.
const CELLS: usize = 12;

/// Points looked at along each side of a cell.
const POINTS: usize = 3;

/// Length of [`silhouette`].
pub const SILHOUETTE_VALUES: usize = CELLS * CELLS;

/// Which cells of the square around the thing it covers, and how much: `[SILHOUETTE_VALUES]`, row by row, not negative,
/// of length one. The thing's size and place in the picture do not matter.
pub fn silhouette(thing: &Foreground) -> Array1<f32> {
    let (mut left, mut top, mut right, mut bottom) = (usize::MAX, usize::MAX, 0, 0);
    for (column, row) in thing.pixels() {
        (left, right) = (left.min(column), right.max(column));
        (top, bottom) = (top.min(row), bottom.max(row));
    }
    let side = (right - left).max(bottom - top) + 1;
    let columns = places(left, right, side);
    let rows = places(top, bottom, side);
    let mut cells = Array1::zeros(SILHOUETTE_VALUES);
    for (down, row) in rows.iter().enumerate() {
        for (across, column) in columns.iter().enumerate() {
            if let (Some(column), Some(row)) = (column, row)
                && thing.contains(*column, *row)
            {
                cells[down / POINTS * CELLS + across / POINTS] += 1.0;
            }
        }
    }
    unit(cells)
}

/// The pixels, from `first` to `last`, that the points along a side of the square lie in; none beside the thing.
fn places(first: usize, last: usize, side: usize) -> [Option<usize>; CELLS * POINTS] {
    let points = (CELLS * POINTS) as isize;
    let (first, last, side) = (first as isize, last as isize, side as isize);
    core::array::from_fn(|point| {
        // The square's middle is the thing's, half a pixel off for an odd difference: twice its start is whole. The
        // point is in the middle of its part of the side.
        let twice_start = first + last + 1 - side;
        let pixel = (twice_start * points + (2 * point as isize + 1) * side).div_euclid(2 * points);
        (first..=last).contains(&pixel).then_some(pixel as usize)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::features::Pixels;

    /// A rectangle of dark pixels on white.
    fn rectangle(size: usize, left: usize, top: usize, width: usize, height: usize) -> Foreground {
        let inside = |at: usize| {
            (left..left + width).contains(&(at % size)) && (top..top + height).contains(&(at / size))
        };
        let values = (0..size * size).map(|at| if inside(at) { [9; 3] } else { [255; 3] }).collect();
        Foreground::of(&Pixels::new(size, size, values).unwrap())
    }

    #[test]
    fn a_wide_thing_covers_the_middle_rows() {
        // Twelve wide and six high: rows 3 to 8 of 12.
        let cells = silhouette(&rectangle(20, 4, 7, 12, 6));
        for (at, &value) in cells.iter().enumerate() {
            assert_eq!(value > 0.0, (3..9).contains(&(at / CELLS)), "{at}");
        }
        assert!((cells[3 * CELLS] - (1.0f32 / 72.0).sqrt()).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn place_and_size_do_not_matter(
            width in 1usize..7, height in 1usize..7, left in 1usize..8, top in 1usize..8, times in 1usize..4,
        ) {
            let one = silhouette(&rectangle(16, 1, 1, width, height));
            prop_assert_eq!(&silhouette(&rectangle(16, left, top, width, height)), &one);
            prop_assert_eq!(&silhouette(&rectangle(40, left, top, times * width, times * height)), &one);
        }

        #[test]
        fn the_length_is_one_whatever_the_size(
            width in 1usize..9, height in 1usize..9, values in prop::collection::vec(any::<[u8; 3]>(), 64),
        ) {
            let picture = Pixels::new(width, height, values[..width * height].to_vec()).unwrap();
            let cells = silhouette(&Foreground::of(&picture));
            prop_assert!((cells.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}
