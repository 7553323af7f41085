use ndarray::Array1;

use super::Pixels;
use super::extractor::{ExtractorDescription, Reads};
use super::foreground::{ground, stands_out};
use super::pictures::side_by_side;
use crate::data::Features;

/// Levels a channel is divided into.
const LEVELS: usize = 4;

/// Length of a [`colour_histogram`].
pub const COLOUR_BINS: usize = LEVELS * LEVELS * LEVELS;

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "colour-histogram",
    title: "Colour histogram",
    summary: "How much of the pictured thing has which colour; not where.",
    reads: Reads::Thumbnails,
    domain: None,
    width: COLOUR_BINS,
    source: "Swain and Ballard, Color Indexing, IJCV 1991; each pixel shared among neighbouring bins, the ground \
             left out, square roots as in Arandjelović and Zisserman, CVPR 2012",
};

/// `[items, COLOUR_BINS]`: each picture's [`colours`], less their mean.
pub fn features(pictures: &[Option<&Pixels>]) -> Features {
    let origin = format!("square root of a colour histogram ({COLOUR_BINS}), less its mean");
    side_by_side(&[&colours], COLOUR_BINS, pictures, origin)
}

/// The square root of the [`colour_histogram`], `[COLOUR_BINS]`. That gives it length one, and makes distances
/// Hellinger distances.
pub fn colours(picture: &Pixels) -> Array1<f32> {
    colour_histogram(picture).mapv(f32::sqrt)
}

/// How much of the pictured thing has which colour: `[COLOUR_BINS]`, not negative, sum one.
///
/// Bin `(red * 4 + green) * 4 + blue` is a lattice point of the colour cube. Every pixel is shared among the
/// eight points around it by distance, so that a slightly different light moves the histogram slightly and
/// never makes it jump. Products are pictured on plain grounds which would drown their colours, so pixels
/// that do not stand out from it are not counted, unless the whole picture is like that.
pub fn colour_histogram(picture: &Pixels) -> Array1<f32> {
    let ground = ground(picture);
    let in_front = picture.values().iter().filter(|pixel| stands_out(**pixel, ground)).count();
    let everything = in_front == 0;
    let share = 1.0 / if everything { picture.values().len() } else { in_front } as f32;
    let mut histogram = [0.0; COLOUR_BINS];
    for &pixel in picture.values() {
        if !everything && !stands_out(pixel, ground) {
            continue;
        }
        let [(red, red_shares), (green, green_shares), (blue, blue_shares)] = pixel.map(levels);
        for corner in 0..8 {
            let (above_red, above_green, above_blue) = (corner >> 2, corner >> 1 & 1, corner & 1);
            let bin = ((red + above_red) * LEVELS + green + above_green) * LEVELS + blue + above_blue;
            histogram[bin] +=
                share * red_shares[above_red] * green_shares[above_green] * blue_shares[above_blue];
        }
    }
    Array1::from(histogram.to_vec())
}

/// The level below a channel's value, and the shares of it and of the one above.
fn levels(channel: u8) -> (usize, [f32; 2]) {
    let place = f32::from(channel) / 255.0 * (LEVELS - 1) as f32;
    let below = (place as usize).min(LEVELS - 2);
    let above_share = place - below as f32;
    (below, [1.0 - above_share, above_share])
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
