use std::collections::BTreeMap;

use super::Results;
use crate::schema::System;

/// How long runs take, from those that are finished.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// Seconds and runs.
    of_each: BTreeMap<System, (f64, u32)>,
}

impl Pace {
    pub fn of(results: &Results) -> Self {
        let mut pace = Self::default();
        for finished in results.values().flatten() {
            let (seconds, runs) = pace.of_each.entry(finished.system).or_default();
            *seconds += finished.seconds;
            *runs += 1;
        }
        pace
    }

    /// The mean of a system's runs, or of all runs where it has none; absent before the first run is finished.
    pub fn seconds(&self, system: System) -> Option<f64> {
        let sum = || {
            let add = |(seconds, runs), &(s, r)| (seconds + s, runs + r);
            Some(self.of_each.values().fold((0.0, 0), add)).filter(|&(_, runs)| runs > 0)
        };
        let (seconds, runs) = self.of_each.get(&system).copied().or_else(sum)?;
        Some(seconds / f64::from(runs))
    }
}
