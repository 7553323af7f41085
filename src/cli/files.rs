use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use tempfile::NamedTempFile;

use super::CliError;

pub fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(path).map_err(|source| CliError::Read { path: path.into(), source })
}

pub fn read_text(path: &Path) -> Result<String, CliError> {
    fs::read_to_string(path).map_err(|source| CliError::Read { path: path.into(), source })
}

/// Reads a TOML file into its type.
pub fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, CliError> {
    parse_toml(path, &read_text(path)?)
}

/// Reads TOML into its type; mistakes name the path that it comes from.
pub fn parse_toml<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, CliError> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.lines().count().max(1) + usize::from(before.ends_with('\n'));
        CliError::Syntax { path: path.into(), message: format!("line {line}: {}", error.message()) }
    })
}

/// A file on its way: a temporary name beside its place, which goes away unless it is finished.
pub struct Draft {
    path: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Opens it before the work whose result it takes, so that a place where nothing can be written is known at once.
    pub fn at(path: &Path) -> Result<Self, CliError> {
        let failed = |source| CliError::Write { path: path.into(), source };
        if path.is_dir() {
            return Err(failed(ErrorKind::IsADirectory.into()));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // The temporary file's own error tells its name, which nobody asked for.
        let file = NamedTempFile::new_in(folder).map_err(|error| failed(error.kind().into()))?;
        Ok(Self { path: path.into(), file })
    }

    /// The file with this content is there whole after this, or as it was.
    pub fn finish(mut self, content: &[u8]) -> Result<(), CliError> {
        self.write(content)?;
        self.close()
    }

    /// Appends to what will be the file.
    pub fn write(&mut self, content: &[u8]) -> Result<(), CliError> {
        self.file.write_all(content).map_err(|source| CliError::Write { path: self.path.clone(), source })
    }

    /// The file with what was written is there whole after this, or as it was.
    pub fn close(self) -> Result<(), CliError> {
        let failed = |source| CliError::Write { path: self.path.clone(), source };
        self.file.as_file().sync_all().map_err(failed)?;
        make_readable(&self.file).map_err(failed)?;
        self.file.persist(&self.path).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// Writes a whole file, or leaves it as it was.
pub fn write(path: &Path, content: &[u8]) -> Result<(), CliError> {
    Draft::at(path)?.finish(content)
}

/// A temporary file is its owner's alone; what people keep is readable as any file they make.
#[cfg(unix)]
fn make_readable(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
