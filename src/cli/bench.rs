use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use clap::Args;
use ndarray::Array2;

use super::run::{Choice, host};
use super::{CliError, dataset, files, output};
use crate::data::{Dataset, Features, Precision, write_bundle};
use crate::random::{Draw, Stream, generator};
use crate::schema::{RunSpec, System};
use crate::train::{Event, Host, TrainError, TrainingRun};

/// Widths of the stand-in features: the real texts' of Amazon Office, and pictures'.
const FEATURES: [(&str, usize); 2] = [("textual", 384), ("visual", 256)];
/// The first steps are not counted: caches warm up, and a browser, which follows the same rules in
/// tests/browser/bench/times.js, compiles the wasm a second time, for speed. A training has thousands of steps, so
/// what counts is how long they take after that.
const WARM_UP: usize = 150;
const STEPS: usize = 60;
/// Neither goes on for longer than this many seconds, but at least for one step.
const LONGEST: f64 = 10.0;

#[derive(Args)]
pub struct Arguments {
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    /// Write what is trained on, the data with random features, and time nothing.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

/// The median time of a training step of every system, sampling included, on the interactions of the data with random
/// features in place of its own: what features say does not change how long they take. One JSON object a line.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let dataset = with_random_features(dataset::open(arguments.dataset.as_deref())?);
    if let Some(path) = &arguments.write {
        return files::write(path, &write_bundle(&dataset));
    }
    let host = host(Choice::Cpu, &RunSpec::of("vbpr"))?;
    let dataset = Rc::new(dataset);
    for system in System::ALL.map(System::description).into_iter().filter(|system| system.trained) {
        let milliseconds = pollster::block_on(time_steps(system.name, &dataset, &host))?;
        let line = serde_json::json!({ "model": system.name, "median_ms_per_step": milliseconds });
        output::print(&line.to_string())?;
    }
    let seconds = pollster::block_on(time_evaluation(&dataset, &host))?;
    output::print(&format!(r#"{{"model":"evaluation","seconds":{seconds}}}"#))
}

async fn time_steps(system: &str, dataset: &Rc<Dataset>, host: &Host) -> Result<f64, TrainError> {
    let mut spec = RunSpec::of(system);
    spec.training.epochs = (WARM_UP + STEPS) as u32;
    spec.training.evaluate_every = spec.training.epochs;
    let mut run = TrainingRun::new(spec.check()?, dataset.clone(), host.clone())?;
    let mut milliseconds = Vec::new();
    for most in [WARM_UP, STEPS] {
        milliseconds.clear();
        let first = (host.clock)();
        while milliseconds.len() < most && (milliseconds.is_empty() || (host.clock)() - first < LONGEST) {
            let start = (host.clock)();
            let events = run.advance(1).await?;
            if events.iter().any(|event| matches!(event, Event::Step { .. })) {
                milliseconds.push(1000.0 * ((host.clock)() - start));
            }
        }
    }
    milliseconds.sort_unstable_by(f64::total_cmp);
    Ok(milliseconds[milliseconds.len() / 2])
}

/// Seconds for ranking all users and computing all metrics, on validation and test, after one epoch of VBPR.
async fn time_evaluation(dataset: &Rc<Dataset>, host: &Host) -> Result<f64, TrainError> {
    let mut spec = RunSpec::of("vbpr");
    spec.training.epochs = 1;
    let mut run = TrainingRun::new(spec.check()?, dataset.clone(), host.clone())?;
    loop {
        for event in run.advance(usize::MAX / 2).await? {
            if let Event::Done { receipt } = event {
                return Ok(receipt.timing.evaluation_seconds);
            }
        }
    }
}

fn with_random_features(dataset: Dataset) -> Dataset {
    let items = dataset.items.len();
    let mut generator = generator(1, Stream::Shuffle);
    let mut features = |dim| Features {
        values: Array2::from_shape_simple_fn((items, dim), || generator.normal() as f32),
        present: vec![true; items],
        precision: Precision::F32,
        origin: "random, for timing only".into(),
    };
    let modalities: BTreeMap<_, _> =
        FEATURES.into_iter().map(|(name, dim)| (name.into(), features(dim))).collect();
    Dataset { modalities, ..dataset }
}
