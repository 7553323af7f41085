use super::error::names;
use super::{Axis, Design, Extraction, Role, RunSpec, SpecError, System, SystemDescription};

impl RunSpec {
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
                let answers = by_modality::<Vec<Role>, _>(list(), roles).ok_or_else(|| {
                    let known = names(Role::CHOICES.iter().map(|known| known.name));
                    wrong(&format!("as in `visual:edge-weights,textual:scoring+auxiliary-loss`, of {known}"))
                })?;
                self.design.get_or_insert_default().roles_of = Some(answers);
            }
            "extraction-of" => {
                let answers = by_modality::<Extraction, _>(list(), choice).ok_or_else(|| {
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

    /// Takes out the hyper-parameters and weights that came with another design, the one `before` or a borrowed one, and are of no use
    /// to this one. What is `chosen` by name stays, and so does what was of no use already: to be refused.
    pub fn forget_unused(&mut self, before: &RunSpec, chosen: impl Fn(&str) -> bool) {
        let Some(design) = &self.design else { return };
        let used = |use_of: &dyn Fn(&Design) -> bool| before.design.as_ref().is_some_and(use_of);
        self.hyper_parameters.retain(|name, _| {
            let given = before.hyper_parameters.contains_key(name) && !used(&|design| design.uses(name));
            design.uses(name) || chosen(name) || given
        });
        let given = before.modality_weights.is_some() && !used(&Design::weighs_modalities);
        if !design.weighs_modalities() && !chosen("modality-weights") && !given {
            self.modality_weights = None;
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
}

/// What entries as `visual:0.1` say of modalities, by their names; nothing when one says something else.
fn by_modality<'a, T, C: FromIterator<(String, T)>>(
    entries: impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<C> {
    let entry = |entry: &str| {
        let (name, value) = entry.split_once(':')?;
        Some((name.trim().to_string(), read(value.trim())?))
    };
    entries.map(entry).collect()
}
