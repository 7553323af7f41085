use ndarray::{Array2, Axis};
use rand_chacha::ChaCha8Rng;

use crate::data::Features;
use crate::random::{Draw, Stream, generator_of_step};
use crate::schema::Placebo;

/// What a placebo draws. `nth` tells the modalities of the data apart, each of which has lots of its own.
pub fn lots(seed: u32, nth: u32) -> ChaCha8Rng {
    generator_of_step(seed, Stream::Shuffle, 0, nth, 0)
}

/// Whose content each item has where content is shuffled, `[items]`.
pub fn order(items: usize, lots: &mut ChaCha8Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items).collect();
    lots.shuffle(&mut order);
    order
}

/// A modality's features as the placebo has them, `[items, dim]`, and which items have it, `[items]`.
pub fn given(features: &Features, placebo: Placebo, mut lots: ChaCha8Rng) -> (Array2<f32>, Vec<bool>) {
    match placebo {
        Placebo::None => (features.values.clone(), features.present.clone()),
        Placebo::Shuffled => {
            let order = order(features.present.len(), &mut lots);
            let present = order.iter().map(|&item| features.present[item]).collect();
            (features.values.select(Axis(0), &order), present)
        }
        Placebo::Noise => {
            let (mean, deviation) = moments(features);
            let values = features.values.mapv(|_| (mean + deviation * lots.normal()) as f32);
            (values, features.present.clone())
        }
    }
}

/// Mean and deviation of all numbers of the items that have the modality.
pub fn moments(features: &Features) -> (f64, f64) {
    let present = features.values.rows().into_iter().zip(&features.present).filter(|(_, present)| **present);
    let numbers = || present.clone().flat_map(|(row, _)| row.into_iter().map(|&value| f64::from(value)));
    let count = numbers().count().max(1) as f64;
    let mean = numbers().sum::<f64>() / count;
    (mean, (numbers().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Precision;

    /// Row 0 is absent and holds what nobody may count.
    fn features() -> Features {
        let mut values = Array2::from_shape_fn((500, 4), |(item, _)| item as f32);
        values.row_mut(0).fill(1e9);
        let present = (0..500).map(|item| item > 0).collect();
        Features { values, present, precision: Precision::F32, origin: "test".into() }
    }

    #[test]
    fn shuffled_rows_are_the_same_rows_and_take_their_presence_along() {
        let features = features();
        let (values, present) = given(&features, Placebo::Shuffled, lots(1, 0));
        assert_ne!(values, features.values);
        let mut first: Vec<f32> = values.column(0).to_vec();
        for (value, present) in first.iter().zip(&present) {
            assert_eq!(*present, *value < 1e9);
        }
        first.sort_by(f32::total_cmp);
        assert!(first[..499].iter().enumerate().all(|(nth, &value)| value == (nth + 1) as f32));
        let of = |seed, nth| given(&features, Placebo::Shuffled, lots(seed, nth)).0;
        assert_eq!(values, of(1, 0));
        assert!(values != of(2, 0) && values != of(1, 1));
    }

    #[test]
    fn noise_is_as_large_as_the_features_and_says_nothing() {
        let features = features();
        let (values, present) = given(&features, Placebo::Noise, lots(1, 0));
        assert_eq!((values.dim(), &present), (features.values.dim(), &features.present));
        let (mean, deviation) = moments(&Features { values: values.clone(), ..features.clone() });
        let (expected, spread) = moments(&features);
        assert_eq!(expected, 250.0);
        // Six standard deviations of what 1,996 draws give.
        assert!((mean - expected).abs() < 6.0 * spread / 1996f64.sqrt(), "{mean}");
        assert!(
            (deviation - spread).abs() < 6.0 * spread / (2.0 * 1996f64).sqrt(),
            "{deviation} for {spread}"
        );
        let together: f64 =
            (1..500).map(|item| (f64::from(values[[item, 0]]) - mean) * (item as f64 - 250.0)).sum();
        let correlation = together / (499.0 * deviation * spread);
        assert!(correlation.abs() < 6.0 / 499f64.sqrt(), "{correlation}");
    }
}
