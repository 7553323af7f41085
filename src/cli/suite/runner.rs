use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::progress::{Progress, Running};
use super::receipts::Receipts;
use super::worker;
use crate::bench::suite::{Finished, Plan, Results, Run};

/// Between two looks at the clock.
const TICK: Duration = Duration::from_millis(500);

/// Makes the runs of a plan, a process each.
pub struct Runner<'a> {
    pub plan: &'a Plan,
    pub receipts: &'a Receipts,
    pub program: PathBuf,
    pub bundle: Option<PathBuf>,
    /// Runs at a time.
    pub jobs: usize,
}

impl Runner<'_> {
    /// Makes every run that is needed and has no result yet. A run that fails is a result too.
    pub fn run(&self, mut results: Results, progress: &Progress) -> Results {
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let mut running = Running::new();
            loop {
                for run in self.plan.ready(&results) {
                    if running.len() < self.jobs && !running.contains_key(run.name.as_str()) {
                        running.insert(&run.name, (run, Instant::now()));
                        let sender = sender.clone();
                        // The receiver lives as long as this scope, so there is always who hears of it.
                        scope.spawn(move || sender.send((run, self.make(run))).is_ok());
                    }
                }
                progress.show(self.plan, &results, &running, self.jobs);
                if running.is_empty() {
                    return results;
                }
                match receiver.recv_timeout(TICK) {
                    Ok((run, result)) => {
                        running.remove(run.name.as_str());
                        progress.say(&self.describe(run, &result));
                        results.insert(run.name.clone(), result);
                    }
                    // The sender above lives as long as the loop.
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
                }
            }
        })
    }

    fn make(&self, run: &Run) -> Result<Finished, String> {
        let lists = self.plan.compares(run).then(|| self.receipts.lists(run));
        let receipt = self.receipts.path(run);
        worker::call(&self.program, &run.spec, self.bundle.as_deref(), &receipt, lists.as_deref())?;
        self.receipts.read(run)
    }

    fn describe(&self, run: &Run, result: &Result<Finished, String>) -> String {
        let (metric, cutoff) = &self.plan.selection;
        match result {
            Err(why) => format!("{}: failed, {why}", run.title),
            Ok(finished) => match finished.selected(&self.plan.selection) {
                None => format!("{}: done", run.title),
                Some(value) => format!("{}: validation {metric}@{cutoff} {value:.4}", run.title),
            },
        }
    }
}
