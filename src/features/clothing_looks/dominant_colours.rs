use ndarray::Array1;

use super::super::Pixels;
use super::super::foreground::Foreground;
use super::super::pictures::unit;

/// The basic colour terms of English, with teal, navy and beige, which clothes come in so often; one example each.
const EXAMPLES: [[u8; 3]; COLOURS] = [
    [20, 20, 22],    // black
    [128, 128, 130], // grey
    [246, 246, 244], // white
    [205, 35, 40],   // red
    [240, 135, 45],  // orange
    [245, 215, 65],  // yellow
    [65, 155, 75],   // green
    [45, 165, 165],  // teal
    [60, 110, 205],  // blue
    [28, 36, 82],    // navy
    [130, 80, 180],  // purple
    [242, 150, 185], // pink
    [128, 82, 52],   // brown
    [220, 200, 168], // beige
];

/// How many colours there are names for.
pub const COLOURS: usize = 14;

/// Levels a channel is divided into for looking up a colour's names.
const LEVELS: usize = 16;

/// How far, in CIELAB, a colour may be from a name's example and still be called so without a doubt.
const TOLERANCE: f64 = 15.0;

/// What every colour is called: `[LEVELS³, COLOURS]`, shares that add up to one, for people differ.
pub struct ColourNames(Vec<[f32; COLOURS]>);

impl ColourNames {
    pub fn new() -> Self {
        let examples = EXAMPLES.map(cielab);
        let middle = |level: usize| (level * 256 / LEVELS + 128 / LEVELS) as u8;
        let colours = (0..LEVELS.pow(3)).map(|at| {
            let colour = [at / LEVELS / LEVELS, at / LEVELS % LEVELS, at % LEVELS].map(middle);
            let colour = cielab(colour);
            let likeness = examples.map(|example| {
                let square: f64 = colour.iter().zip(example).map(|(a, b)| (a - b) * (a - b)).sum();
                libm::exp(-square / (2.0 * TOLERANCE * TOLERANCE)).max(f64::MIN_POSITIVE)
            });
            let all: f64 = likeness.iter().sum();
            likeness.map(|likeness| (likeness / all) as f32)
        });
        Self(colours.collect())
    }

    /// How much of the pictured thing is called what: `[COLOURS]`, not negative, of length one. Shares themselves, not
    /// their roots, so that the dominant colour outweighs the others.
    pub fn shares(&self, picture: &Pixels, thing: &Foreground) -> Array1<f32> {
        let mut pixels = vec![0u32; self.0.len()];
        for (column, row) in thing.pixels() {
            let [red, green, blue] = picture.values()[row * picture.width() + column];
            let level = |channel: u8| usize::from(channel) * LEVELS / 256;
            pixels[(level(red) * LEVELS + level(green)) * LEVELS + level(blue)] += 1;
        }
        let mut shares = Array1::zeros(COLOURS);
        for (&count, names) in pixels.iter().zip(&self.0).filter(|(count, _)| **count > 0) {
            shares.iter_mut().zip(names).for_each(|(share, name)| *share += count as f32 * name);
        }
        unit(shares)
    }
}

/// An sRGB colour in CIELAB (D65), where distances are about as large as they look.
fn cielab(colour: [u8; 3]) -> [f64; 3] {
    let [red, green, blue] = colour.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    });
    let x = 0.4124 * red + 0.3576 * green + 0.1805 * blue;
    let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let z = 0.0193 * red + 0.1192 * green + 0.9505 * blue;
    let [x, y, z] = [x / 0.9505, y, z / 1.089]
        .map(|value| if value > 0.008_856 { libm::cbrt(value) } else { 7.787 * value + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the definition: white is (100, 0, 0), black the origin, pure red (53.24, 80.09, 67.20).
    #[test]
    fn colours_lie_where_cielab_says() {
        for (colour, expected) in
            [([255; 3], [100.0, 0.0, 0.0]), ([0; 3], [0.0; 3]), ([255, 0, 0], [53.24, 80.09, 67.20])]
        {
            for (found, expected) in cielab(colour).iter().zip(expected) {
                assert!((found - expected).abs() < 0.05, "{colour:?}: {:?}", cielab(colour));
            }
        }
    }

    fn named(picture: &Pixels) -> usize {
        let shares = ColourNames::new().shares(picture, &Foreground::of(picture));
        (0..COLOURS).max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap()
    }

    #[test]
    fn every_example_has_its_own_name() {
        for (name, &colour) in EXAMPLES.iter().enumerate() {
            assert_eq!(named(&Pixels::new(1, 1, vec![colour]).unwrap()), name);
        }
    }

    #[test]
    fn the_dominant_colour_is_that_of_the_thing_not_of_its_ground() {
        // Two columns of navy and one of red on white.
        let colours = [[255; 3], EXAMPLES[9], EXAMPLES[9], EXAMPLES[3], [255; 3]];
        let values =
            (0..25).map(|at| if (5..20).contains(&at) { colours[at % 5] } else { [255; 3] }).collect();
        let picture = Pixels::new(5, 5, values).unwrap();
        let shares = ColourNames::new().shares(&picture, &Foreground::of(&picture));
        assert!((shares[9] / shares[3] - 2.0).abs() < 0.3, "{shares}");
        assert!(shares[2] < 0.01 && shares.iter().all(|&share| share >= 0.0), "{shares}");
    }
}
