mod checkpoint;
mod judging;
mod weighing;

use std::rc::Rc;

use burn::tensor::{Device, Tensor};

use super::adam::Moments;
use super::occasions::{MadeFrom, Occasions};
use super::ranking::{candidates, rank_all};
use super::step::{floats, optimise};
use super::{Backend, CurvePoint, Event, Fingerprints, Losses, Sampler, TrainError};
use crate::data::{Dataset, Problem, bundle_digest, split};
use crate::digest::Digest;
use crate::eval::{Evaluator, MetricTable, Ranker};
use crate::features::Miniatures;
use crate::models::{Batch, LossTerm, Moment, Parameters, Representation, usable};
use crate::ordered::ordered;
use crate::schema::CheckedSpec;

/// The number of losses a receipt keeps as a fingerprint.
const FINGERPRINT_LOSSES: usize = 20;

/// What only the host knows.
#[derive(Clone, Debug)]
pub struct Host {
    pub device: Device,
    pub backend: Backend,
    /// Seconds since some fixed moment.
    pub clock: fn() -> f64,
    /// The most memory the process ever had, in megabytes.
    pub peak_memory: fn() -> Option<f64>,
}

/// A run in progress. Whoever holds it pumps [`advance`](Self::advance); not pumping is a pause, dropping cancels.
pub struct TrainingRun {
    spec: CheckedSpec,
    dataset: Rc<Dataset>,
    problem: Problem,
    host: Host,
    recommender: Occasions,
    /// Kept where the recommender is made anew.
    pictures: Option<Miniatures>,
    parameters: Parameters,
    moments: Vec<Moments>,
    sampler: Option<Sampler>,
    ranker: Ranker,
    validation: Evaluator,
    stage: Stage,
    /// Of the epoch that is running.
    epoch_losses: Vec<Losses>,
    epoch_started: f64,
    best: Option<Best>,
    /// What the best epoch was ranked by, where the restored parameters alone do not tell.
    restored: Option<Representation>,
    epochs_without_better: u32,
    samples: Digest,
    fingerprints: Fingerprints,
    curve: Vec<CurvePoint>,
    training_seconds: f64,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Fresh,
    /// Before this step of this epoch, both counted from 0.
    Training {
        epoch: u32,
        step: usize,
    },
    /// Trained, not yet judged.
    Trained {
        stopped_early: bool,
    },
    Done,
}

/// The best epoch so far.
struct Best {
    epoch: u32,
    value: f64,
    parameters: Parameters,
    /// Only where the parameters alone do not tell.
    representation: Option<Representation>,
}

impl TrainingRun {
    /// Prepares a run on data; the specification's split, modalities and digest are settled here. Designs that learn from
    /// pictures are refused; for them there is [`with_pictures`](Self::with_pictures).
    pub fn new(spec: CheckedSpec, dataset: Rc<Dataset>, host: Host) -> Result<Self, TrainError> {
        Self::with_pictures(spec, dataset, None, host)
    }

    /// The same on data whose thumbnails were decoded.
    pub fn with_pictures(
        spec: CheckedSpec,
        dataset: Rc<Dataset>,
        pictures: Option<&Miniatures>,
        host: Host,
    ) -> Result<Self, TrainError> {
        let modalities = usable(&dataset, &spec);
        let spec = spec.about(&dataset.name, &bundle_digest(&dataset), &modalities)?;
        let parts = split(&dataset, spec.protocol.split, spec.seed)?;
        let problem = Problem::new(&dataset, &parts);
        let (recommender, parameters) = {
            let (dataset, problem, device) = (&*dataset, &problem, &host.device);
            Occasions::new(MadeFrom { spec: &spec, dataset, problem, pictures, device })?
        };
        let sampler = match spec.system.description().trained {
            true => {
                let batch_size = spec.training.batch_size as usize;
                Some(Sampler::new(
                    recommender.learned(&problem),
                    recommender.sampling(),
                    batch_size,
                    spec.seed,
                )?)
            }
            false => None,
        };
        let pictures = pictures.filter(|_| spec.missing.dropout > 0.0).cloned();
        let ranker = Ranker::new(spec.list_length() as u32, candidates(&dataset, &problem, &spec));
        let validation = Evaluator::new(&problem.train, problem.items, &problem.validation, 0.0);
        let fingerprints = Fingerprints {
            split: problem.fingerprint(),
            initial_parameters: parameters.fingerprint().into(),
            samples: String::new(),
            losses: Vec::new(),
        };
        Ok(Self {
            moments: parameters.iter().map(|(_, tensor)| Moments::new(tensor)).collect(),
            spec,
            dataset,
            problem,
            recommender,
            pictures,
            parameters,
            sampler,
            ranker,
            validation,
            stage: Stage::Fresh,
            epoch_losses: Vec::new(),
            epoch_started: 0.0,
            best: None,
            restored: None,
            epochs_without_better: 0,
            samples: Digest::new(),
            fingerprints,
            curve: Vec::new(),
            training_seconds: 0.0,
            host,
        })
    }

