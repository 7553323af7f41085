use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::{SEED, Slice};
use crate::bench::Summary;
use crate::data::{Dataset, Problem, SplitError, split};
use crate::eval::significance::{Estimate, Resamples};
use crate::eval::{Evaluator, Lists, Metric, MetricTable, Scope};
use crate::ordered::ordered;
use crate::schema::Split;

/// Samples of users for metrics of all lists together: their deviation is known to 3 %.
const RESAMPLES: usize = 500;

/// What lists are held against, by seed, and the samples of users that all rows share.
pub struct Judges {
    /// By seed; equal where the split does not depend on it.
    evaluators: BTreeMap<u32, Evaluator>,
    /// Users with an item of the slice to be found in some seed, ascending.
    judged: Vec<u32>,
    resamples: Resamples,
    users: usize,
    cutoff: u32,
}

impl Judges {
    /// For runs with these seeds, whose lists are judged on a slice of test as far as `cutoff`.
    pub fn new(
        dataset: &Dataset,
        parts: Split,
        seeds: &[u32],
        cutoff: u32,
        slice: &Slice,
    ) -> Result<Self, SplitError> {
        let users = dataset.users.len();
        let mut evaluators = BTreeMap::new();
        let mut has_target = vec![false; users];
        for &seed in seeds {
            let problem = Problem::new(dataset, &split(dataset, parts, seed)?);
            let target = slice.held_out(dataset, &problem);
            for (user, has_target) in has_target.iter_mut().enumerate() {
                *has_target |= !target.items(user).is_empty();
            }
            evaluators.insert(seed, Evaluator::new(&problem.train, problem.items, &target, 0.0));
        }
        let judged: Vec<u32> = (0..users as u32).filter(|&user| has_target[user as usize]).collect();
        let resamples = Resamples::draw(users, &judged, RESAMPLES, SEED);
        Ok(Self { evaluators, judged, resamples, users, cutoff })
    }

    /// Users who are judged.
    pub fn users(&self) -> usize {
        self.judged.len()
    }

    /// Every metric of the lists of a run with this seed; `None` for a seed that none of the runs has.
    pub fn evaluate(&self, seed: u32, lists: &Lists, cutoffs: &[u32]) -> Option<MetricTable> {
        Some(self.evaluators.get(&seed)?.evaluate(lists, cutoffs))
    }
}

/// What a row's runs, one a seed, are worth to every user, and together to users drawn anew.
pub struct Measured {
    /// By metric: each user's mean over seeds, `[users]`; `None` for who is not judged.
    by_user: BTreeMap<Metric, Vec<Option<f64>>>,
    /// By metric: each seed with its value, where there is one.
    by_seed: BTreeMap<Metric, Vec<(u32, f64)>>,
    /// By metric of all lists together: the mean over seeds of each sample of users.
    resampled: BTreeMap<Metric, Vec<f64>>,
}

impl Measured {
    /// Takes in the lists of one seed after the other. The error is how many have none.
    pub fn of<L: Borrow<Lists>>(
        judges: &Judges,
        metrics: &[Metric],
        lists: impl Iterator<Item = (u32, Option<L>)>,
    ) -> Result<Self, usize> {
        let mut measured =
            Self { by_user: BTreeMap::new(), by_seed: BTreeMap::new(), resampled: BTreeMap::new() };
        let mut sums: BTreeMap<Metric, Vec<(f64, u32)>> = BTreeMap::new();
        let (mut lacking, mut seeds) = (0, 0.0);
        for (seed, lists) in lists {
            let (Some(evaluator), Some(lists)) = (judges.evaluators.get(&seed), &lists) else {
                lacking += 1;
                continue;
            };
            let lists = lists.borrow();
            seeds += 1.0;
            for &metric in metrics {
                match evaluator.per_user(lists, metric, judges.cutoff) {
                    Some(values) => {
                        let sums = sums.entry(metric).or_insert_with(|| vec![(0.0, 0); judges.users]);
                        let mut total = 0.0;
                        for &(user, value) in &values {
                            let (sum, count) = &mut sums[user as usize];
                            (*sum, *count) = (*sum + value, *count + 1);
                            total += value;
                        }
                        if !values.is_empty() {
                            let value = total / values.len() as f64;
                            measured.by_seed.entry(metric).or_default().push((seed, value));
                        }
                    }
                    None => measured.add_resamples(judges, (seed, evaluator), lists, metric),
                }
            }
        }
        if lacking > 0 {
            return Err(lacking);
        }
        let mean = |(sum, count): (f64, u32)| (count > 0).then(|| sum / f64::from(count));
        measured.by_user =
            ordered(sums.into_iter().map(|(metric, sums)| (metric, sums.into_iter().map(mean).collect())));
        measured.resampled.values_mut().flatten().for_each(|value| *value /= seeds);
        Ok(measured)
    }

    fn add_resamples(
        &mut self,
        judges: &Judges,
        (seed, evaluator): (u32, &Evaluator),
        lists: &Lists,
        metric: Metric,
    ) {
        let value = |times: &[u16]| evaluator.repeated(lists, metric, judges.cutoff, times);
        // What is not about exposure alone has no value here, however users are drawn.
        let Some(of_seed) = value(&vec![1; judges.users]) else { return };
        self.by_seed.entry(metric).or_default().push((seed, of_seed));
        let sums = self.resampled.entry(metric).or_insert_with(|| vec![0.0; RESAMPLES]);
        for (sum, times) in sums.iter_mut().zip(judges.resamples.iter()) {
            *sum += value(times).unwrap_or(f64::NAN);
        }
    }

    /// The mean over seeds.
    pub fn value(&self, metric: Metric) -> Option<f64> {
        Summary::of(self.by_seed.get(&metric)?.iter().map(|(_, value)| *value)).map(|summary| summary.mean)
    }

    /// This row's value minus `factor` times the other's, with its error over users; `None` where one of them has none.
    pub fn minus(&self, other: &Self, metric: Metric, factor: f64) -> Option<Estimate> {
        match metric.description().scope {
            Scope::System => {
                let value = self.value(metric)? - factor * other.value(metric)?;
                let pairs = self.resampled.get(&metric)?.iter().zip(other.resampled.get(&metric)?);
                let resampled: Vec<f64> = pairs.map(|(one, other)| one - factor * other).collect();
                let estimate = Estimate::resampled(value, &resampled)?;
                estimate.error.is_finite().then_some(estimate)
            }
            Scope::RelevantUsers | Scope::AllUsers => Estimate::mean(&self.paired(other, metric, factor)?),
        }
    }

    /// Each user's value minus `factor` times that in the other row, of users judged in both; `None` for a metric of all lists
    /// together.
    pub fn paired(&self, other: &Self, metric: Metric, factor: f64) -> Option<Vec<f64>> {
        let pairs = self.by_user.get(&metric)?.iter().zip(other.by_user.get(&metric)?);
        Some(pairs.filter_map(|(one, other)| Some((*one)? - factor * (*other)?)).collect())
    }

    /// Mean and deviation of the difference over the seeds that both rows have.
    pub fn seeds_minus(&self, other: &Self, metric: Metric) -> Option<Summary> {
        let others = other.by_seed.get(&metric)?;
        Summary::of(self.by_seed.get(&metric)?.iter().filter_map(|(seed, value)| {
            let (_, other) = others.iter().find(|(other, _)| other == seed)?;
            Some(value - other)
        }))
    }
}
