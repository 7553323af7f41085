use super::Pixels;

/// Sum of channel differences below which a pixel counts as ground.
const GROUND_DISTANCE: u32 = 36;

/// The colour of the ground on which a thing is pictured: the channel-wise median of the picture's border.
pub fn ground(picture: &Pixels) -> [u8; 3] {
    let (width, values) = (picture.width(), picture.values());
    let mut border = Vec::new();
    for (row, pixels) in values.chunks(width).enumerate() {
        if row == 0 || row == picture.height() - 1 {
            border.extend_from_slice(pixels);
        } else {
            border.push(pixels[0]);
            border.extend_from_slice(&pixels[(width - 1).max(1)..]);
        }
    }
    [0, 1, 2].map(|channel| {
        let mut values: Vec<u8> = border.iter().map(|pixel| pixel[channel]).collect();
        values.sort_unstable();
        values[values.len() / 2]
    })
}

/// Whether a pixel has another colour than the ground.
pub fn stands_out(pixel: [u8; 3], ground: [u8; 3]) -> bool {
    let apart = |channel: usize| u32::from(pixel[channel].abs_diff(ground[channel]));
    apart(0) + apart(1) + apart(2) >= GROUND_DISTANCE
}

/// The pixels that belong to the pictured thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreground {
    width: usize,
    height: usize,
    /// Row by row, with one pixel of ground around the picture; at least one is true.
    inside: Vec<bool>,
}

impl Foreground {
    /// All but the ground that is connected with the picture's border, so that a white shirt on white ground is inside
    /// of its outline. The whole picture where nothing stands out.
    pub fn of(picture: &Pixels) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let stride = width + 2;
        let ground = ground(picture);
        // What is not reached from the border stays inside.
        let mut inside = vec![false; stride * (height + 2)];
        let mut open = vec![false; stride * (height + 2)];
        let mut reached = Vec::new();
        for row in 0..height {
            for column in 0..width {
                let at = (row + 1) * stride + column + 1;
                inside[at] = true;
                open[at] = !stands_out(picture.values()[row * width + column], ground);
                if row == 0 || column == 0 || row == height - 1 || column == width - 1 {
                    reached.push(at);
                }
            }
        }
        let mut left = width * height;
        while let Some(at) = reached.pop() {
            if inside[at] && open[at] {
                inside[at] = false;
                left -= 1;
                reached.extend([at - stride, at - 1, at + 1, at + stride]);
            }
        }
        if left == 0 {
            for row in 0..height {
                let start = (row + 1) * stride + 1;
                inside[start..start + width].fill(true);
            }
        }
        Self { width, height, inside }
    }

    pub fn contains(&self, column: usize, row: usize) -> bool {
        self.inside[(row + 1) * (self.width + 2) + column + 1]
    }

    /// Columns and rows of the pixels inside, row by row.
    pub fn pixels(&self) -> impl Iterator<Item = (usize, usize)> {
        let stride = self.width + 2;
        let inside = self.inside.iter().enumerate().filter(|(_, inside)| **inside);
        inside.map(move |(at, _)| (at % stride - 1, at / stride - 1))
    }

    /// What is left when `depth` layers of pixels are taken off around; the thing itself where it is too thin.
    pub fn interior(&self, depth: usize) -> Self {
        let stride = self.width + 2;
        let mut inside = self.inside.clone();
        for _ in 0..depth {
            let around = inside.clone();
            for row in 1..=self.height {
                for at in row * stride + 1..=row * stride + self.width {
                    inside[at] &= around[at - stride] & around[at - 1] & around[at + 1] & around[at + stride];
                }
            }
        }
        if inside.contains(&true) { Self { inside, ..*self } } else { self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `#` is red, `.` white.
    fn drawn(rows: &[&str]) -> Pixels {
        let values =
            rows.concat().bytes().map(|mark| if mark == b'#' { [200, 0, 0] } else { [255; 3] }).collect();
        Pixels::new(rows[0].len(), rows.len(), values).unwrap()
    }

    fn shown(foreground: &Foreground) -> Vec<String> {
        let mark = |inside: &bool| if *inside { '#' } else { '.' };
        let row = |row| (0..foreground.width).map(|column| mark(&foreground.contains(column, row))).collect();
        (0..foreground.height).map(row).collect()
    }

    #[test]
    fn what_an_outline_encloses_is_inside() {
        let ring = drawn(&["......", ".####.", ".#..#.", ".#..#.", ".####.", "......"]);
        let filled = ["......", ".####.", ".####.", ".####.", ".####.", "......"];
        assert_eq!(shown(&Foreground::of(&ring)), filled);
        let open = drawn(&[".....", ".###.", ".#...", ".###.", "....."]);
        assert_eq!(shown(&Foreground::of(&open)), [".....", ".###.", ".#...", ".###.", "....."]);
    }

    #[test]
    fn the_interior_lacks_the_rim_and_thin_things_are_all_interior() {
        let block = Foreground::of(&drawn(&[".....", ".###.", ".###.", ".###.", "....."]));
        assert_eq!(shown(&block.interior(1)), [".....", ".....", "..#..", ".....", "....."]);
        assert_eq!(block.interior(2), block);
    }

    #[test]
    fn where_nothing_stands_out_everything_is_the_thing() {
        assert_eq!(shown(&Foreground::of(&drawn(&["...", "..."]))), ["###", "###"]);
        assert_eq!(Foreground::of(&drawn(&["#"])).pixels().collect::<Vec<_>>(), [(0, 0)]);
    }

    proptest! {
        #[test]
        fn there_is_always_a_thing_and_its_interior_is_part_of_it(
            width in 1usize..8, height in 1usize..8, values in prop::collection::vec(any::<[u8; 3]>(), 49),
            depth in 0usize..4,
        ) {
            let picture = Pixels::new(width, height, values[..width * height].to_vec()).unwrap();
            let foreground = Foreground::of(&picture);
            prop_assert!(foreground.pixels().count() > 0);
            let interior = foreground.interior(depth);
            prop_assert!(interior.pixels().count() > 0);
            prop_assert!(interior.pixels().all(|(column, row)| foreground.contains(column, row)));
        }
    }
}
