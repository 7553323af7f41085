use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::preparation::{Layout, Preparation};

#[derive(Args)]
pub struct Arguments {
    layout: Layout,
    /// The folder to read.
    path: PathBuf,
    /// The bundle to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The data's name; the folder's when absent.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    preparation: Preparation,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Arguments { layout, path, output, name, preparation, json } = arguments;
    let folder_name = || Some(path.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned());
    let name = name.clone().or_else(folder_name).unwrap_or_else(|| "imported".into());
    preparation.write(preparation.read(*layout, path, &name)?, output, *json)
}
