use std::collections::BTreeMap;
use std::rc::Rc;

use ndarray::Array2;
use serde::Serialize;

use crate::data::{Dataset, Features, Precision};
use crate::random::{Draw, Stream, generator};
use crate::schema::RunSpec;
use crate::train::{Event, Host, TrainError, TrainingRun};

/// Systems whose steps are timed.
const SYSTEMS: [&str; 3] = ["bpr-mf", "vbpr", "lightgcn"];
/// Width of the features of every item, as two modalities together have it.
const FEATURES: usize = 640;
const STEPS: usize = 60;
/// The first steps are not counted: caches warm up, and a browser compiles the wasm a second time, for speed, while it
/// runs. A training has thousands of steps, so what counts is how long they take after that.
const WARM_UP: usize = 150;

/// How long one training step of a system takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StepTime {
    pub model: &'static str,
    pub median_ms_per_step: f64,
}

/// The median time of a training step, sampling included, batch 1024 and 64 factors, on the interactions of
/// `dataset` with random features in place of its own: what features say does not change how long they take.
pub async fn time_steps(dataset: &Dataset, host: &Host) -> Result<Vec<StepTime>, TrainError> {
    let dataset = Rc::new(with_random_features(dataset));
    let mut times = Vec::new();
    for system in SYSTEMS {
        let mut spec = RunSpec::of(system);
        spec.training.epochs = (WARM_UP + STEPS) as u32;
        spec.training.evaluate_every = spec.training.epochs;
        let mut run = TrainingRun::new(spec.check()?, dataset.clone(), host.clone())?;
        let mut milliseconds = Vec::new();
        while milliseconds.len() < WARM_UP + STEPS {
            let start = (host.clock)();
            let events = run.advance(1).await?;
            if events.iter().any(|event| matches!(event, Event::Step { .. })) {
                milliseconds.push(1000.0 * ((host.clock)() - start));
            }
        }
        times.push(StepTime { model: system, median_ms_per_step: median(&mut milliseconds[WARM_UP..]) });
    }
    Ok(times)
}

/// Seconds for ranking all users and computing all metrics, on validation and test, after one epoch of VBPR.
pub async fn time_evaluation(dataset: &Dataset, host: &Host) -> Result<f64, TrainError> {
    let mut spec = RunSpec::of("vbpr");
    spec.training.epochs = 1;
    let mut run = TrainingRun::new(spec.check()?, Rc::new(with_random_features(dataset)), host.clone())?;
    loop {
        for event in run.advance(usize::MAX / 2).await? {
            if let Event::Done { receipt } = event {
                return Ok(receipt.timing.evaluation_seconds);
            }
        }
    }
}

fn with_random_features(dataset: &Dataset) -> Dataset {
    let items = dataset.items.len();
    let mut generator = generator(1, Stream::Shuffle);
    let features = Features {
        values: Array2::from_shape_simple_fn((items, FEATURES), || generator.normal() as f32),
        present: vec![true; items],
        precision: Precision::F32,
        origin: "random, for timing only".into(),
    };
    Dataset { modalities: BTreeMap::from([("random".into(), features)]), ..dataset.clone() }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
