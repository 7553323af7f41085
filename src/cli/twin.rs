use std::path::PathBuf;

use clap::Args;

use super::{CliError, files, inspect, output};
use crate::data::{DatasetSummary, twins, write_bundle};

#[derive(Args)]
pub struct Arguments {
    /// The recipe, a TOML file as in datasets-small/.
    recipe: PathBuf,
    /// The bundle to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let path = &arguments.recipe;
    let recipe: twins::Recipe = files::read_toml(path)?;
    let dataset =
        twins::generate(&recipe).map_err(|source| CliError::Recipe { path: path.clone(), source })?;
    files::write(&arguments.output, &write_bundle(&dataset))?;
    let summary = DatasetSummary::of(&dataset);
    if arguments.json { output::print_json(&summary) } else { output::print(&inspect::describe(&summary)) }
}
