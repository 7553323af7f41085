use std::collections::BTreeMap;
use std::io::Read;

use super::ImportError;

/// Files below one folder, wherever they are.
pub trait Folder {
    /// Every file's path relative to the folder, with `/` between its parts, in ascending order.
    fn paths(&self) -> &[String];

    /// A file by its path, to be read from its start.
    fn open(&self, path: &str) -> Result<Opened<'_>, ImportError>;

    /// The bytes of a file by its path.
    fn read(&self, path: &str) -> Result<Vec<u8>, ImportError> {
        let mut bytes = Vec::new();
        match self.open(path)?.content.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(ImportError::Unreadable { file: path.into(), reason: error.to_string() }),
        }
    }
}

/// An open file.
pub struct Opened<'a> {
    pub content: Box<dyn Read + 'a>,
    /// In bytes.
    pub size: u64,
}

/// Files in memory: those dropped on the page, or a test's.
#[derive(Clone, Debug, Default)]
pub struct MemoryFolder {
    paths: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryFolder {
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { paths: files.keys().cloned().collect(), files }
    }
}

impl Folder for MemoryFolder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, ImportError> {
        let missing = || ImportError::Unreadable { file: path.into(), reason: "it does not exist".into() };
        let bytes = self.files.get(path).ok_or_else(missing)?;
        Ok(Opened { content: Box::new(bytes.as_slice()), size: bytes.len() as u64 })
    }
}

/// A folder on disk; its files are listed once.
#[cfg(feature = "cli")]
#[derive(Clone, Debug)]
pub struct DiskFolder {
    root: std::path::PathBuf,
    paths: Vec<String>,
}

#[cfg(feature = "cli")]
impl DiskFolder {
    /// Deeper than any layout; it ends circles of links.
    const DEPTH: usize = 12;

    pub fn open(root: impl Into<std::path::PathBuf>) -> Result<Self, ImportError> {
        let mut folder = Self { root: root.into(), paths: Vec::new() };
        folder.list("", 0)?;
        folder.paths.sort_unstable();
        Ok(folder)
    }

    fn list(&mut self, below: &str, depth: usize) -> Result<(), ImportError> {
        let mut directory = self.root.clone();
        directory.extend(below.split_terminator('/'));
        let unreadable = |error: std::io::Error| ImportError::Unreadable {
            file: directory.display().to_string(),
            reason: error.to_string(),
        };
        for entry in std::fs::read_dir(&directory).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true if depth < Self::DEPTH => self.list(&format!("{path}/"), depth + 1)?,
                true => {}
                false => self.paths.push(path),
            }
        }
        Ok(())
    }
}

#[cfg(feature = "cli")]
impl Folder for DiskFolder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, ImportError> {
        let unreadable =
            |error: std::io::Error| ImportError::Unreadable { file: path.into(), reason: error.to_string() };
        let file = std::fs::File::open(self.root.join(path)).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        Ok(Opened { content: Box::new(file), size })
    }
}
