//! What no file has: modalities that our own extractors make of an item's words and picture.

use super::ImportError;
use crate::data::{Features, ItemText, Precision};
use crate::features::{self, Pixels};

/// Length of textual vectors.
const DIMENSIONS: usize = 128;
/// Of the randomised decomposition: fixed, so that an import gives the same bytes.
const SEED: u64 = 1;

/// The textual modality of titles and descriptions `[items]`; none when no two items share a word.
pub fn textual(texts: &[ItemText], notes: &mut Vec<String>) -> Result<Option<Features>, ImportError> {
    let features = features::textual(texts, DIMENSIONS, SEED);
    if features.values.ncols() == 0 {
        notes.push("textual: no two items have a word in common, so there is no textual modality".into());
        return Ok(None);
    }
    finished("textual", features, notes)
}

/// The visual modality of pictures `[items]`; none without a picture.
pub fn visual(pictures: &[Option<Pixels>], notes: &mut Vec<String>) -> Result<Option<Features>, ImportError> {
    if pictures.iter().all(Option::is_none) {
        return Ok(None);
    }
    finished("visual", features::visual(pictures), notes)
}

fn finished(
    modality: &str,
    made: Features,
    notes: &mut Vec<String>,
) -> Result<Option<Features>, ImportError> {
    let Features { values, present, origin, .. } = made;
    let missing = present.iter().filter(|present| !**present).count();
    if missing > 0 {
        notes.push(format!(
            "{modality}: nothing to make a vector of for {missing} of {} items",
            present.len()
        ));
    }
    Ok(Some(Features::new(modality, values, present, Precision::F32, origin)?))
}

/// Says how many items have a text and no picture, and the reverse.
pub fn compare(texts: &[ItemText], pictured: &[bool], notes: &mut Vec<String>) {
    let written = texts.iter().map(|text| !text.title.is_empty() || !text.description.is_empty());
    let (mut only_text, mut only_picture) = (0, 0);
    for (written, &pictured) in written.zip(pictured) {
        only_text += usize::from(written && !pictured);
        only_picture += usize::from(pictured && !written);
    }
    if only_text + only_picture > 0 {
        notes.push(format!(
            "items with a text and no picture: {only_text}; with a picture and no text: {only_picture}"
        ));
    }
}
