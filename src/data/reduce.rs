use std::collections::BTreeMap;
use std::str::FromStr;

use ndarray::{Array1, Array2, Axis, s};
use thiserror::Error;

use super::{Dataset, DatasetError, Features};
use crate::linear;

/// How long vectors shall be, by modality: `visual=128,text=128`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reduction(BTreeMap<String, usize>);

/// A data set with shorter vectors, and what they still tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Reduced {
    pub dataset: Dataset,
    /// By modality: the share of the variance that the shorter vectors have, between 0 and 1.
    pub explained: BTreeMap<String, f64>,
}

/// Why a reduction cannot be read or done.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReductionError {
    #[error("\"{text}\" is not of the form modality=length; a reduction looks like visual=128,textual=128")]
    Form { text: String },
    #[error("the reduction's length for {modality} is \"{value}\"; a whole number from 1 is expected")]
    Length { modality: String, value: String },
    #[error("the reduction names {modality} twice")]
    Twice { modality: String },
    #[error("there is no modality {modality} to reduce; the data have {available}")]
    NoModality { modality: String, available: String },
    #[error("{modality} has vectors of length {dim} on {present} items, too few for {wanted} components")]
    TooLong { modality: String, dim: usize, present: usize, wanted: usize },
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

impl FromStr for Reduction {
    type Err = ReductionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut lengths = BTreeMap::new();
        for pair in text.split(',') {
            let (name, value) =
                pair.split_once('=').ok_or_else(|| ReductionError::Form { text: pair.into() })?;
            let modality = match name.trim() {
                "image" => "visual",
                "text" => "textual",
                other => other,
            };
            let length = value.trim().parse().ok().filter(|&length: &usize| length > 0);
            let length = length
                .ok_or_else(|| ReductionError::Length { modality: modality.into(), value: value.into() })?;
            if lengths.insert(modality.to_owned(), length).is_some() {
                return Err(ReductionError::Twice { modality: modality.into() });
            }
        }
        Ok(Self(lengths))
    }
}

/// Replaces vectors by their leading principal components, found among the items that have the modality.
///
/// The components are those of the centred, otherwise unscaled features. Each modality keeps its precision.
pub fn reduce(dataset: &Dataset, reduction: &Reduction, seed: u32) -> Result<Reduced, ReductionError> {
    let mut reduced = Reduced { dataset: dataset.clone(), explained: BTreeMap::new() };
    for (modality, &length) in &reduction.0 {
        let features = reduced.dataset.modalities.get_mut(modality).ok_or_else(|| {
            let available = dataset.modalities.keys().cloned().collect::<Vec<_>>().join(", ");
            ReductionError::NoModality { modality: modality.clone(), available }
        })?;
        let (shorter, explained) = principal_components(modality, features, length, seed)?;
        *features = shorter;
        reduced.explained.insert(modality.clone(), explained);
    }
    Ok(reduced)
}

