use std::collections::BTreeMap;

use serde::Deserialize;

use crate::schema::{
    DatasetReference, Design, Missing, Placebo, Protocol, RunSpec, System, Training, Variant,
};

/// A suite as people write it; [`Plan`](super::Plan) is what can be run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Suite {
    pub name: String,
    /// One sentence: what the suite finds out.
    pub description: String,
    /// A bundle's path, seen from the suite's file; the embedded office twin when absent.
    #[serde(default)]
    pub dataset: Option<String>,
    /// What is reported is the mean over these.
    pub seeds: Vec<u32>,
    /// The seed with which the configurations of a grid are tried, and drawn where there is a budget.
    #[serde(default)]
    pub tuning_seed: Option<u32>,
    /// At most so many configurations of every grid are tried; all when absent.
    #[serde(default)]
    pub budget: Option<u32>,
    /// *Which* modalities are used; all that the data have when absent.
    #[serde(default)]
    pub modalities: Option<Vec<String>>,
    /// What becomes of items that lack a modality, in entries of systems that use modalities.
    #[serde(default)]
    pub missing: Missing,
    #[serde(default)]
    pub training: Training,
    #[serde(default)]
    pub protocol: Protocol,
    /// Values to try in every entry without a grid of its own, of those hyper-parameters that its system has.
    #[serde(default)]
    pub grid: BTreeMap<String, Vec<f64>>,
    #[serde(default, rename = "entry")]
    pub entries: Vec<Entry>,
    /// Every entry that reads content is run in each of these ways, the first of which is the plain one.
    #[serde(default, rename = "variation")]
    pub variations: Vec<Variation>,
    /// Which rows are held against each other.
    #[serde(default, rename = "comparison")]
    pub comparisons: Vec<Question>,
}

/// What is done with the content of all entries alike.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Variation {
    /// Stands behind the entry's label; none for the plain way.
    pub label: String,
    pub modalities: Option<Vec<String>>,
    pub missing: Option<Missing>,
    pub placebo: Option<Placebo>,
}

/// A comparison of rows: of all entries with one of them, of all variations with one of them, or of pairs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Question {
    /// What the comparison answers.
    pub question: String,
    /// The entry that the others are compared with, by its label, each in the same variation.
    #[serde(default)]
    pub with_entry: Option<String>,
    /// The variation that the others are compared with, by its label, each for the same entry.
    #[serde(default)]
    pub with_variation: Option<String>,
    /// Rows by their labels, each with the one that it is compared with.
    #[serde(default)]
    pub pairs: Option<Vec<[String; 2]>>,
    /// Only these entries are compared; all when absent.
    #[serde(default)]
    pub entries: Option<Vec<String>>,
    /// Only these variations are compared; when absent, the first where entries are compared, else all.
    #[serde(default)]
    pub variations: Option<Vec<String>>,
}

/// One row of the table: a system, and what is changed for it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    pub system: String,
    #[serde(default)]
    pub variant: Variant,
    /// How the system `composed` is made.
    #[serde(default)]
    pub design: Option<Design>,
    /// The row's name; the system's title when absent.
    #[serde(default)]
    pub label: Option<String>,
    /// In place of the suite's.
    #[serde(default)]
    pub modalities: Option<Vec<String>>,
    #[serde(default)]
    pub modality_weights: Option<BTreeMap<String, f64>>,
    /// What becomes of items that lack a modality, in place of the suite's.
    #[serde(default)]
    pub missing: Option<Missing>,
    /// What stands in the place of content.
    #[serde(default)]
    pub placebo: Placebo,
    #[serde(default)]
    pub hyper_parameters: BTreeMap<String, f64>,
    #[serde(default)]
    pub training: TrainingChange,
    /// Values to try, by hyper-parameter; all combinations of them are the configurations.
    #[serde(default)]
    pub grid: BTreeMap<String, Vec<f64>>,
    /// In place of the suite's.
    #[serde(default)]
    pub budget: Option<u32>,
}

/// What an entry changes in the suite's training. The selection is not among it: rows that were selected by different
/// metrics could not be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct TrainingChange {
    pub epochs: Option<u32>,
    pub batch_size: Option<u32>,
    pub evaluate_every: Option<u32>,
    pub patience: Option<u32>,
}

impl TrainingChange {
    fn on(&self, training: &Training) -> Training {
        Training {
            epochs: self.epochs.unwrap_or(training.epochs),
            batch_size: self.batch_size.unwrap_or(training.batch_size),
            evaluate_every: self.evaluate_every.unwrap_or(training.evaluate_every),
            patience: self.patience.unwrap_or(training.patience),
            ..training.clone()
        }
    }
}

impl Suite {
    /// The specification of an entry's run with some hyper-parameters of its grid.
    pub(super) fn specification(
        &self,
        entry: &Entry,
        variation: &Variation,
        configuration: &BTreeMap<String, f64>,
        seed: u32,
    ) -> RunSpec {
        let mut hyper_parameters = entry.hyper_parameters.clone();
        hyper_parameters.extend(configuration.clone());
        RunSpec {
            system: entry.system.clone(),
            variant: entry.variant,
            design: entry.design.clone(),
            dataset: DatasetReference::default(),
            modalities: variation
                .modalities
                .clone()
                .or_else(|| entry.modalities.clone())
                .or_else(|| self.modalities.clone()),
            modality_weights: entry.modality_weights.clone(),
            missing: variation
                .missing
                .clone()
                .or_else(|| entry.missing.clone())
                .unwrap_or_else(|| self.missing_for(&entry.system)),
            placebo: variation.placebo.unwrap_or(entry.placebo),
            seed,
            hyper_parameters,
            training: entry.training.on(&self.training),
            protocol: self.protocol.clone(),
        }
    }

    /// The suite's choice for systems that use modalities; the others lack nothing.
    fn missing_for(&self, system: &str) -> Missing {
        let uses_content = System::named(system).is_none_or(|system| system.description().uses_content);
        if uses_content { self.missing.clone() } else { Missing::default() }
    }
}
