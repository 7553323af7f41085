//! The dials of a twin's recipe do what they say: content that carries taste is worth something, and the modality that carries it
//! is the one whose loss hurts.

use std::rc::Rc;

use burn::tensor::Device;
use fusebox::data::Dataset;
use fusebox::data::twins::{Recipe, generate};
use fusebox::schema::{Placebo, RunSpec};
use fusebox::train::{Backend, BackendKind, Event, Host, TrainingRun};

/// The office twin, where looks and words have these shares in users' taste and the crowd has the rest.
fn twin(looks: f64, words: f64) -> Rc<Dataset> {
    let mut recipe: Recipe = toml::from_str(include_str!("../datasets-small/office-twin.toml")).unwrap();
    (recipe.taste.looks, recipe.taste.words, recipe.taste.crowd) = (looks, words, 1.0 - looks - words);
    Rc::new(generate(&recipe).unwrap())
}

/// Validation Recall@20 of VBPR with these modalities.
fn recall(dataset: &Rc<Dataset>, modalities: &str, placebo: Placebo, seed: u32) -> f64 {
    let mut spec = RunSpec::of("vbpr");
    for (key, value) in
        [("regularisation", "0.1"), ("epochs", "60"), ("evaluate-every", "10"), ("modalities", modalities)]
    {
        spec.set(key, value).unwrap();
    }
    (spec.seed, spec.placebo) = (seed, placebo);
    let backend = Backend { kind: BackendKind::Cpu, name: "test".into(), reason: "test".into() };
    let host = Host { device: Device::flex(), backend, clock: || 0.0, peak_memory: || None };
    let mut run = TrainingRun::new(spec.check().unwrap(), dataset.clone(), host).unwrap();
    loop {
        for event in pollster::block_on(run.advance(64)).unwrap() {
            if let Event::Done { receipt } = event {
                return receipt.metrics.validation["recall"][&20].unwrap();
            }
        }
    }
}

const SEEDS: std::ops::RangeInclusive<u32> = 1..=5;
#[test]
fn content_with_a_large_share_is_worth_more_than_others_in_every_seed() {
    for (looks, words, carrier, other) in [(0.6, 0.0, "visual", "textual"), (0.0, 0.6, "textual", "visual")] {
        let dataset = twin(looks, words);
        for seed in SEEDS {
            let real = recall(&dataset, carrier, Placebo::None, seed);
            let shuffled = recall(&dataset, carrier, Placebo::Shuffled, seed);
            println!(
                "{carrier}, share 0.6, seed {seed}: {real:.4} with its own rows, {shuffled:.4} with others'"
            );
            assert!(real > shuffled, "{carrier}, seed {seed}: {real} and {shuffled}");
            // What is left when one of both is taken away.
            let without_carrier = recall(&dataset, other, Placebo::None, seed);
            assert!(
                without_carrier < real,
                "seed {seed}: {without_carrier} without {carrier}, {real} with it alone"
            );
        }
    }
}
