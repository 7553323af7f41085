use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::content::Content;
use super::error::FetchError;
use crate::cli::{CliError, files};

/// Appended to the name of a file of which not everything has come.
const SUFFIX: &str = ".part";
/// Appended to that: of what it is a part.
const ORIGIN: &str = ".part.toml";

/// Whether a file of this name would be taken for a part.
pub fn is_own(name: &str) -> bool {
    name.ends_with(SUFFIX) || name.ends_with(ORIGIN)
}

/// What has come of a file, beside its place.
pub struct Part {
    target: PathBuf,
    path: PathBuf,
    file: File,
    content: Content,
    origin: Option<Origin>,
}

/// Of what file a part is, so that it is never completed by another one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Origin {
    pub url: String,
    /// The server's mark of this version; without one, what was cut off begins anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validator: Option<String>,
    /// In bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl Part {
    /// What an earlier fetch left of a file, or nothing yet.
    pub fn open(target: &Path, url: &str, report: &dyn Fn(u64)) -> Result<Self, CliError> {
        let path = with_suffix(target, SUFFIX);
        let failed = |source| CliError::Write { path: path.clone(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(FetchError::Busy { file: path.display().to_string() }.into());
        }
        let origin = files::read_text(&with_suffix(target, ORIGIN)).ok();
        let origin = origin.and_then(|text| toml::from_str(&text).ok());
        let origin = origin.filter(|origin: &Origin| origin.url == url && origin.validator.is_some());
        let content = match origin {
            Some(_) => Content::of(&mut file, &path, report)?,
            None => Content::default(),
        };
        Ok(Self { target: target.into(), path, file, content, origin })
    }

    /// In bytes.
    pub fn length(&self) -> u64 {
        self.content.size()
    }

    pub fn content(&self) -> &Content {
        &self.content
    }

    /// In bytes, when everything has come; if the server said so.
    pub fn total(&self) -> Option<u64> {
        self.origin.as_ref()?.total
    }

    /// Whether bytes of this origin, from a place on, are the rest.
    pub fn goes_on(&self, from: u64, rest: &Origin) -> bool {
        fn agree<T: PartialEq>(known: &Option<T>, now: &Option<T>) -> bool {
            known.is_none() || now.is_none() || known == now
        }
        from == self.length()
            && self.origin.as_ref().is_some_and(|known| {
                agree(&known.validator, &rest.validator) && agree(&known.total, &rest.total)
            })
    }

    /// Where to go on, and the mark of the version that must still be there.
    pub fn rest(&self) -> Option<(u64, &str)> {
        let validator = self.origin.as_ref()?.validator.as_deref()?;
        (self.length() > 0).then_some((self.length(), validator))
    }

    /// Takes away what has come, and begins a file of this origin.
    pub fn restart(&mut self, origin: Option<Origin>) -> Result<(), CliError> {
        self.file.set_len(0).and_then(|()| self.file.rewind()).map_err(|source| self.failed(source))?;
        self.content = Content::default();
        self.origin = origin;
        let path = with_suffix(&self.target, ORIGIN);
        match &self.origin {
            None => remove(&path),
            Some(origin) => {
                let text = toml::to_string(origin)
                    .map_err(|error| CliError::Syntax { path: path.clone(), message: error.to_string() })?;
                files::write(&path, text.as_bytes())
            }
        }
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        self.file.write_all(bytes).map_err(|source| self.failed(source))?;
        self.content.add(bytes);
        Ok(())
    }

    /// Takes it away, so that nobody goes on with it.
    pub fn discard(self) -> Result<(), CliError> {
        drop(self.file);
        remove(&self.path)?;
        remove(&with_suffix(&self.target, ORIGIN))
    }

    /// Makes it the file.
    pub fn finish(self) -> Result<(), CliError> {
        let Self { target, path, file, .. } = self;
        file.sync_all().map_err(|source| CliError::Write { path: path.clone(), source })?;
        drop(file);
        fs::rename(&path, &target).map_err(|source| CliError::Write { path: target.clone(), source })?;
        remove(&with_suffix(&target, ORIGIN))
    }

    fn failed(&self, source: std::io::Error) -> CliError {
        CliError::Write { path: self.path.clone(), source }
    }
}

fn with_suffix(target: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(target);
    path.push(suffix);
    path.into()
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> Result<(), CliError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(CliError::Write { path: path.into(), source })
        }
        _ => Ok(()),
    }
}
