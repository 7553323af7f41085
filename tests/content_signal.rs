//! The office twin's content carries signal, and so does what every extractor makes of it: with the features' rows
//! shuffled across items, VBPR does worse.

use std::rc::Rc;

use burn::tensor::Device;
use fusebox::data::{Dataset, read_bundle};
use fusebox::features::{Extractor, Material, Reads, extend, extract};
use fusebox::schema::{Placebo, RunSpec};
use fusebox::train::{Backend, BackendKind, Event, Host, Receipt, TrainingRun};

fn twin() -> Dataset {
    read_bundle(include_bytes!("../datasets-small/office-twin.fbx")).unwrap()
}

fn train(dataset: Dataset, placebo: Placebo, seed: u32) -> Receipt {
    let mut spec = RunSpec::of("vbpr");
    for (key, value) in [("regularisation", "0.1"), ("epochs", "60"), ("evaluate-every", "10")] {
        spec.set(key, value).unwrap();
    }
    (spec.seed, spec.placebo) = (seed, placebo);
    let backend = Backend { kind: BackendKind::Cpu, name: "test".into(), reason: "test".into() };
    let host = Host { device: Device::flex(), backend, clock: || 0.0, peak_memory: || None };
    let mut run = TrainingRun::new(spec.check().unwrap(), Rc::new(dataset), host).unwrap();
    loop {
        for event in pollster::block_on(run.advance(64)).unwrap() {
            if let Event::Done { receipt } = event {
                return *receipt;
            }
        }
    }
}

fn validation_recall(receipt: &Receipt) -> f64 {
    receipt.metrics.validation["recall"][&20].unwrap()
}

#[test]
fn vbpr_loses_with_a_placebo() {
    for seed in 1..=5 {
        let [real, shuffled, noise] = [Placebo::None, Placebo::Shuffled, Placebo::Noise]
            .map(|placebo| validation_recall(&train(twin(), placebo, seed)));
        println!(
            "seed {seed}: {real:.4} with its own features, {shuffled:.4} with others', {noise:.4} with noise"
        );
        assert!(
            shuffled < real && noise < real,
            "seed {seed}: {shuffled}, {noise} and {real} with real ones"
        );
    }
}

#[test]
fn vbpr_loses_when_the_rows_of_any_extractor_are_shuffled() {
    let of_bundles = |extractor: &Extractor| extractor.description().reads != Reads::Sounds;
    for extractor in Extractor::ALL.into_iter().filter(of_bundles) {
        let name = extractor.description().name;
        let mut dataset = twin();
        let features = extract(extractor, &Material::of(&dataset, &[extractor]).unwrap()).unwrap().features;
        dataset.modalities.clear();
        let dataset = extend(dataset, name, extractor, features).unwrap();
        let (mut real, mut others) = (0.0, 0.0);
        for seed in 1..=2 {
            real += validation_recall(&train(dataset.clone(), Placebo::None, seed)) / 2.0;
            others += validation_recall(&train(dataset.clone(), Placebo::Shuffled, seed)) / 2.0;
        }
        println!("{name}: {real:.4} with its own features, {others:.4} with others'");
        assert!(others < real, "{name}: {others} with shuffled features, {real} with real ones");
    }
}
