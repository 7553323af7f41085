use std::fs;
use std::path::{Path, PathBuf};

use super::super::CliError;
use super::progress::Progress;
use crate::bench::suite::{Finished, Plan, Results, Run};
use crate::schema::RunSpec;
use crate::train::Receipt;

/// A folder with one receipt a run, named after its digest.
pub struct Receipts {
    folder: PathBuf,
}

impl Receipts {
    pub fn at(folder: &Path) -> Result<Self, CliError> {
        fs::create_dir_all(folder).map_err(|source| CliError::Write { path: folder.into(), source })?;
        Ok(Self { folder: folder.into() })
    }

    pub fn path(&self, run: &Run) -> PathBuf {
        self.folder.join(format!("{}.json", run.name))
    }

    /// The receipts that are there already. One that cannot be read is made again, and so is one of another version of
    /// the program unless it is to be kept; it is said how many.
    pub fn find(&self, plan: &Plan, keep: bool, progress: &Progress) -> Results {
        let mut results = Results::new();
        let (mut unreadable, mut outdated) = (0, 0);
        for run in plan.runs().filter(|run| self.path(run).exists()) {
            match self.read(run) {
                Err(_) => unreadable += 1,
                Ok(finished) if finished.program != env!("FUSEBOX_PROGRAM") && !keep => outdated += 1,
                Ok(finished) => {
                    results.insert(run.name.clone(), Ok(finished));
                }
            }
        }
        let said = [
            (unreadable, "damaged", ""),
            (outdated, "of another version of the program", " (`--keep` uses such receipts as they are)"),
        ];
        for (count, what, remedy) in said.into_iter().filter(|(count, ..)| *count > 0) {
            let are = if count == 1 { "receipt is" } else { "receipts are" };
            progress.say(&format!("{count} {are} {what}; where needed, the run is made again{remedy}"));
        }
        results
    }

    /// What a run came to, from its receipt.
    pub fn read(&self, run: &Run) -> Result<Finished, String> {
        let path = self.path(run);
        let failed = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
        let receipt: Receipt = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        match receipt.spec == as_read_back(&run.spec) {
            true => Ok(Finished::of(run, &receipt)),
            false => Err(failed(&"the receipt is of another run")),
        }
    }
}

/// The specification as its JSON reads: the reader may be off in the last bit of a number.
fn as_read_back(spec: &RunSpec) -> RunSpec {
    let read_back = serde_json::to_string(spec).and_then(|json| serde_json::from_str(&json));
    read_back.unwrap_or_else(|_| spec.clone())
}
