//! The command line: arguments in, results on standard output, progress on standard error.

mod bench;
mod dataset;
mod error;
mod evaluate;
mod features;
mod fetch;
mod files;
mod import;
mod inspect;
mod lists;
mod output;
mod preparation;
mod recommend;
mod reproduce;
mod run;
mod schema;
mod sounds;
mod spec;
mod suite;
mod tables;
mod train;
mod twin;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use error::CliError;

/// A bench for multimodal recommendation: which modalities, how represented, when fused.
#[derive(Parser)]
#[command(name = "fusebox", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turn outside data into a bundle.
    Import(Box<import::Arguments>),
    /// Download a public data set and turn it into a bundle; started again, it goes on where it was interrupted.
    Fetch(fetch::Arguments),
    /// Generate a statistical twin from its recipe.
    Twin(twin::Arguments),
    /// Show a bundle's sizes, modalities and digest.
    Inspect(inspect::Arguments),
    /// Extract features from items' pictures, words or sounds, or tell what that costs.
    Features(features::Arguments),
    /// List the systems, or describe one.
    Schema(schema::Arguments),
    /// Train and judge one system.
    Train(train::Arguments),
    /// Judge any system's lists.
    Evaluate(evaluate::Arguments),
    /// Show one user's list.
    Recommend(recommend::Arguments),
    /// Run a receipt or a link again and say whether it holds.
    Reproduce(reproduce::Arguments),
    /// Make many runs and one table of them; started again, it goes on where it was interrupted.
    Suite(suite::Arguments),
    /// Make one run of a suite.
    #[command(hide = true)]
    Work(suite::worker::Arguments),
    /// Time training steps and a full evaluation; `cargo xtask bench` compares them with PyTorch.
    #[command(hide = true)]
    Bench(bench::Arguments),
}

/// Exit status 0 when all went well, 1 when something failed, 2 for wrong arguments (by clap), 3 when a reproduction
/// differs, 4 when a suite is done but for runs that failed.
pub fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Import(arguments) => import::run(&arguments),
        Command::Fetch(arguments) => fetch::run(&arguments),
        Command::Twin(arguments) => twin::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Features(arguments) => features::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Train(arguments) => train::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Recommend(arguments) => recommend::run(&arguments),
        Command::Reproduce(arguments) => return reproduce::run(&arguments).unwrap_or_else(fail),
        Command::Suite(arguments) => return suite::run(&arguments).unwrap_or_else(fail),
        Command::Work(arguments) => suite::worker::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    result.map_or_else(fail, |()| ExitCode::SUCCESS)
}

fn fail(error: CliError) -> ExitCode {
    eprintln!("fusebox: {error}");
    ExitCode::FAILURE
}