    pub fn spec(&self) -> &CheckedSpec {
        &self.spec
    }

    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Runs at most `steps` training steps and tells what happened. Returns early at the end of an epoch, so that
    /// whoever pumps gets a breath; returns nothing once the run is done.
    pub async fn advance(&mut self, steps: usize) -> Result<Vec<Event>, TrainError> {
        match self.stage {
            Stage::Fresh => Ok(self.prepare()),
            Stage::Training { epoch, step } => self.train(epoch, step, steps).await,
            Stage::Trained { stopped_early } => Ok(vec![self.finish(stopped_early).await?]),
            Stage::Done => Ok(Vec::new()),
        }
    }

    /// Another learning rate from the next epoch on. The specification says so then, and a run of it changes at the same epoch.
    pub fn set_learning_rate(&mut self, rate: f64) -> Result<(), TrainError> {
        // Counted from 1.
        let next = match self.stage {
            Stage::Fresh => self.curve.len() as u32 + 1,
            Stage::Training { epoch, step: 0 } => epoch + 1,
            Stage::Training { epoch, .. } => epoch + 2,
            Stage::Trained { .. } | Stage::Done => u32::MAX,
        };
        if next > self.spec.training.epochs {
            return Err(TrainError::NoEpochLeft);
        }
        Ok(self.spec.change_learning_rate(next, rate)?)
    }

    /// What is ahead, and the epochs that lie behind.
    fn prepare(&mut self) -> Vec<Event> {
        let steps_per_epoch = self.sampler.as_ref().map_or(0, Sampler::steps_per_epoch);
        let epochs = self.spec.training.epochs;
        self.stage = match epochs {
            0 => Stage::Trained { stopped_early: false },
            _ => Stage::Training { epoch: self.curve.len() as u32, step: 0 },
        };
        self.epoch_started = (self.host.clock)();
        let problem = &self.problem;
        let prepared = Event::Prepared {
            users: problem.users as u32,
            items: problem.items as u32,
            candidates: candidates(&self.dataset, problem, &self.spec)
                .iter()
                .filter(|&&candidate| candidate)
                .count() as u32,
            train: self.recommender.learned(problem).train.item.len() as u32,
            validation: problem.validation.item.len() as u32,
            test: problem.test.item.len() as u32,
            parameters: self.parameters.count() as u32,
            steps_per_epoch: steps_per_epoch as u32,
            epochs,
        };
        let mut best = None;
        let behind = self.curve.iter().cloned().map(|CurvePoint { epoch, loss, validation }| {
            let value = validation.as_ref().map(|metrics| self.selected(metrics));
            let better = value.is_some_and(|value| is_better(value, best));
            best = if better { value } else { best };
            Event::Epoch { epoch, loss, validation, best: better }
        });
        [prepared].into_iter().chain(behind).collect()
    }

    async fn train(&mut self, epoch: u32, first: usize, steps: usize) -> Result<Vec<Event>, TrainError> {
        if first == 0 {
            let made_from = MadeFrom {
                spec: &self.spec,
                dataset: &self.dataset,
                problem: &self.problem,
                pictures: self.pictures.as_ref(),
                device: &self.host.device,
            };
            self.recommender.begin_epoch(epoch, &self.parameters, made_from).await?;
        }
        let Some(sampler) = &mut self.sampler else { return Ok(Vec::new()) };
        let steps_per_epoch = sampler.steps_per_epoch();
        let last = steps_per_epoch.min(first + steps.max(1));
        let mut terms = Vec::new();
        for step in first..last {
            let triples = sampler.batch(self.recommender.learned(&self.problem), step);
            if epoch == 0 {
                triples.digest(&mut self.samples);
            }
            let moment = Moment { seed: self.spec.seed, epoch, step: step as u32 };
            let Problem { users, items, .. } = self.problem;
            let batch = Batch::upload(&triples, users, items, moment, &self.host.device);
            terms.push(optimise(
                |parameters, batch| self.recommender.loss(parameters, batch),
                &mut self.parameters,
                &mut self.moments,
                &batch,
                self.spec.learning_rate(epoch),
            ));
        }
        self.stage = Stage::Training { epoch, step: last };
        let mut events = self.report(epoch, first, terms).await?;
        if last == steps_per_epoch {
            events.push(self.end_epoch(epoch).await?);
        }
        Ok(events)
    }

