use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::{CliError, files};

/// In the folder of the files that it tells of.
pub const NAME: &str = "fusebox-fetch.lock";
const HEAD: &str = "# What `fusebox fetch` got first. Later fetches must get the same: a file that its source has changed is\n\
                    # accepted when its lines are deleted here.\n\n";

/// What was fetched first, so that a later fetch notices what has changed since.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    files: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    pub url: String,
    /// In bytes.
    pub size: u64,
    pub sha256: String,
    pub checked: Checked,
}

/// Who vouches for a file's content, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    /// Nobody: it is what came at the first fetch.
    Unverified,
    /// The MD5 that its host publishes.
    HostMd5,
    /// The SHA-256 of the recipe.
    RecipeSha256,
}

impl Checked {
    pub fn name(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::HostMd5 => "as the host's MD5 says",
            Self::RecipeSha256 => "as the recipe's SHA-256 says",
        }
    }
}

impl Lock {
    /// The lock of a folder; empty where there is none yet.
    pub fn read(folder: &Path) -> Result<Self, CliError> {
        let path = Self::path(folder);
        if path.exists() { files::read_toml(&path) } else { Ok(Self::default()) }
    }

    pub fn entry(&self, file: &str) -> Option<&Entry> {
        self.files.get(file)
    }

    /// Adds a file, and writes the lock when that says anything new.
    pub fn record(&mut self, folder: &Path, file: &str, entry: Entry) -> Result<(), CliError> {
        if self.files.get(file) == Some(&entry) {
            return Ok(());
        }
        self.files.insert(file.into(), entry);
        let path = Self::path(folder);
        let text = toml::to_string(self)
            .map_err(|error| CliError::Syntax { path: path.clone(), message: error.to_string() })?;
        files::write(&path, format!("{HEAD}{text}").as_bytes())
    }

    fn path(folder: &Path) -> PathBuf {
        folder.join(NAME)
    }
}
