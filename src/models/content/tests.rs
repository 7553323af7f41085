use std::collections::BTreeMap;

use burn::tensor::Device;
use ndarray::array;
use proptest::prelude::*;

use super::super::Occasion;
use super::standing_in::{ROUNDS, fill_from_rows, most_alike};
use super::*;
use crate::data::{Dataset, Interaction, Part, Precision, Problem, Provenance};
use crate::schema::{CheckedSpec, Missing, RunSpec, TakenFrom};

/// Two pairs of items that are alike in their words: 0 and 1, 2 and 3; item 3 lacks a picture, item 4 everything. User 0
/// took items 0, 1 and 3, user 1 items 1 and 2.
fn dataset() -> Dataset {
    let features = |values: Array2<f32>, present: [bool; 5]| Features {
        values,
        present: present.to_vec(),
        precision: Precision::F32,
        origin: String::new(),
    };
    let words = array![[1.0, 0.0], [2.0, 0.2], [0.0, 1.0], [0.1, 3.0], [0.0, 0.0]];
    let pictures = array![[1.0], [3.0], [8.0], [0.0], [0.0]];
    let taken = [(0, 0), (0, 1), (0, 3), (1, 1), (1, 2)];
    let interaction = |(user, item)| Interaction { user, item, rating: 1.0, timestamp: 0, part: Part::Train };
    Dataset {
        name: "hand-made".into(),
        provenance: Provenance::default(),
        users: vec!["a".into(), "b".into()],
        items: (0..5).map(|item: u32| item.to_string()).collect(),
        interactions: taken.into_iter().map(interaction).collect(),
        modalities: BTreeMap::from([
            ("textual".into(), features(words, [true, true, true, true, false])),
            ("visual".into(), features(pictures, [true, true, true, false, false])),
        ]),
        texts: Vec::new(),
        thumbnails: None,
        sounds: None,
    }
}

fn spec(missing: Missing, seed: u32) -> CheckedSpec {
    let modalities = ["textual", "visual"].map(String::from);
    let spec = RunSpec { missing, seed, ..RunSpec::of("vbpr") };
    spec.check().unwrap().about("hand-made", "d", &modalities).unwrap()
}

fn completed(missing: Missing) -> [Array2<f32>; 2] {
    let (dataset, spec) = (dataset(), spec(missing, 1));
    let problem = Problem::of_bundle(&dataset);
    let device = Device::flex();
    let setting = Setting {
        spec: &spec,
        dataset: &dataset,
        whole: &problem,
        problem: &problem,
        pictures: None,
        device: &device,
        occasion: Some(Occasion::Evaluation),
    };
    let mut parts = setting.modalities().unwrap().into_iter().map(|(_, values)| values);
    [parts.next().unwrap(), parts.next().unwrap()]
}

fn by(policy: MissingPolicy) -> Missing {
    Missing { policy, ..Missing::default() }
}

#[test]
fn the_mean_and_zeros_stand_in() {
    let [words, pictures] = completed(by(MissingPolicy::Mean));
    assert_eq!(pictures, array![[1.0], [3.0], [8.0], [4.0], [4.0]]);
    assert_eq!(words.row(4), array![0.775, 1.05]);
    let [words, pictures] = completed(by(MissingPolicy::Zeros));
    assert_eq!(pictures, array![[1.0], [3.0], [8.0], [0.0], [0.0]]);
    assert_eq!(words.row(4), array![0.0, 0.0]);
}

/// Of the items with a picture, all but item 0 have a word in common with item 3; nothing is known of item 4.
#[test]
fn those_alike_in_other_modalities_stand_in() {
    let [_, pictures] = completed(by(MissingPolicy::Neighbours));
    assert_eq!(pictures.row(4), array![4.0], "the mean, where nothing says whom it is like");
    assert_eq!(pictures.slice(s![..3, 0]), array![1.0, 3.0, 8.0]);
    // Cosines with item 3: 0.033, 0.132 and 0.999; all three count.
    assert_eq!(pictures.row(3), array![4.0]);
    let many = Array2::from_shape_fn((14, 1), |(item, _)| item as f32);
    // Ten of thirteen: the nearest in angle to the last row, which lacks the modality.
    let angles = Array2::from_shape_fn((14, 2), |(item, k)| {
        let angle = item as f32 * 0.1;
        if k == 0 { angle.cos() } else { angle.sin() }
    });
    let mut present = vec![true; 14];
    present[13] = false;
    let mut filled = many.clone();
    let modalities = [("visual".to_string(), many.clone()), ("textual".to_string(), angles)];
    fill_from_rows(&mut filled, &most_alike(&modalities, 0, &present));
    assert_eq!(filled[[13, 0]], (3..13).sum::<usize>() as f32 / 10.0);
    assert_eq!(filled.slice(s![..13, ..]), many.slice(s![..13, ..]));
}

