use ndarray::{Array1, Array2, Axis};

use super::Pixels;
use super::colour_histogram::{COLOUR_BINS, colours};
use super::extractor::{ExtractorDescription, Reads};
use super::oriented_gradients::{GRADIENT_VALUES, gradients};
use crate::data::{Features, Precision};

/// Length of [`visual`] vectors.
pub const VISUAL_VALUES: usize = COLOUR_BINS + GRADIENT_VALUES;

pub static COLOURS_AND_GRADIENTS: ExtractorDescription = ExtractorDescription {
    name: "colours-and-gradients",
    title: "Colours and gradients",
    summary: "The colour histogram and the oriented gradients side by side: what the twins' pictures are described by.",
    reads: Reads::Thumbnails,
    domain: None,
    width: VISUAL_VALUES,
    source: "Swain and Ballard, IJCV 1991; Dalal and Triggs, CVPR 2005",
};

/// One view of a picture: a vector of about length one.
pub type View<'a> = &'a dyn Fn(&Pixels) -> Array1<f32>;

/// A vector scaled to length one; zero stays zero.
pub fn unit(values: Array1<f32>) -> Array1<f32> {
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    values / length
}

/// The visual modality of the twins: see [`features`].
pub fn visual(pictures: &[Option<Pixels>]) -> Features {
    features(&pictures.iter().map(Option::as_ref).collect::<Vec<_>>())
}

/// `[items, VISUAL_VALUES]`: colours and gradients, which weigh the same, less their mean.
pub fn features(pictures: &[Option<&Pixels>]) -> Features {
    let origin = format!(
        "square root of a colour histogram ({COLOUR_BINS}) and oriented gradients ({GRADIENT_VALUES}), \
         less their mean"
    );
    side_by_side(&[&colours, &gradients], VISUAL_VALUES, pictures, origin)
}

/// The views of all pictures, one after the other, `width` values in all: `[items, width]`.
///
/// What all pictures have in common tells no two items apart and would outweigh what does, so the mean of the rows is
/// taken off. The row of an item without a picture is zero, which is the mean, and absent.
pub fn side_by_side(views: &[View], width: usize, pictures: &[Option<&Pixels>], origin: String) -> Features {
    let mut values = Array2::zeros((pictures.len(), width));
    for (mut row, picture) in values.rows_mut().into_iter().zip(pictures) {
        let Some(picture) = picture else { continue };
        let seen = views.iter().flat_map(|view| view(picture));
        row.iter_mut().zip(seen).for_each(|(value, seen)| *value = seen);
    }
    let present: Vec<bool> = pictures.iter().map(Option::is_some).collect();
    take_off_mean(&mut values, &present);
    Features { values, present, precision: Precision::F16, origin }
}

/// Takes the mean of the rows that are present off them; `values` is `[items, width]`, zero in the others.
pub fn take_off_mean(values: &mut Array2<f32>, present: &[bool]) {
    let count = present.iter().filter(|present| **present).count().max(1);
    let mean = values.sum_axis(Axis(0)) / count as f32;
    let rows = values.rows_mut().into_iter().zip(present);
    rows.filter(|(_, present)| **present).for_each(|(mut row, _)| row -= &mean);
}
