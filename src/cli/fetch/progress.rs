use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error for the bytes of one file.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn of(file: &str) -> Self {
        let bar = Self(ProgressBar::no_length().with_prefix(file.to_owned()));
        bar.total(None);
        bar
    }

    /// How many bytes there will be, if that is known.
    pub fn total(&self, total: Option<u64>) {
        let template = match total {
            Some(total) => {
                self.0.set_length(total);
                "{prefix} {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"
            }
            None => "{prefix} {bytes}, {bytes_per_sec}",
        };
        let style = ProgressStyle::with_template(template);
        self.0.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        // What an earlier fetch has left says nothing about how fast the rest comes.
        self.0.reset_eta();
    }

    pub fn at(&self, done: u64) {
        self.0.set_position(done);
    }

    /// A line above the bar.
    pub fn say(&self, line: &str) {
        self.0.suspend(|| eprintln!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
