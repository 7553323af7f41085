//! A table as text: CSV for programs, complete and unrounded; Markdown for people, short.

use std::collections::BTreeMap;

use super::{Row, Table};
use crate::bench::Summary;
use crate::eval::{Direction, Metric, decimals};
use crate::schema::Variant;

/// The columns of metrics in people's table.
const SHOWN: [Metric; 6] =
    [Metric::Recall, Metric::Ndcg, Metric::Efd, Metric::Gini, Metric::Aplt, Metric::ItemCoverageRatio];

impl Table {
    /// One line an entry, one column a value. Deviations stand behind their means; what is undefined is empty.
    pub fn csv(&self) -> String {
        let mut header: Vec<String> = [
            "label",
            "system",
            "variant",
            "modalities",
            "coverage",
            "hyper-parameters",
            "configurations",
            "seeds",
        ]
        .map(Into::into)
        .into();
        let mut summary = |name: String| header.extend([name.clone(), format!("{name}-deviation")]);
        for (metric, cutoff) in self.columns() {
            summary(format!("{}@{cutoff}", metric.name()));
        }
        summary(format!("validation-{}", self.selection));
        header.extend(["seconds-per-epoch", "best-epoch", "failures"].map(Into::into));
        let rows = self.rows.iter().map(|row| self.cells(row));
        let lines = std::iter::once(header).chain(rows).map(|cells| {
            let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
            cells.join(",") + "\n"
        });
        lines.collect()
    }

    fn columns(&self) -> impl Iterator<Item = (Metric, u32)> {
        Metric::ALL.into_iter().flat_map(|metric| self.cutoffs.iter().map(move |&cutoff| (metric, cutoff)))
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let mut cells = vec![
            row.label.clone(),
            row.system.into(),
            match row.variant {
                Variant::Corrected => "corrected".into(),
                Variant::AsPublished => "as-published".into(),
            },
            row.modalities.as_deref().unwrap_or_default().join("+"),
            row.coverage.as_ref().map(settings).unwrap_or_default(),
            settings(&row.hyper_parameters),
            row.configurations.to_string(),
            row.seeds.to_string(),
        ];
        let mut summary = |summary: Option<Summary>| {
            cells.push(number(summary.map(|summary| summary.mean)));
            cells.push(number(summary.and_then(|summary| summary.deviation)));
        };
        for (metric, cutoff) in self.columns() {
            summary(row.on_test(metric, cutoff));
        }
        summary(row.validation);
        cells.push(number(row.seconds_per_epoch));
        cells.push(number(row.best_epoch));
        cells.push(row.failures().map(|(_, message)| message).collect::<Vec<_>>().join("; "));
        cells
    }

    /// The main columns, mean ± deviation, the best of each in bold; below, what failed.
    pub fn markdown(&self) -> String {
        let several_seeds = self.rows.iter().any(|row| row.seeds > 1);
        let spread = if several_seeds { ", mean ± standard deviation over the seeds" } else { "" };
        let content = match self.common_coverage() {
            Some(shares) if !shares.is_empty() => format!(" Items with content: {}.", percentages(shares)),
            _ => String::new(),
        };
        let mut text = format!(
            "# {}\n\n{}\n\nOn {} ({}), selected by {} on validation. Values are on test{spread}; the best of each column is \
             bold.{content}\n\n{}",
            self.name,
            self.description,
            self.dataset.name,
            self.dataset.digest.chars().take(16).collect::<String>(),
            self.selection,
            grid(&self.people()),
        );
        if self.programs.len() > 1 {
            text += &format!("\nThe runs were made by {} versions of the program.\n", self.programs.len());
        }
        if self.failures().next().is_some() {
            text += "\nRuns that failed:\n\n";
        }
        for (row, attempt, message) in self.failures() {
            let chosen = match attempt.hyper_parameters.is_empty() {
                true => String::new(),
                false => format!(", {}", settings(&attempt.hyper_parameters)),
            };
            text += &format!("- {}{chosen}, seed {}: {message}\n", row.label, attempt.seed);
        }
        text
    }

