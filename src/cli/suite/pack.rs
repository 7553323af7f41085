use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::super::{CliError, files};
use crate::train::Receipt;

/// All receipts of a suite by the names of their runs, as one file: JSON, a line each, packed. Receipts are alike, so hundreds of
/// them take no more room than a few; this is how they are kept in a repository.
pub type Pack = BTreeMap<String, Receipt>;

/// The name that such files have.
pub const FILE: &str = "receipts.jsonl.gz";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<R> {
    name: String,
    receipt: R,
}

/// Reads a packed file; nothing is in one that is not there.
pub fn read(path: &Path) -> Result<Pack, CliError> {
    if !path.exists() {
        return Ok(Pack::new());
    }
    let bytes = files::read(path)?;
    let wrong = |nth: usize, why: &dyn std::fmt::Display| CliError::Syntax {
        path: path.into(),
        message: format!("line {}: this is no packed receipt: {why}", nth + 1),
    };
    let lines = BufReader::new(GzDecoder::new(bytes.as_slice())).lines().enumerate();
    let receipt = |(nth, line): (usize, std::io::Result<String>)| {
        let line = line.map_err(|error| wrong(nth, &error))?;
        let Line { name, receipt } = serde_json::from_str(&line).map_err(|error| wrong(nth, &error))?;
        Ok((name, receipt))
    };
    lines.map(receipt).collect()
}

/// Writes a packed file: the same bytes for the same receipts.
pub fn write(path: &Path, pack: &Pack) -> Result<(), CliError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let output = |error: std::io::Error| CliError::Write { path: path.into(), source: error };
    for (name, receipt) in pack {
        let line = Line { name: name.clone(), receipt };
        let line = serde_json::to_string(&line).map_err(|error| output(error.into()))?;
        writeln!(encoder, "{line}").map_err(output)?;
    }
    files::write(path, &encoder.finish().map_err(output)?)
}
