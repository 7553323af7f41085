use std::path::Path;

use super::{CliError, files};
use crate::data::{Dataset, read_bundle};

/// The office twin, so that a run needs no file.
static OFFICE_TWIN: &[u8] = include_bytes!("../../datasets-small/office-twin.fbx");

/// The data of a bundle file, or the embedded office twin.
pub fn open(path: Option<&Path>) -> Result<Dataset, CliError> {
    let embedded = Path::new("office-twin (embedded)");
    let (path, bundle) = match path {
        None => (embedded, read_bundle(OFFICE_TWIN)),
        Some(path) => (path, read_bundle(&files::read(path)?)),
    };
    bundle.map_err(|source| CliError::Bundle { path: path.into(), source })
}
