use std::fs::File;
use std::io::Read;
use std::path::Path;

use md5::{Digest as _, Md5};

use super::error::FetchError;
use super::lock::{Checked, Entry};
use super::recipe::Source;
use crate::cli::CliError;
use crate::digest::Digest;

/// Read or written at once.
pub const BUFFER: usize = 1 << 16;

/// What a file holds, measured while it passes by.
#[derive(Clone, Default)]
pub struct Content {
    size: u64,
    sha256: Digest,
    md5: Md5,
}

/// A content, measured.
pub struct Measured {
    pub size: u64,
    pub sha256: String,
    md5: String,
}

impl Content {
    /// What a file holds from where it stands to its end.
    pub fn of(file: &mut File, path: &Path, report: &dyn Fn(u64)) -> Result<Self, CliError> {
        let mut content = Self::default();
        let mut buffer = vec![0; BUFFER];
        loop {
            match file.read(&mut buffer).map_err(|source| CliError::Read { path: path.into(), source })? {
                0 => return Ok(content),
                count => content.add(&buffer[..count]),
            }
            report(content.size);
        }
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.sha256.bytes(bytes);
        self.md5.update(bytes);
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn measured(&self) -> Measured {
        let md5 = self.md5.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Measured { size: self.size, sha256: self.sha256.clone().finish(), md5 }
    }
}

/// What a file must hold, by the recipe, or what it does not say, by the lock.
pub struct Expected<'a> {
    pub file: &'a Source,
    pub first: Option<&'a Entry>,
    /// By its host.
    pub md5: Option<String>,
}

impl Expected<'_> {
    /// In bytes, if anybody knows.
    pub fn size(&self) -> Option<u64> {
        let first = self.first.filter(|_| self.file.sha256.is_none());
        self.file.size.or(first.map(|first| first.size))
    }

    /// Whether a size can be right.
    pub fn allows_size(&self, found: u64) -> Result<(), FetchError> {
        let name = &self.file.name;
        match (self.file.size, self.first) {
            (Some(expected), _) if expected != found => {
                Err(FetchError::Size { name: name.clone(), found, expected })
            }
            (None, Some(first)) if self.file.sha256.is_none() && first.size != found => {
                Err(FetchError::ChangedSize { name: name.clone(), found, expected: first.size })
            }
            _ => Ok(()),
        }
    }

    /// Who vouches for a content, if it is what it must be.
    pub fn check(&self, found: &Measured) -> Result<Checked, FetchError> {
        self.allows_size(found.size)?;
        let (name, digest) = (self.file.name.clone(), found.sha256.clone());
        if let Some(expected) = &self.file.sha256 {
            return match *expected == digest {
                true => Ok(Checked::RecipeSha256),
                false => Err(FetchError::Digest { name, found: digest, expected: expected.clone() }),
            };
        }
        if let Some(expected) = self.md5.as_ref().filter(|md5| **md5 != found.md5) {
            return Err(FetchError::Md5 { name, found: found.md5.clone(), expected: expected.clone() });
        }
        let now = if self.md5.is_some() { Checked::HostMd5 } else { Checked::Unverified };
        match self.first {
            None => Ok(now),
            Some(first) if first.sha256 == digest => Ok(now.max(first.checked)),
            Some(first) => Err(FetchError::Changed { name, found: digest, expected: first.sha256.clone() }),
        }
    }
}
