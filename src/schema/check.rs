use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use thiserror::Error;

use super::{
    Axis, Design, Extraction, HyperParameter, Inadmissible, MissingPolicy, Role, RunSpec, System,
    SystemDescription,
};

/// The longest list that may be asked for.
const LONGEST_LIST: u32 = 1000;

/// A specification may name data by the beginning of their digest, as links do.
const DIGEST_DIGITS: std::ops::RangeInclusive<usize> = 16..=64;

/// Metrics that may select the epoch: those for which more is better for the user.
pub const SELECTION_METRICS: [&str; 8] =
    ["recall", "ndcg", "ndcg-binary", "precision", "hit-rate", "mrr", "map", "f1"];

/// What is wrong with a specification.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SpecError {
    #[error("the specification cannot be read: {0}")]
    Unreadable(String),
    #[error("`system` is `{0}`, but the systems are {known}", known = names(System::ALL.map(|s| s.description().name)))]
    UnknownSystem(String),
    #[error("`variant` is `as-published`, but {0} has no slip to reproduce; use `corrected`")]
    UnknownVariant(&'static str),
    #[error("`hyper-parameters` has `{name}`, but {system} knows {known}")]
    UnknownHyperParameter { name: String, system: &'static str, known: String },
    #[error("`design` is given, but {0} is designed already; use the system `composed`")]
    NoDesign(&'static str),
    #[error(transparent)]
    Inadmissible(#[from] Inadmissible),
    #[error("`{field}` is {value}, but must be {allowed}")]
    OutOfRange { field: String, value: String, allowed: String },
    #[error("`modalities` names `{name}`, but the data have {known}")]
    UnknownModality { name: String, known: String },
    #[error("`modalities` is empty, but {0} needs at least one")]
    NoModality(&'static str),
    #[error("`modality-weights` is given, but {0} does not weigh modalities")]
    NoWeights(&'static str),
    #[error("`modalities` names `{0}` twice")]
    RepeatedModality(String),
    #[error("`missing` is given, but {0} uses no modality")]
    NothingToMiss(&'static str),
    #[error("`placebo` is given, but {0} uses no modality that it could stand in for")]
    NothingToReplace(&'static str),
    #[error(
        "`missing.dropout` hides modalities in training, but with `missing.policy` `drop` items without them are not trained on"
    )]
    DropoutOfDropped,
    #[error("`{field}` names `{name}`, but the modalities used are {known}")]
    UnusedModality { field: &'static str, name: String, known: String },
    #[error(
        "`missing.policy` is `neighbours`, which are neighbours in another modality, but only `{0}` is used"
    )]
    NoOtherModality(String),
    #[error("`training.selection` is `{0}`, but must be one of {known} with a cutoff, as in `recall@20`", known = names(SELECTION_METRICS))]
    UnknownSelection(String),
    #[error("`{key}` is not something that can be set; try one of {known}")]
    UnknownKey { key: String, known: String },
    #[error("`dataset.digest` is {wanted}, but the data at hand ({name}) have {found}")]
    OtherData { name: String, wanted: String, found: String },
}

impl SpecError {
    /// The field to look at.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Unreadable(_) => None,
            Self::UnknownSystem(_) => Some("system"),
            Self::UnknownVariant(_) => Some("variant"),
            Self::UnknownHyperParameter { .. } => Some("hyper-parameters"),
            Self::NoDesign(_) => Some("design"),
            Self::Inadmissible(reason) => Some(reason.field()),
            Self::OutOfRange { field, .. } => Some(field),
            Self::UnknownModality { .. } | Self::NoModality(_) | Self::RepeatedModality(_) => {
                Some("modalities")
            }
            Self::NoWeights(_) => Some("modality-weights"),
            Self::NothingToMiss(_) => Some("missing"),
            Self::NothingToReplace(_) => Some("placebo"),
            Self::UnusedModality { field, .. } => Some(field),
            Self::NoOtherModality(_) => Some("missing.policy"),
            Self::DropoutOfDropped => Some("missing.dropout"),
            Self::UnknownSelection(_) => Some("training.selection"),
            Self::UnknownKey { key, .. } => Some(key),
            Self::OtherData { .. } => Some("dataset.digest"),
        }
    }
}

fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

/// A specification that can be run: complete, known names only, every number in its range.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedSpec {
    spec: RunSpec,
    pub system: System,
    /// The validation metric that selects the epoch, and its cutoff.
    pub selection: (String, u32),
}

impl Deref for CheckedSpec {
    type Target = RunSpec;

    fn deref(&self) -> &RunSpec {
        &self.spec
    }
}

impl CheckedSpec {
    /// Where the recommender sits in the schema, if anything is learned.
    pub fn design(&self) -> Option<&Design> {
        self.spec.design.as_ref().or(self.system.description().design.as_ref())
    }

    /// Whether item content is read at all.
    pub fn uses_content(&self) -> bool {
        self.spec.uses_content(self.system)
    }

    /// The value of a hyper-parameter that the system has.
    pub fn hyper_parameter(&self, name: &str) -> f64 {
        self.spec.hyper_parameters[name]
    }

    /// The value of a hyper-parameter that not every system of a kind has.
    pub fn optional(&self, name: &str) -> Option<f64> {
        self.spec.hyper_parameters.get(name).copied()
    }

    /// A hyper-parameter that is a whole number.
    pub fn count(&self, name: &str) -> usize {
        self.hyper_parameter(name) as usize
    }

    /// The learning rate of an epoch, counted from 0: where the system has a `decay`, it is that power of it which grows
    /// by one in 50 epochs (reference, section 3).
    pub fn learning_rate(&self, epoch: u32) -> f64 {
        let decay = self.optional("decay").unwrap_or(1.0);
        self.hyper_parameter("learning-rate") * libm::pow(decay, f64::from(epoch) / 50.0)
    }

    /// What each chosen modality weighs, in their order; the sum is 1. A modality without a weight of its own gets an
    /// equal share, 1 / number of modalities, before all are divided by their sum.
    pub fn modality_weights(&self) -> Vec<f64> {
        self.weights_of(self.spec.modalities.as_deref().unwrap_or_default())
    }

    /// The same for some of them, as if there were no others.
    pub fn weights_of(&self, modalities: &[impl AsRef<str>]) -> Vec<f64> {
        let share = 1.0 / modalities.len().max(1) as f64;
        let weight = |name: &str| self.spec.modality_weights.as_ref()?.get(name).copied();
        let weights: Vec<f64> =
            modalities.iter().map(|name| weight(name.as_ref()).unwrap_or(share)).collect();
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| if sum > 0.0 { weight / sum } else { share }).collect()
    }

    /// The longest list that the protocol needs; never under 20, which the lists' digest covers.
    pub fn list_length(&self) -> usize {
        let longest = self.spec.protocol.cutoffs.iter().copied().max().unwrap_or(0);
        longest.max(self.selection.1).max(20) as usize
    }

    /// Fixes the modalities and the data the run is about, and checks that they fit.
    pub fn about(
        mut self,
        name: &str,
        digest: &str,
        modalities: &BTreeSet<String>,
    ) -> Result<Self, SpecError> {
        if let Some(wanted) = &self.spec.dataset.digest
            && !digest.starts_with(wanted.as_str())
        {
            return Err(SpecError::OtherData {
                name: name.into(),
                wanted: wanted.clone(),
                found: digest.into(),
            });
        }
        self.spec.dataset.name = name.into();
        self.spec.dataset.digest = Some(digest.into());
        let uses_content = self.uses_content();
        let chosen = match self.spec.modalities.take() {
            _ if !uses_content => Vec::new(),
            None => modalities.iter().cloned().collect(),
            Some(chosen) => chosen,
        };
        if let Some(unknown) = chosen.iter().find(|name| !modalities.contains(*name)) {
            let known = names(modalities.iter().map(String::as_str));
            return Err(SpecError::UnknownModality { name: unknown.clone(), known });
        }
        if uses_content && chosen.is_empty() {
            return Err(SpecError::NoModality(self.system.description().title));
        }
        // A named system takes what the data have: with one modality, it fuses nothing.
        if let Some(design) = &self.spec.design {
            design.check_modalities(&chosen)?;
        }
        let missing = self.spec.missing.modalities.iter().flatten().map(|name| ("missing.modalities", name));
        let named = missing.chain(self.spec.design.iter().flat_map(Design::names_modalities));
        if let Some((field, name)) = { named }.find(|(_, name)| !chosen.contains(name)) {
            let known = names(chosen.iter().map(String::as_str));
            return Err(SpecError::UnusedModality { field, name: name.clone(), known });
        }
        if let ([only], MissingPolicy::Neighbours) = (&chosen[..], self.spec.missing.policy) {
            return Err(SpecError::NoOtherModality(only.clone()));
        }
        self.spec.modalities = uses_content.then_some(chosen);
        Ok(self)
    }
}

