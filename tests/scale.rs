//! Larger data cost more in proportion, and no more: no buffer has a place for every pair of users, of items, or of both.
//!
//! What is counted are bytes: the most that a run holds at once, and all that a training step asks for, since every operation on
//! the CPU writes what it computes into memory of its own. A step of a graph system visits the whole graph, so the number of
//! steps is the same at every size here, and batches grow with the data.

use std::collections::BTreeMap;
use std::rc::Rc;

use burn::tensor::Device;
use cap::Cap;
use fusebox::data::{Dataset, Features, Interaction, Part, Precision, Provenance};
use fusebox::random::{Draw, Stream, generator};
use fusebox::schema::{RunSpec, System};
use fusebox::train::{Backend, BackendKind, Event, Host, TrainingRun};
use ndarray::Array2;
use peak_alloc::PeakAlloc;

/// One counts what is held at once, the other everything.
#[global_allocator]
static ALLOCATOR: Cap<PeakAlloc> = Cap::new(PeakAlloc, usize::MAX);

const TRAIN_ITEMS: usize = 8;
const STEPS: usize = 8;
/// The largest exponent of growth, as the interactions grow.
const LIMIT: f64 = 1.2;

/// Every user took ten items, most of them popular ones; there are half as many items as users, and features are noise.
fn dataset(users: usize) -> Dataset {
    let items = users / 2;
    let mut generator = generator(1, Stream::Twin);
    let mut features = || Features {
        values: Array2::from_shape_fn((items, 32), |_| generator.normal() as f32),
        present: vec![true; items],
        precision: Precision::F32,
        origin: "noise".into(),
    };
    let modalities =
        BTreeMap::from([("textual".to_string(), features()), ("visual".to_string(), features())]);
    let mut interactions = Vec::new();
    for user in 0..users as u32 {
        let mut taken = Vec::new();
        while taken.len() < TRAIN_ITEMS + 2 {
            let item = (generator.below(items as u32) * generator.below(items as u32)) / items as u32;
            if !taken.contains(&item) {
                taken.push(item);
            }
        }
        let parts = std::iter::repeat_n(Part::Train, TRAIN_ITEMS).chain([Part::Validation, Part::Test]);
        interactions.extend(taken.into_iter().zip(parts).map(|(item, part)| Interaction {
            user,
            item,
            rating: 1.0,
            timestamp: 0,
            part,
        }));
    }
    interactions.sort_by_key(|interaction| (interaction.user, interaction.item));
    let names = |count: usize| (0..count).map(|index| index.to_string()).collect();
    Dataset {
        name: "noise".into(),
        provenance: Provenance::default(),
        users: names(users),
        items: names(items),
        interactions,
        modalities,
        texts: Vec::new(),
        thumbnails: None,
        sounds: None,
    }
}

/// Bytes beyond the data: the most at once in a run of one epoch with its evaluations, and all of its steps but the last.
fn bytes(system: &str, users: usize) -> [f64; 2] {
    let dataset = Rc::new(dataset(users));
    let mut spec = RunSpec::of(system);
    spec.training.epochs = 1;
    spec.training.batch_size = (users * TRAIN_ITEMS / STEPS) as u32;
    let backend = Backend { kind: BackendKind::Cpu, name: "test".into(), reason: "test".into() };
    let host = Host { device: Device::flex(), backend, clock: || 0.0, peak_memory: || None };
    let held = PeakAlloc.current_usage();
    PeakAlloc.reset_peak_usage();
    let mut run = TrainingRun::new(spec.check().unwrap(), dataset, host).unwrap();
    let mut in_steps = 0;
    loop {
        let before = ALLOCATOR.total_allocated();
        let events = pollster::block_on(run.advance(1)).unwrap();
        match events.last() {
            Some(Event::Step { .. }) => in_steps += ALLOCATOR.total_allocated() - before,
            Some(Event::Done { .. }) => break,
            _ => {}
        }
    }
    [PeakAlloc.peak_usage() - held, in_steps].map(|bytes| bytes as f64)
}

/// The slope of a straight line through the logarithms of these sizes and values, by least squares.
fn exponent(sizes: &[f64], values: &[f64]) -> f64 {
    let mean = |numbers: &[f64]| numbers.iter().map(|number| number.ln()).sum::<f64>() / numbers.len() as f64;
    let (of_sizes, of_values) = (mean(sizes), mean(values));
    let pairs = sizes.iter().zip(values);
    let products = pairs.map(|(size, value)| (size.ln() - of_sizes) * (value.ln() - of_values)).sum::<f64>();
    products / sizes.iter().map(|size| (size.ln() - of_sizes).powi(2)).sum::<f64>()
}

#[test]
fn memory_grows_in_proportion_to_the_interactions() {
    let users = [1000, 2000, 4000];
    for system in System::ALL.map(System::description).into_iter().filter(|system| system.trained) {
        let measured = users.map(|users| bytes(system.name, users));
        for (nth, what) in ["at once", "in its steps"].into_iter().enumerate() {
            let megabytes = measured.map(|bytes| bytes[nth] / 1e6);
            let exponent = exponent(&users.map(|users| users as f64), &measured.map(|bytes| bytes[nth]));
            println!("{} takes {what}: {megabytes:.1?} MB, exponent {exponent:.2}", system.name);
            // SGL's contrast compares every user of a batch with all users, block by block.
            let as_it_must = system.name == "sgl" && what == "in its steps";
            assert!(
                as_it_must || exponent < LIMIT,
                "{}, {what}: {megabytes:?} MB for {users:?} users",
                system.name
            );
        }
    }
}
