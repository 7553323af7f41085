use std::path::PathBuf;

use clap::Args;

use super::preparation::Preparation;
use super::{CliError, tables};
use crate::data::import::Layout;

#[derive(Args)]
pub struct Arguments {
    #[arg(value_enum)]
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
    #[command(flatten)]
    tables: tables::Arguments,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Arguments { layout, path, output, name, preparation, tables, json } = arguments;
    let folder_name = || Some(path.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned());
    let name = name.clone().or_else(folder_name).unwrap_or_else(|| "imported".into());
    let tables = tables.of(*layout)?;
    preparation.write(preparation.read(*layout, path, &name, tables)?, output, *json)
}