impl RunSpec {
    /// The defaults for a system, to be checked and changed.
    pub fn of(system: &str) -> Self {
        Self {
            system: system.into(),
            variant: Default::default(),
            design: None,
            dataset: Default::default(),
            modalities: None,
            modality_weights: None,
            missing: Default::default(),
            placebo: Default::default(),
            seed: 1,
            hyper_parameters: BTreeMap::new(),
            training: Default::default(),
            protocol: Default::default(),
        }
    }

    /// Reads a specification from JSON.
    pub fn from_json(json: &str) -> Result<Self, SpecError> {
        serde_json::from_str(json).map_err(|error| SpecError::Unreadable(error.to_string()))
    }

    /// Sets one field by its key, as `seed`, `learning-rate`, `epochs` or `modalities`, from text.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SpecError> {
        let wrong = |allowed: &str| SpecError::OutOfRange {
            field: key.into(),
            value: format!("`{value}`"),
            allowed: allowed.into(),
        };
        let whole = || value.parse::<u32>().map_err(|_| wrong("a whole number"));
        let number = || value.parse::<f64>().map_err(|_| wrong("a number"));
        let list = || value.split(',').map(str::trim).filter(|name| !name.is_empty());
        fn choice<T: serde::de::DeserializeOwned>(value: &str) -> Option<T> {
            serde_json::from_value(serde_json::Value::String(value.into())).ok()
        }
        match key {
            "system" => self.system = value.into(),
            "variant" => {
                self.variant = choice(value).ok_or_else(|| wrong("`corrected` or `as-published`"))?
            }
            "design" => {
                self.take_design(System::named(value).and_then(System::executed).ok_or_else(|| {
                    let designs = System::ALL.into_iter().filter_map(System::executed);
                    wrong(&format!("the design of a system: {}", names(designs.map(|system| system.name))))
                })?)
            }
            "dataset" => self.dataset.name = value.into(),
            "modalities" => self.modalities = Some(list().map(Into::into).collect()),
            "modality-weights" => {
                let weights = by_modality(list(), |weight| weight.parse::<f64>().ok());
                self.modality_weights = Some(weights.ok_or_else(|| wrong("as in `visual:0.1,textual:0.9`"))?);
            }
            "roles-of" => {
                let roles = |roles: &str| roles.split('+').map(choice::<Role>).collect();
                let answers = by_modality(list(), roles).ok_or_else(|| {
                    let known = names(Role::CHOICES.iter().map(|known| known.name));
                    wrong(&format!("as in `visual:edge-weights,textual:scoring+auxiliary-loss`, of {known}"))
                })?;
                self.design.get_or_insert_default().roles_of = Some(answers);
            }
            "extraction-of" => {
                let answers = by_modality(list(), choice::<Extraction>).ok_or_else(|| {
                    let known = names(Extraction::CHOICES.iter().map(|known| known.name));
                    wrong(&format!("as in `visual:end-to-end,textual:frozen`, each one of {known}"))
                })?;
                self.design.get_or_insert_default().extraction_of = Some(answers);
            }
            "missing-policy" => {
                self.missing.policy = choice(value)
                    .ok_or_else(|| wrong("`mean`, `zeros`, `neighbours`, `propagation` or `drop`"))?;
            }
            "missing-rate" => self.missing.rate = number()?,
            "missing-from" => {
                self.missing.taken_from =
                    choice(value).ok_or_else(|| wrong("`random`, `popular` or `unpopular`"))?;
            }
            "missing-side" => {
                self.missing.side = choice(value).ok_or_else(|| wrong("`both`, `train` or `test`"))?;
            }
            "missing-dropout" => self.missing.dropout = number()?,
            "missing-modalities" => self.missing.modalities = Some(list().map(Into::into).collect()),
            "placebo" => {
                self.placebo = choice(value).ok_or_else(|| wrong("`none`, `shuffled` or `noise`"))?;
            }
            "seed" => self.seed = whole()?,
            "epochs" => self.training.epochs = whole()?,
            "batch-size" => self.training.batch_size = whole()?,
            "evaluate-every" => self.training.evaluate_every = whole()?,
            "patience" => self.training.patience = whole()?,
            "selection" => self.training.selection = value.into(),
            "candidates" => {
                self.protocol.candidates = choice(value).ok_or_else(|| wrong("`train-items` or `all`"))?;
            }
            "mask-validation" => {
                self.protocol.mask_validation = value.parse().map_err(|_| wrong("`true` or `false`"))?;
            }
            "split" => {
                self.protocol.split =
                    choice(value).ok_or_else(|| wrong("`bundle`, `random`, `temporal` or `cold-items`"))?;
            }
            "cutoffs" => {
                self.protocol.cutoffs = list()
                    .map(|cutoff| cutoff.parse().map_err(|_| wrong("whole numbers, as in `10,20`")))
                    .collect::<Result<_, _>>()?;
            }
            _ => {
                let system = System::named(&self.system)
                    .ok_or_else(|| SpecError::UnknownSystem(self.system.clone()))?;
                let description = system.description();
                if description.axes.iter().any(|axis| axis.name == key) {
                    return self.answer(key, value);
                }
                let hyper_parameters = description.hyper_parameters;
                if !hyper_parameters.iter().any(|known| known.name == key) {
                    let fields = [
                        "variant",
                        "modalities",
                        "modality-weights",
                        "missing-policy",
                        "missing-rate",
                        "missing-from",
                        "missing-modalities",
                        "missing-side",
                        "missing-dropout",
                        "placebo",
                        "seed",
                        "epochs",
                        "batch-size",
                        "evaluate-every",
                        "patience",
                        "selection",
                        "candidates",
                        "mask-validation",
                        "split",
                        "cutoffs",
                    ];
                    let axes = description.axes.iter().map(|axis| axis.name);
                    let design = ["design", "roles-of", "extraction-of"].into_iter();
                    let design = design.filter(|_| !description.axes.is_empty());
                    let known = hyper_parameters.iter().map(|known| known.name);
                    let known = known.chain(design).chain(axes).chain(fields);
                    return Err(SpecError::UnknownKey { key: key.into(), known: names(known) });
                }
                self.hyper_parameters.insert(key.into(), number()?);
            }
        }
        Ok(())
    }

    /// Starts from the design of a system that is one, with its hyper-parameters and weights where none are given.
    fn take_design(&mut self, system: &SystemDescription) {
        self.design.clone_from(&system.design);
        for known in system.hyper_parameters {
            self.hyper_parameters.entry(known.name.into()).or_insert(known.default);
        }
        for &(name, weight) in system.modality_weights.unwrap_or_default() {
            self.modality_weights.get_or_insert_default().entry(name.into()).or_insert(weight);
        }
    }

    /// Answers one question of the design from text; answers that can be several are joined by commas.
    fn answer(&mut self, axis: &str, value: &str) -> Result<(), SpecError> {
        use serde_json::Value;
        let axis = Design::AXES.into_iter().find(|known| known.name == axis);
        let Some(Axis { name, choices, several, .. }) = axis else { return Ok(()) };
        let listed = value.split(',').map(str::trim).filter(|choice| !choice.is_empty());
        let answer = match (choices, several) {
            ([], _) => value.parse().map_or_else(|_| Value::String(value.into()), Value::Bool),
            (_, true) => listed.map(Value::from).collect(),
            (_, false) => Value::from(value),
        };
        let design = self.design.take().unwrap_or_default();
        let changed = serde_json::to_value(&design).and_then(|mut fields| {
            fields[name] = answer;
            serde_json::from_value(fields)
        });
        // As it was, when the answer is none.
        self.design = Some(changed.as_ref().map_or(design, Design::clone));
        changed.map(|_| ()).map_err(|_| SpecError::OutOfRange {
            field: format!("design.{name}"),
            value: format!("`{value}`"),
            allowed: match choices {
                [] => "`true` or `false`".into(),
                _ => format!(
                    "{} {}",
                    if several { "some of" } else { "one of" },
                    names(choices.iter().map(|known| known.name))
                ),
            },
        })
    }

    /// The hyper-parameters that do something.
    pub(crate) fn settable(&self, system: System) -> impl Iterator<Item = &'static HyperParameter> {
        let known = system.description().hyper_parameters.iter();
        known.filter(|known| self.design.as_ref().is_none_or(|design| design.uses(known.name)))
    }

    pub(crate) fn uses_content(&self, system: System) -> bool {
        system.description().uses_content
            && self.design.as_ref().is_none_or(|design| !design.roles.is_empty())
    }

    /// Completes the specification with defaults and refuses what cannot be run.
    pub fn check(mut self) -> Result<CheckedSpec, SpecError> {
        let system =
            System::named(&self.system).ok_or_else(|| SpecError::UnknownSystem(self.system.clone()))?;
        let description = system.description();
        if !description.variants.contains(&self.variant) {
            return Err(SpecError::UnknownVariant(description.title));
        }
        match (&mut self.design, system) {
            (design, System::Composed) => {
                let design = design.get_or_insert_default();
                design.roles_of = design.roles_of.take().filter(|of| !of.is_empty());
                design.extraction_of = design.extraction_of.take().filter(|of| !of.is_empty());
                design.check()?;
            }
            (Some(_), _) => return Err(SpecError::NoDesign(description.title)),
            (None, _) => {}
        }
        let hyper_parameters: Vec<_> = self.settable(system).collect();
        if let Some(name) =
            self.hyper_parameters.keys().find(|&name| hyper_parameters.iter().all(|known| known.name != name))
        {
            return Err(SpecError::UnknownHyperParameter {
                name: name.clone(),
                system: description.title,
                known: names(hyper_parameters.iter().map(|known| known.name)),
            });
        }
        for known in hyper_parameters {
            let value = *self.hyper_parameters.entry(known.name.into()).or_insert(known.default);
            let whole = !known.integer || value.fract() == 0.0;
            if !(known.minimum..=known.maximum).contains(&value) || !whole {
                let kind = if known.integer { "a whole number" } else { "a number" };
                return Err(SpecError::OutOfRange {
                    field: format!("hyper-parameters.{}", known.name),
                    value: value.to_string(),
                    allowed: format!("{kind} from {} to {}", known.minimum, known.maximum),
                });
            }
        }
        let weighed = self.design.as_ref().is_none_or(Design::weighs_modalities);
        match description.modality_weights.filter(|_| weighed) {
            None if self.modality_weights.is_some() => return Err(SpecError::NoWeights(description.title)),
            None => {}
            Some(defaults) => {
                let weights = self.modality_weights.get_or_insert_default();
                for &(name, weight) in defaults {
                    weights.entry(name.into()).or_insert(weight);
                }
            }
        }
        if let Some((name, weight)) =
            self.modality_weights.iter().flatten().find(|(_, weight)| !(0.0..=1.0).contains(*weight))
        {
            return Err(SpecError::OutOfRange {
                field: format!("modality-weights.{name}"),
                value: weight.to_string(),
                allowed: "a number from 0 to 1".into(),
            });
        }
        if !self.uses_content(system) && !self.missing.is_default() {
            return Err(SpecError::NothingToMiss(description.title));
        }
        if !self.uses_content(system) && !self.placebo.is_none() {
            return Err(SpecError::NothingToReplace(description.title));
        }
        if !(0.0..=1.0).contains(&self.missing.rate) {
            return Err(SpecError::OutOfRange {
                field: "missing.rate".into(),
                value: self.missing.rate.to_string(),
                allowed: "a number from 0 to 1".into(),
            });
        }
        if !(0.0..=0.9).contains(&self.missing.dropout) {
            return Err(SpecError::OutOfRange {
                field: "missing.dropout".into(),
                value: self.missing.dropout.to_string(),
                allowed: "a number from 0 to 0.9".into(),
            });
        }
        if self.missing.dropout > 0.0 && self.missing.policy == MissingPolicy::Drop {
            return Err(SpecError::DropoutOfDropped);
        }
        if !description.trained {
            self.training.epochs = 0;
        } else {
            in_range("training.epochs", self.training.epochs, 1, 100_000)?;
        }
        in_range("training.batch-size", self.training.batch_size, 1, 1 << 20)?;
        in_range("training.evaluate-every", self.training.evaluate_every, 1, 100_000)?;
        if let Some(digest) = &self.dataset.digest
            && !(DIGEST_DIGITS.contains(&digest.len())
                && digest.bytes().all(|digit| digit.is_ascii_hexdigit()))
        {
            return Err(SpecError::OutOfRange {
                field: "dataset.digest".into(),
                value: format!("`{digest}`"),
                allowed: "the first 16 to 64 hexadecimal digits of a digest".into(),
            });
        }
        if self.protocol.cutoffs.is_empty() {
            return Err(SpecError::OutOfRange {
                field: "protocol.cutoffs".into(),
                value: "empty".into(),
                allowed: "at least one list length".into(),
            });
        }
        for &cutoff in &self.protocol.cutoffs {
            in_range("protocol.cutoffs", cutoff, 1, LONGEST_LIST)?;
        }
        self.protocol.cutoffs.sort_unstable();
        self.protocol.cutoffs.dedup();
        if let Some(modalities) = &self.modalities {
            let mut seen = BTreeSet::new();
            if let Some(twice) = modalities.iter().find(|name| !seen.insert(name.as_str())) {
                return Err(SpecError::RepeatedModality(twice.clone()));
            }
            if let Some(design) = &self.design {
                design.check_modalities(modalities)?;
            }
        }
        let selection = selection(&self.training.selection)
            .ok_or_else(|| SpecError::UnknownSelection(self.training.selection.clone()))?;
        Ok(CheckedSpec { spec: self, system, selection })
    }
}

