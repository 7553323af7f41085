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
    for assignment in set {
        let (key, value) = assignment.split_once('=').ok_or_else(|| CliError::NoValue(assignment.clone()))?;
        spec.set(key.trim(), value.trim())?;
    }
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
