use std::fs;
use std::path::{Path, PathBuf};

use super::super::CliError;
use super::pack::{self, Pack};
use super::progress::Progress;
use crate::bench::suite::{Finished, Plan, Results, Run};
use crate::schema::RunSpec;
use crate::train::Receipt;

/// One receipt a run, named after its digest, in one folder or in one packed file; in another folder, under the same names, the
/// lists of those runs that are compared.
pub struct Receipts {
    folder: PathBuf,
    lists: PathBuf,
    packed_file: PathBuf,
    packed: Pack,
}

impl Receipts {
    /// In the folder of a plan's results.
    pub fn at(results: &Path, plan: &Plan) -> Result<Self, CliError> {
        let (folder, lists) = (results.join("receipts"), results.join("lists"));
        for made in [Some(&folder), plan.asks().then_some(&lists)].into_iter().flatten() {
            fs::create_dir_all(made).map_err(|source| CliError::Write { path: made.clone(), source })?;
        }
        let packed_file = results.join(pack::FILE);
        Ok(Self { folder, lists, packed: pack::read(&packed_file)?, packed_file })
    }

    pub fn lists(&self, run: &Run) -> PathBuf {
        self.lists.join(format!("{}.tsv.gz", run.name))
    }

    pub fn path(&self, run: &Run) -> PathBuf {
        self.folder.join(format!("{}.json", run.name))
    }

    /// The receipts that are there already. One that cannot be read is made again, and so is, unless it is to be kept, one of
    /// another version of the program or one without the lists that are to be compared; it is said how many.
    pub fn find(&self, plan: &Plan, keep: bool, progress: &Progress) -> Results {
        let mut results = Results::new();
        let (mut unreadable, mut outdated, mut without_lists) = (0, 0, 0);
        let is_there = |run: &&Run| self.path(run).exists() || self.packed.contains_key(&run.name);
        for run in plan.runs().filter(is_there) {
            match self.read(run) {
                Err(_) => unreadable += 1,
                Ok(finished) if finished.program != env!("FUSEBOX_PROGRAM") && !keep => outdated += 1,
                Ok(_) if plan.compares(run) && !self.lists(run).exists() && !keep => without_lists += 1,
                Ok(finished) => {
                    results.insert(run.name.clone(), Ok(finished));
                }
            }
        }
        let said = [
            (unreadable, "damaged", ""),
            (outdated, "of another version of the program", " (`--keep` uses such receipts as they are)"),
            (without_lists, "without lists, which are compared", " (`--keep` does without comparisons)"),
        ];
        for (count, what, remedy) in said.into_iter().filter(|(count, ..)| *count > 0) {
            let are = if count == 1 { "receipt is" } else { "receipts are" };
            progress.say(&format!("{count} {are} {what}; where needed, the run is made again{remedy}"));
        }
        results
    }

    /// What a run came to, from its receipt.
    pub fn read(&self, run: &Run) -> Result<Finished, String> {
        self.receipt(run).map(|receipt| Finished::of(run, &receipt))
    }

    /// Puts the receipts of all finished runs of a plan into the packed file, and none that no run needs; the folder is then
    /// empty of them.
    pub fn pack(&self, plan: &Plan, results: &Results) -> Result<(), CliError> {
        let finished = plan.runs().filter(|run| matches!(results.get(&run.name), Some(Ok(_))));
        let receipts = finished.filter_map(|run| Some((run.name.clone(), self.receipt(run).ok()?)));
        let pack: Pack = receipts.collect();
        pack::write(&self.packed_file, &pack)?;
        for run in plan.runs().filter(|run| pack.contains_key(&run.name) && self.path(run).exists()) {
            let path = self.path(run);
            fs::remove_file(&path).map_err(|source| CliError::Write { path, source })?;
        }
        Ok(())
    }

    /// A run's receipt: the one in the folder, which is the newer one, or else the packed one.
    fn receipt(&self, run: &Run) -> Result<Receipt, String> {
        let path = self.path(run);
        let failed = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
        let receipt = match self.packed.get(&run.name) {
            Some(packed) if !path.exists() => packed.clone(),
            _ => {
                let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
                serde_json::from_str(&text).map_err(|error| failed(&error))?
            }
        };
        match receipt.spec == as_read_back(&run.spec) {
            true => Ok(receipt),
            false => Err(failed(&"the receipt is of another run")),
        }
    }
}

/// The specification as its JSON reads: the reader may be off in the last bit of a number.
fn as_read_back(spec: &RunSpec) -> RunSpec {
    let read_back = serde_json::to_string(spec).and_then(|json| serde_json::from_str(&json));
    read_back.unwrap_or_else(|_| spec.clone())
}
