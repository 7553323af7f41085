use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::bench::{JsCards, JsHistory, JsSummary};
use super::failure::Failure;
use super::value::to_js;
use crate::data::{Cards, Dataset, DatasetSummary, Problem, read_bundle};
use crate::features::{Miniatures, Pixels};

/// An open data set.
#[wasm_bindgen(js_name = Dataset)]
pub struct DatasetHandle {
    pub(super) dataset: Rc<Dataset>,
    problem: Problem,
    /// Once rows of the sheet were shown.
    pub(super) pictures: Option<Miniatures>,
}

#[wasm_bindgen(js_class = Dataset)]
impl DatasetHandle {
    /// Reads a bundle; throws a `Failure` when it is damaged or of another kind.
    pub fn open(bundle: &[u8]) -> Result<DatasetHandle, JsValue> {
        let dataset = read_bundle(bundle).map_err(Failure::from)?;
        let problem = Problem::of_bundle(&dataset);
        Ok(Self { dataset: Rc::new(dataset), problem, pictures: None })
    }

    /// Sizes, modalities and provenance.
    pub fn summary(&self) -> Result<JsSummary, JsValue> {
        to_js(&DatasetSummary::of(&self.dataset))
    }

    /// The sheet of thumbnails, a PNG or JPEG.
    pub fn sheet(&self) -> Option<Vec<u8>> {
        self.dataset.thumbnails.as_ref().map(|thumbnails| thumbnails.sheet.clone())
    }

    /// All items as people are shown them, in the data's order.
    pub fn cards(&self) -> Result<JsCards, JsValue> {
        let cards = Cards::new(&self.dataset, &self.problem);
        to_js(&(0..self.dataset.items.len() as u32).map(|item| cards.item(item)).collect::<Vec<_>>())
    }

    /// A modality's features, `[items, dim]` row by row, not a number where an item lacks it; nothing where the data have no such
    /// modality.
    pub fn features(&self, modality: &str) -> Option<Vec<f32>> {
        let features = self.dataset.modalities.get(modality)?;
        let rows = features.values.rows().into_iter().zip(&features.present);
        let numbers = rows.flat_map(|(row, &present)| {
            row.into_iter().map(move |&number| if present { number } else { f32::NAN })
        });
        Some(numbers.collect())
    }

    /// Shows the next row of pictures on the sheet, from the top: red, green, blue and opacity of every pixel. Designs that
    /// learn from pictures need all rows; the browser decodes them, so that no decoder has to be downloaded.
    pub fn show(&mut self, row: &[u8]) {
        let Some(thumbnails) = &self.dataset.thumbnails else { return };
        let tile = thumbnails.tile as usize;
        let pixels: Vec<[u8; 3]> =
            row.as_chunks().0.iter().map(|&[red, green, blue, _]: &[u8; 4]| [red, green, blue]).collect();
        if let Ok(row) = Pixels::new(pixels.len() / tile, tile, pixels) {
            self.pictures.get_or_insert_default().add_row(&row);
        }
    }

    /// What a user took; throws a `Failure` when there is no such user.
    pub fn user(&self, user: u32) -> Result<JsHistory, JsValue> {
        history(&self.dataset, &self.problem, user)
    }
}

/// What a user took, by the parts of a problem; a `Failure` when there is no such user.
pub(super) fn history(dataset: &Dataset, problem: &Problem, user: u32) -> Result<JsHistory, JsValue> {
    let history = Cards::new(dataset, problem).user(user).ok_or_else(|| {
        Failure::new("user", &format!("there is no user {user}; the data have {}", dataset.users.len()))
    })?;
    to_js(&history)
}
