use std::path::PathBuf;

use clap::Args;

use super::run::{Choice, to_the_end};
use super::{CliError, dataset, files, lists, output, spec};
use crate::bench::{Shared, encode};

#[derive(Args)]
pub struct Arguments {
    /// A system's name, a specification or receipt file (TOML or JSON), or a link.
    spec: String,
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "cpu")]
    backend: Choice,
    /// Change one field, as `seed=1`, `learning-rate=0.01` or `modalities=textual`.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Write the receipt to this file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write all users' lists to this file: user, item and score, tab separated.
    #[arg(long, value_name = "FILE")]
    recs: Option<PathBuf>,
    /// Write what was learned to this file: every parameter by name, in safetensors' layout.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Print the receipt as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let spec = spec::read(&arguments.spec, &arguments.set)?;
    let dataset = dataset::open(arguments.dataset.as_deref())?;
    let draft = |path: &Option<PathBuf>| path.as_deref().map(files::Draft::at).transpose();
    let (receipt_file, lists_file) = (draft(&arguments.output)?, draft(&arguments.recs)?);
    let weights_file = draft(&arguments.weights)?;
    let (run, receipt) = to_the_end(spec, dataset, arguments.backend)?;
    if let Some(file) = receipt_file {
        let json = serde_json::to_string_pretty(&receipt).map_err(|error| CliError::Output(error.into()))?;
        file.finish(json.as_bytes())?;
    }
    if let Some(file) = lists_file {
        file.finish(lists::text(run.dataset(), &pollster::block_on(run.lists())?).as_bytes())?;
    }
    if let Some(file) = weights_file {
        file.finish(&pollster::block_on(run.weights())?)?;
    }
    if arguments.json {
        return output::print_json(&receipt);
    }
    let provenance = &run.dataset().provenance;
    let synthetic = if provenance.synthetic { ", synthetic" } else { "" };
    let title = run.spec().system.description().title;
    output::print(&format!(
        "{title} on {}{synthetic}, seed {}, best epoch {}, {:.2} s an epoch on the {}\n",
        receipt.dataset.name,
        receipt.spec.seed,
        receipt.best_epoch,
        receipt.timing.seconds_per_epoch,
        receipt.backend.kind,
    ))?;
    for (modality, share) in receipt.coverage.iter().flatten().filter(|(_, share)| **share < 1.0) {
        output::print(&format!("{:.1} % of the items have the modality {modality}", 100.0 * share))?;
    }
    for (modality, share) in receipt.training_coverage.iter().flatten() {
        output::print(&format!(
            "In training {:.1} % of the items had the modality {modality}",
            100.0 * share
        ))?;
    }
    output::print(&format!("Test\n{}\n", output::metrics(&receipt.metrics.test)))?;
    output::print(&format!("Link: {}", encode(&Shared::of(&receipt))?))
}
