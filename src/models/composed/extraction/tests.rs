use burn::tensor::{Device, Tensor};
use ndarray::{Array2, Axis};

use super::super::super::trial::{Trial, total};
use super::super::super::{Batch, Initialiser, Parameters, Recommender};
use super::Source;
use crate::devices::devices;
use crate::schema::*;
use crate::selection::Selection;
use crate::transfer::read;

const ITEMS: usize = 10;
const NAMES: [&str; 3] = ["audio", "textual", "visual"];

fn spec(design: Design) -> RunSpec {
    let mut spec = RunSpec { design: Some(design), ..RunSpec::of("composed") };
    spec.hyper_parameters.insert("factors".into(), 4.0);
    spec
}

/// VBPR's design on one modality, extracted end to end.
fn end_to_end() -> RunSpec {
    spec(Design { extraction: Extraction::EndToEnd, ..Design::DEFAULT })
}

/// On data that have these modalities, whose features say nothing.
fn trial(modalities: &[&str], spec: RunSpec) -> Trial {
    let train: Vec<(u32, u32)> = (0..6).flat_map(|user| [(user, user), (user, user + 4)]).collect();
    let features = Array2::from_shape_fn((ITEMS, 3), |(item, at)| (item * at) as f32);
    let features: Vec<_> = modalities.iter().map(|&name| (name, features.clone())).collect();
    Trial::of_spec(spec, 6, &train, &features)
}

fn matrix(tensor: Tensor<2>) -> Array2<f32> {
    let dim = tensor.dims();
    Array2::from_shape_vec(dim, pollster::block_on(read(tensor)).unwrap()).unwrap()
}

fn values(parameters: &Parameters, name: &str) -> Array2<f32> {
    let (_, tensor) = parameters.iter().find(|(known, _)| *known == name).unwrap();
    matrix(tensor.clone())
}

/// What a network makes of all items, and of some of them.
fn rows(trial: &Trial, name: &str, device: &Device) -> [Array2<f32>; 2] {
    let mut initialise = Initialiser::new(1, device);
    let (source, width) = Source::end_to_end(name, &trial.setting(device), &mut initialise).unwrap();
    let parameters = initialise.finish();
    let pick = Selection::upload(ITEMS, vec![7, 0, 7], device);
    let rows = [None, Some(&pick)].map(|pick| matrix(source.rows(&parameters, pick)));
    assert_eq!(rows[0].dim(), (ITEMS, width));
    rows
}

fn gradient(
    recommender: &dyn Recommender,
    parameters: &Parameters,
    batch: &Batch,
    name: &str,
) -> Array2<f32> {
    let tracked = parameters.tracked();
    let terms = recommender.loss(&tracked, batch).into_iter().map(|(_, term)| term);
    let gradients = terms.reduce(|sum, term| sum + term).unwrap().backward();
    let (_, parameter) = tracked.iter().find(|(known, _)| *known == name).unwrap();
    matrix(parameter.grad(&gradients).unwrap())
}

#[test]
fn gradients_are_those_of_finite_differences() {
    for name in NAMES {
        let (recommender, mut parameters, batch) = trial(&[name], end_to_end()).ready(0);
        let learned: Vec<String> = parameters.iter().map(|(name, _)| name.to_string()).collect();
        let of_network: Vec<_> = learned.iter().filter(|learned| learned.starts_with(name)).collect();
        assert_eq!(of_network.len(), if name == "textual" { 1 } else { 4 }, "{learned:?}");
        for learned in of_network {
            let before = values(&parameters, learned);
            let found = gradient(recommender.as_ref(), &parameters, &batch, learned);
            let steepest = found.iter().fold(0f32, |most, value| most.max(value.abs()));
            assert!(steepest > 3e-3, "{learned}: {steepest}");
            // Every number of some parameters is more than a test needs.
            for at in (0..before.len()).step_by(1 + before.len() / 50) {
                let mut loss_at = |step: f32| {
                    let mut moved = before.clone();
                    moved.as_slice_mut().unwrap()[at] += step;
                    assert!(parameters.set(learned, &moved));
                    total(&recommender.loss(&parameters, &batch))
                };
                let difference = (loss_at(1e-3) - loss_at(-1e-3)) / 2e-3;
                let found = f64::from(found.as_slice().unwrap()[at]);
                // On the way, a few of many ReLUs turn.
                let error = (found - difference).abs();
                assert!(
                    error < 0.05 * f64::from(steepest),
                    "{learned}, {at}: {found} and {difference}, {steepest} at most"
                );
            }
            assert!(parameters.set(learned, &before));
        }
    }
}

