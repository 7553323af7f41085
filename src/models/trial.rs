//! A small problem to try systems on.

use burn::tensor::{Device, Tensor};
use ndarray::Array2;

use super::{
    Batch, LossTerm, ModelError, Moment, Occasion, Parameters, Recommender, Setting, Triples, build,
};
use crate::data::{
    Dataset, Features, Interaction, ItemText, Part, Precision, Problem, Provenance, Sounds, Thumbnails,
};
use crate::features::{MINIATURE, Miniatures, Pixels};
use crate::random::{Draw, Stream, generator};
use crate::schema::{CheckedSpec, RunSpec, System};

pub struct Trial {
    pub dataset: Dataset,
    pub pictures: Miniatures,
    problem: Problem,
    spec: CheckedSpec,
}

impl Trial {
    /// A system with these hyper-parameters on train interactions and on features by modality, which have a row an item.
    pub fn new(
        system: &str,
        hyper_parameters: &[(&str, f64)],
        users: usize,
        train: &[(u32, u32)],
        features: &[(&str, Array2<f32>)],
    ) -> Self {
        let hyper_parameters =
            hyper_parameters.iter().map(|&(name, value)| (name.to_string(), value)).collect();
        let spec = RunSpec { hyper_parameters, ..RunSpec::of(system) };
        Self::of_spec(spec, users, train, features)
    }

    /// The recommender of a specification, which is refused when it cannot be trained on these data.
    pub fn of_spec(
        spec: RunSpec,
        users: usize,
        train: &[(u32, u32)],
        features: &[(&str, Array2<f32>)],
    ) -> Self {
        let names = |count: usize| (0..count).map(|index| index.to_string()).collect();
        let interaction = |&(user, item): &(u32, u32)| Interaction {
            user,
            item,
            rating: 1.0,
            timestamp: 0,
            part: Part::Train,
        };
        let of_modality = |(name, values): &(&str, Array2<f32>)| {
            let features = Features {
                values: values.clone(),
                present: vec![true; values.nrows()],
                precision: Precision::F32,
                origin: "trial".into(),
            };
            (name.to_string(), features)
        };
        let items = features[0].1.nrows();
        let dataset = Dataset {
            name: "trial".into(),
            provenance: Provenance::default(),
            users: names(users),
            items: names(items),
            interactions: train.iter().map(interaction).collect(),
            modalities: features.iter().map(of_modality).collect(),
            texts: (0..items).map(text).collect(),
            thumbnails: Some(Thumbnails {
                sheet: Vec::new(),
                tile: MINIATURE as u32,
                columns: items as u32,
                position: (0..items as u32).map(Some).collect(),
            }),
            sounds: Some(sounds(items)),
        };
        let modalities: Vec<String> = dataset.modalities.keys().cloned().collect();
        let spec = spec.check().unwrap().about("trial", "trial", &modalities).unwrap();
        Self { problem: Problem::of_bundle(&dataset), dataset, pictures: pictures(items), spec }
    }

    /// Twelve users took four of ten items each; features are noise of width 8.
    pub fn on_noise(system: &str, hyper_parameters: &[(&str, f64)]) -> Self {
        let hyper_parameters =
            hyper_parameters.iter().map(|&(name, value)| (name.to_string(), value)).collect();
        Self::of_spec_on_noise(RunSpec { hyper_parameters, ..RunSpec::of(system) })
    }

    /// The same for any specification.
    pub fn of_spec_on_noise(spec: RunSpec) -> Self {
        let mut generator = generator(1, Stream::Twin);
        let mut noise = || Array2::from_shape_fn((10, 8), |_| generator.normal() as f32);
        let train: Vec<(u32, u32)> = (0..12)
            .flat_map(|user| {
                let mut items: Vec<u32> = (0..4).map(|nth| (user + nth) % 10).collect();
                items.sort_unstable();
                items.into_iter().map(move |item| (user, item))
            })
            .collect();
        Self::of_spec(spec, 12, &train, &[("visual", noise()), ("textual", noise())])
    }

    /// The system as it is made, and its parameters at the start.
    pub fn built(&self, device: &Device) -> Result<(Box<dyn Recommender>, Parameters), ModelError> {
        build(&self.setting(device))
    }

    /// What systems are made from.
    pub fn setting<'a>(&'a self, device: &'a Device) -> Setting<'a> {
        let Self { dataset, pictures, problem, spec } = self;
        Setting {
            spec,
            dataset,
            whole: problem,
            problem,
            pictures: Some(pictures),
            device,
            occasion: Some(Occasion::Epoch(0)),
        }
    }

