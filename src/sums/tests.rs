//! The sums against plain ones, and their gradients against finite differences, on every backend at hand.

use burn::tensor::{DType, Device, Tensor, TensorData};

use super::{Summand, weighted_sum};
use crate::devices::devices;
use crate::random::{Draw, Stream, generator};

fn noise(count: usize) -> Vec<f32> {
    let mut generator = generator(1, Stream::Initialise);
    (0..count).map(|_| generator.normal() as f32).collect()
}

fn upload(values: &[f32], device: &Device) -> Tensor<1> {
    Tensor::from_data(TensorData::new(values.to_vec(), [values.len()]), (device, DType::F32))
}

fn read(tensor: Tensor<1>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

/// In double precision, by the definition.
fn expected(summand: Summand, values: &[f32]) -> f64 {
    let values: Vec<f64> = values.iter().map(|&value| f64::from(value)).collect();
    let (positives, negatives) = values.split_at(values.len() / 2);
    match summand {
        Summand::Itself => values.iter().sum(),
        Summand::Square => values.iter().map(|value| value * value).sum(),
        Summand::Ranking => {
            let differences = positives.iter().zip(negatives).map(|(positive, negative)| positive - negative);
            differences.map(|difference| -(1.0 / (1.0 + (-difference).exp())).ln()).sum()
        }
        Summand::CrossEntropy => {
            let right = positives.iter().copied().chain(negatives.iter().map(|score| -score));
            right.map(|score| -(1.0 / (1.0 + (-score).exp())).ln()).sum()
        }
    }
}

const ALL: [Summand; 4] = [Summand::Itself, Summand::Square, Summand::Ranking, Summand::CrossEntropy];

#[test]
fn sums_of_any_length_are_those_of_the_definition() {
    for device in devices() {
        // The longest needs several cubes on the GPU, and the CPU several stretches.
        for count in [2, 6, 510, 2048, 20_002] {
            let values = noise(count);
            for summand in ALL {
                let found = read(weighted_sum(upload(&values, &device), summand, 0.5))[0];
                let expected = 0.5 * expected(summand, &values);
                let tolerance = 1e-6 * count as f64;
                assert!(
                    (f64::from(found) - expected).abs() < tolerance,
                    "{summand:?}: {found} and {expected}"
                );
            }
        }
    }
}

#[test]
fn gradients_equal_finite_differences() {
    let values = noise(70);
    let step = 1e-3f32;
    for device in devices() {
        for summand in ALL {
            let tracked = upload(&values, &device).autodiff().require_grad();
            let gradients = (weighted_sum(tracked.clone(), summand, 0.5) * 3.0).backward();
            for (at, found) in read(tracked.grad(&gradients).unwrap()).into_iter().enumerate() {
                let moved = |by: f32| {
                    let mut moved = values.clone();
                    moved[at] += by;
                    (1.5 * expected(summand, &moved), f64::from(moved[at]))
                };
                let ((up, right), (down, left)) = (moved(step), moved(-step));
                let expected = (up - down) / (right - left);
                assert!((f64::from(found) - expected).abs() < 1e-4, "{summand:?}, {at}: {found}, {expected}");
            }
        }
    }
}

#[test]
fn a_ranking_of_far_apart_scores_is_finite_and_still_teaches() {
    for device in devices() {
        let scores = [1e4f32, -1e4, 200.0, -1e4, 1e4, 0.0];
        let tracked = upload(&scores, &device).autodiff().require_grad();
        let loss = weighted_sum(tracked.clone(), Summand::Ranking, 1.0);
        assert_eq!(read(loss.clone().inner()), [2e4]);
        let gradient = read(tracked.grad(&loss.backward()).unwrap());
        assert_eq!(gradient, [0.0, -1.0, 0.0, 0.0, 1.0, 0.0].map(|slope: f32| slope + 0.0));
    }
}
