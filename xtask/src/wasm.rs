use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::cargo::cargo;
use crate::console::Console;
use crate::dep_info;
use crate::npm;
use crate::stamp::Stamp;
use crate::toolchain;
use crate::workspace::Workspace;

/// The wasm files: a small one that is always there, one with the GPU backend, one that describes data anew, and one that holds runs
/// against each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flavour {
    Cpu,
    Gpu,
    Data,
    Compare,
}

impl Flavour {
    pub const ALL: [Self; 4] = [Self::Cpu, Self::Data, Self::Compare, Self::Gpu];
    /// Those that take a minute to build, the GPU's taking a quarter of an hour.
    pub const QUICK: [Self; 3] = [Self::Cpu, Self::Data, Self::Compare];

    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
            Self::Data => "data",
            Self::Compare => "compare",
        }
    }

    /// What the files in the package begin with.
    pub fn stem(self) -> &'static str {
        match self {
            Self::Cpu => "fusebox_cpu",
            Self::Gpu => "fusebox_gpu",
            Self::Data => "fusebox_data",
            Self::Compare => "fusebox_compare",
        }
    }

    /// The name of the wasm file in the package.
    pub fn wasm_file(self) -> String {
        format!("{}_bg.wasm", self.stem())
    }

    /// Every file in the package.
    pub fn files(self) -> [String; 4] {
        let stem = self.stem();
        [format!("{stem}.js"), format!("{stem}.d.ts"), self.wasm_file(), format!("{stem}_bg.wasm.d.ts")]
    }

    fn cargo_features(self) -> &'static [&'static str] {
        match self {
            Self::Cpu => &["--no-default-features", "--features", "bench-file"],
            Self::Gpu => &["--no-default-features", "--features", "bench-file,webgpu"],
            Self::Data => &["--no-default-features", "--features", "data-file"],
            Self::Compare => &["--no-default-features", "--features", "compare-file"],
        }
    }

    /// The cargo profile, which says in the root manifest why it is as it is.
    pub fn profile(self) -> &'static str {
        match self {
            Self::Cpu | Self::Data | Self::Compare => "wasm-cpu",
            Self::Gpu => "wasm",
        }
    }

    /// How hard wasm-opt tries. What it makes at -O2, again and again until nothing changes, is longer than at -Oz but
    /// compresses to less; for the GPU file that would take many minutes.
    fn optimisation(self) -> &'static [&'static str] {
        match self {
            Self::Cpu | Self::Data | Self::Compare => &["-O2", "--converge"],
            Self::Gpu => &["-Oz"],
        }
    }
}

/// The package that becomes a wasm file.
const PACKAGE: &str = "fusebox-wasm";

/// How wasm-opt optimises any file. A large function that is called in one place stays one, and functions of one name stand
/// side by side: both compress better.
const OPTIMISATION: [&str; 3] = ["--one-caller-inline-max-function-size", "0", "--reorder-functions-by-name"];

