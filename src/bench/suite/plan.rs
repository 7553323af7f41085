use std::collections::{BTreeMap, BTreeSet};

use super::question::Comparison;
use super::{Entry, Results, Suite, SuiteError, Variation, grid};
use crate::digest::Digest;
use crate::schema::{CheckedSpec, RunSpec, SpecError, System};
use crate::train::DatasetName;

/// Hexadecimal digits of a digest in the name of a run.
const DIGEST_DIGITS: usize = 16;

/// A suite that can be run, on the data it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub name: String,
    pub description: String,
    pub dataset: DatasetName,
    /// The validation metric that selects epochs and configurations, and its cutoff.
    pub selection: (String, u32),
    pub cutoffs: Vec<u32>,
    pub(super) entries: Vec<Planned>,
    pub(super) comparisons: Vec<Comparison>,
}

/// An entry in one of its variations, with all that may have to be run for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Planned {
    /// Of the row: the entry's, and the variation's where it has one.
    pub label: String,
    pub entry: String,
    /// None where the entry reads no content, which is all that varies.
    pub variation: Option<String>,
    /// The specification without what is chosen from the grid.
    pub common: CheckedSpec,
    /// In the grid's order; just one where there is no grid.
    pub configurations: Vec<Configuration>,
}

/// One choice of an entry's hyper-parameters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Configuration {
    /// What is chosen from the grid; empty where there is none.
    pub chosen: BTreeMap<String, f64>,
    /// The run that competes with those of the other configurations; absent where there is no grid.
    pub tuning: Option<Run>,
    /// The runs that are reported, one a seed.
    pub runs: Vec<Run>,
}

/// One run of a suite.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub spec: CheckedSpec,
    /// The system, and a digest of the whole specification with its data: the same for the same run in any suite.
    pub name: String,
    /// For people: the entry's label, what was chosen from its grid, the seed.
    pub title: String,
}

