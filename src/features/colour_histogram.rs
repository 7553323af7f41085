use ndarray::Array1;

use super::Pixels;

/// Levels a channel is divided into.
const LEVELS: usize = 4;

/// Length of a [`colour_histogram`].
pub const COLOUR_BINS: usize = LEVELS * LEVELS * LEVELS;

/// Sum of channel differences below which a pixel counts as background.
const BACKGROUND_DISTANCE: u32 = 36;

/// How much of the pictured thing has which colour: `[COLOUR_BINS]`, not negative, sum one.
///
/// Bin `(red * 4 + green) * 4 + blue` is a lattice point of the colour cube. Every pixel is shared among the
/// eight points around it by distance, so that a slightly different light moves the histogram slightly and
/// never makes it jump. Products are pictured on plain grounds which would drown their colours, so pixels
/// near the colour of the picture's border (its channel-wise median) are not counted, unless the whole
/// picture is like that.
pub fn colour_histogram(picture: &Pixels) -> Array1<f32> {
    let ground = border_median(picture);
    let in_front: Vec<_> =
        picture.values().iter().filter(|pixel| distance(pixel, &ground) >= BACKGROUND_DISTANCE).collect();
    let counted = if in_front.is_empty() { picture.values().iter().collect() } else { in_front };
    let share = 1.0 / counted.len() as f32;
    let mut histogram = Array1::zeros(COLOUR_BINS);
    for pixel in counted {
        let [red, green, blue] = pixel.map(levels);
        for (red, red_share) in red {
            for (green, green_share) in green {
                for (blue, blue_share) in blue {
                    let bin = (red * LEVELS + green) * LEVELS + blue;
                    histogram[bin] += share * red_share * green_share * blue_share;
                }
            }
        }
    }
    histogram
}

/// The two levels around a channel's value and the share of each.
fn levels(channel: u8) -> [(usize, f32); 2] {
    let place = f32::from(channel) / 255.0 * (LEVELS - 1) as f32;
    let below = (place as usize).min(LEVELS - 2);
    let above_share = place - below as f32;
    [(below, 1.0 - above_share), (below + 1, above_share)]
}

fn border_median(picture: &Pixels) -> [u8; 3] {
    let (width, height) = (picture.width(), picture.height());
    let on_border = |at: usize| {
        let (column, row) = (at % width, at / width);
        column == 0 || row == 0 || column == width - 1 || row == height - 1
    };
    let border: Vec<[u8; 3]> = picture
        .values()
        .iter()
        .enumerate()
        .filter(|(at, _)| on_border(*at))
        .map(|(_, pixel)| *pixel)
        .collect();
    [0, 1, 2].map(|channel| {
        let mut values: Vec<u8> = border.iter().map(|pixel| pixel[channel]).collect();
        values.sort_unstable();
        values[values.len() / 2]
    })
}

fn distance(one: &[u8; 3], other: &[u8; 3]) -> u32 {
    one.iter().zip(other).map(|(&one, &other)| u32::from(one.abs_diff(other))).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bin(red: usize, green: usize, blue: usize) -> usize {
        (red * LEVELS + green) * LEVELS + blue
    }

    #[test]
    fn a_uniform_picture_fills_the_bins_of_its_colour() {
        let red = colour_histogram(&Pixels::new(3, 2, vec![[255, 0, 0]; 6]).unwrap());
        assert!((red[bin(3, 0, 0)] - 1.0).abs() < 1e-6, "{red}");
        // 128 / 255 * 3 = 1.506: halfway between levels one and two of the blue channel.
        let half = colour_histogram(&Pixels::new(1, 1, vec![[0, 0, 128]]).unwrap());
        assert!(
            (half[bin(0, 0, 1)] - 0.494).abs() < 1e-3 && (half[bin(0, 0, 2)] - 0.506).abs() < 1e-3,
            "{half}"
        );
    }

    #[test]
    fn the_ground_is_not_counted() {
        let mut values = vec![[250, 250, 245]; 25];
        values[12] = [0, 255, 0];
        let histogram = colour_histogram(&Pixels::new(5, 5, values).unwrap());
        assert!((histogram[bin(0, 3, 0)] - 1.0).abs() < 1e-6, "{histogram}");
    }

    proptest! {
        #[test]
        fn sums_to_one_whatever_the_order_of_inner_pixels(
            inner in prop::collection::vec(any::<[u8; 3]>(), 9),
        ) {
            let frame = |inner: &[[u8; 3]]| {
                let mut values = vec![[200; 3]; 25];
                for (at, pixel) in inner.iter().enumerate() {
                    values[(at / 3 + 1) * 5 + at % 3 + 1] = *pixel;
                }
                Pixels::new(5, 5, values).unwrap()
            };
            let histogram = colour_histogram(&frame(&inner));
            prop_assert!((histogram.sum() - 1.0).abs() < 1e-5);
            prop_assert!(histogram.iter().all(|&share| share >= 0.0));
            let reversed: Vec<_> = inner.iter().rev().copied().collect();
            for (one, other) in histogram.iter().zip(&colour_histogram(&frame(&reversed))) {
                prop_assert!((one - other).abs() < 1e-6);
            }
        }
    }
}
