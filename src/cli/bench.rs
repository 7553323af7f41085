use std::path::PathBuf;

use clap::Args;

use super::run::{Choice, host};
use super::{CliError, dataset, output};
use crate::bench::{time_evaluation, time_steps};
use crate::schema::RunSpec;

#[derive(Args)]
pub struct Arguments {
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
}

/// One JSON object a line.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let dataset = dataset::open(arguments.dataset.as_deref())?;
    let host = host(Choice::Cpu, &RunSpec::of("vbpr"))?;
    for time in pollster::block_on(time_steps(&dataset, &host))? {
        let line = serde_json::to_string(&time).map_err(|error| CliError::Output(error.into()))?;
        output::print(&line)?;
    }
    let seconds = pollster::block_on(time_evaluation(&dataset, &host))?;
    output::print(&format!(r#"{{"model":"evaluation","seconds":{seconds}}}"#))
}
