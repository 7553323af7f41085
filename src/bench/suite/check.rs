use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{Entry, Suite, grid};
use crate::schema::{SpecError, System};

/// More configurations than anybody trains; a grid beyond this is a slip.
const MOST_CONFIGURATIONS: usize = 10_000;

/// What is wrong with a suite.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SuiteError {
    #[error("`name` is empty, but the table needs a title")]
    NoName,
    #[error("`entry` is absent, but a suite needs at least one `[[entry]]`")]
    NoEntries,
    #[error("`seeds` is empty, but must have at least one whole number")]
    NoSeeds,
    #[error("`seeds` has {0} twice")]
    RepeatedSeed(u32),
    #[error(
        "`tuning-seed` is {0}, but must not be among `seeds`: the winner of the tuning would be judged on a run that made it \
         win"
    )]
    TuningSeedAmongSeeds(u32),
    #[error(
        "`tuning-seed` is absent, but entry `{0}` has a grid; give a whole number that is not among `seeds`"
    )]
    NoTuningSeed(String),
    #[error("`budget` of {0} is 0, but must be at least 1")]
    NoBudget(String),
    #[error("`budget` of entry `{0}` is given, but the entry has no `grid`")]
    BudgetWithoutGrid(String),
    #[error("`label` is `{0}` in two entries, but each needs a name of its own")]
    RepeatedLabel(String),
    #[error("`label` of an entry for `{0}` is empty")]
    NoLabel(String),
    #[error("`grid.{name}` of entry `{label}` is empty, but must have at least one value")]
    NoValues { label: String, name: String },
    #[error("`grid.{name}` of entry `{label}` has {value} twice")]
    RepeatedValue { label: String, name: String, value: f64 },
    #[error("`{name}` of entry `{label}` is both in `hyper-parameters` and in `grid`")]
    FixedAndTried { label: String, name: String },
    #[error(
        "`grid` of entry `{label}` has {size} configurations, but at most {MOST_CONFIGURATIONS} are allowed"
    )]
    LargeGrid { label: String, size: usize },
    #[error("`grid` of the suite has `{0}`, which no entry's system has")]
    UnusedGrid(String),
    #[error(
        "a `comparison` needs one of `with-entry`, `with-variation` and `pairs`; `{0}` has none or several"
    )]
    NoComparison(String),
    #[error("`{field}` of the comparison `{question}` names `{name}`, but there are {known}")]
    UnknownRow { question: String, field: &'static str, name: String, known: String },
    #[error("the comparison `{0}` compares nothing: no row is left to be held against another")]
    EmptyComparison(String),
    #[error("`grid.{name}` of entry `{label}`: {source}")]
    Tried { label: String, name: String, source: Box<SpecError> },
    #[error("entry `{label}`: {source}")]
    Entry { label: String, source: Box<SpecError> },
}

impl Suite {
    /// Refuses what is wrong with the suite as a whole.
    pub(super) fn check(&self) -> Result<(), SuiteError> {
        if self.name.trim().is_empty() {
            return Err(SuiteError::NoName);
        }
        if self.seeds.is_empty() {
            return Err(SuiteError::NoSeeds);
        }
        let mut seen = BTreeSet::new();
        if let Some(&twice) = self.seeds.iter().find(|&&seed| !seen.insert(seed)) {
            return Err(SuiteError::RepeatedSeed(twice));
        }
        if let Some(seed) = self.tuning_seed.filter(|seed| seen.contains(seed)) {
            return Err(SuiteError::TuningSeedAmongSeeds(seed));
        }
        if self.budget == Some(0) {
            return Err(SuiteError::NoBudget("the suite".into()));
        }
        let has = |entry: &Entry, name: &str| {
            let system = System::named(&entry.system);
            system.is_some_and(|system| {
                system.description().hyper_parameters.iter().any(|known| known.name == name)
            })
        };
        if let Some(name) = self.grid.keys().find(|name| !self.entries.iter().any(|entry| has(entry, name))) {
            return Err(SuiteError::UnusedGrid(name.clone()));
        }
        Ok(())
    }
}

impl Entry {
    pub(super) fn label(&self) -> String {
        let title = || System::named(&self.system).map_or(self.system.as_str(), |s| s.description().title);
        self.label.as_deref().unwrap_or_else(title).trim().into()
    }

    pub(super) fn check_grid(
        &self,
        grid: &BTreeMap<String, Vec<f64>>,
        label: &str,
    ) -> Result<(), SuiteError> {
        match self.budget {
            Some(0) => return Err(SuiteError::NoBudget(format!("entry `{label}`"))),
            Some(_) if grid.is_empty() => return Err(SuiteError::BudgetWithoutGrid(label.into())),
            _ => {}
        }
        for (name, values) in grid {
            let (label, name) = (label.to_string(), name.clone());
            if values.is_empty() {
                return Err(SuiteError::NoValues { label, name });
            }
            let before = |at: usize| &values[..at];
            if let Some((_, &value)) =
                values.iter().enumerate().find(|(at, value)| before(*at).contains(value))
            {
                return Err(SuiteError::RepeatedValue { label, name, value });
            }
            if self.hyper_parameters.contains_key(&name) {
                return Err(SuiteError::FixedAndTried { label, name });
            }
        }
        let size = grid::size(grid);
        if size > MOST_CONFIGURATIONS {
            return Err(SuiteError::LargeGrid { label: label.into(), size });
        }
        Ok(())
    }
}
