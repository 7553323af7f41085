use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use super::{CliError, files, inspect, output};
use crate::data::import::{
    DiskFolder, Folder, ImportError, Imported, Progress, Raw, amazon_2014, amazon_2023, ducho, elliot, mmrec,
    movielens,
};
use crate::data::{
    Dataset, DatasetSummary, Precision, Reduction, Subsample, reduce, subsample, write_bundle,
};
use crate::schema::Split;

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
    /// For amazon-2014, amazon-2023 and movielens: interactions that every user and item must have with those that stay;
    /// 5 when absent, 1 keeps all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    core: Option<u32>,
    /// For the same layouts: how they are split; at random when absent.
    #[arg(long, value_enum)]
    split: Option<Shares>,
    /// For the same layouts: the seed of the split; 1 when absent.
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
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
    Ducho,
    #[value(name = "amazon-2014")]
    Amazon2014,
    #[value(name = "amazon-2023")]
    Amazon2023,
    Movielens,
}

/// What each user's interactions, or the items, are shared out by.
#[derive(Clone, Copy, ValueEnum)]
enum Shares {
    Random,
    Temporal,
    ColdItems,
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

fn read(arguments: &Arguments) -> Result<Imported, CliError> {
    type WithParts = fn(&dyn Folder, &str) -> Result<Imported, ImportError>;
    type WithoutParts = fn(&dyn Folder, &str, &Raw, &dyn Fn(Progress)) -> Result<Imported, ImportError>;
    let folder_name =
        |path: &Path| Some(path.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned());
    let folder = || folder_name(&arguments.path).unwrap_or_else(|| "imported".into());
    let name = arguments.name.clone().unwrap_or_else(folder);
    let with_parts = |import: WithParts| {
        let Arguments { core, split, seed, .. } = arguments;
        let options = [("--core", core.is_some()), ("--split", split.is_some()), ("--seed", seed.is_some())];
        match options.into_iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(CliError::OwnParts { option }),
            None => Ok(import(&DiskFolder::open(&arguments.path)?, &name)?),
        }
    };
    let without_parts = |import: WithoutParts| {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {percent} %, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let imported = import(&DiskFolder::open(&arguments.path)?, &name, &raw(arguments), &|progress| {
            show(&bar, progress)
        });
        bar.finish_and_clear();
        Ok(imported?)
    };
    match arguments.layout {
        Layout::Elliot => with_parts(elliot::import),
        Layout::Mmrec => with_parts(mmrec::import),
        Layout::Ducho => with_parts(ducho::import),
        Layout::Amazon2014 => without_parts(amazon_2014::import),
        Layout::Amazon2023 => without_parts(amazon_2023::import),
        Layout::Movielens => without_parts(movielens::import),
    }
}

fn raw(arguments: &Arguments) -> Raw {
    let default = Raw::default();
    Raw {
        core: arguments.core.map_or(default.core, |core| core as usize),
        split: match arguments.split {
            None => default.split,
            Some(Shares::Random) => Split::Random,
            Some(Shares::Temporal) => Split::Temporal,
            Some(Shares::ColdItems) => Split::ColdItems,
        },
        seed: arguments.seed.unwrap_or(default.seed),
    }
}

fn show(bar: &ProgressBar, progress: Progress) {
    if bar.prefix() != progress.what {
        bar.set_prefix(progress.what.to_owned());
        bar.set_length(progress.total);
        bar.reset();
    }
    bar.set_position(progress.done);
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
