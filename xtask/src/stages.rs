use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::console::Console;

/// How many tests did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

/// A command made of stages: every one is run, whatever the others did, and the end tells of all.
#[derive(Default)]
pub struct Stages {
    finished: Vec<Stage>,
}

struct Stage {
    name: String,
    counts: Counts,
    problem: Option<String>,
    duration: Duration,
}

impl Stages {
    /// Runs a stage that as a whole passes or fails, and tells whether it passed.
    pub fn step(&mut self, name: &str, run: impl FnOnce() -> Result<()>) -> bool {
        self.tests(name, |counts| {
            run()?;
            counts.passed = 1;
            Ok(())
        })
    }

    /// Runs a stage that counts its own tests, and tells whether all passed.
    pub fn tests(&mut self, name: &str, run: impl FnOnce(&mut Counts) -> Result<()>) -> bool {
        Console::TERMINAL.say(format!("\n== {name}"));
        let start = Instant::now();
        let mut counts = Counts::default();
        let problem = run(&mut counts).err().map(|error| format!("{error:#}"));
        if let Some(problem) = &problem {
            Console::TERMINAL.say(format!("error: {problem}"));
            // A stage can fail without a failed test: it did not compile, or it crashed.
            counts.failed = counts.failed.max(1);
        }
        self.finished.push(Stage { name: name.to_owned(), counts, problem, duration: start.elapsed() });
        counts.failed == 0
    }

    /// Prints a line for each stage, then the sum.
    pub fn finish(self) -> ExitCode {
        println!("\n{}", self.report());
        if self.total().failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn total(&self) -> Counts {
        self.finished.iter().fold(Counts::default(), |sum, stage| Counts {
            passed: sum.passed + stage.counts.passed,
            failed: sum.failed + stage.counts.failed,
            skipped: sum.skipped + stage.counts.skipped,
        })
    }

    fn report(&self) -> String {
        let width = self.finished.iter().map(|stage| stage.name.len()).max().unwrap_or(0);
        let mut lines: Vec<String> = self.finished.iter().map(|stage| stage.line(width)).collect();
        let total = self.total();
        lines.push(format!("{} passed, {} failed", total.passed, total.failed));
        lines.join("\n")
    }
}

impl Stage {
    fn line(&self, width: usize) -> String {
        let verdict = if self.counts.failed == 0 { "ok    " } else { "FAILED" };
        let Counts { passed, failed, skipped } = self.counts;
        let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
        let problem = self.problem.as_ref().map(|problem| format!("  {problem}")).unwrap_or_default();
        format!(
            "{verdict} {:width$} {:>7.1} s  {passed} passed, {failed} failed{skipped}{problem}",
            self.name,
            self.duration.as_secs_f64(),
        )
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn the_sum_counts_tests_and_stages_that_broke() {
        let mut stages = Stages::default();
        assert!(stages.step("formatting", || Ok(())));
        assert!(!stages.step("lints", || bail!("clippy found something")));
        assert!(!stages.tests("native", |counts| {
            *counts = Counts { passed: 7, failed: 2, skipped: 1 };
            bail!("exit code 101")
        }));
        assert!(stages.tests("nothing chosen by the filter", |_| Ok(())));

        let report = stages.report();
        let lines: Vec<_> = report.lines().collect();
        assert_eq!(lines.len(), 5);
        assert!(lines[1].contains("FAILED lints") && lines[1].contains("clippy found something"), "{report}");
        assert!(lines[2].contains("7 passed, 2 failed, 1 skipped"), "{report}");
        assert_eq!(lines[4], "8 passed, 3 failed");
    }

    #[test]
    fn the_last_line_of_a_clean_run() {
        let mut stages = Stages::default();
        stages.tests("native", |counts| {
            counts.passed = 3;
            Ok(())
        });
        assert_eq!(stages.report().lines().last(), Some("3 passed, 0 failed"));
        assert_eq!(stages.total().failed, 0);
    }
}
