use std::io::{Write, stdout};

use serde::Serialize;

use super::CliError;
use crate::eval::{Metric, MetricTable, decimals};

/// One line or block on standard output. A closed pipe, as behind `head`, is no error.
pub fn print(text: &str) -> Result<(), CliError> {
    match writeln!(stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(()),
    }
}

/// A value as JSON on standard output.
pub fn print_json(value: &impl Serialize) -> Result<(), CliError> {
    let json = serde_json::to_string_pretty(value).map_err(|error| CliError::Output(error.into()))?;
    print(&json)
}

/// Rows of cells as text, columns aligned: the first to the left, the others to the right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| match column {
            0 => format!("{cell:<width$}", width = widths[column]),
            _ => format!("{cell:>width$}", width = widths[column]),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A table of metrics, one line each, one column a cutoff, in the order in which they are taught.
pub fn metrics(metrics: &MetricTable) -> String {
    let cutoffs: Vec<u32> =
        metrics.values().next().map(|row| row.keys().copied().collect()).unwrap_or_default();
    let header =
        std::iter::once("metric".to_string()).chain(cutoffs.iter().map(|cutoff| format!("@{cutoff}")));
    let mut rows = vec![header.collect::<Vec<_>>()];
    for metric in Metric::ALL {
        if let Some(values) = metrics.get(metric.name()) {
            let value = |cutoff| match values.get(cutoff).copied().flatten() {
                None => "undefined".to_string(),
                Some(value) => format!("{value:.*}", decimals(value)),
            };
            rows.push(std::iter::once(metric.name().to_string()).chain(cutoffs.iter().map(value)).collect());
        }
    }
    table(&rows)
}
