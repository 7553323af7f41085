use std::path::PathBuf;

use clap::Args;

use super::{CliError, dataset, output};
use crate::data::DatasetSummary;

#[derive(Args)]
pub struct Arguments {
    /// A bundle file; the embedded office twin when absent.
    bundle: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let summary = DatasetSummary::of(&dataset::open(arguments.bundle.as_deref())?);
    if arguments.json {
        return output::print_json(&summary);
    }
    output::print(&describe(&summary))
}

/// A summary in words.
pub fn describe(summary: &DatasetSummary) -> String {
    let mut rows = vec![
        ("name", summary.name.clone()),
        ("synthetic", if summary.provenance.synthetic { "yes" } else { "no" }.into()),
        ("users", summary.users.to_string()),
        ("items", summary.items.to_string()),
        ("interactions", summary.interactions.to_string()),
        ("split", format!("{} / {} / {}", summary.train, summary.validation, summary.test)),
        ("density", format!("{:.4} %", 100.0 * summary.density)),
    ];
    for (name, modality) in &summary.modalities {
        let missing = summary.items - modality.present;
        rows.push((
            name,
            format!("{} dimensions, missing on {missing} items; {}", modality.dim, modality.origin),
        ));
    }
    if let Some(sounds) = &summary.sounds {
        let (seconds, missing) =
            (sounds.length as f64 / f64::from(sounds.rate), summary.items - sounds.present);
        rows.push((
            "sounds",
            format!("{seconds:.2} seconds at {} hertz, missing on {missing} items", sounds.rate),
        ));
    }
    rows.push(("source", summary.provenance.source.clone()));
    rows.push(("licence", summary.provenance.licence.clone()));
    rows.push(("recipe", summary.provenance.recipe.clone()));
    rows.push(("digest", summary.digest.clone()));
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    rows.iter().map(|(name, value)| format!("{name:<width$}  {value}")).collect::<Vec<_>>().join("\n")
}
