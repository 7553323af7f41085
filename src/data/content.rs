use ndarray::{Array1, Array2, Axis, s};

use super::{Dataset, Features};

/// The content features of all items, modalities side by side in the given order: `[items, Σ dim]`.
///
/// An item without a modality gets the mean of those that have it, so that it is neither favoured nor punished for
/// what is unknown. Fails with the name of a modality that the data lack.
pub fn content(dataset: &Dataset, modalities: &[String]) -> Result<Array2<f32>, String> {
    let parts = modalities
        .iter()
        .map(|name| dataset.modalities.get(name).ok_or_else(|| name.clone()))
        .collect::<Result<Vec<_>, _>>()?;
    let dim = parts.iter().map(|features| features.values.ncols()).sum();
    let mut content = Array2::zeros((dataset.items.len(), dim));
    let mut start = 0;
    for features in parts {
        let end = start + features.values.ncols();
        let mean = mean_of_present(features);
        for (item, &present) in features.present.iter().enumerate() {
            let row = if present { features.values.row(item) } else { mean.view() };
            content.slice_mut(s![item, start..end]).assign(&row);
        }
        start = end;
    }
    Ok(content)
}

/// The mean row of the items that have the modality, `[dim]`; zero when none has.
fn mean_of_present(features: &Features) -> Array1<f32> {
    let mut sum = Array1::<f64>::zeros(features.values.ncols());
    let mut count = 0.0f64;
    for (row, _) in features.values.axis_iter(Axis(0)).zip(&features.present).filter(|(_, present)| **present)
    {
        sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
        count += 1.0;
    }
    sum.mapv(|sum| (sum / count.max(1.0)) as f32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ndarray::array;

    use super::super::{Precision, Provenance};
    use super::*;

    #[test]
    fn a_missing_row_becomes_the_mean() {
        let features = |values: Array2<f32>, present: [bool; 3]| Features {
            values,
            present: present.to_vec(),
            precision: Precision::F32,
            origin: String::new(),
        };
        let dataset = Dataset {
            name: "hand".into(),
            provenance: Provenance::default(),
            users: vec![],
            items: vec!["a".into(), "b".into(), "c".into()],
            interactions: vec![],
            modalities: BTreeMap::from([
                ("visual".to_string(), features(array![[1.0], [0.0], [4.0]], [true, false, true])),
                ("textual".to_string(), features(array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [true; 3])),
            ]),
            texts: vec![],
            thumbnails: None,
        };
        let content = content(&dataset, &["textual".into(), "visual".into()]).unwrap();
        assert_eq!(content, array![[1.0, 2.0, 1.0], [3.0, 4.0, 2.5], [5.0, 6.0, 4.0]]);
        assert_eq!(super::content(&dataset, &["audio".into()]), Err("audio".into()));
    }
}