#[test]
fn picked_items_are_extracted_as_all_are_and_on_every_device_alike() {
    for name in NAMES {
        let trial = trial(&[name], end_to_end());
        let [expected, _] = rows(&trial, name, &Device::flex());
        assert!(expected.axis_iter(Axis(0)).all(|row| row.iter().any(|value| value.abs() > 1e-4)), "{name}");
        for device in devices() {
            let [all, picked] = rows(&trial, name, &device);
            let close = |found: &Array2<f32>, expected: &Array2<f32>| {
                found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-5)
            };
            assert!(close(&all, &expected), "{name}");
            assert!(close(&picked, &expected.select(Axis(0), &[7, 0, 7])), "{name}");
        }
    }
}

#[test]
fn what_items_lack_is_zero_or_the_mean_of_the_others() {
    let of = |name: &str, policy| {
        let mut trial =
            trial(&[name], RunSpec { missing: Missing { policy, ..Missing::default() }, ..end_to_end() });
        trial.dataset.texts[3] = Default::default();
        trial.dataset.thumbnails.as_mut().unwrap().position[3] = None;
        trial.dataset.sounds.as_mut().unwrap().present[3] = false;
        rows(&trial, name, &Device::flex())[0].clone()
    };
    // What is made of words is linear in them.
    let [zeros, mean] = [MissingPolicy::Zeros, MissingPolicy::Mean].map(|policy| of("textual", policy));
    assert!(zeros.row(3).iter().all(|&value| value == 0.0));
    let expected = zeros.sum_axis(Axis(0)) / (ITEMS - 1) as f32;
    assert!(mean.row(3).iter().zip(&expected).all(|(found, expected)| (found - expected).abs() < 1e-6));
    for name in ["visual", "audio"] {
        let policies = [MissingPolicy::Zeros, MissingPolicy::Mean, MissingPolicy::Propagation];
        let [zeros, mean, propagated] = policies.map(|policy| of(name, policy));
        for item in 0..ITEMS {
            assert_eq!(item == 3, zeros.row(item) != mean.row(item), "{name}, {item}");
            assert_eq!(item == 3, propagated.row(item) != mean.row(item), "{name}, {item}");
        }
    }
}

#[test]
fn placebos_and_what_is_taken_away_reach_raw_input() {
    for name in NAMES {
        let of = |spec: RunSpec| rows(&trial(&[name], spec), name, &Device::flex())[0].clone();
        let placebo = |placebo| of(RunSpec { placebo, ..end_to_end() });
        let own = placebo(Placebo::None);
        let sorted = |rows: &Array2<f32>| {
            let mut rows: Vec<Vec<f32>> = rows.rows().into_iter().map(|row| row.to_vec()).collect();
            rows.sort_by(|one, other| one.partial_cmp(other).unwrap());
            rows
        };
        let shuffled = placebo(Placebo::Shuffled);
        assert!(shuffled != own && sorted(&shuffled) == sorted(&own), "{name}");
        let noise = placebo(Placebo::Noise);
        assert_ne!(sorted(&noise), sorted(&own), "{name}");
        let missing = Missing { policy: MissingPolicy::Zeros, rate: 0.5, ..Missing::default() };
        let left = of(RunSpec { missing, ..end_to_end() });
        let changed = left.rows().into_iter().zip(own.rows()).filter(|(left, own)| left != own).count();
        assert_eq!(changed, ITEMS / 2, "{name}");
    }
}

#[test]
fn without_raw_input_nothing_is_learned_from_it() {
    let refused = |trial: Trial, words: &[&str]| {
        let error = trial.built(&Device::flex()).map(|_| ()).unwrap_err().to_string();
        words.iter().for_each(|word| assert!(error.contains(word), "{error}"));
    };
    for (name, reason) in [("visual", "no thumbnails"), ("textual", "no texts"), ("audio", "no sounds")] {
        let mut bare = trial(&[name], end_to_end());
        bare.dataset.texts.clear();
        bare.dataset.thumbnails = None;
        bare.dataset.sounds = None;
        refused(bare, &[name, "`end-to-end`", reason, "`frozen`"]);
    }
    refused(trial(&["scent"], end_to_end()), &["`scent`", "only `visual`, `textual` and `audio`"]);
    let mut rare = trial(&["textual"], end_to_end());
    for (nth, text) in rare.dataset.texts.iter_mut().enumerate() {
        (text.title, text.description) = (format!("word{nth}"), String::new());
    }
    refused(rare, &["in common"]);
    let missing = Missing { policy: MissingPolicy::Propagation, rate: 0.5, ..Missing::default() };
    let spread = trial(&["textual"], RunSpec { missing, ..end_to_end() });
    refused(spread, &["`propagation`", "`mean`", "`zeros`"]);
    let mut long = trial(&["audio"], end_to_end());
    let sounds = long.dataset.sounds.as_mut().unwrap();
    (sounds.length, sounds.samples) = (4_000_000, Vec::new());
    refused(long, &["40000000 numbers", "33554432"]);
}

