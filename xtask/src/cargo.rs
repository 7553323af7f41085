use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::console::Console;
use crate::toolchain;
use crate::wasm::Flavour;
use crate::workspace::{Workspace, write_whole};

/// A cargo command that compiles into the shared target folder.
pub fn cargo(workspace: &Workspace, subcommand: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg(subcommand)
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target)
        // These would replace the flags of .cargo/config.toml, without which the wasm files do not work.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// Makes the shared target folder safe to use from this checkout.
///
/// Cargo does not tell the same package of two checkouts apart: it compares modification times only, and so
/// takes what another checkout compiled for up to date when it is younger than our sources. When another
/// checkout came last, our own packages are compiled anew; the dependencies stay.
pub fn take_over_target(workspace: &Workspace) -> Result<()> {
    let note = workspace.target.join("checkout");
    let root = workspace.root.to_string_lossy();
    if fs::read_to_string(&note).is_ok_and(|last| last == root) {
        return Ok(());
    }
    if workspace.target.exists() {
        let wasm =
            Flavour::ALL.map(|flavour| vec!["--profile", flavour.profile(), "--target", toolchain::WASM]);
        for profile in [vec!["--release"]].into_iter().chain(wasm) {
            let mut clean = cargo(workspace, "clean");
            clean.arg("--quiet").args(profile);
            for package in ["fusebox", "fusebox-kernels", "fusebox-wasm", "xtask"] {
                clean.args(["--package", package]);
            }
            Console::TERMINAL.run(&mut clean)?;
        }
    }
    fs::create_dir_all(&workspace.target)
        .with_context(|| format!("cannot create {}", workspace.target.display()))?;
    write_whole(&note, root.as_bytes())
}
