use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::run::{Choice, to_the_end};
use super::suite::pack;
use super::{CliError, dataset, files, output};
use crate::bench::{self, Outcome};
use crate::schema::RunSpec;
use crate::train::Receipt;

/// Exit status of a reproduction that came out differently.
const DIFFERENT: u8 = 3;

#[derive(Args)]
pub struct Arguments {
    /// A receipt file, a file of packed receipts, or a link.
    source: String,
    /// Which of the packed receipts, by the name of its run; or which of a link's runs, by number.
    #[arg(long, value_name = "NAME")]
    run: Option<String>,
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "cpu")]
    backend: Choice,
    /// Print the verdict as JSON.
    #[arg(long)]
    json: bool,
}

/// What is to be repeated.
enum Original {
    Receipt(Box<Receipt>),
    Link(Box<bench::Shared>),
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let original = read(&arguments.source, arguments.run.as_deref())?;
    let spec: RunSpec = match &original {
        Original::Receipt(receipt) => receipt.spec.clone(),
        Original::Link(shared) => shared.spec.clone(),
    };
    let (_, rerun) = to_the_end(spec, dataset::open(arguments.dataset.as_deref())?, arguments.backend)?;
    let verdict = match &original {
        Original::Receipt(receipt) => bench::on_receipt(receipt, &rerun),
        Original::Link(shared) => match &shared.claim {
            Some(claim) => bench::on_claim(claim, &rerun),
            None => {
                output::print("The link makes no claim; this is what the run came to:\n")?;
                output::print(&output::metrics(&rerun.metrics.test))?;
                return Ok(ExitCode::SUCCESS);
            }
        },
    };
    if arguments.json {
        output::print_json(&verdict)?;
    } else {
        let word = match verdict.verdict {
            Outcome::Identical => "identical",
            Outcome::Agrees => "agrees",
            Outcome::Different => "different",
        };
        let stage = verdict.stage.as_ref().map_or(String::new(), |stage| format!(" ({stage})"));
        output::print(&format!("{word}{stage}: {}", verdict.explanation))?;
    }
    Ok(match verdict.verdict {
        Outcome::Different => ExitCode::from(DIFFERENT),
        Outcome::Identical | Outcome::Agrees => ExitCode::SUCCESS,
    })
}

fn read(source: &str, run: Option<&str>) -> Result<Original, CliError> {
    if source.contains("#v") {
        return Ok(Original::Link(Box::new(bench::decode(source, run)?)));
    }
    let path = Path::new(source);
    if let Some(name) = run {
        let mut packed = pack::read(path)?;
        let receipt = packed.remove(name).ok_or_else(|| CliError::NotPacked {
            path: path.into(),
            name: name.into(),
            count: packed.len(),
            first: packed.keys().next().cloned().unwrap_or_default(),
        })?;
        return Ok(Original::Receipt(Box::new(receipt)));
    }
    let receipt = serde_json::from_str(&files::read_text(path)?).map_err(|error| CliError::Syntax {
        path: path.into(),
        message: format!("this is no receipt: {error}"),
    })?;
    Ok(Original::Receipt(receipt))
}