/// Item 3 has only user 0, who took items of 1 and 3 and item 3 itself: x = (1 + 3 + x) / 3, so x = 2.
#[test]
fn features_flow_along_who_took_what() {
    let [_, pictures] = completed(by(MissingPolicy::Propagation));
    // A third of the distance from the mean, 4, is left in every round.
    let expected = 2.0 + 2.0 / 3f32.powi(ROUNDS as i32);
    assert!((pictures[[3, 0]] - expected).abs() < 1e-5, "{pictures}");
    assert_eq!(pictures.row(4), array![4.0], "nobody took it");
    assert_eq!(pictures.slice(s![..3, 0]), array![1.0, 3.0, 8.0]);
}

#[test]
fn modalities_side_by_side_have_the_weighted_mean_of_their_cosines() {
    let modalities =
        [("a".to_string(), array![[3.0f32, 4.0], [5.0, 0.0]]), ("b".to_string(), array![[2.0f32], [-7.0]])];
    let rows = side_by_side(&modalities, &[0.75, 0.25]);
    assert!((rows.row(0).dot(&rows.row(1)) - (0.75 * 0.6 - 0.25)).abs() < 1e-6);
    // A row of zeros has no direction.
    let rows = side_by_side(&[("a".to_string(), Array2::zeros((1, 2)))], &[1.0]);
    assert_eq!(rows, array![[0.0, 0.0]]);
}

fn having(missing: Missing, seed: u32) -> [Vec<bool>; 2] {
    let (dataset, spec) = (dataset(), spec(missing, seed));
    let problem = Problem::of_bundle(&dataset);
    ["textual", "visual"]
        .map(|name| left_of(dataset.modalities[name].present.clone(), &dataset, &problem, &spec, name, None))
}

#[test]
fn the_popular_or_the_unpopular_lose_it_first() {
    let taken = |taken_from, rate| Missing { rate, taken_from, ..Missing::default() };
    // Item 1 has two users, 0, 2 and 3 have one; a quarter of the words is one item, a third of the pictures too.
    let [words, pictures] = having(taken(TakenFrom::Popular, 0.25), 1);
    assert_eq!(words, [true, false, true, true, false]);
    assert_eq!(pictures, [true, false, true, false, false]);
    let [words, _] = having(taken(TakenFrom::Unpopular, 0.5), 1);
    assert_eq!(words, [false, true, false, true, false]);
    let one = Missing { modalities: Some(vec!["visual".into()]), ..taken(TakenFrom::Popular, 1.0) };
    assert_eq!(having(one, 1), [vec![true, true, true, true, false], vec![false; 5]]);
}

#[test]
fn what_is_left_is_told() {
    let (dataset, spec) = (dataset(), spec(Missing { rate: 0.5, ..Missing::default() }, 1));
    let coverage = coverage(&dataset, &Problem::of_bundle(&dataset), &spec, Occasion::Evaluation);
    // Two of the four with words, and one of the three with a picture: a half of them rounds to two.
    assert_eq!(coverage, BTreeMap::from([("textual".into(), 0.4), ("visual".into(), 0.2)]));
}

proptest! {
    #[test]
    fn a_higher_rate_takes_all_that_a_lower_one_does(low in 0.0f64..=1.0, high in 0.0f64..=1.0, seed in any::<u32>()) {
        let (low, high) = (low.min(high), low.max(high));
        let [some, fewer] = [low, high].map(|rate| having(Missing { rate, ..Missing::default() }, seed));
        for (some, fewer) in some.iter().flatten().zip(fewer.iter().flatten()) {
            prop_assert!(*some || !*fewer);
        }
    }
}
