use thiserror::Error;

/// A small opaque picture, row by row from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    width: usize,
    values: Vec<[u8; 3]>,
}

/// Why numbers are not a picture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PixelsError {
    #[error("a picture of {width} x {height} pixels has {expected} of them, but {found} were given")]
    Count { width: usize, height: usize, expected: usize, found: usize },
    #[error("a picture is at least 1 x 1 pixels, but {width} x {height} were asked for")]
    Empty { width: usize, height: usize },
}

impl Pixels {
    /// From `width * height` values of red, green and blue.
    pub fn new(width: usize, height: usize, values: Vec<[u8; 3]>) -> Result<Self, PixelsError> {
        if width == 0 || height == 0 {
            return Err(PixelsError::Empty { width, height });
        }
        let expected = width.saturating_mul(height);
        if values.len() != expected {
            return Err(PixelsError::Count { width, height, expected, found: values.len() });
        }
        Ok(Self { width, values })
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.values.len() / self.width
    }

    /// Red, green and blue of every pixel.
    pub fn values(&self) -> &[[u8; 3]] {
        &self.values
    }

    /// The pixel of a column and a row; the nearest one on the border when they lie outside.
    pub fn near(&self, column: isize, row: isize) -> [u8; 3] {
        let column = column.clamp(0, self.width as isize - 1) as usize;
        let row = row.clamp(0, self.height() as isize - 1) as usize;
        self.values[row * self.width + column]
    }

    /// A square of it; nothing when it is not all inside.
    pub fn cut(&self, left: usize, top: usize, side: usize) -> Option<Self> {
        let inside = |start: usize, length: usize| start.checked_add(side).is_some_and(|end| end <= length);
        if side == 0 || !inside(left, self.width) || !inside(top, self.height()) {
            return None;
        }
        let rows = self.values.chunks(self.width).skip(top).take(side);
        Some(Self { width: side, values: rows.flat_map(|row| &row[left..left + side]).copied().collect() })
    }

    /// The largest square in the middle, made `side` pixels wide and high; at least one. Every pixel is the mean of
    /// what it covers, parts of pixels included.
    pub fn middle_square(&self, side: usize) -> Self {
        let side = side.max(1);
        let extent = self.width.min(self.height());
        let (left, top) = ((self.width - extent) / 2, (self.height() - extent) / 2);
        // In units of a `side`-th of an old pixel, a new one is `extent` long. Which old ones it covers, and how much.
        let covered = |at: usize| {
            let (start, end) = (at * extent, (at + 1) * extent);
            (start / side..end.div_ceil(side)).map(move |old| {
                let share = end.min((old + 1) * side) - start.max(old * side);
                (old, share as u64)
            })
        };
        let area = (extent * extent) as u64;
        let mut values = Vec::with_capacity(side * side);
        for row in 0..side {
            for column in 0..side {
                let mut sum = [area / 2; 3];
                for (old_row, height) in covered(row) {
                    for (old_column, width) in covered(column) {
                        let pixel = self.values[(top + old_row) * self.width + left + old_column];
                        for (sum, value) in sum.iter_mut().zip(pixel) {
                            *sum += height * width * u64::from(value);
                        }
                    }
                }
                values.push(sum.map(|sum| (sum / area) as u8));
            }
        }
        Self { width: side, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_number_of_values_is_refused() {
        let error = Pixels::new(2, 2, vec![[0; 3]; 3]).unwrap_err();
        assert_eq!(error.to_string(), "a picture of 2 x 2 pixels has 4 of them, but 3 were given");
        assert_eq!(Pixels::new(0, 5, vec![]), Err(PixelsError::Empty { width: 0, height: 5 }));
        assert!(Pixels::new(usize::MAX, 2, vec![]).is_err());
    }

    /// By hand: the middle square of 5 x 3 begins at column 1.
    #[test]
    fn a_middle_square_is_the_mean_of_what_it_covers() {
        let picture = Pixels::new(5, 3, (0..15).map(|at| [10 * at, 0, 255]).collect()).unwrap();
        let same = picture.middle_square(3);
        assert_eq!((same.width(), same.height()), (3, 3));
        assert_eq!(
            same.values().iter().map(|pixel| pixel[0]).collect::<Vec<_>>(),
            [10, 20, 30, 60, 70, 80, 110, 120, 130]
        );
        assert_eq!(picture.middle_square(1).values(), [[70, 0, 255]]);
        // Each of four covers one pixel, half of two, and a quarter of the middle one: at the top left
        // (10 + 20 / 2 + 60 / 2 + 70 / 4) / 2.25 = 30.
        let four = picture.middle_square(2);
        assert_eq!(four.values().iter().map(|pixel| pixel[0]).collect::<Vec<_>>(), [30, 43, 97, 110]);
        // Larger: every pixel four times.
        let large = picture.middle_square(6);
        assert_eq!(
            large.values()[..6].iter().map(|pixel| pixel[0]).collect::<Vec<_>>(),
            [10, 10, 20, 20, 30, 30]
        );
    }

    #[test]
    fn outside_is_the_nearest_border_pixel() {
        let picture = Pixels::new(2, 1, vec![[1; 3], [2; 3]]).unwrap();
        assert_eq!(picture.near(-5, 3), [1; 3]);
        assert_eq!(picture.near(9, 0), [2; 3]);
    }

    #[test]
    fn a_square_is_cut_when_it_is_all_inside() {
        let picture = Pixels::new(3, 2, (0..6).map(|at| [at; 3]).collect()).unwrap();
        assert_eq!(picture.cut(1, 0, 2).unwrap().values(), [[1; 3], [2; 3], [4; 3], [5; 3]]);
        assert_eq!(picture.cut(2, 1, 1).unwrap().values(), [[5; 3]]);
        for (left, top, side) in [(2, 0, 2), (0, 1, 2), (3, 0, 1), (0, 0, 0), (usize::MAX, 0, 1)] {
            assert_eq!(picture.cut(left, top, side), None);
        }
    }
}
