use std::path::PathBuf;

use anyhow::Result;

use crate::console::Console;
use crate::wasm::{self, Flavour};
use crate::workspace::Workspace;
use crate::{offline, package, page, site};

#[derive(clap::Args)]
pub struct Arguments {
    /// Leave the GPU file out
    #[arg(long)]
    cpu_only: bool,
    /// Also assemble a whole site in this folder, ready for any static host
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
}

pub fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let flavours = flavours(arguments.cpu_only);
    if let Some(folder) = &arguments.site {
        site::check(folder)?;
    }
    everything(workspace, flavours)?;
    println!(
        "The package is {}, the page {}.",
        workspace.package().display(),
        workspace.built_page().display()
    );
    if let Some(folder) = &arguments.site {
        site::assemble(workspace, flavours, folder)?;
        println!("The site is {}.", folder.display());
    }
    Ok(())
}

/// Which wasm files are asked for.
pub fn flavours(cpu_only: bool) -> &'static [Flavour] {
    if cpu_only { &Flavour::QUICK } else { &Flavour::ALL }
}

/// The page and the package.
pub fn everything(workspace: &Workspace, flavours: &[Flavour]) -> Result<()> {
    page::build(workspace, Console::TERMINAL)?;
    for &flavour in flavours {
        wasm::build(workspace, Console::TERMINAL, flavour)?;
    }
    package::finish(workspace, flavours)?;
    offline::list(workspace, flavours)
}
