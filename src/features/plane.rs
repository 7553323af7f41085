use super::Pixels;

/// One number a pixel, with `reach` more pixels around the picture, each as its nearest one inside: so that whoever looks
/// that far around a pixel need not ask where the picture ends.
pub struct Plane<T> {
    /// Numbers from one row to the next.
    pub stride: usize,
    reach: usize,
    pub values: Vec<T>,
}

impl<T: Copy> Plane<T> {
    pub fn new(picture: &Pixels, reach: usize, value: impl Fn([u8; 3]) -> T) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let stride = width + 2 * reach;
        let mut values = Vec::with_capacity(stride * (height + 2 * reach));
        for row in 0..height + 2 * reach {
            let row = row.saturating_sub(reach).min(height - 1);
            let inside = &picture.values()[row * width..(row + 1) * width];
            let start = values.len();
            for &pixel in inside {
                values.push(value(pixel));
            }
            let (first, last) = (values[start], values[start + width - 1]);
            values.resize(start + width + reach, last);
            values.splice(start..start, std::iter::repeat_n(first, reach));
        }
        Self { stride, reach, values }
    }

    /// Where a pixel's number is.
    pub fn at(&self, column: usize, row: usize) -> usize {
        (row + self.reach) * self.stride + column + self.reach
    }
}

/// How light a pixel is, in thousandths of a level: whole numbers, so that light added everywhere changes no comparison.
pub fn lightness([red, green, blue]: [u8; 3]) -> u32 {
    299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn around_the_picture_are_its_nearest_pixels() {
        let picture = Pixels::new(2, 2, vec![[1; 3], [2; 3], [3; 3], [4; 3]]).unwrap();
        let plane = Plane::new(&picture, 1, |pixel| pixel[0]);
        assert_eq!(plane.values, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
        assert_eq!((plane.stride, plane.values[plane.at(1, 0)], plane.values[plane.at(0, 1)]), (4, 2, 3));
    }

    #[test]
    fn lightness_is_that_of_the_eye() {
        assert_eq!([lightness([255; 3]), lightness([0, 1, 0]), lightness([1, 0, 1])], [255_000, 587, 413]);
    }
}
