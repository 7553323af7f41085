use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::console::Console;
use crate::workspace::cache;

/// A Python with PyTorch: what $FUSEBOX_TORCH_PYTHON names, else one of our own, made at the first call.
pub fn python(console: Console) -> Result<PathBuf> {
    if let Some(named) = env::var_os("FUSEBOX_TORCH_PYTHON").filter(|value| !value.is_empty()) {
        let named = PathBuf::from(named);
        if !has_torch(&named) {
            bail!("FUSEBOX_TORCH_PYTHON is set to {}, which cannot import torch and numpy", named.display());
        }
        return Ok(named);
    }
    let folder = cache()?.join("torch");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if has_torch(&python) {
        return Ok(python);
    }
    console.say(format!("installing PyTorch in {} (once; some gigabytes on Linux)", folder.display()));
    fs::create_dir_all(&folder)?;
    let system = if cfg!(windows) { "python" } else { "python3" };
    console.run(Command::new(system).args(["-m", "venv"]).arg(&folder)).context(
        "no Python with the venv module: install one, or set FUSEBOX_TORCH_PYTHON to a Python with PyTorch",
    )?;
    console.run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "torch", "numpy"]))?;
    Ok(python)
}

fn has_torch(python: &PathBuf) -> bool {
    let mut command = Command::new(python);
    command.args(["-c", "import torch, numpy"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