/// How far an entry is.
pub(super) enum Stage<'a> {
    /// These are still to be tried.
    Tuning(Vec<&'a Run>),
    /// This configuration is judged.
    Judging(&'a Configuration),
    /// Every configuration failed.
    Failed,
}

impl Suite {
    /// Checks the suite and settles all its runs on data with these modalities.
    pub fn plan(&self, dataset: DatasetName, modalities: &[String]) -> Result<Plan, SuiteError> {
        self.check()?;
        let mut labels = BTreeSet::new();
        let mut entries = Vec::new();
        for entry in &self.entries {
            for variation in self.variations_of(entry) {
                let planned = self.plan_entry(entry, variation, &dataset, modalities)?;
                if !labels.insert(planned.label.clone()) {
                    return Err(SuiteError::RepeatedLabel(planned.label));
                }
                entries.push(planned);
            }
        }
        let comparisons = self.comparisons.iter().map(|question| question.resolve(&entries));
        let comparisons = comparisons.collect::<Result<_, _>>()?;
        let common = &entries.first().ok_or(SuiteError::NoEntries)?.common;
        Ok(Plan {
            name: self.name.trim().into(),
            description: self.description.trim().into(),
            dataset,
            selection: common.selection.clone(),
            cutoffs: common.protocol.cutoffs.clone(),
            entries,
            comparisons,
        })
    }

    /// The ways in which an entry is run; `None` is as the entry says.
    fn variations_of(&self, entry: &Entry) -> Vec<Option<&Variation>> {
        let plain = self.specification(entry, &Variation::default(), &BTreeMap::new(), 0);
        let reads_content = System::named(&entry.system).is_some_and(|system| plain.uses_content(system));
        match reads_content && !self.variations.is_empty() {
            true => self.variations.iter().map(Some).collect(),
            false => vec![None],
        }
    }

    fn plan_entry(
        &self,
        entry: &Entry,
        variation: Option<&Variation>,
        dataset: &DatasetName,
        modalities: &[String],
    ) -> Result<Planned, SuiteError> {
        let name = entry.label();
        if name.is_empty() {
            return Err(SuiteError::NoLabel(entry.system.clone()));
        }
        let label = match variation.map(|variation| variation.label.trim()) {
            None | Some("") => name.clone(),
            Some(variation) => format!("{name}, {variation}"),
        };
        let plain = Variation::default();
        let way = variation.unwrap_or(&plain);
        let grid = &self.grid_of(entry);
        entry.check_grid(grid, &label)?;
        let tuning_seed = match (grid.is_empty(), self.tuning_seed) {
            (true, _) => None,
            (false, None) => return Err(SuiteError::NoTuningSeed(label)),
            (false, seed) => seed,
        };
        let of_entry = |source| SuiteError::Entry { label: label.clone(), source: Box::new(source) };
        let settle = |chosen: &BTreeMap<String, f64>, seed| {
            let spec = self.specification(entry, way, chosen, seed).check()?;
            spec.about(&dataset.name, &dataset.digest, modalities)
        };
        let any_seed = self.seeds.first().copied().unwrap_or_default();
        let common = settle(&BTreeMap::new(), any_seed).map_err(of_entry)?;
        // Every value is checked, also one that the budget leaves out.
        for (name, values) in grid {
            for &value in values {
                let chosen = BTreeMap::from([(name.clone(), value)]);
                settle(&chosen, any_seed).map_err(|source| SuiteError::Tried {
                    label: label.clone(),
                    name: name.clone(),
                    source: Box::new(source),
                })?;
            }
        }
        let budget = entry.budget.or(self.budget);
        let numbers = grid::draw(grid::size(grid), budget, tuning_seed.unwrap_or_default());
        let configuration = |number| {
            let chosen = grid::configuration(grid, number);
            let run = |seed| Run::new(&label, &chosen, settle(&chosen, seed)?);
            Ok(Configuration {
                tuning: tuning_seed.map(run).transpose()?,
                runs: self.seeds.iter().copied().map(run).collect::<Result<_, _>>()?,
                chosen,
            })
        };
        let configurations = numbers.into_iter().map(configuration).collect::<Result<_, _>>();
        Ok(Planned {
            configurations: configurations.map_err(of_entry)?,
            common,
            entry: name,
            variation: variation.map(|variation| variation.label.trim().into()),
            label,
        })
    }

    /// The entry's grid, or the suite's without what the entry's system does not have or the entry fixes.
    fn grid_of(&self, entry: &Entry) -> BTreeMap<String, Vec<f64>> {
        if !entry.grid.is_empty() {
            return entry.grid.clone();
        }
        let Some(system) = System::named(&entry.system) else { return BTreeMap::new() };
        let plain = self.specification(entry, &Variation::default(), &BTreeMap::new(), 0);
        let tried = |name: &str| {
            plain.settable(system).any(|known| known.name == name)
                && !entry.hyper_parameters.contains_key(name)
        };
        let mut grid = self.grid.clone();
        grid.retain(|name, _| tried(name));
        grid
    }
}

impl Run {
    fn new(label: &str, chosen: &BTreeMap<String, f64>, spec: CheckedSpec) -> Result<Self, SpecError> {
        let specification: &RunSpec = &spec;
        let json =
            serde_json::to_vec(specification).map_err(|error| SpecError::Unreadable(error.to_string()))?;
        let digest: String = Digest::of(&json).chars().take(DIGEST_DIGITS).collect();
        let chosen = chosen.iter().map(|(name, value)| format!(", {name}={value}"));
        Ok(Self {
            name: format!("{}-{digest}", spec.system.description().name),
            title: format!("{label}{}, seed {}", chosen.collect::<String>(), spec.seed),
            spec,
        })
    }
}

impl Plan {
    /// All runs that may be needed, among them those of configurations that will not win.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        let configurations = self.entries.iter().flat_map(|entry| &entry.configurations);
        configurations.flat_map(|tried| tried.tuning.iter().chain(&tried.runs))
    }

    /// The runs that can be started now: without a result, and known to be needed. Each once, in the order of the file.
    /// None is left when the suite is done.
    pub fn ready(&self, results: &Results) -> Vec<&Run> {
        let mut seen = BTreeSet::new();
        let stages = self.entries.iter().map(|entry| entry.stage(results, &self.selection));
        let runs = stages.flat_map(|stage| match stage {
            Stage::Tuning(runs) => runs,
            Stage::Judging(configuration) => without_result(&configuration.runs, results),
            Stage::Failed => Vec::new(),
        });
        runs.filter(|run| seen.insert(&run.name)).collect()
    }

    /// How long the lists are that are compared: as the selection's cutoff where metrics are computed there, or else the longest.
    pub(super) fn list_length(&self) -> u32 {
        let (_, cutoff) = self.selection;
        match self.cutoffs.contains(&cutoff) {
            true => cutoff,
            false => self.cutoffs.iter().copied().max().unwrap_or_default(),
        }
    }

    /// Whether the suite asks a question about its rows.
    pub fn asks(&self) -> bool {
        !self.comparisons.is_empty()
    }

    /// Whether the run's lists are needed for a comparison.
    pub fn compares(&self, run: &Run) -> bool {
        let compared = self.comparisons.iter().flat_map(|comparison| &comparison.pairs);
        let mut rows = compared.flat_map(|&(row, other)| [row, other]).map(|row| &self.entries[row]);
        rows.any(|row| {
            row.configurations.iter().flat_map(|tried| &tried.runs).any(|judged| judged.name == run.name)
        })
    }

    /// The system of every run that is still to be finished, also of those whose configuration is not known yet.
    pub fn left(&self, results: &Results) -> Vec<System> {
        let ready = self.ready(results);
        let later = self
            .entries
            .iter()
            .filter(|entry| matches!(entry.stage(results, &self.selection), Stage::Tuning(_)));
        let later = later.filter_map(|entry| entry.configurations.first()).flat_map(|tried| &tried.runs);
        ready.into_iter().chain(later).map(|run| run.spec.system).collect()
    }
}

impl Planned {
    /// The winner has the best selection metric on validation, the first one of equals.
    pub fn stage(&self, results: &Results, selection: &(String, u32)) -> Stage<'_> {
        let open: Vec<&Run> = self
            .configurations
            .iter()
            .filter_map(|tried| tried.tuning.as_ref())
            .filter(|run| !results.contains_key(&run.name))
            .collect();
        if !open.is_empty() {
            return Stage::Tuning(open);
        }
        let mut best: Option<(f64, &Configuration)> = None;
        for tried in &self.configurations {
            let Some(run) = &tried.tuning else { return Stage::Judging(tried) };
            if let Some(Ok(finished)) = results.get(&run.name) {
                let value = finished.selected(selection).unwrap_or(f64::NEG_INFINITY);
                if best.is_none_or(|(best, _)| value > best) {
                    best = Some((value, tried));
                }
            }
        }
        best.map_or(Stage::Failed, |(_, tried)| Stage::Judging(tried))
    }
}

fn without_result<'a>(runs: &'a [Run], results: &Results) -> Vec<&'a Run> {
    runs.iter().filter(|run| !results.contains_key(&run.name)).collect()
}
