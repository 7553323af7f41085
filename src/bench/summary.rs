use serde::Serialize;

/// A mean over seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    pub mean: f64,
    /// The sample standard deviation (n − 1); `null` for one value.
    pub deviation: Option<f64>,
}

impl Summary {
    /// Of the values that there are.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.into_iter().collect();
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        match values.len() {
            0 => None,
            1 => Some(Self { mean, deviation: None }),
            _ => Some(Self { mean, deviation: Some((squares / (count - 1.0)).sqrt()) }),
        }
    }
}
