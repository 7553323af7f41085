use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::random::{Stream, generator};

/// Made by tests/golden/significance.py with SciPy.
#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
    holm: Adjusted,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Case {
    name: String,
    differences: Vec<f64>,
    signed_rank: f64,
    z: f64,
    not_zero: f64,
    above: f64,
    sign_flip: Option<f64>,
}

#[derive(Deserialize)]
struct Adjusted {
    p: Vec<f64>,
    adjusted: Vec<f64>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../../tests/golden/significance.json")).unwrap()
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * other.abs()
}

#[test]
fn p_values_are_those_of_scipy() {
    for case in golden().cases {
        let (p, _) = signed_rank(&case.differences).unwrap();
        assert!(close(p, case.signed_rank), "{}: {p} and {}", case.name, case.signed_rank);
        let mean = Estimate::mean(&case.differences).unwrap();
        assert!(close(mean.value / mean.error, case.z), "{}", case.name);
        assert!(close(mean.p(Hypothesis::Zero), case.not_zero), "{}", case.name);
        assert!(close(mean.p(Hypothesis::NotAbove), case.above), "{}", case.name);
        assert!(close(mean.p(Hypothesis::NotBelow), 1.0 - case.above), "{}", case.name);
        if let Some(exact) = case.sign_flip {
            let drawn = sign_flip(&case.differences, 20_000, &mut generator(1, Stream::Resample));
            // Four standard errors of a share of 20,000 draws.
            assert!((drawn - exact).abs() < 4.0 * (exact * (1.0 - exact) / 20_000.0).sqrt(), "{drawn}");
        }
    }
}

#[test]
fn holms_p_values_are_those_of_the_procedure() {
    let Adjusted { p, adjusted } = golden().holm;
    let ours = holm(&p);
    assert!(ours.iter().zip(&adjusted).all(|(&one, &other)| close(one, other)), "{ours:?}");
}

#[test]
fn where_nothing_differs_nothing_is_found() {
    assert_eq!(signed_rank(&[0.0; 5]), None);
    assert_eq!(signed_rank(&[]), None);
    assert_eq!(sign_flip(&[0.0; 5], 99, &mut generator(1, Stream::Resample)), 1.0);
    assert_eq!(Estimate::mean(&[0.0; 5]).unwrap().p(Hypothesis::Zero), 1.0);
    assert_eq!(Estimate::mean(&[1.0]), None);
}

#[test]
fn a_test_of_chance_errs_as_often_as_it_says() {
    // Of 400 sets of differences without any effect, one in twenty is found at p < 0.05: 20, give or take 4.4.
    let mut random = generator(5, Stream::Resample);
    let (mut by_rank, mut by_sign) = (0, 0);
    for _ in 0..400 {
        let differences: Vec<f64> =
            (0..40).map(|_| f64::from(crate::random::Draw::below(&mut random, 9)) - 4.0).collect();
        by_rank += u32::from(signed_rank(&differences).unwrap().0 < 0.05);
        by_sign += u32::from(sign_flip(&differences, 199, &mut random) < 0.05);
    }
    assert!((5..36).contains(&by_rank), "{by_rank}");
    assert!((5..36).contains(&by_sign), "{by_sign}");
}

#[test]
fn resamples_have_the_judged_users_alone_and_as_many() {
    let judged = [0, 2, 3, 5];
    let resamples = Resamples::draw(7, &judged, 500, 1);
    let mut drawn = [0u32; 7];
    for times in resamples.iter() {
        assert_eq!(times.iter().map(|&times| u32::from(times)).sum::<u32>(), 4);
        times.iter().zip(&mut drawn).for_each(|(&times, drawn)| *drawn += u32::from(times));
    }
    assert_eq!([drawn[1], drawn[4], drawn[6]], [0; 3]);
    // Each of four users is drawn 500 times, with a deviation of 19.4.
    assert!(judged.iter().all(|&user| drawn[user as usize].abs_diff(500) < 80), "{drawn:?}");
}

proptest! {
    #[test]
    fn adjusted_p_values_are_larger_and_in_the_same_order(p in prop::collection::vec(0.0f64..=1.0, 1..20)) {
        let adjusted = holm(&p);
        for (one, larger) in p.iter().zip(&adjusted) {
            prop_assert!(one <= larger && *larger <= 1.0);
        }
        for (at, one) in p.iter().enumerate() {
            for (other_at, other) in p.iter().enumerate() {
                prop_assert!(one > other || adjusted[at] <= adjusted[other_at]);
            }
        }
    }

    /// Neither test asks which of the two systems comes first.
    #[test]
    fn turning_a_comparison_around_changes_its_sign_alone(values in prop::collection::vec(-8i8..8, 3..40)) {
        let differences: Vec<f64> = values.iter().map(|&value| f64::from(value) / 8.0).collect();
        let turned: Vec<f64> = differences.iter().map(|value| -value).collect();
        match (signed_rank(&differences), signed_rank(&turned)) {
            (Some((p, z)), Some((again, opposite))) => {
                prop_assert!((p - again).abs() < 1e-12 && (z + opposite).abs() < 1e-9);
            }
            (none, other) => prop_assert_eq!(none, other),
        }
        let flip = |values: &[f64]| sign_flip(values, 99, &mut generator(3, Stream::Resample));
        prop_assert_eq!(flip(&differences), flip(&turned));
    }
}
