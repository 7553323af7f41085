//! Suites: the files around a plan, and one process a run.

pub mod pack;
mod progress;
mod receipts;
mod runner;
pub mod worker;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

use clap::Args;

use self::progress::Progress;
use self::receipts::Receipts;
use self::runner::Runner;
use super::{CliError, dataset, files, lists, output};
use crate::bench::suite::{Comparisons, Plan, Results, Run, Suite, Table};
use crate::data::{Dataset, bundle_digest};
use crate::train::DatasetName;

/// Exit status of a suite that is done but for runs that failed.
const RUNS_FAILED: u8 = 4;

#[derive(Args)]
pub struct Arguments {
    /// The suite, a TOML file as in suites/.
    suite: PathBuf,
    /// The folder for receipts and table; the suite's file without its ending when absent.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// A bundle file in place of the suite's.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    /// Runs at a time, one process each; the number of cores when absent.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Use receipts of other versions of the program as they are, in place of making their runs again.
    #[arg(long)]
    keep: bool,
    /// Put all receipts into one packed file when the suite is done.
    #[arg(long)]
    pack: bool,
    /// Print the table as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let suite: Suite = files::read_toml(&arguments.suite)?;
    let beside = |name: &String| arguments.suite.parent().unwrap_or(Path::new("")).join(name);
    let bundle = arguments.dataset.clone().or_else(|| suite.dataset.as_ref().map(beside));
    let dataset = dataset::open(bundle.as_deref())?;
    let plan = plan(&suite, arguments, &dataset)?;
    let folder = arguments.output.clone().unwrap_or_else(|| arguments.suite.with_extension(""));
    let receipts = Receipts::at(&folder, &plan)?;
    let progress = Progress::new();
    let runner = Runner {
        plan: &plan,
        receipts: &receipts,
        program: std::env::current_exe().map_err(CliError::NoProgram)?,
        bundle: bundle.clone(),
        jobs: arguments.jobs.or(available_parallelism().ok()).map_or(1, NonZeroUsize::get),
    };
    let results = runner.run(receipts.find(&plan, arguments.keep, &progress), &progress);
    progress.clear();

    let table = Table::of(&plan, &results);
    let json = serde_json::to_string_pretty(&table).map_err(|error| CliError::Output(error.into()))?;
    let markdown = table.markdown();
    for (name, content) in [("table.json", &json), ("table.md", &markdown), ("table.csv", &table.csv())] {
        files::write(&folder.join(name), content.as_bytes())?;
    }
    output::print(if arguments.json { &json } else { markdown.trim_end() })?;
    if arguments.pack {
        receipts.pack(&plan, &results)?;
    }
    if plan.asks() {
        compare(&plan, &results, &dataset, &receipts, &folder)?;
    }
    Ok(match table.failures().next() {
        None => ExitCode::SUCCESS,
        Some(_) => ExitCode::from(RUNS_FAILED),
    })
}

/// Answers the suite's questions, where there are the lists for it.
fn compare(
    plan: &Plan,
    results: &Results,
    dataset: &Dataset,
    receipts: &Receipts,
    folder: &Path,
) -> Result<(), CliError> {
    let lists = |run: &Run| lists::read(&receipts.lists(run), dataset).ok().map(|foreign| foreign.lists);
    let comparisons = match Comparisons::of(plan, results, dataset, lists) {
        Ok(comparisons) => comparisons,
        Err(why) => {
            eprintln!("no comparisons: {why}");
            return Ok(());
        }
    };
    let json = serde_json::to_string_pretty(&comparisons).map_err(|error| CliError::Output(error.into()))?;
    let markdown = comparisons.markdown();
    for (name, content) in [("comparisons.json", &json), ("comparisons.md", &markdown)] {
        files::write(&folder.join(name), content.as_bytes())?;
    }
    eprintln!("comparisons are in {}", folder.join("comparisons.md").display());
    Ok(())
}

/// The suite on its data, which each run opens for itself later.
fn plan(suite: &Suite, arguments: &Arguments, dataset: &Dataset) -> Result<Plan, CliError> {
    let name = DatasetName { name: dataset.name.clone(), digest: bundle_digest(dataset) };
    let modalities: Vec<String> = dataset.modalities.keys().cloned().collect();
    suite.plan(name, &modalities).map_err(|source| CliError::Suite { path: arguments.suite.clone(), source })
}
