use std::collections::BTreeSet;

use super::error::names;
use super::{
    CheckedSpec, Design, HyperParameter, MissingPolicy, RunSpec, SpecError, System, SystemDescription,
};

/// The longest list that may be asked for.
const LONGEST_LIST: u32 = 1000;

/// A specification may name data by the beginning of their digest, as links do.
const DIGEST_DIGITS: std::ops::RangeInclusive<usize> = 16..=64;

/// Metrics that may select the epoch: those for which more is better for the user.
pub const SELECTION_METRICS: [&str; 8] =
    ["recall", "ndcg", "ndcg-binary", "precision", "hit-rate", "mrr", "map", "f1"];

impl RunSpec {
    /// The hyper-parameters that do something.
    pub(crate) fn settable(&self, system: System) -> impl Iterator<Item = &'static HyperParameter> {
        let known = system.description().hyper_parameters.iter();
        known.filter(|known| self.design.as_ref().is_none_or(|design| design.uses(known.name)))
    }

    pub(crate) fn uses_content(&self, system: System) -> bool {
        system.description().uses_content
            && self.design.as_ref().is_none_or(|design| !design.roles.is_empty())
    }

    /// Refuses learning rates that the system's own could not be, and epochs that do not rise.
    fn check_learning_rates(&self, description: &SystemDescription) -> Result<(), SpecError> {
        let own = description.hyper_parameters.iter().find(|known| known.name == "learning-rate");
        let range = own.map_or(0.0..=0.0, |own| own.minimum..=own.maximum);
        let mut before = 0;
        for change in &self.training.learning_rate_from {
            if !range.contains(&change.rate) || change.epoch <= before {
                return Err(SpecError::OutOfRange {
                    field: "training.learning-rate-from".into(),
                    value: format!("{} from epoch {} on", change.rate, change.epoch),
                    allowed: match own {
                        None => format!("empty, because {} learns nothing", description.title),
                        Some(_) => format!(
                            "rates from {} to {}, by rising epoch from 1 on",
                            range.start(),
                            range.end()
                        ),
                    },
                });
            }
            before = change.epoch;
        }
        Ok(())
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
        self.check_learning_rates(description)?;
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
    use super::super::{Extraction, Inadmissible};
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
        let modalities = ["visual".to_string()];
        let error = spec.check().unwrap().about("office", "d", &modalities).unwrap_err();
        assert_eq!(error.field(), Some("design.extraction-of"));
        // Nothing is said where nothing is named.
        let mut silent = RunSpec::of("composed");
        silent.design = Some(Design { extraction_of: Some([].into_iter().collect()), ..Design::DEFAULT });
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
        let modalities = ["textual", "visual"].map(String::from);
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
        let modalities = ["textual".to_string()];
        let spec = RunSpec::of("vbpr").check().unwrap().about("office", "d", &modalities).unwrap();
        assert_eq!(spec.modalities.as_deref(), Some(&["textual".to_string()][..]));
        let mut spec = RunSpec::of("vbpr");
        spec.set("modalities", "visual").unwrap();
        let error = spec.check().unwrap().about("office", "d", &modalities).unwrap_err();
        assert!(error.to_string().contains("`visual`") && error.to_string().contains("`textual`"), "{error}");
    }
}