fn principal_components(
    modality: &str,
    features: &Features,
    length: usize,
    seed: u32,
) -> Result<(Features, f64), ReductionError> {
    let rows: Vec<usize> = (0..features.present.len()).filter(|&item| features.present[item]).collect();
    let dim = features.values.ncols();
    if length > dim.min(rows.len()) {
        let (modality, present) = (modality.into(), rows.len());
        return Err(ReductionError::TooLong { modality, dim, present, wanted: length });
    }
    let mut centred = features.values.select(Axis(0), &rows);
    let mut mean = Array1::<f64>::zeros(dim);
    for row in centred.rows() {
        mean.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
    }
    mean /= rows.len() as f64;
    for mut row in centred.rows_mut() {
        row.zip_mut_with(&mean, |value, &mean| *value = (f64::from(*value) - mean) as f32);
    }
    let scores = linear::reduce(centred.view(), length, u64::from(seed));

    let variance = |matrix: &Array2<f32>| matrix.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>();
    let all = variance(&centred);
    let explained = if all > 0.0 { (variance(&scores) / all).min(1.0) } else { 1.0 };
    // Components beyond the rank of the features are zero.
    let mut values = Array2::zeros((features.present.len(), length));
    for (score, &item) in scores.rows().into_iter().zip(&rows) {
        values.slice_mut(s![item, ..scores.ncols()]).assign(&score);
    }
    let origin = format!(
        "{}; the first {length} of {dim} principal components, {:.1} % of the variance",
        features.origin,
        100.0 * explained
    );
    let shorter = Features::new(modality, values, features.present.clone(), features.precision, origin)?;
    Ok((shorter, explained))
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::super::Precision;
    use super::super::sample::sample;
    use super::*;

    fn features(values: Array2<f32>, present: &[bool]) -> Dataset {
        let mut dataset = sample();
        let features =
            Features::new("visual", values, present.to_vec(), Precision::F32, "pixels".into()).unwrap();
        dataset.modalities.insert("visual".into(), features);
        dataset
    }

    /// By hand: the present points (2, 1), (4, 2), (0, 0) lie on one line through their mean (2, 1), at distances
    /// 0 and ±√5.
    #[test]
    fn points_on_a_line_need_one_number() {
        let dataset =
            features(array![[2.0, 1.0], [4.0, 2.0], [99.0, -99.0], [0.0, 0.0]], &[true, true, false, true]);
        let reduced = reduce(&dataset, &"image=1".parse().unwrap(), 1).unwrap();
        let visual = &reduced.dataset.modalities["visual"];
        let expected = [0.0, 5f32.sqrt(), 0.0, -(5f32.sqrt())];
        for (found, expected) in visual.values.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{}", visual.values);
        }
        assert!((reduced.explained["visual"] - 1.0).abs() < 1e-6);
        assert_eq!(visual.present, [true, true, false, true]);
        assert_eq!(visual.origin, "pixels; the first 1 of 2 principal components, 100.0 % of the variance");
        assert_eq!(reduced.dataset.check(), Ok(()));
        // The second direction carries nothing.
        let both = reduce(&dataset, &"visual=2".parse().unwrap(), 1).unwrap();
        assert!(both.dataset.modalities["visual"].values.column(1).iter().all(|value| value.abs() < 1e-6));
    }

    /// By hand: variances 4·9 and 4·1 along the axes, so one component explains nine tenths.
    #[test]
    fn the_explained_share_is_that_of_the_variance() {
        let dataset = features(array![[3.0, 1.0], [3.0, -1.0], [-3.0, 1.0], [-3.0, -1.0]], &[true; 4]);
        let reduced = reduce(&dataset, &"visual=1".parse().unwrap(), 1).unwrap();
        assert!((reduced.explained["visual"] - 0.9).abs() < 1e-9);
    }

    #[test]
    fn the_precision_stays_and_other_modalities_too() {
        let reduced = reduce(&sample(), &"text=1,visual=2".parse().unwrap(), 3).unwrap();
        assert_eq!(reduced.dataset.check(), Ok(()));
        assert_eq!(reduced.dataset.modalities["visual"].precision, Precision::F16);
        assert_eq!(reduced.dataset.modalities["textual"].values.dim(), (4, 1));
        assert_eq!(reduce(&sample(), &"text=1,visual=2".parse().unwrap(), 3), Ok(reduced));
    }

    #[test]
    fn mistakes_are_named() {
        let error = |text: &str| text.parse::<Reduction>().unwrap_err().to_string();
        assert!(error("visual").contains("not of the form"));
        assert!(error("visual=0").contains("length for visual is \"0\""));
        assert!(error("text=4,textual=5").contains("names textual twice"));
        let error = |text: &str| reduce(&sample(), &text.parse().unwrap(), 1).unwrap_err().to_string();
        assert_eq!(error("audio=4"), "there is no modality audio to reduce; the data have textual, visual");
        assert_eq!(error("visual=4"), "visual has vectors of length 3 on 3 items, too few for 4 components");
    }
}