/// What entries as `visual:0.1` say of modalities, by their names; nothing when one says something else.
fn by_modality<'a, T>(
    entries: impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<BTreeMap<String, T>> {
    let entry = |entry: &str| {
        let (name, value) = entry.split_once(':')?;
        Some((name.trim().to_string(), read(value.trim())?))
    };
    entries.map(entry).collect()
}

fn in_range(field: &str, value: u32, minimum: u32, maximum: u32) -> Result<(), SpecError> {
    if (minimum..=maximum).contains(&value) {
        return Ok(());
    }
    Err(SpecError::OutOfRange {
        field: field.into(),
        value: value.to_string(),
        allowed: format!("a whole number from {minimum} to {maximum}"),
    })
}

fn selection(text: &str) -> Option<(String, u32)> {
    let (metric, cutoff) = text.split_once('@')?;
    let cutoff = cutoff.parse().ok().filter(|cutoff| (1..=LONGEST_LIST).contains(cutoff))?;
    SELECTION_METRICS.contains(&metric).then(|| (metric.into(), cutoff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_filled_in() {
        let spec = RunSpec::of("vbpr").check().unwrap();
        assert_eq!(spec.count("factors"), 64);
        assert_eq!(spec.selection, ("recall".into(), 20));
        assert_eq!(spec.list_length(), 20);
    }

    #[test]
    fn every_default_lies_in_its_own_range() {
        for system in System::ALL {
            RunSpec::of(system.description().name).check().unwrap();
        }
    }

    #[test]
    fn unknown_fields_and_values_are_named() {
        let error = RunSpec::from_json(r#"{"system": "vbpr", "sed": 1}"#).unwrap_err();
        assert!(error.to_string().contains("sed"), "{error}");
        let error = RunSpec::of("vpbr").check().unwrap_err();
        assert!(error.to_string().contains("`vpbr`") && error.to_string().contains("`vbpr`"), "{error}");
        let mut spec = RunSpec::of("vbpr");
        spec.set("learning-rate", "2").unwrap();
        assert_eq!(spec.check().unwrap_err().field(), Some("hyper-parameters.learning-rate"));
        let mut spec = RunSpec::of("vbpr");
        spec.set("factors", "2.5").unwrap();
        assert!(spec.check().unwrap_err().to_string().contains("whole"));
        assert!(RunSpec::of("vbpr").set("layers", "2").unwrap_err().to_string().contains("`factors`"));
    }

    #[test]
    fn modalities_that_are_extracted_in_their_own_way_are_used_ones() {
        let mut spec = RunSpec::of("composed");
        spec.set("extraction-of", "visual:end-to-end, textual:frozen").unwrap();
        let design = spec.design.clone().unwrap();
        let of = |name| design.extraction_of(name);
        assert_eq!(
            [of("visual"), of("textual"), of("audio")],
            [Extraction::EndToEnd, Extraction::Frozen, Extraction::Frozen]
        );
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(RunSpec::from_json(&json).unwrap(), spec);
        let modalities = BTreeSet::from(["visual".to_string()]);
        let error = spec.check().unwrap().about("office", "d", &modalities).unwrap_err();
        assert_eq!(error.field(), Some("design.extraction-of"));
        // Nothing is said where nothing is named.
        let mut silent = RunSpec::of("composed");
        silent.design = Some(Design { extraction_of: Some(BTreeMap::new()), ..Design::DEFAULT });
        let silent = serde_json::to_value(&*silent.check().unwrap()).unwrap();
        assert!(silent["design"].get("extraction-of").is_none());
    }

    #[test]
    fn modalities_have_some_of_the_roles_each_and_all_of_them_together() {
        let design = |roles_of: &str| {
            let mut spec = RunSpec::of("composed");
            for (key, value) in [
                ("roles", "scoring,edge-weights,loss-only"),
                ("roles-of", roles_of),
                ("representation", "coordinate"),
                ("item-item-graph", "frozen"),
            ] {
                spec.set(key, value).unwrap();
            }
            spec
        };
        let told = "visual:edge-weights+scoring, textual:loss-only";
        let spec = design(told);
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(RunSpec::from_json(&json).unwrap(), spec);
        let modalities = BTreeSet::from(["textual", "visual"].map(String::from));
        spec.check().unwrap().about("office", "d", &modalities).unwrap();
        let refused = |roles_of: &str| match design(roles_of).check() {
            Err(error) => error,
            Ok(spec) => spec.about("office", "d", &modalities).unwrap_err(),
        };
        for (roles_of, reason) in [
            ("visual:auxiliary-loss", Inadmissible::OtherRoles),
            ("visual:scoring+scoring", Inadmissible::OtherRoles),
            ("visual:loss-only+scoring", Inadmissible::LossOnlyAndMore),
            ("visual:scoring", Inadmissible::LossOnlyAndMore),
            ("visual:scoring,textual:loss-only", Inadmissible::RoleOfNone),
        ] {
            assert_eq!(refused(roles_of), SpecError::Inadmissible(reason), "{roles_of}");
        }
        assert_eq!(
            refused("visual:edge-weights+scoring,textual:loss-only,sound:scoring").field(),
            Some("design.roles-of")
        );
        let error = RunSpec::of("composed").set("roles-of", "visual:decoration").unwrap_err();
        assert!(error.to_string().contains("`loss-only`"), "{error}");
        let mut joint = design(told);
        joint.set("representation", "joint").unwrap();
        assert_eq!(joint.check().unwrap_err(), SpecError::Inadmissible(Inadmissible::JointRoles));
        // What is scored is one modality here, and nothing to fuse.
        let mut fused = design(told);
        fused.set("when", "late").unwrap();
        fused.set("operator", "sum").unwrap();
        let error = fused.check().unwrap().about("office", "d", &modalities).unwrap_err();
        assert_eq!(error, SpecError::Inadmissible(Inadmissible::FusedAlone));
    }

    #[test]
    fn not_a_number_is_out_of_range() {
        let mut spec = RunSpec::of("bpr-mf");
        spec.hyper_parameters.insert("learning-rate".into(), f64::NAN);
        assert!(matches!(spec.check(), Err(SpecError::OutOfRange { .. })));
    }

    #[test]
    fn the_data_decide_the_modalities() {
        let modalities = BTreeSet::from(["textual".to_string()]);
        let spec = RunSpec::of("vbpr").check().unwrap().about("office", "d", &modalities).unwrap();
        assert_eq!(spec.modalities.as_deref(), Some(&["textual".to_string()][..]));
        let mut spec = RunSpec::of("vbpr");
        spec.set("modalities", "visual").unwrap();
        let error = spec.check().unwrap().about("office", "d", &modalities).unwrap_err();
        assert!(error.to_string().contains("`visual`") && error.to_string().contains("`textual`"), "{error}");
    }
}