    /// The share of items with content by modality, where it is the same for all rows that read it; `None` where it is not.
    fn common_coverage(&self) -> Option<BTreeMap<&str, f64>> {
        let mut shares = BTreeMap::new();
        for (name, &share) in self.rows.iter().filter_map(|row| row.coverage.as_ref()).flatten() {
            let common = *shares.entry(name.as_str()).or_insert(share);
            // They are written to a tenth of a per cent.
            if (common - share).abs() > 0.0005 {
                return None;
            }
        }
        Some(shares)
    }

    /// Header and rows.
    fn people(&self) -> Vec<Vec<String>> {
        let cutoff = self.shown_cutoff;
        let best = SHOWN.map(|metric| self.best(metric, cutoff));
        // Of the largest value of a column, so that all its rows have as many.
        let decimals = SHOWN.map(|metric| {
            let means = self.rows.iter().filter_map(|row| Some(row.on_test(metric, cutoff)?.mean));
            decimals(means.map(f64::abs).fold(0.0, f64::max))
        });
        let tuned = self.rows.iter().any(|row| !row.tuning.is_empty());
        let differs = self.common_coverage().is_none();
        let mut header = vec!["system".into()];
        if differs {
            header.push("items with content".into());
        }
        if tuned {
            header.extend(["tried".into(), "chosen".into()]);
        }
        header.push("seeds".into());
        header.extend(SHOWN.map(|metric| format!("{}@{cutoff}", metric.name())));
        header.push("seconds an epoch".into());
        let row = |row: &Row| {
            let mut cells = vec![row.label.replace('|', "\\|")];
            if differs {
                cells.push(row.coverage.as_ref().map_or("–".into(), |shares| {
                    percentages(shares.iter().map(|(name, &share)| (name.as_str(), share)))
                }));
            }
            if tuned {
                cells.extend([row.configurations.to_string(), settings(&row.chosen)]);
            }
            cells.push(row.seeds.to_string());
            for ((metric, best), decimals) in SHOWN.into_iter().zip(best).zip(decimals) {
                cells.push(match row.on_test(metric, cutoff) {
                    None => "–".into(),
                    Some(summary) if Some(summary.mean) == best => {
                        format!("**{}**", rounded(summary, decimals))
                    }
                    Some(summary) => rounded(summary, decimals),
                });
            }
            cells.push(row.seconds_per_epoch.map_or("–".into(), |seconds| format!("{seconds:.2}")));
            cells
        };
        std::iter::once(header).chain(self.rows.iter().map(row)).collect()
    }

    /// The best mean of a column.
    fn best(&self, metric: Metric, cutoff: u32) -> Option<f64> {
        let means = self.rows.iter().filter_map(|row| Some(row.on_test(metric, cutoff)?.mean));
        match metric.description().direction {
            Direction::Higher => means.max_by(f64::total_cmp),
            Direction::Lower => means.min_by(f64::total_cmp),
            Direction::Neither => None,
        }
    }
}

impl Row {
    fn on_test(&self, metric: Metric, cutoff: u32) -> Option<Summary> {
        *self.test.get(metric.name())?.get(&cutoff)?
    }
}

/// As `factors=64 learning-rate=0.005`.
fn settings(values: &BTreeMap<String, f64>) -> String {
    values.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

fn percentages<'a>(shares: impl IntoIterator<Item = (&'a str, f64)>) -> String {
    let share = |(name, share): (&str, f64)| format!("{name} {:.1} %", share * 100.0);
    shares.into_iter().map(share).collect::<Vec<_>>().join(", ")
}

fn rounded(Summary { mean, deviation }: Summary, decimals: usize) -> String {
    match deviation {
        None => format!("{mean:.decimals$}"),
        Some(deviation) => format!("{mean:.decimals$} ± {deviation:.decimals$}"),
    }
}

/// A cell of CSV, in quotes where it would be taken for more than one.
fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.into(),
    }
}

/// Rows as a Markdown table that can also be read as it is: the first column to the left, the others to the right.
pub(super) fn grid(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 => format!("| {cell:<width$} "),
            _ => format!("| {cell:>width$} "),
        });
        cells.collect::<String>() + "|\n"
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    let rule = widths.iter().enumerate().map(|(column, width)| match column {
        0 => format!("|{}", "-".repeat(width + 2)),
        _ => format!("|{}:", "-".repeat(width + 1)),
    });
    lines.insert(1, rule.collect::<String>() + "|\n");
    lines.concat()
}