/// What rustc may emit for this target (the target's own features and those of .cargo/config.toml).
const WASM_FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The cargo arguments that choose a flavour of a package and nothing else: shared by the build and by clippy.
pub fn selection(package: &'static str, flavour: Flavour) -> impl Iterator<Item = &'static str> {
    let common = ["--package", package, "--lib", "--profile", flavour.profile(), "--target", toolchain::WASM];
    common.into_iter().chain(flavour.cargo_features().iter().copied())
}

/// Brings the flavour's files in `pkg/` up to date.
pub fn build(workspace: &Workspace, console: Console, flavour: Flavour) -> Result<()> {
    let compiled = compile(workspace, console, flavour)?;
    let tools = workspace.root.join("xtask").join("node");
    let stamp = Stamp::new(workspace, &format!("wasm-{}", flavour.name()))
        .text(&OPTIMISATION.join(" "))
        .text(&WASM_FEATURES.join(" "))
        .file(&workspace.root.join("xtask/src/bin/bindgen/main.rs"))?
        .file(&workspace.root.join("xtask/src/bin/bindgen/snip.rs"))?
        .file(&workspace.root.join("xtask/Cargo.toml"))?
        .file(&tools.join("package-lock.json"))?
        .file(&compiled)?;
    let package = workspace.package();
    if stamp.is_current() && flavour.files().iter().all(|file| package.join(file).is_file()) {
        return Ok(());
    }

    let unfinished = workspace.state().join(flavour.name());
    bindgen(workspace, console, flavour, &compiled, &unfinished)?;
    npm::install(&tools, console)?;
    optimise(console, flavour, &tools, &unfinished.join(flavour.wasm_file()))?;
    fs::create_dir_all(&package)?;
    for file in flavour.files() {
        fs::copy(unfinished.join(&file), package.join(&file))
            .with_context(|| format!("cannot copy {file} to {}", package.display()))?;
    }
    stamp.write()
}

/// Compiles the library to wasm and returns the file.
///
/// The file is copied away, and cargo is asked again only when something has changed that went into it: checkouts share
/// the target folder, and what lies there may be another one's.
fn compile(workspace: &Workspace, console: Console, flavour: Flavour) -> Result<PathBuf> {
    let state = workspace.state();
    let copy = state.join(format!("{}.wasm", flavour.name()));
    let dep_info = state.join(format!("{}.d", flavour.name()));
    if copy.is_file()
        && compilation_stamp(workspace, flavour, &dep_info).is_ok_and(|stamp| stamp.is_current())
    {
        return Ok(copy);
    }

    console.say(format!("compiling the {} wasm", flavour.name()));
    toolchain::require_wasm(workspace, console)?;
    let start = SystemTime::now();
    console.run(cargo(workspace, "build").args(selection(PACKAGE, flavour)))?;
    let compiled = workspace.target.join(toolchain::WASM).join(flavour.profile()).join("fusebox_wasm.wasm");
    fs::create_dir_all(&state)?;
    for (from, to) in [(compiled.clone(), &copy), (compiled.with_extension("d"), &dep_info)] {
        fs::copy(&from, to).with_context(|| format!("cargo left no {}", from.display()))?;
    }
    let sources = dep_info::sources(&fs::read_to_string(&dep_info)?, &workspace.root);
    // Who can say whether a file that was saved meanwhile went into it? The next build must compile again.
    let saved_meanwhile =
        |file: &PathBuf| file.metadata().and_then(|file| file.modified()).is_ok_and(|saved| saved >= start);
    if !sources.iter().any(saved_meanwhile) {
        compilation_stamp(workspace, flavour, &dep_info)?.write()?;
    }
    Ok(copy)
}

/// What goes into a wasm file: the sources named by its last dep-info, what cargo was told, and the compiler.
fn compilation_stamp(workspace: &Workspace, flavour: Flavour, dep_info: &Path) -> Result<Stamp> {
    let mut stamp =
        Stamp::new(workspace, &format!("compiled-{}", flavour.name())).text(&toolchain::version(workspace)?);
    for argument in selection(PACKAGE, flavour) {
        stamp = stamp.text(argument);
    }
    for file in ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"] {
        stamp = stamp.file(&workspace.root.join(file))?;
    }
    for source in dep_info::sources(&fs::read_to_string(dep_info)?, &workspace.root) {
        stamp = stamp.file(&source)?;
    }
    Ok(stamp)
}

fn bindgen(
    workspace: &Workspace,
    console: Console,
    flavour: Flavour,
    compiled: &Path,
    folder: &Path,
) -> Result<()> {
    console.say(format!("writing the JavaScript side of the {} wasm", flavour.name()));
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut command = cargo(workspace, "run");
    command
        .args(["--release", "--package", "xtask", "--features", "bindgen", "--bin", "bindgen", "--"])
        .arg(compiled)
        .arg(folder)
        .arg(flavour.stem());
    console.run(&mut command)
}

fn optimise(console: Console, flavour: Flavour, tools: &Path, wasm: &Path) -> Result<()> {
    console.say(format!("optimising the {} wasm", flavour.name()));
    let mut command = Command::new("node");
    command
        .arg(tools.join("node_modules/binaryen/bin/wasm-opt"))
        .args(flavour.optimisation())
        .args(OPTIMISATION)
        .args(WASM_FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(wasm);
    console.run(&mut command)
}
