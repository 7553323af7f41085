//! Names the program: a digest of the sources that decide a run's numbers and of the compiler.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    collect(Path::new("kernels/src"), &mut files);
    files.push("Cargo.lock".into());
    files.sort();
    let mut digest = Sha256::new();
    for file in &files {
        println!("cargo::rerun-if-changed={file}");
        let content = fs::read(file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
        digest.update(file.as_bytes());
        digest.update((content.len() as u64).to_le_bytes());
        digest.update(content);
    }
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    if let Ok(version) = Command::new(rustc).arg("-vV").output() {
        digest.update(version.stdout);
    }
    let program: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=FUSEBOX_PROGRAM={program}");
}

/// The Rust files below a folder, with forward slashes on every system. A file added later is named in one of these,
/// so watching them is enough.
fn collect(folder: &Path, files: &mut Vec<String>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}
