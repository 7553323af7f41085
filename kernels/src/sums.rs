use crate::rows::{dot, total};

/// What of some numbers is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Summand {
    /// Every number x.
    Itself,
    /// Every x².
    Square,
    /// −ln σ(Δ) of every difference Δ between a number of the first half and its counterpart in the second.
    Ranking,
    /// −ln σ(x) of every number of the first half, −ln σ(−x) of every number of the second.
    CrossEntropy,
}

/// Numbers that are summed in single precision before their sum is added to the others'.
const STRETCH: usize = 1024;

/// The sum, which is the same on every machine.
#[inline(never)]
pub fn sum(summand: Summand, values: &[f32]) -> f32 {
    let stretches = values.chunks(STRETCH);
    let sum: f64 = match summand {
        Summand::Itself => stretches.map(|values| f64::from(total(values))).sum(),
        Summand::Square => stretches.map(|values| f64::from(dot(values, values))).sum(),
        Summand::Ranking => {
            let (positives, negatives) = values.split_at(values.len() / 2);
            let differences = positives.iter().zip(negatives).map(|(positive, negative)| positive - negative);
            differences.map(|difference| f64::from(surprise(difference))).sum()
        }
        Summand::CrossEntropy => {
            let (positives, negatives) = values.split_at(values.len() / 2);
            let right = positives.iter().copied().chain(negatives.iter().map(|score| -score));
            right.map(|score| f64::from(surprise(score))).sum()
        }
    };
    sum as f32
}

/// The gradient of [`sum`] times `factor`, in place of the numbers.
#[inline(never)]
pub fn sum_gradient(summand: Summand, values: &mut [f32], factor: f32) {
    match summand {
        Summand::Itself => values.fill(factor),
        Summand::Square => values.iter_mut().for_each(|value| *value *= 2.0 * factor),
        Summand::Ranking => {
            let (positives, negatives) = values.split_at_mut(values.len() / 2);
            for (positive, negative) in positives.iter_mut().zip(negatives) {
                let slope = factor * loser(*positive - *negative);
                (*positive, *negative) = (-slope, slope);
            }
        }
        Summand::CrossEntropy => {
            let (positives, negatives) = values.split_at_mut(values.len() / 2);
            positives.iter_mut().for_each(|score| *score = -factor * loser(*score));
            negatives.iter_mut().for_each(|score| *score = factor * loser(-*score));
        }
    }
}

/// −ln σ(x), finite for every x.
fn surprise(x: f32) -> f32 {
    (-x).max(0.0) + (1.0 + (-x.abs()).exp()).ln()
}

/// σ(−x).
fn loser(x: f32) -> f32 {
    let power = (-x.abs()).exp();
    (if x < 0.0 { 1.0 } else { power }) / (1.0 + power)
}
