use burn::tensor::Device;
use ndarray::Array2;
use serde::Serialize;

use super::adam::Moments;
use super::occasions::renew;
use super::step::{floats, optimise};
use super::{Sampler, TrainError};
use crate::data::{
    Dataset, Features, Interaction, ItemText, Part, Precision, Problem, Provenance, Thumbnails,
};
use crate::features::{MINIATURE, Miniatures, Pixels};
use crate::models::{Batch, Moment, Occasion, Parameters, Setting, build};
use crate::random::{Draw, Stream, generator};
use crate::schema::{CheckedSpec, Extraction, RunSpec};

/// How far two backends may be apart after one step.
const TOLERANCE: f64 = 1e-3;
const USERS: u32 = 12;
const ITEMS: u32 = 10;
const DIM: usize = 8;
const BATCH: usize = 16;

/// What the self-check found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct SelfCheck {
    /// The largest difference between the device and the CPU over losses, gradients, steps and scores, relative
    /// to the largest number of each.
    pub relative_difference: f64,
}

/// One fixed step of the specification's system on a small problem, on `device` and on the CPU.
///
/// Fails when they differ by more than a thousandth: then nothing the device computes may be trusted.
pub async fn self_check(spec: &RunSpec, device: &Device) -> Result<SelfCheck, TrainError> {
    let mut names = Vec::from(NAMES.map(String::from));
    let mut spec = RunSpec { missing: Default::default(), dataset: Default::default(), ..spec.clone() };
    let own = spec.modalities.take();
    match &mut spec.design {
        // Modalities that play different parts are the reader's, as many as there are; but only these two have raw input.
        Some(design) if design.roles_of.is_some() => {
            names = own.unwrap_or(names);
            for (_, name) in design.names_modalities() {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            let learned = names.iter().map(|name| {
                let extraction = design.extraction_of(name);
                let most = if NAMES.contains(&name.as_str()) { extraction } else { Extraction::FineTuned };
                (name.clone(), extraction.min(most))
            });
            design.extraction_of = Some(learned.collect());
        }
        // Whatever is learned of one of the reader's modalities is learned of these.
        Some(design) => {
            design.extraction = design.most_learned();
            design.extraction_of = None;
        }
        None => {}
    }
    let (dataset, pictures) = small_dataset(&names);
    // Checked first, because only then the defaults are there. Few numbers are enough, and they matter: where a gradient
    // is next to nothing, Adam makes a step of its rounding errors.
    let mut spec = (*spec.check()?).clone();
    if let Some(factors) = spec.hyper_parameters.get_mut("factors") {
        *factors = factors.min(DIM as f64);
    }
    // A design may be one for a single modality alone.
    if spec.design.as_ref().is_some_and(|design| design.check_modalities(&names).is_err()) {
        names.truncate(1);
        spec.modalities = Some(names);
    }
    let modalities: Vec<String> = dataset.modalities.keys().cloned().collect();
    let spec = spec.check()?.about(&dataset.name, "self-check", &modalities)?;
    let here = one_step(&spec, &dataset, &pictures, device).await?;
    let reference = one_step(&spec, &dataset, &pictures, &Device::flex()).await?;
    let relative_difference = here
        .iter()
        .zip(&reference)
        .map(|(here, reference)| relative_difference(here, reference))
        .fold(0.0, f64::max);
    if relative_difference.is_nan() || relative_difference > TOLERANCE {
        return Err(TrainError::SelfCheck { difference: relative_difference });
    }
    Ok(SelfCheck { relative_difference })
}

/// Largest difference over largest number; NaN when anything is not a number.
fn relative_difference(here: &[f64], reference: &[f64]) -> f64 {
    let scale = reference.iter().fold(f64::from(f32::MIN_POSITIVE), |scale, value| scale.max(value.abs()));
    let difference = here.iter().zip(reference).map(|(a, b)| (a - b).abs());
    // Unlike `f64::max`, this keeps what is not a number.
    difference
        .fold(0.0, |largest: f64, next| if largest >= next || largest.is_nan() { largest } else { next })
        / scale
}

/// The losses of a step, all its gradients g, what Adam makes of them, and the scores before the step.
///
/// Of Adam's step it is `step · g` that is compared: its first step is as long for a gradient of nothing but rounding errors,
/// which a system has where lengths cancel, as for any other. For the same reason the scores are those before it.
async fn one_step(
    spec: &CheckedSpec,
    dataset: &Dataset,
    pictures: &Miniatures,
    device: &Device,
) -> Result<Vec<Vec<f64>>, TrainError> {
    let problem = Problem::of_bundle(dataset);
    let setting = Setting {
        spec,
        dataset,
        whole: &problem,
        problem: &problem,
        pictures: Some(pictures),
        device,
        occasion: Some(Occasion::Epoch(0)),
    };
    let (mut recommender, before): (_, Parameters) = build(&setting)?;
    let mut values = Vec::new();
    if spec.system.description().trained {
        let mut parameters = before.clone();
        let mut moments: Vec<_> = parameters.iter().map(|(_, tensor)| Moments::new(tensor)).collect();
        renew(recommender.as_mut(), &parameters, Occasion::Epoch(0)).await?;
        let triples = Sampler::new(&problem, recommender.sampling(), BATCH, spec.seed)?.batch(&problem, 0);
        let moment = Moment { seed: spec.seed, epoch: 0, step: 0 };
        let batch = Batch::upload(&triples, problem.users, problem.items, moment, device);
        let terms = optimise(
            |parameters, batch| recommender.loss(parameters, batch),
            &mut parameters,
            &mut moments,
            &batch,
            0.01,
        );
        for (_, term) in terms {
            values.push(floats(term).await?);
        }
        let (mut gradients, mut steps) = (Vec::new(), Vec::new());
        for (((_, before), (_, after)), moments) in before.iter().zip(parameters.iter()).zip(&moments) {
            let Some((gradient, _)) = moments.tensors() else { continue };
            // As a sum, because nothing else in the wasm takes one tensor from another.
            let step = (after.clone() + before.clone().neg()) * gradient.clone();
            gradients.extend(floats(gradient.clone().flatten(0, 1)).await?);
            steps.extend(floats(step.flatten(0, 1)).await?);
        }
        values.extend([gradients, steps]);
    }
    renew(recommender.as_mut(), &before, Occasion::Evaluation).await?;
    let scores = recommender.represent(&before).scores(0..problem.users).await?;
    values.push(scores.into_iter().map(f64::from).collect());
    Ok(values)
}

/// Words of the items' texts.
const WORDS: [&str; 4] = ["red", "green", "pen", "paper"];

/// The modalities of which there is raw input.
const NAMES: [&str; 2] = ["textual", "visual"];

/// Every user took four items in a row, wrapping around; features, pictures and texts are noise, and one item lacks a picture.
fn small_dataset(modalities: &[String]) -> (Dataset, Miniatures) {
    let mut generator = generator(1, Stream::Twin);
    let mut features = |missing: Option<usize>| Features {
        values: Array2::from_shape_fn((ITEMS as usize, DIM), |(item, _)| {
            let value = generator.normal() as f32;
            if Some(item) == missing { 0.0 } else { value }
        }),
        present: (0..ITEMS as usize).map(|item| Some(item) != missing).collect(),
        precision: Precision::F32,
        origin: "noise".into(),
    };
    let of_modality = |name: &String| (name.clone(), features((name == "visual").then_some(3)));
    let modalities = modalities.iter().map(of_modality).collect();
    let interaction =
        |user: u32, item: u32| Interaction { user, item, rating: 1.0, timestamp: 0, part: Part::Train };
    let of_user = |user| {
        (0..ITEMS)
            .filter(move |item| (item + 2 * ITEMS - user) % ITEMS < 4)
            .map(move |item| interaction(user, item))
    };
    let interactions = (0..USERS).flat_map(of_user).collect();
    let word = |item: u32| WORDS[item as usize % WORDS.len()].to_string();
    let text = |item| ItemText { title: word(item), description: word(item + item / 3), kind: String::new() };
    let thumbnails = Thumbnails {
        sheet: Vec::new(),
        tile: MINIATURE as u32,
        columns: ITEMS,
        position: (0..ITEMS).map(|item| (item != 3).then_some(item)).collect(),
    };
    let pixels = (0..MINIATURE * MINIATURE * ITEMS as usize).map(|_| {
        let [red, green, blue, _] = generator.word().to_le_bytes();
        [red, green, blue]
    });
    let mut pictures = Miniatures::default();
    if let Ok(sheet) = Pixels::new(MINIATURE * ITEMS as usize, MINIATURE, pixels.collect()) {
        pictures.add_row(&sheet);
    }
    let dataset = Dataset {
        name: "self-check".into(),
        provenance: Provenance::default(),
        users: (0..USERS).map(|user| user.to_string()).collect(),
        items: (0..ITEMS).map(|item| item.to_string()).collect(),
        interactions,
        modalities,
        texts: (0..ITEMS).map(text).collect(),
        thumbnails: Some(thumbnails),
        sounds: None,
    };
    (dataset, pictures)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use burn::tensor::Tensor;

    use super::*;
    use crate::schema::{Design, ItemItem, Operator, Role, Space, System, When, covering::covering};
    use crate::train::{Backend, BackendKind, Event, Host, TrainingRun};

    #[test]
    fn the_cpu_agrees_with_itself() {
        for system in System::ALL {
            let spec = RunSpec::of(system.description().name);
            let check = pollster::block_on(self_check(&spec, &Device::flex())).unwrap();
            assert_eq!(check.relative_difference, 0.0);
        }
    }

    #[cfg(feature = "webgpu")]
    #[test]
    fn the_gpu_agrees_with_the_cpu() {
        let device = match crate::gpu::native() {
            Ok(device) => device,
            Err(reason) => return println!("skipped: {reason}"),
        };
        for system in System::ALL {
            let check =
                pollster::block_on(self_check(&RunSpec::of(system.description().name), &device)).unwrap();
            assert!(check.relative_difference < 1e-4, "{system:?}: {check:?}");
        }
    }

    /// The parameters by name after so many steps of a run on the small dataset.
    fn trained(spec: &RunSpec, device: &Device, enough: usize) -> Vec<(String, Vec<f64>)> {
        let backend = Backend { kind: BackendKind::Cpu, name: String::new(), reason: String::new() };
        let host = Host { device: device.clone(), backend, clock: || 0.0, peak_memory: || None };
        let (mut dataset, pictures) = small_dataset(&NAMES.map(String::from));
        for (nth, part) in [(4, Part::Validation), (5, Part::Test)] {
            let interaction =
                |user| Interaction { user, item: (user + nth) % ITEMS, rating: 1.0, timestamp: 0, part };
            dataset.interactions.extend((0..USERS).map(interaction));
        }
        dataset.interactions.sort_by_key(|interaction| (interaction.user, interaction.item));
        let spec = spec.clone().check().unwrap();
        let mut run = TrainingRun::with_pictures(spec, Rc::new(dataset), Some(&pictures), host).unwrap();
        let mut steps = 0;
        while steps < enough {
            let events = pollster::block_on(run.advance(1)).unwrap();
            steps += events.iter().filter(|event| matches!(event, Event::Step { .. })).count();
        }
        let values = |tensor: &Tensor<2>| pollster::block_on(floats(tensor.clone().flatten(0, 1))).unwrap();
        run.parameters().iter().map(|(name, tensor)| (name.to_string(), values(tensor))).collect()
    }

    #[cfg(feature = "webgpu")]
    #[test]
    fn after_ten_steps_every_parameter_on_the_gpu_is_what_it_is_on_the_cpu() {
        let device = match crate::gpu::native() {
            Ok(device) => device,
            Err(reason) => return println!("skipped: {reason}"),
        };
        for description in System::ALL.map(System::description).into_iter().filter(|system| system.trained) {
            for &variant in description.variants {
                let mut spec = RunSpec { variant, ..RunSpec::of(description.name) };
                spec.training.batch_size = 16;
                for (name, value) in [("factors", DIM as f64), ("learning-rate", 0.001)] {
                    spec.hyper_parameters.insert(name.into(), value);
                }
                let (here, reference) = (trained(&spec, &device, 10), trained(&spec, &Device::flex(), 10));
                for ((name, here), (_, reference)) in here.iter().zip(&reference) {
                    // Where a node trusts one modality most on all its edges, GRCN's unit rows take the confidence out
                    // again. Its gradient is rounding errors then, and Adam's ten steps of 0.001 go either way.
                    let tolerance = if name.ends_with("confidence") { 0.05 } else { 1e-4 };
                    let difference = relative_difference(here, reference);
                    assert!(difference < tolerance, "{} {variant:?} {name}: {difference}", description.name);
                }
            }
        }
    }

    fn composed(design: Design) -> RunSpec {
        let mut spec = RunSpec { design: Some(design), ..RunSpec::of("composed") };
        spec.training.batch_size = 16;
        spec.hyper_parameters.insert("factors".into(), DIM as f64);
        spec
    }

    #[test]
    fn designs_with_every_two_answers_that_go_together_train() {
        for design in covering() {
            let parameters = trained(&composed(design.clone()), &Device::flex(), 3);
            for (name, values) in parameters {
                assert!(values.iter().all(|value| value.is_finite()), "{name} of {design:?}");
            }
        }
    }

    #[test]
    fn modalities_with_parts_of_their_own_are_checked_in_them() {
        let roles = [Role::Scoring, Role::EdgeWeights];
        let of = [("audio", 1), ("textual", 0), ("visual", 0)];
        let of = of.map(|(name, role)| (name.to_string(), vec![roles[role]]));
        let design = Design {
            roles: roles.to_vec().into(),
            roles_of: Some(of.into_iter().collect()),
            extraction_of: Some([("visual".into(), Extraction::EndToEnd)].into_iter().collect()),
            representation: Space::Coordinate,
            when: When::Late,
            operator: Operator::Max,
            item_item_graph: ItemItem::Frozen,
            ..Design::DEFAULT
        };
        let check = pollster::block_on(self_check(&composed(design), &Device::flex())).unwrap();
        assert_eq!(check.relative_difference, 0.0);
    }

    #[test]
    fn a_design_for_one_modality_is_checked_with_one() {
        let alone = Design { representation: Space::Coordinate, ..Design::DEFAULT };
        let names = NAMES.map(String::from);
        assert!(alone.check_modalities(&names[1..]).is_ok() && alone.check_modalities(&names).is_err());
        let check = pollster::block_on(self_check(&composed(alone), &Device::flex())).unwrap();
        assert_eq!(check.relative_difference, 0.0);
    }

    #[cfg(feature = "webgpu")]
    #[test]
    fn designs_on_the_gpu_agree_with_the_cpu() {
        let device = match crate::gpu::native() {
            Ok(device) => device,
            Err(reason) => return println!("skipped: {reason}"),
        };
        let mut designs = covering();
        generator(1, Stream::Sample).shuffle(&mut designs);
        for design in designs.into_iter().take(20) {
            let check = pollster::block_on(self_check(&composed(design.clone()), &device)).unwrap();
            assert!(check.relative_difference < 1e-4, "{design:?}: {check:?}");
        }
    }

    #[test]
    fn a_number_that_is_none_is_a_difference() {
        assert!(relative_difference(&[f64::NAN, 1.0], &[1.0, 1.0]).is_nan());
        assert_eq!(relative_difference(&[1.0, 3.0], &[1.0, 4.0]), 0.25);
    }
}
