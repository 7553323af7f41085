//! What systems see of items' modalities: features without gaps.

mod presence;
mod standing_in;
#[cfg(test)]
mod tests;

use ndarray::{Array1, Array2, s};

use self::presence::shown;
pub use self::presence::{coverage, has_raw, left_of, number_of, usable, without_dropped};
use self::standing_in::{alike, fill, stand_in};
use super::{ModelError, Setting, placebo};
use crate::data::{Dataset, Features, Precision};
use crate::schema::MissingPolicy;

/// Rows of a modality, `[items, numbers]`, with zeros where an item lacks it.
type Rows = (String, Array2<f32>);

/// The chosen modalities, in the specification's order: name and features `[items, dim]`. Where an item lacks one, or it was
/// taken away, stands what the policy says.
pub fn complete(setting: &Setting<'_>) -> Result<Vec<Rows>, ModelError> {
    let (left, present) = left(setting)?;
    // Before anything is filled in.
    let neighbours: Vec<_> = (0..left.len()).map(|nth| alike(setting, &left, nth, &present[nth])).collect();
    let completed = left
        .into_iter()
        .zip(&present)
        .zip(neighbours)
        .map(|(((name, values), present), alike)| (name, stand_in(setting, values, present, alike)));
    Ok(completed.collect())
}

/// The same of the raw input of one of the chosen modalities, `[items, numbers]`. Items that are alike in other modalities are
/// alike in their features.
pub fn complete_raw(setting: &Setting<'_>, name: &str, raw: &Features) -> Result<Array2<f32>, ModelError> {
    let (values, present) = left_of_rows(setting, name, raw);
    let alike = match setting.spec.missing.policy {
        MissingPolicy::Neighbours => {
            let left = left(setting)?.0;
            let nth = left.iter().take_while(|(other, _)| other != name).count();
            alike(setting, &left, nth, &present)
        }
        _ => None,
    };
    Ok(stand_in(setting, values, &present, alike))
}

/// The features of the chosen modalities, `[items, dim]`, and which items have them, `[items]`.
fn left(setting: &Setting<'_>) -> Result<(Vec<Rows>, Vec<Vec<bool>>), ModelError> {
    let left = setting.spec.modalities.iter().flatten().map(|name| {
        let (values, present) = match setting.dataset.modalities.get(name) {
            Some(features) => left_of_rows(setting, name, features),
            None => left_of_rows(setting, name, &nothing_but_raw(setting.dataset, name)?),
        };
        Ok(((name.clone(), values), present))
    });
    Ok(left.collect::<Result<Vec<_>, ModelError>>()?.into_iter().unzip())
}

/// The features of a modality that has none, `[items, 0]`: there where its raw input is.
fn nothing_but_raw(dataset: &Dataset, name: &str) -> Result<Features, ModelError> {
    let present = has_raw(dataset, name).ok_or_else(|| ModelError::NoModality(name.into()))?;
    let values = Array2::zeros((present.len(), 0));
    Ok(Features { values, present, precision: Precision::F32, origin: String::new() })
}

/// A modality's rows once the placebo has come and a share was taken away, and which items have it: `[items, numbers]` and
/// `[items]`.
fn left_of_rows(setting: &Setting<'_>, name: &str, rows: &Features) -> (Array2<f32>, Vec<bool>) {
    let Setting { spec, dataset, whole, occasion, .. } = *setting;
    let (mut values, present) =
        placebo::given(rows, spec.placebo, placebo::lots(spec.seed, number_of(dataset, name)));
    let present = left_of(present, dataset, whole, spec, name, occasion);
    let zeros = Array1::zeros(values.ncols());
    fill(&mut values, &present, &zeros);
    (values, present)
}

/// The features of all modalities, `[items, Σ dim]`, every modality's rows scaled to the length √weight: so the dot product
/// of two rows is the weighted mean of the modalities' cosines. A row of zeros stays.
pub fn side_by_side(modalities: &[(String, Array2<f32>)], weights: &[f64]) -> Array2<f32> {
    let items = modalities.first().map_or(0, |(_, features)| features.nrows());
    let dim = modalities.iter().map(|(_, features)| features.ncols()).sum();
    let mut rows = Array2::zeros((items, dim));
    let mut start = 0;
    for ((_, features), weight) in modalities.iter().zip(weights) {
        let end = start + features.ncols();
        for (mut row, features) in
            rows.slice_mut(s![.., start..end]).rows_mut().into_iter().zip(features.rows())
        {
            let norm = features.dot(&features).sqrt().max(1e-12);
            row.assign(&features);
            row *= weight.sqrt() as f32 / norm;
        }
        start = end;
    }
    rows
}

/// A modality without what is hidden on one occasion alone.
pub struct Unhidden {
    /// `[items, dim]`.
    pub values: Array2<f32>,
    /// `[items]`: whether the item lacks it on the setting's occasion, and not otherwise.
    pub hidden: Vec<bool>,
}

/// The chosen modalities as they are when nothing is hidden, and what is hidden on the setting's occasion.
pub fn unhidden(setting: &Setting<'_>) -> Result<Vec<Unhidden>, ModelError> {
    let Setting { spec, dataset, whole, occasion, .. } = *setting;
    let of_modality = |(name, values): Rows| {
        let present = shown(dataset, spec, &name).unwrap_or_default();
        let left = |occasion| left_of(present.clone(), dataset, whole, spec, &name, occasion);
        let hidden = left(None).into_iter().zip(left(occasion)).map(|(before, after)| before && !after);
        Unhidden { values, hidden: hidden.collect() }
    };
    let everything = Setting { occasion: None, ..*setting };
    Ok(complete(&everything)?.into_iter().map(of_modality).collect())
}
