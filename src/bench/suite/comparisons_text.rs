//! Comparisons as Markdown, for people.

use super::comparisons::{Comparisons, LeftOut};
use super::text::grid;
use crate::bench::comparison::{Answer, COMPARED, Difference, Finding};

impl Comparisons {
    /// A table a question: by how much each row differs, and what may be said of it.
    pub fn markdown(&self) -> String {
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        let mut text = format!(
            "# {}: compared\n\nOn {} ({}), lists of {}, {} users. By how much a row's value is above or below that of the row it \
             is compared with, in per cent of the latter. **Bold**: a difference, by both tests of users' means over seeds \
             (signs flipped, Wilcoxon and Pratt), or by drawing users anew for gini, shannon-entropy and item-coverage-ratio. \
             `=`: the same, within {}. Both together: a difference, but a smaller one than that. Neither: nothing is shown. p-values \
             below {} count, corrected for {} differences together (Holm).\n",
            self.name,
            self.dataset.name,
            self.dataset.digest.chars().take(16).collect::<String>(),
            self.cutoff,
            self.users,
            percent(self.margin),
            self.level,
            self.tests,
        );
        for LeftOut { label, reason } in &self.left_out {
            text += &format!("\nLeft out: {label}, because {reason}.\n");
        }
        for answer in &self.questions {
            text += &format!("\n## {}\n\n{}", answer.question, grid(&answer.rows()));
        }
        text
    }
}

impl Answer {
    /// Header and rows.
    fn rows(&self) -> Vec<Vec<String>> {
        let mut header = vec!["system".to_string(), "compared with".into()];
        header.extend(COMPARED.map(|metric| metric.name().into()));
        let rows = self.pairs.iter().map(|pair| {
            let mut cells: Vec<String> =
                [&pair.label, &pair.compared_with].map(|label| label.replace('|', "\\|")).into();
            let cell = |difference: Option<&Difference>| difference.map_or("–".into(), Difference::cell);
            cells.extend(COMPARED.map(|metric| cell(pair.differences.get(metric.name()))));
            cells
        });
        std::iter::once(header).chain(rows).collect()
    }
}

impl Difference {
    /// As `**+3.1 %**`, `-0.4 % =` or `+1.0 %`.
    fn cell(&self) -> String {
        let value = match self.relative {
            Some(relative) => format!("{:+.1} %", relative * 100.0),
            None => format!("{:+.4}", self.difference),
        };
        match self.finding {
            Finding::Higher | Finding::Lower => format!("**{value}**"),
            Finding::SlightlyHigher | Finding::SlightlyLower => format!("**{value}** ="),
            Finding::Same => format!("{value} ="),
            Finding::Open => value,
        }
    }
}
