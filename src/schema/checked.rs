use std::ops::Deref;

use super::error::names;
use super::{Design, LearningRate, MissingPolicy, RunSpec, SpecError, System};

/// A specification that can be run: complete, known names only, every number in its range.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedSpec {
    pub(super) spec: RunSpec,
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
        let changes = self.training.learning_rate_from.iter().rev();
        let changed = { changes }.find(|change| change.epoch <= epoch + 1).map(|change| change.rate);
        let rate = changed.unwrap_or_else(|| self.hyper_parameter("learning-rate"));
        rate * libm::pow(decay, f64::from(epoch) / 50.0)
    }

    /// Another learning rate from an epoch on, which is counted from 1. Later changes are forgotten.
    pub fn change_learning_rate(&mut self, epoch: u32, rate: f64) -> Result<(), SpecError> {
        let mut spec = self.spec.clone();
        let changes = &mut spec.training.learning_rate_from;
        changes.retain(|change| change.epoch < epoch);
        changes.push(LearningRate { epoch, rate });
        *self = spec.check()?;
        Ok(())
    }

    /// What each chosen modality weighs, in their order; the sum is 1. A modality without a weight of its own gets an
    /// equal share, 1 / number of modalities, before all are divided by their sum.
    pub fn modality_weights(&self) -> Vec<f64> {
        self.weights_of(&self.spec.modalities.iter().flatten().map(String::as_str).collect::<Vec<_>>())
    }

    /// The same for some of them, as if there were no others.
    pub fn weights_of(&self, modalities: &[&str]) -> Vec<f64> {
        let share = 1.0 / modalities.len().max(1) as f64;
        let weight = |name: &str| self.spec.modality_weights.as_ref()?.get(name).copied();
        let weights: Vec<f64> = modalities.iter().map(|name| weight(name).unwrap_or(share)).collect();
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| if sum > 0.0 { weight / sum } else { share }).collect()
    }

    /// The longest list that the protocol needs; never under 20, which the lists' digest covers.
    pub fn list_length(&self) -> usize {
        let longest = self.spec.protocol.cutoffs.iter().copied().max().unwrap_or(0);
        longest.max(self.selection.1).max(20) as usize
    }

    /// Fixes the modalities and the data the run is about, and checks that they fit.
    pub fn about(mut self, name: &str, digest: &str, modalities: &[String]) -> Result<Self, SpecError> {
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
            None => modalities.to_vec(),
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