    /// Reads the losses of several steps at once: one wait for the device instead of many.
    async fn report(
        &mut self,
        epoch: u32,
        first: usize,
        steps: Vec<Vec<LossTerm>>,
    ) -> Result<Vec<Event>, TrainError> {
        let names: Vec<Vec<&str>> =
            steps.iter().map(|terms| terms.iter().map(|(name, _)| *name).collect()).collect();
        let tensors: Vec<Tensor<1>> = steps.into_iter().flatten().map(|(_, term)| term).collect();
        if tensors.is_empty() {
            return Ok(Vec::new());
        }
        let values = floats(Tensor::cat(tensors, 0)).await?;
        let mut values = values.into_iter();
        let mut events = Vec::new();
        for (step, names) in (first..).zip(names) {
            let mut loss: Losses = ordered(names.iter().map(|&name| name.into()).zip(&mut values));
            let total = loss.values().sum();
            loss.insert("total".into(), total);
            let (epoch, step) = (epoch + 1, step as u32 + 1);
            if let Some((term, &value)) = loss.iter().find(|(_, value)| !value.is_finite()) {
                let term = term.clone();
                let learning_rate = self.spec.learning_rate(epoch - 1);
                // What diverged is of no use any more; the best epoch can still be asked for lists.
                self.restore_best();
                return Err(TrainError::Diverged { term, epoch, step, value, learning_rate });
            }
            if self.fingerprints.losses.len() < FINGERPRINT_LOSSES {
                self.fingerprints.losses.push(total);
            }
            self.epoch_losses.push(loss.clone());
            events.push(Event::Step { epoch, step, loss });
        }
        Ok(events)
    }

    async fn end_epoch(&mut self, epoch: u32) -> Result<Event, TrainError> {
        self.training_seconds += (self.host.clock)() - self.epoch_started;
        if epoch == 0 {
            self.fingerprints.samples = std::mem::take(&mut self.samples).finish();
        }
        let loss = mean(&std::mem::take(&mut self.epoch_losses));
        let number = epoch + 1;
        let training = &self.spec.training;
        let last = number == training.epochs;
        let (mut validation, mut best, mut stopped_early) = (None, false, false);
        if number.is_multiple_of(training.evaluate_every) || last {
            let representation = self.represent_anew().await?;
            let lists = rank_all(&representation, &self.ranker, &[&self.problem.train]).await?;
            let metrics = self.validation.evaluate(&lists, &self.cutoffs());
            best = self.keep_if_best(number, &metrics, representation);
            let patience = self.spec.training.patience;
            stopped_early = !last && patience > 0 && self.epochs_without_better >= patience;
            validation = Some(metrics);
        }
        self.curve.push(CurvePoint { epoch: number, loss: loss.clone(), validation: validation.clone() });
        self.stage = match last || stopped_early {
            true => Stage::Trained { stopped_early },
            false => Stage::Training { epoch: number, step: 0 },
        };
        self.epoch_started = (self.host.clock)();
        Ok(Event::Epoch { epoch: number, loss, validation, best })
    }

    /// The protocol's cutoffs and the selection's.
    fn cutoffs(&self) -> Vec<u32> {
        let mut cutoffs = self.spec.protocol.cutoffs.clone();
        cutoffs.push(self.spec.selection.1);
        cutoffs.sort_unstable();
        cutoffs.dedup();
        cutoffs
    }

    fn keep_if_best(&mut self, epoch: u32, metrics: &MetricTable, representation: Representation) -> bool {
        let value = self.selected(metrics);
        let better = is_better(value, self.best.as_ref().map(|best| best.value));
        self.epochs_without_better = if better { 0 } else { self.epochs_without_better + 1 };
        if better {
            let representation = self.recommender.represents_last_batch().then_some(representation);
            self.best = Some(Best { epoch, value, parameters: self.parameters.clone(), representation });
        }
        better
    }

    /// What an epoch is selected by. Without validation interactions there is nothing to select by: infinity, the latest epoch
    /// counts.
    fn selected(&self, metrics: &MetricTable) -> f64 {
        let (metric, cutoff) = &self.spec.selection;
        metrics.get(metric).and_then(|values| *values.get(cutoff)?).unwrap_or(f64::INFINITY)
    }

    fn restore_best(&mut self) {
        if let Some(best) = self.best.take() {
            self.parameters = best.parameters;
            self.restored = best.representation;
        }
    }
}

/// Whether an epoch is better than the best before it.
fn is_better(value: f64, best: Option<f64>) -> bool {
    best.is_none_or(|best| value > best || value == f64::INFINITY)
}

fn mean(losses: &[Losses]) -> Losses {
    let mut mean = Losses::new();
    for loss in losses {
        for (name, value) in loss {
            *mean.entry(name.clone()).or_default() += value / losses.len() as f64;
        }
    }
    mean
}
