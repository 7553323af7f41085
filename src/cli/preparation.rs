//! From a folder in somebody's layout to a bundle: what `import` and `fetch` have in common.

use std::path::Path;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

use super::{CliError, files, inspect, output};
use crate::data::import::csv::Tables;
use crate::data::import::{DiskFolder, Imported, Layout, Progress, Raw, Wanted};
use crate::data::{DatasetSummary, Precision, Reduction, Subsample, reduce, subsample, write_bundle};
use crate::schema::Split;

/// The seed of the randomised singular value decomposition: fixed, so that an import gives the same bytes.
const REDUCTION_SEED: u32 = 1;

/// What is made of the data on their way into the bundle.
#[derive(Args, Clone)]
pub struct Preparation {
    #[command(flatten)]
    parts: Parts,
    /// Draw users, then keep only the core, as in `users=1000,core=5,seed=1`.
    #[arg(long, value_name = "SPEC")]
    subsample: Option<Subsample>,
    /// Project features on their first principal components, as in `visual=128,text=128`.
    #[arg(long, value_name = "SPEC")]
    reduce: Option<Reduction>,
    /// How features are kept.
    #[arg(long, value_enum, default_value = "f32")]
    precision: Bits,
}

/// What becomes of reviews without parts.
#[derive(Args, Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parts {
    /// For amazon-2014, amazon-2023, movielens and csv: interactions that every user and item must have with those that stay;
    /// 5 when absent, 1 keeps all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub core: Option<u32>,
    /// For the same layouts: how they are split; at random when absent.
    #[arg(long, value_enum)]
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<Shares>,
    /// For the same layouts: the seed of the split; 1 when absent.
    #[arg(long, value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u32>,
}

impl ValueEnum for Layout {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let choice = Self::CHOICES.iter().find(|choice| choice.name == self.name())?;
        Some(PossibleValue::new(choice.name).help(choice.meaning))
    }
}

/// What each user's interactions, or the items, are shared out by.
#[derive(Clone, Copy, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shares {
    Random,
    Temporal,
    ColdItems,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bits {
    F16,
    F32,
}

impl Parts {
    /// Each choice, or where there is none, that of another.
    fn or(self, other: Self) -> Self {
        Self {
            core: self.core.or(other.core),
            split: self.split.or(other.split),
            seed: self.seed.or(other.seed),
        }
    }

    fn raw(self) -> Raw {
        let default = Raw::default();
        Raw {
            core: self.core.map_or(default.core, |core| core as usize),
            split: match self.split {
                None => default.split,
                Some(Shares::Random) => Split::Random,
                Some(Shares::Temporal) => Split::Temporal,
                Some(Shares::ColdItems) => Split::ColdItems,
            },
            seed: self.seed.unwrap_or(default.seed),
        }
    }

    /// The first option that was chosen.
    fn chosen(self) -> Option<&'static str> {
        let Self { core, split, seed } = self;
        let options = [("--core", core.is_some()), ("--split", split.is_some()), ("--seed", seed.is_some())];
        options.into_iter().find_map(|(option, chosen)| chosen.then_some(option))
    }
}

impl Preparation {
    /// The same, but where nothing was chosen for reviews without parts, as another says.
    pub fn or(&self, parts: Parts) -> Self {
        Self { parts: self.parts.or(parts), ..self.clone() }
    }

    /// The data in a folder, in parts.
    pub fn read(
        &self,
        layout: Layout,
        path: &Path,
        name: &str,
        tables: Option<Tables>,
    ) -> Result<Imported, CliError> {
        if let Some(option) = self.parts.chosen().filter(|_| layout.has_parts()) {
            return Err(CliError::OwnParts { option });
        }
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {percent} %, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let report = |progress: Progress| show(&bar, progress);
        let wanted = Wanted { layout, name: name.into(), raw: self.parts.raw(), tables };
        let imported = wanted.import(&DiskFolder::open(path)?, &report);
        bar.finish_and_clear();
        Ok(imported?)
    }

    /// Writes the bundle, and says what is in it and what was met on the way.
    pub fn write(&self, imported: Imported, output: &Path, json: bool) -> Result<(), CliError> {
        let Imported { dataset, notes } = self.reduced(imported)?;
        files::write(output, &write_bundle(&dataset))?;
        for note in notes {
            eprintln!("{note}");
        }
        let summary = DatasetSummary::of(&dataset);
        if json { output::print_json(&summary) } else { output::print(&inspect::describe(&summary)) }
    }

    fn reduced(&self, imported: Imported) -> Result<Imported, CliError> {
        let Imported { mut dataset, mut notes } = imported;
        if let Some(wanted) = &self.subsample {
            dataset = subsample(&dataset, wanted)?;
        }
        if let Some(wanted) = &self.reduce {
            let reduced = reduce(&dataset, wanted, REDUCTION_SEED)?;
            for (modality, share) in reduced.explained {
                notes.push(format!("{modality}: {:.1} % of the variance is kept", 100.0 * share));
            }
            dataset = reduced.dataset;
        }
        let precision = match self.precision {
            Bits::F16 => Precision::F16,
            Bits::F32 => Precision::F32,
        };
        Ok(Imported { dataset: dataset.at_precision(precision)?, notes })
    }
}

fn show(bar: &ProgressBar, progress: Progress) {
    if bar.prefix() != progress.what {
        bar.set_prefix(progress.what.to_owned());
        bar.set_length(progress.total);
        bar.reset();
    }
    bar.set_position(progress.done);
}
