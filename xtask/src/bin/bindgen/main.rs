//! Writes the JavaScript side of a wasm file. `cargo xtask build` runs this, people do not.

mod snip;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use wasm_bindgen_cli_support::Bindgen;

#[derive(Parser)]
struct Arguments {
    /// The wasm file that rustc wrote
    wasm: PathBuf,
    /// Where the files go
    folder: PathBuf,
    /// What their names begin with
    name: String,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut output = Bindgen::new()
        .input_path(&arguments.wasm)
        .out_name(&arguments.name)
        .web(true)?
        .typescript(true)
        // A Worker may import the module and give nothing: it then finds the wasm file beside itself.
        .omit_default_module_path(false)
        .generate_output()
        .with_context(|| format!("wasm-bindgen refused {}", arguments.wasm.display()))?;
    snip::never_run(output.wasm_mut());
    output.emit(&arguments.folder)
}
