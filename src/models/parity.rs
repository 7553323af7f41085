//! Every system against numbers derived independently: `tests/parity` has the scripts and what they wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use burn::tensor::{Device, Tensor};
use ndarray::Array2;
use serde::Deserialize;

use super::{Batch, Moment, Occasion, Parameters, Recommender, Setting, Triples, build};
use crate::data::{Dataset, Features, Interaction, Part, Precision, Problem, Provenance};
use crate::schema::{RunSpec, Variant};

/// How far a number may be from its fixture, relative to the largest number beside it.
const TOLERANCE: f64 = 1e-4;

type Rows = Vec<Vec<f32>>;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Fixture {
    system: String,
    variant: Variant,
    hyper_parameters: BTreeMap<String, f64>,
    modality_weights: Option<BTreeMap<String, f64>>,
    users: u32,
    items: u32,
    train: Vec<(u32, u32)>,
    features: BTreeMap<String, Rows>,
    parameters: BTreeMap<String, Rows>,
    batch: FixtureBatch,
    losses: BTreeMap<String, f64>,
    gradients: BTreeMap<String, Rows>,
    scores: Rows,
}

#[derive(Deserialize)]
struct FixtureBatch {
    users: Vec<u32>,
    positives: Vec<u32>,
    negatives: Vec<u32>,
}

fn matrix(rows: &Rows) -> Array2<f32> {
    let columns = rows.first().map_or(0, Vec::len);
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).unwrap()
}

impl Fixture {
    fn dataset(&self) -> Dataset {
        let names = |count: u32| (0..count).map(|index| index.to_string()).collect();
        let interaction = |&(user, item): &(u32, u32)| Interaction {
            user,
            item,
            rating: 1.0,
            timestamp: 0,
            part: Part::Train,
        };
        let features = |rows: &Rows| Features {
            values: matrix(rows),
            present: vec![true; rows.len()],
            precision: Precision::F32,
            origin: "fixture".into(),
        };
        Dataset {
            name: "fixture".into(),
            provenance: Provenance::default(),
            users: names(self.users),
            items: names(self.items),
            interactions: self.train.iter().map(interaction).collect(),
            modalities: self.features.iter().map(|(name, rows)| (name.clone(), features(rows))).collect(),
            texts: Vec::new(),
            thumbnails: None,
            sounds: None,
        }
    }

    fn spec(&self) -> RunSpec {
        RunSpec {
            variant: self.variant,
            hyper_parameters: self.hyper_parameters.clone(),
            modality_weights: self.modality_weights.clone(),
            ..RunSpec::of(&self.system)
        }
    }
}

/// Lets a system make anew what does not stay the same, as the training stream does.
fn renew(recommender: &mut dyn Recommender, parameters: &Parameters, occasion: Occasion) {
    let observed = recommender.observed(parameters).into_iter().map(|tensor| {
        let [rows, dim] = tensor.dims();
        Array2::from_shape_vec((rows, dim), numbers(tensor)).unwrap()
    });
    let observed = observed.collect();
    recommender.renew(occasion, observed);
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

fn close(what: &str, found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let scale = expected.iter().fold(1e-3f64, |scale, value| scale.max(f64::from(value.abs())));
    for (at, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let difference = (f64::from(found) - f64::from(expected)).abs() / scale;
        assert!(difference <= TOLERANCE, "{what}, number {at}: {found}, but the fixture has {expected}");
    }
}

fn hold(name: &str, fixture: &Fixture, device: &Device) {
    let dataset = fixture.dataset();
    let modalities: Vec<String> = dataset.modalities.keys().cloned().collect();
    let spec = fixture.spec().check().unwrap().about("fixture", "fixture", &modalities).unwrap();
    let problem = Problem::of_bundle(&dataset);
    let setting = Setting {
        spec: &spec,
        dataset: &dataset,
        whole: &problem,
        problem: &problem,
        pictures: None,
        device,
        occasion: Some(Occasion::Epoch(0)),
    };
    let (mut recommender, mut parameters) = build(&setting).unwrap();
    let known: Vec<&str> = parameters.iter().map(|(name, _)| name).collect();
    assert_eq!(known.len(), fixture.parameters.len(), "{name} has the parameters {known:?}");
    for (parameter, rows) in &fixture.parameters {
        assert!(parameters.set(parameter, &matrix(rows)), "{name} has no `{parameter}` of this shape");
    }

    renew(recommender.as_mut(), &parameters, Occasion::Epoch(0));
    let FixtureBatch { users, positives, negatives } = &fixture.batch;
    let triples =
        Triples { users: users.clone(), positives: positives.clone(), negatives: negatives.clone() };
    let batch = Batch::upload(&triples, problem.users, problem.items, Moment::default(), device);
    let tracked = parameters.tracked();
    let terms = recommender.loss(&tracked, &batch);
    assert_eq!(terms.len(), fixture.losses.len(), "{name}");
    for (term, value) in &terms {
        let expected = *fixture.losses.get(*term).unwrap_or_else(|| panic!("{name} has no term {term}"));
        close(&format!("{name}: {term}"), &numbers(value.clone().inner()), &[expected as f32]);
    }
    // Systems with nothing to learn have no loss.
    let total = terms.into_iter().map(|(_, term)| term).reduce(|sum, term| sum + term);
    let gradients = total.map(|total| total.backward());
    for (parameter, tensor) in tracked.iter() {
        let found = gradients.as_ref().and_then(|gradients| tensor.grad(gradients)).map(numbers);
        let expected = fixture.gradients.get(parameter).map(|rows| rows.concat());
        match (found, expected) {
            (Some(found), Some(expected)) => {
                close(&format!("{name}: gradient of {parameter}"), &found, &expected);
            }
            (found, expected) => {
                let none =
                    |values: Option<Vec<f32>>| values.is_none_or(|values| values.iter().all(|&x| x == 0.0));
                assert!(none(found) && none(expected), "{name}: only one side has a gradient of {parameter}");
            }
        }
    }

    renew(recommender.as_mut(), &parameters, Occasion::Evaluation);
    let scores = pollster::block_on(recommender.represent(&parameters).scores(0..problem.users)).unwrap();
    close(&format!("{name}: scores"), &scores, &fixture.scores.concat());
}

#[test]
fn every_system_agrees_with_its_fixture() {
    let mut devices = vec![Device::flex()];
    #[cfg(feature = "webgpu")]
    match crate::gpu::native() {
        Ok(device) => devices.push(device),
        Err(reason) => println!("skipped on the GPU: {reason}"),
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity");
    let mut fixtures: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    fixtures.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    fixtures.sort();
    assert!(fixtures.len() >= 3, "{fixtures:?}");
    for path in fixtures {
        let fixture: Fixture = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for device in &devices {
            hold(&path.file_stem().unwrap().to_string_lossy(), &fixture, device);
        }
    }
}
