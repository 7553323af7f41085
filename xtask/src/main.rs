//! Every developer command of Fusebox. `cargo xtask help` lists them.

mod bench;
mod browser;
mod build;
mod cargo;
mod children;
mod ci;
mod console;
mod debian;
mod dep_info;
mod npm;
mod offline;
mod package;
mod page;
mod serve;
mod server;
mod site;
mod stages;
mod stamp;
mod test;
mod test_output;
mod toolchain;
mod torch;
mod vulkan;
mod wasm;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Every developer command of Fusebox.
///
/// Compiled files go to ~/.cache/fusebox/target, or to $FUSEBOX_TARGET when it is set.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build what is out of date and serve the page at http://localhost:8080
    Serve(serve::Arguments),
    /// Build the npm package pkg/ and the page www/dist
    Build(build::Arguments),
    /// Run every test: native, page, and the built page in a browser
    Test(test::Arguments),
    /// Check formatting and lints, then run every test: what has to pass before a merge
    Ci,
    /// Time a training step against plain PyTorch on this machine, and how soon and smoothly the page answers
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let outcome = run(Arguments::parse().command);
    // A failure must not leave a build in the background behind.
    children::end_all();
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    children::end_with_this_process()?;
    let workspace = Workspace::find()?;
    cargo::take_over_target(&workspace)?;
    let done = |()| ExitCode::SUCCESS;
    match command {
        Command::Serve(arguments) => serve::run(&workspace, &arguments).map(done),
        Command::Build(arguments) => build::run(&workspace, &arguments).map(done),
        Command::Test(arguments) => test::run(&workspace, &arguments),
        Command::Ci => ci::run(&workspace),
        Command::Bench(arguments) => bench::run(&workspace, &arguments).map(done),
    }
}
