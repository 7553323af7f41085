use std::thread;

use anyhow::Result;

use crate::build::flavours;
use crate::console::Console;
use crate::server::{self, Mount};
use crate::wasm::{self, Flavour};
use crate::workspace::Workspace;
use crate::{offline, package, page};

#[derive(clap::Args)]
pub struct Arguments {
    /// The port on this machine
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// Do not build the GPU file
    #[arg(long)]
    cpu_only: bool,
    /// Open the page in the default browser
    #[arg(long)]
    open: bool,
}

/// Serves the page as soon as the CPU file and that for data are ready. The GPU file is built behind it; the page learns from
/// `pkg/status.json` when it is there.
pub fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    // Taken before anything is built: a busy port should not show after minutes.
    let listener = server::listen(arguments.port)?;
    let console = Console::TERMINAL;
    page::build(workspace, console)?;
    for flavour in Flavour::QUICK {
        wasm::build(workspace, console, flavour)?;
    }
    package::finish(workspace, &Flavour::QUICK)?;
    // Without the GPU file: a list that follows it would be a new version whenever it is ready.
    offline::list(workspace, &Flavour::QUICK)?;

    let address = format!("http://localhost:{}", arguments.port);
    println!("Fusebox is at {address} (Ctrl-C ends it)");
    if arguments.open
        && let Err(error) = open::that_detached(&address)
    {
        console.say(format!("no browser could be opened: {error}"));
    }
    let mounts = [
        Mount { address: "/", folder: workspace.built_page() },
        Mount { address: "/pkg/", folder: workspace.package() },
        Mount { address: "/datasets/", folder: workspace.datasets() },
    ];
    thread::scope(|scope| {
        if flavours(arguments.cpu_only).contains(&Flavour::Gpu) {
            scope.spawn(|| build_gpu(workspace));
        }
        server::serve(listener, &mounts)
    })
}

fn build_gpu(workspace: &Workspace) {
    let console = Console::behind("gpu");
    let built = wasm::build(workspace, console, Flavour::Gpu)
        .and_then(|()| package::finish(workspace, &Flavour::ALL));
    match built {
        Ok(()) => console.say("ready: an open page can use the GPU now"),
        Err(error) => console.say(format!("not built, the page goes on with the CPU: {error:#}")),
    }
}
