use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::sounds::Sounds;
use super::{CliError, dataset, files, inspect, output};
use crate::data::{Dataset, DatasetSummary, write_bundle};
use crate::features::{
    Extraction, ExtractionSummary, Extractor, ExtractorDescription, FULL_RATE, Material, Reads, Wanted,
    extend, extract,
};

#[derive(Args)]
pub struct Arguments {
    /// A bundle file; the embedded office twin when absent.
    dataset: Option<PathBuf>,
    /// What to extract, as `tf-idf` or `tf-idf,visual=clothing-looks`: the modality is called as the extractor, or as
    /// what stands before `=`. All extractors are listed when absent.
    #[arg(long, value_name = "EXTRACTORS")]
    extractor: Option<Wanted>,
    /// A folder of sounds, one `<item>.wav` an item, in place of those in the bundle.
    #[arg(long, value_name = "FOLDER", requires = "extractor")]
    sounds: Option<PathBuf>,
    /// Write the data with the new modalities to this bundle; only the cost is told when absent.
    #[arg(short, long, value_name = "FILE", requires = "extractor")]
    output: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

/// What an extraction takes and gives.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Cost {
    #[serde(flatten)]
    outcome: ExtractionSummary,
    /// Of the items that were described.
    seconds_per_item: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    costs: Vec<Cost>,
    /// The data that were written.
    dataset: Option<DatasetSummary>,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Some(Wanted(wanted)) = &arguments.extractor else { return list(arguments.json) };
    let mut dataset = dataset::open(arguments.dataset.as_deref())?;
    let file = arguments.output.as_deref().map(files::Draft::at).transpose()?;
    let sounds =
        arguments.sounds.as_deref().map(|folder| Sounds::in_folder(folder, &dataset.items)).transpose()?;
    if sounds.is_some() && wanted.iter().all(|(_, extractor)| extractor.description().reads != Reads::Sounds)
    {
        eprintln!("sounds: not read by any of the extractors");
    }
    if let Some(first) = sounds.as_ref().and_then(|sounds| sounds.strangers.first()) {
        let count = sounds.iter().map(|sounds| sounds.strangers.len()).sum::<usize>();
        eprintln!("sounds: {count} of the files belong to no item, the first is {first}");
    }
    let apart = sounds.as_ref().map(Sounds::apart).unwrap_or_default();
    if !apart.is_empty() {
        let counts: Vec<String> =
            apart.iter().map(|(rate, count)| format!("{count} of {rate} samples a second")).collect();
        eprintln!(
            "sounds: {}; below {FULL_RATE} the upper bands are silent, so those compare only with each other",
            counts.join(", ")
        );
    }
    let extracted = extracted(&dataset, wanted, sounds.as_ref())?;
    let mut report = Report { costs: Vec::new(), dataset: None };
    for ((modality, extractor), (extraction, taken)) in wanted.iter().zip(extracted) {
        say_what_lacks(&dataset, modality, *extractor, &extraction);
        report.costs.push(Cost::of(ExtractionSummary::of(modality, *extractor, &extraction), taken));
        if file.is_some() {
            if let Some(old) = dataset.modalities.get(modality) {
                eprintln!("{modality}: takes the place of another of this name; {}", old.origin);
            }
            dataset = extend(dataset, modality, *extractor, extraction.features)?;
        }
    }
    if let Some(file) = file {
        file.finish(&write_bundle(&dataset))?;
        report.dataset = Some(DatasetSummary::of(&dataset));
    }
    if arguments.json { output::print_json(&report) } else { output::print(&describe(&report)) }
}

/// What each extractor makes of the data, and how long it takes.
fn extracted(
    dataset: &Dataset,
    wanted: &[(String, Extractor)],
    sounds: Option<&Sounds>,
) -> Result<Vec<(Extraction, Duration)>, CliError> {
    let bar = ProgressBar::new(wanted.len() as u64);
    let style = ProgressStyle::with_template("{spinner} {msg}, {pos} of {len} done, {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(100));
    bar.set_message("thumbnails");
    let extractors: Vec<Extractor> = wanted.iter().map(|(_, extractor)| *extractor).collect();
    let mut material = Material::of(dataset, &extractors)?;
    if let Some(sounds) = sounds {
        material.sounds = Some(Box::new(|item| sounds.read(item)));
    }
    let mut extracted = Vec::new();
    for extractor in extractors {
        bar.set_message(extractor.description().name);
        let start = Instant::now();
        let extraction = extract(extractor, &material)?;
        extracted.push((extraction, start.elapsed()));
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(extracted)
}

fn say_what_lacks(dataset: &Dataset, modality: &str, extractor: Extractor, extraction: &Extraction) {
    let (items, reads) = (dataset.items.len(), extractor.description().reads.name());
    if extraction.without_input > 0 {
        eprintln!("{modality}: {} of {items} items have no {reads}", extraction.without_input);
    }
    if let Some((item, reason)) = &extraction.first_unusable {
        let first = &dataset.items[*item];
        eprintln!(
            "{modality}: the {reads} of {} of {items} items cannot be used; the first, {first}: {reason}",
            extraction.unusable
        );
    }
}

impl Cost {
    fn of(outcome: ExtractionSummary, taken: Duration) -> Self {
        let seconds_per_item = taken.as_secs_f64() / outcome.described().max(1) as f64;
        Self { outcome, seconds_per_item }
    }
}

fn describe(report: &Report) -> String {
    let heads =
        ["modality", "extractor", "width", "items", "no input", "unusable", "ms an item", "bytes an item"];
    let mut rows = vec![heads.map(String::from).to_vec()];
    rows.extend(report.costs.iter().map(|Cost { outcome, seconds_per_item }| {
        vec![
            outcome.modality.clone(),
            outcome.extractor.into(),
            outcome.width.to_string(),
            outcome.items.to_string(),
            outcome.without_input.to_string(),
            outcome.unusable.to_string(),
            format!("{:.3}", 1000.0 * seconds_per_item),
            outcome.bytes_per_item.to_string(),
        ]
    }));
    let mut text = output::table(&rows);
    if let Some(summary) = &report.dataset {
        text += &format!("\n\n{}", inspect::describe(summary));
    }
    text
}

/// All extractors.
fn list(json: bool) -> Result<(), CliError> {
    let extractors: Vec<&ExtractorDescription> =
        Extractor::ALL.iter().map(|extractor| extractor.description()).collect();
    if json {
        return output::print_json(&extractors);
    }
    let width = extractors.iter().map(|extractor| extractor.name.len()).max().unwrap_or(0);
    for extractor in extractors {
        let reads = extractor.reads.name();
        output::print(&format!("{:<width$}  {reads:<10}  {}", extractor.name, extractor.summary))?;
    }
    Ok(())
}
