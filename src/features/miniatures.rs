use super::Pixels;
use crate::data::Thumbnails;

/// Width and height of a miniature, in pixels.
pub const MINIATURE: usize = 16;

/// Pixels of a miniature.
const PIXELS: usize = MINIATURE * MINIATURE;

/// All thumbnails of a sheet as very small pictures, which a network reads. Who decodes the sheet, a program or a browser, adds
/// them row by row, so that the whole sheet never has to lie in memory as pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Miniatures {
    /// Pictures in one row of the sheet.
    columns: usize,
    /// Picture by picture in the sheet's order, row by row.
    values: Vec<[u8; 3]>,
}

impl Miniatures {
    /// The next row of a sheet, all as wide as the first: pictures side by side, as wide as they are high.
    pub fn add_row(&mut self, row: &Pixels) {
        let tile = row.height();
        self.columns = row.width() / tile;
        for picture in (0..self.columns).filter_map(|column| row.cut(column * tile, 0, tile)) {
            self.values.extend(picture.middle_square(MINIATURE).values());
        }
    }

    /// An item's picture, `[MINIATURE * MINIATURE]` pixels row by row; nothing for an item without one or with one that lies
    /// beyond the sheet.
    pub fn of(&self, thumbnails: &Thumbnails, item: usize) -> Option<&[[u8; 3]]> {
        let position = (*thumbnails.position.get(item)?)? as usize;
        let (row, column) = (position / thumbnails.columns as usize, position % thumbnails.columns as usize);
        if column >= self.columns {
            return None;
        }
        self.values.chunks_exact(PIXELS).nth(row.checked_mul(self.columns)?.checked_add(column)?)
    }
}
