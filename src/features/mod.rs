//! Extractors: pictures and words to vectors.
//!
//! Nothing here is learned from interactions and nothing needs a file, so that the command line, the twins
//! and the page describe the same item by the same numbers.

mod colour_histogram;
mod oriented_gradients;
mod pixels;
mod tfidf;
mod tokens;

pub use colour_histogram::{COLOUR_BINS, colour_histogram};
pub use oriented_gradients::{GRADIENT_VALUES, oriented_gradients};
pub use pixels::{Pixels, PixelsError};
pub use tfidf::{TermFrequencies, TermWeights};
pub use tokens::{STOP_WORDS, tokens};

use ndarray::{Array2, Axis, s};

use crate::data::{Features, ItemText, Precision};
use crate::linear::truncated_svd;

/// Length of [`visual`] vectors.
pub const VISUAL_VALUES: usize = COLOUR_BINS + GRADIENT_VALUES;

/// The visual modality: `[items, VISUAL_VALUES]`, the square root of the [`colour_histogram`] followed by the
/// [`oriented_gradients`] scaled to length one.
///
/// The square root gives the histogram length one as well, so that colour and shape weigh the same, and makes
/// distances between rows Hellinger distances. What all pictures have in common tells no two items apart and
/// would outweigh what does, so the mean of the rows is taken off. The row of an item without a picture is
/// zero, which is the mean, and absent.
pub fn visual(pictures: &[Option<Pixels>]) -> Features {
    let mut values = Array2::zeros((pictures.len(), VISUAL_VALUES));
    for (mut row, picture) in values.rows_mut().into_iter().zip(pictures) {
        let Some(picture) = picture else { continue };
        let colours = colour_histogram(picture);
        let gradients = oriented_gradients(picture);
        let length = gradients.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        row.slice_mut(s![..COLOUR_BINS]).assign(&colours.mapv(f32::sqrt));
        row.slice_mut(s![COLOUR_BINS..]).assign(&(gradients / length));
    }
    let present: Vec<bool> = pictures.iter().map(Option::is_some).collect();
    let count = present.iter().filter(|present| **present).count().max(1);
    let mean = values.sum_axis(Axis(0)) / count as f32;
    values
        .rows_mut()
        .into_iter()
        .zip(&present)
        .filter(|(_, present)| **present)
        .for_each(|(mut row, _)| row -= &mean);
    Features {
        values,
        present,
        precision: Precision::F16,
        origin: format!(
            "square root of a colour histogram ({COLOUR_BINS}) and oriented gradients ({GRADIENT_VALUES}), \
             less their mean"
        ),
    }
}

/// The textual modality: `[items, dimensions]`, titles and descriptions as TF-IDF rows, projected on the
/// leading right singular vectors of all rows; `seed` decides the randomised decomposition.
///
/// Fewer columns come back when items or vocabulary allow no more. An item is absent when none of its words
/// is in the vocabulary: the words of at least two items.
pub fn textual(texts: &[ItemText], dimensions: usize, seed: u64) -> Features {
    let documents: Vec<Vec<String>> =
        texts.iter().map(|text| tokens(&format!("{} {}", text.title, text.description))).collect();
    let frequencies = TermFrequencies::fit(&documents, 2);
    let weights = frequencies.weights(&documents);
    let decomposition = truncated_svd(&weights, dimensions, seed);
    let values = (decomposition.left * decomposition.singular_values).mapv(|value| value as f32);
    let origin = format!(
        "TF-IDF of {} word stems, truncated singular value decomposition to {}",
        frequencies.vocabulary().len(),
        values.ncols()
    );
    let present = weights.rows().iter().map(|row| !row.is_empty()).collect();
    Features { values, present, precision: Precision::F16, origin }
}
