//! Where the real data lie that are not part of the project.

use std::path::PathBuf;

/// A folder of them; `None`, after saying so, where it is not there.
pub fn folder(name: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let path = std::env::var_os("FUSEBOX_DATA").map_or_else(beside, PathBuf::from).join(name);
    match path.canonicalize() {
        Ok(path) if path.is_dir() => Some(path),
        _ => {
            println!("skipped: {} not found", path.display());
            None
        }
    }
}
