use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::bench::suite::{Pace, Plan, Results, Run};

/// Runs in progress by their names, with the time of their start.
pub type Running<'a> = BTreeMap<&'a str, (&'a Run, Instant)>;

/// A bar on standard error, and a line a run above it; where standard error is no terminal, the lines alone.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} runs{prefix}\n{wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }

    /// Shows how many runs are done, which are in progress, and how long the rest will take.
    pub fn show(&self, plan: &Plan, results: &Results, running: &Running<'_>, jobs: usize) {
        let left = plan.left(results);
        self.bar.set_length((results.len() + left.len()) as u64);
        self.bar.set_position(results.len() as u64);
        let pace = Pace::of(results);
        let all: Option<f64> = left.iter().map(|&system| pace.seconds(system)).sum();
        let spent = running.values().filter_map(|(run, start)| {
            Some(start.elapsed().as_secs_f64().min(pace.seconds(run.spec.system)?))
        });
        if let Some(all) = all {
            let seconds = (all - spent.sum::<f64>()) / jobs.min(left.len()).max(1) as f64;
            let time = HumanDuration(Duration::from_secs_f64(seconds.max(0.0)));
            self.bar.set_prefix(format!(", about {time} left"));
        }
        let titles: Vec<&str> = running.values().map(|(run, _)| run.title.as_str()).collect();
        self.bar.set_message(titles.join("; "));
    }

    /// A line that stays.
    pub fn say(&self, line: &str) {
        match self.bar.is_hidden() {
            true => eprintln!("{line}"),
            false => self.bar.println(line),
        }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
