use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::workspace::{Workspace, write_whole};

/// What a step was made from, hashed: the step can be left out while this stays the same.
pub struct Stamp {
    file: PathBuf,
    hash: Sha256,
}

impl Stamp {
    /// The stamp of the step called `step`, of nothing yet.
    pub fn new(workspace: &Workspace, step: &str) -> Self {
        Self { file: workspace.state().join(format!("{step}.stamp")), hash: Sha256::new() }
    }

    /// Adds a version or an option.
    pub fn text(mut self, text: &str) -> Self {
        self.hash.update(text.len().to_le_bytes());
        self.hash.update(text);
        self
    }

    /// Adds a file.
    pub fn file(mut self, file: &Path) -> Result<Self> {
        let mut contents = fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
        let length = contents.metadata()?.len();
        self.hash.update(length.to_le_bytes());
        let mut writer = HashWriter(&mut self.hash);
        io::copy(&mut contents, &mut writer).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(self)
    }

    /// Adds every file below a folder, with its name, except in the sub-folders called `without`.
    pub fn folder(mut self, folder: &Path, without: &[&str]) -> Result<Self> {
        let entries = WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !without.iter().any(|name| entry.file_name() == *name));
        for entry in entries {
            let entry = entry?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
                self = self.text(&name).file(entry.path())?;
            }
        }
        Ok(self)
    }

    /// Whether the step was last finished from the same things.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|stored| stored == self.hex())
    }

    /// Notes that the step is finished.
    pub fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        write_whole(&self.file, self.hex())
    }

    fn hex(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_that_matters_makes_a_step_stale() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: root.path().to_owned(), target: root.path().join("elsewhere") };
        let sources = root.path().join("sources");
        fs::create_dir_all(sources.join("skipped")).unwrap();
        fs::write(sources.join("a"), "one").unwrap();
        let stamp = || Stamp::new(&workspace, "step").text("v1").folder(&sources, &["skipped"]).unwrap();

        assert!(!stamp().is_current(), "the step has never run");
        stamp().write().unwrap();
        assert!(stamp().is_current());
        fs::write(sources.join("skipped/b"), "ignored").unwrap();
        assert!(stamp().is_current());
        fs::write(sources.join("a"), "two").unwrap();
        assert!(!stamp().is_current(), "a file changed");
        fs::write(sources.join("a"), "one").unwrap();
        fs::rename(sources.join("a"), sources.join("b")).unwrap();
        assert!(!stamp().is_current(), "a file was renamed");
    }

    #[test]
    fn what_one_file_ends_with_is_not_what_the_next_begins_with() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: root.path().to_owned(), target: root.path().to_owned() };
        let hex = |first: &str, second: &str| Stamp::new(&workspace, "step").text(first).text(second).hex();
        assert_ne!(hex("ab", "c"), hex("a", "bc"));
    }
}
