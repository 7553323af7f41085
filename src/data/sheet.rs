//! Pictures of items on one sheet.

use std::collections::BTreeMap;

use super::Thumbnails;
use crate::features::Pixels;

/// Colours of a sheet of drawings: as many as one byte a pixel can tell apart.
const PALETTE: usize = 256;
/// Of a sheet of photographs, between 1 and 100.
const QUALITY: u8 = 80;

type Rgb = [u8; 3];

/// A sheet of the drawings there are, row by row, all squares of one size; `None` without any.
///
/// Flat drawings need few colours, so the sheet keeps the most frequent 256 and gives every other pixel (most
/// lie on smoothed edges) the nearest of these. That makes it less than half as large as in full colour.
pub fn drawings(pictures: &[Option<Pixels>]) -> Option<Thumbnails> {
    let grid = Grid::of(pictures)?;
    let frequencies = frequencies(&grid.shown);
    let palette = palette(&frequencies);
    let entries: BTreeMap<Rgb, u8> =
        frequencies.keys().map(|&colour| (colour, nearest(&palette, colour))).collect();
    let indexed = grid.laid_out(0, |colour| entries[&colour]);
    let (width, height) = grid.size();
    Some(grid.thumbnails(indexed_png(&indexed, &palette, width as u32, height as u32)?))
}

/// A sheet of the photographs there are, as [`drawings`], as a JPEG: a sixth of what a PNG of photographs takes.
/// `None` also for more than fit on the largest sheet, a million of 64 pixels.
pub fn photographs(pictures: &[Option<Pixels>]) -> Option<Thumbnails> {
    let grid = Grid::of(pictures)?;
    let pixels = grid.laid_out([0; 3], |colour| colour);
    let (width, height) = grid.size();
    let mut sheet = Vec::new();
    jpeg_encoder::Encoder::new(&mut sheet, QUALITY)
        .encode(
            pixels.as_flattened(),
            width.try_into().ok()?,
            height.try_into().ok()?,
            jpeg_encoder::ColorType::Rgb,
        )
        .ok()?;
    Some(grid.thumbnails(sheet))
}

/// Squares in rows, about as many rows as columns.
struct Grid<'a> {
    shown: Vec<&'a Pixels>,
    tile: usize,
    columns: usize,
    position: Vec<Option<u32>>,
}

impl<'a> Grid<'a> {
    fn of(pictures: &'a [Option<Pixels>]) -> Option<Self> {
        let shown: Vec<&Pixels> = pictures.iter().flatten().collect();
        let tile = shown.first()?.width();
        let columns = (1..=shown.len()).find(|side| side * side >= shown.len())?;
        let mut free = 0..;
        let position = pictures.iter().map(|picture| picture.as_ref().and_then(|_| free.next())).collect();
        Some(Self { shown, tile, columns, position })
    }

    /// Width and height in pixels.
    fn size(&self) -> (usize, usize) {
        (self.columns * self.tile, self.shown.len().div_ceil(self.columns) * self.tile)
    }

    /// `[height * width]`: what each pixel becomes, row by row; `ground` where there is no picture.
    fn laid_out<T: Copy>(&self, ground: T, value: impl Fn(Rgb) -> T) -> Vec<T> {
        let (width, height) = self.size();
        let mut values = vec![ground; width * height];
        for (at, picture) in self.shown.iter().enumerate() {
            let (left, top) = (at % self.columns * self.tile, at / self.columns * self.tile);
            for (row, pixels) in picture.values().chunks(self.tile).enumerate() {
                let start = (top + row) * width + left;
                for (place, &pixel) in values[start..start + self.tile].iter_mut().zip(pixels) {
                    *place = value(pixel);
                }
            }
        }
        values
    }

    fn thumbnails(self, sheet: Vec<u8>) -> Thumbnails {
        Thumbnails { sheet, tile: self.tile as u32, columns: self.columns as u32, position: self.position }
    }
}

fn frequencies(pictures: &[&Pixels]) -> BTreeMap<Rgb, usize> {
    let mut frequencies = BTreeMap::new();
    for pixel in pictures.iter().flat_map(|picture| picture.values()) {
        *frequencies.entry(*pixel).or_default() += 1;
    }
    frequencies
}

/// The most frequent colours, most frequent first.
fn palette(frequencies: &BTreeMap<Rgb, usize>) -> Vec<Rgb> {
    let mut colours: Vec<(Rgb, usize)> =
        frequencies.iter().map(|(&colour, &count)| (colour, count)).collect();
    colours.sort_by_key(|&(colour, count)| (core::cmp::Reverse(count), colour));
    colours.into_iter().take(PALETTE).map(|(colour, _)| colour).collect()
}

/// The palette's entry at the smallest Euclidean distance.
fn nearest(palette: &[Rgb], colour: Rgb) -> u8 {
    let distance = |other: &Rgb| -> u32 {
        other.iter().zip(colour).map(|(&one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    (0..palette.len()).min_by_key(|&entry| distance(&palette[entry])).unwrap_or(0) as u8
}

fn indexed_png(indexed: &[u8], palette: &[Rgb], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.as_flattened());
    encoder.set_compression(png::Compression::High);
    // Differences of palette entries mean nothing.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().ok()?.write_image_data(indexed).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::decode;

    fn square(colour: Rgb) -> Option<Pixels> {
        Some(Pixels::new(16, 16, vec![colour; 256]).unwrap())
    }

    #[test]
    fn photographs_lie_where_their_positions_say() {
        let colours = [[250, 10, 10], [10, 250, 10], [10, 10, 250], [120, 120, 120], [240, 240, 30]];
        let pictures = [
            square(colours[0]),
            None,
            square(colours[1]),
            square(colours[2]),
            None,
            square(colours[3]),
            square(colours[4]),
        ];
        let Thumbnails { sheet, tile, columns, position } = photographs(&pictures).unwrap();
        assert_eq!((tile, columns), (16, 3));
        assert_eq!(position, [Some(0), None, Some(1), Some(2), None, Some(3), Some(4)]);
        let sheet = decode(&sheet, 48 * 32).unwrap();
        assert_eq!((sheet.width(), sheet.height()), (48, 32));
        for (at, colour) in colours.into_iter().enumerate() {
            let middle = sheet.near((at % 3 * 16 + 8) as isize, (at / 3 * 16 + 8) as isize);
            let far = middle.iter().zip(colours[at]).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(far <= 6, "{at}: {middle:?} for {colour:?}");
        }
    }

    #[test]
    fn no_picture_makes_no_sheet() {
        assert_eq!(photographs(&[None, None]), None);
        assert_eq!(drawings(&[]), None);
    }
}
