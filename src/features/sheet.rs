use thiserror::Error;

use super::picture_file::{PictureFileError, decode};
use super::{Miniatures, Pixels};
use crate::data::Thumbnails;

/// Pixels that a sheet may have: a million thumbnails of 16 pixels, 65,000 of 64.
const MOST_PIXELS: usize = 1 << 28;

/// Why there are no thumbnails.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the thumbnails' sheet cannot be used: {0}")]
pub struct SheetError(#[from] PictureFileError);

/// Each item's own picture, cut from the sheet: nothing for an item that has none, the reason for one whose place lies
/// beyond the sheet.
pub fn thumbnails(thumbnails: &Thumbnails) -> Result<Vec<Option<Result<Pixels, String>>>, SheetError> {
    let sheet = decode(&thumbnails.sheet, MOST_PIXELS)?;
    let cut = |position: u32| {
        let beyond = || format!("its thumbnail lies beyond the sheet, at position {position}");
        place(thumbnails, position)
            .and_then(|(left, top)| sheet.cut(left, top, thumbnails.tile as usize))
            .ok_or_else(beyond)
    };
    Ok(thumbnails.position.iter().map(|position| position.map(cut)).collect())
}

/// The pictures of a sheet, made very small.
pub fn miniatures(thumbnails: &Thumbnails) -> Result<Miniatures, SheetError> {
    let sheet = decode(&thumbnails.sheet, MOST_PIXELS)?;
    let tile = thumbnails.tile as usize;
    let mut miniatures = Miniatures::default();
    for values in sheet.values().chunks_exact(sheet.width() * tile) {
        if let Ok(row) = Pixels::new(sheet.width(), tile, values.to_vec()) {
            miniatures.add_row(&row);
        }
    }
    Ok(miniatures)
}

/// The first column and row of a position on the sheet.
fn place(thumbnails: &Thumbnails, position: u32) -> Option<(usize, usize)> {
    let (tile, columns) = (u64::from(thumbnails.tile), u64::from(thumbnails.columns));
    let (row, column) =
        (u64::from(position).checked_div(columns)?, u64::from(position).checked_rem(columns)?);
    // A page counts in 32 bits.
    Some((usize::try_from(column * tile).ok()?, usize::try_from(row * tile).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, values: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(values).unwrap();
        bytes
    }

    #[test]
    fn tiles_are_cut_row_by_row_and_those_beyond_the_sheet_are_told() {
        // Two columns and one and a half rows of tiles of 2 x 2 pixels.
        let values: Vec<u8> = (0..4 * 3).flat_map(|at| [at, at, at]).collect();
        let sheet = Thumbnails {
            sheet: png(4, 3, &values),
            tile: 2,
            columns: 2,
            position: vec![Some(1), None, Some(0), Some(2), Some(u32::MAX - 1)],
        };
        let cut = thumbnails(&sheet).unwrap();
        let square = |values: [u8; 4]| Pixels::new(2, 2, values.map(|value| [value; 3]).to_vec()).unwrap();
        assert_eq!(cut[0], Some(Ok(square([2, 3, 6, 7]))));
        assert_eq!(cut[1], None);
        assert_eq!(cut[2], Some(Ok(square([0, 1, 4, 5]))));
        assert_eq!(cut[3], Some(Err("its thumbnail lies beyond the sheet, at position 2".into())));
        assert!(matches!(&cut[4], Some(Err(reason)) if reason.contains("position 4294967294")));
    }

    #[test]
    fn miniatures_are_the_tiles_made_small() {
        // Two columns and one and a half rows of tiles of 32 x 32 pixels, and a strip beside them.
        let (width, height) = (70, 48);
        let values: Vec<u8> = (0..width * height)
            .flat_map(|at| [at % width, at / width, at % 7].map(|value| value as u8))
            .collect();
        let sheet = Thumbnails {
            sheet: png(width, height, &values),
            tile: 32,
            columns: 3,
            position: vec![Some(1), None, Some(0), Some(2), Some(3), Some(u32::MAX - 1)],
        };
        let (small, large) = (miniatures(&sheet).unwrap(), thumbnails(&sheet).unwrap());
        for item in [0, 2] {
            let large = large[item].clone().unwrap().unwrap();
            assert_eq!(small.of(&sheet, item).unwrap(), large.middle_square(16).values());
        }
        // None, two beyond the sheet's sides, one far away, and no item.
        assert!([1, 3, 4, 5, 6].iter().all(|&item| small.of(&sheet, item).is_none()));
    }

    #[test]
    fn a_sheet_that_is_no_picture_is_told() {
        let sheet = Thumbnails { sheet: b"GIF89a".to_vec(), tile: 2, columns: 1, position: vec![Some(0)] };
        let error = thumbnails(&sheet).unwrap_err().to_string();
        assert_eq!(error, "the thumbnails' sheet cannot be used: it is neither a PNG nor a JPEG picture");
    }
}
