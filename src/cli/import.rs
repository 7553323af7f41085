use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, files, inspect, output};
use crate::data::import::{DiskFolder, Folder, ImportError, Imported, elliot, mmrec};
use crate::data::{
    Dataset, DatasetSummary, Precision, Reduction, Subsample, reduce, subsample, write_bundle,
};

/// The seed of the randomised singular value decomposition: fixed, so that an import gives the same bytes.
const REDUCTION_SEED: u32 = 1;

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
    /// Draw users, then keep only the core, as in `users=1000,core=5,seed=1`.
    #[arg(long, value_name = "SPEC")]
    subsample: Option<Subsample>,
    /// Project features on their first principal components, as in `visual=128,text=128`.
    #[arg(long, value_name = "SPEC")]
    reduce: Option<Reduction>,
    /// How features are kept.
    #[arg(long, value_enum, default_value = "f32")]
    precision: Bits,
    #[arg(long)]
    json: bool,
}

/// Whose layout the folder has.
#[derive(Clone, Copy, ValueEnum)]
enum Layout {
    Elliot,
    Mmrec,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bits {
    F16,
    F32,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Imported { dataset, mut notes } = read(arguments)?;
    let dataset = prepare(dataset, arguments, &mut notes)?;
    files::write(&arguments.output, &write_bundle(&dataset))?;
    for note in notes {
        eprintln!("{note}");
    }
    let summary = DatasetSummary::of(&dataset);
    if arguments.json { output::print_json(&summary) } else { output::print(&inspect::describe(&summary)) }
}

fn read(arguments: &Arguments) -> Result<Imported, ImportError> {
    type Importer = fn(&dyn Folder, &str) -> Result<Imported, ImportError>;
    let importer: Importer = match arguments.layout {
        Layout::Elliot => elliot::import,
        Layout::Mmrec => mmrec::import,
    };
    let folder_name =
        |path: &Path| Some(path.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned());
    let folder = || folder_name(&arguments.path).unwrap_or_else(|| "imported".into());
    let name = arguments.name.clone().unwrap_or_else(folder);
    importer(&DiskFolder::open(&arguments.path)?, &name)
}

fn prepare(
    mut dataset: Dataset,
    arguments: &Arguments,
    notes: &mut Vec<String>,
) -> Result<Dataset, CliError> {
    if let Some(wanted) = &arguments.subsample {
        dataset = subsample(&dataset, wanted)?;
    }
    if let Some(wanted) = &arguments.reduce {
        let reduced = reduce(&dataset, wanted, REDUCTION_SEED)?;
        for (modality, share) in reduced.explained {
            notes.push(format!("{modality}: {:.1} % of the variance is kept", 100.0 * share));
        }
        dataset = reduced.dataset;
    }
    let precision = match arguments.precision {
        Bits::F16 => Precision::F16,
        Bits::F32 => Precision::F32,
    };
    Ok(dataset.at_precision(precision)?)
}
