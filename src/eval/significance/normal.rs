/// The share of a standard normal distribution above `z`.
pub(super) fn above(z: f64) -> f64 {
    0.5 * libm::erfc(z / core::f64::consts::SQRT_2)
}

/// Where the truth is taken to lie under the hypothesis that is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hypothesis {
    /// At zero; what speaks against it is a value far from zero.
    Zero,
    /// At zero or below.
    NotAbove,
    /// At zero or above.
    NotBelow,
}

/// A number and how far it would move with other users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// Standard error.
    pub error: f64,
}

impl Estimate {
    /// The mean of values of independent users; `None` of fewer than two.
    pub fn mean(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        let value = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|each| (each - value).powi(2)).sum();
        (values.len() > 1).then(|| Self { value, error: (squares / (count - 1.0) / count).sqrt() })
    }

    /// A value, with the deviation of what resamples of users give for it; `None` of fewer than two.
    pub fn resampled(value: f64, resampled: &[f64]) -> Option<Self> {
        let of_one = Self::mean(resampled)?;
        Some(Self { value, error: of_one.error * (resampled.len() as f64).sqrt() })
    }

    /// The chance of a value so far on the other side, or farther, if the hypothesis holds: by the normal distribution, for
    /// users are many. A value without any error is taken for certain.
    pub fn p(&self, hypothesis: Hypothesis) -> f64 {
        let z = if self.value == 0.0 { 0.0 } else { self.value / self.error };
        match hypothesis {
            Hypothesis::Zero => 2.0 * above(z.abs()),
            Hypothesis::NotAbove => above(z),
            Hypothesis::NotBelow => above(-z),
        }
    }
}
