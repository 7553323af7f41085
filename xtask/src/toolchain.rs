use std::process::Command;

use anyhow::{Context, Result};

use crate::console::Console;
use crate::workspace::Workspace;

pub const WASM: &str = "wasm32-unknown-unknown";

/// Adds Rust's standard library for wasm when the toolchain lacks it.
pub fn require_wasm(workspace: &Workspace, console: Console) -> Result<()> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .current_dir(&workspace.root)
        .output()
        .context("cannot start `rustc`")?;
    let folder = String::from_utf8_lossy(&output.stdout);
    let installed = std::fs::read_dir(folder.trim()).is_ok_and(|mut files| files.next().is_some());
    if output.status.success() && installed {
        return Ok(());
    }
    console.say(format!("adding the Rust target {WASM}"));
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", WASM]).current_dir(&workspace.root);
    console
        .run(&mut rustup)
        .with_context(|| format!("the Rust target {WASM} is missing and rustup could not add it"))
}

/// The compiler, in the words with which it tells its version.
pub fn version(workspace: &Workspace) -> Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .current_dir(&workspace.root)
        .output()
        .context("cannot start `rustc`")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
