use std::collections::BTreeMap;

use crate::data::Thumbnails;
use crate::features::Pixels;

/// Colours of the sheet: as many as one byte a pixel can tell apart.
const PALETTE: usize = 256;

type Rgb = [u8; 3];

/// One sheet of the pictures there are, row by row; `None` without any.
///
/// Flat drawings need few colours, so the sheet keeps the most frequent 256 and gives every other pixel (most
/// lie on smoothed edges) the nearest of these. That makes it less than half as large as in full colour.
pub fn sheet(pictures: &[Option<Pixels>]) -> Option<Thumbnails> {
    let shown: Vec<&Pixels> = pictures.iter().flatten().collect();
    let tile = shown.first()?.width();
    let columns = (1..=shown.len()).find(|side| side * side >= shown.len())?;
    let (width, height) = (columns * tile, shown.len().div_ceil(columns) * tile);
    let frequencies = frequencies(&shown);
    let palette = palette(&frequencies);
    let entries: BTreeMap<Rgb, u8> =
        frequencies.keys().map(|&colour| (colour, nearest(&palette, colour))).collect();

    let mut indexed = vec![0; width * height];
    for (at, picture) in shown.iter().enumerate() {
        let (left, top) = (at % columns * tile, at / columns * tile);
        for (row, pixels) in picture.values().chunks(tile).enumerate() {
            let start = (top + row) * width + left;
            for (place, pixel) in indexed[start..start + tile].iter_mut().zip(pixels) {
                *place = entries[pixel];
            }
        }
    }
    let sheet = encode(&indexed, &palette, width as u32, height as u32)?;
    let mut free = 0..;
    let position = pictures.iter().map(|picture| picture.as_ref().and_then(|_| free.next())).collect();
    Some(Thumbnails { sheet, tile: tile as u32, columns: columns as u32, position })
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

fn encode(indexed: &[u8], palette: &[Rgb], width: u32, height: u32) -> Option<Vec<u8>> {
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
