use std::collections::BTreeSet;
use std::path::Path;

use super::{CliError, files};
use crate::bench;
use crate::schema::{RunSpec, System};
use crate::train::Receipt;

/// A specification from a system's name, a link, or a file: TOML, JSON, or the JSON of a receipt.
pub fn read(source: &str, set: &[String]) -> Result<RunSpec, CliError> {
    let mut spec = if System::named(source).is_some() {
        RunSpec::of(source)
    } else if source.contains("#v") {
        bench::decode(source, None)?.spec
    } else {
        let path = Path::new(source);
        if !path.is_file() {
            return Err(CliError::NoSpec(source.into()));
        }
        parse(path)?
    };
    let before = spec.clone();
    let mut chosen = BTreeSet::new();
    for assignment in set {
        let (key, value) = assignment.split_once('=').ok_or_else(|| CliError::NoValue(assignment.clone()))?;
        spec.set(key.trim(), value.trim())?;
        chosen.insert(key.trim());
    }
    spec.forget_unused(&before, |name| chosen.contains(name));
    Ok(spec)
}

fn parse(path: &Path) -> Result<RunSpec, CliError> {
    let text = files::read_text(path)?;
    if !text.trim_start().starts_with('{') {
        return files::read_toml(path);
    }
    match serde_json::from_str::<Receipt>(&text) {
        Ok(receipt) => Ok(receipt.spec),
        Err(_) => RunSpec::from_json(&text)
            .map_err(|error| CliError::Syntax { path: path.into(), message: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::SpecError;

    fn check(system: &str, set: &str) -> Result<(), SpecError> {
        let set: Vec<String> = set.split_whitespace().map(String::from).collect();
        read(system, &set).unwrap().check().map(|_| ())
    }

    #[test]
    fn the_examples_of_the_documents_go_together() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut examples = 0;
        for document in ["README.md", "docs/schema.md", "docs/models.md", "docs/metrics.md"] {
            let text = std::fs::read_to_string(folder.join(document)).unwrap().replace("\\\n", " ");
            for line in text.lines().map(|line| line.split('#').next().unwrap_or_default()) {
                let words: Vec<&str> = line.split_whitespace().collect();
                let Some(at) = words.iter().position(|&word| word == "train") else { continue };
                let Some(&system) = words.get(at + 1) else { continue };
                if System::named(system).is_none() || !line.contains("fusebox") && !line.contains("cargo") {
                    continue;
                }
                let set: Vec<&str> =
                    words.windows(2).filter(|pair| pair[0] == "--set").map(|pair| pair[1]).collect();
                assert_eq!(check(system, &set.join(" ")), Ok(()), "{document}: {line}");
                examples += 1;
            }
        }
        assert!(examples > 5, "only {examples} examples were found");
    }

    #[test]
    fn what_a_borrowed_design_brought_goes_when_an_answer_makes_it_useless() {
        for set in [
            "design=freedom roles=scoring,edge-weights operator=attention",
            "design=lightgcn user-item-graph=none",
            "design=bm3 regularised=none",
            "design=lattice item-item-graph=none when=never operator=none representation=joint roles=scoring",
        ] {
            assert_eq!(check("composed", set), Ok(()), "{set}");
        }
    }

    #[test]
    fn what_was_chosen_and_is_of_no_use_is_refused() {
        for (set, name) in [
            ("modal-weight=0.1 design=vbpr", "modal-weight"),
            ("design=freedom modal-weight=0.1 roles=scoring,edge-weights operator=attention", "modal-weight"),
            ("layers=2", "layers"),
        ] {
            let refused = check("composed", set).unwrap_err();
            assert!(refused.to_string().contains(&format!("`{name}`")), "{set}: {refused}");
        }
        assert!(matches!(check("composed", "modality-weights=visual:0.1"), Err(SpecError::NoWeights(_))));
    }

    #[test]
    fn what_a_file_says_without_use_is_refused_whatever_else_is_set() {
        let mut spec = RunSpec::of("composed");
        spec.hyper_parameters.insert("layers".into(), 2.0);
        let before = spec.clone();
        spec.set("seed", "2").unwrap();
        spec.forget_unused(&before, |_| false);
        assert!(spec.check().is_err());
    }
}
