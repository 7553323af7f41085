use std::io::{ErrorKind, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::client::{Answer, Client, Refusal};
use super::content::{BUFFER, Expected};
use super::error::FetchError;
use super::part::Part;
use super::progress::Progress;
use crate::cli::CliError;

/// How long to try.
#[derive(Clone, Copy)]
pub struct Patience {
    /// New attempts in a row that bring nothing.
    pub retries: u32,
    /// Before the first of them; before each other twice as long as before the last.
    pub wait: Duration,
}

/// Gets what has not come yet of one file.
pub struct Download<'a> {
    pub client: &'a Client,
    pub expected: &'a Expected<'a>,
    pub patience: Patience,
    pub progress: &'a Progress,
}

/// What ends an attempt.
enum Trouble {
    /// Another attempt may go better.
    Passing(String),
    /// The server has something else than what is wanted.
    Wrong(FetchError),
    Final(CliError),
}

impl Download<'_> {
    /// All of the file, not yet checked for more than its length. What has come when that fails stays beside its place.
    pub fn run(&self, target: &Path) -> Result<Part, CliError> {
        let mut part = Part::open(target, &self.expected.file.url, &|done| self.progress.at(done))?;
        let mut failures = 0;
        loop {
            let before = part.length();
            let reason = match self.attempt(&mut part) {
                Ok(()) => return Ok(part),
                Err(Trouble::Passing(reason)) => reason,
                Err(Trouble::Wrong(error)) => {
                    part.discard()?;
                    return Err(error.into());
                }
                Err(Trouble::Final(error)) => return Err(error),
            };
            if part.length() > before {
                failures = 0;
            }
            if failures == self.patience.retries {
                return Err(self.interrupted(part, reason)?.into());
            }
            self.progress.say(&format!("{}: {reason}; trying again", self.expected.file.name));
            thread::sleep(self.patience.wait.saturating_mul(1 << failures.min(16)));
            failures += 1;
        }
    }

    fn attempt(&self, part: &mut Part) -> Result<(), Trouble> {
        let answer = self.client.get(&self.expected.file.url, part.rest());
        let mut body = match answer.map_err(|refusal| self.refused(refusal, part))? {
            Answer::Whole { origin, body } => {
                origin
                    .total
                    .map_or(Ok(()), |total| self.expected.allows_size(total))
                    .map_err(Trouble::Wrong)?;
                part.restart(Some(origin))?;
                body
            }
            Answer::Rest { from, origin, body } if part.goes_on(from, &origin) => body,
            Answer::NoRest { total } if total == Some(part.length()) => return Ok(()),
            // What has come is no part of what the server has now.
            Answer::Rest { .. } | Answer::NoRest { .. } => {
                part.restart(None)?;
                return self.attempt(part);
            }
        };
        let total = part.total().or(self.expected.size());
        self.progress.total(total);
        let mut buffer = vec![0; BUFFER];
        loop {
            self.progress.at(part.length());
            match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => part.append(&buffer[..count])?,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Trouble::Passing(error.to_string())),
            }
            if let Some(expected) = self.expected.size().filter(|size| part.length() > *size) {
                let name = self.expected.file.name.clone();
                return Err(Trouble::Wrong(FetchError::TooLong { name, expected }));
            }
        }
        match total {
            Some(total) if part.length() < total => Err(Trouble::Passing("the server stopped early".into())),
            _ => Ok(()),
        }
    }

    fn refused(&self, Refusal { reason, passing }: Refusal, part: &Part) -> Trouble {
        match passing {
            true => Trouble::Passing(reason),
            false if part.length() == 0 => Trouble::Wrong(self.cannot(reason)),
            false => Trouble::Final(self.cannot(reason).into()),
        }
    }

    fn cannot(&self, reason: String) -> FetchError {
        FetchError::Refused { url: self.expected.file.url.clone(), reason }
    }

    /// The mistake of a file of which no more comes; a part that nobody can go on with is taken away.
    fn interrupted(&self, part: Part, reason: String) -> Result<FetchError, CliError> {
        if part.rest().is_none() {
            part.discard()?;
            return Ok(self.cannot(reason));
        }
        let (name, total) = (self.expected.file.name.clone(), part.total().or(self.expected.size()));
        Ok(FetchError::Interrupted { name, length: part.length(), total, reason })
    }
}

impl From<CliError> for Trouble {
    fn from(error: CliError) -> Self {
        Self::Final(error)
    }
}
