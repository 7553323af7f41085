use std::process::ExitCode;

use anyhow::Result;

use crate::cargo::cargo;
use crate::console::Console;
use crate::npm::{self, npm};
use crate::stages::Stages;
use crate::wasm::{self, Flavour};
use crate::workspace::Workspace;
use crate::{test, toolchain};

/// What has to pass before a merge. A clean machine with Rust and Node needs nothing else.
pub fn run(workspace: &Workspace) -> Result<ExitCode> {
    let console = Console::TERMINAL;
    let mut stages = Stages::default();
    stages.step("formatting", || console.run(cargo(workspace, "fmt").args(["--all", "--check"])));
    stages.step("lints, native", || {
        lint(workspace, &["--release", "--all-targets", "--package", "fusebox"])?;
        lint(workspace, &["--release", "--all-targets", "--package", "fusebox-kernels"])?;
        lint(workspace, &["--release", "--all-targets", "--package", "xtask", "--features", "bindgen"])
    });
    for flavour in Flavour::ALL {
        stages.step(&format!("lints, {} wasm", flavour.name()), || {
            toolchain::require_wasm(workspace, console)?;
            lint(workspace, &wasm::selection("fusebox", flavour).collect::<Vec<_>>())
        });
    }
    stages.step("page types", || {
        npm::install(&workspace.page(), console)?;
        console.run(npm(&workspace.page()).args(["run", "check", "--silent"]))
    });
    test::run_stages(workspace, &test::Arguments::default(), &mut stages);
    Ok(stages.finish())
}

fn lint(workspace: &Workspace, selection: &[&str]) -> Result<()> {
    Console::TERMINAL.run(cargo(workspace, "clippy").args(selection).args(["--", "-D", "warnings"]))
}
