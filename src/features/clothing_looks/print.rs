use ndarray::Array1;

use super::super::Pixels;
use super::super::foreground::Foreground;
use super::super::local_binary_patterns::{changes, code, ring};
use super::super::pictures::unit;
use super::super::plane::{Plane, lightness};

/// Layers of pixels that belong to the outline, not to what is printed.
const RIM: usize = 3;

/// Distances at which codes are read: fine and coarse prints.
const DISTANCES: [usize; 3] = [1, 2, 4];

/// A code that changes at most twice is as its number of ones, whatever the print's direction; the others are one kind.
const KINDS: usize = 10;

/// Length of [`print`].
pub const PRINT_VALUES: usize = DISTANCES.len() * KINDS;

/// What is printed on the thing: `[PRINT_VALUES]`, not negative, of length one.
///
/// The square roots of the shares of each kind of local binary pattern, inside the silhouette only, at each distance.
pub fn print(picture: &Pixels, thing: &Foreground) -> Array1<f32> {
    let [.., farthest] = DISTANCES;
    let plane = Plane::new(picture, farthest, lightness);
    let rings = DISTANCES.map(|distance| ring(&plane, distance));
    let mut counts = [0u32; PRINT_VALUES];
    for (column, row) in thing.interior(RIM).pixels() {
        let at = plane.at(column, row);
        for (scale, ring) in rings.iter().enumerate() {
            let code = code(&plane, at, ring);
            let kind = if changes(code) <= 2 { code.count_ones() as usize } else { KINDS - 1 };
            counts[scale * KINDS + kind] += 1;
        }
    }
    unit(counts.iter().map(|&count| (count as f32).sqrt()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A square of 24 x 24 dark red pixels on white, with lighter ones where something is printed.
    fn printed(mark: impl Fn(usize, usize) -> bool, light: u8) -> Array1<f32> {
        let inside = |at: usize| (4..28).contains(&(at % 32)) && (4..28).contains(&(at / 32));
        let colour = |at: usize| match inside(at) {
            true if mark(at % 32, at / 32) => [120 + light, 40 + light, 40 + light],
            true => [80 + light, light, light],
            false => [255; 3],
        };
        let picture = Pixels::new(32, 32, (0..32 * 32).map(colour).collect()).unwrap();
        print(&picture, &Foreground::of(&picture))
    }

    fn likeness(one: &Array1<f32>, other: &Array1<f32>) -> f32 {
        one.dot(other)
    }

    #[test]
    fn a_plain_thing_has_one_kind_at_each_distance() {
        // Inside, all neighbours are as light; at the farthest, some lie on the white ground, which is lighter.
        let plain = printed(|_, _| false, 0);
        for (at, &value) in plain.iter().enumerate() {
            let expected = if at % KINDS == 8 { (1.0f32 / 3.0).sqrt() } else { 0.0 };
            assert!((value - expected).abs() < 1e-6, "{at}: {value}");
        }
    }

    #[test]
    fn stripes_are_stripes_in_either_direction_and_neither_dots_nor_plain() {
        let across = printed(|_, row| row % 6 < 3, 0);
        let down = printed(|column, _| column % 6 < 3, 0);
        let dots = printed(|column, row| column % 6 < 3 && row % 6 < 3, 0);
        let plain = printed(|_, _| false, 0);
        assert!(likeness(&across, &down) > 0.99);
        assert!(likeness(&across, &dots) < 0.97 && likeness(&across, &plain) < 0.9);
    }

    proptest! {
        #[test]
        fn light_on_the_thing_changes_nothing(step in 2usize..9, light in 1u8..100) {
            let stripes = |light| printed(|column, _| column % step < step / 2, light);
            prop_assert_eq!(stripes(light), stripes(0));
        }
    }
}