    /// The system before this step of the first epoch, and that step's batch.
    pub fn ready(&self, step: u32) -> (Box<dyn Recommender>, Parameters, Batch) {
        let device = Device::flex();
        let (mut recommender, parameters) = self.built(&device).unwrap();
        let Self { problem, spec, .. } = self;
        renew(recommender.as_mut(), &parameters, Occasion::Epoch(0));
        let (users, items) = (0u32..)
            .zip(0..problem.users)
            .filter_map(|(name, user)| Some((name, *problem.train.items(user).first()?)))
            .unzip();
        let mut triples = Triples { users, positives: items, negatives: Vec::new() };
        if recommender.sampling() != super::Sampling::PositiveInteractions {
            triples.negatives =
                triples.positives.iter().map(|item| (item + 5) % problem.items as u32).collect();
        }
        let moment = Moment { seed: spec.seed, epoch: 0, step };
        let batch = Batch::upload(&triples, problem.users, problem.items, moment, &device);
        (recommender, parameters, batch)
    }
}

/// Three words of seven: neighbours have two in common.
fn text(item: usize) -> ItemText {
    let words = ["red", "green", "blue", "pen", "paper", "small", "large"];
    let words = [0, 1, 2].map(|nth| words[(item + nth) % words.len()]);
    ItemText { title: words[..1].join(" "), description: words[1..].join(", "), kind: String::new() }
}

/// Noise.
fn pictures(items: usize) -> Miniatures {
    let mut generator = generator(2, Stream::Twin);
    let pixel = |_| generator.word().to_le_bytes().first_chunk().copied().unwrap();
    let pixels = (0..items * MINIATURE * MINIATURE).map(pixel).collect();
    let mut pictures = Miniatures::default();
    pictures.add_row(&Pixels::new(items * MINIATURE, MINIATURE, pixels).unwrap());
    pictures
}

/// Noise, and not as long as the network reads.
fn sounds(items: usize) -> Sounds {
    let mut generator = generator(3, Stream::Twin);
    let length = 700;
    let samples = (0..items * length).map(|_| generator.word() as i16).collect();
    Sounds { rate: 8000, length, samples, present: vec![true; items] }
}

/// Lets a system make anew what does not stay the same, as the training stream does.
pub fn renew(recommender: &mut dyn Recommender, parameters: &Parameters, occasion: Occasion) {
    let read = |tensor: Tensor<2>| {
        let [rows, dim] = tensor.dims();
        Array2::from_shape_vec((rows, dim), tensor.into_data().iter::<f32>().collect()).unwrap()
    };
    let observed = recommender.observed(parameters).into_iter().map(read).collect();
    recommender.renew(occasion, observed);
}

/// The sum of all terms.
pub fn total(terms: &[LossTerm]) -> f64 {
    terms.iter().map(|(_, term)| f64::from(term.clone().into_scalar::<f32>())).sum()
}

/// The numbers, without their signs, of the loss's gradient by the parameter of this name, added up; 0 without a gradient.
pub fn gradient(recommender: &dyn Recommender, parameters: &Parameters, batch: &Batch, name: &str) -> f32 {
    let tracked = parameters.tracked();
    let terms = recommender.loss(&tracked, batch).into_iter().map(|(_, term)| term);
    let gradients = terms.reduce(|sum, term| sum + term).unwrap().backward();
    let (_, parameter) = tracked.iter().find(|(known, _)| *known == name).unwrap();
    let values = parameter.grad(&gradients).map(|gradient| gradient.into_data());
    values.map_or(0.0, |values| values.iter::<f32>().map(f32::abs).sum())
}

#[test]
fn odd_data_do_no_harm() {
    let zeros = Array2::zeros((4, 3));
    let equal = Array2::ones((4, 3));
    let narrow = Array2::from_shape_fn((4, 1), |(item, _)| item as f32 - 1.0);
    for system in System::ALL.into_iter().map(System::description).filter(|system| system.trained) {
        // A design may have no layers at all.
        let layers =
            |known: &&crate::schema::HyperParameter| known.name.ends_with("layers") && system.axes.is_empty();
        let without_layers: Vec<(&str, f64)> =
            system.hyper_parameters.iter().filter(layers).map(|known| (known.name, known.minimum)).collect();
        for features in [&zeros, &equal, &narrow] {
            for hyper_parameters in [&[][..], &without_layers] {
                // User 2 and item 3 take no part.
                let train = [(0, 0), (0, 1), (1, 2)];
                let trial =
                    Trial::new(system.name, hyper_parameters, 3, &train, &[("textual", features.clone())]);
                let (mut recommender, parameters, batch) = trial.ready(0);
                for (name, _) in parameters.iter() {
                    let steepness = gradient(recommender.as_ref(), &parameters, &batch, name);
                    assert!(steepness.is_finite(), "{}: {name}", system.name);
                }
                assert!(total(&recommender.loss(&parameters, &batch)).is_finite(), "{}", system.name);
                renew(recommender.as_mut(), &parameters, Occasion::Evaluation);
                let scores = pollster::block_on(recommender.represent(&parameters).scores(0..3)).unwrap();
                assert!(scores.iter().all(|score| score.is_finite()), "{}", system.name);
            }
        }
    }
}