#[test]
fn modalities_are_extracted_as_each_is_asked_for() {
    let names = |design: Design| {
        let extraction_of = [("visual", Extraction::EndToEnd), ("textual", Extraction::FineTuned)];
        let extraction_of =
            Some(extraction_of.map(|(name, how)| (name.to_string(), how)).into_iter().collect());
        let (_, parameters, _) = trial(&NAMES, spec(Design { extraction_of, ..design })).ready(0);
        let dims = |(name, tensor): (&str, &Tensor<2>)| (name.to_string(), tensor.dims());
        parameters.iter().map(dims).collect::<Vec<_>>()
    };
    let fused = Design {
        representation: Space::Coordinate,
        when: When::Early,
        operator: Operator::Sum,
        ..Design::DEFAULT
    };
    let apart = names(fused);
    let has = |of: &[(String, [usize; 2])], name: &str, dims| of.contains(&(name.to_string(), dims));
    assert!(has(&apart, "textual-features", [10, 3]) && has(&apart, "visual-layer-1", [48, 16]));
    assert!(has(&apart, "audio-projection", [3, 4]) && has(&apart, "visual-projection", [32, 4]));
    let joint = names(Design::DEFAULT);
    assert!(has(&joint, "features", [10, 3]) && has(&joint, "visual-layer-2", [64, 32]));
    assert!(has(&joint, "projection", [3 + 3 + 32, 4]), "{joint:?}");
}

#[test]
fn raw_input_that_says_nothing_does_no_harm() {
    for name in NAMES {
        let mut blank = trial(&[name], end_to_end());
        blank.pictures = Default::default();
        blank.dataset.sounds.as_mut().unwrap().samples.fill(0);
        blank.dataset.texts.iter_mut().for_each(|text| text.title = "the same".into());
        let (recommender, parameters, batch) = blank.ready(0);
        for (learned, _) in parameters.iter().filter(|(learned, _)| learned.starts_with(name)) {
            let gradient = gradient(recommender.as_ref(), &parameters, &batch, learned);
            assert!(gradient.iter().all(|value| value.is_finite()), "{learned}");
        }
        let scores = pollster::block_on(recommender.represent(&parameters).scores(0..6)).unwrap();
        assert!(scores.iter().all(|score| score.is_finite()), "{name}");
    }
}

/// Half of the items lack the modality in training: their features are there all the same, and stay as they are.
#[test]
fn features_that_are_learned_on_stay_where_they_are_hidden() {
    let fine_tuned = Design { extraction: Extraction::FineTuned, ..Design::DEFAULT };
    let learned = |missing: Missing| {
        let (recommender, parameters, batch) =
            trial(&["textual", "visual"], RunSpec { missing, ..spec(fine_tuned.clone()) }).ready(0);
        let gradient = gradient(recommender.as_ref(), &parameters, &batch, "features");
        (values(&parameters, "features"), gradient)
    };
    let (whole, everywhere) = learned(Missing::default());
    assert!((0..6).all(|item| everywhere.row(item).iter().any(|value| *value != 0.0)));
    let modalities = Some(vec!["visual".to_string()]);
    let missing = Missing { rate: 0.5, side: Side::Train, modalities, ..Missing::default() };
    let (start, gradient) = learned(missing);
    assert_eq!(start, whole, "what is hidden now may be seen when items are ranked");
    // Texts are the first three columns.
    let moves = |item: usize, columns: std::ops::Range<usize>| {
        columns.into_iter().any(|at| gradient[[item, at]] != 0.0)
    };
    assert!((0..6).all(|item| moves(item, 0..3)));
    let hidden = (0..ITEMS).filter(|&item| !moves(item, 3..6)).count();
    assert!((5..ITEMS).contains(&hidden), "{hidden} of {ITEMS}, some of which no batch has");
    assert!((0..6).any(|item| moves(item, 3..6)));
}
